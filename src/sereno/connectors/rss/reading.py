"""The bytes of a feed → its entries; and the same in a process of its own, which ends when the time is up.

feedparser reads what feeds really are: wrong dates, wrong encodings, half a document. But some documents take it
minutes, and no exception ends that. So the desk has every feed read by a child, which has seconds and a bounded
memory, knows none of our secrets, and can be killed.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import Any

import feedparser
import msgspec

from sereno.connectors.rss.entry import Entry

SECONDS = 10.0
MEMORY = 1024 * 1024 * 1024
MAX_ENTRIES = 500
"""Of one reading, the first: feeds put the newest first."""
MAX_FIELD = 500_000
"""Characters."""
MAX_SAID = 16 * 1024 * 1024
"""Bytes of all entries together: a document may name one long text many times."""

_XML_BASE = re.compile(rb"""\sxml:base\s*=\s*(?:"[^"]*"|'[^']*')""")


class Feed(msgspec.Struct, frozen=True):
    """What a document said."""

    is_feed: bool
    whole: bool = False
    """Well formed to its end."""
    entries: tuple[Entry, ...] = ()
    left_out: int = 0
    """Entries beyond the limit."""


class TakesTooLong(Exception):
    """The document cannot be read within the time and memory that one has."""


class _Asked(msgspec.Struct):
    url: str
    body: bytes


def feed_of(body: bytes, url: str) -> Feed:
    """The feed, read here and now.

    `xml:base` is taken out first: feedparser would resolve an entry's id against it, and an id has to stay as it is
    when the feed moves to https.
    """
    feed = feedparser.parse(  # type: ignore[attr-defined,no-untyped-call]
        _XML_BASE.sub(b"", body), sanitize_html=False, resolve_relative_uris=False
    )
    if not feed.version:
        return Feed(is_feed=False)
    language = str(feed.feed.get("language") or "")[:MAX_FIELD]
    entries: list[Entry] = []
    left = MAX_SAID
    for found in feed.entries[:MAX_ENTRIES]:
        entry = _entry(found, url, language)
        left -= len(msgspec.json.encode(entry))
        if left < 0:
            break
        entries.append(entry)
    return Feed(True, not feed.bozo, tuple(entries), len(feed.entries) - len(entries))


def feed_apart(body: bytes, url: str, *, seconds: float = SECONDS) -> Feed:
    """The feed, read by a child. Raises `TakesTooLong`."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "sereno.connectors.rss.reading"],
            input=msgspec.msgpack.encode(_Asked(url, body)), capture_output=True, timeout=seconds, check=True,
            env={name: value for name, value in os.environ.items() if not name.startswith(("SERENO_", "DATABASE_"))},
        )  # fmt: skip
        return msgspec.msgpack.decode(done.stdout, type=Feed)
    except subprocess.TimeoutExpired:
        raise TakesTooLong(f"more than {seconds:.0f} s") from None
    except (subprocess.CalledProcessError, msgspec.DecodeError) as error:
        raise TakesTooLong(_last_line(getattr(error, "stderr", b"")) or str(error)) from error


def _last_line(stderr: bytes) -> str:
    lines = stderr.decode(errors="replace").strip().splitlines()
    return lines[-1][:200] if lines else ""


def _entry(entry: Any, url: str, language: str) -> Entry:
    def said(name: str) -> str:
        # feedparser would answer for a missing `updated` with `published`, and with a warning
        return str(dict.get(entry, name) or "")[:MAX_FIELD]

    content = dict.get(entry, "content") or []
    return Entry(
        feed=url,
        id=said("id"),
        link=said("link"),
        title=said("title"),
        summary=said("summary"),
        content="\n".join(str(dict.get(part, "value") or "") for part in content)[:MAX_FIELD],
        author=said("author"),
        published=said("published"),
        updated=said("updated"),
        language=language,
    )


def _be_modest() -> None:
    """Bound the memory, where the system can."""
    try:
        import resource
    except ImportError:  # not on Windows; the time is bounded all the same
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (int(SECONDS) + 1, int(SECONDS) + 1))


if __name__ == "__main__":
    _be_modest()
    asked = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=_Asked)
    sys.stdout.buffer.write(msgspec.msgpack.encode(feed_of(asked.body, asked.url)))
