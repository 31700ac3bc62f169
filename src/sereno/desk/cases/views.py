"""*Now*, the inbox, and one case. Views are thin: reads stand in queries.py, writes in actions.py."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.http import require_GET

from sereno.desk.accounts.models import Brand
from sereno.desk.accounts.permissions import brand_of
from sereno.desk.accounts.request import person, whole_number
from sereno.desk.cases import queries
from sereno.desk.cases.casefile import CaseFile, case_file, case_of
from sereno.desk.cases.chips import chips, menus, views_menu
from sereno.desk.cases.filters import Filters
from sereno.desk.cases.forms import AssignForm, CloseForm, NoteForm, OverruleForm, ReopenForm
from sereno.desk.cases.freshness import lost, news, said
from sereno.desk.cases.models import Case
from sereno.desk.cases.sentences import situation_in_words, view_in_words
from sereno.desk.intake.cards import troubled_sources
from sereno.desk.shell import shell

MOST_ON_SCREEN = 500
"""Ids that the page may name when it asks what changed; more are passed over."""


@login_required
@require_GET
def now_page(request: HttpRequest, slug: str) -> HttpResponse:
    brand = brand_of(person(request), slug)
    now = timezone.now()
    situation = queries.situation(brand, now)
    front = queries.front(brand, person(request), now)
    parts: dict[str, Any] = {}
    for path in settings.DESK_NOW:
        parts |= import_string(path)(brand, person(request), now)
    context = {
        **shell(request, brand, "now"),
        **parts,
        "situation": situation,
        "sentence": situation_in_words(situation, now),
        "mine": front.mine,
        "pressing": front.pressing,
        "troubled": troubled_sources(brand, now),
        "waiting": queries.waiting(brand),
        "recent": front.recent,
        "last_arrival": queries.last_arrival(brand),
    }
    return render(request, "cases/now.html", context)


@login_required
@require_GET
def inbox_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The list with the reading pane beside it; `after` asks for the rows that follow a cursor."""
    brand = brand_of(person(request), slug)
    now = timezone.now()
    filters = Filters.from_query(request.GET)
    page = queries.inbox(brand, filters, person=person(request), now=now, after=request.GET.get("after", ""))
    context = {"page": page, "filters": filters, "query": filters.query(), "brand": brand, "now": now}
    if request.headers.get("HX-Request") and request.GET.get("after"):
        return render(request, "cases/_rows.html", context)
    opened = _opened(brand, request.GET.get("case", ""))
    context |= {
        **shell(request, brand, "inbox"),
        "views": views_menu(filters),
        "chips": chips(brand, filters),
        "menus": menus(brand, filters),
        "title": view_in_words(filters),
        **(_case_context(brand, opened) if opened else {}),
    }
    return render(request, "cases/inbox.html", context)


def _opened(brand: Brand, number: str) -> Case | None:
    asked = whole_number(number)
    return case_of(brand, asked) if asked is not None else None


@login_required
@require_GET
def changes(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed since the page was drawn, as pieces that replace what stands there. Nothing else moves."""
    brand = brand_of(person(request), slug)
    now = timezone.now()
    filters = Filters.from_query(request.GET)
    after = _number(request.GET.get("event", ""))
    found = queries.changes(
        brand,
        filters,
        after=after,
        since=_number(request.GET.get("since", "")) or after,
        on_screen=_numbers(request.GET.get("ids", "")),
        person=person(request),
        now=now,
    )
    for words in lost(brand, after=after, person=person(request)):
        messages.warning(request, words)
    place = "now" if request.GET.get("place") == "now" else "inbox"
    context = {**shell(request, brand, place), "changes": found, "filters": filters, "query": filters.query()}
    context["alone"] = request.GET.get("place") == "case"
    context["opened"] = _number(request.GET.get("open", ""))
    context["opened_event"] = queries.last_event_of(brand, context["opened"])
    if place == "now":
        context["sentence"] = situation_in_words(queries.situation(brand, now), now)
    return render(request, "cases/_changes.html", context)


@login_required
@require_GET
def case_page(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The case: a page of its own, or, for the reading pane, only its inside."""
    brand = brand_of(person(request), slug)
    case = case_of(brand, pk)
    if case is None:
        raise Http404("no such case")
    seen = _number(request.GET.get("seen", ""))
    if seen:
        # the open case follows: what is new is said while the page is drawn anew
        for words in said(news(case, seen=seen, person=person(request))):
            messages.info(request, words)
    context = {**shell(request, brand, "inbox"), **_case_context(brand, case)}
    inside = "cases/_case_afterwards.html" if seen else "cases/_case.html"
    template = inside if request.headers.get("HX-Request") else "cases/case.html"
    return render(request, template, context)


def _case_context(brand: Brand, case: Case) -> dict[str, Any]:
    return case_context(case_file(case, timezone.now()), brand)


def case_context(file: CaseFile, brand: Brand) -> dict[str, Any]:
    """A case with the forms of everything that can be done with it, and what the slices above add (`DESK_CASE`)."""
    parts: dict[str, Any] = {}
    for path in settings.DESK_CASE:
        parts |= import_string(path)(file, brand, file.now)
    return {
        **parts,
        "file": file,
        "case": file.case,
        "case_url": reverse("case", args=[brand.slug, file.case.pk]),
        "overrule_form": OverruleForm(prefix="overrule"),
        "assign_form": AssignForm(brand=brand, prefix="assign"),
        "note_form": NoteForm(prefix="note"),
        "close_form": CloseForm(case=file.case, prefix="close"),
        "reopen_form": ReopenForm(prefix="reopen"),
    }


def _number(text: str) -> int:
    return whole_number(text) or 0


def _numbers(text: str) -> list[int]:
    return [_number(part) for part in text.split(",")[:MOST_ON_SCREEN] if whole_number(part)]
