"""The plan in force, to be read by everybody it concerns."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sereno.desk.accounts.permissions import brand_of
from sereno.desk.accounts.request import person
from sereno.desk.plans.queries import plan_of, version_in_force
from sereno.desk.plans.told import brand_words, whole_plan
from sereno.desk.shell import shell


@login_required
@require_GET
def plan_page(request: HttpRequest, slug: str) -> HttpResponse:
    brand = brand_of(person(request), slug)
    version = version_in_force(brand)
    context = {**shell(request, brand, "plan"), "version": version}
    if version is not None:
        plan = plan_of(version)
        context |= {"plan": plan, "chapters": whole_plan(plan), **brand_words(plan)}
    return render(request, "plans/plan.html", context)
