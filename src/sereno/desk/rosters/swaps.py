"""Swaps: one asks, the other agrees or does not, and who asked can withdraw."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sereno.desk.accounts.models import User
from sereno.desk.accounts.request import person
from sereno.desk.duty.models import Swap, SwapState
from sereno.desk.duty.queries import swaps_of
from sereno.desk.duty.refused import DutyRefused
from sereno.desk.duty.standing import rota_of
from sereno.desk.duty.swapping import (
    Stretch,
    ask_swap,
    confirm_swap,
    refuse_swap,
    stretches_of,
    withdraw_swap,
)
from sereno.desk.rosters.frame import Duty, context, duty_of
from sereno.desk.rosters.refused_words import say
from sereno.desk.rosters.week import hours_of
from sereno.desk.rosters.wording import short_day, span
from sereno.engine.duty.rota import Watchkeeping
from sereno.engine.plan.edit import EditRefused
from sereno.engine.plan.errors import PlanErrors

AHEAD = timedelta(weeks=6)
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch to come, as it can be handed on."""

    key: str
    role: str
    title: str
    when: str
    """With its day, always."""
    stretch: Watchkeeping

    @property
    def day(self) -> str:
        """The one on which it begins; of what is under way, too."""
        return short_day(timezone.localtime(self.stretch.starts).date())

    @property
    def hours(self) -> str:
        return hours_of(self.stretch)


@dataclass(frozen=True, slots=True)
class SwapTold:
    swap: Swap
    parts: tuple[str, ...]
    mine: bool
    """The reader asked for it."""

    @property
    def open(self) -> bool:
        return self.swap.state == SwapState.ASKED


@login_required
@require_http_methods(["GET"])
def swaps_page(request: HttpRequest, slug: str) -> HttpResponse:
    duty = duty_of(request, slug)
    somebody = person(request)
    told = [_told(duty, swap, somebody) for swap in swaps_of(somebody, duty.brand)[:SHOWN]]
    return render(
        request,
        "duty/swaps.html",
        {
            **context(request, duty),
            "me": duty.standing.person_of(somebody),
            "turns": turns(duty, duty.standing.person_of(somebody)),
            "to_answer": [each for each in told if each.open and not each.mine],
            "asked": [each for each in told if each.open and each.mine],
            "settled": [each for each in told if not each.open],
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def ask_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask a colleague to take a turn over, or to exchange it for one of theirs."""
    duty = duty_of(request, slug)
    somebody = person(request)
    turn = _found(turns(duty, duty.standing.person_of(somebody)), request.GET.get("turn", ""))
    if turn is None:
        messages.error(request, say("not-standing"))
        return redirect("duty_swaps", slug)
    colleagues = _colleagues(duty, turn.role, somebody)
    theirs = [(user, one) for name, user in colleagues for one in turns(duty, name) if one.role == turn.role]
    if request.method == "POST" and _ask(request, duty, turn, colleagues):
        return redirect("duty_swaps", slug)
    told: dict[str, Any] = {"turn": turn, "colleagues": colleagues, "theirs": theirs}
    return render(request, "duty/ask_swap.html", {**context(request, duty), **told})


def _ask(request: HttpRequest, duty: Duty, turn: Turn, colleagues: list[tuple[str, User]]) -> bool:
    somebody = person(request)
    back_key = request.POST.get("back", "")
    wanted = back_key.split("|")[0] if back_key else request.POST.get("other", "")
    name, other = next(((name, user) for name, user in colleagues if name == wanted), ("", None))
    mine = duty.standing.person_of(somebody)
    if other is None or mine is None:
        messages.error(request, say("yourself"))
        return False
    stretches = [_stretch(turn, person=name, instead_of=mine)]
    if back_key:
        back = _found(turns(duty, name), back_key)
        if back is None:
            messages.error(request, say("not-standing"))
            return False
        stretches.append(_stretch(back, person=mine, instead_of=name))
    try:
        ask_swap(
            duty.brand, other=other, stretches=stretches, by=somebody, now=duty.now,
            words=request.POST.get("words", "")[:500],
        )  # fmt: skip
    except DutyRefused as refused:
        messages.error(request, say(refused.code))
        return False
    messages.success(request, _("%(name)s was asked. It counts once they agree.") % {"name": other})
    return True


ANSWERS: dict[str, Callable[..., Swap]] = {"confirm": confirm_swap, "refuse": refuse_swap, "withdraw": withdraw_swap}


@login_required
@require_POST
def answer(request: HttpRequest, slug: str, pk: int, how: str) -> HttpResponse:
    duty = duty_of(request, slug)
    if how not in ANSWERS:
        raise Http404("no such answer")
    swap = get_object_or_404(swaps_of(person(request), duty.brand), pk=pk)
    try:
        ANSWERS[how](swap, by=person(request), now=duty.now)
    except DutyRefused as refused:
        messages.error(request, say(refused.code))
    except (EditRefused, PlanErrors):
        messages.error(request, _("The roster cannot take this swap. Ask whoever leads the desk to enter it."))
    else:
        messages.success(request, _("Done; the other one is told."))
    return redirect("duty_swaps", slug)


def turns(duty: Duty, name: str | None) -> list[Turn]:
    """What somebody has before them, soonest first; the one under way counts from now on."""
    if name is None or not duty.number:
        return []
    midnight = duty.now.replace(hour=0, minute=0, second=0, microsecond=0)
    rota = rota_of(duty.standing, midnight - timedelta(days=2), midnight + AHEAD)
    # whole: what six weeks would cut is handed on with its true end
    mine = [each for each in rota.whole if each.person == name and each.ends > duty.now]
    return [
        Turn(
            f"{name}|{each.role}|{each.starts.isoformat()}", each.role, duty.title(each.role),
            f"{short_day(timezone.localtime(each.starts).date())}, {hours_of(each)}", each,
        )
        for each in mine
    ]  # fmt: skip


def _found(there: list[Turn], key: str) -> Turn | None:
    return next((turn for turn in there if turn.key == key), None)


def _colleagues(duty: Duty, role: str, me: User) -> list[tuple[str, User]]:
    held = [each.person for each in duty.standing.roster.in_role(role)]
    users = duty.standing.users
    return [(name, users[name]) for name in held if name in users and users[name].pk != me.pk]


def _stretch(turn: Turn, *, person: str, instead_of: str) -> Stretch:
    return Stretch(turn.role, turn.stretch.starts, turn.stretch.ends, person, instead_of)


def _told(duty: Duty, swap: Swap, reader: User) -> SwapTold:
    return SwapTold(swap, parts_of(duty, swap), swap.asked_by_id == reader.pk)


def parts_of(duty: Duty, swap: Swap, when: Callable[[datetime, datetime, datetime], str] = span) -> tuple[str, ...]:
    """Each turn that changes hands, in words."""
    return tuple(
        _("%(person)s for %(instead)s: %(role)s, %(when)s")
        % {
            "person": duty.name(each.person), "instead": duty.name(each.instead_of), "role": duty.title(each.role),
            "when": when(each.starts, each.ends, duty.now),
        }
        for each in stretches_of(swap)
    )  # fmt: skip
