"""Quiet hours that people set for themselves come on top of the roster's; red bends both."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from sereno.engine.duty.proof import worst_of_all
from sereno.engine.duty.quiet import OwnHours, Quiet
from sereno.engine.duty.rota import Rota
from sereno.engine.duty.stretches import length
from tests.engine.duty.town import plan, roster

START = datetime(2026, 1, 4, 23, tzinfo=UTC)
"""Monday, midnight in Madrid."""
OWN = {"ben": (OwnHours((0, 1, 2, 3, 4, 5, 6), time(20), time(8), "Europe/Madrid"),)}


def two_roles() -> Rota:
    people = [
        {"person": who, "name": who, "email": f"{who}@acme.example", "roles": ["duty", "shop", "committee"],
         "quiet": ["12:00-13:00"] if who == "ben" else []}
        for who in ("ana", "ben")
    ]  # fmt: skip
    shifts = [
        {"shift": role, "role": role, "hours": ["00:00-00:00"], "people": ["ben"]}
        for role in ("duty", "shop", "committee")
    ]
    return Rota(roster(people=people, shifts=shifts), START, START + timedelta(weeks=2))


def test_both_count_and_red_bends_both() -> None:
    quiet = Quiet(two_roles(), OWN)
    night, noon, morning = (START + timedelta(hours=hours) for hours in (3, 12.5, 9))
    assert [quiet.reachable("ben", at, "green") for at in (night, noon, morning)] == [False, False, True]
    assert all(quiet.reachable("ben", at, "red") for at in (night, noon, morning))
    assert quiet.reachable("ana", night, "green")


def test_they_begin_on_their_days_alone() -> None:
    monday = {"ben": (OwnHours((0,), time(20), time(8), "Europe/Madrid"),)}
    quiet = Quiet(two_roles(), monday)
    assert not quiet.reachable("ben", START + timedelta(hours=21), "green")
    assert not quiet.reachable("ben", START + timedelta(hours=31), "green")
    assert quiet.reachable("ben", START + timedelta(hours=45), "green")


def test_the_proof_counts_with_them() -> None:
    """Nobody else is there: what the chain begins in the morning finds nobody, unless it is red."""
    mornings = {"ben": (OwnHours((0, 1, 2, 3, 4, 5, 6), time(6), time(17), "Europe/Madrid"),)}
    alone = two_roles()
    alone = Rota(
        alone.roster.model_copy(update={"people": alone.roster.people[1:]}), alone.start, alone.end
    )  # fmt: skip
    before = {each.degree: each for each in worst_of_all(plan(), alone)}
    after = {each.degree: each for each in worst_of_all(plan(), alone, own=mornings)}
    assert after["red"].first_call == before["red"].first_call
    assert after["red"].last_link == before["red"].last_link
    assert length(after["amber"].nobody) > length(before["amber"].nobody)
