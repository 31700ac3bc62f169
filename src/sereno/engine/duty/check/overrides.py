"""Overrides, in their order: whoever takes over is there, and whoever is replaced would have been.

The pattern is spread out once, over the days that overrides touch, and each override is put on top of what those before
it left.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from sereno.engine.duty.check.size import DAY, LONGEST, days_of, moments_of
from sereno.engine.duty.roster import Override, Roster
from sereno.engine.duty.rota import Holidays, Stood, absences, of_day
from sereno.engine.duty.stretches import within
from sereno.engine.plan.check.issue import Issue, error, warning

MOST_WORK = 50_000
"""Stretches handed on, all overrides together."""


def overrides(roster: Roster) -> Iterator[Issue]:
    away, there = absences(roster), _pattern(roster)
    for index, override in enumerate(roster.overrides):
        starts, ends = moments_of(roster, override)
        named = {"part": "override", "name": override.person}
        if within([(starts, ends)], away.get(override.person, ())):
            yield warning(("overrides", index, "person"), "roster-override-on-leave", **named)
        took = there.hand_on(override, roster.timezone)
        if there.work > MOST_WORK:
            yield error(("overrides", index), "roster-too-many-overrides", **named)
            return
        if override.instead_of is not None and ends - starts <= LONGEST and not took:
            yield warning(
                ("overrides", index), "roster-override-idle", **named, person=override.instead_of, role=override.role
            )


def _pattern(roster: Roster) -> Stood:
    taking = [each for each in roster.overrides if each.instead_of is not None]
    away, holidays = absences(roster), Holidays(roster)
    return Stood(
        each
        for day in _days(roster, taking)
        for shift in roster.shifts
        for each in of_day(shift, roster, day, away, holidays)
    )


def _days(roster: Roster, taking: list[Override]) -> Iterator[date]:
    """The first days of turns that may run while somebody takes over, each once."""
    zone, after = ZoneInfo(roster.timezone), date.min
    for starts, ends in days_of(roster, taking):
        day = max(starts.astimezone(zone).date(), after)
        after = ends.astimezone(zone).date() + DAY
        while day < after:
            yield day
            day += DAY
