"""Sets of moments as stretches: [start, end) pairs in order that neither touch nor overlap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

Stretch = tuple[datetime, datetime]


def union(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Everything that is in one of them."""
    joined: list[Stretch] = []
    for starts, ends in sorted(pair for pair in stretches if pair[0] < pair[1]):
        if joined and starts <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], ends))
        else:
            joined.append((starts, ends))
    return joined


def without(whole: Iterable[Stretch], taken: Iterable[Stretch]) -> list[Stretch]:
    """What is in `whole` and not in `taken`."""
    gone = union(taken)
    left: list[Stretch] = []
    place = 0
    for starts, ends in union(whole):
        while place < len(gone) and gone[place][1] <= starts:
            place += 1
        at, cursor = starts, place
        while cursor < len(gone) and gone[cursor][0] < ends:
            if at < gone[cursor][0]:
                left.append((at, gone[cursor][0]))
            at = max(at, gone[cursor][1])
            cursor += 1
        if at < ends:
            left.append((at, ends))
    return left


def within(whole: Iterable[Stretch], limits: Iterable[Stretch]) -> list[Stretch]:
    """What is in both."""
    everything = union(whole)
    return without(everything, without(everything, limits))


def length(stretches: Iterable[Stretch]) -> timedelta:
    return sum((ends - starts for starts, ends in union(stretches)), timedelta())


def cut(stretches: Iterable[Stretch], every: Iterable[datetime]) -> Iterator[Stretch]:
    """The stretches, parted at these moments."""
    moments = sorted(every)
    for starts, ends in stretches:
        at = starts
        for moment in moments:
            if at < moment < ends:
                yield at, moment
                at = moment
        yield at, ends
