"""A draft on one page: where it stands, what is wrong, what it changes, what the replay says, what is next."""

from __future__ import annotations

from typing import Any

from babel.lists import format_list
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sereno.desk.accounts.models import Brand, User
from sereno.desk.accounts.permissions import Action, brand_of, may
from sereno.desk.accounts.request import person
from sereno.desk.plans.actions import check_draft, discard_draft, rename_draft
from sereno.desk.plans.faults_told import faults_told
from sereno.desk.plans.models import LIVING, PlanDraft, PlanReplay, ReplayState
from sereno.desk.plans.pages.differing import differing
from sereno.desk.plans.pages.draft_told import checked_of, draft_sentence, name_of, names_of, tests_told, way_of
from sereno.desk.plans.pages.history import as_file, as_plan
from sereno.desk.plans.pages.replay_told import report_of
from sereno.desk.plans.pages.told import opening, part_told, whole_plan
from sereno.desk.plans.queries import (
    could_approve,
    could_be_allowed,
    draft_of,
    is_behind,
    plan_of,
    stands_in_the_way,
    version_in_force,
    why_not,
)
from sereno.desk.plans.refused import DraftConflict, PlanRefused
from sereno.desk.plans.refused_words import refused_words
from sereno.desk.plans.results import latest_replay
from sereno.desk.shell import shell
from sereno.desk.words import language
from sereno.engine.read import ReaderBusy

FAULTS_SHOWN = 30


def found_draft(brand: Brand, number: int) -> PlanDraft:
    draft = draft_of(brand, number)
    if draft is None:
        raise Http404("no such draft")
    return draft


@login_required
@require_GET
def draft_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    brand = brand_of(person(request), slug)
    draft = found_draft(brand, number)
    return render(request, "plans/draft.html", {**shell(request, brand, "plan"), **told(request, draft)})


def told(request: HttpRequest, draft: PlanDraft) -> dict[str, Any]:
    """All that the page of a draft says."""
    user, brand = person(request), draft.brand
    replay = latest_replay(draft)
    try:
        checked = checked_of(draft, run_tests="tests" in request.GET)
    except ReaderBusy:
        messages.error(request, refused_words("reader-busy"))
        checked = checked_of(draft)
    current = version_in_force(brand)
    base = draft.based_on if draft.state not in LIVING else current
    faults = faults_told(draft.text)
    obstacles = stands_in_the_way(draft, user, now=timezone.now())
    return {
        "draft": draft,
        "living": draft.state in LIVING,
        "sentence": draft_sentence(draft, checked, replay),
        "way": way_of(draft),
        "checked": checked,
        "faults": faults[:FAULTS_SHOWN],
        "faults_more": max(0, len(faults) - FAULTS_SHOWN),
        "accepted": part_told(checked.plan, "accepted") if checked.plan else (),
        "tests": tests_told(draft, checked),
        "base": base,
        "behind": is_behind(draft),
        "differing": differing(base.text, draft.text, (plan_of(base), checked.plan)) if base else None,
        "current": current,
        "edited_by": names_of(draft),
        "asked_by": name_of(draft.asked_by_id),
        "approved_by": name_of(draft.approved_by_id),
        # who may not approve has tried nothing: whom it waits for says enough
        "obstacles": [refused_words(code) for code in obstacles if code != "no-right"],
        "may_approve": not obstacles,
        "waits_for": one_of(could_approve(draft)),
        "could_be_allowed": could_be_allowed(draft),
        "may_put": may(user, Action.CHANGE_PLAN, brand) or may(user, Action.APPROVE_PLAN, brand),
        "may_stop": may(user, Action.CHANGE_PLAN, brand),
        "first_plan": current is None,
        **replay_told(draft, replay),
    }


def one_of(people: list[User]) -> str:
    """`Irene Valls or Tomasz Bielak`"""
    return format_list([str(somebody) for somebody in people], style="or", locale=language())


def replay_told(draft: PlanDraft, replay: PlanReplay | None) -> dict[str, Any]:
    going = replay is not None and replay.state in (ReplayState.WAITING, ReplayState.RUNNING)
    after = as_plan(replay.text) if replay is not None and replay.state == ReplayState.DONE else None
    not_counted = why_not(draft, replay, now=timezone.now()) if replay is not None else "not-replayed"
    return {
        "replay": replay,
        "going": going,
        "report": report_of(replay, plan_of(replay.against), after) if replay and after else None,
        "not_counted": refused_words(not_counted) if not_counted else "",
        "asked_replay_by": name_of(replay.asked_by_id) if replay else "",
    }


@login_required
@require_POST
def check(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    brand = brand_of(person(request), slug, Action.CHANGE_PLAN)
    draft = found_draft(brand, number)
    try:
        found = check_draft(draft, by=person(request), now=timezone.now())
    except PlanRefused as refused:
        messages.error(request, refused_words(refused.code))
    except DraftConflict:
        messages.error(request, refused_words("text-changed"))
    else:
        if found.passes:
            messages.success(request, _("Checked: no errors, and its own tests pass."))
        else:
            messages.error(request, _("It does not pass yet. What to mend stands below."))
            return redirect(f"{reverse('plan_draft', args=[slug, number])}?tests#faults")
    return redirect("plan_draft", slug=slug, number=number)


@login_required
@require_GET
def read_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The whole draft read aloud, as the plan in force is."""
    brand = brand_of(person(request), slug)
    draft = found_draft(brand, number)
    plan = as_plan(draft.text)
    context: dict[str, Any] = {**shell(request, brand, "plan"), "draft": draft, "plan": plan}
    if plan is not None:
        context |= {"chapters": whole_plan(plan), "opening": opening(plan)}
    return render(request, "plans/draft_read.html", context)


@login_required
@require_POST
def rename(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    brand = brand_of(person(request), slug, Action.CHANGE_PLAN)
    try:
        rename_draft(
            found_draft(brand, number), name=request.POST.get("name", ""), by=person(request), now=timezone.now()
        )
    except PlanRefused as refused:
        messages.error(request, refused_words(refused.code))
    else:
        messages.success(request, _("Renamed."))
    return redirect("plan_draft", slug=slug, number=number)


@login_required
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    brand = brand_of(person(request), slug, Action.CHANGE_PLAN)
    draft = found_draft(brand, number)
    if request.method == "GET":
        return render(request, "plans/discard.html", {**shell(request, brand, "plan"), "draft": draft})
    try:
        discard_draft(draft, by=person(request), now=timezone.now())
    except PlanRefused as refused:
        messages.error(request, refused_words(refused.code))
        return redirect("plan_draft", slug=slug, number=number)
    messages.success(request, _("Thrown away."))
    return redirect("plan", slug=slug)


@login_required
@require_GET
def download(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    draft = found_draft(brand_of(person(request), slug), number)
    return as_file(draft.text, f"{slug}-plan-draft-{draft.number}.yaml")
