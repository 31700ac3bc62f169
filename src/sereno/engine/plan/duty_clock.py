"""The deadlines of a whole column of posts: `deadlines.py` for arrays of instants, equal to it to the microsecond.

Duty time that has passed is a monotone function of the instant, so a deadline is its inverse at *passed + length*: two
binary searches over the stretches of duty, for all posts at once (ADR 16). A property test compares the two across
changes of the clock, holidays and empty days.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import product
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from sereno.engine.columns import Coded, Instants, Mask, Value, instants
from sereno.engine.plan.deadlines import HORIZON, duty_stretches, statutory_rule, too_few_duty_hours
from sereno.engine.plan.model import LIGHTS, Degree, DutyHours, Plan

Microseconds = NDArray[np.int64]
MICROSECOND = timedelta(microseconds=1)
_LOOK_EVERY = timedelta(hours=3)
"""How finely a zone is searched for changes of its clock; a change that is taken back sooner would go unseen."""


@dataclass(frozen=True, slots=True, eq=False)
class DutyClock:
    """Stretches of duty as microseconds since 1970, with the duty time that passed before each."""

    opens: Microseconds
    closes: Microseconds
    before: Microseconds
    """Duty time before each stretch, and at the end that of all."""

    @classmethod
    def between(cls, plan: Plan, first: date, last: date) -> DutyClock:
        """The duty of these days, both included."""
        return _clock(plan.duty_hours, plan.brand.timezone, plan.brand.country, first, last)

    def passed(self, at: Microseconds) -> Microseconds:
        """Duty time from the clock's beginning to each instant."""
        if not len(self.opens):
            return np.zeros_like(at)
        index = np.searchsorted(self.opens, at, side="right") - 1
        inside = np.maximum(index, 0)
        worked = self.before[inside] + np.minimum(at, self.closes[inside]) - self.opens[inside]
        return np.where(index < 0, 0, worked)

    def instant(self, duty: Microseconds) -> tuple[Microseconds, Mask]:
        """The first instant at which that much duty time (more than none) has passed, and where it lies beyond the
        clock's end."""
        beyond = duty > self.before[-1]
        if not len(self.opens):
            return np.zeros_like(duty), beyond
        index = np.clip(np.searchsorted(self.before, duty, side="left") - 1, 0, len(self.opens) - 1)
        return self.opens[index] + duty - self.before[index], beyond


@dataclass(frozen=True, slots=True, eq=False)
class DeadlineColumns:
    """`Deadlines` of n posts."""

    acknowledge: Instants
    first_answer: Instants
    next_answer: Instants
    resolution: Instants
    statutory: Instants
    """NaT where the law sets none."""
    law: Coded[str | None]


def deadline_columns(
    plan: Plan, light: NDArray[np.int8], starts: Instants, *, country: Coded[str | None], topic: Coded[str],
    complaint: Mask,
) -> DeadlineColumns:  # fmt: skip
    """`deadlines_for` each of these posts; `light` is -1 where there is none."""
    nothing = np.full(len(starts), np.datetime64("NaT", "us"))
    columns = {name: nothing.copy() for name in _TARGETS}
    for rank, degree in enumerate(_DEGREES, start=-1):
        rows = light == rank
        if rows.any():
            target = plan.target_for(degree)
            for name, ends in columns.items():
                length = getattr(target, name)
                ends[rows] = (
                    starts[rows] + np.timedelta64(length, "us")
                    if target.clock == "always"
                    else add_duty_times(starts[rows], length, plan)
                )
    statutory, law = _statutory(plan, starts, country=country, topic=topic, complaint=complaint)
    return DeadlineColumns(**columns, statutory=statutory, law=law)


_DEGREES: tuple[Degree, ...] = ("none", *LIGHTS)
_TARGETS = ("acknowledge", "first_answer", "next_answer", "resolution")


def _statutory(
    plan: Plan, starts: Instants, *, country: Coded[str | None], topic: Coded[str], complaint: Mask
) -> tuple[Instants, Coded[str | None]]:
    ends, laws = np.full(len(starts), np.datetime64("NaT", "us")), np.zeros(len(starts), dtype=np.int32)
    table: tuple[str | None, ...] = tuple(dict.fromkeys([None, *(rule.law for rule in plan.statutory)]))
    for (land, of_land), (about, of_topic) in product(_parts(country), _parts(topic)):
        rule = statutory_rule(plan, country=land, topic=about)
        if rule is None or not (rows := of_land & of_topic & complaint).any():
            continue
        days: Instants = local(starts[rows], plan.brand.timezone).astype("datetime64[D]")
        ends[rows] = end_of_days(days + rule.days, plan.brand.timezone)
        laws[rows] = table.index(rule.law)
    return ends, Coded(laws, table)


