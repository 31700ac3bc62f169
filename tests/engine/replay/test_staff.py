"""People on duty by a roster: the load and the queue against whoever is there at that hour."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.engine.columns import instants
from sereno.engine.duty.roster import Roster
from sereno.engine.duty.rota import Rota
from sereno.engine.plan.deadlines import add_duty_time, on_duty
from sereno.engine.plan.model import Plan
from sereno.engine.replay import compare, replay
from sereno.engine.replay.difference import Difference, Pair
from sereno.engine.replay.staff import Staff, staff_of
from tests.engine.plan.batches import Said, known
from tests.engine.replay.pasts import AFTER, BEFORE, MONDAY, PASTS, Row, past_of
from tests.engine.replay.test_difference import DEGREES, Facts, plain_week

ROLES = tuple(dict.fromkeys(role.role for plan in (BEFORE, AFTER) for role in plan.roles))
MINUTE = timedelta(minutes=1)


def roster_of(*shifts: dict[str, Any], people: int = 4, zone: str = "Europe/Madrid", **more: Any) -> Roster:
    names = [f"p{i}" for i in range(people)]
    return Roster.model_validate(
        {
            "sereno_roster": 1, "roster": "team", "version": "1", "timezone": zone,
            "people": [{"person": name, "name": name.upper(), "roles": ROLES} for name in names],
            "shifts": [{"shift": f"s{i}", **shift} for i, shift in enumerate(shifts)],
            **more,
        }
    )  # fmt: skip


def day_and_night(role: str, people: int) -> dict[str, Any]:
    return {"role": role, "hours": ["00:00-00:00"], "people": [f"p{i}" for i in range(people)]}


def compared(rows: list[Row], plans: tuple[Plan, Plan] = (BEFORE, BEFORE), **how: Any) -> Difference:
    past = past_of(rows)
    return compare(past, *(replay(past, plan) for plan in plans), plans=plans, **how)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([(BEFORE, AFTER), (AFTER, BEFORE)]), PASTS, st.integers(1, 4), st.sampled_from([10, 12.5, 45, 180])
)
def test_so_many_people_always_on_duty_are_that_number(
    plans: tuple[Plan, Plan], rows: list[Row], number: int, minutes: float
) -> None:
    roster = roster_of(*(day_and_night(role, number) for role in ROLES))
    by_roster = compared(rows, plans, roster=roster, minutes_per_answer=minutes)
    roles = {role.role for plan in plans for role in plan.roles}
    by_number = compared(rows, plans, people=dict.fromkeys(roles, number), minutes_per_answer=minutes)
    assert by_roster.roster == roster.id
    assert by_number.roster is None
    assert all(not load.given and load.least == load.people == number for load in by_roster.load)
    same = tuple(msgspec.structs.replace(load, given=False) for load in by_number.load)
    assert msgspec.structs.replace(by_number, load=same, roster=roster.id) == by_roster


HOURS = st.sampled_from(["00:00-08:00", "08:00-16:00", "14:00-22:00", "22:00-06:00", "09:00-09:00"])
SHIFTS = st.lists(
    st.builds(
        lambda role, hours, days, people: {"role": role, "hours": [hours], "days": days, "people": people},
        st.sampled_from(ROLES),
        HOURS,
        st.lists(st.sampled_from(["mon", "tue", "wed", "sat", "sun"]), min_size=1, max_size=5, unique=True).map(
            lambda days: [{"mon": "monday", "tue": "tuesday", "wed": "wednesday", "sat": "saturday", "sun": "sunday"}[d]
                          for d in days]
        ),
        st.lists(st.sampled_from(["p0", "p1", "p2", "p3"]), min_size=1, max_size=3, unique=True),
    ),
    min_size=1,
    max_size=8,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(PASTS, SHIFTS, st.sampled_from([10, 45, 180]), st.booleans())
def test_load_and_queue_are_what_a_plain_loop_over_the_roster_counts(
    rows: list[Row], shifts: list[dict[str, Any]], minutes: int, away: bool
) -> None:
    absences = [{"person": "p0", "starts": "2026-03-24T12:00", "ends": "2026-03-27T12:00"}] if away else []
    roster = roster_of(*shifts, absences=absences)
    facts = [Facts(row, BEFORE, as_if_live=False) for row in rows]
    working = {each.route.role for each in facts if each.starts}
    if working and not working & {shift["role"] for shift in shifts}:
        with pytest.raises(ValueError, match="fills none of the plan's roles"):
            compared(rows, roster=roster, minutes_per_answer=minutes)
        return
    found = compared(rows, roster=roster, minutes_per_answer=minutes)
    queues = {queue.role: queue.late.after for queue in found.queues}
    rota = Rota(roster, MONDAY - timedelta(days=3), MONDAY + timedelta(days=60))
    assert {load.role for load in found.load} == working
    for load in found.load:
        mine = [each for each in facts if each.starts and each.route.role == load.role]
        assert load.overloaded.after == plain_overload(mine, rota, load.role, minutes)
        assert load.nobody.after == sum(not rota.on(load.role, clock_runs_from(each)) for each in mine)
        assert queues[load.role] == plain_queue(mine, rota, load.role, minutes)
        first, last = min(each.start for each in mine), max(each.start for each in mine)
        there = [
            len(set(rota.on(load.role, at))) for at in (first, last, *rota.changes(load.role)) if first <= at <= last
        ]
        assert (load.least, load.people) == (min(there), max(there))


def clock_runs_from(post: Facts) -> datetime:
    if post.always or on_duty(post.start, BEFORE):
        return post.start
    return add_duty_time(post.start, timedelta(microseconds=1), BEFORE) - timedelta(microseconds=1)


def plain_overload(posts: list[Facts], rota: Rota, role: str, minutes: int) -> int:
    """A minute at a time: how many minutes people worked in the hour, against what came."""
    hours: Counter[datetime] = Counter()
    for post in posts:
        hours[post.start - timedelta(minutes=post.start.minute)] += minutes
    return sum(
        work > sum(len(set(rota.on(role, began + i * MINUTE))) for i in range(60)) for began, work in hours.items()
    )


def plain_queue(posts: list[Facts], rota: Rota, role: str, minutes: int) -> int:
    """A minute at a time: who is there and answers nothing takes the gravest that waits."""
    waiting, busy, late = list(posts), [], 0
    now, hopeless = min(post.start for post in posts), max(post.due for post in posts if post.due)
    length = timedelta(minutes=minutes)
    while now <= hopeless:
        busy = [done for done in busy if done > now]
        there = [post for post in waiting if post.start <= now and (post.always or on_duty(now, BEFORE))]
        there.sort(key=lambda post: (-DEGREES.index(post.light), post.start, not post.always))
        for post in there[: max(0, len(set(rota.on(role, now))) - len(busy))]:
            waiting.remove(post)
            busy.append(now + length if post.always else add_duty_time(now, length, BEFORE))
            assert post.due is not None
            late += busy[-1] > post.due
        now += MINUTE
    return late + len(waiting)


def reds(*hours: float) -> list[Row]:
    return [Row(Said(risks=("safety",)), known(received_at=MONDAY + timedelta(hours=hour)), -2, None) for hour in hours]


def test_a_red_post_at_night_waits_for_the_morning_where_nobody_is_there() -> None:
    """00:00 in UTC is 01:00 in Madrid: due in 30 minutes, and the committee's day begins at 08:00."""
    day = roster_of({"role": "committee", "hours": ["08:00-20:00"], "people": ["p0"]})
    night = roster_of({"role": "committee", "hours": ["08:00-20:00", "20:00-08:00"], "people": ["p0"]})
    for roster, late, nobody, least in ((day, 1, 1, 0), (night, 0, 0, 1)):
        (load,) = (found := compared(reds(0, 9), roster=roster)).load
        assert (found.queues[0].late.after, load.nobody.after) == (late, nobody)
        assert (load.least, load.people, load.given) == (least, 1, False)
    assert compared(reds(0, 9), roster=day).load[0].overloaded == Pair(1, 1), "an hour with work and without people"


