"""The words that mattered, marked in the post. Spans count code points; everything is escaped.

A post is hostile input: the only HTML that leaves this file is ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

ROW_LENGTH = 260
"""Code points of a post that two lines of the inbox can show, with room for wide screens."""
LEAD = 60
"""Code points kept before the first marked word when the start of a long post is left out."""


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    marked: bool


def merge(spans: Iterable[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """Spans in order, clipped to the text, overlapping ones as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted((max(0, start), min(length, end)) for start, end in spans):
        if end <= start:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def pieces(text: str, spans: Iterable[tuple[int, int]]) -> list[Piece]:
    """The text cut at its spans; joined together the pieces are the text again."""
    cut, at = [], 0
    for start, end in merge(spans, len(text)):
        if start > at:
            cut.append(Piece(text[at:start], marked=False))
        cut.append(Piece(text[start:end], marked=True))
        at = end
    if at < len(text):
        cut.append(Piece(text[at:], marked=False))
    return cut


def excerpt(text: str, spans: Sequence[tuple[int, int]], length: int = ROW_LENGTH) -> list[Piece]:
    """What a row shows: the start of the post, or, where the words that mattered come late, the part around them."""
    merged = merge(spans, len(text))
    start = 0
    if merged and merged[0][0] > length - LEAD:
        start = max(0, merged[0][0] - LEAD)
        space = text.find(" ", start, merged[0][0])
        start = space + 1 if space != -1 else start
    end = min(len(text), start + length)
    inside = pieces(text[start:end], [(a - start, b - start) for a, b in merged])
    if start:
        inside.insert(0, Piece("… ", marked=False))
    if end < len(text):
        inside.append(Piece(" …", marked=False))
    return inside


def as_html(cut: Iterable[Piece]) -> SafeString:
    return format_html_join("", "{}", ((_piece(piece),) for piece in cut)) or mark_safe("")


def _piece(piece: Piece) -> SafeString | str:
    return format_html("<mark>{}</mark>", piece.text) if piece.marked else piece.text
