"""The first roster of a brand: the people as they stand now, each always on duty in the roles that they hold.

It is proposed, with why each is to hold what, and changed or kept. From there it is given hours.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from sereno.desk.accounts.models import Role
from sereno.desk.cases.called import seat_of
from sereno.desk.duty.standing import Standing
from sereno.engine.duty.gaps import needs
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


Why = Literal["named", "owners", "nobody"]


@dataclass(frozen=True, slots=True)
class Proposed:
    """Who would hold a role that the plan calls, and why."""

    role: str
    people: tuple[str, ...]
    """By the standing's names."""
    why: Why
    """`named`: they fill it at the desk today; `owners`: the chain ends here, and in nobody better; `nobody`."""
    seat: Role | None
    """The role at the desk by which they were found."""


def proposed(standing: Standing, plan: Plan, owners: Collection[str]) -> tuple[Proposed, ...]:
    """Each role that the plan calls. `owners`: their e-mails.

    Where the chain ends in a role that nobody at the desk holds by its own name, the brand's owners hold it: whoever
    was called there until now was called for want of anybody else.
    """
    mine = tuple(each.person for each in standing.roster.people if each.email in owners)
    ends = {step.role for step in plan.chain if step.then is None}
    deputies = {role.role: role.deputy for role in plan.roles}
    found = []
    for role in dict.fromkeys([*(need.role for need in needs(plan)), *_filled(standing)]):
        seat = seat_of(plan, role)
        people = tuple(each.person for each in standing.roster.in_role(role))
        stood_in = people or standing.roster.in_role(deputies.get(role) or "")
        borrowed = seat is not None and seat.role == Role.CARE_LEAD and role != Role.CARE_LEAD
        if role in ends and mine and (borrowed or not stood_in):
            found.append(Proposed(role, mine, "owners", Role.OWNER))
        else:
            found.append(Proposed(role, people, "named" if people else "nobody", seat.role if seat else None))
    return tuple(found)


def _filled(standing: Standing) -> list[str]:
    return [shift.role for shift in standing.roster.shifts]


def first_roster(standing: Standing, plan: Plan, slug: str, holds: Mapping[str, Collection[str]]) -> str:
    """A roster's text. `holds`: who holds each role, by the standing's names; each stands in it day and night."""
    text = HEAD.format(name=slug, zone=plan.brand.timezone)
    roles = {
        person.person: [role for role, people in holds.items() if person.person in people]
        for person in standing.roster.people
    }
    names: dict[str, str] = {}
    for number, person in enumerate(person for person in standing.roster.people if roles[person.person]):
        names[person.person] = short_name(person.name, names.values())
        text = insert(
            text, ("people",), number,
            {
                "person": names[person.person], "name": person.name, "email": person.email or "",
                "roles": roles[person.person], "timezone": person.timezone or plan.brand.timezone,
            },
        )  # fmt: skip
    filled = [(role, [names[each] for each in names if each in people]) for role, people in holds.items()]
    for number, (role, people) in enumerate((role, people) for role, people in filled if people):
        text = insert(
            text, ("shifts",), number,
            {"shift": short_name(role, ()), "role": role, "hours": ["00:00-00:00"], "people": people},
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
