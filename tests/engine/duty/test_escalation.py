"""The chain: the right person is called, the next when nobody acknowledges, and it always ends in a person."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.engine.duty.escalation import (
    Happening,
    Line,
    Reachable,
    acknowledge,
    due_at,
    escalate,
    hand_back,
    line_of,
    next_happenings,
    stop,
)
from sereno.engine.duty.rota import Rota
from sereno.engine.plan.deadlines import on_duty
from tests.engine.duty.town import everybody, plan, rota

MADRID = ZoneInfo("Europe/Madrid")
PLAN = plan()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=MADRID)


def line(degree: Any, moment: datetime) -> Line:
    return line_of(PLAN, PLAN.step_for(degree), moment, area_owner="shop")


def told(happened: tuple[Happening, ...] | list[Happening]) -> list[tuple[str, int, tuple[str, ...]]]:
    return [(each.what, each.link, each.people) for each in happened]


def go_on(
    the_line: Line, happened: list[Happening], there: Rota, now: datetime, reachable: Reachable = everybody
) -> list[Happening]:
    return [*happened, *next_happenings(the_line, happened, there, PLAN, reachable, now)]


def test_a_red_post_at_night_calls_the_committee_on_duty_at_once() -> None:
    night = at("2026-01-10T03:00")
    happened = go_on(line("red", night), [], rota(), night)
    assert told(happened) == [("called", 0, ("dia",))]
    assert happened[0].acknowledge_by == night + timedelta(minutes=10)


def test_a_green_that_nobody_takes_calls_nobody_outside_of_duty_hours_not_even_steps_that_are_there_at_night() -> None:
    evening = at("2026-01-07T19:00")
    known = line_of(PLAN, PLAN.step_for("green"), evening, area_owner="shop", degree="green")
    unknown = line_of(PLAN, PLAN.step_for("green"), evening, area_owner="shop")
    nights = {}
    for name, the_line in (("before", unknown), ("after", known)):
        happened, there = [], rota()
        moment = due_at(the_line, happened, PLAN)
        while moment is not None and moment < evening + timedelta(days=2):
            happened = go_on(the_line, happened, there, moment)
            moment = due_at(the_line, happened, PLAN)
        calls = [each for each in happened if each.what == "called"]
        assert {each.link for each in calls} == set(range(len(the_line.links)))  # it goes up to the end all the same
        nights[name] = [each for each in calls if not on_duty(each.at, PLAN)]
    assert nights["before"]
    assert nights["after"] == []


def test_nothing_happens_before_it_is_due_and_the_next_is_called_when_it_is() -> None:
    morning = at("2026-01-07T10:00")
    amber, there = line("amber", morning), rota()
    happened = go_on(amber, [], there, morning)
    assert told(happened) == [("called", 0, ("cem",))]
    assert go_on(amber, happened, there, morning + timedelta(minutes=29)) == happened
    happened = go_on(amber, happened, there, morning + timedelta(minutes=30))
    assert told(happened)[1:] == [("called", 1, ("dia",))]


def test_a_duty_step_sleeps_until_duty_hours() -> None:
    night = at("2026-01-07T23:00")
    amber = line("amber", night)
    assert go_on(amber, [], rota(), night) == []
    assert due_at(amber, [], PLAN) == at("2026-01-08T08:00")


def test_where_nobody_stands_the_next_is_called_and_it_is_told_who_was_missing() -> None:
    noon = at("2026-01-07T10:00")
    there = rota(absences=[{"person": "cem", "starts": "2026-01-07T00:00", "ends": "2026-01-08T00:00"}])
    happened = go_on(line("amber", noon), [], there, noon)
    assert told(happened) == [("passed", 0, ()), ("called", 1, ("dia",))]
    assert "shop" in happened[0].reason


def test_acknowledging_stops_it_and_handing_back_calls_the_same_link_anew() -> None:
    morning = at("2026-01-07T10:00")
    amber, there = line("amber", morning), rota()
    happened = go_on(amber, [], there, morning)
    happened.append(acknowledge(happened, by="cem", at=morning + timedelta(minutes=5)))
    assert due_at(amber, happened, PLAN) is None
    happened.append(hand_back(happened, by="cem", at=morning + timedelta(minutes=8), reason="not ours"))
    happened = go_on(amber, happened, there, morning + timedelta(minutes=9))
    assert told(happened)[-1] == ("called", 0, ("cem",))


def test_escalating_calls_the_next_at_once() -> None:
    morning = at("2026-01-07T10:00")
    amber, there = line("amber", morning), rota()
    happened = go_on(amber, [], there, morning)
    happened.append(escalate(amber, happened, by="cem", at=morning + timedelta(minutes=1), reason="too big for me"))
    happened = go_on(amber, happened, there, morning + timedelta(minutes=1))
    assert told(happened)[-1] == ("called", 1, ("dia",))


def test_the_end_of_the_line_is_called_again_and_more_widely() -> None:
    night = at("2026-01-10T03:00")
    red, there = line("red", night), rota()
    happened = go_on(red, [], there, night)
    happened = go_on(red, happened, there, night + timedelta(minutes=10))
    assert told(happened)[-1] == ("called", 0, ("dia", "eva"))
    assert happened[-1].round == 1


def test_off_duty_people_of_the_last_role_are_called_before_nobody_is() -> None:
    night = at("2026-01-10T03:00")
    there = rota(shifts=[{"shift": "day", "role": "duty", "hours": ["08:00-20:00"], "people": ["ana"]}])
    happened = go_on(line("red", night), [], there, night)
    assert told(happened) == [("called", 0, ("dia", "eva"))]
    assert happened[0].how == "everybody"


def test_where_nobody_at_all_can_be_reached_that_is_told_again_and_again() -> None:
    night = at("2026-01-10T03:00")
    red, there = line("red", night), rota()
    happened = go_on(red, [], there, night, lambda _person, _at: False)
    assert told(happened) == [("nobody", 0, ())]
    happened = go_on(red, happened, there, night + timedelta(minutes=10), lambda _person, _at: False)
    assert told(happened)[-1] == ("nobody", 0, ())


def test_a_stopped_line_stays_silent() -> None:
    night = at("2026-01-10T03:00")
    red, there = line("red", night), rota()
    happened = go_on(red, [], there, night)
    happened.append(stop(happened, at=night, reason="answered"))
    assert go_on(red, happened, there, night + timedelta(days=1)) == happened


LOOKS = st.lists(st.integers(1, 400), min_size=1, max_size=25)


@given(
    st.sampled_from(["red", "amber", "green", "none"]), st.integers(0, 20 * 24 * 60), LOOKS,
    st.sets(st.sampled_from(["ana", "ben", "cem", "dia", "eva"]), max_size=4),
)  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_whatever_the_hours_and_whoever_is_away_a_line_reaches_a_human_and_never_goes_back(
    degree: str, minute: int, looks: list[int], away: set[str]
) -> None:
    start = at("2026-01-02T00:00") + timedelta(minutes=minute)
    the_line, there = line(degree, start), rota()
    happened: list[Happening] = []
    now = start
    for look in looks:
        due = due_at(the_line, happened, PLAN)
        assert due is not None
        now = max(now + timedelta(minutes=look), due)
        before = len(happened)
        happened = go_on(the_line, happened, there, now, lambda person, _at: person not in away)
        assert len(happened) > before
    called = [each for each in happened if each.what == "called"]
    links = [each.link for each in called]
    assert links == sorted(links)
    assert all(each.people and not away.intersection(each.people) for each in called)
    if not {"dia", "eva"} <= away:
        assert all(each.what != "nobody" for each in happened)


@given(st.integers(0, 20 * 24 * 60))
@settings(max_examples=100, deadline=None)
def test_asking_twice_brings_nothing_new(minute: int) -> None:
    start = at("2026-01-02T00:00") + timedelta(minutes=minute)
    red, there = line("red", start), rota()
    happened = go_on(red, [], there, start)
    assert go_on(red, happened, there, start) == happened
