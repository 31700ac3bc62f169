"""The draft as forms: a table of contents, and the entries of a part. The text stays the document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sereno.desk.accounts.models import Brand
from sereno.desk.accounts.request import whole_number
from sereno.desk.plans.editing import document
from sereno.desk.plans.editing.changing import change
from sereno.desk.plans.editing.entry_page import entry_form
from sereno.desk.plans.editing.field_kinds import NAMED_BY
from sereno.desk.plans.editing.form_shown import Around
from sereno.desk.plans.editing.frame import draft_of, frame, known_list, known_part
from sereno.desk.plans.editing.labels import ENTRIES, GROUPS, PARTS
from sereno.desk.plans.editing.sentences import entry_title, sentences_of, summary_of
from sereno.desk.plans.faults_told import FaultTold, counted, faults_told, within
from sereno.desk.plans.models import PlanDraft
from sereno.engine.plan import edit
from sereno.engine.plan.nodes import Path


@dataclass(frozen=True, slots=True)
class PartCard:
    """A part in the table of contents."""

    part: str
    title: str
    help: str
    many: bool
    entries: int
    there: bool
    errors: int
    warnings: int
    add: str


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry in its part's list."""

    index: int
    name: str
    title: str
    light: str
    says: str
    faults: tuple[FaultTold, ...]
    first: bool
    last: bool
    mark: str


@login_required
@require_GET
def forms_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The whole document's table of contents."""
    brand, draft = draft_of(request, slug, number)
    context = frame(request, brand, draft, "forms")
    faults = faults_told(draft.text)
    if context["readable"]:
        values = document.values_of(draft.text)
        context["groups"] = [
            (title, [_card(part, values, faults) for part in parts if part in PARTS]) for title, parts in GROUPS
        ]
    return render(
        request, "plans/edit.html", {**context, **_fault_list(brand, draft, faults), "counted": counted(faults)}
    )


def _card(part: str, values: dict[str, Any], faults: tuple[FaultTold, ...]) -> PartCard:
    title, told = PARTS[part]
    many = document.is_list(part)
    here = _faults_of(faults, part)
    number = counted(here)
    return PartCard(
        part=part,
        title=str(title),
        help=str(told),
        many=many,
        entries=len(document.entries_of(values, part)),
        there=many or part == document.HEADING or values.get(part) is not None,
        errors=number["errors"],
        warnings=number["warnings"],
        add=str(ENTRIES.get(part, "")),
    )


def _faults_of(faults: tuple[FaultTold, ...], part: str) -> list[FaultTold]:
    if part == document.HEADING:
        return [fault for fault in faults if fault.path[:1] in (("plan",), ("version",), ("sereno_plan",))]
    return within(faults, (part,))


def _fault_list(brand: Brand, draft: PlanDraft, faults: tuple[FaultTold, ...]) -> dict[str, Any]:
    return {"faults": [(fault, _place_of(brand, draft, fault)) for fault in faults]}


def _place_of(brand: Brand, draft: PlanDraft, fault: FaultTold) -> str:
    """The address at which a fault is mended: its entry's form where there is one, else its line in the text."""
    path = fault.path
    if len(path) > 1 and path[0] in NAMED_BY and isinstance(path[1], int):
        return reverse("plan_entry", args=[brand.slug, draft.number, path[0], str(path[1])])
    if path and str(path[0]) in PARTS:
        return reverse("plan_part", args=[brand.slug, draft.number, str(path[0])])
    return f"{reverse('plan_text', args=[brand.slug, draft.number])}?line={fault.line}"


@login_required
@require_http_methods(["GET", "POST"])
def part_page(request: HttpRequest, slug: str, number: int, part: str) -> HttpResponse:
    """A list's entries; of a part that is no list, its form."""
    brand, draft = draft_of(request, slug, number)
    context = {**frame(request, brand, draft, "forms"), "part": known_part(part)}
    if not context["readable"]:
        return redirect("plan_text", slug, number)
    if not document.is_list(part):
        return entry_form(request, brand, draft, part, None, is_new=False)
    if request.method == "POST":
        return redirect("plan_part", slug, number, part)
    values, faults = document.values_of(draft.text), faults_told(draft.text)
    title, told = PARTS[part]
    context |= {
        "title": title, "help": told, "add": ENTRIES[part], "rows": _rows(part, values, faults),
        "unplaced": [fault for fault in within(faults, (part,)) if len(fault.path) < 2],
    }  # fmt: skip
    return render(request, "plans/edit_part.html", context)


