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

from sereno.engine.duty.roster import Override, Person, Roster, Shift
from sereno.engine.duty.stretches import Stretch, union
from sereno.engine.duty.wall import instant, of_wall
from sereno.engine.plan.deadlines import public_holidays
from sereno.engine.plan.parts.values import WEEKDAYS

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
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


def _order(each: Watchkeeping) -> tuple[object, ...]:
    return (
        each.starts, each.ends, each.role, each.person, each.shift, each.via, each.instead_of or "", each.networks,
        each.languages,
    )  # fmt: skip


class Rota:
    """A roster between two moments, ready to be asked often."""

    def __init__(self, roster: Roster, start: datetime, end: datetime) -> None:
        self.roster, self.start, self.end = roster, start.astimezone(UTC), end.astimezone(UTC)
        self.all: tuple[Watchkeeping, ...] = tuple(sorted(spread(roster, self.start, self.end), key=_order))

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
        return tuple(sorted(touching(self.roster, self.start, self.end), key=_order))

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
    def _absent(self) -> dict[str, list[Stretch]]:
        return absences(self.roster)

    @cached_property
    def _lines(self) -> dict[str, tuple[tuple[datetime, ...], tuple[tuple[Watchkeeping, ...], ...]]]:
        by_role: dict[str, list[Watchkeeping]] = defaultdict(list)
        for each in self.all:
            by_role[each.role].append(each)
        return {role: _line(stretches) for role, stretches in by_role.items()}


def _line(stretches: Sequence[Watchkeeping]) -> tuple[tuple[datetime, ...], tuple[tuple[Watchkeeping, ...], ...]]:
    """Between each two changes, who stands there."""
    begin: dict[datetime, list[Watchkeeping]] = defaultdict(list)
    for each in stretches:
        begin[each.starts].append(each)
    moments = sorted({*begin, *(each.ends for each in stretches)})
    there: list[Watchkeeping] = []
    standing = []
    for moment in moments:
        there = [each for each in there if each.ends > moment] + begin.get(moment, [])
        standing.append(tuple(there))
    return tuple(moments), tuple(standing)


def spread(roster: Roster, start: datetime, end: datetime) -> Iterator[Watchkeeping]:
    """Every stretch that touches [start, end), cut to it; leave taken out, overrides put on top."""
    for each in touching(roster, start, end):
        yield replace(each, starts=max(each.starts, start), ends=min(each.ends, end))


def touching(roster: Roster, start: datetime, end: datetime) -> Iterator[Watchkeeping]:
    """The same, from their true beginning to their true end."""
    zone, away = ZoneInfo(roster.timezone), absences(roster)
    # a stretch that began the day before may still run; a day more for the farthest zones
    first, last = start.astimezone(zone).date() - 2 * DAY, end.astimezone(zone).date() + DAY
    days = [first + n * DAY for n in range((last - first).days + 1)]
    free = Holidays(roster)
    there = Stood(each for shift in roster.shifts for day in days for each in of_day(shift, roster, day, away, free))
    for override in roster.overrides:
        there.hand_on(override, roster.timezone)
    for each in there.all():
        if max(each.starts, start) < min(each.ends, end):
            yield each


class Holidays:
    """Who is off on a day, asked for each shift."""

    def __init__(self, roster: Roster) -> None:
        self._lands = {person.person: person.country or roster.country for person in roster.people}
        self._days: dict[date, frozenset[str]] = {}

    def off(self, day: date) -> frozenset[str]:
        """Everybody for whom this day is a public holiday where they live."""
        if day not in self._days:
            lands = {land for land in self._lands.values() if land and day in public_holidays(land, day.year)}
            self._days[day] = frozenset(who for who, land in self._lands.items() if land in lands) if lands else _NOBODY
        return self._days[day]


_NOBODY: frozenset[str] = frozenset()


