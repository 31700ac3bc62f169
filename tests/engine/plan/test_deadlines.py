"""Duty hours: a start and a length of duty time → the instant at which it has passed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.engine.plan.deadlines import add_duty_time, on_duty, statutory_deadline
from sereno.engine.plan.load import read_plan
from sereno.engine.plan.model import Plan
from tests.engine.plan.small import small_plan

MADRID = ZoneInfo("Europe/Madrid")
WEEK = small_plan()
NIGHTS = small_plan(
    (
        "  friday: [08:00-14:00, 16:00-20:00]",
        "  friday: [08:00-20:00]\n  saturday: [22:00-24:00]\n  sunday: [00:00-06:00]",
    )
)
ROUND_THE_CLOCK = small_plan(
    *((f"  {day}: [08:00-20:00]", f"  {day}: [00:00-24:00]") for day in ("monday", "tuesday", "wednesday", "thursday")),
    (
        "  friday: [08:00-14:00, 16:00-20:00]",
        "  friday: [00:00-24:00]\n  saturday: [00:00-24:00]\n  sunday: [00:00-24:00]\n  holidays: true",
    ),
)


def passes(plan: Plan, start: str, hours: float) -> str:
    moment = datetime.strptime(start, "%Y-%m-%d %H:%M").replace(tzinfo=MADRID)
    return f"{add_duty_time(moment, timedelta(hours=hours), plan).astimezone(MADRID):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("start", "hours", "end", "why"),
    [
        ("2026-11-23 10:00", 4, "2026-11-23 14:00", "inside one day"),
        ("2026-11-23 18:00", 4, "2026-11-24 10:00", "over the night"),
        ("2026-11-23 06:00", 1, "2026-11-23 09:00", "before opening, the clock waits"),
        ("2026-11-23 20:00", 1, "2026-11-24 09:00", "the moment of closing is outside"),
        ("2026-11-23 19:00", 1, "2026-11-23 20:00", "ends with the closing, not with the next opening"),
        ("2026-11-20 13:00", 2, "2026-11-20 17:00", "over the midday break of a Friday"),
        ("2026-11-20 19:00", 2, "2026-11-23 09:00", "over the weekend"),
        ("2026-11-21 12:00", 1, "2026-11-23 09:00", "from inside a weekend"),
        ("2026-12-24 19:00", 2, "2026-12-28 09:00", "Christmas is a Friday, then a weekend"),
        ("2026-12-07 19:00", 2, "2026-12-09 09:00", "8 December is a holiday in Spain"),
        ("2026-12-31 19:00", 2, "2027-01-04 09:00", "over the year's end"),
    ],
)
def test_duty_time_over_nights_weekends_and_holidays(start: str, hours: float, end: str, why: str) -> None:
    assert passes(WEEK, start, hours) == end, why


def test_a_plan_that_works_on_holidays_does() -> None:
    open_plan = small_plan(("  monday:", "  holidays: true\n  monday:"))
    assert passes(open_plan, "2026-12-07 19:00", 2) == "2026-12-08 09:00"


def test_a_night_shift_runs_over_midnight() -> None:
    assert passes(NIGHTS, "2026-11-21 23:00", 3) == "2026-11-22 02:00"


def test_in_spring_the_hour_that_the_clocks_skip_is_not_lived() -> None:
    """29 March 2026: 02:00 becomes 03:00, so the shift from 00:00 to 06:00 has five hours."""
    assert passes(NIGHTS, "2026-03-29 00:00", 5) == "2026-03-29 06:00"
    assert passes(ROUND_THE_CLOCK, "2026-03-28 12:00", 24) == "2026-03-29 13:00"


def test_in_autumn_the_hour_that_comes_twice_is_lived_twice() -> None:
    """25 October 2026: 03:00 becomes 02:00, so the shift from 00:00 to 06:00 has seven hours."""
    assert passes(NIGHTS, "2026-10-25 00:00", 7) == "2026-10-25 06:00"
    assert passes(ROUND_THE_CLOCK, "2026-10-24 12:00", 24) == "2026-10-25 11:00"


def test_a_shift_inside_the_skipped_hour_never_happens() -> None:
    plan = small_plan(("  friday: [08:00-14:00, 16:00-20:00]", "  sunday: [02:00-03:00]"))
    assert passes(plan, "2026-03-28 12:00", 0.5) == "2026-03-30 08:30"


def test_duty_has_begun_at_opening_and_has_ended_at_closing() -> None:
    day = [datetime(2026, 11, 23, hour, tzinfo=MADRID) for hour in (7, 8, 19, 20)]
    assert [on_duty(moment, WEEK) for moment in day] == [False, True, True, False]


def test_the_polish_deadline_is_fourteen_calendar_days_to_their_end() -> None:
    plan = read_plan("starter")
    received = datetime(2026, 11, 22, 23, 30, tzinfo=MADRID)
    by, law = statutory_deadline(plan, received, country="PL", topic="delivery")
    assert (by, law) == (
        datetime(2026, 12, 6, 23, 59, 59, tzinfo=MADRID),
        "art. 7a ustawy z dnia 30 maja 2014 r. o prawach konsumenta",
    )
    assert statutory_deadline(plan, received, country="US", topic="delivery") == (None, None)


PLANS = st.sampled_from([WEEK, NIGHTS, ROUND_THE_CLOCK])
STARTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
LENGTHS = st.integers(0, 60 * 200).map(lambda minutes: timedelta(minutes=minutes))


@settings(max_examples=150, deadline=None)
@given(PLANS, STARTS, STARTS, LENGTHS)
def test_a_later_start_never_ends_earlier(plan: Plan, one: datetime, other: datetime, length: timedelta) -> None:
    first, second = sorted([one, other])
    assert add_duty_time(first, length, plan) <= add_duty_time(second, length, plan)


@settings(max_examples=150, deadline=None)
@given(PLANS, STARTS, LENGTHS, LENGTHS)
def test_a_longer_length_never_ends_earlier(plan: Plan, start: datetime, one: timedelta, other: timedelta) -> None:
    shorter, longer = sorted([one, other])
    assert start <= add_duty_time(start, shorter, plan) <= add_duty_time(start, longer, plan)


@settings(max_examples=150, deadline=None)
@given(PLANS, STARTS, LENGTHS, LENGTHS)
def test_two_lengths_one_after_the_other_are_their_sum(
    plan: Plan, start: datetime, first: timedelta, second: timedelta
) -> None:
    assert add_duty_time(add_duty_time(start, first, plan), second, plan) == add_duty_time(start, first + second, plan)


@settings(max_examples=60, deadline=None)
@given(STARTS, LENGTHS)
def test_round_the_clock_duty_time_is_time(start: datetime, length: timedelta) -> None:
    assert add_duty_time(start, length, ROUND_THE_CLOCK) == start + length
