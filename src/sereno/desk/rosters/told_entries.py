"""The roster's entries, each as one line in the reader's words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import get_day_names
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from sereno.desk.rosters.frame import Duty
from sereno.desk.rosters.wording import hour_of_day, locale, short_day, spoken
from sereno.desk.words import word
from sereno.engine.duty.roster import Shift
from sereno.engine.duty.wall import of_wall
from sereno.engine.plan.parts.values import WEEKDAYS

KINDS = {
    "leave": gettext_noop("On leave"), "sick": gettext_noop("Ill"), "training": gettext_noop("Training"),
    "other": gettext_noop("Something else"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    part: str
    index: int
    title: str
    told: str
    swap: bool = False


def entries(duty: Duty) -> dict[str, list[Entry]]:
    makers = {
        "shifts": _shifts, "overrides": _overrides, "absences": _absences, "gaps": _gaps, "people": _people,
    }  # fmt: skip
    return {part: list(maker(duty)) for part, maker in makers.items()}


def _shifts(duty: Duty) -> Iterator[Entry]:
    for index, each in enumerate(duty.standing.roster.shifts):
        hours = ", ".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in each.hours)
        people = ", ".join(duty.name(person) for person in each.people)
        parts = [duty.title(each.role), hours, _days(each), people, _turns(each)]
        if each.languages:
            parts.append(", ".join(spoken(code) for code in each.languages))
        yield Entry("shifts", index, each.shift, " · ".join(part for part in parts if part))


def _days(shift: Shift) -> str:
    if shift.days == WEEKDAYS:
        return _("every day")
    names = get_day_names("abbreviated", locale=locale())
    return ", ".join(names[WEEKDAYS.index(day)] for day in shift.days)


def _turns(shift: Shift) -> str:
    if shift.rotate is None:
        return ""
    days = shift.rotate.every.days
    return ngettext("in turns of %(n)s day", "in turns of %(n)s days", days) % {"n": days}


def _overrides(duty: Duty) -> Iterator[Entry]:
    for index, each in enumerate(duty.standing.roster.overrides):
        instead = _("instead of %(name)s") % {"name": duty.name(each.instead_of)} if each.instead_of else ""
        parts = [duty.title(each.role), between(duty, each.starts, each.ends), instead, each.reason]
        yield Entry("overrides", index, duty.name(each.person), " · ".join(p for p in parts if p), each.swap)


def _absences(duty: Duty) -> Iterator[Entry]:
    for index, each in enumerate(duty.standing.roster.absences):
        told = f"{kind_of(each.kind)} · {between(duty, each.starts, each.ends)}"
        yield Entry("absences", index, duty.name(each.person), told)


def kind_of(kind: str) -> str:
    """Of an absence."""
    return _(KINDS[kind])


def _gaps(duty: Duty) -> Iterator[Entry]:
    for index, each in enumerate(duty.standing.roster.gaps):
        which = spoken(each.language) if each.language else word("network", each.network) if each.network else ""
        parts = [which, between(duty, each.starts, each.ends), each.reason]
        yield Entry("gaps", index, duty.title(each.role), " · ".join(part for part in parts if part))


def _people(duty: Duty) -> Iterator[Entry]:
    for index, each in enumerate(duty.standing.roster.people):
        parts = [", ".join(duty.title(role) for role in each.roles), ", ".join(spoken(code) for code in each.languages)]
        if each.person not in duty.standing.users:
            parts.append(_("no account: cannot be called"))
        yield Entry("people", index, each.name, " · ".join(part for part in parts if part))


def between(duty: Duty, starts: datetime, ends: datetime) -> str:
    """As it stands in the roster, on its wall. Whole days are told as such, the last one named as people name it."""
    zone = ZoneInfo(duty.standing.roster.timezone)
    first, last = (of_wall(at, zone.key).astimezone(zone) for at in (starts, ends))
    if first.time() == last.time() == time(0) and first.date() < last.date():
        until = last.date() - timedelta(days=1)
        days = short_day(first.date())
        return _("%(days)s, all day") % {
            "days": days if until == first.date() else f"{days} – {short_day(until)}"
        }  # fmt: skip
    if first.date() == last.date():
        return f"{short_day(first)} {hour_of_day(first)}–{hour_of_day(last)}"
    return f"{short_day(first)} {hour_of_day(first)} – {short_day(last)} {hour_of_day(last)}"