def of_day(
    shift: Shift, roster: Roster, day: date, away: dict[str, list[Stretch]], holidays: Holidays
) -> Iterator[Watchkeeping]:
    """The pattern's stretches that begin on this day, without leave."""
    if _begins_on(shift, day):
        off = _NOBODY if shift.holidays else holidays.off(day)
        for opens, closes in shift.hours:
            for each in _stretch(shift, roster, day, opens, closes, off):
                yield from _without(each, away.get(each.person, ()))


def _begins_on(shift: Shift, day: date) -> bool:
    if WEEKDAYS[day.weekday()] not in shift.days:
        return False
    return not ((shift.since and day < shift.since) or (shift.until and day > shift.until))


def _stretch(
    shift: Shift, roster: Roster, day: date, opens: time, closes: time, off: frozenset[str]
) -> Iterator[Watchkeeping]:
    starts = instant(day, opens, roster.timezone)
    ends = instant(day if closes > opens else day + DAY, closes, roster.timezone)
    if starts >= ends:
        return  # lies in the hour that the clocks skip
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


def absences(roster: Roster) -> dict[str, list[Stretch]]:
    """When people are away, by person; in order, and what touches is one."""
    away: dict[str, list[Stretch]] = defaultdict(list)
    for absence in roster.absences:
        away[absence.person].append((of_wall(absence.starts, roster.timezone), of_wall(absence.ends, roster.timezone)))
    return {person: union(stretches) for person, stretches in away.items()}


def _without(each: Watchkeeping, taken: Sequence[Stretch]) -> Iterator[Watchkeeping]:
    """What is left of a stretch once these, which are in order, are taken out of it."""
    place = bisect_right(taken, each.starts, key=lambda stretch: stretch[1])
    while place < len(taken) and taken[place][0] < each.ends:
        starts, ends = taken[place]
        if each.starts < starts:
            yield replace(each, ends=starts)
        if ends >= each.ends:
            return
        each = replace(each, starts=ends)
        place += 1
    yield each


def _cut(each: Watchkeeping, starts: datetime, ends: datetime) -> Iterator[Watchkeeping]:
    if each.starts < starts:
        yield replace(each, ends=starts)
    if ends < each.ends:
        yield replace(each, starts=ends)


class Stood:
    """Stretches by role and person, so that an override asks only those that it may take over."""

    def __init__(self, stretches: Iterable[Watchkeeping] = ()) -> None:
        self._of: dict[tuple[str, str], list[Watchkeeping]] = defaultdict(list)
        self.work = 0
        """How many stretches were handed on, and how many were asked: a hundred of these count as one."""
        for each in stretches:
            self.add(each)

    def add(self, each: Watchkeeping) -> None:
        self._of[each.role, each.person].append(each)

    def all(self) -> Iterator[Watchkeeping]:
        return (each for stretches in self._of.values() for each in stretches)

    def hand_on(self, override: Override, zone: str) -> bool:
        """In the roster's order: a later override may hand on what an earlier one took. False: nothing was there."""
        starts, ends = of_wall(override.starts, zone), of_wall(override.ends, zone)
        via: Literal["override", "swap"] = "swap" if override.swap else "override"
        if starts >= ends:
            return False
        if override.instead_of is None:
            self.add(Watchkeeping(starts, ends, override.role, override.person, via=via))
            return True
        theirs = self._of.get((override.role, override.instead_of), [])
        taken = [each for each in theirs if each.starts < ends and starts < each.ends]
        self.work += len(taken) + len(theirs) // 100
        if not taken:
            return False
        kept = [each for each in theirs if each.starts >= ends or starts >= each.ends]
        kept.extend(part for each in taken for part in _cut(each, starts, ends))
        self._of[override.role, override.instead_of] = kept
        for each in taken:
            self.add(
                replace(
                    each, starts=max(each.starts, starts), ends=min(each.ends, ends), person=override.person, via=via,
                    instead_of=override.instead_of,
                )
            )  # fmt: skip
        return True
