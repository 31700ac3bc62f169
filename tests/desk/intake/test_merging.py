"""Merging by property: whatever order sightings come in, the same is known in the end."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from functools import reduce
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.desk.intake.merging import AUTHOR_FIELDS, AuthorState, PostState, merge, merge_authors, pack, unpack
from sereno.desk.intake.sighted import sighted
from sereno.engine import post as engine
from tests.desk.intake.desk import NOON

_times = st.integers(0, 8).map(lambda minutes: NOON + timedelta(minutes=minutes))
_counts = st.none() | st.integers(0, 3)


@st.composite
def posts(draw: st.DrawFn) -> engine.Post:
    return engine.Post(
        id="p",
        text=draw(st.sampled_from(["first words", "second words", "third words"])),
        network="x",
        created_at=draw(st.none() | _times),
        edited_at=draw(st.none() | _times),
        deleted_at=draw(st.none() | st.none() | st.none() | _times),
        url=draw(st.none() | st.sampled_from(["https://a.example", "https://b.example"])),
        place=draw(st.sampled_from(["post", "comment", "review"])),
        visibility=draw(st.sampled_from(["public", "private"])),
        own=draw(st.booleans()),
        conversation=draw(st.none() | st.sampled_from(["t1", "t2"])),
        engagement=engine.Engagement(likes=draw(_counts), shares=draw(_counts)),
        author=engine.Author(
            id=draw(st.none() | st.just("7")),
            handle=draw(st.none() | st.sampled_from(["ana", "Ana_2"])),
            name=draw(st.none() | st.just("Ana")),
            followers=draw(_counts),
        ),
    )


def state(
    post: engine.Post, seen_at: datetime, record: int, *, backfilled: bool
) -> tuple[PostState, AuthorState | None]:
    told = sighted(
        post, brand=1, source=record % 2, record=record, via="search", received_at=seen_at, backfilled=backfilled,
        dates_without_zone=0,
    )  # fmt: skip
    return told.post, told.author


_sightings = st.lists(st.tuples(posts(), _times, st.booleans()), min_size=1, max_size=4)


@given(_sightings, st.data())
@settings(max_examples=120, deadline=None)
def test_any_order_and_any_repetition_ends_in_the_same_post(told: list[Any], data: st.DataObject) -> None:
    states = [state(post, at, record, backfilled=old)[0] for record, (post, at, old) in enumerate(told)]
    end = reduce(merge, states)

    for order in itertools.permutations(states):
        assert reduce(merge, order) == end
    again = data.draw(st.lists(st.sampled_from(states), max_size=6))
    assert reduce(merge, again, end) == end


@given(_sightings)
@settings(max_examples=80, deadline=None)
def test_merging_in_two_workers_is_merging_in_one(told: list[Any]) -> None:
    states = [state(post, at, record, backfilled=old)[0] for record, (post, at, old) in enumerate(told)]
    for cut in range(1, len(states)):
        assert merge(reduce(merge, states[:cut]), reduce(merge, states[cut:])) == reduce(merge, states)


@given(_sightings)
@settings(max_examples=80, deadline=None)
def test_authors_end_the_same_too(told: list[Any]) -> None:
    states = [state(post, at, record, backfilled=old)[1] for record, (post, at, old) in enumerate(told)]
    known = [each for each in states if each is not None]
    if known:
        end = reduce(merge_authors, known)
        assert all(reduce(merge_authors, order) == end for order in itertools.permutations(known))


@given(_sightings)
@settings(max_examples=80, deadline=None)
def test_nothing_of_a_deleted_post_is_kept(told: list[Any]) -> None:
    states = [state(post, at, record, backfilled=old)[0] for record, (post, at, old) in enumerate(told)]
    end = reduce(merge, states)
    if any(each.deleted_at for each in states):
        assert (end.text, end.media_text, end.said.get("url"), end.older_texts) == ("", "", None, frozenset())
    else:
        assert end.text


@given(_sightings)
@settings(max_examples=80, deadline=None)
def test_the_newest_count_that_was_told_stands(told: list[Any]) -> None:
    states = [state(post, at, record, backfilled=old)[0] for record, (post, at, old) in enumerate(told)]
    counted = [(at, record, post.engagement.likes) for record, (post, at, _) in enumerate(told)]
    newest = max(((at, record, likes) for at, record, likes in counted if likes is not None), default=None)

    assert reduce(merge, states).said.get("likes") == (newest and newest[2])


@given(st.dictionaries(st.sampled_from(AUTHOR_FIELDS), st.tuples(st.integers(0, 9), st.integers(0, 3)), min_size=1))
@settings(deadline=None)
def test_stamps_survive_being_packed(stamps: dict[str, tuple[int, int]]) -> None:
    assert unpack(pack(stamps), stamps) == stamps


def test_the_text_of_the_latest_edit_stands_against_a_stale_copy_that_is_read_later() -> None:
    edited = engine.Post(id="p", text="after", edited_at=NOON)
    stale = engine.Post(id="p", text="before")
    one, _ = state(edited, NOON, 1, backfilled=False)
    other, _ = state(stale, NOON + timedelta(hours=1), 2, backfilled=False)

    merged = merge(one, other)
    assert merged.text == "after"
    assert {text for _, text in merged.older_texts} == {"before"}
