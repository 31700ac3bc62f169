"""Quiet hours: when people do not want to be woken. Only red wakes them then.

They stand in the roster, in each person's own zone. What somebody set for themselves at the desk comes on top: in
either, only red wakes them. Whether somebody has a way to be reached, the desk adds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from sereno.engine.duty.roster import Person
from sereno.engine.duty.rota import Rota
from sereno.engine.duty.stretches import Stretch, union
from sereno.engine.duty.wall import instant
from sereno.engine.plan.model import Degree

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OwnHours:
    """Quiet hours that somebody set for themselves, beside the roster's."""

    days: tuple[int, ...]
    """On which they begin; 0 is Monday."""
    begins: time
    stops: time
    """Not after `begins`: on the next day."""
    zone: str


Own = Mapping[str, Sequence[OwnHours]]
"""By the roster's name."""
NOBODYS: Own = MappingProxyType({})


class Quiet:
    """The quiet hours of a rota's people while it runs."""

    def __init__(self, rota: Rota, own: Own = NOBODYS) -> None:
        zone = rota.roster.timezone
        self._hours = {
            each.person: union(
                [
                    *_stretches(each, each.timezone or zone, rota.start, rota.end),
                    *_own(own.get(each.person, ()), rota.start, rota.end),
                ]
            )
            for each in rota.roster.people
        }
        self._begins = {person: [starts for starts, _ends in hours] for person, hours in self._hours.items()}
        self._mute = frozenset(each.person for each in rota.roster.people if not each.email)

    def holds(self, person: str, at: datetime) -> bool:
        """Whether this is in the person's quiet hours."""
        index = bisect_right(self._begins.get(person, ()), at) - 1
        return index >= 0 and at < self._hours[person][index][1]

    def reachable(self, person: str, at: datetime, degree: Degree) -> bool:
        """As far as the roster knows: they have an account's e-mail, and it is not quiet unless it is red."""
        return person not in self._mute and (degree == "red" or not self.holds(person, at))

    def changes(self) -> list[datetime]:
        """Every moment at which quiet hours begin or end."""
        return sorted({moment for hours in self._hours.values() for stretch in hours for moment in stretch})


def _stretches(person: Person, zone: str, start: datetime, end: datetime) -> list[Stretch]:
    if not person.quiet:
        return []
    day, last = start.astimezone(ZoneInfo(zone)).date() - DAY, end.astimezone(UTC).date() + DAY
    found = []
    while day <= last:
        for begins, stops in person.quiet:
            until = day if stops > begins else day + DAY
            found.append((instant(day, begins, zone), instant(until, stops, zone)))
        day += DAY
    return union(found)


def _own(all_: Sequence[OwnHours], start: datetime, end: datetime) -> Iterator[Stretch]:
    for each in all_:
        day, last = start.astimezone(ZoneInfo(each.zone)).date() - DAY, end.astimezone(UTC).date() + DAY
        while day <= last:
            if day.weekday() in each.days:
                until = day if each.stops > each.begins else day + DAY
                yield instant(day, each.begins, each.zone), instant(until, each.stops, each.zone)
            day += DAY
