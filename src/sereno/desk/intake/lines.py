"""A file of posts, cut into records with their offsets, so that reading can go on after any of them. No database.

JSONL: a line is a record. CSV: a record may span lines, as a quoted cell may hold line breaks; Python's own reader
finds its end, and is given one line at a time, so that the offset after each record is known.

Nothing is skipped in silence: a line that is too long, no UTF-8, or a CSV row that does not end becomes an item with
its fault in plain words.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from sereno.connectors.base import RawItem, digest_of
from sereno.connectors.faults import Fault, fault
from sereno.connectors.file.parse import BEYOND, body_of_row

MAX_RECORD = 4 * 1024 * 1024
KEPT_OF_TOO_LONG = 10_000
_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")

csv.field_size_limit(MAX_RECORD)


class NotAFileOfPosts(Exception):
    """The file cannot be read at all; the fault says what it should look like."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Position:
    """Between two records."""

    offset: int
    line: int
    """How many lines lie before it."""


@dataclass(frozen=True, slots=True)
class Record:
    item: RawItem | None
    """None: a blank line."""
    after: Position


def layout_of(file: BinaryIO) -> tuple[dict[str, Any], Position]:
    """How the file is written, and where its records begin. Raises `NotAFileOfPosts`."""
    file.seek(0)
    opening = file.read(4)
    if opening.startswith(_UTF16):
        raise NotAFileOfPosts(fault("file_utf16"))
    start = len(_BOM) if opening.startswith(_BOM) else 0
    file.seek(start)
    first, lines = _first_line(file)
    if first.startswith(b"{"):
        return {"format": "jsonl"}, Position(start, 0)
    if first.startswith(b"["):
        raise NotAFileOfPosts(fault("file_list"))
    return _csv_layout(first), Position(file.tell(), lines)


def _first_line(file: BinaryIO) -> tuple[bytes, int]:
    for number in range(1, 1001):
        line = file.readline(MAX_RECORD)
        if not line:
            raise NotAFileOfPosts(fault("file_empty"))
        if line.strip():
            return line.strip(), number
    raise NotAFileOfPosts(fault("file_blank"))


def _csv_layout(header: bytes) -> dict[str, Any]:
    try:
        text = header.decode()
    except UnicodeDecodeError as error:
        raise NotAFileOfPosts(fault("file_not_utf8")) from error
    delimiter = max(",;\t", key=text.count)
    try:
        columns = [column.strip() for column in next(csv.reader([text], delimiter=delimiter))]
    except csv.Error as error:
        raise NotAFileOfPosts(fault("file_no_header", detail=str(error))) from error
    missing = [name for name in ("id", "text") if name not in columns]
    if missing:
        needed = ", ".join(f"'{name}'" for name in missing)
        raise NotAFileOfPosts(fault("file_columns", missing=needed, found=", ".join(columns)[:200]))
    twice = {name for name in columns if name and columns.count(name) > 1}
    if twice:
        raise NotAFileOfPosts(fault("file_column_twice", column=min(twice)))
    return {"format": "csv", "delimiter": delimiter, "columns": columns}


def records(file: BinaryIO, layout: Mapping[str, Any], start: Position, name: str) -> Iterator[Record]:
    """The records from `start` on. `name` is what the file is called in places."""
    file.seek(start.offset)
    if layout["format"] == "csv":
        yield from _rows(file, layout, start, name)
    else:
        yield from _json_lines(file, start, name)


def _json_lines(file: BinaryIO, start: Position, name: str) -> Iterator[Record]:
    position = start
    while line := file.readline(MAX_RECORD):
        place = f"{name}:{position.line + 1}"
        wrong = None
        if len(line) == MAX_RECORD and not line.endswith(b"\n"):
            line = _skip_rest(file, line)
            wrong = fault("line_too_long", mb=MAX_RECORD // 1024 // 1024)
        position = Position(file.tell(), position.line + 1)
        body = line.strip()
        yield Record(RawItem(digest_of(body), body, "file", place, wrong) if body else None, position)


def _skip_rest(file: BinaryIO, beginning: bytes) -> bytes:
    while (rest := file.readline(MAX_RECORD)) and not rest.endswith(b"\n"):
        pass
    return beginning[:KEPT_OF_TOO_LONG]


class _OneByOne:
    """Lines for the CSV reader, which takes as many as a record has, and not one more."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.taken: list[bytes] = []
        self.size = 0

    def __iter__(self) -> _OneByOne:
        return self

    def __next__(self) -> str:
        line = self.file.readline(MAX_RECORD)
        if not line:
            raise StopIteration
        self.taken.append(line)
        self.size += len(line)
        if self.size > MAX_RECORD:
            raise csv.Error("the row does not end: a quotation mark is open")
        return line.decode()


def _rows(file: BinaryIO, layout: Mapping[str, Any], start: Position, name: str) -> Iterator[Record]:
    columns: list[str] = layout["columns"]
    position = start
    while True:
        lines = _OneByOne(file)
        place = f"{name}:{position.line + 1}"
        try:
            cells = next(csv.reader(lines, delimiter=layout["delimiter"], strict=True))
        except StopIteration:
            return
        except (csv.Error, UnicodeDecodeError) as error:
            # its first line dies, and reading goes on behind it: one open quotation mark must not swallow the rest
            first = lines.taken[0]
            file.seek(position.offset + len(first))
            position = Position(file.tell(), position.line + 1)
            yield Record(_dead_row(first, place, error), position)
            continue
        position = Position(file.tell(), position.line + len(lines.taken))
        yield Record(_row(cells, columns, place), position)


def _row(cells: list[str], columns: list[str], place: str) -> RawItem | None:
    if not any(cell.strip() for cell in cells):
        return None
    body = body_of_row({column: cell for column, cell in zip(columns, cells, strict=False) if column})
    wrong = None
    if len(cells) > len(columns):
        wrong = fault("row_cells", cells=len(cells), columns=len(columns))
        body = body_of_row({**dict(zip(columns, cells, strict=False)), BEYOND: "\n".join(cells[len(columns) :])})
    return RawItem(digest_of(body), body, "file", place, wrong)


def _dead_row(line: bytes, place: str, error: Exception) -> RawItem:
    body = line.strip()[:KEPT_OF_TOO_LONG]
    no_text = isinstance(error, UnicodeDecodeError)
    wrong = fault("row_not_utf8") if no_text else fault("row_not_csv", detail=str(error))
    return RawItem(digest_of(body), body, "file", place, wrong)
