"""The roster against its plan: roles, areas and resources exist there, and whom the plan calls somebody is."""

from __future__ import annotations

from collections.abc import Iterator

from sereno.engine.duty.gaps import needs
from sereno.engine.duty.roster import Roster
from sereno.engine.plan.check.issue import Issue, error, nearby, warning
from sereno.engine.plan.model import Plan
from sereno.engine.plan.nodes import Path


def roles(roster: Roster, plan: Plan) -> Iterator[Issue]:
    known = [role.role for role in plan.roles]
    for where, part, name, role in _named(roster):
        if role not in known:
            yield error(where, "roster-role-unknown", part=part, name=name, role=role, **nearby(role, known))
    areas, resources = [area.area for area in plan.areas], [each.resource for each in plan.resources]
    for index, person in enumerate(roster.people):
        named = {"part": "person", "name": person.person}
        for number, area in enumerate(person.areas):
            if area not in areas:
                where = ("people", index, "areas", number)
                yield error(where, "roster-area-unknown", **named, area=area, **nearby(area, areas))
        for number, each in enumerate(person.authority):
            if each.resource not in resources:
                where = ("people", index, "authority", number, "resource")
                hint = nearby(each.resource, resources)
                yield error(where, "roster-resource-unknown", **named, resource=each.resource, **hint)


def _named(roster: Roster) -> Iterator[tuple[Path, str, str, str]]:
    for i, person in enumerate(roster.people):
        for n, role in enumerate(person.roles):
            yield ("people", i, "roles", n), "person", person.person, role
    for i, shift in enumerate(roster.shifts):
        yield ("shifts", i, "role"), "shift", shift.shift, shift.role
    for i, override in enumerate(roster.overrides):
        yield ("overrides", i, "role"), "override", override.person, override.role
    for i, gap in enumerate(roster.gaps):
        yield ("gaps", i, "role"), "gap", gap.role, gap.role


def held(roster: Roster, plan: Plan) -> Iterator[Issue]:
    """Somebody who can be called holds each role that the plan calls; the last one above all."""
    callable_ = {role for person in roster.people if person.email for role in person.roles}
    ends = {step.role: step.step for step in plan.chain if step.then is None}
    wanted = {need.role: need.deputy for need in needs(plan)}
    for role in plan.committee.members if plan.committee else ():
        wanted.setdefault(role, _deputy(plan, role))
    stood_in = {shift.role for shift in roster.shifts} | {override.role for override in roster.overrides}
    called = {need.role for need in needs(plan)}
    for role, deputy in wanted.items():
        if role not in callable_:
            covered = deputy is not None and deputy in callable_
            if role in ends and not covered:
                yield error(("people",), "roster-chain-ends-in-nobody", role=role, step=ends[role])
            else:
                left = str(deputy) if covered else "none"
                yield warning(("people",), "roster-role-held-by-nobody", role=role, deputy=left)
        elif role in called and role not in stood_in:
            yield warning(("shifts",), "roster-role-without-shift", role=role)


def _deputy(plan: Plan, role: str) -> str | None:
    return next((each.deputy for each in plan.roles if each.role == role), None)
