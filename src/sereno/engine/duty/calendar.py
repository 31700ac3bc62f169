"""The roster as a calendar (iCalendar, RFC 5545), and leave from one.

Out: who stands where, an event for each stretch, with an identifier that stays, so that a subscribed calendar moves an
event instead of doubling it.

In: an event that names somebody of the roster — by e-mail among its attendees, else by name or e-mail in its title — is
an absence; where one of its categories is a role that this person holds, it is a duty besides the pattern. Everything
else is told, with why: nothing is guessed, nothing dropped in silence. Events that repeat are told, too: leave stands
from day to day.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event
from icalendar.error import InvalidCalendar

from sereno.engine.duty.check.shifts import YEARS
from sereno.engine.duty.roster import Absence, AbsenceKind, Override, Person, Roster
from sereno.engine.duty.rota import Rota, Watchkeeping
from sereno.engine.plan.model import Plan

LONGEST_TEXT = 5_000_000
MOST_EVENTS = 5_000
_KINDS: dict[AbsenceKind, tuple[str, ...]] = {
    "sick": ("sick", "ill", "enferm", "baja", "chor", "l4"),
    "training": ("training", "course", "formacion", "curso", "szkoleni", "kurs"),
}
"""How titles begin that are no plain leave, in English, Spanish and Polish, without accents."""


def feed(rota: Rota, plan: Plan, *, stamp: datetime, language: str, person: str | None = None) -> bytes:
    """The rota as a calendar file; `person`: theirs alone. `stamp` is the moment at which it is made.

    A stretch that the rota's time would cut stands whole: its identifier is the same however far the rota goes.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Sereno//duty roster//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{plan.brand.name}: {rota.roster.roster}")
    titles = {role.role: plan.text(role.title, language) for role in plan.roles}
    for each in rota.whole:
        if person is None or each.person == person:
            calendar.add_component(
                _event(each, rota, titles.get(each.role, each.role), stamp, alone=person is not None)
            )
    return bytes(calendar.to_ical())


def _event(each: Watchkeeping, rota: Rota, title: str, stamp: datetime, *, alone: bool) -> Event:
    name = rota.roster.person(each.person).name
    event = Event()
    event.add(
        "uid", f"{each.starts:%Y%m%dT%H%M%SZ}-{each.role}-{each.shift or each.via}-{each.person}@{rota.roster.roster}"
    )
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("dtstart", each.starts)
    event.add("dtend", each.ends)
    event.add("summary", title if alone else f"{title}: {name}")
    event.add("categories", [each.role])
    if each.instead_of is not None:
        event.add("description", f"↔ {rota.roster.person(each.instead_of).name}")
    return event


@dataclass(frozen=True, slots=True)
class Unread:
    """An event that was not taken over."""

    summary: str
    starts: date | datetime | None
    why: Literal["nobody-named", "several-named", "repeats", "without-time", "odd-time", "ends-first", "far"]
    key: str = ""
    """Which of DTSTART, DTEND and DURATION cannot be read; of `odd-time` alone."""
    line: int = 0
    """Where the event begins in the text, from 1. 0: not known."""


@dataclass(frozen=True, slots=True)
class FromFeed:
    """What a calendar says about the people of a roster."""

    absences: tuple[Absence, ...]
    overrides: tuple[Override, ...]
    unread: tuple[Unread, ...]


def read_feed(text: str, roster: Roster) -> FromFeed:
    """Leave and single duties out of a calendar's text. Raises ValueError where it is no calendar or beyond limits."""
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"the calendar has {len(text)} characters; more than {LONGEST_TEXT} are refused")
    try:
        events = [part for part in Calendar.from_ical(text).walk("VEVENT") if isinstance(part, Event)]
    except (ValueError, ArithmeticError, LookupError, AttributeError, TypeError, RecursionError) as error:
        raise ValueError(f"this is no calendar (iCalendar): {error}") from error
    if len(events) > MOST_EVENTS:
        raise ValueError(f"the calendar has {len(events)} events; more than {MOST_EVENTS} are refused")
    lines = _lines(text, len(events))
    absences, overrides, unread = [], [], []
    for event, line in zip(events, lines, strict=True):
        if _text(event, "status").upper() == "CANCELLED":
            continue
        found = _read(event, roster)
        if isinstance(found, Absence):
            absences.append(found)
        elif isinstance(found, Override):
            overrides.append(found)
        else:
            unread.append(replace(found, line=line))
    return FromFeed(tuple(absences), tuple(overrides), tuple(unread))


