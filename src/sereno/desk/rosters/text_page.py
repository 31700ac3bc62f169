"""The roster as text, with its faults at their lines."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sereno.desk.accounts.permissions import Action
from sereno.desk.duty.rosters import roster_faults
from sereno.desk.rosters.faults_told import dated
from sereno.desk.rosters.frame import Duty, context, duty_of
from sereno.desk.rosters.keeping import keep
from sereno.desk.words import language
from sereno.engine.plan.errors import say_fault


@login_required
@require_http_methods(["GET", "POST"])
def text_page(request: HttpRequest, slug: str) -> HttpResponse:
    duty = duty_of(request, slug, Action.EDIT_ROSTER)
    if duty.standing.version is None:
        return redirect("duty", slug)
    if request.method == "GET":
        return _page(request, duty, duty.standing.version.text)
    text = request.POST.get("text", "").replace("\r\n", "\n").replace("\r", "\n")
    kept = keep(request, duty, edit=lambda _old: text, change={"what": "text"})
    if kept.instead is not None:
        return kept.instead
    if not kept.well:
        # faults of the text stand above it at their lines
        if kept.conflict or not roster_faults(duty.brand, text)[0]:
            for fault in kept.faults:
                messages.error(request, fault)
        return _page(request, duty, text, status=422)
    return redirect("duty_text", duty.brand.slug)


def _page(request: HttpRequest, duty: Duty, text: str, status: int = 200) -> HttpResponse:
    errors, warnings = roster_faults(duty.brand, text)
    faults = [(each, say_fault(dated(each), language())) for each in sorted((*errors, *warnings), key=lambda e: e.line)]
    told = {**context(request, duty), "text": text, "faults": faults, "errors": len(errors)}
    return render(request, "duty/text.html", told, status=status)
