"""A delivery holds one post, a list of posts, or {"posts": […]}, in our post format. Pure."""

from __future__ import annotations

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
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        if b"\\u" not in body:
            raise Malformed(f"the body is not JSON ({error}); send one post, a list, or {{'posts': […]}}") from error
        opened = None  # half a character pair in some text: the records are cut out below without reading texts
    try:
        if isinstance(opened, list) or (opened is None and body.lstrip()[:1] == b"["):
            return [bytes(raw) for raw in msgspec.json.decode(body, type=list[msgspec.Raw])]
        if opened is None or (isinstance(opened, dict) and "posts" in opened):
            return [bytes(raw) for raw in msgspec.json.decode(body, type=_Envelope).posts]
    except msgspec.ValidationError as error:
        if opened is not None:
            raise Malformed(f"'posts' is not a list ({error}); send {{'posts': [{{…}}, {{…}}]}}") from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise Malformed(f"the body is not JSON ({error}); send one post, a list, or {{'posts': […]}}") from error
    if opened is None or isinstance(opened, dict):
        return [body]
    raise Malformed("the body is no JSON object or list; send one post, a list, or {'posts': […]}")


def parse(body: bytes, settings: Settings) -> Sequence[Post]:  # noqa: ARG001 — part of the contract
    return [post_of_json(body)]
