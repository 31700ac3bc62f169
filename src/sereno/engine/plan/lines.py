"""What differs between two texts, line by line, as values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal

from msgspec import Struct

from sereno.engine.plan.spots import BREAK

MOST_LINES = 5_000
"""Beyond so many changed lines on both sides, a text is told as replaced: comparing each with each takes too long."""
MOST_PAIRS = 1_000_000
"""Nor where so many pairs of lines, one from each text, are the same."""


class Line(Struct, frozen=True):
    """One line of a comparison of texts."""

    kind: Literal["same", "removed", "added"]
    old: int | None
    """Its number (from 1) in the text before; None: it was not there."""
    new: int | None
    text: str


class Hunk(Struct, frozen=True):
    """Lines that differ, with some that do not around them."""

    lines: tuple[Line, ...]


def unified(before: str, after: str, context: int = 3) -> tuple[Hunk, ...]:
    """The lines that differ, with `context` lines around them; nothing where the texts have the same lines."""
    old, new = BREAK.split(before), BREAK.split(after)
    if old == new:
        return ()
    hunks = []
    for group in _grouped(_steps(old, new), context):
        lines: list[Line] = []
        for kind, i1, i2, j1, j2 in group:
            if kind == "equal":
                lines += [Line("same", i + 1, j1 + i - i1 + 1, old[i]) for i in range(i1, i2)]
                continue
            lines += [Line("removed", i + 1, None, old[i]) for i in range(i1, i2)]
            lines += [Line("added", None, j + 1, new[j]) for j in range(j1, j2)]
        hunks.append(Hunk(tuple(lines)))
    return tuple(hunks)


_Step = tuple[str, int, int, int, int]


def _steps(old: list[str], new: list[str]) -> list[_Step]:
    shorter = min(len(old), len(new))
    first = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    last = next((i for i in range(shorter - first) if old[-1 - i] != new[-1 - i]), shorter - first)
    middle = old[first : len(old) - last], new[first : len(new) - last]
    steps: list[_Step] = [("equal", 0, first, 0, first)]
    if min(map(len, middle)) > MOST_LINES or _pairs(*middle) > MOST_PAIRS:
        steps.append(("replace", first, len(old) - last, first, len(new) - last))
    else:
        found = SequenceMatcher(None, *middle, autojunk=False).get_opcodes()
        steps += [(kind, i1 + first, i2 + first, j1 + first, j2 + first) for kind, i1, i2, j1, j2 in found]
    steps.append(("equal", len(old) - last, len(old), len(new) - last, len(new)))
    return [step for step in steps if step[1] < step[2] or step[3] < step[4]]


def _pairs(old: list[str], new: list[str]) -> int:
    met = Counter(new)
    return sum(met[line] for line in old)


def _grouped(steps: list[_Step], context: int) -> Iterator[list[_Step]]:
    """Cut where more lines are the same than are shown."""
    group: list[_Step] = []
    for number, (kind, i1, i2, j1, j2) in enumerate(steps):
        if kind != "equal":
            group.append((kind, i1, i2, j1, j2))
            continue
        is_first, is_last = number == 0, number == len(steps) - 1
        if (group and i2 - i1 > 2 * context) or is_last:
            if group:
                stop = min(context, i2 - i1)
                yield [*group, ("equal", i1, i1 + stop, j1, j1 + stop)]
            group = []
        if not is_last and (is_first or not group):
            start = min(context, i2 - i1)
            group = [("equal", i2 - start, i2, j2 - start, j2)]
        elif not is_last:
            group.append((kind, i1, i2, j1, j2))
    if any(step[0] != "equal" for step in group):
        yield group
