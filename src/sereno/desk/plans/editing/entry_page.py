"""One entry of the plan as one form: what it says as a sentence, its fields, and its faults where they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sereno.desk.accounts.models import Brand
from sereno.desk.accounts.request import person
from sereno.desk.plans.drafting import save_draft
from sereno.desk.plans.editing import document
from sereno.desk.plans.editing.changing import TRIES
from sereno.desk.plans.editing.field_faults import at_field, missing_words, with_name
from sereno.desk.plans.editing.field_kinds import NAMED_BY
from sereno.desk.plans.editing.form_fields import ENTRY, Flat, Values, fill, read
from sereno.desk.plans.editing.form_rows import act
from sereno.desk.plans.editing.form_shown import Around, show, told_faults
from sereno.desk.plans.editing.frame import draft_of, frame, known_list, known_part
from sereno.desk.plans.editing.labels import ENTRIES, PARTS, fault_words
from sereno.desk.plans.editing.sentences import entry_title, sentences_of
from sereno.desk.plans.faults_told import faults_told, within
from sereno.desk.plans.models import PlanDraft
from sereno.desk.plans.refused import DraftConflict, PlanRefused
from sereno.desk.words import language
from sereno.engine.plan import edit
from sereno.engine.plan.nodes import Unreadable


@dataclass(slots=True)
class Sheet:
    """A form on its way through a request."""

    part: str
    index: int | None
    is_new: bool
    flat: Flat
    mark: str
    """What the entry was like when the form was opened (`document.seen_as`)."""
    faults: dict[str, list[str]] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    focus: str = ""
    unsaved: bool = False

    @property
    def model(self) -> Any:
        return document.model_of(self.part)


@login_required
@require_http_methods(["GET", "POST"])
def entry_page(request: HttpRequest, slug: str, number: int, part: str, entry: str) -> HttpResponse:
    """`entry` is a position from 0, or `new`."""
    brand, draft = draft_of(request, slug, number)
    known_list(known_part(part))
    if entry != "new" and not (entry.isdecimal() and len(entry) < 6):
        raise Http404("no such entry")
    return entry_form(request, brand, draft, part, None if entry == "new" else int(entry), is_new=entry == "new")


def entry_form(
    request: HttpRequest, brand: Brand, draft: PlanDraft, part: str, index: int | None, *, is_new: bool
) -> HttpResponse:
    """The form of an entry, or of a part that is no list (`index` None)."""
    context = frame(request, brand, draft, "forms")
    if not context["readable"]:
        return redirect("plan_text", brand.slug, draft.number)
    if request.method == "POST":
        sheet = Sheet(part, index, is_new, _posted(request), request.POST.get("mark", ""), unsaved=True)
        deed = request.POST.get("_do", "")
        if deed == "look":
            return _page(request, context, draft, sheet)
        if deed:
            sheet.focus = act(sheet.flat, deed)
            return _page(request, context, draft, sheet)
        return _save(request, context, brand, draft, sheet)
    values = document.values_of(draft.text)
    try:
        entry = None if is_new else document.entry_at(values, part, index)
    except document.Gone:
        raise Http404("no such entry") from None
    sheet = Sheet(part, index, is_new, fill(document.model_of(part), entry), document.seen_as(entry))
    if not is_new:
        _tell_faults(draft.text, sheet)
    return _page(request, context, draft, sheet)


def _posted(request: HttpRequest) -> Flat:
    return {key: request.POST.getlist(key) for key in request.POST if key.startswith(f"{ENTRY}.")}


def _save(request: HttpRequest, context: dict[str, Any], brand: Brand, draft: PlanDraft, sheet: Sheet) -> HttpResponse:
    new, codes = _read(draft, sheet)
    sheet.faults = told_faults(codes)
    try:
        for _try in range(TRIES):
            draft.refresh_from_db()
            place = _place(draft, sheet)
            if _is_faulty(draft, sheet, place, new):
                return _page(request, context, draft, sheet, status=422)
            text = document.with_entry(draft.text, sheet.part, place, new)
            try:
                saved = save_draft(draft, text=text, revision=draft.revision, by=person(request), now=timezone.now())
            except DraftConflict:
                continue
            return _saved(request, brand, saved, sheet, place)
        sheet.notices.append(_("Others are saving at this very moment. Try again."))
    except document.Gone:
        _changed_meanwhile(draft, sheet)
    except Unreadable:
        sheet.notices.append(_("The text can no longer be read: somebody is mending it. Your entry is still here."))
    except edit.EditRefused as refused:
        sheet.notices.append(_("This cannot be done in the form: %(why)s") % {"why": refused.in_words(language())})
    except PlanRefused:
        sheet.notices.append(_("This draft came into force or was thrown away meanwhile. Start a new one."))
    return _page(request, context, draft, sheet, status=422)


def _read(draft: PlanDraft, sheet: Sheet) -> tuple[Values, dict[str, str]]:
    """What the form says, with a short name where nobody gave one."""
    new, codes = read(sheet.model, sheet.flat)
    values = document.values_of(draft.text)
    return with_name(sheet.part, new, values, Around(values).languages), codes


def _place(draft: PlanDraft, sheet: Sheet) -> int | None:
    """Where the entry stands now. Raises `Gone` where somebody changed it."""
    if sheet.is_new:
        return None
    return document.find_again(document.values_of(draft.text), sheet.part, sheet.index, sheet.mark)


def _changed_meanwhile(draft: PlanDraft, sheet: Sheet) -> None:
    """Nothing is lost: the form stays, and saving once more puts it over what stands now, knowingly."""
    values = document.values_of(draft.text)
    try:
        now = document.entry_at(values, sheet.part, sheet.index)
    except document.Gone:
        sheet.is_new, sheet.index = True, None
        sheet.notices.append(_("Somebody took this entry out meanwhile. Yours is below; saving adds it again."))
        return
    sheet.mark = document.seen_as(now)
    theirs = " ".join(sentences_of(document.sketch_of(values), sheet.part, now)) or entry_title(
        sheet.part, now, Around(values).languages
    )
    sheet.notices.append(
        _("Somebody changed this entry meanwhile. It now says: “%(theirs)s” Yours is below; saving replaces theirs.")
        % {"theirs": theirs}
    )


def _is_faulty(draft: PlanDraft, sheet: Sheet, place: int | None, new: Values) -> bool:
    """What keeps the entry from being saved: something that cannot be read, or that is no entry of its kind."""
    if sheet.faults:
        return True
    values = document.values_of(draft.text)
    name = document.name_of(sheet.part, new)
    if name and document.name_taken(values, sheet.part, place, name):
        sheet.faults[f"{ENTRY}.{NAMED_BY[sheet.part]}"] = [fault_words("taken")]
        return True
    wrong = document.faults_of_entry(sheet.part, new)
    if not wrong:
        return False
    text = document.with_entry(draft.text, sheet.part, place, new)
    where = (
        place if place is not None or not document.is_list(sheet.part) else len(document.entries_of(values, sheet.part))
    )
    _tell_faults(text, sheet, where)
    for path, kind, _detail in wrong:
        name = document.input_name(sheet.flat, path)
        if not any(said.startswith(name) for said in sheet.faults):
            left_out = kind in ("missing", "too_short")
            sheet.faults[name] = [missing_words(sheet.model, path) if left_out else fault_words("does-not-fit")]
    return True


def _tell_faults(text: str, sheet: Sheet, index: int | None = None) -> None:
    """The check's sentences at their fields."""
    place = sheet.index if index is None else index
    path = document.path_of(sheet.part, place)
    for fault in within(faults_told(text), path):
        if sheet.part == document.HEADING and fault.path[:1] not in (("plan",), ("version",)):
            continue
        inside = fault.path[len(path) :]
        said = sheet.faults.setdefault(document.input_name(sheet.flat, inside), [])
        words = at_field(fault, sheet.model, inside, Around(document.values_of(text)))
        if words not in said:
            said.append(words)


