"""A draft's text as entries that forms edit: found, compared, changed in place. Pure; nothing here knows the database.

    text --values_of--> plain values --entry_at--> one entry --(a form)--> new values --with_entry--> text

The text stays the document. A form changes the lines of its own entry and leaves every other byte as it was
(`engine.plan.edit`), comments too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, ValidationError

from sereno.desk.plans.editing.field_kinds import NAMED_BY, FieldKind, FieldSpec, fields_of, part_model
from sereno.desk.plans.editing.form_fields import ENTRY, Values
from sereno.desk.plans.editing.labels import PARTS
from sereno.engine.plan import edit
from sereno.engine.plan.model import Brand, Plan
from sereno.engine.plan.nodes import Document, Path, Unreadable, read_nodes
from sereno.engine.plan.parts.values import Part
from sereno.engine.plan.written import as_read

HEADING = "heading"
OPTIONAL = frozenset({"committee", "policy"})
"""Single parts that a plan may lack."""
_MANY_ALIKE = frozenset({"statutory", "accepted"})
"""Lists whose entries may share what names them."""


class Heading(Part):
    """The two keys on top that name the plan."""

    plan: str
    version: str


class Gone(LookupError):
    """The entry is no longer there, or somebody changed it meanwhile."""


def document_of(text: str) -> Document:
    """Raises `Unreadable` where the text is no YAML that a plan can be written in."""
    found = _document(text)
    if isinstance(found, Unreadable):
        raise found
    return found


@lru_cache(maxsize=8)
def _document(text: str) -> Document | Unreadable:
    # what cannot be read is remembered too: the worst texts take the longest
    try:
        return read_nodes(text)
    except Unreadable as fault:
        return Unreadable(fault.faults)


def values_of(text: str) -> dict[str, Any]:
    """The whole plan as plain values; nothing in it need be valid. Raises `Unreadable`."""
    values = document_of(text).values
    return values if isinstance(values, dict) else {}


def model_of(part: str) -> type[BaseModel]:
    """Raises KeyError for a part that the plan has not."""
    if part not in PARTS:
        raise KeyError(part)
    return Heading if part == HEADING else part_model(part)


def is_list(part: str) -> bool:
    return part in NAMED_BY


def path_of(part: str, index: int | None) -> Path:
    if part == HEADING:
        return ()
    return (part,) if index is None else (part, index)


def entries_of(values: Mapping[str, Any], part: str) -> list[Any]:
    held = values.get(part)
    return held if isinstance(held, list) else []


def entry_at(values: Mapping[str, Any], part: str, index: int | None) -> Any:
    """The entry's values as they stand. Raises `Gone` where a list has no such place."""
    if part == HEADING:
        return {key: values.get(key) for key in Heading.model_fields if key in values}
    if index is None:
        return values.get(part)
    entries = entries_of(values, part)
    if index >= len(entries):
        raise Gone(part)
    return entries[index]


def name_of(part: str, entry: Any) -> str:
    """What the entry is called in the plan: `danger` of a rule."""
    return str(entry.get(NAMED_BY[part]) or "") if isinstance(entry, dict) and part in NAMED_BY else ""


def seen_as(entry: Any) -> str:
    """A short mark of what somebody saw, to find out whether it still stands so."""
    return hashlib.sha256(json.dumps(entry, sort_keys=True).encode()).hexdigest()[:20]


def find_again(values: Mapping[str, Any], part: str, index: int | None, mark: str) -> int | None:
    """Where the entry stands that was seen as `mark`: others may have added entries above it meanwhile.

    Raises `Gone` where nothing stands as it was seen.
    """
    if index is None:
        if seen_as(entry_at(values, part, None)) != mark:
            raise Gone(part)
        return None
    entries = entries_of(values, part)
    around = sorted(range(len(entries)), key=lambda place: abs(place - index))
    for place in around:
        if seen_as(entries[place]) == mark:
            return place
    raise Gone(part)


# ---- changes to the text --------------------------------------------------------------------------------------------


def with_entry(text: str, part: str, index: int | None, new: Values) -> str:
    """The text with the entry as the form has it; `index` None adds one at the end of a list, or sets a single part.

    Raises `edit.EditRefused`.
    """
    values = values_of(text)
    if part == HEADING:
        for key, value in _merged(entry_at(values, part, None), new).items():
            text = edit.set_value(text, (key,), value)
        return text
    if not is_list(part):
        return edit.set_value(text, (part,), _merged(values.get(part), new))
    if index is None:
        return edit.insert(text, (part,), len(entries_of(values, part)), _plain(new))
    old = entry_at(values, part, index)
    text = edit.set_value(text, (part, index), _merged(old, new))
    before, after = name_of(part, old), name_of(part, new)
    if before and after and before != after:
        for path in places_naming(values, part, before):
            text = edit.set_value(text, path, after)
    return text


