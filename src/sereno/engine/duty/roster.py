"""The duty roster: a versioned document beside the plan. The plan names roles, the roster people (ADR 6).

Ways to reach a person are not in here: they are secrets, and stand encrypted with the person's account.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema

from sereno.engine.plan.parts.answers import Money
from sereno.engine.plan.parts.values import (
    WEEKDAYS,
    Duration,
    Language,
    Name,
    Part,
    Positive,
    Unfit,
    Weekday,
    whole_number,
)


def parse_shift_hours(value: object) -> tuple[time, time]:
    """`22:00-06:00` as beginning and end; one that ends before it begins ends on the next day, `08:00-08:00` too."""
    if isinstance(value, tuple | list) and len(value) == 2:
        return tuple(value)
    match = re.fullmatch(r"\s*(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})\s*", str(value))
    if not match:
        raise Unfit("form-no-shift-hours", value)
    h1, m1, h2, m2 = map(int, match.groups())
    return _time_of_day(h1, m1), time(0) if (h2, m2) == (24, 0) else _time_of_day(h2, m2)


def _time_of_day(hour: int, minute: int) -> time:
    if hour > 23 or minute > 59:
        raise Unfit("form-no-time-of-day", f"{hour:02}:{minute:02}")
    return time(hour, minute)


def _write(hours: tuple[time, time]) -> str:
    return f"{hours[0]:%H:%M}-{hours[1]:%H:%M}"


ShiftHours = Annotated[
    tuple[time, time],
    BeforeValidator(parse_shift_hours),
    PlainSerializer(_write, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^\s*\d{1,2}:\d{2}\s*-\s*\d{1,2}:\d{2}\s*$"}),
]
"""Wall-clock times in the roster's zone. Equal times are a whole day."""


class Authority(Part):
    """How far somebody may go without asking: a resource of the plan, and up to how much."""

    resource: Name
    up_to: Money


class Person(Part):
    """Somebody on the team."""

    person: Name
    name: str
    email: str | None = None
    """Of their account at the desk; without one they can be seen in the roster, but not be called."""
    roles: tuple[Name, ...]
    areas: tuple[Name, ...] = ()
    languages: tuple[Language, ...] = ()
    """Empty: whatever comes."""
    networks: tuple[str, ...] = ()
    """Empty: all."""
    timezone: str | None = None
    """None: the roster's."""
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    """Whose public holidays are theirs; None: the roster's."""
    quiet: tuple[ShiftHours, ...] = ()
    """In their own zone: only red wakes them then."""
    authority: tuple[Authority, ...] = ()


class Rotation(Part):
    """One after another, in the order of `people`."""

    every: Duration
    """Whole days."""
    since: date
    """The first day of the first person's turn."""
    together: Positive = 1
    """So many at a time."""


class Shift(Part):
    """A pattern that comes back every week."""

    shift: Name
    role: Name
    hours: Annotated[tuple[ShiftHours, ...], Field(min_length=1)]
    """One stretch, or several: a split shift."""
    days: tuple[Weekday, ...] = WEEKDAYS
    """Days on which it begins."""
    people: Annotated[tuple[Name, ...], Field(min_length=1)]
    """All of them at once, unless they rotate."""
    rotate: Rotation | None = None
    networks: tuple[str, ...] = ()
    """What is watched in this shift; empty: all."""
    languages: tuple[Language, ...] = ()
    holidays: bool = True
    """False: not on public holidays of the person's country."""
    since: date | None = None
    until: date | None = None
    """The last day on which it begins."""


class Override(Part):
    """For once: somebody takes over, or stands there in addition."""

    person: Name
    role: Name
    starts: datetime
    ends: datetime
    instead_of: Name | None = None
    """None: in addition to whoever is there."""
    reason: str = ""
    swap: bool = False
    """Both agreed to it."""


AbsenceKind = Literal["leave", "sick", "training", "other"]


class Absence(Part):
    """Not there, whatever the pattern says."""

    person: Name
    starts: datetime
    ends: datetime
    kind: AbsenceKind = "leave"


class AcceptedGap(Part):
    """A gap by decision: somebody looked at it and lives with it."""

    role: Name
    starts: datetime
    ends: datetime
    network: str | None = None
    """Only what is missing for this network; None: whatever is missing."""
    language: Language | None = None
    reason: Annotated[str, Field(min_length=3)]


class Rest(Part):
    """How much rest is enough: less is told as advice, and nothing is refused."""

    between: Duration = timedelta(hours=11)
    """In any day, so long without duty at a stretch; 0m: not looked at."""
    a_week: Duration = timedelta(hours=60)
    """So much duty from Monday to Sunday at most."""


class Roster(Part):
    """The whole roster. Moments without a zone are in its own."""

    sereno_roster: Annotated[Literal[1], BeforeValidator(whole_number)]
    roster: str
    """Its name."""
    version: str
    timezone: str
    """Days, hours and moments of this document are in it."""
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    """Its public holidays are those of everybody who does not live elsewhere."""
    rest: Rest = Rest()
    people: tuple[Person, ...]
    shifts: tuple[Shift, ...] = ()
    overrides: tuple[Override, ...] = ()
    absences: tuple[Absence, ...] = ()
    gaps: tuple[AcceptedGap, ...] = ()

    @property
    def id(self) -> str:
        return f"{self.roster}@{self.version}"

    def person(self, name: str) -> Person:
        return next(person for person in self.people if person.person == name)

    def in_role(self, role: str) -> tuple[Person, ...]:
        return tuple(person for person in self.people if role in person.roles)


def json_schema() -> dict[str, Any]:
    return Roster.model_json_schema()
