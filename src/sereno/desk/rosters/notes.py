"""Hand-over notes: written at the end of a shift, read at the beginning of the next."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sereno.desk.accounts.models import User
from sereno.desk.accounts.request import person
from sereno.desk.duty.notes import write_note
from sereno.desk.duty.refused import DutyRefused
from sereno.desk.duty.standing import rota_of
from sereno.desk.rosters.frame import Duty, duty_of
from sereno.desk.rosters.refused_words import say

AFTERWARDS = timedelta(hours=4)
"""So long after the end of a shift a note is still asked for."""


def roles_to_hand_over(duty: Duty, user: User) -> list[str]:
    """The roles in which the person stands now, or stood until a while ago."""
    me = duty.standing.person_of(user)
    if me is None or duty.standing.by_membership:
        return []
    midnight = duty.now.replace(hour=0, minute=0, second=0, microsecond=0)
    rota = rota_of(duty.standing, midnight - timedelta(days=1), midnight + timedelta(days=2))
    mine = [each for each in rota.all if each.person == me and each.starts <= duty.now < each.ends + AFTERWARDS]
    return list(dict.fromkeys(each.role for each in mine))


@login_required
@require_POST
def write(request: HttpRequest, slug: str) -> HttpResponse:
    duty = duty_of(request, slug)
    somebody = person(request)
    role = request.POST.get("role", "")
    if role not in roles_to_hand_over(duty, somebody):
        messages.error(request, _("You leave word for a role in which you stand or stood until a while ago."))
        return redirect("duty", slug)
    try:
        write_note(duty.brand, role=role, text=request.POST.get("text", "")[:5000], by=somebody, now=duty.now)
    except DutyRefused as refused:
        messages.error(request, say(refused.code))
    else:
        messages.success(request, _("Kept. Whoever comes on reads it first."))
    return redirect("duty", slug)
