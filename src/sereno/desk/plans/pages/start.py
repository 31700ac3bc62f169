"""How a draft begins: under a name, from the plan in force, an earlier version, the starter plan, or a file."""

from __future__ import annotations

from typing import Any

from babel.dates import format_date
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sereno.desk.accounts.models import Brand, User
from sereno.desk.accounts.permissions import Action, brand_of
from sereno.desk.accounts.request import person
from sereno.desk.plans.actions import start_draft
from sereno.desk.plans.models import PlanDraft
from sereno.desk.plans.numbering import raised
from sereno.desk.plans.pages.history import found_version
from sereno.desk.plans.queries import version_in_force, versions
from sereno.desk.plans.refused import PlanRefused
from sereno.desk.plans.refused_words import refused_words
from sereno.desk.shell import shell
from sereno.desk.words import language
from sereno.engine.plan.load import find_plan
from sereno.engine.plan.nodes import LONGEST_TEXT
from sereno.engine.plan.starter import named

STARTER = "starter"


def suggested_name() -> str:
    """What a draft may be called while nobody calls it anything: `Changes of 22 November 2026`."""
    spoken = "en_GB" if language() == "en" else language()  # as all our dates
    return _("Changes of %(day)s") % {"day": format_date(timezone.localdate(), format="long", locale=spoken)}


@login_required
@require_http_methods(["GET", "POST"])
def start_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks for a name and for what it starts from: the plan in force, an earlier version, the starter plan."""
    brand = brand_of(person(request), slug, Action.CHANGE_PLAN)
    current = version_in_force(brand)
    asked = request.POST if request.method == "POST" else request.GET
    # in the form the choice stands in `start`; a link from a version's page names the version alone
    number = asked.get("based_on", "")
    choice = asked.get("start") or ("version" if number else "in-force" if current else STARTER)
    refused = ""
    if request.method == "POST":
        try:
            draft = _started(brand, choice, number, asked.get("name", ""), person(request))
        except PlanRefused as refusal:
            refused = refused_words(refusal.code)
        else:
            return redirect("plan_forms", slug=slug, number=draft.number)
    context: dict[str, Any] = {
        **shell(request, brand, "plan"), "current": current, "choice": choice, "based_on": number, "refused": refused,
        "earlier": versions(brand).exclude(pk=current.pk) if current else versions(brand).none(),
        "name": asked.get("name", suggested_name()),
    }  # fmt: skip
    return render(request, "plans/start.html", context, status=422 if refused else 200)


def _started(brand: Brand, choice: str, number: str, name: str, by: User) -> PlanDraft:
    now = timezone.now()
    if choice == STARTER:
        text = named(find_plan(STARTER).read_text(encoding="utf-8"), brand.name)
        return start_draft(brand, name=name, text=raised(brand, text, now=now), by=by, now=now)
    base = found_version(brand, number) if choice == "version" else None
    return start_draft(brand, name=name, based_on=base, by=by, now=now)


@login_required
@require_http_methods(["GET", "POST"])
def import_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A file becomes a draft, faults and all."""
    brand = brand_of(person(request), slug, Action.CHANGE_PLAN)
    fault = ""
    if request.method == "POST":
        text, fault = _uploaded(request.FILES.get("file"))
        if not fault:
            name = request.POST.get("name", "").strip() or suggested_name()
            draft = start_draft(brand, name=name, text=text, by=person(request), now=timezone.now())
            messages.success(request, _("Brought in as a draft. Nothing is in force yet."))
            return redirect("plan_draft", slug=slug, number=draft.number)
    context = {**shell(request, brand, "plan"), "fault": fault, "name": request.POST.get("name", ""),
               "suggested": suggested_name()}  # fmt: skip
    return render(request, "plans/import.html", context, status=422 if fault else 200)


def _uploaded(file: UploadedFile[bytes] | None) -> tuple[str, str]:
    """The text, or why it cannot be taken."""
    if file is None:
        return "", _("Choose a file.")
    if (file.size or 0) > 4 * LONGEST_TEXT:
        return "", _("The file is too large to be a plan.")
    try:
        text = file.read().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return "", _("The file is not UTF-8 text. Save it as UTF-8 and choose it again.")
    if len(text) > LONGEST_TEXT or "\x00" in text:
        return "", _("The file is too large to be a plan.") if "\x00" not in text else _("The file is no text.")
    return text, ""
