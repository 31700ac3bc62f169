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
from sereno.connectors.file.parse import body_of_row

MAX_RECORD = 4 * 1024 * 1024
KEPT_OF_TOO_LONG = 10_000
_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")

csv.field_size_limit(MAX_RECORD)


class NotAFileOfPosts(Exception):
    """The file cannot be read at all; the message says what it should look like."""


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
        raise NotAFileOfPosts("the file is UTF-16; save it as UTF-8 (in a spreadsheet: “CSV UTF-8”)")
    start = len(_BOM) if opening.startswith(_BOM) else 0
    file.seek(start)
    first, lines = _first_line(file)
    if first.startswith(b"{"):
        return {"format": "jsonl"}, Position(start, 0)
    if first.startswith(b"["):
        raise NotAFileOfPosts(
            "the file is one JSON list; write one JSON object a line (JSONL), without brackets around"
        )
    return _csv_layout(first), Position(file.tell(), lines)


def _first_line(file: BinaryIO) -> tuple[bytes, int]:
    for number in range(1, 1001):
        line = file.readline(MAX_RECORD)
        if not line:
            raise NotAFileOfPosts("the file is empty; write one post a line, as JSON or as CSV with a header")
        if line.strip():
            return line.strip(), number
    raise NotAFileOfPosts("the file begins with a thousand blank lines; write one post a line")


def _csv_layout(header: bytes) -> dict[str, Any]:
    try:
        text = header.decode()
    except UnicodeDecodeError as error:
        raise NotAFileOfPosts("the file's first line is not UTF-8; save the file as UTF-8") from error
    delimiter = max(",;\t", key=text.count)
    try:
        columns = [column.strip() for column in next(csv.reader([text], delimiter=delimiter))]
    except csv.Error as error:
        raise NotAFileOfPosts(f"the first line is neither JSON nor the header of a CSV file ({error})") from error
    missing = [name for name in ("id", "text") if name not in columns]
    if missing:
        needed = " and ".join(f"'{name}'" for name in missing)
        raise NotAFileOfPosts(
            f"the first line is neither a JSON object nor a CSV header with {needed}; a CSV file needs the columns "
            f"id and text (found: {', '.join(columns)[:200]})"
        )
    twice = {name for name in columns if name and columns.count(name) > 1}
    if twice:
        raise NotAFileOfPosts(f"the CSV header names '{min(twice)}' twice; rename one of them")
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
        fault = ""
        if len(line) == MAX_RECORD and not line.endswith(b"\n"):
            line = _skip_rest(file, line)
            fault = f"the line is longer than {MAX_RECORD // 1024 // 1024} MB; its beginning is kept"
        position = Position(file.tell(), position.line + 1)
        body = line.strip()
        yield Record(RawItem(digest_of(body), body, "file", place, fault) if body else None, position)


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
    fault = ""
    if len(cells) > len(columns):
        fault = (
            f"the row has {len(cells)} cells, the header {len(columns)}; put quotation marks around cells with commas"
        )
        body = body_of_row({**dict(zip(columns, cells, strict=False)), "": "\n".join(cells[len(columns) :])})
    return RawItem(digest_of(body), body, "file", place, fault)


def _dead_row(line: bytes, place: str, error: Exception) -> RawItem:
    body = line.strip()[:KEPT_OF_TOO_LONG]
    if isinstance(error, UnicodeDecodeError):
        fault = "the row is not UTF-8; save the file as UTF-8 (in a spreadsheet: “CSV UTF-8”) and import it again"
    else:
        fault = f"the row cannot be read as CSV ({error}); double a quotation mark inside quotation marks"
    return RawItem(digest_of(body), body, "file", place, fault)
