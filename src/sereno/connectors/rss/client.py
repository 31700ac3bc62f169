"""Reads a feed with a conditional GET, and cuts it into entries. Understands nothing of what they say.

Each entry is kept as JSON of the strings that matter, so that an entry that did not change has the same key, and a feed
that is read again tells nothing new.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import msgspec

from sereno.connectors.addresses import shown
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
from sereno.connectors.rss.entry import Entry
from sereno.connectors.rss.reading import TakesTooLong, feed_apart

log = logging.getLogger("sereno.intake")

MAX_FEED = 2 * 1024 * 1024
"""Bytes."""
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


def entries_of(body: bytes, url: str) -> tuple[Sequence[Entry], bool]:
    """The feed's entries, and whether the document is well formed. Raises `NeedsPerson` where the bytes are no feed
    or too many, `TryLater` where reading them takes too long."""
    place = shown(url)
    if len(body) > MAX_FEED:
        raise NeedsPerson(fault("feed_too_large", place=place, mb=f"{len(body) / 1024 / 1024:.1f}"))
    try:
        feed = feed_apart(body, url)
    except TakesTooLong as error:
        raise TryLater(fault("feed_too_hard", place=place, detail=str(error))) from error
    if not feed.is_feed:
        raise NeedsPerson(fault("not_a_feed", place=place))
    if feed.left_out:
        log.warning("%s has %s entries more than are read at once; they are left out", place, feed.left_out)
    return feed.entries, feed.whole


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