def test_a_number_that_is_given_stands_above_the_roster() -> None:
    day = roster_of({"role": "committee", "hours": ["08:00-20:00"], "people": ["p0"]})
    (load,) = (found := compared(reds(0), roster=day, people={"committee": 2})).load
    assert (load.people, load.least, load.given, load.nobody) == (2, 2, True, Pair(0, 0))
    assert (found.queues[0].late.after, found.roster) == (0, "team@1")


def test_leave_holidays_and_swaps_count() -> None:
    """Tuesday: p0 is on leave, p1 stands in for two hours; 25 December is a holiday of the whole roster."""
    shift = {"role": "committee", "hours": ["08:00-20:00"], "people": ["p0"], "holidays": False}
    roster = roster_of(
        shift,
        country="ES",
        absences=[{"person": "p0", "starts": "2026-03-24T10:00", "ends": "2026-03-24T14:00"}],
        overrides=[{"person": "p1", "role": "committee", "starts": "2026-03-24T12:00", "ends": "2026-03-24T14:00"}],
    )
    span = {"first": datetime(2026, 3, 23, tzinfo=UTC), "last": datetime(2026, 12, 31, tzinfo=UTC)}
    staff = staff_of(["committee"], people={}, roster=roster, **span)["committee"]
    days = {"2026-03-24T08:59": 1, "2026-03-24T09:00": 0, "2026-03-24T11:00": 1, "2026-12-24T11:00": 1,
            "2026-12-25T11:00": 0}  # fmt: skip
    for at, there in days.items():
        assert staff.at(instants([datetime.fromisoformat(at).replace(tzinfo=UTC)])).tolist() == [there], at
    (minutes,) = staff.minutes(instants([datetime(2026, 3, 24, 8, 30, tzinfo=UTC)]))
    assert minutes == 30.0, "on leave from half past"


def test_one_who_stands_in_two_shifts_of_a_role_is_one() -> None:
    twice = {"role": "committee", "hours": ["08:00-20:00"], "people": ["p0"]}
    staff = Staff.of(Rota(roster_of(twice, twice), MONDAY, MONDAY + timedelta(days=1)), "committee")
    assert staff.people.max() == 1
    assert all(a < b for a, b in pairwise(staff.changes.tolist()))
    assert np.array_equal(staff.people[[0, -1]], [0, 0])


def test_a_past_longer_than_any_roster_is_refused_with_the_way_out() -> None:
    far = Row(Said(risks=("safety",)), known(received_at=datetime(1990, 1, 1, tzinfo=UTC)), -2, None)
    roster = roster_of(day_and_night("committee", 1))
    with pytest.raises(ValueError, match=r"between 1990 and 2026.*give numbers of people"):
        compared([far, *reds(0)], roster=roster)
    assert compared([far, *reds(0)], people={"committee": 1}).posts == 2


def test_the_week_of_what_comes_is_the_same_whoever_is_there() -> None:
    rows = reds(0, 9, 30)
    roster = roster_of({"role": "committee", "hours": ["08:00-20:00"], "people": ["p0"]})
    with_roster, without = compared(rows, roster=roster), compared(rows)
    assert [load.after for load in with_roster.load] == [load.after for load in without.load]
    assert sum(plain_week([Facts(row, BEFORE, False) for row in rows], "Europe/Madrid").values()) == 3
