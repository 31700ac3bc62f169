"""Who stands where, from when to when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.engine.duty.watch import watch
from tests.engine.duty.town import rota

MADRID = ZoneInfo("Europe/Madrid")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=MADRID)


def test_day_and_night_shift_hand_over_to_the_minute() -> None:
    there = rota()
    assert there.on("duty", at("2026-01-07T07:59")) == ("ben",)
    assert there.on("duty", at("2026-01-07T08:00")) == ("ana",)
    assert there.on("duty", at("2026-01-07T20:00")) == ("ben",)


def test_a_split_shift_has_its_break() -> None:
    there = rota()
    assert there.on("shop", at("2026-01-07T13:59")) == ("cem",)
    assert there.on("shop", at("2026-01-07T14:00")) == ()
    assert there.on("shop", at("2026-01-07T16:00")) == ("cem",)


def test_a_rotation_hands_on_when_the_shift_begins_not_at_midnight() -> None:
    there = rota()
    assert there.on("committee", at("2026-01-12T08:59")) == ("dia",)
    assert there.on("committee", at("2026-01-12T09:00")) == ("eva",)


def test_who_is_on_leave_stands_nowhere() -> None:
    leave = {"person": "ana", "starts": "2026-01-07T12:00", "ends": "2026-01-08T12:00"}
    there = rota(absences=[leave])
    assert there.on("duty", at("2026-01-07T11:59")) == ("ana",)
    assert there.on("duty", at("2026-01-07T12:00")) == ()
    assert there.on("duty", at("2026-01-07T21:00")) == ("ben",)
    assert there.on("duty", at("2026-01-08T12:00")) == ("ana",)


def test_an_override_takes_over_for_its_hours_and_says_for_whom() -> None:
    override = {
        "person": "ana", "role": "duty", "starts": "2026-01-07T22:00", "ends": "2026-01-07T23:00", "instead_of": "ben",
    }  # fmt: skip
    there = rota(overrides=[override])
    assert there.on("duty", at("2026-01-07T21:59")) == ("ben",)
    standing = there.standing("duty", at("2026-01-07T22:30"))
    assert [(w.person, w.instead_of, w.shift) for w in standing] == [("ana", "ben", "night")]
    assert there.on("duty", at("2026-01-07T23:00")) == ("ben",)


def test_an_override_beside_somebody_makes_two() -> None:
    override = {"person": "eva", "role": "duty", "starts": "2026-01-07T10:00", "ends": "2026-01-07T12:00"}
    assert rota(overrides=[override]).on("duty", at("2026-01-07T11:00")) == ("ana", "eva")


def test_who_took_over_may_hand_on_again() -> None:
    first = {
        "person": "ana", "role": "duty", "starts": "2026-01-07T20:00", "ends": "2026-01-08T08:00", "instead_of": "ben",
    }  # fmt: skip
    second = first | {"person": "eva", "instead_of": "ana", "starts": "2026-01-08T00:00"}
    there = rota(overrides=[first, second])
    assert there.on("duty", at("2026-01-07T23:00")) == ("ana",)
    assert there.on("duty", at("2026-01-08T01:00")) == ("eva",)


def test_a_shift_may_leave_out_public_holidays() -> None:
    shop = {"shift": "shop", "role": "shop", "hours": ["08:00-20:00"], "people": ["cem"], "holidays": False}
    there = rota(shifts=[shop])
    assert there.on("shop", at("2026-01-05T10:00")) == ("cem",)
    assert there.on("shop", at("2026-01-06T10:00")) == ()  # Epiphany


def test_far_away_time_zones_stand_at_their_own_hours() -> None:
    there = rota(timezone="Pacific/Auckland")
    assert there.on("duty", datetime(2026, 1, 6, 19, 0, tzinfo=UTC)) == ("ana",)  # 08:00 on the 7th
    assert there.on("duty", datetime(2026, 1, 6, 18, 59, tzinfo=UTC)) == ("ben",)


@given(st.datetimes(min_value=datetime(2026, 1, 2), max_value=datetime(2027, 12, 30)))
@settings(max_examples=60, deadline=None)
def test_shifts_that_follow_each_other_leave_no_moment_empty_and_none_doubled(moment: datetime) -> None:
    moment = moment.replace(tzinfo=UTC)
    there = rota(moment - timedelta(days=2), moment + timedelta(days=2))
    assert len(there.on("duty", moment)) == 1


@given(
    st.lists(st.tuples(st.integers(0, 2000), st.integers(1, 600), st.sampled_from(["ana", "ben", "eva"])), max_size=6),
    st.integers(0, 2600),
)
@settings(max_examples=100, deadline=None)
def test_asking_quickly_is_asking_every_stretch(leaves: list[tuple[int, int, str]], hour: int) -> None:
    start = datetime(2026, 1, 1)
    absences = [
        {
            "person": who,
            "starts": start + timedelta(hours=begin / 3),
            "ends": start + timedelta(hours=(begin + long) / 3),
        }
        for begin, long, who in leaves
    ]
    there = rota(absences=absences)
    moment = there.start + timedelta(hours=hour / 4)
    slow = {w.person for w in there.all if w.role == "duty" and w.starts <= moment < w.ends}
    assert set(there.on("duty", moment)) == slow


def test_whoever_stands_there_when_the_rota_ends_has_no_end() -> None:
    always = [{"shift": "always", "role": "duty", "hours": ["00:00-00:00"], "people": ["ana"]}]
    there = rota(at("2026-01-07T01:35"), at("2026-01-21T01:35"), shifts=always)
    found = watch(there, "duty", at("2026-01-08T12:00"))
    assert (found.until, found.next) == (None, ())
    assert {(each.ends - each.starts) for each in there.whole} == {timedelta(days=1)}
