"""What only shows when the roster is spread out over days: doubled people, idle overrides, changes of the clock.

The patterns are looked at for a quarter of a year from the day on which the last of them begins; overrides and accepted
gaps at their own time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from sereno.engine.duty.gaps import gaps
from sereno.engine.duty.quiet import Quiet
from sereno.engine.duty.roster import Override, Roster, Shift
from sereno.engine.duty.rota import Rota, Watchkeeping
from sereno.engine.duty.stretches import within
from sereno.engine.duty.wall import of_wall
from sereno.engine.plan.check.issue import Issue, warning
from sereno.engine.plan.model import Plan
from sereno.engine.plan.parts.values import WEEKDAYS

DAY = timedelta(days=1)
QUARTER = timedelta(weeks=13)
LONGEST = timedelta(days=800)
"""Overrides and gaps that last longer are not looked at day by day."""
ANY_DAY = date(2026, 1, 5)
"""Where nothing in the roster has a day, every week is like this one."""


def sample(roster: Roster) -> Rota:
    """The pattern for a quarter of a year, without what happens once."""
    pattern = roster.model_copy(update={"overrides": (), "absences": ()})
    first = datetime.combine(_begin(roster), time(0), UTC)
    return Rota(pattern, first, first + QUARTER)


def _begin(roster: Roster) -> date:
    days = [shift.rotate.since for shift in roster.shifts if shift.rotate]
    days += [shift.since for shift in roster.shifts if shift.since]
    return max(days, default=ANY_DAY)


def overlaps(roster: Roster, plan: Plan | None) -> Iterator[Issue]:
    """Nobody stands in two places that want one person each: twice in a role, or in a role and as its deputy."""
    there = sample(roster)
    deputies = {role.role: role.deputy for role in plan.roles if role.deputy} if plan else {}
    for index, person in enumerate(roster.people):
        theirs = [each for each in there.all if each.person == person.person]
        for first, second in _doubled(theirs):
            yield warning(
                ("people", index), "roster-doubled", part="person", name=person.person, role=first.role,
                first=first.shift, second=second.shift, when=_day(max(first.starts, second.starts), roster),
            )  # fmt: skip
        for role, deputy in deputies.items():
            both = within(_hours(theirs, role), _hours(theirs, deputy))
            if both:
                yield warning(
                    ("people", index), "roster-own-deputy", part="person", name=person.person, role=role,
                    deputy=deputy, when=_day(both[0][0], roster),
                )  # fmt: skip


def _doubled(theirs: list[Watchkeeping]) -> Iterator[tuple[Watchkeeping, Watchkeeping]]:
    """The first time that each pair of shifts of one role overlaps."""
    told: set[frozenset[str]] = set()
    for role in dict.fromkeys(each.role for each in theirs):
        for first, second in pairwise(each for each in theirs if each.role == role):
            pair = frozenset((first.shift, second.shift))
            if second.starts < first.ends and pair not in told:
                told.add(pair)
                yield first, second


def _hours(theirs: list[Watchkeeping], role: str) -> list[tuple[datetime, datetime]]:
    return [(each.starts, each.ends) for each in theirs if each.role == role]


def _day(at: datetime, roster: Roster) -> str:
    return at.astimezone(ZoneInfo(roster.timezone)).strftime("%Y-%m-%d %H:%M")


def quiet_shifts(roster: Roster) -> Iterator[Issue]:
    """A shift inside somebody's quiet hours is a shift in which only red reaches them."""
    there = sample(roster)
    quiet = Quiet(there)
    for index, person in enumerate(roster.people):
        if not person.quiet:
            continue
        told: set[str] = set()
        for each in there.all:
            if each.person == person.person and each.shift not in told and quiet.holds(person.person, each.starts):
                told.add(each.shift)
                yield warning(
                    ("people", index, "quiet"), "roster-shift-in-quiet", part="person", name=person.person,
                    shift=each.shift, when=_day(each.starts, roster),
                )  # fmt: skip


