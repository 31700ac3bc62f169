"""A roster that can be spread out while somebody waits: what is beyond that is refused, with what makes it so large.

Looked at before anything is spread out. Text and lists have limits of their own (`plan/nodes.py`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sereno.engine.duty.roster import Absence, AcceptedGap, Override, Roster, Shift
from sereno.engine.duty.stretches import Stretch, length, union
from sereno.engine.duty.wall import of_wall
from sereno.engine.plan.check.issue import Issue, error

DAY = timedelta(days=1)
DAYS_A_QUARTER = 91
LONGEST = timedelta(days=800)
"""Overrides and gaps that last longer are not looked at day by day."""
MOST_A_QUARTER = 20_000
"""Stretches that all shifts together make in a quarter: seventy people at once, day and night, in three shifts."""
MOST_OVERRIDDEN, MOST_LACKING = 200_000, 100_000
"""Stretches of the pattern in the days that overrides, and that accepted gaps, touch."""
MOST_QUIET = 20


def size(roster: Roster) -> Iterator[Issue]:
    made = 0
    for index, shift in enumerate(roster.shifts):
        made += _a_quarter(shift)
        if made > MOST_A_QUARTER:
            yield error(
                ("shifts", index), "roster-too-much", part="shift", name=shift.shift, most=f"{MOST_A_QUARTER:,}"
            )
            return
    for index, person in enumerate(roster.people):
        if len(person.quiet) > MOST_QUIET:
            yield error(
                ("people", index, "quiet"), "roster-too-much-quiet", part="person", name=person.person, most=MOST_QUIET
            )
    place = _too_long(roster, roster.gaps, _days(MOST_LACKING, made))
    if place is not None:
        yield error(("gaps", place), "roster-too-many-gaps", part="gap", name=roster.gaps[place].role)
    place = _too_long(roster, roster.overrides, _days(MOST_OVERRIDDEN, made))
    if place is not None:
        name = roster.overrides[place].person
        yield error(("overrides", place), "roster-too-many-overrides", part="override", name=name)


def _days(stretches: int, a_quarter: int) -> timedelta:
    """In which the pattern makes so many."""
    return timedelta(days=stretches * DAYS_A_QUARTER // max(a_quarter, 1))


def _a_quarter(shift: Shift) -> int:
    at_once = min(shift.rotate.together, len(shift.people)) if shift.rotate else len(shift.people)
    return at_once * len(shift.hours) * len(shift.days) * DAYS_A_QUARTER // 7


def _too_long(roster: Roster, entries: Sequence[Override | AcceptedGap], longest: timedelta) -> int | None:
    """The entry with which the days that all up to it touch become too many."""
    touched = [stretch for _index, stretch in looked_at(roster, entries)]
    if length(touched) <= longest:
        return None
    first = bisect_left(range(len(touched)), True, key=lambda n: length(touched[: n + 1]) > longest)
    return looked_at(roster, entries)[first][0]


def looked_at(roster: Roster, entries: Sequence[Override | Absence | AcceptedGap]) -> list[tuple[int, Stretch]]:
    """Place and time of the entries that are looked at day by day; a turn of the day before may still run in them."""
    found = []
    for index, each in enumerate(entries):
        starts, ends = moments_of(roster, each)
        if starts < ends and ends - starts <= LONGEST:
            found.append((index, (starts - 2 * DAY, ends + DAY)))
    return found


def moments_of(roster: Roster, each: Override | Absence | AcceptedGap) -> tuple[datetime, datetime]:
    return of_wall(each.starts, roster.timezone), of_wall(each.ends, roster.timezone)


def days_of(roster: Roster, entries: Sequence[Override | Absence | AcceptedGap]) -> list[Stretch]:
    return union(stretch for _index, stretch in looked_at(roster, entries))
