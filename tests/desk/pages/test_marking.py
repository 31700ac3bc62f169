"""Words are marked by code points, everything is escaped, and nothing of the post is lost or added."""

from __future__ import annotations

import html
import itertools
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.desk.cases.marking import as_html, excerpt, merge, pieces

texts = st.text(max_size=80)
spans = st.lists(st.tuples(st.integers(-5, 90), st.integers(-5, 90)), max_size=6)


@settings(deadline=None, max_examples=60)
@given(texts, spans)
def test_the_pieces_together_are_the_text(text: str, found: list[tuple[int, int]]) -> None:
    assert "".join(piece.text for piece in pieces(text, found)) == text


@settings(deadline=None, max_examples=60)
@given(texts, spans)
def test_only_our_own_marks_are_html(text: str, found: list[tuple[int, int]]) -> None:
    told = str(as_html(pieces(text, found)))
    bare = re.sub(r"</?mark>", "", told)
    assert "<" not in bare
    assert html.unescape(bare) == text


@settings(deadline=None, max_examples=60)
@given(spans, st.integers(0, 80))
def test_merged_spans_are_apart_and_inside(found: list[tuple[int, int]], length: int) -> None:
    merged = merge(found, length)
    assert all(0 <= start < end <= length for start, end in merged)
    assert all(before[1] < after[0] for before, after in itertools.pairwise(merged))


def test_overlapping_evidence_is_one_mark() -> None:
    assert str(as_html(pieces("a kettle on fire", [(2, 8), (5, 16)]))) == "a <mark>kettle on fire</mark>"


def test_spans_count_code_points_and_not_bytes() -> None:
    assert str(as_html(pieces("😡 płonie", [(2, 8)]))) == "😡 <mark>płonie</mark>"


def test_a_long_post_is_cut_around_the_words_that_mattered() -> None:
    text = "so it began " * 60 + "and then it caught fire in the kitchen " + "and so on " * 60
    start = text.index("caught fire")
    told = str(as_html(excerpt(text, [(start, start + 11)])))
    assert "<mark>caught fire</mark>" in told
    assert told.startswith("… ")
    assert told.endswith(" …")


def test_a_short_post_is_shown_whole() -> None:
    assert str(as_html(excerpt("late again", [(0, 4)]))) == "<mark>late</mark> again"
