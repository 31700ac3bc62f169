"""Changing the roster: a form for each kind of entry, each an edit of the text; new gaps are told at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sereno.desk.accounts.permissions import Action
from sereno.desk.accounts.request import whole_number
from sereno.desk.rosters import forms, writing
from sereno.desk.rosters.faults_told import field_of
from sereno.desk.rosters.frame import Duty, context, duty_of
from sereno.desk.rosters.keeping import Kept, keep
from sereno.desk.rosters.told_entries import entries
from sereno.engine.duty.wall import of_wall


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
    more: str | Promise = ""
    """What such an entry can say besides, in the text alone."""


def _shift(duty: Duty, values: Mapping[str, Any], index: int | None) -> dict[str, Any]:
    roster = duty.standing.roster
    return writing.shift_value(values, roster, None if index is None else roster.shifts[index])


def _person(duty: Duty, values: Mapping[str, Any], index: int | None) -> dict[str, Any]:
    roster = duty.standing.roster
    name = next((str(user) for user in forms.accounts(duty) if user.email == values["email"]), values["email"])
    return writing.person_value(values, name, roster, None if index is None else roster.people[index])


KINDS = {
    "shifts": Kind(
        "shifts", "duty_shift", gettext_lazy("Shifts"), gettext_lazy("Add a shift"), forms.ShiftForm, _shift,
        gettext_lazy("networks of its own, its first and its last day, several people to a turn"),
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
        "people", "duty_person", gettext_lazy("People"), gettext_lazy("Add a person"), forms.PersonForm, _person,
        gettext_lazy("networks, a time zone and a country of their own, what they may grant without asking"),
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
    form = kind.form(duty, request.POST, index=index)
    if form.is_valid():
        value = kind.value(duty, form.cleaned_data, index)
        edit = writing.put(part, index, value, duty.standing.roster)
        kept = keep(request, duty, edit=edit, change=_change(part, value, None if index is None else there[index]))
        if kept.instead is not None:
            return kept.instead
        if kept.well:
            return redirect("duty_entries", slug)
        _put_errors(form, kept, part, len(there) if index is None else index)
    return _form_page(request, duty, kind, form, index, status=422)


def _change(part: str, value: Mapping[str, Any], old: Any) -> dict[str, Any]:
    """What the version says that it changed."""
    if old is None:
        return {"what": f"{part}-added", "value": value}
    if part == "shifts" and value["shift"] != old.shift:
        return {"what": "shifts-renamed", "value": value, "was": old.shift}
    return {"what": f"{part}-changed", "value": value}


def _put_errors(form: forms.RosterForm, kept: Kept, part: str, index: int) -> None:
    """Each at its field, once."""
    for place, fault in enumerate(kept.faults):
        field = field_of(kept.errors[place], part, index) if kept.errors else None
        field = field if field in form.fields else None
        if fault not in form.errors.get(field or NON_FIELD_ERRORS, ()):
            form.add_error(field, fault)


@login_required
@require_POST
def turn_up(request: HttpRequest, slug: str, index: int) -> HttpResponse:
    """Somebody takes their turn before the one who stood before them."""
    duty = duty_of(request, slug, Action.EDIT_ROSTER)
    shifts = duty.standing.roster.shifts if duty.number else ()
    place = whole_number(request.POST.get("place", ""))
    if index >= len(shifts) or place is None or not 0 < place < len(shifts[index].people):
        raise Http404("the shift has no such turn")
    value = shifts[index].model_dump(mode="json", exclude_defaults=True)
    edit = writing.turn_before(index, place)
    kept = keep(request, duty, edit=edit, change={"what": "shifts-changed", "value": value})
    if kept.instead is not None:
        return kept.instead
    for fault in kept.faults:
        messages.error(request, fault)
    return redirect("duty_shift", slug, index)


@login_required
@require_POST
def remove_entry(request: HttpRequest, slug: str, part: str, index: int) -> HttpResponse:
    duty = duty_of(request, slug, Action.EDIT_ROSTER)
    there = getattr(duty.standing.roster, part) if part in KINDS else ()
    if not duty.number or index >= len(there):
        raise Http404("the roster has no such entry")
    gone = there[index].model_dump(mode="json", exclude_defaults=True)
    kept = keep(request, duty, edit=writing.take_out(part, index), change={"what": f"{part}-removed", "value": gone})
    if kept.instead is not None:
        return kept.instead
    for fault in kept.faults:
        messages.error(request, fault)
    return redirect("duty_entries", slug)


def _form_page(
    request: HttpRequest, duty: Duty, kind: Kind, form: forms.RosterForm, index: int | None, status: int = 200
) -> HttpResponse:
    # a form that was refused for a conflict is sent again against the version that stands now
    told = {**context(request, duty), "kind": kind, "form": form, "index": index, "turns": _turns(duty, kind, index)}
    return render(request, "duty/entry.html", told, status=status)


def _turns(duty: Duty, kind: Kind, index: int | None) -> list[str]:
    """Names in the order of a rotation; empty: nobody takes turns."""
    if kind.part != "shifts" or index is None or (shift := duty.standing.roster.shifts[index]).rotate is None:
        return []
    return [duty.name(person) for person in shift.people]


def _asked(request: HttpRequest, duty: Duty) -> dict[str, Any]:
    """What a link fills in beforehand: moments come as instants and are told on the roster's wall."""
    asked: dict[str, Any] = {
        key: request.GET[key] for key in ("role", "network", "language", "person") if request.GET.get(key)
    }
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
    if "quiet" in shown:
        shown["quiet"] = ", ".join(f"{begins:%H:%M}-{stops:%H:%M}" for begins, stops in entry.quiet)
    return shown


def _wall(at: datetime, duty: Duty) -> datetime:
    zone = duty.standing.roster.timezone
    return of_wall(at, zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
