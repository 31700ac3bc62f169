"""The plan in force, to be read by everybody it concerns; who has read it; drafts in work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sereno.desk.accounts.models import Brand, User
from sereno.desk.accounts.permissions import Action, brand_of, may
from sereno.desk.accounts.request import person, whole_number
from sereno.desk.plans.actions import confirm_known
from sereno.desk.plans.models import PlanDraft
from sereno.desk.plans.pages.draft_told import name_of, next_in_words
from sereno.desk.plans.pages.told import opening, whole_plan
from sereno.desk.plans.queries import (
    drafts,
    knowledge,
    plan_of,
    stands_in_the_way,
    version_in_force,
    version_of,
    versions,
)
from sereno.desk.plans.refused import PlanRefused
from sereno.desk.plans.refused_words import refused_words
from sereno.desk.shell import shell


@dataclass(frozen=True, slots=True)
class DraftRow:
    draft: PlanDraft
    by: str
    next: str
    yours: bool
    """It waits for this very person's approval."""


@login_required
@require_GET
def plan_page(request: HttpRequest, slug: str) -> HttpResponse:
    brand = brand_of(person(request), slug)
    version = version_in_force(brand)
    context: dict[str, Any] = {
        **shell(request, brand, "plan"),
        "version": version,
        "drafts": [draft_row(draft, person(request)) for draft in drafts(brand)],
        "versions": versions(brand).count(),
    }
    if version is not None:
        plan = plan_of(version)
        readers = knowledge(version)
        context |= {
            "plan": plan,
            "chapters": whole_plan(plan),
            "knowledge": readers,
            "members": len(readers.known) + len(readers.missing),
            "opening": opening(plan),
            # the slice that judges open cases again stands above this one: the settings name it
            "judged_before": import_string(settings.DESK_OPEN_POSTS)(brand).count()
            if may(person(request), Action.CHANGE_PLAN, brand)
            else 0,
        }
    return render(request, "plans/plan.html", context)


def draft_row(draft: PlanDraft, user: User) -> DraftRow:
    waits = draft.state == "replayed" and not stands_in_the_way(draft, user, now=timezone.now())
    return DraftRow(draft, name_of(draft.edited_by_id), _("Waits for your approval") if waits else next_in_words(draft),
                    waits)  # fmt: skip


@login_required
@require_POST
def known(request: HttpRequest, slug: str) -> HttpResponse:
    """`I have read it`."""
    brand = brand_of(person(request), slug)
    version = _meant(brand, request.POST.get("version", ""))
    try:
        if version is None:
            raise PlanRefused("not-in-force")
        confirm_known(version, by=person(request), now=timezone.now())
    except PlanRefused as refused:
        messages.error(request, refused_words(refused.code))
    else:
        messages.success(request, _("Kept: you have read this version."))
    return redirect("plan", slug=slug)


def _meant(brand: Brand, number: str) -> Any:
    """The version that stood on the page when the button was pressed: another one was not read."""
    asked = whole_number(number)
    return version_of(brand, asked) if asked is not None else None
