"""One line of a JSONL file, or one row of a CSV file. Pure.

A CSV row is kept with the names of its columns, as {"csv_row": {column: cell}}: a raw record explains itself.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sereno.connectors.base import Malformed, Settings
from sereno.connectors.faults import fault
from sereno.connectors.records import post_of_json, post_of_row
from sereno.engine.post import Post

CSV_PREFIX = b'{"csv_row":'


BEYOND = ""
"""Where a kept row has the cells for which the header has no column. Such a row is no post: a comma cut its text."""


class _Row(msgspec.Struct):
    csv_row: dict[str, str]


def body_of_row(row: dict[str, str]) -> bytes:
    """The raw record of a CSV row."""
    return msgspec.json.encode(_Row(row))


def parse(body: bytes, settings: Settings) -> Sequence[Post]:  # noqa: ARG001 — part of the contract
    if body.startswith(CSV_PREFIX):
        return [post_of_row(_row(body))]
    return [post_of_json(body)]


def _row(body: bytes) -> dict[str, str]:
    try:
        row = msgspec.json.decode(body, type=_Row).csv_row
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Malformed(fault("row_unreadable", detail=str(error))) from error
    if BEYOND in row:
        columns = len(row) - 1
        raise Malformed(fault("row_cells", cells=columns + row[BEYOND].count("\n") + 1, columns=columns))
    return row
