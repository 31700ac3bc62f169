"""How duty is shared: hours, nights, weekends, public holidays, and how often somebody was woken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sereno.engine.duty.roster import Person
from sereno.engine.duty.rota import Rota
from sereno.engine.duty.stretches import Stretch, length, union, within
from sereno.engine.duty.wall import instant
from sereno.engine.plan.deadlines import public_holidays

NIGHT = (time(23), time(6))
"""In the person's own zone."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one person carried."""

    person: str
    hours: timedelta
    """Standing in two roles at once counts once."""
    nights: timedelta
    weekends: timedelta
    holidays: timedelta
    """On public holidays where they live."""
    wakings: int
    """Calls that came at night."""


def shares(rota: Rota, calls: Mapping[str, Sequence[datetime]], *, role: str | None = None) -> tuple[Share, ...]:
    """One for each person of the roster. `calls`: when each person was called. `role`: what they carry in it alone."""
    return tuple(
        _share(
            person,
            union((w.starts, w.ends) for w in rota.all if w.person == person.person and role in (None, w.role)),
            calls.get(person.person, ()),
            rota,
        )
        for person in rota.roster.people
    )


def _share(person: Person, stretches: Sequence[Stretch], calls: Iterable[datetime], rota: Rota) -> Share:
    zone = person.timezone or rota.roster.timezone
    nights = _nights(rota, zone)
    woken = sum(any(starts <= call < ends for starts, ends in nights) for call in calls)
    return Share(
        person.person,
        length(stretches),
        length(within(stretches, nights)),
        length(within(stretches, _weekends(rota, zone))),
        length(within(stretches, _holidays(rota, zone, person.country or rota.roster.country))),
        woken,
    )


def _nights(rota: Rota, zone: str) -> list[Stretch]:
    first = rota.start.astimezone(ZoneInfo(zone)).date() - timedelta(days=1)
    days = (rota.end - rota.start).days + 3
    return [
        (instant(first + timedelta(days=n), NIGHT[0], zone), instant(first + timedelta(days=n + 1), NIGHT[1], zone))
        for n in range(days)
    ]


def _weekends(rota: Rota, zone: str) -> list[Stretch]:
    first = rota.start.astimezone(ZoneInfo(zone)).date() - timedelta(days=2)
    days = [first + timedelta(days=n) for n in range((rota.end - rota.start).days + 4)]
    return [
        (instant(day, time(0), zone), instant(day + timedelta(days=2), time(0), zone))
        for day in days
        if day.weekday() == 5
    ]


def _holidays(rota: Rota, zone: str, country: str | None) -> list[Stretch]:
    if country is None:
        return []
    first = rota.start.astimezone(ZoneInfo(zone)).date() - timedelta(days=1)
    days = [first + timedelta(days=n) for n in range((rota.end - rota.start).days + 3)]
    return [
        (instant(day, time(0), zone), instant(day + timedelta(days=1), time(0), zone))
        for day in days
        if day in public_holidays(country, day.year)
    ]
