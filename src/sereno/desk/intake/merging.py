"""What is known of a post after some sightings, whatever order they were understood in. Pure: values in, values out.

Sightings come late, twice and in any order: a search index is minutes behind the notification, a webhook is
redelivered, a dead letter is replayed a day later. So each value of a post carries a *stamp*, the time it was seen, and
the newest wins; what a sighting does not say, it does not change. Merging is then commutative, associative and
idempotent: any interleaving ends in the same post (`tests/desk/intake/test_merging.py` proves it by property).

Three things are not newest-wins, and need no stamp:
- a deletion is final: no sighting, older or newer, brings an erased text back;
- `own` and private are kept once said: forgetting them would answer ourselves, or show what is private;
- a post is history (`backfilled`) only while every sighting says so.

Text, media text and edit time stand together: the text of the latest *edit* wins, then the latest sighting. A stale
copy from a search index has no edit time, and loses against the edited text however late it is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

Stamp = tuple[int, int]
"""Microseconds since 1970 at which it was seen; then the record's number, where two were seen at once."""

NEVER: Stamp = (-(2**62), 0)
POST_FIELDS = (
    "place", "created_at", "conversation", "in_reply_to", "repost_of", "rating", "lang_hint", "url",
    "likes", "replies", "shares", "views",
)  # fmt: skip
AUTHOR_FIELDS = ("followers", "verified", "opened_at", "handle", "name")


def micros(at: datetime | None) -> int:
    return 0 if at is None else round(at.timestamp() * 1_000_000)


@dataclass(frozen=True, slots=True)
class PostState:
    """What is known of a post: from one sighting, or merged from several."""

    said: Mapping[str, Any]
    """POST_FIELDS that were told; those that were not are absent."""
    stamps: Mapping[str, Stamp]
    text: str
    media_text: str
    edited_at: datetime | None
    text_stamp: Stamp
    author: str | None
    """The author's key on the network."""
    author_stamp: Stamp
    first_seen_at: datetime
    first_stamp: Stamp
    source: int
    """The source that saw it first."""
    own: bool = False
    private: bool = False
    backfilled: bool = False
    deleted_at: datetime | None = None
    older_texts: frozenset[tuple[Stamp, str]] = field(default=frozenset(), compare=False)
    """Texts that lost against a newer one, with the stamp of who told them. History, not state: which repetitions of
    a text are seen as a change depends on the order."""

    def text_rank(self) -> tuple[int, Stamp]:
        return micros(self.edited_at), self.text_stamp

    def author_rank(self) -> tuple[int, Stamp]:
        return key_rank(self.author), self.author_stamp


def key_rank(author: str | None) -> int:
    """A network's own id is better than a handle, a handle better than a mere name."""
    if author is None:
        return -1
    return 0 if author.startswith("post:") else 1 if author.startswith("handle:") else 2


def merge(one: PostState, other: PostState) -> PostState:
    """What both together know. The order of the two does not matter."""
    said, stamps = newest(one.said, one.stamps, other.said, other.stamps)
    worded = max(one, other, key=lambda s: (s.text_rank(), s.text, s.media_text))
    lost = one if worded is other else other
    written = max(one, other, key=lambda s: (s.author_rank(), s.author or ""))
    first = min(one, other, key=lambda s: (s.first_seen_at, s.first_stamp, s.source))
    older = one.older_texts | other.older_texts
    if lost.text != worded.text:
        older |= {(lost.text_stamp, lost.text)}
    deleted = min((at for at in (one.deleted_at, other.deleted_at) if at), default=None)
    return erased(
        PostState(
            said=said,
            stamps=stamps,
            text=worded.text,
            media_text=worded.media_text,
            edited_at=worded.edited_at,
            text_stamp=worded.text_stamp,
            author=written.author,
            author_stamp=written.author_stamp,
            first_seen_at=first.first_seen_at,
            first_stamp=first.first_stamp,
            source=first.source,
            own=one.own or other.own,
            private=one.private or other.private,
            backfilled=one.backfilled and other.backfilled,
            deleted_at=deleted,
            older_texts=older,
        )
    )


def erased(state: PostState) -> PostState:
    """A deleted post without what it said, and where; any other as it is."""
    if state.deleted_at is None:
        return state
    said = {name: value for name, value in state.said.items() if name != "url"}
    return replace(
        state,
        said=said,
        stamps={name: state.stamps[name] for name in said},
        text="",
        media_text="",
        older_texts=frozenset(),
    )


@dataclass(frozen=True, slots=True)
class AuthorState:
    """What is known of an author."""

    said: Mapping[str, Any]
    stamps: Mapping[str, Stamp]
    first_seen_at: datetime


def merge_authors(one: AuthorState, other: AuthorState) -> AuthorState:
    said, stamps = newest(one.said, one.stamps, other.said, other.stamps)
    return AuthorState(said, stamps, min(one.first_seen_at, other.first_seen_at))


def newest(
    one: Mapping[str, Any], one_stamps: Mapping[str, Stamp], other: Mapping[str, Any], other_stamps: Mapping[str, Stamp]
) -> tuple[dict[str, Any], dict[str, Stamp]]:
    """Field by field the value with the newer stamp; a tie is settled by the values, so that order never matters."""
    said, stamps = dict(one), dict(one_stamps)
    for name, value in other.items():
        if name not in said or (other_stamps[name], repr(value)) > (stamps[name], repr(said[name])):
            said[name], stamps[name] = value, other_stamps[name]
    return said, stamps


def pack(stamps: Mapping[str, Stamp]) -> dict[str, list[int]]:
    """As JSON keeps them: the newest stands once, under `*`; most posts are seen once and have no other."""
    if not stamps:
        return {}
    latest = max(stamps.values())
    return {"*": list(latest)} | {name: list(stamp) for name, stamp in stamps.items() if stamp != latest}


def unpack(packed: Mapping[str, list[int]], names: Mapping[str, Any]) -> dict[str, Stamp]:
    """The stamp of each of these fields. One that was stored before stamps were kept loses against everything."""
    return {name: _stamp(packed.get(name) or packed.get("*")) for name in names}


def _stamp(pair: list[int] | None) -> Stamp:
    return (pair[0], pair[1]) if pair else NEVER


def told(**fields: Any) -> dict[str, Any]:
    """Only what was said: None and empty text say nothing."""
    return {name: value for name, value in fields.items() if value is not None and value != ""}
