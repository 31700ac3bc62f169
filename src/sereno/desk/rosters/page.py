"""The duty page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sereno.desk.accounts.permissions import Action, may
from sereno.desk.accounts.request import person
from sereno.desk.duty.queries import notes_by, notes_for, open_swaps
from sereno.desk.rosters.barred_told import barred_told
from sereno.desk.rosters.frame import context, duty_of
from sereno.desk.rosters.gaps_told import LOOK_AHEAD, gaps_between, legend, still_open, strips
from sereno.desk.rosters.heat import arrivals, pairs
from sereno.desk.rosters.notes import roles_to_hand_over
from sereno.desk.rosters.rest_told import rest_told
from sereno.desk.rosters.sentence import next_gap, on_duty
from sereno.desk.rosters.week import monday_of, week_of


@login_required
@require_GET
def duty_page(request: HttpRequest, slug: str) -> HttpResponse:
    duty = duty_of(request, slug)
    somebody = person(request)
    changes = bool(duty.number) and may(somebody, Action.EDIT_ROSTER, duty.brand)
    me = duty.standing.person_of(somebody)
    week = week_of(duty, monday_of(request.GET.get("week", ""), duty.now), changes=changes, me=me)
    gaps = gaps_between(duty, week.starts, week.ends)
    waiting = [swap for swap in open_swaps(duty.brand) if somebody.pk in (swap.asked_by_id, swap.other_id)]
    return render(
        request,
        "duty/duty.html",
        {
            **context(request, duty),
            "on_duty": on_duty(duty),
            "next_gap": next_gap(gaps_between(duty, duty.now, duty.now + LOOK_AHEAD)),
            "week": week,
            "gaps": gaps,
            "open_here": len(still_open(gaps)),
            "accepted_here": sum(bool(each.accepted) for each in gaps),
            "legend": legend(),
            "barred": barred_told(duty),
            "rest": rest_told(duty) if changes else (),
            "strips": strips(duty, week, gaps),
            "heat": arrivals(duty),
            "pairs": pairs(duty, week, gaps),
            "notes": [(note, duty.title(note.role)) for note in notes_for(somebody, duty.brand, duty.now)],
            "own_notes": [(note, duty.title(note.role)) for note in notes_by(somebody, duty.brand)],
            "hand_over": [(role, duty.title(role)) for role in roles_to_hand_over(duty, somebody)],
            "swaps_waiting": len(waiting),
            "tab": "week",
            "now_shown": week.starts <= duty.now < week.ends,
            "me": me,
        },
    )
