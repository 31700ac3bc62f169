"""A delivery holds one post, a list of posts, or {"posts": […]}, in our post format. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import msgspec

from sereno.connectors.base import Malformed, RawItem, Settings, digest_of
from sereno.connectors.records import post_of_json
from sereno.engine.post import Post


class _Envelope(msgspec.Struct):
    posts: list[msgspec.Raw]


def receive(body: bytes) -> Sequence[RawItem]:
    """The records of a delivery, each with the very bytes that were sent.

    Raises `Malformed` where the body is no JSON of one of the three forms: nothing was promised yet, and the sender
    still holds it. A record inside that is no post is taken all the same, and becomes a dead letter.
    """
    records = _records(body)
    return [
        RawItem(digest_of(record), record, "webhook", place=f"posts[{i}]" if len(records) > 1 else "")
        for i, record in enumerate(records)
    ]


def _records(body: bytes) -> list[bytes]:
    try:
        opened: Any = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return [json.dumps(record).encode() for record in _posts_in(_leniently(body))]
    _posts_in(opened)
    if isinstance(opened, list):
        return [bytes(raw) for raw in msgspec.json.decode(body, type=list[msgspec.Raw])]
    if "posts" in opened:
        return [bytes(raw) for raw in msgspec.json.decode(body, type=_Envelope).posts]
    return [body]


def _leniently(body: bytes) -> Any:
    """Half a character pair (a text cut in the middle of an emoji) is refused by strict readers alone; it is kept as it
    is, and mended when the record is understood."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Malformed(f"the body is not JSON ({error}); send one post, a list, or {{'posts': […]}}") from error


def _posts_in(opened: Any) -> list[Any]:
    if isinstance(opened, list):
        return opened
    if not isinstance(opened, dict):
        raise Malformed("the body is no JSON object or list; send one post, a list, or {'posts': […]}")
    posts = opened.get("posts", [opened])
    if not isinstance(posts, list):
        raise Malformed("'posts' is not a list; send {'posts': [{…}, {…}]}")
    return posts


def parse(body: bytes, settings: Settings) -> Sequence[Post]:  # noqa: ARG001 — part of the contract
    return [post_of_json(body)]
