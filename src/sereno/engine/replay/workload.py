"""What comes to each role, hour by hour, and whether a queue of its people could answer in time.

**The queue** is a model, and deliberately a plain one. Each role has people on duty (`staff.py`); whoever is free takes
the gravest post that waits, of equally grave ones the one that came first, and needs the same number of minutes for
each. Posts of a step whose clock runs in duty hours are worked on in duty hours only (an answer begun before closing is
finished after opening); posts of a step whose clock always runs, at any hour. Where nobody of the role is on duty,
posts wait; an answer that was begun is finished, also past the end of a shift, and who finishes it begins no other.
Nobody is ill, nobody is interrupted, nobody answers two posts at once. So the figure is no forecast: it says which of
two plans asks more of the same people.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from heapq import heappop, heappush

import numpy as np

from sereno.engine.columns import Instants, Mask
from sereno.engine.plan.duty_clock import DutyClock, local
from sereno.engine.plan.model import Plan
from sereno.engine.replay.difference import Week
from sereno.engine.replay.outcome import Outcome
from sereno.engine.replay.staff import Counts, Staff

_HOUR = np.timedelta64(1, "h")
_DAY = np.timedelta64(1, "D")
_NEVER = 2**62
_MOST_CLOSED = np.timedelta64(60, "D")
"""So far ahead the first duty hour is sought; a plan that is closed for longer counts as open then."""


@dataclass(frozen=True, slots=True, eq=False)
class Hours:
    """The hour of each post's arrival, as a wall clock of the zone shows it."""

    cell: Counts
    """Weekday × 24 + hour; Monday is 0."""
    began: Instants
    """The instant at which that hour began: the hour that comes twice a year is two hours."""

    @classmethod
    def of(cls, at: Instants, zone: str) -> Hours:
        shown = local(at, zone)
        since_hour = shown - shown.astype("datetime64[h]")
        days = shown.astype("datetime64[D]").astype(np.int64)
        hour = (shown - shown.astype("datetime64[D]")) // _HOUR
        return cls(cell=(days + 3) % 7 * 24 + hour, began=at - since_hour)  # the first day of 1970 was a Thursday

    def week(self, rows: Mask) -> Week:
        """How many of these posts came at each hour of the week."""
        return as_week(np.bincount(self.cell[rows], minlength=7 * 24))

    def overloaded(self, rows: Mask, *, staff: Staff, minutes: float) -> Week:
        """How many hours of the past brought more of these posts than the people who were there could answer then."""
        began, place, posts = np.unique(self.began[rows], return_index=True, return_counts=True)
        too_many = posts * minutes > staff.minutes(began)
        cells = self.cell[rows][place[too_many]]
        return as_week(np.bincount(cells, minlength=7 * 24))


def as_week(counts: Counts) -> Week:
    return tuple(tuple(day) for day in counts.reshape(7, 24).tolist())


def unstaffed(outcome: Outcome, rows: Mask, plan: Plan, *, staff: Staff) -> int:
    """For how many of these posts of one role nobody of it is on duty when their clock begins to run."""
    if not rows.any():
        return 0
    start = outcome.start[rows].astype("datetime64[us]")
    clock = _clock(plan, start.min(), start.max() + _MOST_CLOSED)
    at = start.astype(np.int64)
    place = np.minimum(np.searchsorted(clock.closes, at, side="right"), max(len(clock.opens) - 1, 0))
    opening = np.maximum(at, clock.opens[place]) if len(clock.opens) else at
    begins = np.where(outcome.always[rows], at, opening).astype("datetime64[us]")
    return int(np.count_nonzero(staff.at(begins) == 0))


def late_in_queue(outcome: Outcome, rows: Mask, plan: Plan, *, staff: Staff, minutes: float) -> int:
    """How many of these posts of one role the queue answers after their first answer is due, or not at all."""
    if not rows.any():
        return 0
    # posts that are alike in all of this are served in any order to the same effect
    order = np.flatnonzero(rows)
    order = order[np.lexsort((~outcome.always[order], -outcome.light[order], outcome.start[order]))]
    due = outcome.first_answer_by[order]
    clock = _clock(plan, outcome.start[order[0]], due.max())
    queue = _Queue(
        arrives=outcome.start[order].astype(np.int64).tolist(),
        rank=(-outcome.light[order]).tolist(),
        always=outcome.always[order].tolist(),
        due=due.astype(np.int64).tolist(),
        opens=clock.opens.tolist(),
        closes=clock.closes.tolist(),
        changes=staff.changes.tolist(),
        people=staff.people.tolist(),
        length=int(minutes * 60_000_000),
    )
    return queue.late()


def _clock(plan: Plan, first: Instants, last: Instants) -> DutyClock:
    begin, end = (at.astype("datetime64[D]").item() for at in (first, last))
    return DutyClock.between(plan, begin - timedelta(days=1), end + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class _Queue:
    """Posts of one role in the order of their arrival; times in microseconds since 1970."""

    arrives: list[int]
    rank: list[int]
    """The smaller, the graver."""
    always: list[bool]
    due: list[int]
    opens: list[int]
    closes: list[int]
    changes: list[int]
    people: list[int]
    """On duty, from each change on."""
    length: int

    def late(self) -> int:
        now = self.arrives[0]
        busy: list[int] = []
        """When each answer that was begun is ready; the soonest first."""
        waiting: dict[bool, list[tuple[int, int]]] = {True: [], False: []}
        """Round the clock or not → posts, the gravest and then the earliest first."""
        arrived = stretch = shift = in_time = 0
        posts, hopeless, changes = len(self.arrives), max(self.due), [*self.changes[1:], _NEVER]
        while now <= hopeless:
            while busy and busy[0] <= now:
                heappop(busy)
            while changes[shift] <= now:
                shift += 1
            if len(busy) >= self.people[shift]:
                now = min(busy[0] if busy else _NEVER, changes[shift])
                continue
            while arrived < posts and self.arrives[arrived] <= now:
                heappush(waiting[self.always[arrived]], (self.rank[arrived], arrived))
                arrived += 1
            while stretch < len(self.closes) and self.closes[stretch] <= now:
                stretch += 1
            chosen = self._choose(waiting, now, stretch)
            if chosen is None:
                now = self._next(waiting, arrived, stretch)
                continue
            done = now + self.length if self.always[chosen] else self._done(now, stretch)
            in_time += done <= self.due[chosen]
            heappush(busy, done)
        return posts - in_time

    def _choose(self, waiting: dict[bool, list[tuple[int, int]]], now: int, stretch: int) -> int | None:
        """The post to answer now: out of duty hours, only one that is answered round the clock."""
        on_duty = stretch < len(self.opens) and self.opens[stretch] <= now
        workable = [heap for heap in (waiting[True], waiting[False] if on_duty else []) if heap]
        return heappop(min(workable))[1] if workable else None

    def _next(self, waiting: dict[bool, list[tuple[int, int]]], arrived: int, stretch: int) -> int:
        """When there is something to do again."""
        arrival = self.arrives[arrived] if arrived < len(self.arrives) else _NEVER
        opening = self.opens[stretch] if waiting[False] and stretch < len(self.opens) else _NEVER
        return min(arrival, opening)

    def _done(self, now: int, stretch: int) -> int:
        """When an answer that is begun now is ready, in duty hours."""
        left = self.length
        while now + left > self.closes[stretch]:
            left -= self.closes[stretch] - now
            stretch += 1
            if stretch == len(self.closes):
                return _NEVER
            now = self.opens[stretch]
        return now + left
