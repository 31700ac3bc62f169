"""Quiet hours: when people do not want to be woken. Only red wakes them then.

They stand in the roster, in each person's own zone; the proof and the simulation know nothing else about who can be
reached. At the desk, whether somebody has a way to be reached is added to it.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sereno.engine.duty.roster import Person
from sereno.engine.duty.rota import Rota
from sereno.engine.duty.stretches import Stretch, union
from sereno.engine.duty.wall import instant
from sereno.engine.plan.model import Degree

DAY = timedelta(days=1)


class Quiet:
    """The quiet hours of a rota's people while it runs."""

    def __init__(self, rota: Rota) -> None:
        zone = rota.roster.timezone
        self._hours = {
            each.person: _stretches(each, each.timezone or zone, rota.start, rota.end) for each in rota.roster.people
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
