"""One week of the roster by person and day, in the reader's zone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sereno.desk.duty.standing import rota_of
from sereno.desk.rosters.frame import Duty
from sereno.desk.rosters.wording import hour, short_day
from sereno.engine.duty.roster import Person
from sereno.engine.duty.rota import Watchkeeping
from sereno.engine.duty.stretches import length, union, within
from sereno.engine.duty.wall import of_wall

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
HOURS = 24


@dataclass(frozen=True, slots=True)
class Bar:
    """The part of somebody's stretch that lies in one day."""

    x: float
    """Hours from midnight, as the day is drawn: a day of 23 or 25 hours fills the same width."""
    width: float
    via: str


@dataclass(frozen=True, slots=True)
class Turn:
    """What somebody has in the same hours, in one role or in several."""

    told: str
    """The whole stretch: `22:00–06:00`."""
    roles: tuple[str, ...]
    instead_of: str
    goes_on: bool
    """It began the day before."""
    address: str
    """The roster's entry where there is one and the reader may change it, else the person's page."""

    @property
    def more(self) -> int:
        """Roles beyond those that a line has room for."""
        return len(self.roles) - 1 if len(self.roles) > 2 else 0

    @property
    def shown(self) -> tuple[str, ...]:
        return self.roles[:1] if self.more else self.roles


@dataclass(frozen=True, slots=True)
class Cell:
    day: str
    bars: tuple[Bar, ...]
    turns: tuple[Turn, ...]
    away: str
    """On leave: all day, or from or until when. Empty: not at all."""


@dataclass(frozen=True, slots=True)
class Row:
    person: str
    name: str
    known: bool
    """An account of the brand has their e-mail: they can be called."""
    cells: tuple[Cell, ...]
    hours: float
    mine: bool
    """The reader's own."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What somebody begins on a day, for narrow screens."""

    person: str
    name: str
    turn: Turn
    mine: bool
    """The reader's own."""


@dataclass(frozen=True, slots=True)
class Week:
    starts: datetime
    ends: datetime
    days: tuple[tuple[date, str, bool], ...]
    """Each day, in words, and whether it is today."""
    rows: tuple[Row, ...]
    by_day: tuple[tuple[str, bool, tuple[Listed, ...]], ...]

    @property
    def before(self) -> str:
        return (self.days[0][0] - WEEK).isoformat()

    @property
    def after(self) -> str:
        return (self.days[0][0] + WEEK).isoformat()


def midnight(day: date) -> datetime:
    """The day's first moment where the reader is."""
    return datetime.combine(day, time(0), tzinfo=timezone.get_current_timezone())


def hours_of(each: Watchkeeping) -> str:
    starts, ends = hour(each.starts), hour(each.ends)
    return _("all day") if starts == ends and timezone.localtime(each.starts).time() == time(0) else f"{starts}–{ends}"


def monday_of(asked: str, now: datetime) -> date:
    """The Monday of the day asked for; of today, where that is no day or too far away to be one."""
    today = timezone.localtime(now).date()
    try:
        found = date.fromisoformat(asked)
    except ValueError:
        found = today
    if abs((found - today).days) > 3660:
        found = today
    return found - timedelta(days=found.weekday())


def week_of(duty: Duty, monday: date, *, changes: bool = False, me: str | None = None) -> Week:
    """`changes`: the reader may change the roster, so that a turn leads to its entry. `me`: the reader, by the roster's
    name; they stand first."""
    days = [monday + DAY * n for n in range(7)]
    starts, ends = midnight(monday), midnight(monday + WEEK)
    there = standing_between(duty, starts, ends)
    today = timezone.localtime(duty.now).date()
    rows = tuple(
        _row(duty, each, [one for one in there if one.person == each.person], days, changes, each.person == me)
        for each in sorted(duty.standing.roster.people, key=lambda each: each.person != me)
    )
    by_day = tuple((short_day(day), day == today, tuple(_listed(duty, there, day, changes, me))) for day in days)
    return Week(starts, ends, tuple((day, short_day(day), day == today) for day in days), rows, by_day)


def standing_between(duty: Duty, starts: datetime, ends: datetime) -> list[Watchkeeping]:
    """Whatever touches this time, with its true beginning and end."""
    rota = rota_of(duty.standing, starts, ends)
    return [each for each in rota.whole if each.starts < ends and each.ends > starts]


