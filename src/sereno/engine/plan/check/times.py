"""Duty hours, targets and deadlines of the law."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from math import ceil

from sereno.engine.plan.check.brand import countries, time_zones
from sereno.engine.plan.check.issue import Issue, error, nearby, warning
from sereno.engine.plan.deadlines import add_duty_time, duty_stretches
from sereno.engine.plan.model import WEEKDAYS, DutyHours, Plan, write_duration
from sereno.engine.plan.nodes import Path

LONGEST = timedelta(days=3660)
"""Ten years: beyond it nothing is a deadline, and calendars end."""
_SAMPLE_START = datetime(2026, 1, 1, tzinfo=UTC)
"""Any instant does: the horizon is longer than a year, so it meets every weekday and holiday."""
_SAMPLE_MONDAY = datetime(2026, 1, 12, tzinfo=UTC)
_MOST_DAYS = {"first_answer": timedelta(days=3), "resolution": timedelta(days=30)}
"""By the calendar, in a week without holidays: an office that closes on Friday answers on Monday."""
_TARGET_LENGTHS = ("acknowledge", "first_answer", "next_answer", "resolution")


def round_the_clock(duty: DutyHours) -> bool:
    """Whether duty hours never end, holidays and all."""
    whole_day = [(time.min, time.max)]
    return duty.holidays and all(_joined(getattr(duty, weekday)) == whole_day for weekday in WEEKDAYS)


def _joined(hours: tuple[tuple[time, time], ...]) -> list[tuple[time, time]]:
    joined: list[tuple[time, time]] = []
    for opens, closes in sorted(hours):
        if joined and joined[-1][1] >= opens:
            joined[-1] = (joined[-1][0], max(joined[-1][1], closes))
        else:
            joined.append((opens, closes))
    return joined


def duty_hours(plan: Plan) -> Iterator[Issue]:
    yield from _overlaps(plan.duty_hours, ("duty_hours",))
    for index, resource in enumerate(plan.resources):
        if resource.hours is not None:
            where: Path = ("resources", index, "hours")
            yield from _overlaps(resource.hours, where)
            if not any(getattr(resource.hours, weekday) for weekday in WEEKDAYS):
                yield error(where, "resource-never-open", resource=resource.resource)
    zone_is_known = plan.brand.timezone in time_zones()
    longest, too_long = timedelta(), LONGEST + timedelta(1)
    """What is known to pass, and what is known not to: each length in between is tried."""
    for where, key, of, length, clock in _lengths(plan):
        if length > LONGEST:
            yield error(where, "length-beyond-years", key=key, of=of, given=write_duration(length))
        elif clock == "duty" and zone_is_known:
            if longest < length < too_long:
                passes = _passes(length, plan)
                longest, too_long = (length, too_long) if passes else (longest, length)
            if length >= too_long:
                yield error(where, "duty-hours-too-few", key=key, of=of, hours=_hours(length))


def _overlaps(duty: DutyHours, where: Path) -> Iterator[Issue]:
    for weekday in WEEKDAYS:
        hours = sorted(getattr(duty, weekday))
        if any(later[0] < earlier[1] for earlier, later in pairwise(hours)):
            yield error((*where, weekday), "hours-overlap", weekday=weekday)


def _lengths(plan: Plan) -> Iterator[tuple[Path, str, str, timedelta, str]]:
    """Every length of time: path, key, of what, how long, by which clock."""
    for index, target in enumerate(plan.targets):
        for name in _TARGET_LENGTHS:
            yield ("targets", index, name), name, target.degree, getattr(target, name), target.clock
    for index, step in enumerate(plan.chain):
        where: Path = ("chain", index, "acknowledge_within")
        yield where, "acknowledge_within", step.step, step.acknowledge_within, step.clock
    if plan.committee is not None:
        within = plan.committee.assembles_within
        yield ("committee", "assembles_within"), "assembles_within", "committee", within, "always"
    for index, scenario in enumerate(plan.scenarios):
        for number, first in enumerate(scenario.first_hour):
            yield (
                ("scenarios", index, "first_hour", number, "within"),
                "within",
                scenario.scenario,
                first.within,
                "always",
            )
    for index, drill in enumerate(plan.drills):
        if drill.every is not None:
            yield ("drills", index, "every"), "every", drill.drill, drill.every, "always"


def _passes(length: timedelta, plan: Plan) -> bool:
    try:
        add_duty_time(_SAMPLE_START, length, plan)
    except ValueError:
        return False
    return True


def _hours(length: timedelta) -> str:
    return f"{length.total_seconds() / 3600:g}"


def targets(plan: Plan) -> Iterator[Issue]:
    for index, target in enumerate(plan.targets):
        if not target.acknowledge <= target.first_answer <= target.resolution:
            yield warning(("targets", index), "target-out-of-order", degree=target.degree)
    if plan.brand.timezone in time_zones():
        yield from _long_waits(plan)


def _long_waits(plan: Plan) -> Iterator[Issue]:
    """Targets in duty time that take longer by the calendar than anybody waits, in a week without holidays."""
    duty = plan.duty_hours.model_copy(update={"holidays": True})
    plain = plan.model_copy(update={"duty_hours": duty})
    monday = _SAMPLE_MONDAY.date()
    closes = [
        end for _opens, end in duty_stretches(monday, monday + timedelta(days=6), duty, plan.brand.timezone, None)
    ]
    for index, target in enumerate(plan.targets):
        for name, most in _MOST_DAYS.items():
            length = getattr(target, name)
            if target.clock != "duty" or not closes or length > LONGEST or not _passes(length, plain):
                continue
            worst = max(add_duty_time(close, length, plain) - close for close in closes)
            if worst > most:
                told = {"key": name, "of": target.degree, "hours": _hours(length)}
                yield warning(
                    ("targets", index, name), "target-takes-long", **told, days=ceil(worst / timedelta(days=1))
                )


def statutory(plan: Plan) -> Iterator[Issue]:
    types = [entry.type for entry in plan.catalogue]
    for index, rule in enumerate(plan.statutory):
        if rule.country not in countries():
            yield error(("statutory", index, "country"), "country-unknown", country=rule.country)
        if rule.days > LONGEST.days:
            yield error(("statutory", index, "days"), "law-beyond-years", country=rule.country)
        for number, name in enumerate(rule.types):
            if name not in types:
                where: Path = ("statutory", index, "types", number)
                yield error(where, "law-type-unknown", country=rule.country, type=name, **nearby(name, types))
