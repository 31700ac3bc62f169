"""Shifts, rotations and moments: each can happen, and ends after it begins."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from sereno.engine.duty.roster import Roster, Shift
from sereno.engine.duty.wall import of_wall
from sereno.engine.plan.check.brand import time_zones
from sereno.engine.plan.check.issue import Issue, error, warning
from sereno.engine.plan.model import write_duration
from sereno.engine.plan.nodes import Path

DAY = timedelta(days=1)
YEARS = range(2000, 2200)
"""Zones know no clock changes of other years, and calendars end."""


def shifts(roster: Roster) -> Iterator[Issue]:
    for index, shift in enumerate(roster.shifts):
        where: Path = ("shifts", index)
        named = {"part": "shift", "name": shift.shift}
        for number, person in enumerate(shift.people):
            if person in shift.people[:number]:
                yield error((*where, "people", number), "roster-person-twice", **named, person=person)
        if shift.rotate is not None:
            every = shift.rotate.every
            if every < DAY or every % DAY:
                given = write_duration(every)
                yield error((*where, "rotate", "every"), "roster-rotation-days", **named, given=given)
            if shift.rotate.together >= len(shift.people) > 1:
                count = {"together": shift.rotate.together, "count": len(shift.people)}
                yield warning((*where, "rotate", "together"), "roster-rotation-together", **named, **count)
        if not shift.days or (shift.since and shift.until and shift.until < shift.since):
            yield warning(where, "roster-shift-never", **named)
        if _overlap(shift):
            yield error((*where, "hours"), "roster-hours-overlap", **named)


def _overlap(shift: Shift) -> bool:
    """Whether two stretches of one day, or of a day and the next, cover the same hour."""
    spans = sorted(_span(opens, closes) for opens, closes in shift.hours)
    if any(later[0] < earlier[1] for earlier, later in pairwise(spans)):
        return True
    # the last stretch may run into the first one of the next day, where the shift begins on two days that follow
    return len(spans) > 1 and len(shift.days) > 1 and spans[-1][1] - 24 * 60 > spans[0][0]


def _span(opens: time, closes: time) -> tuple[int, int]:
    first, last = opens.hour * 60 + opens.minute, closes.hour * 60 + closes.minute
    return first, last if last > first else last + 24 * 60


def moments(roster: Roster) -> Iterator[Issue]:
    """Days lie in years that a roster can have; what ends does so after it began."""
    far = False
    for where, part, name, day in _days(roster):
        if day.year not in YEARS:
            far = True
            yield error(where, "roster-moment-far", part=part, name=name, year=str(day.year))
    if far or roster.timezone not in time_zones():
        return
    for where, part, name, starts, ends in _stretches(roster):
        if of_wall(ends, roster.timezone) <= of_wall(starts, roster.timezone):
            yield error((*where, "ends"), "roster-ends-first", part=part, name=name)
    for index, override in enumerate(roster.overrides):
        named = {"part": "override", "name": override.person}
        if override.instead_of == override.person:
            yield error(("overrides", index, "instead_of"), "roster-instead-of-self", **named)
        if override.swap and override.instead_of is None:
            yield error(("overrides", index), "roster-swap-alone", **named)


def _days(roster: Roster) -> Iterator[tuple[Path, str, str, date]]:
    for i, shift in enumerate(roster.shifts):
        if shift.rotate is not None:
            yield ("shifts", i, "rotate", "since"), "shift", shift.shift, shift.rotate.since
        for key, day in (("since", shift.since), ("until", shift.until)):
            if day is not None:
                yield ("shifts", i, key), "shift", shift.shift, day
    for where, part, name, starts, ends in _stretches(roster):
        yield (*where, "starts"), part, name, starts
        yield (*where, "ends"), part, name, ends


def _stretches(roster: Roster) -> Iterator[tuple[Path, str, str, datetime, datetime]]:
    for i, override in enumerate(roster.overrides):
        yield ("overrides", i), "override", override.person, override.starts, override.ends
    for i, absence in enumerate(roster.absences):
        yield ("absences", i), "absence", absence.person, absence.starts, absence.ends
    for i, gap in enumerate(roster.gaps):
        yield ("gaps", i), "gap", gap.role, gap.starts, gap.ends
