"""One week of the roster by person and day, in the reader's zone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from sereno.desk.duty.standing import rota_of
from sereno.desk.rosters.frame import Duty
from sereno.desk.rosters.wording import hour, short_day
from sereno.engine.duty.rota import Watchkeeping

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
HOURS = 24


@dataclass(frozen=True, slots=True)
class Bar:
    """The part of somebody's stretch that lies in one day."""

    x: float
    """Hours from midnight, as the day is drawn: a day of 23 or 25 hours fills the same width."""
    width: float
    role: str
    told: str
    """The whole stretch: `22:00–06:00`."""
    shift: str
    via: str
    instead_of: str
    goes_on: bool
    """It began the day before."""


@dataclass(frozen=True, slots=True)
class Cell:
    day: str
    bars: tuple[Bar, ...]
    away: bool
    """On leave at some hour of this day."""


@dataclass(frozen=True, slots=True)
class Row:
    person: str
    name: str
    known: bool
    """An account of the brand has their e-mail: they can be called."""
    cells: tuple[Cell, ...]
    hours: float


@dataclass(frozen=True, slots=True)
class Listed:
    """A stretch in the list of a day, for narrow screens."""

    told: str
    name: str
    role: str
    instead_of: str


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


def week_of(duty: Duty, monday: date) -> Week:
    days = [monday + DAY * n for n in range(7)]
    starts, ends = midnight(monday), midnight(monday + WEEK)
    # a day more on either side, so that a night is told with its true hours
    rota = rota_of(duty.standing, starts - 2 * DAY, ends + 2 * DAY)
    there = [each for each in rota.all if each.starts < ends and each.ends > starts]
    today = timezone.localtime(duty.now).date()
    rows = tuple(_row(duty, each.person, each.name, there, days) for each in duty.standing.roster.people)
    by_day = tuple(
        (short_day(day), day == today, tuple(_listed(duty, there, day))) for day in days
    )  # fmt: skip
    return Week(starts, ends, tuple((day, short_day(day), day == today) for day in days), rows, by_day)


def _row(duty: Duty, person: str, name: str, there: list[Watchkeeping], days: list[date]) -> Row:
    mine = [each for each in there if each.person == person]
    first, last = midnight(days[0]), midnight(days[-1] + DAY)
    hours = sum((min(each.ends, last) - max(each.starts, first)) / timedelta(hours=1) for each in mine)
    cells = tuple(Cell(short_day(day), tuple(_bars(duty, mine, day)), _away(duty, person, day)) for day in days)
    return Row(person, name, person in duty.standing.users, cells, round(hours, 1))


def _bars(duty: Duty, mine: list[Watchkeeping], day: date) -> Iterator[Bar]:
    starts, ends = midnight(day), midnight(day + DAY)
    for each in mine:
        if each.starts >= ends or each.ends <= starts:
            continue
        x, end = place(max(each.starts, starts), starts, ends), place(min(each.ends, ends), starts, ends)
        yield Bar(
            x, round(end - x, 3), duty.title(each.role), hours_of(each), each.shift, each.via,
            duty.name(each.instead_of), each.starts < starts,
        )  # fmt: skip


def place(at: datetime, starts: datetime, ends: datetime, *, of: float = HOURS) -> float:
    return round(of * ((at - starts.astimezone(at.tzinfo)) / _length(starts, ends)), 3)


def _length(starts: datetime, ends: datetime) -> timedelta:
    # walls of one zone are subtracted by their hands; instants are not
    return timedelta(seconds=ends.timestamp() - starts.timestamp())


def _away(duty: Duty, person: str, day: date) -> bool:
    rota = rota_of(duty.standing, midnight(day), midnight(day + DAY))
    return any(rota.away(person, midnight(day) + timedelta(hours=n)) for n in (0, 6, 12, 18))


def _listed(duty: Duty, there: list[Watchkeeping], day: date) -> Iterator[Listed]:
    for each in there:
        if timezone.localtime(each.starts).date() == day:
            yield Listed(
                hours_of(each), duty.name(each.person), duty.title(each.role),
                duty.name(each.instead_of),
            )  # fmt: skip
