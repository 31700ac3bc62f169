"""A post: the only thing a connector may produce. Its JSON is our input format (`docs/post-format.md`)."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import Annotated, Any, Literal

import msgspec

Place = Literal["post", "comment", "direct_message", "review", "story", "article", "mail"]
Visibility = Literal["public", "private"]

Identifier = Annotated[str, msgspec.Meta(min_length=1, max_length=512)]
Count = Annotated[int, msgspec.Meta(ge=0)]


class Author(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who wrote it, as the network tells it at the time of the sighting."""

    id: str | None = None
    """The network's own, stable id; a handle can be renamed, this cannot."""
    handle: str | None = None
    name: str | None = None
    followers: Count | None = None
    verified: bool | None = None
    created_at: datetime | None = None
    """When the account was opened."""


class Engagement(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What others did with the post, counted at the time of the sighting."""

    likes: Count | None = None
    replies: Count | None = None
    shares: Count | None = None
    views: Count | None = None


class Medium(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A picture, video or sound that hangs on the post."""

    kind: str = "unknown"
    url: str | None = None
    alt: str | None = None
    transcript: str | None = None


class Post(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One published item: a post, a comment, a review, a message.

    Only `id` and `text` are required. Instants carry a zone; one given without is read as UTC unless the reader
    of the file says otherwise (see `in_zone`).
    """

    id: Identifier
    """Unique on its network (ADR 3)."""
    text: str
    network: str = "unknown"
    url: str | None = None
    place: Place = "post"
    visibility: Visibility = "public"
    created_at: datetime | None = None
    received_at: datetime | None = None
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    author: Author = Author()
    own: bool = False
    """Written by one of our own accounts: an answer, whichever app it was typed in."""
    conversation: str | None = None
    """The id of the thread's first post."""
    in_reply_to: str | None = None
    repost_of: str | None = None
    rating: float | None = None
    """Stars as given, 1 to 5."""
    engagement: Engagement = Engagement()
    media: tuple[Medium, ...] = ()
    lang: str | None = None
    """The network's guess at the language; a hint, never the last word."""

    def whole_text(self) -> str:
        """The text with what its media say: alt texts and transcripts, each on a line of its own."""
        spoken = [part for medium in self.media for part in (medium.alt, medium.transcript) if part]
        return "\n".join([self.text, *spoken])


class Mended(Post, frozen=True, kw_only=True, omit_defaults=True):
    """A post whose optional dates or numbers could not all be read. The others are worth keeping."""

    left_out: tuple[str, ...] = ()
    """What was passed over and why, a sentence each."""


class BadPost(ValueError):
    """A record that is not a post; the message names the field and the way out."""


_decoder = msgspec.json.Decoder(Post)
_encoder = msgspec.json.Encoder()
_INSTANTS = ("created_at", "received_at", "edited_at", "deleted_at")
_FIRST_YEAR, _LAST_YEAR = 1989, 2200
_MENDABLE: tuple[tuple[str, Any], ...] = (
    ("created_at", datetime | None),
    ("received_at", datetime | None),
    ("edited_at", datetime | None),
    ("rating", float | None),
    ("author.followers", Count | None),
    ("author.created_at", datetime | None),
    ("engagement.likes", Count | None),
    ("engagement.replies", Count | None),
    ("engagement.shares", Count | None),
    ("engagement.views", Count | None),
)
"""Dates and numbers that a post can do without. Not `deleted_at`: a deletion must not turn into a post that lives."""


def decode(record: bytes | str) -> Post:
    """Read one JSON record. Unknown fields are passed over: the raw record keeps them.

    Raises `BadPost` where the record is no JSON object, lacks `id` or `text`, or has a field of the wrong type.
    """
    try:
        return _decoder.decode(record)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadPost(_in_plain_words(str(error))) from error
    except RecursionError:
        raise BadPost("its lists or objects stand too deep in one another; send the post's fields alone") from None


def decode_mending(record: bytes | str) -> Post:
    """`decode`, but a post is not lost for an optional date or number that cannot be read: it comes as `Mended`."""
    try:
        return decode(record)
    except BadPost:
        try:
            fields = msgspec.json.decode(record)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            fields = None
        if not isinstance(fields, dict):
            raise
    return from_fields_mending(fields, strict=True)


def from_fields_mending(fields: dict[str, Any], *, strict: bool = False) -> Post:
    """`from_fields`, without those optional dates and numbers that cannot be read. Raises `BadPost` for all else."""
    kept = {name: dict(value) if isinstance(value, dict) else value for name, value in fields.items()}
    left_out = tuple(said for path, kind in _MENDABLE if (said := _leave_out(kept, path, kind, strict)))
    post = from_fields(kept, strict=strict)
    return (
        Mended(**{name: getattr(post, name) for name in post.__struct_fields__}, left_out=left_out)
        if left_out
        else post
    )


def _leave_out(fields: dict[str, Any], path: str, kind: Any, strict: bool) -> str | None:
    """Takes the field away where it cannot be read, and says why."""
    *above, name = path.split(".")
    holder = fields.get(above[0]) if above else fields
    if not isinstance(holder, dict) or name not in holder:
        return None
    try:
        msgspec.convert(holder[name], kind, strict=strict)
    except (msgspec.ValidationError, OverflowError) as error:
        value = holder.pop(name)
        stood = f", and “{str(value)[:40]}” stands there" if isinstance(value, str | int | float) else ""
        return f"`{path}` was left out: {error}{stood}"
    return None


def from_fields(fields: dict[str, Any], *, strict: bool = False) -> Post:
    """The same as `decode`, for a record that is already a mapping (a CSV row, a parsed payload). Unless it is strict,
    numbers may be written as text."""
    try:
        return msgspec.convert(fields, Post, strict=strict)
    except msgspec.ValidationError as error:
        raise BadPost(_in_plain_words(str(error))) from error


def encode(post: Post) -> bytes:
    """The post as one line of our input format."""
    return _encoder.encode(post)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of our input format, made from the type."""
    return msgspec.json.schema(Post)


def must_be_dated_in_our_time(post: Post) -> Post:
    """The post; its instants carry a zone. Raises `BadPost` where a date is none that a post can have: from such a one
    no deadline can be reckoned."""
    for name in _INSTANTS:
        value = getattr(post, name)
        if value is not None and not _FIRST_YEAR < value.year < _LAST_YEAR:
            raise BadPost(
                f"`{name}` is {value.isoformat()}, which is no date of a post (years {_FIRST_YEAR + 1} to "
                f"{_LAST_YEAR - 1}): mend it, or leave it out"
            )
    return post


def in_zone(post: Post, zone: tzinfo = UTC) -> tuple[Post, int]:
    """Give every instant a zone; the second value counts those that had none."""
    without = {
        name: value.replace(tzinfo=zone)
        for name in _INSTANTS
        if (value := getattr(post, name)) is not None and value.tzinfo is None
    }
    opened = post.author.created_at
    author = post.author
    if opened is not None and opened.tzinfo is None:
        author = msgspec.structs.replace(author, created_at=opened.replace(tzinfo=zone))
    naive = len(without) + (author is not post.author)
    return (msgspec.structs.replace(post, author=author, **without), naive) if naive else (post, 0)


def _in_plain_words(error: str) -> str:
    """msgspec's message, with the way out for the faults people make most."""
    if "missing required field" in error:
        return f"{error}: every post needs an `id` and a `text`"
    if "malformed" in error or "truncated" in error:
        return f"not JSON ({error}): one JSON object a line"
    if "Expected `object`" in error:
        return f'{error}: one JSON object a line, such as {{"id": "1", "text": "…"}}'
    return error
