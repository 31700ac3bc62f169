"""The first roster of a brand: the people as they stand now, each always on duty in the roles that they hold.

Nobody is called who was not called before; from there it is given hours.
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


def first_roster(standing: Standing, plan: Plan, slug: str) -> str:
    """A roster's text from the brand's memberships."""
    text = HEAD.format(name=slug, zone=plan.brand.timezone)
    held = [person for person in standing.roster.people if person.roles]
    names: dict[str, str] = {}
    for number, person in enumerate(held):
        names[person.person] = short_name(person.name, names.values())
        text = insert(
            text, ("people",), number,
            {
                "person": names[person.person], "name": person.name, "email": person.email or "",
                "roles": list(person.roles), "timezone": person.timezone or plan.brand.timezone,
            },
        )  # fmt: skip
    for number, shift in enumerate(standing.roster.shifts):
        people = [names[person] for person in shift.people if person in names]
        text = insert(
            text, ("shifts",), number,
            {"shift": short_name(shift.role, ()), "role": shift.role, "hours": ["00:00-00:00"], "people": people},
        )  # fmt: skip
    return text


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