def overrides(roster: Roster) -> Iterator[Issue]:
    """Whoever takes over is there, and whoever is replaced would have been."""
    for index, override in enumerate(roster.overrides):
        starts, ends = (of_wall(each, roster.timezone) for each in (override.starts, override.ends))
        named = {"part": "override", "name": override.person}
        away = [
            (of_wall(each.starts, roster.timezone), of_wall(each.ends, roster.timezone))
            for each in roster.absences
            if each.person == override.person
        ]
        if within([(starts, ends)], away):
            yield warning(("overrides", index, "person"), "roster-override-on-leave", **named)
        if override.instead_of is not None and ends - starts <= LONGEST and not _takes(roster, index, override):
            yield warning(
                ("overrides", index), "roster-override-idle", **named, person=override.instead_of, role=override.role
            )


def _takes(roster: Roster, index: int, override: Override) -> bool:
    """Whether there is anything to take over, after all the overrides before it."""
    starts, ends = (of_wall(each, roster.timezone) for each in (override.starts, override.ends))
    before = roster.model_copy(update={"overrides": roster.overrides[:index]})
    return any(
        each.role == override.role and each.person == override.instead_of for each in Rota(before, starts, ends).all
    )


def gaps_without_a_gap(roster: Roster, plan: Plan) -> Iterator[Issue]:
    """A gap that was accepted and closed since is not kept as a gap."""
    for index, accepted in enumerate(roster.gaps):
        starts, ends = (of_wall(each, roster.timezone) for each in (accepted.starts, accepted.ends))
        if ends - starts > LONGEST:
            continue
        alone = roster.model_copy(update={"gaps": (accepted,)})
        networks = (accepted.network,) if accepted.network else ()
        found = gaps(Rota(alone, starts, ends), plan, networks=networks)
        if not any(gap.accepted is not None for gap in found):
            yield warning(("gaps", index), "roster-gap-idle", part="gap", name=accepted.role)


def clock_changes(roster: Roster) -> Iterator[Issue]:
    """Shifts that begin or end in an hour that the clocks skip or show twice, within the year."""
    for index, shift in enumerate(roster.shifts):
        for day in _changes(roster.timezone, _begin(roster)):
            found = next((each for each in _walls(shift, day) if _odd(each, roster.timezone)), None)
            if found is not None:
                yield warning(
                    ("shifts", index, "hours"), "roster-clock-change", part="shift", name=shift.shift,
                    at=f"{found:%H:%M}", day=f"{day:%Y-%m-%d}", how=_odd(found, roster.timezone) or "",
                )  # fmt: skip
                break


@lru_cache(maxsize=64)
def _changes(zone: str, first: date) -> tuple[date, ...]:
    """Days of the year from `first` on at which the clocks change."""
    offsets = [
        (day, datetime.combine(day, time(0), ZoneInfo(zone)).utcoffset())
        for day in (first + timedelta(days=n) for n in range(367))
    ]
    return tuple(day for (day, before), (_next, after) in pairwise(offsets) if before != after)


def _walls(shift: Shift, day: date) -> Iterator[datetime]:
    """The wall times of this day at which the shift begins or ends."""
    for opens, closes in shift.hours:
        if WEEKDAYS[day.weekday()] in shift.days:
            yield datetime.combine(day, opens)
        began = day if closes > opens else day - DAY
        if WEEKDAYS[began.weekday()] in shift.days:
            yield datetime.combine(day, closes)


def _odd(wall: datetime, zone: str) -> str | None:
    tz = ZoneInfo(zone)
    first, second = wall.replace(tzinfo=tz, fold=0), wall.replace(tzinfo=tz, fold=1)
    if first.astimezone(UTC).astimezone(tz).replace(tzinfo=None) != wall:
        return "skip"
    return "repeat" if first.utcoffset() != second.utcoffset() else None
