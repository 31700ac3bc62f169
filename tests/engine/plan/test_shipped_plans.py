"""The plans that come with the product → complete, without a warning, and proved by their own tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from sereno.engine.plan.load import load_with_warnings, shipped_plans
from sereno.engine.plan.model import Plan
from sereno.engine.plan.trial import run_tests
from sereno.engine.read import TOPICS
from sereno.engine.reading.fast import FastReader

DEMO = Path(__file__).parents[3] / "src" / "sereno" / "desk" / "demo" / "plan.yaml"
FILES = {**shipped_plans(), "demo": DEMO}
THREE_LANGUAGES = ("demo", "starter")


@cache
def plan_of(name: str) -> Plan:
    plan, warnings = load_with_warnings(FILES[name].read_text(encoding="utf-8"), FILES[name].name)
    assert [str(warning) for warning in warnings] == []
    return plan


@cache
def reader() -> FastReader:
    return FastReader()


@pytest.mark.parametrize("name", FILES)
def test_a_shipped_plan_does_what_its_own_tests_say(name: str) -> None:
    outcomes = run_tests(plan_of(name), reader())
    assert len(outcomes) >= 10
    assert {outcome.test: outcome.missed for outcome in outcomes if not outcome.passed} == {}


@pytest.mark.parametrize("name", THREE_LANGUAGES)
def test_every_complaint_has_examples_a_way_to_claim_and_documents_in_every_language(name: str) -> None:
    plan = plan_of(name)
    assert {entry.topic for entry in plan.catalogue} == set(TOPICS)
    languages = set(plan.brand.languages)
    for entry in plan.catalogue:
        told = [set(texts or {}) for texts in (entry.examples, entry.claim, entry.documents)]
        assert told == [languages] * 3, entry.type


@pytest.mark.parametrize("name", FILES)
def test_a_first_hour_fits_into_an_hour_and_is_told_in_the_order_of_its_times(name: str) -> None:
    for scenario in plan_of(name).scenarios:
        times = [step.within.total_seconds() / 60 for step in scenario.first_hour]
        assert times == sorted(times), scenario.scenario
        assert times[-1] <= 60, scenario.scenario
        assert 7 <= len(times) <= 10, scenario.scenario


@pytest.mark.parametrize("name", FILES)
def test_every_worst_case_is_proposed_in_one_of_the_plans_tests(name: str) -> None:
    plan = plan_of(name)
    proposed = {test.expect.scenario for test in plan.tests}
    assert {scenario.scenario for scenario in plan.scenarios} <= proposed
