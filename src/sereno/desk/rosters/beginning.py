"""The first roster of a brand: the people as they stand now, each always on duty in the roles that they hold.

Nobody is called who was not called before, but for one: where nobody holds the chain's last step, the brand's owners
do, for a chain ends in a person. From there it is given hours.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from sereno.desk.duty.standing import Standing
from sereno.engine.plan.edit import insert
from sereno.engine.plan.model import Plan

HEAD = """\
# The duty roster: who stands in which role, and when. The plan names roles, the roster people.
# Days, hours and moments are those on the wall in the roster's time zone. An end that is not after its beginning lies
# on the next day: 22:00-06:00 is a night, 00:00-00:00 a whole day.
#
# Telephone numbers and other ways to reach people are secrets. They stand with their accounts, never here.
sereno_roster: 1
roster: {name}
version: "1"
timezone: {zone}

people: []

# Shifts come back every week.
shifts: []

# What happens once.
overrides: []

absences: []

# Gaps that somebody looked at and lives with.
gaps: []
"""


def first_roster(standing: Standing, plan: Plan, slug: str, owners: Collection[str]) -> str:
    """A roster's text from the brand's memberships. `owners`: their e-mails."""
    text = HEAD.format(name=slug, zone=plan.brand.timezone)
    last = _unheld_ends(standing, plan)
    roles = {
        person.person: [*person.roles, *(last if person.email in owners else ())] for person in standing.roster.people
    }
    held = [person for person in standing.roster.people if roles[person.person]]
    names: dict[str, str] = {}
    for number, person in enumerate(held):
        names[person.person] = short_name(person.name, names.values())
        text = insert(
            text, ("people",), number,
            {
                "person": names[person.person], "name": person.name, "email": person.email or "",
                "roles": roles[person.person], "timezone": person.timezone or plan.brand.timezone,
            },
        )  # fmt: skip
    for number, shift in enumerate(standing.roster.shifts):
        people = [names[person] for person in shift.people if person in names]
        text = insert(
            text, ("shifts",), number,
            {"shift": short_name(shift.role, ()), "role": shift.role, "hours": ["00:00-00:00"], "people": people},
        )  # fmt: skip
    return text


def _unheld_ends(standing: Standing, plan: Plan) -> list[str]:
    """Roles in which the chain ends, and that nobody holds, nor their deputies."""
    deputies = {role.role: role.deputy for role in plan.roles}
    ends = dict.fromkeys(step.role for step in plan.chain if step.then is None)
    return [
        role for role in ends if not any(standing.roster.in_role(each) for each in (role, deputies.get(role) or ""))
    ]


def short_name(told: str, taken: Collection[str]) -> str:
    """Small letters, digits and dashes, and not one that is taken: `Łukasz Śliwa` becomes `lukasz-sliwa`."""
    plain = unicodedata.normalize("NFKD", told.casefold().replace("ł", "l")).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40] or "one"
    if not name[0].isalpha():
        name = f"n-{name}"
    found, number = name, 1
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    return found
