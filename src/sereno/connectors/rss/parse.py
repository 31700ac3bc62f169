"""An entry of a feed → a post. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

import msgspec

from sereno.connectors.base import Malformed, Settings, digest_of
from sereno.connectors.faults import fault
from sereno.connectors.plain import text_of_html
from sereno.connectors.rss.entry import Entry
from sereno.engine.post import Author, Post, from_fields

MAX_ID = 500


def parse(body: bytes, settings: Settings) -> Sequence[Post]:
    try:
        entry = msgspec.json.decode(body, type=Entry)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Malformed(fault("entry_unreadable", detail=str(error))) from error
    text = text_of(entry)
    if not text:
        raise Malformed(fault("entry_empty"))
    published, updated = instant(entry.published), instant(entry.updated)
    fields: dict[str, Any] = {
        "id": id_of(entry),
        "text": text,
        "network": str(settings.get("network") or "web"),
        "place": str(settings.get("place") or "article"),
        "created_at": published or updated,
        "edited_at": updated if published and updated and updated != published else None,
        "url": urljoin(entry.feed, entry.link) if entry.link else None,
        "author": Author(name=text_of_html(entry.author) or None),
        "lang": entry.language or None,
    }
    return [from_fields(fields)]


def id_of(entry: Entry) -> str:
    """The entry's own id with the feed's address: ids of RSS are unique in their feed alone.

    An entry without one is known by its link; without a link by its words and date, as there is nothing better.
    """
    own = entry.id or entry.link or digest_of(f"{entry.title}\n{entry.published}".encode())
    name = f"{entry.feed}#{own}"
    return name if len(name) <= MAX_ID else f"sha256:{digest_of(name.encode())}"


def text_of(entry: Entry) -> str:
    """Title and text; the longer of summary and content, since one is often the beginning of the other."""
    title = text_of_html(entry.title)
    body = max(text_of_html(entry.summary), text_of_html(entry.content), key=len)
    if title and body.startswith(title):
        return body
    return "\n\n".join(part for part in (title, body) if part)


def instant(said: str) -> datetime | None:
    """A date as RSS (RFC 822) or Atom (RFC 3339) writes it; None where it is neither."""
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            return read(said.strip())
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None
