"""The worst wait, stated beforehand, is never passed; and a chain that ends in nobody is found."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.engine.duty.escalation import line_of
from sereno.engine.duty.proof import walk, worst, worst_of_all
from sereno.engine.duty.simulation import Habits, simulate
from tests.engine.duty.town import everybody, plan, rota

PLAN = plan()
MARCH, MAY = datetime(2026, 3, 20, tzinfo=UTC), datetime(2026, 4, 10, tzinfo=UTC)


def test_a_red_post_never_waits_while_somebody_stands_there_day_and_night() -> None:
    found = worst(PLAN, rota(), "red", reachable=everybody)
    assert (found.first_call, found.off_duty, found.nobody) == (timedelta(), (), ())


def test_an_amber_post_waits_longest_when_it_comes_as_duty_ends_before_a_weekend() -> None:
    found = worst(PLAN, rota(), "amber", reachable=everybody, area="billing")
    friday_evening_to_monday = timedelta(hours=60)
    assert found.first_call >= friday_evening_to_monday


def test_hours_in_which_nobody_at_all_can_be_called_are_named() -> None:
    found = worst(PLAN, rota(), "red", reachable=lambda person, _at: person not in {"dia", "eva"})
    assert found.nobody == ((rota().start, found.nobody[0][1]),)


DANGER = "title: {en: Danger}, when: {risk: [safety]}"


def test_a_role_that_a_rule_calls_by_name_is_proved_too_beside_the_chain() -> None:
    before = worst_of_all(PLAN, rota(), reachable=everybody)
    named = plan((DANGER, f"{DANGER}, route: {{role: shop}}"))
    after = worst_of_all(named, rota(), reachable=lambda person, _at: person != "cem")
    assert not [each for each in before if each.by_name]
    (shop,) = [each for each in after if each.by_name]
    assert (shop.degree, shop.by_name, shop.beside) == ("red", "shop", True)
    assert shop.nobody == ((rota().start, rota().end),)
    assert not next(each for each in after if each.degree == "red" and not each.by_name).nobody


def test_a_role_by_name_for_which_the_chain_waits_makes_its_last_step_later() -> None:
    named = plan((DANGER, f"{DANGER}, route: {{role: shop, chain: waits}}"))
    found = worst_of_all(named, rota(), reachable=everybody)
    (before,) = [each for each in found if each.degree == "red" and not each.by_name]
    (after,) = [each for each in found if each.by_name]
    assert (before.last_link, after.last_link) == (timedelta(), timedelta(minutes=10))
    assert not after.beside


@given(st.integers(0, 19 * 24 * 3600), st.sampled_from(["red", "amber", "green"]))
@settings(max_examples=120, deadline=None)
def test_no_moment_of_arrival_waits_longer_than_the_worst(second: int, degree: str) -> None:
    there = rota(MARCH, MAY)
    bound = _bounds(degree)
    at = MARCH + timedelta(seconds=second)
    if at > MAY - timedelta(days=5):
        return
    the_line = line_of(PLAN, PLAN.step_for(degree), at, area_owner="shop")  # type: ignore[arg-type]
    called = [each for each in walk(the_line, there, PLAN, everybody) if each.what == "called"]
    assert called[0].at - at <= bound[0]
    assert called[-1].at - at <= bound[1]


_KEPT: dict[str, tuple[timedelta, timedelta]] = {}


def _bounds(degree: str) -> tuple[timedelta, timedelta]:
    if degree not in _KEPT:
        found = worst(PLAN, rota(MARCH, MAY), degree, reachable=everybody, area="billing")  # type: ignore[arg-type]
        _KEPT[degree] = (found.first_call, found.last_link)
    return _KEPT[degree]


RED = rota(
    datetime(2026, 1, 1, tzinfo=UTC),
    datetime(2027, 1, 10, tzinfo=UTC),
    absences=[{"person": "dia", "starts": "2026-02-01T00:00", "ends": "2026-02-15T00:00"}],
)
_RANDOM = Random(7)
ARRIVALS = [datetime(2026, 1, 2, tzinfo=UTC) + timedelta(seconds=_RANDOM.randrange(360 * 86_400)) for _ in range(3000)]


def test_thousands_of_red_cases_with_workers_that_die_and_race_miss_nobody_and_double_nobody() -> None:
    bound = worst(PLAN, RED, "red", reachable=everybody)
    came = simulate(PLAN, RED, ARRIVALS, bound=bound, habits=Habits(unreachable=0.0), seed=1)
    assert (came.cases, came.acknowledged, came.missed, came.doubled, came.late) == (3000, 3000, [], 0, [])
    assert min(came.deaths, came.races, came.resent) > 100
    assert (came.longest_first_call, came.longest_last_link) == (bound.first_call, bound.last_link)


def test_the_simulation_sees_what_goes_wrong() -> None:
    bound = worst(PLAN, RED, "red", reachable=everybody)
    without_numbers = Habits(unreachable=0.0, unique=False)
    assert simulate(PLAN, RED, ARRIVALS[:500], bound=bound, habits=without_numbers, seed=1).doubled > 10
    nobody = Habits(unreachable=1.0)
    assert len(simulate(PLAN, RED, ARRIVALS[:5], bound=bound, habits=nobody, seed=1).missed) == 5
    too_good = replace(bound, first_call=timedelta(seconds=-1))
    assert simulate(PLAN, RED, ARRIVALS[:5], bound=too_good, habits=Habits(unreachable=0.0), seed=1).late
