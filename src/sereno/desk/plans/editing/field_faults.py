"""What the check says of a value, in the words of the field that holds it; names of entries that nobody gave."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from babel.lists import format_list
from django.utils.translation import gettext as _
from pydantic import BaseModel

from sereno.desk.plans.editing import document
from sereno.desk.plans.editing.field_kinds import NAMED_BY, FieldKind, FieldSpec, fields_of
from sereno.desk.plans.editing.form_fields import Values
from sereno.desk.plans.editing.form_shown import Around, choices_of, title_of
from sereno.desk.plans.editing.labels import FORM_FAULTS, fault_words, is_short_name, label_of
from sereno.desk.plans.faults_told import FaultTold
from sereno.desk.words import language
from sereno.engine.fold import fold
from sereno.engine.plan.fault_words import say
from sereno.engine.plan.nodes import Path

LONGEST_NAME = 60
_OF_THE_PLACE = ("at_part", "at_name", "in_rule", "character")
"""Values by which a sentence names the entry; at a field that is plain."""


def spec_at(model: type[BaseModel], path: Path) -> FieldSpec | None:
    """The field at a place inside an entry; None where the place is no field."""
    found = None
    for step in path:
        if isinstance(step, int):
            continue
        spec = next((spec for spec in fields_of(model) if spec.key == step), None)
        if spec is None:
            break
        found = spec
        if spec.part is not None:
            model = spec.part
    return found


def at_field(fault: FaultTold, model: type[BaseModel], path: Path, around: Around) -> str:
    """The fault as it stands at its field: in the reader's words, and without naming the field once more."""
    spec = spec_at(model, path)
    if spec is None or not fault.code.startswith("form-"):
        return fault.message
    is_choice = spec.kind in (FieldKind.CHOICE, FieldKind.CHOICES)
    if is_choice and fault.code == "form-key-missing":
        return fault_words("choose")
    if is_choice:
        labels = [option.label for option in choices_of(spec, around)]
        return _("Choose one of these: %(choices)s.") % {"choices": format_list(labels, "or", language())}
    if fault.code in FORM_FAULTS:
        return str(FORM_FAULTS[fault.code])
    values = {key: value for key, value in fault.values.items() if key not in _OF_THE_PLACE}
    return say(fault.code, {**values, "key": label_of(spec.model, spec.key)}, language())


def missing_words(model: type[BaseModel], path: Path) -> str:
    spec = spec_at(model, path)
    return fault_words("choose" if spec is not None and spec.kind is FieldKind.CHOICE else "missing")


# ---- short names ----------------------------------------------------------------------------------------------------


def with_name(part: str, new: Values, plan: Mapping[str, Any], order: tuple[str, ...]) -> Values:
    """The entry with a short name from its title where it has none, and its audiences likewise."""
    if part == "brand" and isinstance(new.get("audiences"), list):
        given = {str(row.get("audience")) for row in new["audiences"]}
        for place, row in enumerate(new["audiences"]):
            new["audiences"][place] = row = _named(row, "audience", given, order)
            given.add(str(row.get("audience")))
        return new
    key = NAMED_BY.get(part, "")
    if not is_short_name(new.model.__name__, key):
        return new
    return _named(new, key, {document.name_of(part, entry) for entry in document.entries_of(plan, part)}, order)


def _named(entry: Values, key: str, taken: set[str], order: tuple[str, ...]) -> Values:
    if entry.get(key) or not (name := slug(_title(entry, order))):
        return entry
    named = Values(entry.model)
    named[key] = _free(name, taken)
    named.update(entry)
    return named


def _title(entry: Values, order: tuple[str, ...]) -> str:
    """English where there is any: short names are written in it. Of a watch: its first term."""
    texts = entry.get("title")
    if isinstance(texts, dict):
        return str(texts.get("en") or title_of(entry, order))
    term = next(iter(entry.get("terms") or ()), "")
    return str(term.get("term", "") if isinstance(term, dict) else term) or str(entry.get("scenario") or "")


def slug(text: str) -> str:
    """Small letters, digits and hyphens, a letter first; empty where nothing of the text can stand so."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).lstrip("0123456789-")[:LONGEST_NAME].strip("-")


def _free(name: str, taken: set[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name[: LONGEST_NAME - 4]}-{number}"
    return free
