"""What can be wrong with a file, a record, a feed or an address: a code with its parameters, and a sentence of each.

A fault is stored as data, so that the desk says it in the reader's language (`desk/intake/fault_words.py`);
`str(fault)` is English, for logs and the command line. The sentences are gathered for translation from this file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


def gettext_noop(text: str) -> str:
    """Marks a sentence for translation; the desk translates it."""
    return text


SENTENCES: dict[str, str] = {
    # a file
    "file_utf16": gettext_noop("the file is UTF-16; save it as UTF-8 (in a spreadsheet: “CSV UTF-8”)"),
    "file_list": gettext_noop(
        "the file is one JSON list; write one JSON object a line (JSONL), without brackets around"
    ),
    "file_empty": gettext_noop("the file is empty; write one post a line, as JSON or as CSV with a header"),
    "file_blank": gettext_noop("the file begins with a thousand blank lines; write one post a line"),
    "file_not_utf8": gettext_noop("the file's first line is not UTF-8; save the file as UTF-8"),
    "file_no_header": gettext_noop("the first line is neither JSON nor the header of a CSV file (%(detail)s)"),
    "file_columns": gettext_noop(
        "the first line is neither a JSON object nor the header of a CSV file: columns are missing (%(missing)s); "
        "a CSV file needs id and text (found: %(found)s)"
    ),
    "file_column_twice": gettext_noop("the CSV header names '%(column)s' twice; rename one of them"),
    "file_lost": gettext_noop(
        "%(file)s: our copy is gone after line %(line)s; upload the file again, what was read is kept"
    ),
    # a line of it
    "line_too_long": gettext_noop("the line is longer than %(mb)s MB; its beginning is kept"),
    "row_cells": gettext_noop(
        "the row has %(cells)s cells, the header %(columns)s; put quotation marks around cells with commas"
    ),
    "row_not_utf8": gettext_noop(
        "the row is not UTF-8; save the file as UTF-8 (in a spreadsheet: “CSV UTF-8”) and import it again"
    ),
    "row_not_csv": gettext_noop(
        "the row cannot be read as CSV (%(detail)s); double a quotation mark inside quotation marks"
    ),
    "row_unreadable": gettext_noop("the kept row cannot be read (%(detail)s)"),
    "columns_contradict": gettext_noop("columns '%(one)s' and '%(other)s' contradict each other; keep one of them"),
    "not_yes_or_no": gettext_noop("column '%(column)s' is '%(value)s'; it takes true or false"),
    # a post
    "not_json": gettext_noop("not JSON (%(detail)s): one JSON object a line"),
    "not_object": gettext_noop('not a JSON object: one JSON object a line, such as {"id": "1", "text": "…"}'),
    "post_missing": gettext_noop("“%(field)s” is missing: every post needs an id and a text"),
    "post_empty": gettext_noop("“%(field)s” is empty; it needs at least one character"),
    "post_too_long": gettext_noop("“%(field)s” is longer than %(most)s characters"),
    "post_type": gettext_noop("“%(field)s” is of the wrong kind: %(wanted)s was expected, %(got)s stands there"),
    "post_negative": gettext_noop("“%(field)s” is a count and cannot be below %(least)s"),
    "post_choice": gettext_noop("“%(field)s” cannot be “%(value)s”; the post format lists what it can be"),
    "post_date": gettext_noop("“%(field)s” is no date; write it as 2026-03-02T09:00:00Z"),
    "post_wrong": gettext_noop("it is no post: %(detail)s"),
    "entry_unreadable": gettext_noop("the stored entry cannot be read (%(detail)s)"),
    "entry_empty": gettext_noop("the entry has neither a title nor a text"),
    "erased": gettext_noop("its content was erased; there is nothing left to read"),
    "never_finished": gettext_noop(
        "reading it was begun %(times)s times and never came to an end; please report it with the record"
    ),
    "reader_failed": gettext_noop("our reader failed on it (%(detail)s); please report it"),
    "database_refuses": gettext_noop("the database refuses it (%(detail)s)"),
    # an address
    "address_unreadable": gettext_noop("the address cannot be read; write it as https://example.org/feed"),
    "address_scheme": gettext_noop("'%(scheme)s' is no web address; write it as https://example.org/feed"),
    "address_port": gettext_noop(
        "no web page is read from port %(port)s; leave it out, or give a port above 1023 where the feed really stands"
    ),
    "address_private": gettext_noop(
        "%(host)s is at %(address)s, an address inside a private network: not read. If it is yours and meant to be "
        "read, whoever runs Sereno can add %(place)s to SERENO_FETCH_PRIVATE"
    ),
    "address_never": gettext_noop(
        "%(host)s is at %(address)s, where a machine keeps its own secrets: never read. Give the feed's public address"
    ),
    # a server
    "feed_too_large": gettext_noop("%(place)s answers with a feed of %(mb)s MB; up to 2 MB are read"),
    "feed_too_hard": gettext_noop(
        "%(place)s answers with a feed that cannot be read in reasonable time (%(detail)s); "
        "tell whoever publishes it, or read another feed of theirs"
    ),
    "not_a_feed": gettext_noop("%(place)s answers, but not with an RSS or Atom feed; look for the feed's own address"),
    "gone": gettext_noop("%(place)s is gone for good (410); remove the source or give its new address"),
    "legal": gettext_noop("%(place)s may not be read here for legal reasons (451)"),
    "asked_to_wait": gettext_noop("%(place)s asks us to wait (%(status)s)"),
    "server_fault": gettext_noop("%(place)s has a fault of its own (%(status)s); it is tried again"),
    "refuses_us": gettext_noop("%(place)s refuses us (%(status)s); the feed may need a sign-in or forbid readers"),
    "answers": gettext_noop("%(place)s answers %(status)s; check the address in a browser"),
    "redirects": gettext_noop("%(place)s redirects without end; check the address in a browser"),
    "too_slow": gettext_noop("%(place)s took more than %(seconds)s s to answer; it is tried again"),
    "too_large": gettext_noop("%(place)s answers with more than %(size)s; no feed is that large"),
    "packed": gettext_noop("the server packed its answer as '%(name)s', which was not asked for"),
    "unpacked": gettext_noop("the server's answer cannot be unpacked (%(detail)s); it is tried again"),
    "no_answer": gettext_noop("%(place)s does not answer in time; it is tried again"),
    "no_http": gettext_noop("%(place)s answers no proper HTTP (%(detail)s); it is tried again"),
    "unreachable": gettext_noop("%(place)s cannot be reached (%(detail)s); it is tried again"),
    "source_reader_failed": gettext_noop("our reader failed (%(detail)s); please report it"),
}
"""Details are the words of a program below us, which speaks English alone; they stand in brackets."""

WORDS = "words"
"""The code of what has no code: its one parameter, `text`, is an English sentence."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong, as data."""

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        return str(self.params["text"]) if self.code == WORDS else SENTENCES[self.code] % self.params

    def stored(self) -> dict[str, Any]:
        """As it stands in the database."""
        return {"code": self.code, "params": dict(self.params)}


