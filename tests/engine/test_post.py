"""Records before → posts after."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.engine.post import BadPost, Mended, decode, decode_mending, from_fields_mending, in_zone


@pytest.mark.parametrize("opening", [b'{"id":"b4","text":"t","a":', b'{"id":"b4","text":', b'{"id":"b4","media":', b""])
@pytest.mark.parametrize("read", [decode, decode_mending])
def test_lists_in_lists_without_end_are_no_post(opening: bytes, read: Any) -> None:
    deep = opening + b"[" * 100_000 + b"]" * 100_000 + (b"}" if opening else b"")

    with pytest.raises(BadPost):
        read(deep)


@pytest.mark.parametrize(
    ("told", "path"),
    [
        ({"created_at": "yesterday"}, "created_at"),
        ({"created_at": 1700000000}, "created_at"),
        ({"created_at": {"seconds": 5}}, "created_at"),
        ({"edited_at": "2026-02-30T10:00:00Z"}, "edited_at"),
        ({"rating": "five"}, "rating"),
        ({"engagement": {"likes": -1, "shares": 7}}, "engagement.likes"),
        ({"author": {"name": "Ana", "followers": "many"}}, "author.followers"),
        ({"author": {"name": "Ana", "created_at": "2020"}}, "author.created_at"),
    ],
)
def test_a_post_outlives_a_date_or_number_that_cannot_be_read(told: dict[str, Any], path: str) -> None:
    post = decode_mending(json.dumps({"id": "1", "text": "It leaks", **told}))

    assert isinstance(post, Mended)
    assert (post.id, post.text) == ("1", "It leaks")
    (said,) = post.left_out
    assert said.startswith(f"`{path}` was left out: ")
    assert post.author.name == told.get("author", {}).get("name")
    assert post.engagement.shares == told.get("engagement", {}).get("shares")
    assert isinstance(in_zone(post)[0], Mended)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"text": 5}, "text"),
        ({"id": "i" * 513}, "512"),
        ({"visibility": "secret", "created_at": "never"}, "visibility"),
        ({"deleted_at": "yesterday"}, "deleted_at"),
        ({"author": "Ana"}, "author"),
    ],
)
def test_what_a_post_cannot_do_without_is_told(told: dict[str, Any], words: str) -> None:
    with pytest.raises(BadPost, match=words):
        decode_mending(json.dumps({"id": "1", "text": "t", **told}))


def test_a_row_of_a_table_may_write_numbers_as_text() -> None:
    post = from_fields_mending({"id": "1", "text": "t", "rating": "4", "engagement": {"likes": "3", "views": "?"}})

    assert isinstance(post, Mended)
    assert (post.rating, post.engagement.likes, post.engagement.views) == (4, 3, None)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(["created_at", "received_at", "edited_at", "rating"]), json_values)
def test_no_date_or_number_ever_costs_a_post(name: str, value: Any) -> None:
    post = from_fields_mending({"id": "1", "text": "t", name: value})

    assert (post.id, post.text) == ("1", "t")
