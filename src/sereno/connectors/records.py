"""Records in our own post format, from whoever sends them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from sereno.connectors.base import Malformed
from sereno.connectors.faults import fault
from sereno.connectors.plain import storable
from sereno.engine.post import Author, BadPost, Engagement, Post, decode_mending, from_fields, from_fields_mending

_HALF_PAIR = re.compile(rb"\\u[dD][89a-fA-F]")


def post_of_json(body: bytes) -> Post:
    """One post. Raises `BadPost`, whose message names the field.

    A text that was cut in the middle of an emoji carries half a character pair, which strict JSON readers refuse;
    the post is worth more than the half, so it is read leniently and the half replaced.
    """
    try:
        return decode_mending(body)
    except BadPost:
        if not _HALF_PAIR.search(body):
            raise
        return from_fields_mending(_leniently(body))


def _leniently(body: bytes) -> dict[str, Any]:
    try:
        record = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadPost(f"not JSON ({error}): one JSON object a line") from error
    if not isinstance(record, dict):
        raise BadPost('not a JSON object: one JSON object a line, such as {"id": "1", "text": "…"}')
    mended: dict[str, Any] = _mended(record)
    return mended


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(key): _mended(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_mended(each) for each in value]
    return value


COLUMNS = (
    *(name for name in Post.__struct_fields__ if name not in ("author", "engagement", "media")),
    *(f"author.{name}" for name in Author.__struct_fields__),
    *(f"engagement.{name}" for name in Engagement.__struct_fields__),
)
"""What a table may say of a post."""
_ALSO = {"author": "author.name"}
"""Columns that people write, and what they mean by them."""


def unknown_columns(columns: Sequence[str]) -> list[str]:
    """Those that are passed over: the raw record keeps them, the post has no place for them."""
    return [column for column in columns if column and column not in COLUMNS and column not in _ALSO]


_TRUE, _FALSE = {"true", "1", "yes", "t"}, {"false", "0", "no", "f"}


def post_of_row(row: dict[str, str]) -> Post:
    """One post from the columns of a table. A dot in a column's name goes a level down: `author.handle`.

    Empty cells say nothing. Raises `Malformed` where two columns contradict each other, `BadPost` for a wrong value.
    """
    fields: dict[str, Any] = {}
    for column, cell in row.items():
        name = column.strip()
        if cell.strip() and not (name in _ALSO and row.get(_ALSO[name], "").strip()):
            _put(fields, _ALSO.get(name, name), cell)
    for name in ("created_at", "received_at", "edited_at", "deleted_at"):
        if name in fields:
            fields[name] = _instant(str(fields[name]))
    if "own" in fields:
        fields["own"] = _yes_or_no("own", str(fields["own"]))
    if isinstance(fields.get("media"), str):
        fields.pop("media")  # a table has no column for a list; the raw record keeps it
    return from_fields(fields)  # strict: whoever has a table can mend a column


def _put(fields: dict[str, Any], column: str, cell: str) -> None:
    *path, name = column.split(".")
    place = fields
    for step in path:
        place = place.setdefault(step, {})
        if not isinstance(place, dict):
            raise Malformed(fault("columns_contradict", one=step, other=column))
    place[name] = cell


def _instant(cell: str) -> str:
    """Spreadsheets write a space, and leave the seconds out; RFC 3339 wants a T and the seconds."""
    cell = cell.strip()
    if re.fullmatch(r"\d{4}-\d\d-\d\d", cell):
        return f"{cell}T00:00:00"
    cell = re.sub(r"^(\d{4}-\d\d-\d\d) +", r"\1T", cell)
    cell = re.sub(r"^(\d{4}-\d\d-\d\dT\d\d:\d\d)(?!:)", r"\1:00", cell)
    return re.sub(r" +(?=[Z+-])", "", cell)


def _yes_or_no(column: str, cell: str) -> bool:
    cell = cell.strip().lower()
    if cell in _TRUE or cell in _FALSE:
        return cell in _TRUE
    raise Malformed(fault("not_yes_or_no", column=column, value=cell[:200]))
