"""What was measured of a correction, as it is stored: counts and post ids, no text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from sereno.desk.learning.models import LearnedCorrection
from sereno.engine.correction import Correction
from sereno.engine.learning.decisions import Agreement, Effect, Lesson
from sereno.engine.learning.moves import Moves


@dataclass(frozen=True, slots=True)
class Example:
    """A post whose light would change."""

    post: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Figures:
    overruled: int
    stood: int
    people: int
    held_by_words: int
    beyond: int
    effect: Effect
    examined: int
    """Other posts that were looked at."""
    moved: tuple[tuple[str, str, int], ...]
    """Light before, light after, how many."""
    examples: tuple[Example, ...]

    @property
    def moved_total(self) -> int:
        return sum(count for _, _, count in self.moved)

    @property
    def lights(self) -> Agreement:
        return self.effect.light

    @property
    def kinds(self) -> Agreement:
        return self.effect.kind


def figures(lesson: Lesson, found: Moves, posts: list[int]) -> Figures:
    """`posts` are the ids of the posts that `found` speaks of."""
    return Figures(
        lesson.overruled, lesson.stood, lesson.people, lesson.held_by_words, lesson.beyond, lesson.effect,
        found.examined, found.moved, tuple(Example(posts[place], a, b) for place, a, b in found.examples),
    )  # fmt: skip


def stored(value: Figures | Correction) -> Any:
    return msgspec.to_builtins(value)


def figures_of(row: LearnedCorrection) -> Figures:
    return msgspec.convert(row.figures, Figures)


def correction_of(row: LearnedCorrection) -> Correction:
    return msgspec.convert(row.weights, Correction)
