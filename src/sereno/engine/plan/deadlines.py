"""By when: targets in duty hours, statutory deadlines in calendar days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from sereno.engine.plan.model import WEEKDAYS, Degree, DutyHours, Plan

HORIZON = timedelta(days=400)
"""A duty clock that does not come to its end within this is refused: the plan has next to no duty hours."""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Instants by which the plan wants each thing done. All carry a zone."""

    acknowledge: datetime
    first_answer: datetime
    next_answer: datetime
    resolution: datetime
    statutory: datetime | None
    law: str | None


def deadlines_for(
    plan: Plan, degree: Degree, start: datetime, *, country: str | None, topic: str, complaint: bool
) -> Deadlines:
    """The deadlines of a post of this degree that reached us at `start`."""
    target = plan.target_for(degree)

    def after(length: timedelta) -> datetime:
        return start + length if target.clock == "always" else add_duty_time(start, length, plan)

    statutory, law = statutory_deadline(plan, start, country=country, topic=topic) if complaint else (None, None)
    return Deadlines(
        acknowledge=after(target.acknowledge),
        first_answer=after(target.first_answer),
        next_answer=after(target.next_answer),
        resolution=after(target.resolution),
        statutory=statutory,
        law=law,
    )


def statutory_deadline(
    plan: Plan, start: datetime, *, country: str | None, topic: str
) -> tuple[datetime | None, str | None]:
    """The earliest deadline that the law of `country` sets for complaints of this topic, and that law.

    Calendar days count from the day after (in the brand's zone) and end with the last day.
    """
    types = {entry.type for entry in plan.catalogue if entry.topic == topic}
    applying = [
        rule
        for rule in plan.statutory
        if rule.country == country and (not rule.types or not types.isdisjoint(rule.types))
    ]
    if not applying:
        return None, None
    rule = min(applying, key=lambda rule: rule.days)
    zone = ZoneInfo(plan.brand.timezone)
    last_day = start.astimezone(zone).date() + timedelta(days=rule.days)
    return datetime(last_day.year, last_day.month, last_day.day, 23, 59, 59, tzinfo=zone), rule.law


def add_duty_time(start: datetime, length: timedelta, plan: Plan) -> datetime:
    """The instant at which `length` of duty time has passed since `start`.

    Time is counted on the real clock (instants), so an hour that the clocks skip or repeat counts as lived.
    Raises ValueError where the plan has no duty hours to count.
    """
    if length <= timedelta():
        return start
    left = length
    for opens, closes in duty_stretches(start, plan):
        available = closes - max(opens, start)
        if available <= timedelta():
            continue
        if available >= left:
            return max(opens, start) + left
        left -= available
    raise ValueError(
        f"plan '{plan.id}' has too few duty hours: {length} of them do not pass within {HORIZON.days} days; "
        "widen duty_hours or set the target's clock to 'always'"
    )


def duty_stretches(start: datetime, plan: Plan) -> Iterator[tuple[datetime, datetime]]:
    """Stretches of duty from the day of `start` on, in order, as instants in UTC."""
    zone = ZoneInfo(plan.brand.timezone)
    day = start.astimezone(zone).date()
    last = day + HORIZON
    while day <= last:
        for opens, closes in _hours_on(day, plan.duty_hours, plan.brand.country):
            yield (_instant(day, opens, zone), _instant(day, closes, zone))
        day += timedelta(days=1)


def _hours_on(day: date, duty: DutyHours, country: str | None) -> tuple[tuple[timedelta, timedelta], ...]:
    if not duty.holidays and country and day in _holidays(country, day.year):
        return ()
    hours = getattr(duty, WEEKDAYS[day.weekday()])
    return tuple((_since_midnight(opens), _since_midnight(closes)) for opens, closes in sorted(hours))


def _since_midnight(moment: time) -> timedelta:
    if moment == time.max:
        return timedelta(days=1)
    return timedelta(hours=moment.hour, minutes=moment.minute)


def _instant(day: date, since_midnight: timedelta, zone: ZoneInfo) -> datetime:
    """Wall-clock time of that day as an instant in UTC."""
    wall = datetime(day.year, day.month, day.day) + since_midnight  # noqa: DTZ001 — the zone comes next
    return wall.replace(tzinfo=zone).astimezone(UTC)


@lru_cache(maxsize=256)
def _holidays(country: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country, years=year))
