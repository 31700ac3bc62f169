"""What *Now* says of duty: who is on and until when, who comes next, who is called for a red post, notes not read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sereno.desk.accounts.models import Brand, User
from sereno.desk.accounts.permissions import brand_of
from sereno.desk.accounts.request import person as signed_in
from sereno.desk.duty.models import HandOver
from sereno.desk.duty.moving import Ground
from sereno.desk.duty.notes import read_note
from sereno.desk.duty.queries import OnDuty, next_on, notes_for, who_is_on
from sereno.desk.duty.standing import Standing, rota_around
from sereno.desk.plans.queries import plan_of, version_in_force
from sereno.desk.plans.titles import role_title
from sereno.engine.duty.escalation import Happening, Line, due_at, line_of, next_happenings
from sereno.engine.duty.gaps import needs
from sereno.engine.plan.model import Plan


@dataclass(frozen=True, slots=True)
class RoleNow:
    """A role that the chain wants: who stands there, who comes next."""

    title: str
    there: tuple[OnDuty, ...]
    next: OnDuty | None
    mine: bool
    """The reader stands there now."""


@dataclass(frozen=True, slots=True)
class RedNow:
    """Who would be called for a red post that came this minute."""

    names: str
    """Empty: nobody can be reached."""
    role: str
    how: str
    """on_duty, deputy or everybody."""
    at: datetime
    waits: bool
    """Not at once: the chain begins in duty hours."""


@dataclass(frozen=True, slots=True)
class Note:
    note: HandOver
    role: str


def on_now(brand: Brand, person: User, now: datetime) -> dict[str, Any]:
    """`DESK_NOW`."""
    version = version_in_force(brand)
    if version is None:
        return {}
    plan, ground = plan_of(version), Ground(now)
    standing = ground.standing(brand)
    notes = [Note(each, role_title(plan, each.role)) for each in notes_for(person, brand, now, standing=standing)]
    return {
        "on_duty": [] if standing.by_membership else _roles(brand, plan, standing, person, now),
        "by_membership": standing.by_membership,
        "red_now": _red_now(brand, plan, standing, ground),
        "hand_over_notes": notes,
    }


def _roles(brand: Brand, plan: Plan, standing: Standing, person: User, now: datetime) -> list[RoleNow]:
    found = []
    for need in needs(plan):
        there = who_is_on(brand, need.role, now, standing=standing)
        mine = any(each.user is not None and each.user.pk == person.pk for each in there)
        onward = next_on(brand, need.role, now, standing=standing)
        found.append(RoleNow(role_title(plan, need.role), there, onward, mine))
    return found


def _red_now(brand: Brand, plan: Plan, standing: Standing, ground: Ground) -> RedNow | None:
    """By the engine itself, for a chain that begins now, in an area whose owner nobody knows."""
    now = ground.now
    area = plan.areas[0] if plan.areas else None
    line = line_of(
        plan, plan.step_for("red"), now, area_owner=area.owner if area else None,
        area_deputy=area.deputy if area else None,
    )  # fmt: skip
    called, at = _first_call(line, brand, plan, standing, ground)
    if called is None:
        return RedNow("", role_title(plan, line.links[0].role), "", at, waits=False)
    names = ", ".join(standing.roster.person(each).name for each in called.people)
    role = line.links[called.link].role
    return RedNow(names, role_title(plan, role), called.how or "", called.at, called.at > now)


def _first_call(
    line: Line, brand: Brand, plan: Plan, standing: Standing, ground: Ground
) -> tuple[Happening | None, datetime]:
    due = due_at(line, (), plan) or ground.now
    at = max(due, ground.now)
    reachable = ground.reachable(brand, "red")
    happened: Sequence[Happening] = next_happenings(line, (), rota_around(standing, at), plan, reachable, at)
    return next((each for each in happened if each.what == "called"), None), at


@login_required
@require_POST
def note_read(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    brand = brand_of(signed_in(request), slug)
    read_note(get_object_or_404(HandOver, brand=brand, pk=pk), by=signed_in(request), now=timezone.now())
    messages.success(request, _("Noted that you have read it."))
    return redirect("duty" if request.POST.get("from") == "duty" else "now", slug=brand.slug)
