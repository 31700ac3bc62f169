"""Markup before → text after, in bounded time whatever the markup is."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.connectors.plain import MAX_MARKUP, text_of_html


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("5 &lt; 6 <b>bold</b>", "5 < 6 bold"),
        ("<div>" * 300 + "It leaks" + "</div>" * 300, "It leaks"),
        ("<div>" * 300 + "<p>One</p><script>alert(1)</script><p>Two &amp; three</p>", "One\n\nTwo & three"),
        ("<div>" * 300 + "seen<script>alert(1)", "seen"),
        ("<p>One<br>Two", "One\nTwo"),
        (f"<img src='data:{'x' * 300_000}'><p>behind a picture</p>", "behind a picture"),
    ],
)
def test_markup_becomes_what_a_reader_sees(markup: str, text: str) -> None:
    assert text_of_html(markup) == text


@pytest.mark.parametrize(
    "piece",
    ["<div>", "<b>", "<a>", "<p>", "<", "&", "<table><tr><td>", "<div><table></div>", "<div></b>", "<i a='</i>'>",
     "<b><p></b></p>", "<a ", "<!--", "<![CDATA[", "\n ", "<script>", "<div/></div>"],
)  # fmt: skip
def test_no_markup_takes_long(piece: str) -> None:
    begun = time.monotonic()
    text = text_of_html(piece * (2_000_000 // len(piece)))

    assert time.monotonic() - begun < 5
    assert len(text) <= MAX_MARKUP


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.sampled_from(["<div>", "</div>", "<b>", "</b>", "<br>", "<svg>", "</svg>", "x", " & ", "<p>"])),
    st.integers(0, 150),
)
def test_no_tag_is_left_over(pieces: list[str], depth: int) -> None:
    text = text_of_html("<div>" * depth + "".join(pieces))

    assert "<" not in text
    assert ">" not in text
