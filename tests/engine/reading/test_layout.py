"""A batch as one buffer: words, spans in the original, bounded reading."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.engine.fold import fold
from sereno.engine.reading.layout import HEAD, TAIL, cut, lay_out


def words(text: str) -> list[str]:
    layout = lay_out([text])
    return [layout.word(i) for i in range(len(layout.start))]


def test_words_are_folded_and_addresses_left_out() -> None:
    assert words("@acme Żółta łódź! See https://a.example/x or mail me@acme.example") == [
        "zolta", "lodz", "!", "see", "or", "mail",
    ]  # fmt: skip


def test_an_apostrophe_stays_inside_its_word() -> None:
    assert words("don't 'quote' ’tis") == ["don't", "quote", "tis"]


@given(st.lists(st.text(max_size=60), max_size=6))
@settings(deadline=None, max_examples=150)
def test_every_word_is_found_again_at_its_span_of_the_original(texts: list[str]) -> None:
    layout = lay_out(texts)
    for i in range(len(layout.start)):
        text = int(layout.text_of[i])
        start, end = layout.span(text, int(layout.start[i]), int(layout.end[i]))
        assert 0 <= start < end <= len(texts[text])
        assert layout.word(i) in fold(texts[text][start:end])


@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
@settings(deadline=None, max_examples=100)
def test_a_batch_has_the_words_of_its_texts_one_by_one(texts: list[str]) -> None:
    layout = lay_out(texts)
    each = [[layout.word(w) for w in range(*layout.first_word[i : i + 2])] for i in range(len(texts))]
    assert each == [words(text) for text in texts]


def test_of_a_very_long_text_the_beginning_and_the_end_are_read() -> None:
    text = "a " * HEAD + "fire"
    assert len(cut(text)) == HEAD + TAIL + 1
    layout = lay_out([text])
    last = len(layout.start) - 1
    assert layout.word(last) == "fire"
    start, end = layout.span(0, int(layout.start[last]), int(layout.end[last]))
    assert text[start:end] == "fire"