def _row(duty: Duty, one: Person, mine: list[Watchkeeping], days: list[date], changes: bool, is_me: bool) -> Row:
    person, name = one.person, one.name
    whole = [(midnight(days[0]), midnight(days[-1] + DAY))]
    hours = length(within(union((each.starts, each.ends) for each in mine), whole)) / timedelta(hours=1)
    cells = tuple(cell_of(duty, person, mine, day, changes=changes, first=day == days[0]) for day in days)
    return Row(person, name, person in duty.standing.users, cells, round(hours, 1), is_me)


def cell_of(
    duty: Duty, person: str, mine: list[Watchkeeping], day: date, *, changes: bool = False, first: bool = False
) -> Cell:
    """One day of somebody. `first`: what began before it is told, for nothing stands before this day."""
    starts, ends = midnight(day), midnight(day + DAY)
    here = [each for each in mine if each.starts < ends and each.ends > starts]
    told = [each for each in here if first or each.starts >= starts]
    bars = tuple(dict.fromkeys(_bar(each, starts, ends) for each in here))
    return Cell(short_day(day), bars, tuple(_turns(duty, told, starts, changes)), _away(duty, person, day))


def _bar(each: Watchkeeping, starts: datetime, ends: datetime) -> Bar:
    x, end = place(max(each.starts, starts), starts, ends), place(min(each.ends, ends), starts, ends)
    return Bar(x, round(end - x, 3), each.via)


def _turns(duty: Duty, told: list[Watchkeeping], starts: datetime, changes: bool) -> Iterator[Turn]:
    groups: dict[tuple[datetime, datetime, str | None], list[Watchkeeping]] = {}
    for each in told:
        groups.setdefault((each.starts, each.ends, each.instead_of), []).append(each)
    for (begins, _ends, instead_of), all_ in groups.items():
        roles = tuple(dict.fromkeys(duty.title(each.role) for each in all_))
        entry = entry_of(duty, all_[0]) if changes and len(all_) == 1 else None
        address = entry or reverse("duty_person_page", args=[duty.brand.slug, all_[0].person])
        yield Turn(hours_of(all_[0]), roles, duty.name(instead_of), begins < starts, address)


def entry_of(duty: Duty, each: Watchkeeping) -> str | None:
    """Where the roster's entry that makes this stretch is changed."""
    roster = duty.standing.roster
    if each.via == "shift":
        index = next((n for n, one in enumerate(roster.shifts) if one.shift == each.shift), None)
        return None if index is None else reverse("duty_shift", args=[duty.brand.slug, index])
    for n, one in enumerate(roster.overrides):
        starts, ends = of_wall(one.starts, roster.timezone), of_wall(one.ends, roster.timezone)
        if (one.person, one.role) == (each.person, each.role) and starts <= each.starts and each.ends <= ends:
            return reverse("duty_override", args=[duty.brand.slug, n])
    return None


def place(at: datetime, starts: datetime, ends: datetime, *, of: float = HOURS) -> float:
    return round(of * ((at - starts.astimezone(at.tzinfo)) / _length(starts, ends)), 3)


def _length(starts: datetime, ends: datetime) -> timedelta:
    # walls of one zone are subtracted by their hands; instants are not
    return timedelta(seconds=ends.timestamp() - starts.timestamp())


def _away(duty: Duty, person: str, day: date) -> str:
    first, last = midnight(day), midnight(day + DAY)
    zone = duty.standing.roster.timezone
    for each in duty.standing.roster.absences:
        starts, ends = of_wall(each.starts, zone), of_wall(each.ends, zone)
        if each.person != person or starts >= last or ends <= first:
            continue
        if starts <= first:
            return _("away") if ends >= last else _("away until %(at)s") % {"at": hour(ends)}
        return _("away from %(at)s") % {"at": hour(starts)}
    return ""


def _listed(
    duty: Duty, there: list[Watchkeeping], day: date, changes: bool, me: str | None
) -> Iterator[Listed]:  # fmt: skip
    starts = midnight(day)
    begun = [each for each in there if timezone.localtime(each.starts).date() == day]
    people = dict.fromkeys(each.person for each in begun)
    for person in sorted(people, key=lambda each: each != me):
        for turn in _turns(duty, [each for each in begun if each.person == person], starts, changes):
            yield Listed(person, duty.name(person), turn, person == me)
