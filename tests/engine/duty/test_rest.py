"""Too little rest is told, by the roster's own thresholds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sereno.engine.duty.rest import tired
from tests.engine.duty.town import rota

MONDAY = datetime(2026, 1, 4, 23, tzinfo=UTC)
"""Midnight in Madrid."""
FOUR = MONDAY + timedelta(weeks=4)


def shift(hours: list[str], people: list[str], **more: object) -> dict[str, object]:
    return {"shift": f"s{len(hours)}-{people[0]}", "role": "duty", "hours": hours, "people": people, **more}


def found(*shifts: dict[str, object], **more: object) -> dict[tuple[str, str], float]:
    there = rota(MONDAY, FOUR, shifts=list(shifts), **more)
    return {(each.person, each.why): each.hours / timedelta(hours=1) for each in tired(there)}


def test_eight_hours_on_five_days_are_well() -> None:
    assert found(shift(["08:00-16:00"], ["ana"], days=["monday", "tuesday", "wednesday", "thursday", "friday"])) == {}


def test_nineteen_hours_a_day_are_told_twice_over() -> None:
    told = found(shift(["05:00-00:00"], ["ana"]))
    assert told["ana", "rest"] == 19
    assert told["ana", "week"] == 19 * 7


def test_a_split_shift_with_a_short_night_is_too_little_rest_and_with_a_long_one_is_not() -> None:
    days = ["monday", "tuesday"]
    assert found(shift(["06:00-12:00", "15:00-22:00"], ["ana"], days=days)) == {("ana", "rest"): 16}
    assert found(shift(["08:00-14:00", "16:00-20:00"], ["ana"], days=days)) == {}


def test_a_day_right_after_a_night_is_too_little_rest() -> None:
    nights = shift(["22:00-06:00"], ["ana"], days=["monday"])
    late = {**shift(["14:00-22:00"], ["ana"], days=["tuesday"]), "shift": "late"}
    assert found(nights, late) == {("ana", "rest"): 24}


def test_more_than_sixty_hours_in_a_week_are_told_and_the_roster_can_say_otherwise() -> None:
    nine = shift(["08:00-17:00"], ["ana"])
    assert found(nine) == {("ana", "week"): 63}
    assert found(nine, rest={"a_week": "63h"}) == {}
    assert found(shift(["08:00-22:00"], ["ana"], days=["monday"]), rest={"between": "9h"}) == {}


def test_a_week_on_call_is_no_week_at_work() -> None:
    assert found(shift(["00:00-00:00"], ["ana", "ben"], rotate={"every": "7d", "since": "2026-01-05"})) == {}


def test_leave_gives_rest() -> None:
    nine = shift(["08:00-17:00"], ["ana"])
    days = [(f"2026-01-{day:02}T00:00", f"2026-01-{day + 1:02}T00:00") for day in (10, 17, 24)]
    leave = [{"person": "ana", "starts": starts, "ends": ends} for starts, ends in days]
    last = {"person": "ana", "starts": "2026-01-31T00:00", "ends": "2026-02-01T00:00"}
    assert found(nine, absences=[*leave, last]) == {}
