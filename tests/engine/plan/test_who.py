"""A degree and a moment → the roles in order, when each is called, and by when they answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.engine.plan.check import DEGREES
from sereno.engine.plan.deadlines import next_duty
from sereno.engine.plan.load import read_plan
from sereno.engine.plan.who import who
from tests.engine.plan.small import small_plan

MADRID = ZoneInfo("Europe/Madrid")
PLAN = small_plan()
FRIDAY_NIGHT = datetime(2026, 11, 20, 23, 30, tzinfo=MADRID)
MONDAY_10 = datetime(2026, 11, 23, 10, 0, tzinfo=MADRID)


def chain(degree: str, at: datetime, **asked: str) -> list[tuple[str, str, str]]:
    answer = who(PLAN, degree, at, **asked)  # type: ignore[arg-type]
    return [
        (
            call.role,
            f"{call.called_at.astimezone(MADRID):%a %H:%M}",
            f"{call.acknowledge_by.astimezone(MADRID):%a %H:%M}",
        )
        for call in answer.calls
    ]


def test_a_mild_post_in_duty_hours_climbs_the_whole_chain_when_nobody_answers() -> None:
    assert chain("green", MONDAY_10, topic="billing") == [
        ("duty", "Mon 10:00", "Mon 11:00"),
        ("shop", "Mon 11:00", "Mon 11:30"),
        ("committee", "Mon 11:30", "Mon 11:40"),
    ]


def test_a_moderate_post_on_friday_night_waits_for_monday_but_a_serious_one_does_not() -> None:
    assert chain("amber", FRIDAY_NIGHT, area="billing") == [
        ("shop", "Mon 08:00", "Mon 08:30"),
        ("committee", "Mon 08:30", "Mon 08:40"),
    ]
    assert chain("red", FRIDAY_NIGHT) == [("committee", "Fri 23:30", "Fri 23:40")]


def test_the_answer_says_whether_it_is_duty_time_and_by_when() -> None:
    night, day = who(PLAN, "red", FRIDAY_NIGHT), who(PLAN, "green", MONDAY_10)
    assert (night.on_duty, day.on_duty) == (False, True)
    assert night.deadlines.first_answer == FRIDAY_NIGHT + timedelta(hours=1)
    assert day.deadlines.first_answer == MONDAY_10 + timedelta(hours=4)


def test_without_a_topic_the_area_is_the_one_that_takes_the_rest() -> None:
    assert who(PLAN, "amber", MONDAY_10).area == "everything"
    assert who(PLAN, "amber", MONDAY_10, topic="billing").area == "billing"


def test_a_foreign_language_goes_its_own_way_unless_the_post_is_red() -> None:
    assert who(PLAN, "amber", MONDAY_10, language="de").calls[0].step == "on-duty"
    assert who(PLAN, "amber", MONDAY_10, language="en").calls[0].step == "owner"
    assert who(PLAN, "red", MONDAY_10, language="de").calls[0].step == "committee"


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"area": "biling"}, "area 'biling' is not in the plan; did you mean 'billing'"),
        ({"topic": "delivry"}, "topic 'delivry' does not exist; did you mean 'delivery'"),
    ],
)
def test_a_name_that_does_not_exist_is_refused(asked: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        who(PLAN, "red", MONDAY_10, **asked)  # type: ignore[arg-type]


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="has no time zone"):
        who(PLAN, "red", datetime(2026, 12, 24, 23, 30))


@settings(max_examples=40, deadline=None)
@given(
    shipped=st.sampled_from(["starter", "airline"]),
    degree=st.sampled_from(DEGREES),
    at=st.datetimes(datetime(2024, 1, 1), datetime(2034, 1, 1)).map(lambda naive: naive.replace(tzinfo=MADRID)),
)
def test_at_any_moment_every_degree_ends_with_a_role_of_the_plan(shipped: str, degree: str, at: datetime) -> None:
    plan = read_plan(shipped)
    answer = who(plan, degree, at)  # type: ignore[arg-type]
    assert set(answer.roles) <= {role.role for role in plan.roles}
    before = at
    for call in answer.calls:
        sleeps = plan.step(call.step).clock == "duty"
        assert call.called_at == (next_duty(before, plan) if sleeps else before)
        assert call.called_at < call.acknowledge_by
        before = call.acknowledge_by


def test_who_stands_in_is_told_the_areas_deputy_before_the_roles() -> None:
    plan = small_plan(
        ("{role: shop, title: {en: Shop}}", "{role: shop, title: {en: Shop}, deputy: committee}"),
        ("{role: committee, title: {en: Committee}}", "{role: committee, title: {en: Committee}, deputy: duty}"),
        ("owner: shop, topics: [billing]", "owner: shop, deputy: duty, topics: [billing]"),
    )
    billing = who(plan, "amber", MONDAY_10, area="billing")
    assert [(call.role, call.deputy) for call in billing.calls] == [("shop", "duty"), ("committee", "duty")]
    rest = who(plan, "green", MONDAY_10, area="everything")
    assert (rest.calls[0].role, rest.calls[0].deputy) == ("duty", None)
