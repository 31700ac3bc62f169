"""Two texts of the plan side by side: the changes in words, and the lines themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sereno.desk.words import language
from sereno.engine.plan.change_words import say_change
from sereno.engine.plan.changes import Hunk, changes, unified
from sereno.engine.plan.model import Plan

MOST_LINES = 2000
_SORTS = {"same": "same", "removed": "less", "added": "more"}
_MARKS = {"same": " ", "removed": "−", "added": "+"}


@dataclass(frozen=True, slots=True)
class DiffLine:
    sort: str
    """`more`, `less`, `same`, or `place` between two stretches."""
    mark: str
    number: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Differing:
    words: tuple[str, ...]
    """Changes of meaning, one a line; empty where only comments or spaces differ, or where a text has errors."""
    lines: tuple[DiffLine, ...]
    cut: bool
    """There are more lines than the page shows."""
    readable: bool
    """Both texts are valid plans, so that the changes can be told in words."""

    @property
    def any(self) -> bool:
        return bool(self.lines)


def differing(before: str, after: str, plans: tuple[Plan | None, Plan | None]) -> Differing:
    """`plans` are the two texts as plans; None for one that has errors."""
    old, new = plans
    words: tuple[str, ...] = ()
    if old is not None and new is not None:
        words = tuple(say_change(change, language(), new) for change in changes(old, new))
    lines = tuple(_lines(unified(before, after, context=2)))
    return Differing(words, lines[:MOST_LINES], len(lines) > MOST_LINES, old is not None and new is not None)


def _lines(hunks: tuple[Hunk, ...]) -> Iterator[DiffLine]:
    for place, hunk in enumerate(hunks):
        if place:
            yield DiffLine("place", "", None, "⋯")
        for line in hunk.lines:
            yield DiffLine(_SORTS[line.kind], _MARKS[line.kind], line.new or line.old, line.text)
