"""What only shows when the roster is spread out over days: doubled people, idle overrides, changes of the clock.

The patterns are looked at for a quarter of a year from the day on which the last of them begins; overrides and accepted
gaps at their own time.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from sereno.engine.duty.check.size import LONGEST, moments_of
from sereno.engine.duty.gaps import gaps
from sereno.engine.duty.quiet import Quiet
from sereno.engine.duty.roster import Roster, Shift
from sereno.engine.duty.rota import Rota, Watchkeeping
from sereno.engine.duty.stretches import Stretch, union, within
from sereno.engine.plan.check.issue import Issue, warning
from sereno.engine.plan.model import Plan
from sereno.engine.plan.parts.values import WEEKDAYS

DAY = timedelta(days=1)
QUARTER = timedelta(weeks=13)
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


def overlaps(there: Rota, plan: Plan | None) -> Iterator[Issue]:
    """Nobody stands in two places that want one person each: twice in a role, or in a role and as its deputy."""
    roster, of_each = there.roster, _by_person(there)
    deputies = {role.role: role.deputy for role in plan.roles if role.deputy} if plan else {}
    for index, person in enumerate(roster.people):
        theirs = of_each.get(person.person, [])
        for first, second in _doubled(theirs):
            yield warning(
                ("people", index), "roster-doubled", part="person", name=person.person, role=first.role,
                first=first.shift, second=second.shift, when=_day(max(first.starts, second.starts), roster),
            )  # fmt: skip
        for role, deputy in deputies.items():
            hours = _hours(theirs, role)
            both = within(hours, _hours(theirs, deputy)) if hours else []
            if both:
                yield warning(
                    ("people", index), "roster-own-deputy", part="person", name=person.person, role=role,
                    deputy=deputy, when=_day(both[0][0], roster),
                )  # fmt: skip


def _by_person(there: Rota) -> dict[str, list[Watchkeeping]]:
    of_each: dict[str, list[Watchkeeping]] = defaultdict(list)
    for each in there.all:
        of_each[each.person].append(each)
    return of_each


def _doubled(theirs: list[Watchkeeping]) -> Iterator[tuple[Watchkeeping, Watchkeeping]]:
    """The first time that each pair of shifts of one role overlaps."""
    told: set[frozenset[str]] = set()
    by_role: dict[str, list[Watchkeeping]] = defaultdict(list)
    for each in theirs:
        by_role[each.role].append(each)
    for stretches in by_role.values():
        for first, second in pairwise(stretches):
            pair = frozenset((first.shift, second.shift))
            if second.starts < first.ends and pair not in told:
                told.add(pair)
                yield first, second


def _hours(theirs: list[Watchkeeping], role: str) -> list[tuple[datetime, datetime]]:
    return [(each.starts, each.ends) for each in theirs if each.role == role]


def _day(at: datetime, roster: Roster) -> str:
    return at.astimezone(ZoneInfo(roster.timezone)).strftime("%Y-%m-%d %H:%M")


def quiet_shifts(there: Rota) -> Iterator[Issue]:
    """A shift inside somebody's quiet hours is a shift in which only red reaches them."""
    roster, of_each, quiet = there.roster, _by_person(there), Quiet(there)
    for index, person in enumerate(roster.people):
        if not person.quiet:
            continue
        told: set[str] = set()
        for each in of_each.get(person.person, ()):
            if each.shift not in told and quiet.holds(person.person, each.starts):
                told.add(each.shift)
                yield warning(
                    ("people", index, "quiet"), "roster-shift-in-quiet", part="person", name=person.person,
                    shift=each.shift, when=_day(each.starts, roster),
                )  # fmt: skip


def gaps_without_a_gap(roster: Roster, plan: Plan) -> Iterator[Issue]:
    """A gap that was accepted and closed since is not kept as a gap."""
    looked = [(index, each, moments_of(roster, each)) for index, each in enumerate(roster.gaps)]
    looked = [each for each in looked if each[2][1] - each[2][0] <= LONGEST]
    lacking = _lacking(roster, plan, [stretch for _index, _each, stretch in looked])
    for index, accepted, stretch in looked:
        if not _meets(lacking.get((accepted.role, accepted.network or "", accepted.language), []), stretch):
            yield warning(("gaps", index), "roster-gap-idle", part="gap", name=accepted.role)


def _lacking(roster: Roster, plan: Plan, times: Sequence[Stretch]) -> dict[tuple[str, str, str | None], list[Stretch]]:
    """When somebody is lacking, each time looked at once: by role, network and language; None: whatever language."""
    networks = tuple(dict.fromkeys(each.network for each in roster.gaps if each.network))
    bare = roster.model_copy(update={"gaps": ()})
    found: dict[tuple[str, str, str | None], list[Stretch]] = defaultdict(list)
    for starts, ends in union(times):
        for gap in gaps(Rota(bare, starts, ends), plan, networks=networks):
            for language in (gap.language, None):
                found[gap.role, gap.network, language].append((gap.starts, gap.ends))
    return {key: union(stretches) for key, stretches in found.items()}


def _meets(stretches: Sequence[Stretch], one: Stretch) -> bool:
    place = bisect_right(stretches, one[0], key=lambda each: each[1])
    return place < len(stretches) and stretches[place][0] < one[1]


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
