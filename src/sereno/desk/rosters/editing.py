"""Changing the roster: a form for each kind of entry, each an edit of the text; new gaps are told at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sereno.desk.accounts.permissions import Action
from sereno.desk.accounts.request import person
from sereno.desk.duty.refused import DutyRefused, RosterConflict
from sereno.desk.duty.rosters import edit_roster, put_roster_in_force
from sereno.desk.rosters import forms, writing
from sereno.desk.rosters.beginning import first_roster
from sereno.desk.rosters.frame import Duty, context, duty_of
from sereno.desk.rosters.gaps_told import GapTold, gaps_between
from sereno.desk.rosters.refused_words import say
from sereno.desk.rosters.told_entries import entries
from sereno.desk.words import language
from sereno.engine.duty.wall import of_wall
from sereno.engine.plan.edit import EditRefused
from sereno.engine.plan.errors import PlanErrors, say_fault

LOOK_AHEAD = timedelta(weeks=4)
"""So far ahead an edit's new gaps are told."""
MOST_TOLD = 5


@login_required
@require_POST
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    duty = duty_of(request, slug, Action.EDIT_ROSTER)
    if duty.plan is None:
        messages.error(request, say("no-line"))
        return redirect("duty", slug)
    if not duty.number:
        text = first_roster(duty.standing, duty.plan, slug, forms.owners(duty))
        try:
            put_roster_in_force(duty.brand, text=text, by=person(request), now=duty.now, change={"what": "begun"})
        except PlanErrors as faulty:
            for error in faulty.errors[:MOST_TOLD]:
                messages.error(request, say_fault(error, language()))
            return redirect("duty", slug)
    return redirect("duty_entries", slug)


