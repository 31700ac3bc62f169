"""Wall-clock times become instants without gap or overlap, on the days on which the clocks change too."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.engine.duty.wall import instant, of_wall

ZONES = ("Europe/Madrid", "Europe/Warsaw", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu")


def test_a_time_that_the_clocks_skip_is_the_moment_at_which_they_skip_it() -> None:
    assert instant(date(2026, 3, 29), time(2, 30), "Europe/Madrid") == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_a_time_that_comes_twice_is_its_first_coming() -> None:
    assert instant(date(2026, 10, 25), time(2, 30), "Europe/Madrid") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(("night", "hours"), [(date(2026, 3, 28), 7), (date(2026, 10, 24), 9), (date(2026, 6, 1), 8)])
def test_a_night_shift_is_as_long_as_it_is_lived(night: date, hours: int) -> None:
    begins = instant(night, time(22), "Europe/Warsaw")
    ends = instant(night + timedelta(days=1), time(6), "Europe/Warsaw")
    assert ends - begins == timedelta(hours=hours)


@given(
    st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2030, 1, 1)),
    st.timedeltas(min_value=timedelta(), max_value=timedelta(days=2)),
    st.sampled_from(ZONES),
)
@settings(max_examples=300, deadline=None)
def test_later_on_the_wall_is_never_earlier_in_fact(wall: datetime, later: timedelta, zone: str) -> None:
    wall, after = wall.replace(microsecond=0), (wall + later).replace(microsecond=0)
    assert of_wall(wall, zone) <= of_wall(after, zone)