def _lines(text: str, count: int) -> Sequence[int]:
    """Where each event begins, from 1."""
    begins = [n for n, line in enumerate(text.splitlines(), 1) if line.strip().upper() == "BEGIN:VEVENT"]
    return begins if len(begins) == count else [0] * count


def _text(event: Event, key: str) -> str:
    """What is written twice is read as both."""
    found = event.get(key, "")
    return " ".join(str(each) for each in (found if isinstance(found, list) else [found])).strip()


def _read(event: Event, roster: Roster) -> Absence | Override | Unread:
    summary = _text(event, "summary")
    stretch = _stretch(event, summary, ZoneInfo(roster.timezone))
    if isinstance(stretch, Unread):
        return stretch
    starts, ends = stretch
    if "rrule" in event or "rdate" in event:
        return Unread(summary, starts, "repeats")
    named = _named(event, summary, roster)
    if len(named) != 1:
        return Unread(summary, starts, "several-named" if named else "nobody-named")
    person = named[0]
    role = next((role for role in _categories(event) if role in person.roles), None)
    if role is not None:
        return Override(person=person.person, role=role, starts=starts, ends=ends, reason=summary[:200])
    return Absence(person=person.person, starts=starts, ends=ends, kind=_kind(summary))


def _stretch(event: Event, summary: str, zone: ZoneInfo) -> tuple[datetime, datetime] | Unread:
    """Beginning and end on the roster's wall; a day that is given without hours is the whole day."""
    if "dtstart" not in event:
        return Unread(summary, None, "without-time")
    begins = _moment(event, "dtstart")
    if begins is None:
        return Unread(summary, None, "odd-time", key="DTSTART")
    key = "DTEND" if "dtend" in event else "DURATION"
    try:
        ends = _moment(event, "dtend") if key == "DTEND" else _after(event, begins)
        if ends is None:
            return Unread(summary, begins, "odd-time", key=key)
        starts, stops = _wall(begins, zone), _wall(ends, zone)
    except (OverflowError, ValueError):
        return Unread(summary, begins, "far")
    if starts.year not in YEARS or stops.year not in YEARS:
        return Unread(summary, begins, "far")
    return (starts, stops) if starts < stops else Unread(summary, begins, "ends-first")


def _moment(event: Event, key: str) -> date | datetime | None:
    """None: it stands there twice, or is no day and no moment."""
    found = _value(event, key)
    return found if isinstance(found, date) else None


def _after(event: Event, begins: date | datetime) -> date | datetime | None:
    if "duration" not in event:
        return begins + timedelta(days=int(not isinstance(begins, datetime)))
    length = _value(event, "duration")
    return begins + length if isinstance(length, timedelta) else None


def _value(event: Event, key: str) -> object:
    try:
        return getattr(event.get(key), "dt", None)
    except InvalidCalendar:  # the library keeps what it could not read, and says so when it is asked
        return None


def _wall(moment: date | datetime, zone: ZoneInfo) -> datetime:
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time(0))
    return moment.astimezone(zone).replace(tzinfo=None) if moment.tzinfo else moment


def _named(event: Event, summary: str, roster: Roster) -> list[Person]:
    attending = event.get("attendee", [])
    told = attending if isinstance(attending, list) else [attending]
    mails = {str(each).lower().removeprefix("mailto:") for each in told}
    by_mail = [person for person in roster.people if person.email and person.email.lower() in mails]
    if by_mail:
        return by_mail
    title = f" {_folded(summary)} "
    return [
        person
        for person in roster.people
        if f" {_folded(person.name)} " in title or (person.email and person.email.lower() in summary.lower())
    ]


def _folded(text: str) -> str:
    """Without accents and capitals, words apart: `Zieliński, Kuba:` and `zielinski kuba` are the same."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l"))
    kept = "".join(sign if sign.isalnum() else " " for sign in plain if not unicodedata.combining(sign))
    return " ".join(kept.split())


def _categories(event: Event) -> list[str]:
    found = event.get("categories", [])
    groups = found if isinstance(found, list) else [found]
    return [str(category) for group in groups for category in getattr(group, "cats", [group])]


def _kind(summary: str) -> AbsenceKind:
    words = _folded(summary).split()
    return next((kind for kind, begins in _KINDS.items() if any(w.startswith(begins) for w in words)), "leave")
