"""A connector's post, fitted to what our tables can hold. Pure.

A post is not lost because the network cut an emoji in half, counts beyond any integer, or dates a post in the year 1:
what cannot be held is replaced, clamped or left out, and the raw record keeps what was sent.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sereno.connectors.base import Malformed
from sereno.connectors.plain import storable
from sereno.desk.intake.merging import AuthorState, PostState, Stamp, micros, told
from sereno.engine import post as engine

LARGEST = 2**63 - 1
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
CLOCK_SKEW = timedelta(days=2)
"""A date further ahead than this is no date; clocks are wrong by hours, zones by a day."""
NAME_LENGTH, NETWORK_LENGTH, ID_LENGTH, LANGUAGE_LENGTH = 255, 40, 512, 20


@dataclass(frozen=True, slots=True)
class Sighted:
    """One post as one record told of it."""

    brand: int
    network: str
    external_id: str
    post: PostState
    author: AuthorState | None
    seen_at: datetime
    record: int
    source: int
    via: str
    counted: bool
    """The record told how often it was liked, shared…"""
    dates_without_zone: int

    @property
    def key(self) -> tuple[int, str, str]:
        return self.brand, self.network, self.external_id

    @property
    def author_key(self) -> tuple[int, str, str] | None:
        return (self.brand, self.network, self.post.author) if self.post.author else None


def sighted(
    post: engine.Post, *, brand: int, source: int, record: int, via: str, received_at: datetime, backfilled: bool,
    dates_without_zone: int,
) -> Sighted:  # fmt: skip
    """Raises `Malformed` where it has no usable id or network."""
    network = storable(post.network).strip().lower() or "unknown"
    if len(network) > NETWORK_LENGTH:
        raise Malformed(f"network '{network[:60]}…' is longer than {NETWORK_LENGTH} characters")
    external_id = fitted(post.id)
    if not external_id:
        raise Malformed("the id is empty; every post needs an `id` that is its own on its network")
    seen_at = _seen_at(post, received_at, backfilled=backfilled)
    stamp = (micros(seen_at), record)
    counts = _counts(post.engagement)
    author = _author(post.author, seen_at, stamp)
    state = _state(post, stamp, seen_at, author_key=_author_key(post, external_id), source=source, counts=counts)
    state = replace(state, backfilled=backfilled)
    return Sighted(
        brand=brand, network=network, external_id=external_id, post=state, author=author, seen_at=seen_at,
        record=record, source=source, via=via, counted=bool(counts), dates_without_zone=dates_without_zone,
    )  # fmt: skip


def _seen_at(post: engine.Post, received_at: datetime, *, backfilled: bool) -> datetime:
    """History may say when it was received then. Of a live post our own clock decides: deadlines start by it."""
    stated = sane(post.received_at, received_at) if backfilled else None
    return min(stated, received_at) if stated else received_at


def _state(
    post: engine.Post, stamp: Stamp, seen_at: datetime, *, author_key: str | None, source: int, counts: dict[str, int]
) -> PostState:
    deleted_at = sane(post.deleted_at, seen_at) or (seen_at if post.deleted_at else None)
    spoken = [part for medium in post.media for part in (medium.alt, medium.transcript) if part]
    said = told(
        place=None if post.place == "post" else post.place,
        created_at=sane(post.created_at, seen_at),
        conversation=fitted(post.conversation or ""),
        in_reply_to=fitted(post.in_reply_to or ""),
        repost_of=fitted(post.repost_of or ""),
        rating=post.rating if post.rating is not None and math.isfinite(post.rating) else None,
        lang_hint=_short(post.lang, LANGUAGE_LENGTH),
        url=None if deleted_at else storable(post.url or ""),
        **counts,
    )
    return PostState(
        said=said,
        stamps=dict.fromkeys(said, stamp),
        text="" if deleted_at else storable(post.text),
        media_text="" if deleted_at else storable("\n".join(spoken)),
        edited_at=sane(post.edited_at, seen_at),
        text_stamp=stamp,
        author=author_key,
        author_stamp=stamp,
        first_seen_at=seen_at,
        first_stamp=stamp,
        source=source,
        own=post.own,
        private=post.visibility == "private",
        deleted_at=deleted_at,
    )


def _counts(engagement: engine.Engagement) -> dict[str, int]:
    counts = {name: getattr(engagement, name) for name in ("likes", "replies", "shares", "views")}
    return {name: min(count, LARGEST) for name, count in counts.items() if count is not None}


def _author_key(post: engine.Post, external_id: str) -> str | None:
    author = post.author
    if own := fitted(author.id or ""):
        return own
    if handle := _handle(author):
        return f"handle:{handle.lower()}"
    # a mere name: two people called Anna are not one
    return f"post:{fitted(external_id, ID_LENGTH - 5)}" if author.name else None


def _handle(author: engine.Author) -> str:
    return _short((author.handle or "").strip().lstrip("@"), NAME_LENGTH)


def _author(author: engine.Author, seen_at: datetime, stamp: Stamp) -> AuthorState | None:
    if not (author.id or author.handle or author.name):
        return None
    said = told(
        followers=None if author.followers is None else min(author.followers, LARGEST),
        verified=author.verified,
        opened_at=sane(author.created_at, seen_at),
        handle=_handle(author),
        name=_short(author.name, NAME_LENGTH),
    )
    return AuthorState(said, dict.fromkeys(said, stamp), seen_at)


def _short(text: str | None, length: int) -> str:
    return storable(text or "").strip()[:length]


def fitted(name: str, length: int = ID_LENGTH) -> str:
    """An id as a column can hold it: a longer one becomes its digest, which is as much its own."""
    name = storable(name)
    return name if len(name) <= length else f"sha256:{hashlib.sha256(name.encode()).hexdigest()}"


def sane(at: datetime | None, seen_at: datetime) -> datetime | None:
    """The instant in UTC; None where it cannot be true."""
    if at is None:
        return None
    try:
        utc = at.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    return utc if EARLIEST <= utc <= seen_at + CLOCK_SKEW else None
