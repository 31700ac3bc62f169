"""A roster with very many entries → looked at quickly, and as if each override were looked at alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from time import process_time

from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.engine.duty.check.overrides import overrides
from sereno.engine.duty.load import load_roster
from sereno.engine.duty.roster import Absence, Override, Roster
from sereno.engine.duty.rota import Rota
from sereno.engine.duty.wall import of_wall
from tests.engine.duty.test_roster_load import ROSTER, changed, faults

BARE = load_roster(ROSTER).model_copy(update={"overrides": (), "absences": (), "gaps": ()})
NOV = datetime(2026, 11, 20)
times = st.tuples(st.integers(0, 12 * 24), st.integers(1, 100)).map(
    lambda hours: {
        "starts": NOV + timedelta(hours=hours[0]),
        "ends": NOV + timedelta(hours=hours[0] + hours[1]),
    }
)
at_duty = st.sampled_from(["ana", "ben"])
taken = st.builds(
    lambda who, other, when: Override(person=who, role="duty", instead_of=other, **when),
    at_duty, st.one_of(at_duty, st.none()), times,
).filter(lambda each: each.person != each.instead_of)  # fmt: skip
leave = st.builds(lambda who, when: Absence(person=who, **when), at_duty, times)


def _alone(roster: Roster, index: int) -> bool:
    """By the definition: whether a rota without this override and those after it has somebody to take over from."""
    one = roster.overrides[index]
    before = roster.model_copy(update={"overrides": roster.overrides[:index]})
    rota = Rota(before, of_wall(one.starts, roster.timezone), of_wall(one.ends, roster.timezone))
    return any((each.role, each.person) == (one.role, one.instead_of) for each in rota.all)


@given(st.lists(taken, max_size=6), st.lists(leave, max_size=3))
@settings(max_examples=80, deadline=None)
def test_an_override_is_idle_where_looked_at_alone_it_takes_nothing_over(
    changes: list[Override], away: list[Absence]
) -> None:
    roster = BARE.model_copy(update={"overrides": tuple(changes), "absences": tuple(away)})
    told = {issue.where[1] for issue in overrides(roster) if issue.code == "roster-override-idle"}
    expected = {n for n, one in enumerate(changes) if one.instead_of is not None and not _alone(roster, n)}
    assert told == expected


def _override(number: int, days: int) -> str:
    who, other = ("ben", "ana") if number % 2 == 0 else ("ana", "ben")
    starts = datetime(2020, 1, 1, 8) + timedelta(days=number)
    ends = starts + timedelta(days=days, hours=4)
    return (
        f"  - {{person: {who}, role: duty, starts: {starts:%Y-%m-%dT%H:%M}, ends: {ends:%Y-%m-%dT%H:%M}, "
        f"instead_of: {other}}}\n"
    )


def test_two_hundred_long_overrides_are_looked_at_or_refused_within_seconds() -> None:
    for days in (100, 700):
        text = changed("overrides:\n", "overrides:\n" + "".join(_override(n, days) for n in range(200)))
        begun = process_time()
        told = faults(text)
        assert (
            process_time() - begun < 6
        )  # it took twenty-one; now a third of a second, on a slow and busy machine more
        refused = [fault for fault in told if fault.severity == "error"]
        assert [fault.code for fault in refused] == (["roster-too-many-overrides"] if days == 700 else [])


def test_a_year_of_swaps_each_day_is_no_roster_too_large() -> None:
    text = changed("overrides:\n", "overrides:\n" + "".join(_override(n, 0) for n in range(0, 800, 2)))
    assert not [fault for fault in faults(text) if fault.severity == "error"]


def test_accepted_gaps_are_looked_at_together_each_at_its_own_time() -> None:
    gap = "  - {role: shop, starts: 2026-11-23T14:00, ends: 2026-11-23T16:00, reason: The shop is closed.}\n"
    filled = gap.replace("T14:00", "T10:00").replace("T16:00", "T12:00")
    told = [(fault.code, fault.line) for fault in faults(changed(gap, gap + filled + gap))]
    assert told == [("roster-gap-idle", 26)]
