"""The roster spread out: who stands in which role, from when to when.

    shifts → turns of the rotation → stretches as instants → minus leave → overrides on top

Everything is an instant in UTC; the roster's zone is used once, where walls become instants.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

from sereno.engine.duty.roster import Person, Roster, Shift
from sereno.engine.duty.wall import instant, of_wall
from sereno.engine.plan.deadlines import public_holidays
from sereno.engine.plan.parts.values import WEEKDAYS

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Watchkeeping:
    """Somebody stands in a role for a stretch of time."""

    starts: datetime
    ends: datetime
    """The moment from which they no longer do."""
    role: str
    person: str
    shift: str = ""
    """Empty for an override that stands beside the pattern."""
    via: Literal["shift", "override", "swap"] = "shift"
    instead_of: str | None = None
    networks: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    def watches(self, network: str | None, language: str | None) -> bool:
        """Whether posts of this network and language are theirs; None stands for any."""
        return (network is None or not self.networks or network in self.networks) and (
            language is None or not self.languages or language in self.languages
        )


class Rota:
    """A roster between two moments, ready to be asked often."""

    def __init__(self, roster: Roster, start: datetime, end: datetime) -> None:
        self.roster, self.start, self.end = roster, start.astimezone(UTC), end.astimezone(UTC)
        self.all: tuple[Watchkeeping, ...] = tuple(sorted(spread(roster, self.start, self.end)))

    def on(
        self, role: str, at: datetime, *, network: str | None = None, language: str | None = None
    ) -> tuple[str, ...]:
        """Who stands in the role at this moment, in the order in which they began. Nobody: empty.

        For a network or a language: whoever watches it in their shift and is named for it themselves.
        """
        there = (w for w in self.standing(role, at) if self.takes(w, network, language))
        return tuple(dict.fromkeys(w.person for w in there))

    def takes(self, each: Watchkeeping, network: str | None, language: str | None) -> bool:
        """Whether posts of this network and language are theirs, by the shift and by the person; None: any."""
        person = self._people.get(each.person)
        return each.watches(network, language) and (
            person is None
            or (
                (network is None or not person.networks or network in person.networks)
                and (language is None or not person.languages or language in person.languages)
            )
        )

    @cached_property
    def whole(self) -> tuple[Watchkeeping, ...]:
        """The same stretches with their true beginnings and ends, also where these lie outside the rota's time."""
        return tuple(sorted(touching(self.roster, self.start, self.end)))

    @cached_property
    def _people(self) -> dict[str, Person]:
        return {person.person: person for person in self.roster.people}

    def standing(self, role: str, at: datetime) -> tuple[Watchkeeping, ...]:
        moments, standing = self._lines.get(role, ((), ()))
        index = bisect_right(moments, at) - 1
        return standing[index] if index >= 0 else ()

    def changes(self, role: str) -> tuple[datetime, ...]:
        """The moments at which it changes who stands in the role."""
        return self._lines.get(role, ((), ()))[0]

    def away(self, person: str, at: datetime) -> bool:
        """Whether they are on leave at this moment."""
        return any(starts <= at < ends for starts, ends in self._absent.get(person, ()))

    @cached_property
    def _absent(self) -> dict[str, list[tuple[datetime, datetime]]]:
        return _absences(self.roster)

    @cached_property
    def _lines(self) -> dict[str, tuple[tuple[datetime, ...], tuple[tuple[Watchkeeping, ...], ...]]]:
        by_role: dict[str, list[Watchkeeping]] = defaultdict(list)
        for each in self.all:
            by_role[each.role].append(each)
        return {role: _line(stretches) for role, stretches in by_role.items()}


def _line(stretches: Sequence[Watchkeeping]) -> tuple[tuple[datetime, ...], tuple[tuple[Watchkeeping, ...], ...]]:
    """Between each two changes, who stands there."""
    begin: dict[datetime, list[Watchkeeping]] = defaultdict(list)
    finish: dict[datetime, list[Watchkeeping]] = defaultdict(list)
    for each in stretches:
        begin[each.starts].append(each)
        finish[each.ends].append(each)
    moments = sorted({*begin, *finish})
    there: list[Watchkeeping] = []
    standing = []
    for moment in moments:
        gone = finish.get(moment, ())
        there = [each for each in there if each not in gone] + begin.get(moment, [])
        standing.append(tuple(there))
    return tuple(moments), tuple(standing)


def spread(roster: Roster, start: datetime, end: datetime) -> Iterator[Watchkeeping]:
    """Every stretch that touches [start, end), cut to it; leave taken out, overrides put on top."""
    for each in touching(roster, start, end):
        yield replace(each, starts=max(each.starts, start), ends=min(each.ends, end))