@login_required
@require_GET
def entries_page(request: HttpRequest, slug: str) -> HttpResponse:
    duty = duty_of(request, slug, Action.EDIT_ROSTER)
    if not duty.number:
        return redirect("duty", slug)
    found = entries(duty)
    parts = [(part, KINDS[part], found[part]) for part in ("shifts", "absences", "overrides", "gaps", "people")]
    return render(request, "duty/entries.html", {**context(request, duty), "parts": parts})


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of entry: its form, and what the form writes."""

    part: str
    url: str
    title: str | Promise
    add: str | Promise
    form: type[forms.RosterForm]
    value: Callable[[Duty, Mapping[str, Any], int | None], dict[str, Any]]


def _shift(duty: Duty, values: Mapping[str, Any], index: int | None) -> dict[str, Any]:
    roster = duty.standing.roster
    return writing.shift_value(values, roster, None if index is None else roster.shifts[index])


def _person(duty: Duty, values: Mapping[str, Any], index: int | None) -> dict[str, Any]:
    roster = duty.standing.roster
    name = next((str(user) for user in forms.accounts(duty) if user.email == values["email"]), values["email"])
    return writing.person_value(values, name, roster, None if index is None else roster.people[index])


KINDS = {
    "shifts": Kind(
        "shifts", "duty_shift", gettext_lazy("Shifts"), gettext_lazy("Add a shift"), forms.ShiftForm, _shift
    ),
    "absences": Kind(
        "absences", "duty_leave", gettext_lazy("Leave"), gettext_lazy("Add leave"), forms.LeaveForm,
        lambda _duty, values, _index: writing.leave_value(values),
    ),
    "overrides": Kind(
        "overrides", "duty_override", gettext_lazy("For once"), gettext_lazy("Add somebody for once"),
        forms.OverrideForm, lambda _duty, values, _index: writing.override_value(values),
    ),
    "gaps": Kind(
        "gaps", "duty_accept_gap", gettext_lazy("Gaps by decision"), gettext_lazy("Live with a gap"), forms.GapForm,
        lambda _duty, values, _index: writing.gap_value(values),
    ),
    "people": Kind(
        "people", "duty_person", gettext_lazy("People"), gettext_lazy("Add a person"), forms.PersonForm, _person
    ),
}  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def entry_page(request: HttpRequest, slug: str, part: str, index: int | None = None) -> HttpResponse:
    """A new entry, or one that stands there."""
    duty = duty_of(request, slug, Action.EDIT_ROSTER)
    kind = KINDS[part]
    if not duty.number:
        return redirect("duty", slug)
    there = getattr(duty.standing.roster, part)
    if index is not None and index >= len(there):
        raise Http404("the roster has no such entry")
    if request.method == "GET":
        form = kind.form(duty, initial=_asked(request, duty) if index is None else initial(there[index], duty))
        return _form_page(request, duty, kind, form, index)
    form = kind.form(duty, request.POST)
    if form.is_valid():
        value = kind.value(duty, form.cleaned_data, index)
        edit = writing.put(part, index, value, duty.standing.roster)
        what = f"{part}-{'added' if index is None else 'changed'}"
        if _make(request, duty, edit, {"what": what, "value": value}, form):
            return redirect("duty_entries", slug)
    return _form_page(request, duty, kind, form, index, status=422)


@login_required
@require_POST
def remove_entry(request: HttpRequest, slug: str, part: str, index: int) -> HttpResponse:
    duty = duty_of(request, slug, Action.EDIT_ROSTER)
    if part not in KINDS or not duty.number or index >= len(getattr(duty.standing.roster, part)):
        raise Http404("the roster has no such entry")
    _make(request, duty, writing.take_out(part, index), {"what": f"{part}-removed"}, None)
    return redirect("duty_entries", slug)


def _make(
    request: HttpRequest, duty: Duty, edit: writing.Edit, change: dict[str, Any], form: forms.RosterForm | None
) -> bool:
    """The edit, with what it does to the gaps; faults stand in the form, or as messages where there is none."""
    number = request.POST.get("number", "")
    end = duty.now + LOOK_AHEAD
    before = gaps_between(duty, duty.now, end)
    try:
        edit_roster(
            duty.brand, number=int(number) if number.isdecimal() else 0, edit=edit, by=person(request), now=duty.now,
            change=change,
        )  # fmt: skip
    except RosterConflict:
        faults = [_("Somebody changed the roster meanwhile. Look at it again, then keep your change.")]
    except DutyRefused as refused:
        faults = [say(refused.code)]
    except EditRefused:
        faults = [_("The text is written in a way that no form can change. Change it in the text itself.")]
    except PlanErrors as faulty:
        faults = [say_fault(error, language()) for error in faulty.errors]
    else:
        tell_difference(request, before, gaps_between(duty, duty.now, end))
        return True
    for fault in faults:
        if form is not None:
            form.add_error(None, fault)
        else:
            messages.error(request, fault)
    return False


def tell_difference(request: HttpRequest, before: tuple[GapTold, ...], after: tuple[GapTold, ...]) -> None:
    """Which gaps are new, and how many are closed."""
    old, new = {_key(each) for each in before}, [each for each in after if not each.accepted]
    opened = [each for each in new if _key(each) not in old]
    for each in opened[:MOST_TOLD]:
        messages.error(request, _("New gap: %(gap)s") % {"gap": each.said})
    if len(opened) > MOST_TOLD:
        more = len(opened) - MOST_TOLD
        messages.error(request, ngettext("%(n)s more new gap", "%(n)s more new gaps", more) % {"n": more})
    if not opened:
        left = len(new)
        told = ngettext("%(n)s gap in the next four weeks.", "%(n)s gaps in the next four weeks.", left) % {"n": left}
        messages.success(request, f"{_('Kept.')} {told if left else _('No gap in the next four weeks.')}")


def _key(each: GapTold) -> tuple[datetime, datetime, str, str, str, bool]:
    gap = each.gap
    return (gap.starts, gap.ends, gap.role, gap.network, gap.language, bool(gap.accepted))


def _form_page(
    request: HttpRequest, duty: Duty, kind: Kind, form: forms.RosterForm, index: int | None, status: int = 200
) -> HttpResponse:
    # a form that was refused for a conflict is sent again against the version that stands now
    told = {**context(request, duty), "kind": kind, "form": form, "index": index}
    return render(request, "duty/entry.html", told, status=status)


def _asked(request: HttpRequest, duty: Duty) -> dict[str, Any]:
    """What a link fills in beforehand: moments come as instants and are told on the roster's wall."""
    asked: dict[str, Any] = {key: request.GET[key] for key in ("role", "network", "language") if request.GET.get(key)}
    for key in ("starts", "ends"):
        try:
            at = datetime.fromisoformat(request.GET.get(key, ""))
        except ValueError:
            continue
        asked[key] = _wall(at, duty)
    return {**asked, "days": [day for day, _name in forms.days()], "holidays": True}


def initial(entry: Any, duty: Duty) -> dict[str, Any]:
    """A roster's entry as its form shows it."""
    shown = {key: value for key, value in entry.model_dump().items() if value is not None}
    for key in ("starts", "ends"):
        if key in shown:
            shown[key] = _wall(shown[key], duty)
    if "hours" in shown:
        shown["name"] = entry.shift
        shown["hours"] = ", ".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in entry.hours)
        shown["since"] = entry.rotate.since if entry.rotate else None
        shown["rotate"] = entry.rotate.every.days if entry.rotate else None
    return shown


def _wall(at: datetime, duty: Duty) -> datetime:
    zone = duty.standing.roster.timezone
    return of_wall(at, zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
