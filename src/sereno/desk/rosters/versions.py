"""The roster's versions: who changed what when, each text as it was, two compared, an earlier one brought back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sereno.desk.accounts.permissions import Action, may
from sereno.desk.accounts.request import person, whole_number
from sereno.desk.duty.models import RosterVersion
from sereno.desk.duty.queries import roster_version_of, roster_versions
from sereno.desk.rosters.frame import Duty, context, duty_of
from sereno.desk.rosters.keeping import keep
from sereno.desk.rosters.versions_told import differing, versions_told

A_PAGE = 50


@login_required
@require_GET
def versions_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody may see who changed their duty; the texts, with reasons of absence, are for those who lead."""
    duty = duty_of(request, slug)
    if not duty.number:
        return redirect("duty", slug)
    page = Paginator(roster_versions(duty.brand), A_PAGE).get_page(request.GET.get("page"))
    told = {
        "page": page, "versions": versions_told(duty, list(page)), "may_read": _may_read(request, duty),
        "numbers": [each.number for each in roster_versions(duty.brand)[:200]],
    }  # fmt: skip
    return render(request, "duty/versions.html", {**context(request, duty), **told})


@login_required
@require_GET
def version_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    duty = _readable(request, slug)
    version = _found(duty, number)
    before = roster_version_of(duty.brand, version.number - 1)
    told: dict[str, Any] = {"told": versions_told(duty, [version])[0], "version": version, "before": before}
    if before is not None:
        told["differing"] = differing(duty, before, version)
    return render(request, "duty/version.html", {**context(request, duty), **told})


@login_required
@require_GET
def compare_page(request: HttpRequest, slug: str) -> HttpResponse:
    """`?before=1&after=3`."""
    duty = _readable(request, slug)
    before, after = (_found(duty, request.GET.get(name, "")) for name in ("before", "after"))
    if before.number > after.number:
        before, after = after, before
    told = {"before": before, "after": after, "differing": differing(duty, before, after)}
    return render(request, "duty/compare.html", {**context(request, duty), **told})


@login_required
@require_http_methods(["GET", "POST"])
def bring_back(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """First what that changes; then the earlier text follows as a new version."""
    duty = duty_of(request, slug, Action.EDIT_ROSTER)
    current = duty.standing.version
    if current is None:
        return redirect("duty", slug)
    version = _found(duty, number)
    if version.digest == current.digest:
        messages.success(request, _("This text is in force already."))
        return redirect("duty_versions", slug)
    if request.method == "POST":
        kept = keep(
            request, duty, edit=lambda _old: version.text, change={"what": "brought-back", "number": version.number}
        )
        if kept.instead is not None:
            return kept.instead
        for fault in kept.faults:
            messages.error(request, fault)
        return redirect("duty_versions", slug)
    told = {"version": version, "differing": differing(duty, current, version)}
    return render(request, "duty/bring_back.html", {**context(request, duty), **told})


def _may_read(request: HttpRequest, duty: Duty) -> bool:
    return any(may(person(request), action, duty.brand) for action in (Action.EDIT_ROSTER, Action.SEE_AUDIT))


def _readable(request: HttpRequest, slug: str) -> Duty:
    duty = duty_of(request, slug)
    if not _may_read(request, duty):
        raise PermissionDenied("the roster's text says who is ill; it is for those who edit or audit it")
    return duty


def _found(duty: Duty, number: str | int) -> RosterVersion:
    asked = whole_number(str(number))
    version = roster_version_of(duty.brand, asked) if asked is not None else None
    if version is None:
        raise Http404("no such version")
    return version
