"""Contexts for a file of posts: what could be known of each when it came, whatever the order of the lines."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.engine.plan.model import WatchKind
from sereno.engine.post import Author, Engagement, Post
from sereno.engine.replay import recompute

NOON = datetime(2026, 3, 27, 12, tzinfo=UTC)
READ_AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
OURS: tuple[WatchKind, ...] = ("brand",)
THEIRS: tuple[WatchKind, ...] = ("competitor",)


def post(name: str, days: float | None, author: str | None = "ana", **more: Any) -> Post:
    at = None if days is None else NOON + timedelta(days=days)
    return Post(id=name, text="…", created_at=at, author=Author(id=author), **{"network": "x", **more})


def repeats(*posts: Post, about: list[tuple[WatchKind, ...]] | None = None) -> dict[str, int]:
    contexts = recompute(posts, about or [OURS] * len(posts), received_at=READ_AT)
    return {each.id: row.repeat_contact for each, row in zip(posts, contexts.rows, strict=True)}


@pytest.mark.parametrize(
    ("posts", "counted", "why"),
    [
        ([post("1", 0), post("2", 1), post("3", 2)], {"1": 0, "2": 1, "3": 2}, "each counts those before it"),
        ([post("3", 2), post("1", 0), post("2", 1)], {"1": 0, "2": 1, "3": 2}, "whatever the order of the lines"),
        ([post("1", 0), post("2", 1, "ben")], {"1": 0, "2": 0}, "another person is another matter"),
        ([post("1", 0), post("2", 1, network="mail")], {"1": 0, "2": 0}, "ids are of one network"),
        ([post("1", 0), post("2", 30), post("3", 31)], {"1": 0, "2": 1, "3": 1}, "30 days, then it is a new matter"),
        ([post("1", 0, None), post("2", 1, None)], {"1": 0, "2": 0}, "nobody is known to have written before"),
        ([post("1", 0, own=True), post("2", 1)], {"1": 0, "2": 0}, "our own posts are no contact"),
        ([post("1", 0), post("1", 0), post("2", 1)], {"1": 0, "2": 1}, "a post that stands there twice is one"),
        ([post("a", 0), post("b", 0)], {"a": 0, "b": 1}, "of one moment, by their ids"),
    ],
)
def test_repeated_contacts_are_counted_in_the_order_of_events(
    posts: list[Post], counted: dict[str, int], why: str
) -> None:
    assert repeats(*posts) == counted, why


def test_what_somebody_wrote_about_others_is_no_contact_with_us() -> None:
    assert repeats(post("1", 0), post("2", 1), post("3", 2), about=[THEIRS, OURS, OURS]) == {"1": 0, "2": 0, "3": 1}


def test_who_has_no_id_is_known_by_the_handle() -> None:
    first, second = (
        Post(id=name, text="…", created_at=NOON, author=Author(handle="@ana"), network="x") for name in ("1", "2")
    )
    assert repeats(first, second) == {"1": 0, "2": 1}


def test_a_post_came_when_the_file_says_else_when_it_was_written_else_when_it_is_read() -> None:
    came = NOON + timedelta(hours=1)
    posts = [post("1", 0, received_at=came), post("2", 0), post("3", None), post("4", 0)]
    posts[3] = Post(id="4", text="…", created_at=datetime(2026, 3, 27, 12))
    found = recompute(posts, [OURS] * 4, received_at=READ_AT)
    assert [row.received_at for row in found.rows] == [came, NOON, READ_AT, NOON]


def test_reach_stars_and_shares_are_those_of_the_file_and_nothing_is_backfilled() -> None:
    one = Post(
        id="1", text="…", network="google", place="review", rating=1.0, author=Author(followers=7),
        engagement=Engagement(shares=3), visibility="private",
    )  # fmt: skip
    (row,) = recompute([one], [("brand", "product")], received_at=READ_AT).rows
    assert (row.network, row.place, row.rating, row.followers, row.shares) == ("google", "review", 1.0, 7, 3)
    assert (row.visibility, row.about, row.backfilled, row.own) == ("private", ("brand", "product"), False, False)


POSTS = st.builds(
    lambda name, days, author, network, own, ours: (post(f"{name}", days, author, network=network, own=own), ours),
    st.integers(0, 30),
    st.integers(0, 80),
    st.sampled_from(["ana", "ben", None]),
    st.sampled_from(["x", "mail"]),
    st.sampled_from([False, False, True]),
    st.sampled_from([OURS, THEIRS, ()]),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(POSTS, max_size=14, unique_by=lambda drawn: drawn[0].id), st.randoms(use_true_random=False))
def test_contexts_do_not_depend_on_the_order_of_the_lines_and_count_as_a_plain_loop_does(
    drawn: list[tuple[Post, tuple[WatchKind, ...]]], chance: random.Random
) -> None:
    def counted(rows: list[tuple[Post, tuple[WatchKind, ...]]]) -> dict[str, int]:
        return repeats(*(one for one, _ in rows), about=[about for _, about in rows])

    plainly = {}
    for one, about in drawn:
        earlier = [
            other
            for other, of_other in drawn
            if not (one.own or other.own)
            and one.author.id is not None
            and (one.network, one.author.id) == (other.network, other.author.id)
            and THEIRS not in (about, of_other)
            and (other.created_at, other.id) < (one.created_at, one.id)
            and one.created_at - other.created_at <= timedelta(days=30)  # type: ignore[operator]
        ]
        plainly[one.id] = len(earlier)
    shuffled = list(drawn)
    chance.shuffle(shuffled)
    assert counted(drawn) == counted(shuffled) == plainly