def touching(roster: Roster, start: datetime, end: datetime) -> Iterator[Watchkeeping]:
    """The same, from their true beginning to their true end."""
    away = _absences(roster)
    stretches = [
        part
        for shift in roster.shifts
        for each in _of_shift(shift, roster, start, end)
        for part in _without(each, away.get(each.person, ()))
    ]
    for each in _overridden(stretches, roster):
        if max(each.starts, start) < min(each.ends, end):
            yield each


def _of_shift(shift: Shift, roster: Roster, start: datetime, end: datetime) -> Iterator[Watchkeeping]:
    zone = ZoneInfo(roster.timezone)
    # a stretch that began the day before may still run; a day more for the farthest zones
    day, last = start.astimezone(zone).date() - 2 * DAY, end.astimezone(zone).date() + DAY
    while day <= last:
        if _begins_on(shift, day):
            for opens, closes in shift.hours:
                yield from _stretch(shift, roster, day, opens, closes)
        day += DAY


def _begins_on(shift: Shift, day: date) -> bool:
    if WEEKDAYS[day.weekday()] not in shift.days:
        return False
    return not ((shift.since and day < shift.since) or (shift.until and day > shift.until))


def _on_holiday(roster: Roster, day: date) -> frozenset[str]:
    """Everybody for whom this day is a public holiday where they live."""
    lands = {person.person: person.country or roster.country for person in roster.people}
    return frozenset(who for who, land in lands.items() if land and day in public_holidays(land, day.year))


def _stretch(shift: Shift, roster: Roster, day: date, opens: time, closes: time) -> Iterator[Watchkeeping]:
    starts = instant(day, opens, roster.timezone)
    ends = instant(day if closes > opens else day + DAY, closes, roster.timezone)
    if starts >= ends:
        return  # lies in the hour that the clocks skip
    off: frozenset[str] = frozenset() if shift.holidays else _on_holiday(roster, day)
    for person in on_turn(shift, day):
        if person in off:
            continue
        yield Watchkeeping(
            starts, ends, shift.role, person, shift.shift, networks=shift.networks, languages=shift.languages
        )


def on_turn(shift: Shift, day: date) -> tuple[str, ...]:
    """Whose turn it is for the stretch that begins on this day."""
    if shift.rotate is None:
        return shift.people
    period = max(1, shift.rotate.every // DAY)
    turn = (day - shift.rotate.since).days // period
    together = min(shift.rotate.together, len(shift.people))
    first = turn * together
    return tuple(shift.people[(first + place) % len(shift.people)] for place in range(together))


def _absences(roster: Roster) -> dict[str, list[tuple[datetime, datetime]]]:
    away: dict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
    for absence in roster.absences:
        away[absence.person].append((of_wall(absence.starts, roster.timezone), of_wall(absence.ends, roster.timezone)))
    return away


def _without(each: Watchkeeping, taken: Iterable[tuple[datetime, datetime]]) -> list[Watchkeeping]:
    """What is left of a stretch once these are taken out of it."""
    left = [each]
    for starts, ends in taken:
        left = [part for whole in left for part in _cut(whole, starts, ends)]
    return left


def _cut(each: Watchkeeping, starts: datetime, ends: datetime) -> Iterator[Watchkeeping]:
    if ends <= each.starts or starts >= each.ends:
        yield each
        return
    if each.starts < starts:
        yield replace(each, ends=starts)
    if ends < each.ends:
        yield replace(each, starts=ends)


def _overridden(stretches: list[Watchkeeping], roster: Roster) -> list[Watchkeeping]:
    """Each override in its order: a later one may hand on what an earlier one took."""
    for override in roster.overrides:
        starts, ends = of_wall(override.starts, roster.timezone), of_wall(override.ends, roster.timezone)
        via: Literal["override", "swap"] = "swap" if override.swap else "override"
        if starts >= ends:
            continue
        if override.instead_of is None:
            stretches.append(Watchkeeping(starts, ends, override.role, override.person, via=via))
            continue
        kept: list[Watchkeeping] = []
        for each in stretches:
            if each.role != override.role or each.person != override.instead_of:
                kept.append(each)
                continue
            kept.extend(_cut(each, starts, ends))
            begins, stops = max(each.starts, starts), min(each.ends, ends)
            if begins < stops:
                kept.append(
                    replace(
                        each, starts=begins, ends=stops, person=override.person, via=via, instead_of=override.instead_of
                    )
                )
        stretches = kept
    return stretches
