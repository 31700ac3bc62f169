"""A part of the plan as a flat form, and back.

    plan's values  --fill-->  {"title.en": ["Ann"], "when.reach": ["large"]}  --read-->  plan's values

The form is always drawn from the flat entries, whether they come from the plan or from the browser: whatever somebody
typed stands there again, even if it cannot be read. Nothing here knows the database or a template.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from sereno.desk.plans.editing.field_kinds import FieldKind, FieldSpec, fields_of
from sereno.engine.plan.model import Term, When

Flat = dict[str, list[str]]
"""Names of inputs with all their values, as a browser sends them."""
ENTRY = "f"
"""What every input's name begins with."""
MOST_ROWS = 400
COUNT, GIVEN = "#", "?"
"""`f.steps.#` holds the number of rows; `f.when.?` the names of the conditions that are given."""


class Values(dict[str, Any]):
    """A part's values out of a form."""

    def __init__(self, model: type[BaseModel]) -> None:
        super().__init__()
        self.model = model


class Unread(ValueError):
    """A field holds something that cannot be read. `code` tells which sentence explains it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


# ---- from the plan into the form ------------------------------------------------------------------------------------


def fill(model: type[BaseModel], values: Any, at: str = ENTRY) -> Flat:
    """The form of a part that stands in the plan; of a new one, where `values` is empty."""
    held = values if isinstance(values, dict) else {}
    flat: Flat = {}
    if model is When:
        flat[f"{at}.{GIVEN}"] = [spec.key for spec in fields_of(When) if held.get(spec.key) is not None]
    for spec in fields_of(model):
        name, value = f"{at}.{spec.key}", held.get(spec.key)
        if model is When and value is None:
            continue
        flat |= _fill_rows(spec, value, name) if spec.kind in _NESTED else dict(_fill_one(spec, value, name))
    return flat


_NESTED = frozenset({FieldKind.GROUP, FieldKind.WHEN, FieldKind.GROUPS, FieldKind.TEXT_ROWS, FieldKind.PER_NETWORK})


def _fill_rows(spec: FieldSpec, value: Any, name: str) -> Flat:
    if spec.kind in (FieldKind.GROUP, FieldKind.WHEN):
        assert spec.part is not None
        if value is None and not spec.required:
            return {f"{name}.{COUNT}": ["0"]}
        return {f"{name}.{COUNT}": ["1"], **fill(spec.part, value, name)}
    per_network = spec.kind is FieldKind.PER_NETWORK
    rows = list(value.items()) if per_network and isinstance(value, dict) else []
    rows = value if isinstance(value, list) and not per_network else rows
    flat: Flat = {f"{name}.{COUNT}": [str(len(rows))]}
    for number, row in enumerate(rows):
        flat |= _fill_row(spec, row, f"{name}.{number}")
    return flat


def _fill_row(spec: FieldSpec, row: Any, name: str) -> Flat:
    if spec.kind is FieldKind.PER_NETWORK:
        return {f"{name}.network": [str(row[0])], f"{name}.number": [_written(row[1])]}
    if spec.kind is FieldKind.TEXT_ROWS:
        return _per_language(row, name)
    assert spec.part is not None
    if spec.part is Term and not isinstance(row, dict):
        row = {"term": row}
    return fill(spec.part, row, name)


def _fill_one(spec: FieldSpec, value: Any, name: str) -> Iterator[tuple[str, list[str]]]:
    if spec.kind in (FieldKind.TEXTS, FieldKind.WORDS):
        yield from _per_language(value, name).items()
    elif spec.kind is FieldKind.YES:
        yes = bool(spec.default) if value is None else _written(value) == "true"
        yield name, ["on"] if yes else []
    elif spec.kind is FieldKind.PERCENT:
        yield name, [_percent(value if value is not None else spec.default)]
    elif spec.kind in (FieldKind.CHOICES, FieldKind.LINES, FieldKind.HOURS):
        held = [_written(item) for item in (value if isinstance(value, list) else spec.default or ())]
        separator = {FieldKind.LINES: "\n", FieldKind.HOURS: ", "}.get(spec.kind)
        yield name, held if separator is None else [separator.join(held)]
    else:
        yield name, [_written(value if value is not None else spec.default)]


def _per_language(value: Any, name: str) -> Flat:
    held = value if isinstance(value, dict) else {}
    return {
        f"{name}.{code}": ["\n".join(map(_written, said)) if isinstance(said, list) else _written(said)]
        for code, said in held.items()
    }


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None or isinstance(value, dict | list | tuple) else str(value)


def _percent(value: Any) -> str:
    try:
        return f"{float(value) * 100:.6g}"
    except (TypeError, ValueError):
        return _written(value)


# ---- from the form back ---------------------------------------------------------------------------------------------


def read(model: type[BaseModel], flat: Flat, at: str = ENTRY) -> tuple[Values, dict[str, str]]:
    """What the form says, as the plan would hold it, and what could not be read: names of inputs with codes.

    A field that stands as the format would have it anyway is left out.
    """
    specs = fields_of(model)
    values, faults = Values(model), dict[str, str]()
    given = set(flat.get(f"{at}.{GIVEN}", []))
    for spec in specs:
        if model is When and spec.key not in given:
            continue
        try:
            value = _read_one(spec, flat, f"{at}.{spec.key}", faults)
        except Unread as unread:
            faults[f"{at}.{spec.key}"] = unread.code
            continue
        if value is not None and value != _plain(spec.default):
            values[spec.key] = value
        elif model is When and spec.kind is not FieldKind.SURE:
            faults[f"{at}.{spec.key}"] = "empty-condition"
    return values, faults


def _plain(default: Any) -> Any:
    return list(default) if isinstance(default, tuple) else default


def _read_one(spec: FieldSpec, flat: Flat, name: str, faults: dict[str, str]) -> Any:
    """None where nothing is given. Raises Unread."""
    if spec.kind in (FieldKind.GROUP, FieldKind.WHEN):
        assert spec.part is not None
        if not count_of(flat, name) and not spec.required:
            return None
        return _inner(spec.part, flat, name, faults)
    if spec.kind in (FieldKind.GROUPS, FieldKind.TEXT_ROWS):
        return [row for n in range(count_of(flat, name)) if (row := _read_row(spec, flat, f"{name}.{n}", faults)) != {}]
    if spec.kind is FieldKind.PER_NETWORK:
        return _read_networks(flat, name, faults)
    if spec.kind in (FieldKind.TEXTS, FieldKind.WORDS):
        return _read_languages(flat, name, lines=spec.kind is FieldKind.WORDS) or None
    if spec.kind is FieldKind.YES:
        return bool(flat.get(name))
    if spec.kind is FieldKind.SURE:
        return True
    if spec.kind is FieldKind.CHOICES:
        return [item for item in flat.get(name, []) if item] or None
    return _scalar(spec.kind, flat.get(name, [""])[0])


def _inner(part: type[BaseModel], flat: Flat, name: str, faults: dict[str, str]) -> Values:
    values, inside = read(part, flat, name)
    faults |= inside
    return values


def _read_row(spec: FieldSpec, flat: Flat, name: str, faults: dict[str, str]) -> Any:
    if spec.kind is FieldKind.TEXT_ROWS:
        return _read_languages(flat, name, lines=False)
    assert spec.part is not None
    values = _inner(spec.part, flat, name, faults)
    if spec.part is Term and set(values) == {"term"}:
        return values["term"]  # a term that wants nothing special is a plain text
    return values


def _read_networks(flat: Flat, name: str, faults: dict[str, str]) -> dict[str, Any] | None:
    found: dict[str, Any] = {}
    for number in range(count_of(flat, name)):
        row = f"{name}.{number}"
        network, asked = first(flat, f"{row}.network"), first(flat, f"{row}.number")
        if not network and not asked:
            continue
        if not network or network in found:
            faults[f"{row}.network"] = "twice" if network else "missing"
            continue
        try:
            found[network] = _number(asked) if asked else None
        except Unread as unread:
            faults[f"{row}.number"] = unread.code
        if not asked:
            faults[f"{row}.number"] = "missing"
    return found or None


def _read_languages(flat: Flat, name: str, *, lines: bool) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for key, held in flat.items():
        code = key.removeprefix(f"{name}.")
        if not key.startswith(f"{name}.") or not (code.isalpha() and code.islower() and len(code) in (2, 3)):
            continue
        text = _lines(held[0]) if lines else _clean(held[0])
        if text:
            said[code] = text
    return said


def _scalar(kind: FieldKind, text: str) -> Any:
    text = _clean(text)
    if not text:
        return None
    if kind is FieldKind.NUMBER:
        return _number(text)
    if kind is FieldKind.DECIMAL:
        return _decimal(text)
    if kind is FieldKind.PERCENT:
        return round(_decimal(text.removesuffix("%").strip()) / 100, 6)
    if kind is FieldKind.LINES:
        return _lines(text)
    if kind is FieldKind.HOURS:
        return [part.strip().replace("–", "-") for part in text.replace(";", ",").split(",") if part.strip()]
    return text


def _number(text: str) -> int:
    """`10 000`, `10,000` and `10.000` are ten thousand, as people write it; a fraction is refused."""
    digits = "".join(text.split())
    for mark in ",.'’":
        head, *groups = digits.split(mark)
        if groups and head.isdecimal() and 1 <= len(head) <= 3 and all(len(g) == 3 and g.isdecimal() for g in groups):
            digits = head + "".join(groups)
    if not digits.isdecimal() or not digits.isascii() or len(digits) > 12:
        raise Unread("no-number")
    return int(digits)


def _decimal(text: str) -> float | int:
    try:
        found = float(text.replace(",", "."))
    except ValueError:
        raise Unread("no-number") from None
    if not -1e12 < found < 1e12:
        raise Unread("no-number")
    return int(found) if found.is_integer() else found


def _clean(text: str) -> str:
    """Line ends as the plan has them; nothing around the text; no character that YAML cannot hold."""
    kept = "".join(
        c for c in text.replace("\r\n", "\n").replace("\r", "\n") if c in "\n\t" or c.isprintable() or ord(c) > 159
    )
    return kept.strip()


def _lines(text: str) -> list[str]:
    return [line for line in map(str.strip, _clean(text).split("\n")) if line]


def first(flat: Flat, name: str) -> str:
    return _clean(flat.get(name, [""])[0])


def count_of(flat: Mapping[str, list[str]], name: str) -> int:
    text = (flat.get(f"{name}.{COUNT}") or ["0"])[0]
    return min(int(text), MOST_ROWS) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
