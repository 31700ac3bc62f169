"""The versions of the plan: each readable as it was, any two compared, downloaded, and put in force again."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sereno.desk.accounts.models import Brand
from sereno.desk.accounts.permissions import Action, brand_of
from sereno.desk.accounts.request import person, whole_number
from sereno.desk.plans.actions import roll_back
from sereno.desk.plans.models import PlanVersion
from sereno.desk.plans.pages.differing import differing
from sereno.desk.plans.pages.draft_told import name_of, names_of
from sereno.desk.plans.pages.told import opening, whole_plan
from sereno.desk.plans.pages.unfit import unfit
from sereno.desk.plans.queries import knowledge, may_roll_back, version_in_force, version_of, versions
from sereno.desk.plans.refused import PlanRefused
from sereno.desk.plans.refused_words import refused_words
from sereno.desk.shell import shell
from sereno.engine.plan.load import PlanErrors, load_plan
from sereno.engine.plan.model import Plan


@dataclass(frozen=True, slots=True)
class VersionRow:
    version: PlanVersion
    by: str
    edited_by: str
    """All who did, as a list of names."""
    approved_by: str

    @property
    def in_force(self) -> bool:
        return self.version.in_force_from is not None and self.version.in_force_until is None


def version_row(version: PlanVersion) -> VersionRow:
    return VersionRow(
        version, name_of(version.by_id) or _("command line"), names_of(version), name_of(version.approved_by_id)
    )


def found_version(brand: Brand, number: str | int) -> PlanVersion:
    asked = whole_number(str(number))
    version = version_of(brand, asked) if asked is not None else None
    if version is None:
        raise Http404("no such version")
    return version


def as_plan(text: str) -> Plan | None:
    """None where today's Sereno finds errors in it."""
    try:
        return load_plan(text)
    except PlanErrors:
        return None


@login_required
@require_GET
def history_page(request: HttpRequest, slug: str) -> HttpResponse:
    brand = brand_of(person(request), slug)
    rows = [version_row(version) for version in versions(brand).select_related("back_to")]
    context = {
        **shell(request, brand, "plan"),
        "rows": rows,
        "may_roll_back": may_roll_back(person(request), brand),
    }
    return render(request, "plans/history.html", context)


@login_required
@require_GET
def version_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A version read aloud as it was."""
    brand = brand_of(person(request), slug)
    version = found_version(brand, number)
    plan = as_plan(version.text)
    current = version_in_force(brand)
    context = {
        **shell(request, brand, "plan"),
        "row": version_row(version),
        "version": version,
        "plan": plan,
        "knowledge": knowledge(version),
        "current": current,
        "may_roll_back": may_roll_back(person(request), brand) and current is not None and current.pk != version.pk,
    }
    if plan is not None:
        context |= {"chapters": whole_plan(plan), "opening": opening(plan)}
    return render(request, "plans/version.html", context)


@login_required
@require_GET
def compare_page(request: HttpRequest, slug: str) -> HttpResponse:
    """`?before=1&after=3`: what the later version changed."""
    brand = brand_of(person(request), slug)
    before, after = (found_version(brand, request.GET.get(name, "")) for name in ("before", "after"))
    if before.number > after.number:
        before, after = after, before
    context = {
        **shell(request, brand, "plan"),
        "before": before,
        "after": after,
        "differing": differing(before.text, after.text, (as_plan(before.text), as_plan(after.text))),
        "numbers": versions(brand),
    }
    return render(request, "plans/compare.html", context)


@login_required
@require_GET
def download(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    version = found_version(brand_of(person(request), slug), number)
    return as_file(version.text, f"{slug}-plan-{version.number}.yaml")


def as_file(text: str, name: str) -> HttpResponse:
    return HttpResponse(
        text,
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"},
    )


@login_required
@require_http_methods(["GET", "POST"])
def roll_back_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The red button: asks for the reason, then puts the earlier version in force at once."""
    brand = brand_of(person(request), slug, Action.ROLL_BACK_PLAN)
    version, current = found_version(brand, number), version_in_force(brand)
    refused = ""
    if request.method == "POST":
        try:
            made = roll_back(version, reason=request.POST.get("reason", ""), by=person(request), now=timezone.now())
        except PlanRefused as refusal:
            refused = refused_words(refusal.code)
        else:
            messages.success(request, _("Version %(n)s is in force again.") % {"n": version.number})
            return redirect("plan_version", slug=slug, number=made.number)
    plans = (as_plan(current.text), as_plan(version.text)) if current else (None, None)
    context = {
        **shell(request, brand, "plan"),
        "version": version,
        "current": current,
        "refused": refused,
        "unfit": unfit(brand, version.text),
        "differing": differing(current.text, version.text, plans) if current else None,
    }
    return render(request, "plans/roll_back.html", context, status=422 if refused else 200)
