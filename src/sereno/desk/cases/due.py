"""What is due next in a case, and how long that is, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from babel.units import format_unit
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sereno.desk.cases.models import Case, CaseState

SOON = timedelta(hours=1)
"""A deadline within it stands in the view *breaching*."""

What = Literal["acknowledge", "answer", "resolve", "law"]


@dataclass(frozen=True, slots=True)
class Due:
    what: What
    at: datetime
    seconds: int
    """Left until then; below zero: late."""

    @property
    def late(self) -> bool:
        return self.seconds < 0

    @property
    def soon(self) -> bool:
        return 0 <= self.seconds < SOON.total_seconds()

    @property
    def urgency(self) -> str:
        return "late" if self.late else "soon" if self.soon else "later"

    def __str__(self) -> str:
        return late_or_left(self.seconds)


def deadlines(case: Case) -> list[tuple[What, datetime]]:
    """Every deadline that still runs, the nearest first: of a case whose clock stands still, the law's alone."""
    if case.state == CaseState.CLOSED:
        return []
    waits = case.state == CaseState.OPEN
    if case.paused_at is not None:
        return [("law", case.statutory_by)] if case.statutory_by is not None else []
    running: list[tuple[What, datetime | None]] = [
        ("acknowledge", case.acknowledge_by if waits and case.acknowledged_at is None else None),
        ("answer", case.answer_by if waits else None),
        ("resolve", case.resolve_by),
        ("law", case.statutory_by),
    ]
    return sorted(((what, at) for what, at in running if at is not None), key=lambda pair: pair[1])


def all_due(case: Case, now: datetime) -> list[Due]:
    return [Due(what, at, int((at - now).total_seconds())) for what, at in deadlines(case)]


def next_due(case: Case, now: datetime) -> Due | None:
    return next(iter(all_due(case, now)), None)


def span(seconds: int) -> str:
    """A length of time in its two largest units: `14 min`, `2 h 5 min`, `3 days`. Never less than a minute.

    The clock script writes the same.
    """
    minutes = max(1, abs(seconds) // 60)
    if minutes < 60:
        return _("%(minutes)s min") % {"minutes": minutes}
    hours, minutes = divmod(minutes, 60)
    if hours < 24:
        return (
            _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes}
            if minutes and hours < 6
            else _("%(hours)s h") % {"hours": hours}
        )
    days: str = format_unit(hours // 24, "duration-day", "long", locale=get_language() or "en")
    return days


def late_or_left(seconds: int) -> str:
    """How late, or how long still; within the minute just that, for nobody counts in noughts."""
    if -60 < seconds < 60:
        return _("just late") if seconds < 0 else _("now")
    return _("%(span)s late") % {"span": span(seconds)} if seconds < 0 else _("in %(span)s") % {"span": span(seconds)}
