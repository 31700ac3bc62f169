"""What a correction would do to other posts, and what it learnt, for people to see before they switch it on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sereno.engine.context import Context
from sereno.engine.correction import Correction, correct
from sereno.engine.learning.asked import light_ranks
from sereno.engine.plan.model import LIGHTS, Plan
from sereno.engine.read import KINDS, Readings


@dataclass(frozen=True, slots=True)
class Moves:
    """What a correction would change among posts it was not made from."""

    examined: int
    moved: tuple[tuple[str, str, int], ...]
    """Light before, light after, how many; the most frequent first."""
    examples: tuple[tuple[int, str, str], ...]
    """Place of the post among those given, light before, light after."""

    @property
    def total(self) -> int:
        return sum(count for _, _, count in self.moved)


def moves(
    readings: Readings, texts: Sequence[str], contexts: Sequence[Context], correction: Correction, plan: Plan,
    *, examples: int = 5,
) -> Moves:  # fmt: skip
    """Which lights the correction would change; examples are taken from every direction in turn."""
    before = light_ranks(readings, contexts, plan).tolist()
    after = light_ranks(correct(readings, texts, correction, plan), contexts, plan).tolist()
    by_direction: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for place, pair in enumerate(zip(before, after, strict=True)):
        if pair[0] != pair[1]:
            by_direction[pair].append(place)
    order = sorted(by_direction, key=lambda pair: (-len(by_direction[pair]), pair))
    turns = [(turn, k, place) for k, pair in enumerate(order) for turn, place in enumerate(by_direction[pair])]
    return Moves(
        len(texts),
        tuple((_name(a), _name(b), len(by_direction[a, b])) for a, b in order),
        tuple((place, _name(order[k][0]), _name(order[k][1])) for _, k, place in sorted(turns)[:examples]),
    )


def _name(rank: int) -> str:
    return LIGHTS[rank] if rank >= 0 else "none"


def strongest(correction: Correction, count: int = 6) -> dict[Literal["graver", "milder"], tuple[str, ...]]:
    """The words and traits that weigh most, for people who want to see what was learnt."""
    table = correction.table()
    gravity = table[1:, len(KINDS)] + table[1:, len(KINDS) + 1] + table[1:, KINDS.index("complaint")]
    names = (*correction.words, *correction.traits)
    ranked: Any = sorted(zip(gravity.tolist(), names, strict=True), key=lambda pair: (-abs(pair[0]), pair[1]))
    return {
        "graver": tuple(name for weight, name in ranked if weight >= 0.1)[:count],
        "milder": tuple(name for weight, name in ranked if weight <= -0.1)[:count],
    }
