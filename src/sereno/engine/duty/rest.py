"""Who has too little rest: advice, by thresholds that stand in the roster.

Counted is duty that is worked: stretches shorter than a day. Whole days (`00:00-00:00`, a week on call) are being on
call, which has rest in it; how often somebody was woken there is told by `fairness.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from sereno.engine.duty.rota import Rota, Watchkeeping
from sereno.engine.duty.stretches import Stretch, length, union, within
from sereno.engine.duty.wall import instant

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
ON_CALL = timedelta(hours=23)
"""A whole day has so many hours at least, on the day on which the clocks go forward."""


@dataclass(frozen=True, slots=True)
class Tired:
    """One person who has too little rest, for the first time."""

    person: str
    why: Literal["rest", "week"]
    at: datetime
    """Since when they are on duty without the rest; or the week's Monday."""
    hours: timedelta
    """From the first duty to the last without the rest between; or all duty of the week."""


def tired(rota: Rota) -> Iterator[Tired]:
    """Each person at most once for each reason, in the order of the roster."""
    for person in rota.roster.people:
        worked = union((w.starts, w.ends) for w in rota.whole if w.person == person.person and _worked(w, rota))
        yield from (Tired(person.person, "rest", *found) for found in _without_rest(worked, rota))
        yield from (Tired(person.person, "week", *found) for found in _long_week(worked, rota))


def _worked(each: Watchkeeping, rota: Rota) -> bool:
    shift = next((one for one in rota.roster.shifts if one.shift == each.shift), None)
    if shift is not None:
        return not any(opens == closes for opens, closes in shift.hours)
    return each.ends - each.starts < ON_CALL


def _without_rest(worked: list[Stretch], rota: Rota) -> list[tuple[datetime, timedelta]]:
    """Duties with too short breaks between them, which last longer than a day leaves room for."""
    rest = rota.roster.rest.between
    begun: datetime | None = None
    last: datetime | None = None
    for starts, ends in worked:
        if begun is None or last is None or starts - last >= rest:
            begun = starts
        last = ends
        if rest and ends - begun > DAY - rest and ends > rota.start:
            return [(begun, ends - begun)]
    return []


def _long_week(worked: list[Stretch], rota: Rota) -> list[tuple[datetime, timedelta]]:
    zone, most = rota.roster.timezone, rota.roster.rest.a_week
    day = rota.start.astimezone(ZoneInfo(zone)).date()
    monday = day - timedelta(days=day.weekday())
    starts = instant(monday, time(0), zone)
    while starts < rota.end:
        monday += WEEK
        ends = instant(monday, time(0), zone)
        hours = length(within(worked, [(starts, ends)]))
        if hours > most:
            return [(starts, hours)]
        starts = ends
    return []
