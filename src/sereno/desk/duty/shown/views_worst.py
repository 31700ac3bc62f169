"""*Worst time to a human*, of the plan in force and of a draft: fetched by their pages, and pages of their own."""

from __future__ import annotations

import hashlib

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from sereno.desk.accounts.models import Brand
from sereno.desk.accounts.permissions import brand_of
from sereno.desk.accounts.request import person
from sereno.desk.duty.shown.worst import proof_of
from sereno.desk.plans.queries import draft_of, plan_of, version_in_force
from sereno.desk.shell import shell
from sereno.engine.plan.load import PlanErrors, load_plan
from sereno.engine.plan.model import Plan


@login_required
@require_GET
def of_plan(request: HttpRequest, slug: str) -> HttpResponse:
    brand = brand_of(person(request), slug)
    version = version_in_force(brand)
    if version is None:
        raise Http404("no plan is in force")
    return _shown(request, brand, plan_of(version), version.digest, None)


@login_required
@require_GET
def of_draft(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    brand = brand_of(person(request), slug)
    draft = draft_of(brand, number)
    if draft is None:
        raise Http404("no such draft")
    try:
        plan = load_plan(draft.text)
    except PlanErrors:
        plan = None
    return _shown(request, brand, plan, hashlib.sha256(draft.text.encode()).hexdigest(), number)


def _shown(request: HttpRequest, brand: Brand, plan: Plan | None, digest: str, draft: int | None) -> HttpResponse:
    proof = proof_of(brand, plan, digest, timezone.now()) if plan is not None else None
    context = {"proof": proof, "brand": brand, "draft_number": draft}
    if request.headers.get("HX-Request"):
        return render(request, "watch/_worst.html", context)
    return render(request, "watch/worst.html", {**shell(request, brand, "plan"), **context})
