"""Roles that rules of the plan call by name, and who on the desk fills a role of the plan.

Until a roster names people (ADR 6), a plan's role is filled by whoever holds

- the desk's role of the same name (`safety_contact`, `care_lead`);
- else, where it owns areas: the area owners of these;
- else, where it stands at a step of the chain: the desk's role at that step.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sereno.desk.accounts.models import Brand, Membership, Role
from sereno.engine.plan.model import Plan, Step

BAR = "|"


def joined(*columns: str, more: Iterable[str] = ()) -> str:
    """The roles of several `Case.called` columns, and more of them, as one column; each once, in order."""
    roles = dict.fromkeys([*(role for column in columns for role in roles_in(column)), *more])
    return f"{BAR}{BAR.join(roles)}{BAR}" if roles else ""


def roles_in(column: str) -> tuple[str, ...]:
    return tuple(role for role in column.split(BAR) if role)


def role_of_step(step: Step) -> Role:
    """The desk's role at a step of the chain."""
    if step.role in Role.values:
        return Role(step.role)
    if "red" in step.degrees:
        return Role.COMMITTEE
    if {"none", "green"} & set(step.degrees):
        return Role.COMMUNITY_MANAGER
    return Role.CARE_LEAD


@dataclass(frozen=True, slots=True)
class Seat:
    """What a membership must be to fill a role of the plan."""

    role: Role
    areas: frozenset[str] | None = None
    """For area owners: one of these areas; None: whatever the area."""

    def filled_by(self, role: str, area: str) -> bool:
        return role == self.role and (self.areas is None or not area or area in self.areas)


def seat_of(plan: Plan, role: str) -> Seat | None:
    """None where nobody on the desk can fill the role."""
    if role in Role.values:
        return Seat(Role(role))
    areas = frozenset(area.area for area in plan.areas if area.owner == role)
    if areas:
        return Seat(Role.AREA_OWNER, areas)
    step = next((step for step in plan.chain if step.role == role), None)
    return Seat(role_of_step(step)) if step else None


def roles_filled(plan: Plan, memberships: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The roles that the plan's rules call by name and that these memberships (role, area) fill."""
    held = list(memberships)
    called = {rule.route.role for rule in plan.lights if rule.route is not None}
    seats = {role: seat for role in called if (seat := seat_of(plan, role)) is not None}
    return frozenset(role for role, seat in seats.items() if any(seat.filled_by(*one) for one in held))


def people_of(brand: Brand, plan: Plan, role: str) -> list[str]:
    """Names of those who fill a role of the plan, in the order of the alphabet."""
    seat = seat_of(plan, role)
    if seat is None:
        return []
    held = Membership.objects.filter(brand=brand, role=seat.role, user__is_active=True).select_related("user")
    return sorted({str(one.user) for one in held if seat.filled_by(one.role, one.area)}, key=str.casefold)
