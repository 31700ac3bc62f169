"""Merged states to rows and back. Decides one thing alone: which changes are news, so that a post is judged again."""

from __future__ import annotations

from sereno.desk.intake.merging import (
    AUTHOR_FIELDS,
    NEVER,
    AuthorState,
    PostState,
    pack,
    told,
    unpack,
)
from sereno.desk.intake.models import Author, AuthorIdentity, Observation, Post, PostText, Sighting, Stage
from sereno.desk.intake.search import folded_name
from sereno.desk.intake.sighted import Sighted
from sereno.engine.fold import fold

Key = tuple[int, str, str]

AUTHOR_COLUMNS = ["followers", "verified", "opened_at", "first_seen_at", "stamps"]
IDENTITY_COLUMNS = ["handle", "handle_lower", "name", "folded"]
TEXT_COLUMNS = ["text", "media_text", "url", "folded"]
POST_COLUMNS = [
    "source", "author", "place", "visibility", "created_at", "received_at", "edited_at", "deleted_at", "own",
    "conversation", "in_reply_to", "repost_of", "rating", "lang_hint", "likes", "replies", "shares", "views",
    "backfilled", "stage", "stamps",
]  # fmt: skip
_SAID_OF_POST = (
    "place", "created_at", "conversation", "in_reply_to", "repost_of", "rating", "lang_hint",
    "likes", "replies", "shares", "views",
)  # fmt: skip
_EMPTY = {"place": "post", "conversation": "", "in_reply_to": "", "repost_of": "", "lang_hint": ""}


# --- authors


def author_row(key: Key, state: AuthorState) -> Author:
    brand, network, external_id = key
    author = Author(brand_id=brand, network=network, external_id=external_id)
    _put_numbers(author, state)
    return author


def identity_row(author: Author, state: AuthorState) -> AuthorIdentity:
    handle = str(state.said.get("handle", ""))
    name = str(state.said.get("name", ""))
    return AuthorIdentity(
        author=author, handle=handle, handle_lower=handle.lower()[:255], name=name, folded=folded_name(name, handle)
    )


def author_state(author: Author) -> AuthorState:
    identity = getattr(author, "identity", None)  # none: it was erased
    said = told(
        followers=author.followers,
        verified=author.verified,
        opened_at=author.opened_at,
        handle=identity.handle if identity else "",
        name=identity.name if identity else "",
    )
    return AuthorState(said, unpack(author.stamps, said), author.first_seen_at)


def put_author(author: Author, state: AuthorState) -> None:
    _put_numbers(author, state)
    if hasattr(author, "identity"):
        fresh = identity_row(author, state)
        for name in IDENTITY_COLUMNS:
            setattr(author.identity, name, getattr(fresh, name))


def _put_numbers(author: Author, state: AuthorState) -> None:
    author.followers = state.said.get("followers")
    author.verified = state.said.get("verified")
    author.opened_at = state.said.get("opened_at")
    author.first_seen_at = state.first_seen_at
    author.stamps = pack({name: state.stamps[name] for name in AUTHOR_FIELDS if name in state.stamps})


# --- posts


def post_row(key: Key, state: PostState, authors: dict[Key, Author]) -> Post:
    brand, network, external_id = key
    post = Post(brand_id=brand, network=network, external_id=external_id)
    # what was gone before we knew of it has nothing to judge
    post.stage = Stage.STORED if state.deleted_at is None else Stage.JUDGED
    _put(post, state, authors)
    return post


def text_row(post: Post, state: PostState) -> PostText:
    text = PostText(post=post, text=state.text, media_text=state.media_text, url=str(state.said.get("url", "")))
    text.folded = fold(text.whole())
    return text


def post_state(post: Post) -> PostState:
    said = told(
        **{name: getattr(post, name) for name in _SAID_OF_POST if getattr(post, name) != _EMPTY.get(name)},
        url=post.text.url,
    )
    marks = unpack(post.stamps, dict.fromkeys([*said, "=text", "=author", "=first"]))
    return PostState(
        said=said,
        stamps={name: marks[name] for name in said},
        text=post.text.text,
        media_text=post.text.media_text,
        edited_at=post.edited_at,
        text_stamp=marks["=text"],
        author=post.author.external_id if post.author else None,
        author_stamp=marks["=author"] if post.author else NEVER,
        first_seen_at=post.received_at,
        first_stamp=marks["=first"],
        source=post.source_id,
        own=post.own,
        private=post.visibility == "private",
        backfilled=post.backfilled,
        deleted_at=post.deleted_at,
    )


def put_post(post: Post, before: PostState, after: PostState, authors: dict[Key, Author]) -> None:
    """Carry the merged state into the row, and send it to be judged again where that can change the judgement."""
    _put(post, after, authors)
    fresh = text_row(post, after)
    for name in TEXT_COLUMNS:
        setattr(post.text, name, getattr(fresh, name))
    if after.deleted_at is None and _news(before) != _news(after):
        post.stage = Stage.STORED


def _news(state: PostState) -> tuple[object, ...]:
    """What a judgement rests on: the words, who wrote them, in which thread, and how fast they spread."""
    said = state.said
    return (
        state.text, state.media_text, state.author, state.own, state.private, state.backfilled, said.get("place"),
        said.get("conversation"), said.get("in_reply_to"), said.get("shares"), said.get("rating"),
    )  # fmt: skip


def _put(post: Post, state: PostState, authors: dict[Key, Author]) -> None:
    for name in _SAID_OF_POST:
        setattr(post, name, state.said.get(name, _EMPTY.get(name)))
    author = authors.get((post.brand_id, post.network, state.author)) if state.author else None
    if author is not None:
        post.author = author
    post.source_id = state.source
    post.visibility = "private" if state.private else "public"
    post.own = state.own
    post.received_at = state.first_seen_at
    post.edited_at = state.edited_at
    post.deleted_at = state.deleted_at
    post.backfilled = state.backfilled
    marks = {"=text": state.text_stamp, "=author": state.author_stamp, "=first": state.first_stamp}
    post.stamps = pack({**state.stamps, **marks})


# --- history


def sighting_row(each: Sighted, post: Post) -> Sighting:
    return Sighting(
        brand_id=each.brand, post=post, record_id=each.record, source_id=each.source, via=each.via, seen_at=each.seen_at
    )


def observation_row(each: Sighted, post: Post, kind: Observation.Kind) -> Observation:
    return Observation(brand_id=each.brand, post=post, record_id=each.record, kind=kind, at=each.seen_at)


def counts_row(each: Sighted, post: Post) -> Observation:
    row = observation_row(each, post, Observation.Kind.ENGAGEMENT)
    for name in ("likes", "replies", "shares", "views"):
        setattr(row, name, each.post.said.get(name))
    return row
