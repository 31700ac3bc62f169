"""A plan's own tests: post and expectation → what was missed, in words."""

# ruff: noqa: E501 — rows of tables are sentences

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sereno.engine.messages import languages
from sereno.engine.plan.load import load_plan
from sereno.engine.plan.model import Expected, Plan
from sereno.engine.plan.trial import TestOutcome, needs_reader, run_tests, say_missed
from tests.engine.plan.small import SMALL
from tests.fakes import FakeReader

SCENARIO = """\
scenarios:
  - scenario: fire
    title: {en: A fire}
    triggers: [{risk: [safety]}]
    first_hour: [{do: {en: Call them}, role: committee, within: 10m}]
    holding: {en: We are looking into it.}
"""


def plan_with(tests: str) -> Plan:
    return load_plan(SMALL + SCENARIO + "tests:\n" + tests, "small.yaml")


def one(post: str, expect: str, at: str = "2026-11-21T23:30", reader: FakeReader | None = None) -> TestOutcome:
    (outcome,) = run_tests(plan_with(f"  - {{test: it, post: {post}, at: {at}, expect: {expect}}}\n"), reader)
    return outcome


DANGER = "{reads_as: {kind: complaint, risk: [safety]}, network: x, followers: 30000}"


@pytest.mark.parametrize(
    "expect",
    [
        "{light: red, rule: danger, not_rule: lying, step: committee, role: committee, area: everything}",
        "{called: [], wakes: true, scenario: fire}",
        "{first_answer_by: 2026-11-22T00:30}",
        "{first_answer_by: 2026-11-21T23:30+00:00}",
    ],
)
def test_what_comes_as_expected_passes(expect: str) -> None:
    outcome = one(DANGER, expect)
    assert outcome.missed == ()
    assert outcome.passed


@pytest.mark.parametrize(
    ("expect", "sentence"),
    [
        ("{light: amber}", "Light: expected amber; what came: red"),
        ("{rule: lying}", "Rules that match: expected “Lying” (lying); what came: “Danger” (danger), “Loud” (loud), “A complaint” (complaint)"),
        ("{not_rule: danger}", "The rule “Danger” (danger) should not match, and it does"),
        ("{step: owner}", "Step of the chain: expected Owner; what came: Committee"),
        ("{role: duty}", "Whose turn it is: expected Community manager; what came: Committee"),
        ("{area: billing}", "Area: expected Billing; what came: Everything else"),
        ("{called: [shop]}", "Who is called by name: expected Shop; what came: nobody"),
        ("{wakes: false}", "Somebody is told at once: expected no; what came: yes"),
        ("{first_answer_by: 2026-11-23T10:00}", "First answer due: expected Mon 23 Nov 2026, 10:00; what came: Sun 22 Nov 2026, 00:30"),
    ],
)  # fmt: skip
def test_what_is_missed_is_told_with_what_came(expect: str, sentence: str) -> None:
    plan = plan_with(f"  - {{test: it, post: {DANGER}, at: 2026-11-21T23:30, expect: {expect}}}\n")
    (outcome,) = run_tests(plan, None)
    assert not outcome.passed
    (missed,) = outcome.missed
    assert say_missed(missed, plan, "en") == sentence
    assert outcome.reasons[0].rule == "danger"
    assert missed.path[:3] == ("tests", 0, "expect")


@pytest.mark.parametrize("language", languages())
def test_each_expectation_is_told_in_each_language(language: str) -> None:
    everything = (
        "{light: red, rule: loud, not_rule: complaint, step: committee, role: committee, area: billing, "
        "called: [shop], wakes: true, first_answer_by: 2026-01-01T00:00, scenario: fire}"
    )
    post = "{reads_as: {kind: complaint}}"
    plan = plan_with(f"  - {{test: it, post: {post}, at: 2026-11-21T23:30, expect: {everything}}}\n")
    (outcome,) = run_tests(plan, None)
    assert {missed.what for missed in outcome.missed} == set(Expected.model_fields) - {"guide"}
    assert len({say_missed(missed, plan, language) for missed in outcome.missed}) == len(outcome.missed)


def test_texts_are_read_in_one_batch_and_posts_that_say_how_they_read_are_not() -> None:
    reader = FakeReader()
    reader.says("It burns", kind="complaint", risks=("safety",))
    plan = plan_with(
        "  - {test: a, post: {text: It burns}, at: 2026-11-21T23:30, expect: {light: red}}\n"
        "  - {test: b, post: {text: unread, reads_as: {kind: praise}}, at: 2026-11-21T23:30, expect: {light: none}}\n"
        "  - {test: c, post: {text: Nice}, at: 2026-11-21T23:30, expect: {light: green}}\n"
    )
    outcomes = run_tests(plan, reader)
    assert reader.read_texts == ["It burns", "Nice"]
    assert [(o.test, o.passed, o.model) for o in outcomes] == [
        ("a", True, "fake-1"),
        ("b", True, None),
        ("c", False, "fake-1"),
    ]
    assert needs_reader(plan)
    with pytest.raises(ValueError, match="test 'a' has a text to read"):
        run_tests(plan, None)


def test_a_moment_that_no_calendar_knows_is_told() -> None:
    outcome = one(DANGER, "{light: red}", at="9999-12-31T23:00")
    assert [missed.what for missed in outcome.missed] == ["at"]


def test_the_first_answer_is_reckoned_in_the_brands_zone() -> None:
    # Madrid is an hour ahead of UTC in winter, two in summer; amber runs in duty hours
    for day, opens in (("2026-01-12", 7), ("2026-07-13", 6)):
        outcome = one(
            "{reads_as: {kind: complaint, claims: [lying]}}",
            f"{{first_answer_by: {day}T10:00}}",
            at=f"{day}T03:00",
        )
        assert outcome.passed, outcome.missed
        missed = one(
            "{reads_as: {kind: complaint, claims: [lying]}}", f"{{first_answer_by: {day}T11:00}}", at=f"{day}T03:00"
        ).missed[0]
        assert missed.came == datetime.fromisoformat(f"{day}T{opens + 2:02}:00").replace(tzinfo=UTC)


def test_a_scenario_is_proposed_for_red_posts_alone() -> None:
    expect = "{scenario: fire}"
    assert one("{reads_as: {kind: complaint, risk: [safety]}}", expect).passed
    # reads as dangerous, but speaks of a competitor: no light, no scenario
    other = one("{reads_as: {kind: complaint, risk: [safety]}, about: [competitor]}", expect)
    assert other.missed[0].came == ()
