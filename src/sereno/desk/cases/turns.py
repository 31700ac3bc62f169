"""Whose turn it is, from the plan's chain to the roles of the desk.

The plan calls its roles as the house does (`committee_duty`, `logistics`); the desk knows eight. They meet at the
steps of the chain:

- a step of `area_owner` belongs to the area owners, each for the area of their membership (without one: all areas);
- a step whose role is called like one of the desk's (`care_lead`) belongs to that role;
- else its degrees tell: red belongs to the committee, none and green to the community managers;
- what is left over belongs to the care lead.

A step that the plan in force no longer knows belongs to the community managers, so that no case is nobody's. The care
lead sees every turn; so does the owner, unless they hold a narrower role as well.

The committee is different where a roster is in force: many are listed in it, few are called. A red case is in the turn
of those members who were called for it (`DESK_CALLED`), not of all.

Who is called by name by a rule (somebody is in danger) has the case in their turn beside the chain. Where the rule lets
the chain wait, the step's role has it too as soon as the time to acknowledge is over, or at once where nobody on the
desk fills the role that was called.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string

from sereno.desk.accounts.models import Brand, Membership, Role, User
from sereno.desk.cases.called import BAR, role_of_step, roles_filled
from sereno.desk.cases.models import CaseState
from sereno.desk.plans.queries import plan_of, version_in_force
from sereno.engine.plan.model import Plan

AREA_OWNER = "area_owner"
IN_TURN = (Role.COMMUNITY_MANAGER, Role.AREA_OWNER, Role.COMMITTEE, Role.SAFETY_CONTACT)


@dataclass(frozen=True, slots=True)
class Turns:
    """What one person answers for in one brand."""

    everything: bool = False
    steps: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    """Steps of the plan that belong to somebody else; a step that is nobody's is the community managers'."""
    leftovers: bool = False
    area_steps: frozenset[str] = frozenset()
    areas: frozenset[str] | None = None
    """Areas in which the area steps are this person's; None: in all."""
    called: frozenset[str] = frozenset()
    """Roles called by name that this person fills."""
    on_call: frozenset[str] = frozenset()
    """Steps of the committee, to which this person belongs: among `steps`."""


def turns_of(plan: Plan | None, memberships: Iterable[tuple[str, str]]) -> Turns:
    """Pure: from the plan's chain and the person's roles (each with its area) to the steps that are theirs."""
    held = list(memberships)
    roles = {Role(role) for role, _area in held}
    if Role.CARE_LEAD in roles or (Role.OWNER in roles and roles.isdisjoint(IN_TURN)):
        return Turns(everything=True)
    at = {step.step: role_of_step(step) for step in plan.chain} if plan else {}
    areas = frozenset(area for role, area in held if role == Role.AREA_OWNER)
    return Turns(
        steps=frozenset(step for step, role in at.items() if role in roles and role != Role.AREA_OWNER),
        others=frozenset(at),
        leftovers=Role.COMMUNITY_MANAGER in roles,
        area_steps=frozenset(step for step, role in at.items() if role == Role.AREA_OWNER and role in roles),
        areas=None if "" in areas else areas,
        called=roles_filled(plan, held) if plan else frozenset(),
        on_call=frozenset(step for step, role in at.items() if role == Role.COMMITTEE and role in roles),
    )


def turn_condition(
    turns: Turns, person: User, *, unfilled: Iterable[str], now: datetime, called_for: Collection[int] | None = None
) -> Q:
    """Open cases in which this person is next: theirs, and those of their role that nobody took yet.

    `unfilled` are roles called by name that nobody on the desk fills. `called_for`: ids of cases for which the roster
    called this person; None: there is no roster, and whoever belongs to the committee is meant.
    """
    waits = Q(state=CaseState.OPEN)
    if turns.everything:
        return waits
    mine = Q(step__in=turns.steps if called_for is None else turns.steps - turns.on_call)
    if turns.leftovers:
        mine |= ~Q(step__in=turns.others)
    if turns.area_steps:
        at_area = Q(step__in=turns.area_steps)
        mine |= at_area if turns.areas is None else at_area & Q(area__in=turns.areas)
    mine &= Q(chain_waits=False) | Q(acknowledge_by__lt=now) | Q(role__in=unfilled)
    by_role = turns.called if called_for is None or not turns.on_call else ()
    if called_for is not None:
        mine |= Q(pk__in=called_for)
    for role in by_role:
        mine |= Q(called__contains=f"{BAR}{role}{BAR}")
    return waits & (Q(owner=person) | (Q(owner__isnull=True) & mine))


def my_turn(brand: Brand, person: User, now: datetime) -> Q:
    version = version_in_force(brand)
    plan = plan_of(version) if version else None
    members = list(Membership.objects.filter(brand=brand).values_list("user_id", "role", "area"))
    held = [(role, area) for user, role, area in members if user == person.pk]
    turns = turns_of(plan, held)
    called_for = import_string(settings.DESK_CALLED)(brand, person) if turns.on_call else None
    return turn_condition(turns, person, unfilled=_unfilled(plan, members), now=now, called_for=called_for)


def _unfilled(plan: Plan | None, members: Iterable[tuple[int, str, str]]) -> frozenset[str]:
    if plan is None:
        return frozenset()
    called = frozenset(rule.route.role for rule in plan.lights if rule.route is not None)
    return called - roles_filled(plan, [(role, area) for _user, role, area in members])