def _rows(part: str, values: dict[str, Any], faults: tuple[FaultTold, ...]) -> list[EntryRow]:
    entries, order = document.entries_of(values, part), Around(values).languages
    sketch = document.sketch_of(values)
    rows = []
    for index, entry in enumerate(entries):
        said = sentences_of(sketch, part, entry, index)
        title = entry_title(part, entry, order)
        light = str(entry.get("light") or entry.get("degree") or "") if isinstance(entry, dict) else ""
        rows.append(
            EntryRow(
                index=index,
                name="" if part == "targets" else document.name_of(part, entry),
                title=title,
                light=light if light in ("none", "green", "amber", "red") else "",
                says=summary_of(said, title),
                faults=tuple(within(faults, (part, index))),
                first=index == 0,
                last=index == len(entries) - 1,
                mark=document.seen_as(entry),
            )
        )
    return rows


@login_required
@require_POST
def move_entry(request: HttpRequest, slug: str, number: int, part: str, entry: int) -> HttpResponse:
    """One place up or down."""
    brand, draft = draft_of(request, slug, number)
    step = {"up": -1, "down": 1}.get(request.POST.get("to", ""), 0)
    place = entry

    def moved(text: str) -> str:
        nonlocal place
        values = document.values_of(text)
        found = document.find_again(values, known_list(part), entry, request.POST.get("mark", ""))
        assert found is not None
        place = min(max(found + step, 0), len(document.entries_of(values, part)) - 1)
        return edit.move(text, (part, found), place)

    change(request, draft, moved)
    return redirect(f"{reverse('plan_part', args=[brand.slug, number, part])}#entry-{place}")


@login_required
@require_http_methods(["GET", "POST"])
def remove_entry(request: HttpRequest, slug: str, number: int, part: str, entry: str) -> HttpResponse:
    """Asks, with every place that still names it; then takes the entry out, its comments with it."""
    brand, draft = draft_of(request, slug, number)
    values = document.values_of(draft.text) if frame(request, brand, draft, "forms")["readable"] else {}
    index = whole_number(entry) if document.is_list(known_part(part)) else None
    if index is None and part not in document.OPTIONAL:
        raise Http404("this part cannot be left out")
    try:
        found = document.entry_at(values, part, index)
    except document.Gone:
        raise Http404("no such entry") from None
    if request.method == "POST":

        def removed(text: str) -> str:
            now = document.values_of(text)
            place = document.find_again(now, part, index, request.POST.get("mark", ""))
            return edit.remove(text, document.path_of(part, place))

        if change(request, draft, removed):
            messages.success(request, _("Taken out."))
        return redirect("plan_part", slug, number, part) if index is not None else redirect("plan_forms", slug, number)
    naming = document.places_naming(values, part, document.name_of(part, found)) if index is not None else []
    context = {
        **frame(request, brand, draft, "forms"), "part": part, "part_title": PARTS[part][0],
        "title": entry_title(part, found, Around(values).languages) if index is not None else PARTS[part][0],
        "naming": [place_words(path, values) for path in naming], "mark": document.seen_as(found),
        "back": reverse("plan_entry", args=[slug, number, part, entry])
        if index is not None else reverse("plan_part", args=[slug, number, part]),
    }  # fmt: skip
    return render(request, "plans/edit_remove.html", context)


def place_words(path: Path, values: dict[str, Any]) -> str:
    """`Light rules: A complaint that many read`"""
    part = str(path[0])
    title = str(PARTS[part][0])
    if len(path) > 1 and isinstance(path[1], int):
        entry = document.entries_of(values, part)[path[1]]
        return f"{title}: {entry_title(part, entry, Around(values).languages)}"
    return title
