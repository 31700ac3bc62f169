"""Deadlines for whole columns are those of the posts one by one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.engine.columns import Coded, instants, moments
from sereno.engine.plan.deadlines import add_duty_time, deadlines_for
from sereno.engine.plan.duty_clock import DutyClock, add_duty_times, deadline_columns, local
from sereno.engine.plan.load import read_plan
from sereno.engine.plan.model import LIGHTS, DutyHours, Light, Plan
from tests.engine.plan.small import small_plan
from tests.engine.plan.test_deadlines import NIGHTS, ROUND_THE_CLOCK, WEEK

ZONES = (
    "Europe/Madrid",
    "Europe/Warsaw",
    "UTC",
    "America/St_Johns",  # its clocks changed at one minute past midnight until 2011: the date went back
    "America/Havana",
    "Australia/Lord_Howe",  # half an hour of summer time
    "Asia/Kathmandu",
    "Pacific/Apia",  # left out 30 December 2011
    "America/Sao_Paulo",
)
DAY_AND_NIGHT = small_plan(
    ("  friday: [08:00-14:00, 16:00-20:00]", "  friday: [08:00-20:00]\n  sunday: [00:00-24:00]"),
    ("  monday: [08:00-20:00]\n  tuesday: [08:00-20:00]\n", "  monday: [00:30-01:30, 02:15-03:00, 22:00-24:00]\n"),
)
HARD = WEEK.model_copy(update={"duty_hours": DutyHours.model_validate({"sunday": ["02:00-03:00"]})})


def in_zone(plan: Plan, zone: str) -> Plan:
    return plan.model_copy(update={"brand": plan.brand.model_copy(update={"timezone": zone})})


PLANS = st.builds(in_zone, st.sampled_from([WEEK, NIGHTS, ROUND_THE_CLOCK, DAY_AND_NIGHT]), st.sampled_from(ZONES))
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2050, 1, 1), timezones=st.just(UTC))
CHANGES_OF_THE_CLOCK = st.sampled_from(
    [
        datetime(2026, 3, 29, 1, tzinfo=UTC),
        datetime(2026, 10, 25, 1, tzinfo=UTC),
        datetime(2006, 10, 29, 3, tzinfo=UTC),
        datetime(2011, 12, 30, 10, tzinfo=UTC),
        datetime(2026, 12, 31, 23, tzinfo=UTC),
        datetime(2017, 2, 19, 2, tzinfo=UTC),
    ]
)
NEAR = st.builds(
    lambda at, seconds: at + timedelta(seconds=seconds), CHANGES_OF_THE_CLOCK, st.integers(-90_000, 90_000)
)
STARTS = st.lists(MOMENTS | NEAR, min_size=1, max_size=8)
LENGTHS = st.integers(0, 60 * 150).map(lambda minutes: timedelta(minutes=minutes))


@settings(max_examples=150, deadline=None)
@given(PLANS, STARTS, LENGTHS)
def test_duty_time_is_added_to_a_column_as_to_its_rows(plan: Plan, starts: list[datetime], length: timedelta) -> None:
    ends = moments(add_duty_times(instants(starts), length, plan))
    assert ends == [add_duty_time(start, length, plan) for start in starts]


@settings(max_examples=20, deadline=None)
@given(STARTS, st.integers(1, 55))
def test_weeks_of_one_hour_end_alike(starts: list[datetime], hours: int) -> None:
    """A plan with next to no duty hours: either both come to an end, or both refuse."""
    length = timedelta(hours=hours)
    try:
        rows: list[datetime] | str = [add_duty_time(start, length, HARD) for start in starts]
    except ValueError as error:
        rows = str(error)
    try:
        column: list[datetime | None] | str = moments(add_duty_times(instants(starts), length, HARD))
    except ValueError as error:
        column = str(error)
    assert column == rows


def test_a_plan_without_duty_hours_is_refused_with_the_way_out() -> None:
    never = WEEK.model_copy(update={"duty_hours": type(WEEK.duty_hours)()})
    with pytest.raises(ValueError, match=r"too few duty hours.*widen duty_hours"):
        add_duty_times(instants([datetime(2026, 11, 23, 9, tzinfo=UTC)]), timedelta(hours=1), never)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(ZONES), STARTS)
def test_a_column_reads_the_wall_clock_as_its_rows_do(zone: str, at: list[datetime]) -> None:
    shown = local(instants(at), zone).tolist()
    assert shown == [moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for moment in at]


STARTER = read_plan("starter")
ROWS = st.lists(
    st.tuples(
        MOMENTS | NEAR,
        st.sampled_from([None, *LIGHTS]),
        st.sampled_from(["PL", "ES", None, "XX"]),
        st.sampled_from(["delivery", "billing", "other"]),
        st.booleans(),
    ),
    max_size=8,
)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(ZONES), ROWS)
def test_the_deadlines_of_a_column_are_those_of_its_rows(
    zone: str, rows: list[tuple[datetime, Light | None, str | None, str, bool]]
) -> None:
    plan = in_zone(STARTER, zone)
    starts, lights, countries, topics, complaints = (
        (list(each) for each in zip(*rows, strict=True)) if rows else [[]] * 5
    )
    found = deadline_columns(
        plan,
        np.array([LIGHTS.index(light) if light else -1 for light in lights], dtype=np.int8),
        instants(starts),
        country=Coded.of(countries),
        topic=Coded.of(topics),
        complaint=np.array(complaints, dtype=np.bool_),
    )
    columns = [
        moments(getattr(found, name))
        for name in ("acknowledge", "first_answer", "next_answer", "resolution", "statutory")
    ]
    for i, (start, light, country, topic, complaint) in enumerate(rows):
        one = deadlines_for(plan, light or "none", start, country=country, topic=topic, complaint=complaint)
        told = [one.acknowledge, one.first_answer, one.next_answer, one.resolution, one.statutory]
        assert [column[i] for column in columns] == told
        assert found.law[i] == one.law


def test_a_clock_begins_at_nothing() -> None:
    clock = DutyClock.between(WEEK, datetime(2026, 11, 23).date(), datetime(2026, 11, 24).date())
    at = instants([datetime(2026, 11, 20, tzinfo=UTC), datetime(2026, 11, 23, 8, tzinfo=UTC)]).astype(np.int64)
    assert (clock.passed(at) // 3_600_000_000).tolist() == [0, 1]
