"""A context: the plain values that the text does not hold. It is stored beside the judgement, so that a replay
gives what the inbox gave (ADR 1)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import msgspec

from sereno.engine.plan.model import AuthorType, StormLevel, WatchKind
from sereno.engine.post import Place, Post, Visibility


class Context(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is known about one post besides its text, at the moment of its judgement."""

    received_at: datetime
    """When it reached us: deadlines count from here."""
    created_at: datetime | None = None
    about: tuple[WatchKind, ...] = ()
    """Kinds of the watches it matched."""
    network: str = "unknown"
    place: Place = "post"
    visibility: Visibility = "public"
    followers: int | None = None
    rating: float | None = None
    shares: int = 0
    """Amplification so far."""
    shares_per_hour: float = 0.0
    repeat_contact: int = 0
    """Earlier posts of the same author in the same matter."""
    open_promise: bool = False
    story: int = 1
    """Distinct authors telling the same."""
    storm: StormLevel | None = None
    author_type: AuthorType | None = None
    country: str | None = None
    """The customer's, where known; else the brand's applies."""
    own: bool = False
    backfilled: bool = False
    """Brought in from the past: wakes nobody and starts no deadline (ADR 3)."""


def context_of(post: Post, *, about: Sequence[WatchKind], received_at: datetime) -> Context:
    """The context that a post brings along by itself; the desk adds what its history knows."""
    return Context(
        received_at=post.received_at or received_at,
        created_at=post.created_at,
        about=tuple(about),
        network=post.network,
        place=post.place,
        visibility=post.visibility,
        followers=post.author.followers,
        rating=post.rating,
        shares=post.engagement.shares or 0,
        own=post.own,
    )


class Contexts:
    """Contexts as columns: `contexts.column("followers")` is a list with one value a post, made once."""

    def __init__(self, rows: Sequence[Context]) -> None:
        self.rows = tuple(rows)
        self._columns: dict[str, list[Any]] = {}

    def __len__(self) -> int:
        return len(self.rows)

    def column(self, name: str) -> list[Any]:
        if name not in self._columns:
            self._columns[name] = [getattr(row, name) for row in self.rows]
        return self._columns[name]

    def map(self, change: Callable[[Context], Context]) -> Contexts:
        return Contexts([change(row) for row in self.rows])


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Context)


def to_json(context: Context) -> dict[str, Any]:
    """As it is stored beside the judgement."""
    stored: dict[str, Any] = msgspec.json.decode(_encoder.encode(context))
    return stored


def from_json(stored: dict[str, Any]) -> Context:
    return _decoder.decode(msgspec.json.encode(stored))
