"""All moments of arrival at once are each moment by itself: the arrays against the chain, case by case."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.engine.duty.escalation import Line, Link
from sereno.engine.duty.proof import walk, worst
from sereno.engine.duty.quiet import Quiet
from sereno.engine.duty.rota import Rota
from sereno.engine.duty.waits import Ground, decisive, microseconds, moment, waits
from tests.engine.duty.town import plan, rota

PLAN = plan()
START, END = datetime(2026, 3, 23, tzinfo=UTC), datetime(2026, 4, 13, tzinfo=UTC)
WEEK_ENDS = START + timedelta(days=8)
"""Past the change of the clock; the holidays of Easter come after."""
MINUTE = timedelta(minutes=1)

ROLES = st.sampled_from(["duty", "shop", "committee"])
LINKS = st.lists(
    st.builds(
        Link,
        step=st.just("s"),
        role=ROLES,
        within=st.sampled_from([1, 10, 30, 45, 95, 600]).map(lambda minutes: timedelta(minutes=minutes)),
        always=st.booleans(),
        deputy=st.one_of(st.none(), ROLES),
    ),
    min_size=1,
    max_size=4,
)
HOURS = st.tuples(st.integers(0, 23), st.integers(0, 23)).map(lambda pair: f"{pair[0]:02}:30-{pair[1]:02}:00")
SHIFTS = st.lists(
    st.fixed_dictionaries(
        {
            "role": ROLES,
            "hours": st.lists(HOURS, min_size=1, max_size=2),
            "people": st.lists(st.sampled_from(["ana", "ben", "cem", "dia"]), min_size=1, max_size=3, unique=True),
        }
    ),
    max_size=4,
)
QUIET = st.dictionaries(st.sampled_from(["ana", "ben", "cem", "dia", "eva"]), HOURS)
MOMENTS = st.lists(st.integers(0, 8 * 86_400_000_000), max_size=25)


def town(shifts: list[dict[str, Any]], quiet: dict[str, str]) -> Rota:
    roles = {"ana": ["duty"], "ben": ["duty", "shop"], "cem": ["shop"], "dia": ["committee"], "eva": ["committee"]}
    people = [
        {"person": who, "name": who, "email": f"{who}@acme.example", "roles": held, "quiet": hours_of(who, quiet)}
        for who, held in roles.items()
    ]
    named = [shift | {"shift": f"s{number}"} for number, shift in enumerate(shifts)]
    return rota(START, END, people=people, shifts=named)


def hours_of(who: str, quiet: dict[str, str]) -> list[str]:
    return [quiet[who]] if who in quiet else []


def by_the_chain(links: tuple[Link, ...], there: Rota, quiet: Quiet, at: datetime) -> tuple[Any, ...]:
    walked = list(walk(Line(links, at), there, PLAN, lambda person, when: quiet.reachable(person, when, "green")))
    called = [each for each in walked if each.what == "called"]
    nobody = walked[-1].what == "nobody"
    off_duty = bool(called) and called[0].how == "everybody"
    return called[0].at if called else None, None if nobody else called[-1].at, off_duty, nobody


def told(at: int) -> datetime | None:
    return None if at < 0 else moment(at)


@given(LINKS, SHIFTS, QUIET, MOMENTS)
@settings(max_examples=60, deadline=None)
def test_arrays_say_of_each_arrival_what_the_chain_says(
    chain: list[Link], shifts: list[dict[str, Any]], hours: dict[str, str], moments: list[int]
) -> None:
    links, there = tuple(chain), town(shifts, hours)
    quiet = Quiet(there)
    ground = Ground(PLAN, there, lambda person, at: quiet.reachable(person, at, "green"), quiet.changes())
    turns = decisive(links, ground, START, WEEK_ENDS)
    sample = turns[:: max(1, len(turns) // 40)]
    arrivals = np.unique(np.concatenate([sample, microseconds(START) + np.array(moments, dtype=np.int64)]))
    came = waits(links, ground, arrivals)
    for row, at in enumerate(arrivals):
        one = (told(came.first[row]), told(came.last[row]), bool(came.off_duty[row]), bool(came.nobody[row]))
        assert one == by_the_chain(links, there, quiet, moment(at)), moment(at)


@given(LINKS, SHIFTS, QUIET)
@settings(max_examples=60, deadline=None)
def test_no_minute_of_a_week_waits_longer_than_the_moments_that_matter(
    chain: list[Link], shifts: list[dict[str, Any]], hours: dict[str, str]
) -> None:
    links, there = tuple(chain), town(shifts, hours)
    quiet = Quiet(there)
    ground = Ground(PLAN, there, lambda person, at: quiet.reachable(person, at, "green"), quiet.changes())
    minutes = np.arange(microseconds(START), microseconds(WEEK_ENDS), 60_000_000, dtype=np.int64)
    few, all_of_them = (waits(links, ground, each) for each in (decisive(links, ground, START, WEEK_ENDS), minutes))
    for name in ("first", "last"):
        ours, theirs = getattr(few, name), getattr(all_of_them, name)
        found = (ours - few.arrivals)[ours >= 0]
        scanned = (theirs - minutes)[theirs >= 0]
        assert found.max(initial=-1) >= scanned.max(initial=-1)
        assert found.max(initial=-1) <= scanned.max(initial=-1) + 60_000_000
    for name in ("off_duty", "nobody"):
        flags = getattr(few, name)[np.searchsorted(few.arrivals, minutes, side="right") - 1]
        assert (flags == getattr(all_of_them, name)).all()


def test_the_worst_of_a_week_is_what_asking_the_chain_each_minute_finds() -> None:
    quiet_nights = [
        {"person": who, "name": who, "email": f"{who}@acme.example", "roles": [role], "quiet": ["23:00-07:15"]}
        for who, role in (("ana", "duty"), ("ben", "duty"), ("cem", "shop"), ("dia", "committee"), ("eva", "committee"))
    ]
    there = rota(START, END, people=quiet_nights)
    quiet = Quiet(there)
    found = worst(PLAN, there, "amber", area="billing")
    step, committee = PLAN.step("owner"), PLAN.step("committee")
    links = (
        Link("owner", "shop", step.acknowledge_within, always=False),
        Link("committee", "committee", committee.acknowledge_within, always=True),
    )
    longest_first = longest_last = timedelta()
    at = START
    while at < START + timedelta(days=7):
        first, last, _off, nobody = by_the_chain(links, there, quiet, at)
        assert not nobody
        longest_first, longest_last = max(longest_first, first - at), max(longest_last, last - at)
        at += MINUTE
    assert longest_first <= found.first_call
    assert longest_last <= found.last_link
    first, _last, *_ = by_the_chain(links, there, quiet, found.first_call_at)
    _first, last, *_ = by_the_chain(links, there, quiet, found.last_link_at)
    assert (first - found.first_call_at, last - found.last_link_at) == (found.first_call, found.last_link)
