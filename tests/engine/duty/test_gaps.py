"""No gap goes unseen: compared with asking minute by minute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.engine.duty.gaps import gaps, needs
from sereno.engine.duty.rota import Rota
from sereno.engine.plan.deadlines import on_duty
from tests.engine.duty.town import plan, roster, rota

PLAN = plan()
WEEK = (datetime(2026, 1, 12, tzinfo=UTC), datetime(2026, 1, 19, tzinfo=UTC))


def test_what_is_wanted_follows_from_the_plan() -> None:
    wanted = {need.role: (need.always, need.desk) for need in needs(PLAN)}
    assert wanted == {"duty": (False, True), "shop": (False, False), "committee": (True, False)}


def test_a_split_shift_that_is_not_covered_in_its_break_is_a_gap_of_duty_hours() -> None:
    found = [gap for gap in gaps(rota(*WEEK), PLAN) if gap.role == "shop"]
    hours = sorted({(gap.starts.hour, gap.ends.hour) for gap in found})
    assert hours == [(13, 15)]  # 14:00 to 16:00 in Madrid; on Friday the plan itself has a break then
    assert len(found) == 4


def test_a_gap_by_decision_says_why() -> None:
    accepted = [{"role": "shop", "starts": "2026-01-12T14:00", "ends": "2026-01-12T16:00", "reason": "siesta"}]
    found = [gap.accepted for gap in gaps(rota(*WEEK, gaps=accepted), PLAN) if gap.role == "shop"]
    assert sorted(found, key=str) == [None, None, None, "siesta"]


def test_a_language_that_nobody_there_reads_is_a_gap() -> None:
    spanish = plan(("languages: [en]", "languages: [en, pl]"))
    found = {(gap.role, gap.language) for gap in gaps(rota(*WEEK), spanish) if gap.language}
    assert found == {("duty", "pl")}  # Ana, by day, reads no Polish; Ben reads whatever comes


SHIFTS = st.lists(
    st.fixed_dictionaries(
        {
            "role": st.sampled_from(["duty", "shop", "committee"]),
            "hours": st.lists(
                st.tuples(st.integers(0, 23), st.integers(0, 23)).map(lambda p: f"{p[0]:02}:00-{p[1]:02}:00"),
                min_size=1, max_size=2,
            ),
            "people": st.lists(st.sampled_from(["ana", "ben", "cem"]), min_size=1, max_size=2, unique=True),
        }
    ),
    max_size=5,
)  # fmt: skip


@given(SHIFTS)
@settings(max_examples=40, deadline=None)
def test_gaps_are_exactly_the_hours_at_which_nobody_stands_though_somebody_should(shifts: list[dict[str, Any]]) -> None:
    named = [shift | {"shift": f"s{number}"} for number, shift in enumerate(shifts)]
    there = Rota(roster(shifts=named), *WEEK)
    found = [gap for gap in gaps(there, PLAN) if not gap.language]
    for need in needs(PLAN):
        moment = WEEK[0]
        while moment < WEEK[1]:
            wanted = need.always or on_duty(moment, PLAN)
            empty = wanted and not there.on(need.role, moment)
            told = any(gap.role == need.role and gap.starts <= moment < gap.ends for gap in found)
            assert told == empty, (need.role, moment)
            moment += timedelta(minutes=30)
