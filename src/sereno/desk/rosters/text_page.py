"""The roster as text, with its faults at their lines."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sereno.desk.accounts.permissions import Action
from sereno.desk.accounts.request import person
from sereno.desk.duty.refused import DutyRefused, RosterConflict
from sereno.desk.duty.rosters import edit_roster, roster_faults
from sereno.desk.rosters.editing import LOOK_AHEAD, tell_difference
from sereno.desk.rosters.frame import Duty, context, duty_of
from sereno.desk.rosters.gaps_told import gaps_between
from sereno.desk.rosters.refused_words import say
from sereno.desk.words import language
from sereno.engine.plan.errors import PlanErrors, say_fault


@login_required
@require_http_methods(["GET", "POST"])
def text_page(request: HttpRequest, slug: str) -> HttpResponse:
    duty = duty_of(request, slug, Action.EDIT_ROSTER)
    if duty.standing.version is None:
        return redirect("duty", slug)
    if request.method == "GET":
        return _page(request, duty, duty.standing.version.text)
    text = request.POST.get("text", "").replace("\r\n", "\n").replace("\r", "\n")
    number = request.POST.get("number", "")
    end = duty.now + LOOK_AHEAD
    before = gaps_between(duty, duty.now, end)
    try:
        edit_roster(
            duty.brand, number=int(number) if number.isdecimal() else 0, edit=lambda _old: text, by=person(request),
            now=duty.now, change={"what": "text"},
        )  # fmt: skip
    except PlanErrors:
        return _page(request, duty, text, status=422)
    except RosterConflict:
        messages.error(request, _("Somebody changed the roster meanwhile. Look at it again, then keep your change."))
        return _page(request, duty, text, status=422)
    except DutyRefused as refused:
        messages.error(request, say(refused.code))
        return _page(request, duty, text, status=422)
    tell_difference(request, before, gaps_between(duty, duty.now, end))
    return redirect("duty_text", duty.brand.slug)


def _page(request: HttpRequest, duty: Duty, text: str, status: int = 200) -> HttpResponse:
    errors, warnings = roster_faults(duty.brand, text)
    faults = [(each, say_fault(each, language())) for each in sorted((*errors, *warnings), key=lambda e: e.line)]
    told = {**context(request, duty), "text": text, "faults": faults, "errors": len(errors)}
    return render(request, "duty/text.html", told, status=status)