def _saved(request: HttpRequest, brand: Brand, draft: PlanDraft, sheet: Sheet, place: int | None) -> HttpResponse:
    entries = document.entries_of(document.values_of(draft.text), sheet.part)
    stands = len(entries) - 1 if sheet.is_new else place
    left = within(faults_told(draft.text), document.path_of(sheet.part, stands))
    if sheet.part != document.HEADING and any(fault.severity == "error" for fault in left):
        messages.warning(request, _("Saved. The check still finds faults in it; they stand at their fields."))
        if stands is None:
            return redirect("plan_part", brand.slug, draft.number, sheet.part)
        return redirect("plan_entry", brand.slug, draft.number, sheet.part, str(stands))
    messages.success(request, _("Saved."))
    if stands is None:
        return redirect("plan_forms", brand.slug, draft.number)
    return redirect(f"{reverse('plan_part', args=[brand.slug, draft.number, sheet.part])}#entry-{stands}")


def _page(
    request: HttpRequest, context: dict[str, Any], draft: PlanDraft, sheet: Sheet, status: int = 200
) -> HttpResponse:
    values = document.values_of(draft.text) if context["readable"] else {}
    new, _codes = _read(draft, sheet) if context["readable"] else read(sheet.model, sheet.flat)
    fields = show(sheet.model, sheet.flat, Around(values, sheet.faults))
    title, told = PARTS[sheet.part]
    many = document.is_list(sheet.part)
    shown = dict(_names(fields))
    failed = status == 422
    context |= {
        "part": sheet.part, "part_title": title, "part_help": told, "sheet": sheet, "many": many,
        "fields": [field for field in fields if not field.is_short_name],
        "short_names": [field for field in fields if field.is_short_name],
        "says": sentences_of(document.sketch_of(values), sheet.part, new, sheet.index),
        "told_in_words": sheet.part != "accepted",
        "to_mend": [(name.replace(".", "-"), shown[name], said[0]) for name, said in sheet.faults.items()
                    if failed and name in shown],
        "title": ENTRIES[sheet.part] if sheet.is_new else entry_title(sheet.part, new, Around(values).languages)
        if many else title,
        "stray": [said for name, told_ in sheet.faults.items() if name not in shown for said in told_],
        "optional": sheet.part in document.OPTIONAL and values.get(sheet.part) is not None,
        "naming": len(document.places_naming(values, sheet.part, document.name_of(sheet.part, new))) if many else 0,
        "line": _line(draft, sheet) if context["readable"] else 1,
    }  # fmt: skip
    return render(request, "plans/edit_entry.html", context, status=status)


def _names(fields: Any) -> Any:
    """Every input of the form, each with what it is called."""
    for each in fields:
        yield each.name, each.label
        yield from _names(each.fields)
        for said in each.texts:
            yield said.name, f"{each.label}, {said.language}"
        for row in each.rows:
            yield row.name, f"{each.label} {row.number + 1}"
            yield from ((f"{row.name}.{key}", f"{each.label} {row.number + 1}") for key in ("network", "number"))
            yield from ((said.name, f"{each.label} {row.number + 1}, {said.language}") for said in row.texts)
            yield from _names(row.fields)


def _line(draft: PlanDraft, sheet: Sheet) -> int:
    path = ("plan",) if sheet.part == document.HEADING else document.path_of(sheet.part, sheet.index)
    return document.document_of(draft.text).line(path)