def _parts(column: Coded[Value]) -> list[tuple[Value, Mask]]:
    return [(value, column.codes == code) for code, value in enumerate(column.table)]


def add_duty_times(starts: Instants, length: timedelta, plan: Plan) -> Instants:
    """`add_duty_time` for each of these starts. Raises ValueError where the plan has no duty hours to count."""
    if length <= timedelta() or not len(starts):
        return starts
    at, added = _microseconds(starts), length // MICROSECOND
    ends = np.empty_like(at)
    too_late = np.zeros(len(at), dtype=np.bool_)
    for clock, rows in _clocks(starts, plan):
        ends[rows], beyond = clock.instant(clock.passed(at[rows]) + added)
        too_late[rows] = beyond | (ends[rows] - at[rows] > HORIZON // MICROSECOND)
    if too_late.any():
        raise too_few_duty_hours(plan, length)
    return _instants(ends)


def _clocks(starts: Instants, plan: Plan) -> Iterator[tuple[DutyClock, Mask]]:
    """For each year (in the brand's zone) in which something starts: the clock of that year and what its longest
    deadline may reach."""
    years = local(starts, plan.brand.timezone).astype("datetime64[Y]").astype(np.int64) + 1970
    for year in np.unique(years).tolist():
        first = date(year, 1, 1)
        yield DutyClock.between(plan, first, first + timedelta(days=366) + HORIZON), years == year


@lru_cache(maxsize=64)
def _clock(duty: DutyHours, timezone: str, country: str | None, first: date, last: date) -> DutyClock:
    stretches = list(duty_stretches(first, last, duty, timezone, country))
    opens = _microseconds(instants([opens for opens, _closes in stretches]))
    closes = _microseconds(instants([closes for _opens, closes in stretches]))
    return DutyClock(opens, closes, np.concatenate([[0], np.cumsum(closes - opens)]).astype(np.int64))


def local(at: Instants, timezone: str) -> Instants:
    """What the wall clock of the zone shows at each instant."""
    if not len(at):
        return at
    seconds = at.astype("datetime64[s]").astype(np.int64)
    changes, offsets = _offsets(timezone, int(seconds.min()), int(seconds.max()))
    shown: Instants = at + offsets[np.searchsorted(changes, seconds, side="right")].astype("timedelta64[s]")
    return shown


def _offsets(timezone: str, first: int, last: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The seconds since 1970 at which the zone's offset changes between the two, and the offsets before, between and
    after them."""
    first_year, last_year = (datetime.fromtimestamp(second, UTC).year for second in (first, last))
    found = [change for year in range(first_year, last_year + 1) for change in _changes_in(timezone, year)]
    begins = _offset(ZoneInfo(timezone), int(datetime(first_year, 1, 1, tzinfo=UTC).timestamp()))
    return (
        np.array([at for at, _offset_after in found], dtype=np.int64),
        np.array([begins, *(offset_after for _at, offset_after in found)], dtype=np.int64),
    )


@lru_cache(maxsize=512)
def _changes_in(timezone: str, year: int) -> tuple[tuple[int, int], ...]:
    """Each change of the zone's offset within the (UTC) year: since when, and the offset from then on, in seconds."""
    zone, step = ZoneInfo(timezone), int(_LOOK_EVERY.total_seconds())
    begin, end = (int(datetime(each, 1, 1, tzinfo=UTC).timestamp()) for each in (year, year + 1))
    found, before = [], _offset(zone, begin)
    for at in range(begin + step, end + step, step):
        after = _offset(zone, min(at, end))
        if after != before:
            found.append((_change(zone, at - step, min(at, end), before), after))
        before = after
    return tuple(found)


def _change(zone: ZoneInfo, low: int, high: int, before: int) -> int:
    """The first second after `low` at which the offset is no longer `before`."""
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset(zone, middle) == before else (low, middle)
    return high


def _offset(zone: ZoneInfo, second: int) -> int:
    offset = datetime.fromtimestamp(second, UTC).astimezone(zone).utcoffset()
    return int((offset or timedelta()).total_seconds())


def end_of_days(days: Instants, timezone: str) -> Instants:
    """The last second of each of these days in the zone, as an instant."""
    zone = ZoneInfo(timezone)
    each, place = np.unique(days.astype("datetime64[D]"), return_inverse=True)
    ends = [datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=zone) for day in each.tolist()]
    return instants(ends)[place]


def _microseconds(at: Instants) -> Microseconds:
    return at.astype("datetime64[us]").astype(np.int64)


def _instants(at: Microseconds) -> Instants:
    return at.astype("datetime64[us]")
