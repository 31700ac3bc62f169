"""Rotations of any length, far-away zones, changes of the clock, rosters with nobody in them, swaps."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.engine.duty.escalation import line_of, next_happenings
from sereno.engine.duty.fairness import shares
from sereno.engine.duty.gaps import gaps, needs
from sereno.engine.duty.proof import worst_of_all
from sereno.engine.duty.roster import Shift
from sereno.engine.duty.rota import Rota, on_turn
from sereno.engine.duty.stretches import length, union
from sereno.engine.duty.wall import instant
from sereno.engine.duty.watch import watch
from tests.engine.duty.town import everybody, plan, roster, rota

PLAN = plan()
ZONES = st.sampled_from(
    [
        "Europe/Madrid", "America/St_Johns", "Asia/Kathmandu", "Pacific/Kiritimati", "Pacific/Pago_Pago",
        "Australia/Lord_Howe", "Africa/Casablanca", "America/Mexico_City", "UTC",
    ]
)  # fmt: skip
DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2029, 12, 1))
CLOCK = st.times().map(lambda at: at.replace(second=0, microsecond=0))


def around(day: date) -> tuple[datetime, datetime]:
    noon = datetime.combine(day, time(12), UTC)
    return noon - timedelta(days=3), noon + timedelta(days=3)


@given(ZONES, DAYS, CLOCK, st.integers(0, 6 * 24 * 60 - 1))
@settings(max_examples=120, deadline=None)
def test_whole_days_that_follow_each_other_hold_exactly_one_person_at_every_moment(
    zone: str, day: date, clock: time, minute: int
) -> None:
    start, end = around(day)
    hours = f"{clock:%H:%M}-{clock:%H:%M}"
    shift = {
        "shift": "all", "role": "duty", "hours": [hours], "people": ["ana", "ben"],
        "rotate": {"every": "1d", "since": "2026-01-05"},
    }  # fmt: skip
    there = rota(start, end, timezone=zone, country=None, shifts=[shift])
    assert len(there.on("duty", start + timedelta(minutes=minute))) == 1
    assert length((w.starts, w.ends) for w in there.all) == end - start


@given(ZONES, DAYS, CLOCK, CLOCK)
@settings(max_examples=150, deadline=None)
def test_two_shifts_that_hand_over_to_each_other_leave_no_gap_and_no_overlap(
    zone: str, day: date, first: time, second: time
) -> None:
    if first == second:
        return
    start, end = around(day)
    shifts = [
        {"shift": "a", "role": "duty", "hours": [f"{first:%H:%M}-{second:%H:%M}"], "people": ["ana"]},
        {"shift": "b", "role": "duty", "hours": [f"{second:%H:%M}-{first:%H:%M}"], "people": ["ben"]},
    ]
    there = rota(start, end, timezone=zone, country=None, shifts=shifts)
    assert union((w.starts, w.ends) for w in there.all) == [(start, end)]
    assert sum((w.ends - w.starts for w in there.all), timedelta()) == end - start


@given(st.integers(1, 40), st.integers(1, 9), st.integers(1, 4), DAYS)
@settings(max_examples=150, deadline=None)
def test_a_rotation_of_any_length_gives_everybody_the_same_number_of_days(
    every: int, people: int, together: int, day: date
) -> None:
    shift = Shift.model_validate(
        {
            "shift": "s", "role": "duty", "hours": ["08:00-20:00"], "people": [f"p{n}" for n in range(people)],
            "rotate": {"every": f"{every}d", "since": "2026-01-05", "together": together},
        }
    )  # fmt: skip
    turns = [on_turn(shift, day + timedelta(days=n)) for n in range(every * people * together)]
    counts = {f"p{n}": sum(f"p{n}" in turn for turn in turns) for n in range(people)}
    assert len(set(counts.values())) == 1
    assert {len(turn) for turn in turns} == {min(together, people)}


@given(ZONES, DAYS)
@settings(max_examples=40, deadline=None)
def test_an_empty_roster_is_one_gap_and_its_chain_ends_in_nobody(zone: str, day: date) -> None:
    start, end = around(day)
    empty = Rota(roster(timezone=zone, people=[], shifts=[]), start, end)
    assert empty.all == ()
    always = next(need.role for need in needs(PLAN) if need.always)
    assert [(gap.starts, gap.ends) for gap in gaps(empty, PLAN) if gap.role == always] == [(start, end)]
    assert shares(empty, {}) == ()
    red = next(found for found in worst_of_all(PLAN, empty, reachable=everybody) if found.degree == "red")
    assert red.nobody == ((start, end),)
    line = line_of(PLAN, PLAN.step_for("red"), start, area_owner=None)
    (happening,) = next_happenings(line, [], empty, PLAN, everybody, start)
    assert happening.what == "nobody"


@given(st.integers(0, 11), st.integers(1, 11))
@settings(max_examples=80, deadline=None)
def test_a_swap_both_ways_changes_who_and_leaves_every_hour_covered(first: int, later: int) -> None:
    nights = [date(2026, 1, 6) + timedelta(days=first), date(2026, 1, 6) + timedelta(days=first + later)]
    pattern = {
        "shift": "night", "role": "duty", "hours": ["20:00-08:00"], "people": ["ana", "ben"],
        "rotate": {"every": "1d", "since": "2026-01-05"},
    }  # fmt: skip
    plain = rota(shifts=[pattern])
    turns = [plain.on("duty", instant(night, time(23), "Europe/Madrid")) for night in nights]
    swap: list[dict[str, Any]] = [
        {
            "person": "ben" if turn == ("ana",) else "ana", "instead_of": turn[0], "role": "duty", "swap": True,
            "starts": f"{night}T20:00", "ends": f"{night + timedelta(days=1)}T08:00",
        }
        for night, turn in zip(nights, turns, strict=True)
    ]  # fmt: skip
    swapped = rota(shifts=[pattern], overrides=swap)
    for night, turn in zip(nights, turns, strict=True):
        at = instant(night, time(23), "Europe/Madrid")
        assert swapped.on("duty", at) != turn
        assert {w.via for w in swapped.standing("duty", at)} == {"swap"}
    hours = [union((w.starts, w.ends) for w in each.all) for each in (plain, swapped)]
    assert hours[0] == hours[1]


def test_holidays_are_those_of_whoevers_turn_it_is() -> None:
    people = [
        {"person": "ana", "name": "Ana", "roles": ["duty"]},
        {"person": "ola", "name": "Ola", "roles": ["duty"], "country": "PL"},
    ]
    shift = {"shift": "s", "role": "duty", "hours": ["08:00-20:00"], "people": ["ana", "ola"], "holidays": False}
    start, end = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 20, tzinfo=UTC)
    there = rota(start, end, people=people, shifts=[shift])
    assert there.on("duty", datetime(2026, 11, 11, 12, tzinfo=UTC)) == ("ana",)  # Independence Day in Poland
    assert there.on("duty", datetime(2026, 12, 8, 12, tzinfo=UTC)) == ("ola",)  # Immaculate Conception in Spain
    assert there.on("duty", datetime(2026, 11, 12, 12, tzinfo=UTC)) == ("ana", "ola")


@pytest.mark.parametrize(("language", "who"), [("es", ("ana",)), ("pl", ("ben",)), (None, ("ana", "ben"))])
def test_a_post_goes_to_whoever_reads_its_language(language: str | None, who: tuple[str, ...]) -> None:
    shift = {"shift": "s", "role": "duty", "hours": ["08:00-20:00"], "people": ["ana", "ben"]}
    there = rota(shifts=[shift], people=[
        {"person": "ana", "name": "Ana", "roles": ["duty"], "languages": ["es", "en"]},
        {"person": "ben", "name": "Ben", "roles": ["duty"], "languages": ["pl", "en"]},
    ])  # fmt: skip
    assert there.on("duty", datetime(2026, 1, 7, 12, tzinfo=UTC), language=language) == who


def test_who_reads_the_language_and_cannot_be_reached_is_followed_by_whoever_stands_there_too() -> None:
    shift = {"shift": "s", "role": "committee", "hours": ["09:00-09:00"], "people": ["dia", "eva"]}
    there = rota(shifts=[shift], people=[
        {"person": "dia", "name": "Día", "roles": ["committee"], "languages": ["es"]},
        {"person": "eva", "name": "Eva", "roles": ["committee"], "languages": ["pl"]},
    ])  # fmt: skip
    at = datetime(2026, 1, 7, 3, tzinfo=UTC)
    line = line_of(PLAN, PLAN.step_for("red"), at, area_owner=None, language="es")
    (first,) = next_happenings(line, [], there, PLAN, everybody, at)
    (other,) = next_happenings(line, [], there, PLAN, lambda person, _at: person != "dia", at)
    assert (first.people, other.people, other.how) == (("dia",), ("eva",), "on_duty")


def test_people_on_leave_are_woken_only_where_nobody_else_is_left() -> None:
    leave = {"person": "dia", "starts": "2026-01-01T00:00", "ends": "2026-01-31T00:00"}
    there = rota(shifts=[], absences=[leave])
    at = datetime(2026, 1, 10, 3, tzinfo=UTC)
    line = line_of(PLAN, PLAN.step_for("red"), at, area_owner=None)
    (called,) = next_happenings(line, [], there, PLAN, everybody, at)
    (alone,) = next_happenings(line, [], there, PLAN, lambda person, _at: person == "dia", at)
    assert (called.people, alone.people) == (("eva",), ("dia",))


def test_now_until_when_and_who_is_next() -> None:
    madrid = ZoneInfo("Europe/Madrid")
    found = watch(rota(), "duty", datetime(2026, 1, 7, 10, tzinfo=madrid))
    assert [w.person for w in found.there] == ["ana"]
    assert found.until == found.next_from == datetime(2026, 1, 7, 20, tzinfo=madrid)
    assert [w.person for w in found.next] == ["ben"]
    pause = watch(rota(), "shop", datetime(2026, 1, 7, 15, tzinfo=madrid))
    assert (pause.there, pause.next_from) == ((), datetime(2026, 1, 7, 16, tzinfo=madrid))
