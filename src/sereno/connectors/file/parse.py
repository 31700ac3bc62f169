"""One line of a JSONL file, or one row of a CSV file. Pure.

A CSV row is kept with the names of its columns, as {"csv_row": {column: cell}}: a raw record explains itself.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sereno.connectors.base import Malformed, Settings
from sereno.connectors.records import post_of_json, post_of_row
from sereno.engine.post import Post

CSV_PREFIX = b'{"csv_row":'


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
        return msgspec.json.decode(body, type=_Row).csv_row
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Malformed(f"the kept row cannot be read ({error})") from error
