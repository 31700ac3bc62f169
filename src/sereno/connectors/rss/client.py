"""Reads a feed with a conditional GET, and cuts it into entries. Understands nothing of what they say.

feedparser reads what feeds really are: wrong dates, wrong encodings, half a document. It is given bytes, never an
address: it must not fetch by itself. Each entry is kept as JSON of the strings that matter, so that an entry that did
not change has the same key, and a feed that is read again tells nothing new.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import feedparser
import msgspec

from sereno.connectors.base import (
    Cursor,
    Gone,
    Http,
    NeedsPerson,
    Page,
    RawItem,
    RefusedByTerms,
    Settings,
    TryLater,
    digest_of,
)
from sereno.connectors.faults import fault
from sereno.connectors.fetch import shown
from sereno.connectors.rss.entry import Entry

_XML_BASE = re.compile(rb"""\sxml:base\s*=\s*(?:"[^"]*"|'[^']*')""")
MAX_WAIT = timedelta(days=1)


def read(settings: Settings, secret: str | None, cursor: Cursor, http: Http, now: datetime) -> Page:  # noqa: ARG001
    url = str(settings["url"])
    answer = http.get(url, _conditions(cursor))
    if answer.status == 304:
        return Page((), cursor)
    _must_be_well(answer.status, answer.headers, url, now)
    entries, whole = entries_of(answer.body, url)
    conditions = {name: answer.headers[name] for name in ("etag", "last-modified") if name in answer.headers}
    # half a document must not be called known: the next reading asks for all of it again
    return Page([_item(entry, url) for entry in entries], conditions if whole else {})


def _conditions(cursor: Cursor) -> dict[str, str]:
    names = {"etag": "if-none-match", "last-modified": "if-modified-since"}
    return {ours: str(cursor[theirs]) for theirs, ours in names.items() if cursor.get(theirs)}


def entries_of(body: bytes, url: str) -> tuple[list[Entry], bool]:
    """The feed's entries, and whether the document is well formed. Raises `NeedsPerson` where the bytes are no feed.

    `xml:base` is taken out first: feedparser would resolve an entry's id against it, and an id has to stay as it is
    when the feed moves to https.
    """
    feed = feedparser.parse(  # type: ignore[attr-defined,no-untyped-call]
        _XML_BASE.sub(b"", body), sanitize_html=False, resolve_relative_uris=False
    )
    if not feed.version:
        raise NeedsPerson(fault("not_a_feed", place=shown(url)))
    language = str(feed.feed.get("language") or "")
    return [_entry(entry, url, language) for entry in feed.entries], not feed.bozo


def _entry(entry: Any, url: str, language: str) -> Entry:
    def said(name: str) -> str:
        # feedparser would answer for a missing `updated` with `published`, and with a warning
        return str(dict.get(entry, name) or "")

    content = dict.get(entry, "content") or []
    return Entry(
        feed=url,
        id=said("id"),
        link=said("link"),
        title=said("title"),
        summary=said("summary"),
        content="\n".join(str(dict.get(part, "value") or "") for part in content),
        author=said("author"),
        published=said("published"),
        updated=said("updated"),
        language=language,
    )


def _item(entry: Entry, url: str) -> RawItem:
    body = msgspec.json.encode(entry)
    return RawItem(digest_of(body), body, "feed", place=shown(url)[:300])


def _must_be_well(status: int, headers: Mapping[str, str], url: str, now: datetime) -> None:
    if 200 <= status < 300:
        return
    place = shown(url)
    if status == 410:
        raise Gone(fault("gone", place=place))
    if status == 451:
        raise RefusedByTerms(fault("legal", place=place))
    if status in (429, 503):
        raise TryLater(
            fault("asked_to_wait", place=place, status=status), at=retry_after(headers.get("retry-after", ""), now)
        )
    if status >= 500:
        raise TryLater(fault("server_fault", place=place, status=status))
    if status in (401, 403):
        raise NeedsPerson(fault("refuses_us", place=place, status=status))
    raise NeedsPerson(fault("answers", place=place, status=status))


def retry_after(value: str, now: datetime) -> datetime | None:
    """Seconds, or an HTTP date; at most a day, so that a server's slip does not silence a source."""
    try:
        at = now + timedelta(seconds=int(value)) if value.strip().isdigit() else parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    if at.tzinfo is None:
        return None
    return min(max(at, now), now + MAX_WAIT)