def _merged(old: Any, new: Any) -> Any:
    """What the form says, in the words that stand already where they mean the same; keys that no form shows stay."""
    if isinstance(new, Values):
        if not isinstance(old, dict):
            return _plain(new)
        return _merged_part(old, new)
    if isinstance(new, dict) and isinstance(old, dict):
        order = [*(key for key in old if key in new), *(key for key in new if key not in old)]
        return {key: _merged(old.get(key), new[key]) for key in order}
    if isinstance(new, list) and isinstance(old, list):
        if len(new) == len(old):
            return [_merged(a, b) for a, b in zip(old, new, strict=True)]
        return [_merged(_alike(b, old), b) for b in new]
    return old if _same(old, new) else new


def _alike(new: Any, olds: list[Any]) -> Any:
    """The old entry that this one was, told by what names it: its first key."""
    if not isinstance(new, Values) or not new:
        return None
    key = next(iter(new))
    return next((old for old in olds if isinstance(old, dict) and _same(old.get(key), new[key])), None)


def _merged_part(old: dict[str, Any], new: Values) -> dict[str, Any]:
    specs = {spec.key: spec for spec in fields_of(new.model)}
    merged: dict[str, Any] = {}
    for key, value in old.items():
        if key in new:
            merged[key] = _merged(value, new[key])
        elif key not in specs or _stands_by_default(specs[key], value):
            merged[key] = value
    return merged | {key: _plain(value) for key, value in new.items() if key not in old}


def _stands_by_default(spec: FieldSpec, value: Any) -> bool:
    """The plan says what would hold anyway; that is nobody's business to take out."""
    if spec.required or value is None:
        return False
    if value == []:
        return True  # `called: []` asks that nobody is called; no box to tick says that
    default = [str(item) for item in spec.default] if isinstance(spec.default, tuple) else spec.default
    return default is not None and _same(value, default)


def _same(old: Any, new: Any) -> bool:
    if isinstance(new, float | int) and not isinstance(new, bool) and isinstance(old, str):
        try:
            return float(old) == float(new)
        except ValueError:
            return False
    return bool(as_read(_plain(old)) == as_read(_plain(new)))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value


# ---- names ----------------------------------------------------------------------------------------------------------


def places_naming(values: Mapping[str, Any], part: str, name: str) -> list[Path]:
    """Every place of the plan that refers to the entry of this name."""
    return [path for path, refers, said in _references(Plan, values, ()) if refers == part and said == name]


def _references(model: type[BaseModel], held: Any, path: Path) -> Iterator[tuple[Path, str, str]]:
    if not isinstance(held, Mapping):
        return
    for spec in fields_of(model):
        value = held.get(spec.key)
        if spec.refers:
            for number, said in enumerate(value) if isinstance(value, list) else [(None, value)]:
                if isinstance(said, str):
                    yield (*path, spec.key, *(() if number is None else (number,))), spec.refers, said
        elif spec.part is not None and spec.kind is FieldKind.GROUPS:
            for number, row in enumerate(value if isinstance(value, list) else ()):
                yield from _references(spec.part, row, (*path, spec.key, number))
        elif spec.part is not None:
            yield from _references(spec.part, value, (*path, spec.key))


def name_taken(values: Mapping[str, Any], part: str, index: int | None, name: str) -> bool:
    if part in _MANY_ALIKE or part not in NAMED_BY:
        return False
    return any(name_of(part, entry) == name for i, entry in enumerate(entries_of(values, part)) if i != index)


# ---- what the form's values are worth --------------------------------------------------------------------------------


def faults_of_entry(part: str, new: Values) -> list[tuple[Path, str, dict[str, Any]]]:
    """What the model says against the entry by itself: path inside it, pydantic's kind of fault, and its details."""
    try:
        model_of(part).model_validate(as_read(_plain(new)))
    except ValidationError as error:
        return [(tuple(one["loc"]), one["type"], dict(one)) for one in error.errors(include_url=False)]
    return []


def input_name(flat_names: Mapping[str, Any], path: Path) -> str:
    """The input of a place inside the entry: ("when", "reach") is `f.when.reach`; else the nearest one above."""
    name = ENTRY
    for step in path:
        wanted = f"{name}.{step}"
        if any(key == wanted or key.startswith(f"{wanted}.") for key in flat_names) or isinstance(step, str):
            name = wanted
    return name


def sketch_of(values: Mapping[str, Any]) -> Plan:
    """A plan of whatever is valid in the draft: enough to say its sentences, not to judge by."""
    parts: dict[str, Any] = {"brand": _valid(Brand, values.get("brand")) or Brand(name="")}
    for part in NAMED_BY:
        model = part_model(part)
        parts[part] = tuple(found for entry in entries_of(values, part) if (found := _valid(model, entry)) is not None)
    for part in ("duty_hours", "languages", "policy", "committee"):
        parts[part] = _valid(part_model(part), values.get(part))
    return Plan.model_construct(
        sereno_plan=1, plan=str(values.get("plan")), version=str(values.get("version")), **parts
    )


def _valid(model: type[BaseModel], values: Any) -> BaseModel | None:
    try:
        return model.model_validate(values)
    except ValidationError:
        return None
