"""The promised output line of `triage` (format 1), and the ways to write it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from io import StringIO
from typing import IO, Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from sereno.engine.plan.model import Light
from sereno.engine.read import Kind, Polarity, Risk, Severity


class Row(msgspec.Struct, kw_only=True, frozen=True):
    """One judged post. A post that no watch matches has only `format`, `id` and an empty `about`."""

    format: Literal[1]
    id: str
    about: list[dict[str, Any]]
    language: str | UnsetType = UNSET
    kind: Kind | UnsetType = UNSET
    complaint: float | UnsetType = UNSET
    polarity: Polarity | UnsetType = UNSET
    severity: Severity | UnsetType | None = UNSET
    hostile: float | UnsetType = UNSET
    call_to_action: float | UnsetType = UNSET
    risks: list[Risk] | UnsetType = UNSET
    topic: str | UnsetType = UNSET
    reach: dict[str, Any] | UnsetType = UNSET
    text_light: Light | UnsetType | None = UNSET
    light: Light | UnsetType | None = UNSET
    reasons: list[dict[str, Any]] | UnsetType = UNSET
    evidence: list[dict[str, Any]] | UnsetType = UNSET
    step: str | UnsetType = UNSET
    plan: str | UnsetType = UNSET
    model: str | UnsetType = UNSET


Writer = Callable[[Sequence[Row]], None]
_encoder = msgspec.json.Encoder()
COLUMNS = tuple(name for name in Row.__struct_fields__)


def jsonl(out: IO[bytes]) -> Writer:
    buffer = bytearray()

    def write(rows: Sequence[Row]) -> None:
        buffer.clear()
        for row in rows:
            buffer.extend(_encoder.encode(row))
            buffer.extend(b"\n")
        out.write(buffer)
        out.flush()

    return write


def as_csv(out: IO[bytes]) -> Writer:
    """The same columns; lists as JSON, and no cell that a spreadsheet would take for a formula."""
    first = True

    def write(rows: Sequence[Row]) -> None:
        nonlocal first
        text = StringIO()
        sheet = csv.writer(text, lineterminator="\r\n")
        if first:
            sheet.writerow(COLUMNS)
            first = False
        sheet.writerows([cell(getattr(row, name)) for name in COLUMNS] for row in rows)
        out.write(text.getvalue().encode())
        out.flush()

    return write


def cell(value: Any) -> str:
    if value is UNSET or value is None:
        return ""
    plain = value if isinstance(value, str) else _encoder.encode(value).decode()
    # a spreadsheet runs what begins like this; numbers of ours are never negative
    return f"'{plain}" if plain.lstrip().startswith(("=", "+", "-", "@", "\t", "\r")) or plain[:1] in "\t\r" else plain


def table(out: IO[bytes]) -> Writer:
    """For reading on a terminal."""
    from io import TextIOWrapper

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    stream = TextIOWrapper(out, encoding="utf-8", write_through=True)
    console = Console(file=stream)
    colours = {"red": "bold red", "amber": "yellow", "green": "green"}

    def write(rows: Sequence[Row]) -> None:
        sheet = Table("light", "id", "kind", "lang", "risks", "why", box=None, pad_edge=False)
        for row in rows:
            light = row.light if isinstance(row.light, str) else "-"
            why = row.reasons[0]["text"] if isinstance(row.reasons, list) and row.reasons else "about nobody we watch"
            risks = ", ".join(row.risks) if isinstance(row.risks, list) else ""
            cells = (light, row.id, cell(row.kind), cell(row.language), risks, str(why))
            sheet.add_row(*(Text(text, style=colours.get(light, "") if i == 0 else "") for i, text in enumerate(cells)))
        console.print(sheet)

    # the stream must not close what it was given
    write.stream = stream  # type: ignore[attr-defined]
    return write


FORMATS: dict[str, Callable[[IO[bytes]], Writer]] = {"table": table, "jsonl": jsonl, "csv": as_csv}