def fault(code: str, **params: str | int) -> Fault:
    return Fault(code, params)


def in_words(text: str) -> Fault:
    """A fault that is only known as a sentence."""
    return Fault(WORDS, {"text": text})


# what the decoder of posts says, and how we call it; the first that fits
_DECODER: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), code)
    for pattern, code in (
        (r"missing required field `(?P<field>[^`]+)`", "post_missing"),
        (r"^not JSON \((?P<detail>.*)\): one JSON", "not_json"),
        (r"^not a JSON object|Expected `object`, got `\w+`: one JSON", "not_object"),
        (r"of length >= 1 - at `\$\.?(?P<field>[^`]+)`", "post_empty"),
        (r"of length <= (?P<most>\d+) - at `\$\.?(?P<field>[^`]+)`", "post_too_long"),
        (r"Expected `int` >= (?P<least>\d+) - at `\$\.?(?P<field>[^`]+)`", "post_negative"),
        (r"Invalid enum value '(?P<value>.*)' - at `\$\.?(?P<field>[^`]+)`", "post_choice"),
        (r"Invalid RFC3339.* - at `\$\.?(?P<field>[^`]+)`", "post_date"),
        (r"Expected `(?P<wanted>[^`]+)`, got `(?P<got>[^`]+)` - at `\$\.?(?P<field>[^`]+)`", "post_type"),
    )
)


def fault_of(error: Exception) -> Fault:
    """What an error of a connector, or the engine's `BadPost`, says, as data."""
    known = getattr(error, "fault", None)
    if isinstance(known, Fault):
        return known
    text = str(error)
    for pattern, code in _DECODER:
        if found := pattern.search(text):
            return Fault(code, {name: value[:200] for name, value in found.groupdict().items()})
    return fault("post_wrong", detail=text[:500])
