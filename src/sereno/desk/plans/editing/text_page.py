"""The draft as text: the editor, its live check, and what happens when two people saved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sereno.desk.accounts.models import User
from sereno.desk.accounts.request import person, whole_number
from sereno.desk.plans.drafting import save_draft
from sereno.desk.plans.editing.frame import draft_of, frame
from sereno.desk.plans.editing.sentences import rules_by_line
from sereno.desk.plans.faults_told import FaultTold, counted, faults_told
from sereno.desk.plans.models import PlanDraft
from sereno.desk.plans.refused import DraftConflict, PlanRefused
from sereno.engine.plan.lines import unified
from sereno.engine.plan.nodes import LONGEST_TEXT, Unreadable

LARGEST_BODY = 4 * LONGEST_TEXT
"""Bytes: a text of the longest length, were every character four of them."""
MOST_DIFFERENCES = 400


@login_required
@require_http_methods(["GET", "POST"])
def text_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    brand, draft = draft_of(request, slug, number)
    if request.method == "POST":
        return _save(request, draft)
    faults = faults_told(draft.text)
    context = {
        **frame(request, brand, draft, "text"),
        "text": draft.text,
        "faults": faults,
        "counted": counted(faults),
        "found": checked_as_json(draft.text, faults),
        "words": editor_words(),
        "longest": LONGEST_TEXT,
        "line": whole_number(request.GET.get("line", "")) or "",
    }
    return render(request, "plans/edit_text.html", context)


def _save(request: HttpRequest, draft: PlanDraft) -> HttpResponse:
    text = as_lines(request.POST.get("text", ""))
    quietly = request.headers.get("Accept") == "application/json"
    if len(text) > LONGEST_TEXT:
        return _too_long(request, draft, text, quietly=quietly)
    revision = whole_number(request.POST.get("revision", "")) or 0
    try:
        saved = save_draft(
            draft, text=text, revision=revision, by=person(request),
            now=timezone.now(),
        )  # fmt: skip
    except DraftConflict as conflict:
        if quietly:
            return JsonResponse({"conflict": True}, status=422)
        return _conflict_page(request, conflict.draft, text)
    except PlanRefused as refused:
        return JsonResponse({"refused": refused.code}, status=422) if quietly else _over(request, draft)
    if quietly:
        return JsonResponse({"revision": saved.revision, **checked_as_json(text, faults_told(text))})
    messages.success(request, _("Saved."))
    return redirect("plan_text", draft.brand.slug, draft.number)


def _over(request: HttpRequest, draft: PlanDraft) -> HttpResponse:
    messages.error(request, _("This draft came into force or was thrown away meanwhile. Start a new one."))
    return redirect("plan", draft.brand.slug)


def _too_long(request: HttpRequest, draft: PlanDraft, text: str, *, quietly: bool) -> HttpResponse:
    faults = faults_told(text)
    if quietly:
        return JsonResponse({"too_long": True, **checked_as_json(text, faults)}, status=413)
    context = {
        **frame(request, draft.brand, draft, "text"), "text": text, "faults": faults, "counted": counted(faults),
        "found": checked_as_json(text, faults), "words": editor_words(), "longest": LONGEST_TEXT, "unsaved": True,
    }  # fmt: skip
    return render(request, "plans/edit_text.html", context, status=413)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the comparison: `theirs`, `yours`, or `gap` where lines that are the same were left out."""

    sort: str
    text: str


def _conflict_page(request: HttpRequest, newer: PlanDraft, yours: str) -> HttpResponse:
    lines = differences(newer.text, yours)
    context = {
        **frame(request, newer.brand, newer, "text"),
        "yours": yours,
        "by": User.objects.filter(pk=newer.edited_by_id).first(),
        "lines": lines[:MOST_DIFFERENCES],
        "more": max(0, len(lines) - MOST_DIFFERENCES),
    }
    return render(request, "plans/edit_conflict.html", context, status=422)


def differences(theirs: str, yours: str) -> list[Line]:
    """Only the lines that differ; a `gap` before each group of them."""
    sorts = {"removed": "theirs", "added": "yours"}
    told: list[Line] = []
    for hunk in unified(theirs, yours, context=0):
        told += [Line("gap", ""), *(Line(sorts[line.kind], line.text) for line in hunk.lines)]
    return told


@login_required
@require_POST
def check_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The faults of a text that is being written. Nothing of it is stored."""
    draft_of(request, slug, number)
    if (whole_number(request.META.get("CONTENT_LENGTH") or "") or 0) > LARGEST_BODY:
        return JsonResponse({"too_long": True}, status=413)
    try:
        text = as_lines(request.body.decode())
    except UnicodeDecodeError:
        return JsonResponse({"not_utf8": True}, status=400)
    return JsonResponse(checked_as_json(text, faults_told(text)))


def checked_as_json(text: str, faults: tuple[FaultTold, ...]) -> dict[str, Any]:
    try:
        rules = rules_by_line(text)
    except Unreadable:
        rules = []
    said = " ".join(render_to_string("plans/_edit_counted.html", {"counted": counted(faults)}).split())
    return {"issues": [fault.as_json() for fault in faults], "rules": rules, "sentence": said}


def as_lines(text: str) -> str:
    """Browsers send line ends as CR LF; the document has LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def editor_words() -> dict[str, Any]:
    """What the editor's script says, and CodeMirror's own phrases in the reader's language."""
    return {
        "label": _("The plan as text"),
        "saved": _("Saved"),
        "unsaved": _("Not saved yet"),
        "saving": _("Saving…"),
        "failed": _("Not saved: the desk cannot be reached. Your text is still here."),
        "refused": _("Not saved: the desk refused it. Open the page in another tab, sign in, and save again."),
        "too_long": _("Not saved: the text is too long."),
        "checking": _("Checking…"),
        "unchecked": _("Not checked: the desk cannot be reached."),
        "error": _("Error"),
        "warning": _("Warning"),
        "line": _("line {0}"),
        "none": _("No faults."),
        "accept": _("Accept with a reason"),
        "phrases": {
            "Find": _("Find"),
            "Replace": _("Replace with"),
            "next": _("next"),
            "previous": _("previous"),
            "all": _("all"),
            "match case": _("match case"),
            "by word": _("whole words"),
            "regexp": _("regular expression"),
            "replace": _("replace"),
            "replace all": _("replace all"),
            "close": _("close"),
            "current match": _("current match"),
            "replaced match on line $": _("replaced on line $"),
            "replaced $ matches": _("$ replaced"),
            "on line": _("on line"),
            "Go to line": _("Go to line"),
            "go": _("go"),
            "Folded lines": _("Folded lines"),
            "Unfolded lines": _("Unfolded lines"),
            "Fold line": _("Fold"),
            "Unfold line": _("Unfold"),
            "folded code": _("folded lines"),
            "unfold": _("unfold"),
            "Diagnostics": _("Faults"),
            "No diagnostics": _("No faults."),
        },
    }
