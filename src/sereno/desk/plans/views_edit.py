"""The draft as forms: a table of contents, and the entries of a part. The text stays the document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sereno.desk.accounts.models import Brand
from sereno.desk.accounts.request import person
from sereno.desk.plans import editing
from sereno.desk.plans.drafting import save_draft
from sereno.desk.plans.faults_told import FaultTold, counted, faults_told, within
from sereno.desk.plans.field_kinds import NAMED_BY
from sereno.desk.plans.form_shown import Around, title_of
from sereno.desk.plans.frame_edit import draft_of, frame, known_part
from sereno.desk.plans.labels import ENTRIES, GROUPS, PARTS
from sereno.desk.plans.models import PlanDraft
from sereno.desk.plans.refused import DraftConflict, PlanRefused
from sereno.desk.plans.sentences_edit import first_words, sentences_of
from sereno.desk.words import word
from sereno.engine.plan import edit
from sereno.engine.plan.nodes import Path, Unreadable

TRIES = 3
"""How often a change is made anew on a text that somebody saved meanwhile, as long as its own entry still stands."""


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
        values = editing.values_of(draft.text)
        context["groups"] = [
            (title, [_card(part, values, faults) for part in parts if part in PARTS]) for title, parts in GROUPS
        ]
    return render(
        request, "plans/edit.html", {**context, **_fault_list(brand, draft, faults), "counted": counted(faults)}
    )


def _card(part: str, values: dict[str, Any], faults: tuple[FaultTold, ...]) -> PartCard:
    title, told = PARTS[part]
    many = editing.is_list(part)
    here = _faults_of(faults, part)
    number = counted(here)
    return PartCard(
        part=part,
        title=str(title),
        help=str(told),
        many=many,
        entries=len(editing.entries_of(values, part)),
        there=many or part == editing.HEADING or values.get(part) is not None,
        errors=number["errors"],
        warnings=number["warnings"],
        add=str(ENTRIES.get(part, "")),
    )


def _faults_of(faults: tuple[FaultTold, ...], part: str) -> list[FaultTold]:
    if part == editing.HEADING:
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
    from sereno.desk.plans.views_entry import entry_form

    brand, draft = draft_of(request, slug, number)
    context = {**frame(request, brand, draft, "forms"), "part": known_part(part)}
    if not context["readable"]:
        return redirect("plan_text", slug, number)
    if not editing.is_list(part):
        return entry_form(request, brand, draft, part, None, is_new=False)
    if request.method == "POST":
        return redirect("plan_part", slug, number, part)
    values, faults = editing.values_of(draft.text), faults_told(draft.text)
    title, told = PARTS[part]
    context |= {
        "title": title, "help": told, "add": ENTRIES[part], "rows": _rows(part, values, faults),
        "unplaced": [fault for fault in within(faults, (part,)) if len(fault.path) < 2],
    }  # fmt: skip
    return render(request, "plans/edit_part.html", context)


def _rows(part: str, values: dict[str, Any], faults: tuple[FaultTold, ...]) -> list[EntryRow]:
    entries, order = editing.entries_of(values, part), Around(values).languages
    sketch = editing.sketch_of(values)
    rows = []
    for index, entry in enumerate(entries):
        said = sentences_of(sketch, part, entry)
        light = str(entry.get("light") or entry.get("degree") or "") if isinstance(entry, dict) else ""
        rows.append(
            EntryRow(
                index=index,
                name=editing.name_of(part, entry),
                title=entry_title(part, entry, order),
                light=light if light in ("none", "green", "amber", "red") else "",
                says=first_words(said),
                faults=tuple(within(faults, (part, index))),
                first=index == 0,
                last=index == len(entries) - 1,
                mark=editing.seen_as(entry),
            )
        )
    return rows


def entry_title(part: str, entry: Any, order: tuple[str, ...]) -> str:
    """What an entry is called on screen: its title, else its name in the plan."""
    if not isinstance(entry, dict):
        return _("An entry that cannot be read")
    if part == "targets":
        return word("light", editing.name_of(part, entry))
    return title_of(entry, order) or editing.name_of(part, entry) or _("An entry without a name")


@login_required
@require_POST
def move_entry(request: HttpRequest, slug: str, number: int, part: str, entry: int) -> HttpResponse:
    """One place up or down."""
    brand, draft = draft_of(request, slug, number)
    step = {"up": -1, "down": 1}.get(request.POST.get("to", ""), 0)
    place = entry

    def moved(text: str) -> str:
        nonlocal place
        values = editing.values_of(text)
        found = editing.find_again(values, known_list(part), entry, request.POST.get("mark", ""))
        assert found is not None
        place = min(max(found + step, 0), len(editing.entries_of(values, part)) - 1)
        return edit.move(text, (part, found), place)

    change(request, draft, moved)
    return redirect(f"{reverse('plan_part', args=[brand.slug, number, part])}#entry-{place}")


@login_required
@require_http_methods(["GET", "POST"])
def remove_entry(request: HttpRequest, slug: str, number: int, part: str, entry: str) -> HttpResponse:
    """Asks, with every place that still names it; then takes the entry out, its comments with it."""
    brand, draft = draft_of(request, slug, number)
    values = editing.values_of(draft.text) if frame(request, brand, draft, "forms")["readable"] else {}
    index = int(entry) if entry.isdecimal() and editing.is_list(known_part(part)) else None
    if index is None and part not in editing.OPTIONAL:
        raise Http404("this part cannot be left out")
    try:
        found = editing.entry_at(values, part, index)
    except editing.Gone:
        raise Http404("no such entry") from None
    if request.method == "POST":

        def removed(text: str) -> str:
            now = editing.values_of(text)
            place = editing.find_again(now, part, index, request.POST.get("mark", ""))
            return edit.remove(text, editing.path_of(part, place))

        if change(request, draft, removed):
            messages.success(request, _("Taken out."))
        return redirect("plan_part", slug, number, part) if index is not None else redirect("plan_forms", slug, number)
    naming = editing.places_naming(values, part, editing.name_of(part, found)) if index is not None else []
    context = {
        **frame(request, brand, draft, "forms"), "part": part, "part_title": PARTS[part][0],
        "title": entry_title(part, found, Around(values).languages) if index is not None else PARTS[part][0],
        "naming": [place_words(path, values) for path in naming], "mark": editing.seen_as(found),
        "back": reverse("plan_entry", args=[slug, number, part, entry])
        if index is not None else reverse("plan_part", args=[slug, number, part]),
    }  # fmt: skip
    return render(request, "plans/edit_remove.html", context)


def place_words(path: Path, values: dict[str, Any]) -> str:
    """`Light rules: A complaint that many read`"""
    part = str(path[0])
    title = str(PARTS[part][0])
    if len(path) > 1 and isinstance(path[1], int):
        entry = editing.entries_of(values, part)[path[1]]
        return f"{title}: {entry_title(part, entry, Around(values).languages)}"
    return title


def known_list(part: str) -> str:
    if not editing.is_list(part):
        raise Http404("the plan has no such list")
    return part


def change(request: HttpRequest, draft: PlanDraft, by_doing: Any) -> bool:
    """Makes a change on the text as it stands, anew where somebody saved in between. False: refused, and told."""
    try:
        for _try in range(TRIES):
            draft.refresh_from_db()
            try:
                save_draft(
                    draft, text=by_doing(draft.text), revision=draft.revision, by=person(request), now=timezone.now()
                )
            except DraftConflict:
                continue
            return True
    except (editing.Gone, Unreadable):
        messages.error(request, _("Somebody changed this entry meanwhile. The page shows how it stands now."))
        return False
    except edit.EditRefused as refused:
        messages.error(request, _("This cannot be done in the form: %(why)s") % {"why": refused})
        return False
    except PlanRefused:
        messages.error(request, _("This draft came in force or was thrown away meanwhile. Start a new one."))
        return False
    messages.error(request, _("Others are saving at this very moment. Try again."))
    return False
