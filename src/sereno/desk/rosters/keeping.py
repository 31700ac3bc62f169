"""A change of the roster is kept: first the longest wait that it would bring is told, then what it did to the gaps.

Every page that changes the roster goes through here, so that none keeps a change that makes anybody wait longer
without having said so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sereno.desk.accounts.request import person, whole_number
from sereno.desk.audit.actions import digest
from sereno.desk.duty.refused import DutyRefused, RosterConflict
from sereno.desk.duty.rosters import edit_roster, roster_faults
from sereno.desk.rosters.barred_told import barred_told
from sereno.desk.rosters.faults_told import fault_said
from sereno.desk.rosters.frame import Duty, context, duty_in
from sereno.desk.rosters.gaps_told import LOOK_AHEAD, GapTold, gaps_between, still_open
from sereno.desk.rosters.refused_words import say
from sereno.desk.rosters.waits_told import Longer, longer_waits
from sereno.desk.rosters.writing import Edit
from sereno.engine.duty.stretches import without
from sereno.engine.plan.edit import EditRefused
from sereno.engine.plan.errors import PlanError, PlanErrors

MOST_TOLD = 5


@dataclass(frozen=True, slots=True)
class Kept:
    faults: tuple[str, ...] = ()
    """Why it was not kept; in words."""
    errors: tuple[PlanError, ...] = ()
    """The same, where the roster would have had errors."""
    conflict: bool = False
    instead: HttpResponse | None = None
    """Nothing was kept yet: this page asks whether the longer wait is meant."""

    @property
    def well(self) -> bool:
        return not self.faults and self.instead is None


def keep(request: HttpRequest, duty: Duty, *, edit: Edit, change: Mapping[str, Any]) -> Kept:
    """Make the edit. The POST names the version that the person saw (`number`), and what they know (`known`)."""
    end = duty.now + LOOK_AHEAD
    before = gaps_between(duty, duty.now, end)
    number = whole_number(request.POST.get("number", ""))
    try:
        asks = _asks(request, duty, edit)
        if asks is not None:
            return Kept(instead=asks)
        edit_roster(
            duty.brand, number=number or 0, edit=edit, by=person(request), now=duty.now,
            change=change,
        )  # fmt: skip
    except RosterConflict:
        said = _("Somebody changed the roster meanwhile. Look at it again, then keep your change.")
        return Kept((said,), conflict=True)
    except DutyRefused as refused:
        return Kept((say(refused.code),))
    except EditRefused:
        return Kept((_("The text is written in a way that no form can change. Change it in the text itself."),))
    except PlanErrors as faulty:
        errors = faulty.errors[:MOST_TOLD]
        return Kept(tuple(fault_said(duty, error) for error in errors), errors)
    tell_difference(request, before, gaps_between(duty, duty.now, end))
    _tell_barred(request, duty)
    return Kept()


def _asks(request: HttpRequest, duty: Duty, edit: Edit) -> HttpResponse | None:
    """The page that says before → after, where somebody waits longer and the person has not agreed to just that."""
    version = duty.standing.version
    if version is None or duty.plan is None or request.POST.get("number", "") != str(version.number):
        return None
    text = edit(version.text)
    seen = digest(text)
    if text == version.text or request.POST.get("known") == seen or roster_faults(duty.brand, text)[0]:
        return None
    longer = longer_waits(duty, text)
    return _question(request, duty, longer, seen) if longer else None


def _question(request: HttpRequest, duty: Duty, longer: tuple[Longer, ...], seen: str) -> HttpResponse:
    said = ("csrfmiddlewaretoken", "known")
    fields = [(name, value) for name, values in request.POST.lists() if name not in said for value in values]
    told = {"longer": longer, "fields": fields, "known": seen}
    return render(request, "duty/longer.html", {**context(request, duty), **told}, status=422)


def tell_difference(request: HttpRequest, before: tuple[GapTold, ...], after: tuple[GapTold, ...]) -> None:
    """Which gaps are new, and how many are closed."""
    old, new = still_open(before), still_open(after)
    opened = [each for each in new if _newly(each, old)]
    for each in opened[:MOST_TOLD]:
        messages.error(request, _("New gap: %(gap)s") % {"gap": each.said})
    if len(opened) > MOST_TOLD:
        more = len(opened) - MOST_TOLD
        messages.error(request, ngettext("%(n)s more new gap", "%(n)s more new gaps", more) % {"n": more})
    if not opened:
        left = len(new)
        told = ngettext("%(n)s gap in the next four weeks.", "%(n)s gaps in the next four weeks.", left) % {"n": left}
        messages.success(request, f"{_('Kept.')} {told if left else _('No gap in the next four weeks.')}")


def _tell_barred(request: HttpRequest, before: Duty) -> None:
    """Who goes on duty by this change, and may not take a case."""
    known = set(barred_told(before))
    for said in barred_told(duty_in(before.brand)):
        if said not in known:
            messages.warning(request, said)


def _newly(each: GapTold, old: tuple[GapTold, ...]) -> bool:
    """Whether it lacks somebody at an hour at which none was lacking before: what is left of a gap is not new."""
    there = [(one.gap.starts, one.gap.ends) for one in old if one.lacks == each.lacks]
    return bool(without([(each.gap.starts, each.gap.ends)], there))
