"""The plan's own tests: if this post at this moment, then this.

A post that says how it `reads_as` needs no reader; the texts of the others are read in one batch by the reader that is
passed in. Times are in the brand's zone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

import numpy as np
from babel.dates import format_datetime

from sereno.engine.context import Context, Contexts
from sereno.engine.judge import Judgements, Reason, judge
from sereno.engine.messages import guide_words, phrase, quoted, role_words, rule_title, spoken, word
from sereno.engine.plan.model import Expected, MadeUpPost, Plan, PlanTest, ReadsAs
from sereno.engine.plan.proposals import scenarios_for
from sereno.engine.read import RISKS, Reader, Readings

Path = tuple[str | int, ...]
Value = str | bool | datetime | tuple[str, ...] | None

_FIRST_YEAR, _LAST_YEAR = 1990, 2200
"""Calendars and zones are known for these; a moment beyond them is told, not computed."""


@dataclass(frozen=True, slots=True)
class Missed:
    """One thing that was expected and did not come."""

    what: str
    """The field of `Expected`; `at` where the moment itself cannot be reckoned with."""
    expected: Value
    came: Value
    """Names of the plan; for `rule`, `not_rule` and `scenario` all that came."""
    path: Path
    """Where the expectation stands in the plan, for its line."""


@dataclass(frozen=True, slots=True)
class TestOutcome:
    """What came of one of the plan's tests."""

    __test__: ClassVar[bool] = False  # pytest takes classes of this name for its own

    test: str
    passed: bool
    missed: tuple[Missed, ...]
    reasons: tuple[Reason, ...]
    """Why it came as it came; the gravest first."""
    model: str | None
    """Who read the text; None where the plan says how it reads."""
    path: Path
    """Where the test stands in the plan."""


def run_tests(plan: Plan, reader: Reader | None) -> tuple[TestOutcome, ...]:
    """Every test of the plan, in its order.

    `reader` may be None only where no test needs one, else ValueError (`needs_reader` tells).
    """
    sound = {i: _instant(test.at, plan) for i, test in enumerate(plan.tests) if _can_be_reckoned(test)}
    told = [i for i in sound if plan.tests[i].post.reads_as is not None]
    plain = [i for i in sound if plan.tests[i].post.reads_as is None]
    outcomes = {i: _beyond(plan.tests[i], i) for i in range(len(plan.tests)) if i not in sound}
    if told:
        readings = readings_of([_reads_as(plan.tests[i]) for i in told], plan)
        outcomes |= _outcomes(plan, told, readings, sound, model=None)
    if plain:
        if reader is None:
            raise ValueError(f"test '{plan.tests[plain[0]].test}' has a text to read; give a reader, or `reads_as`")
        readings = reader.read([plan.tests[i].post.text for i in plain], [None] * len(plain))
        outcomes |= _outcomes(plan, plain, readings, sound, model=readings.model)
    return tuple(outcomes[i] for i in range(len(plan.tests)))


def needs_reader(plan: Plan) -> bool:
    """Whether a test of the plan has a text that must be read."""
    return any(test.post.reads_as is None for test in plan.tests)


def readings_of(rows: Sequence[ReadsAs], plan: Plan) -> Readings:
    """What texts are taken to say, as a reader would give it: certain, and without evidence."""

    def floats(values: Sequence[float]) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
        return np.array(values, dtype=np.float32)

    return Readings(
        model="as-told",
        language=[row.language or plan.brand.languages[0] for row in rows],
        kind=[row.kind for row in rows],
        kind_probability=floats([1.0] * len(rows)),
        complaint=floats([float(row.kind == "complaint") for row in rows]),
        polarity=[row.polarity for row in rows],
        severity=[row.severity for row in rows],
        hostile=floats([row.hostile for row in rows]),
        call_to_action=floats([row.call_to_action for row in rows]),
        risks=[tuple(risk for risk in RISKS if risk in row.risk) for row in rows],
        claims=[frozenset(row.claims) for row in rows],
        topic=[row.topic for row in rows],
        evidence=[()] * len(rows),
    )


def context_of_made_up(post: MadeUpPost, at: datetime) -> Context:
    """What is known about the made-up post besides its text."""
    same = {name: getattr(post, name) for name in MadeUpPost.model_fields if name not in ("text", "reads_as", "about")}
    return Context(received_at=at, created_at=at, about=tuple(post.about), **same)


def _reads_as(test: PlanTest) -> ReadsAs:
    assert test.post.reads_as is not None
    return test.post.reads_as


def _can_be_reckoned(test: PlanTest) -> bool:
    return _FIRST_YEAR <= test.at.year <= _LAST_YEAR


def _beyond(test: PlanTest, i: int) -> TestOutcome:
    missed = Missed("at", f"{_FIRST_YEAR}-{_LAST_YEAR}", str(test.at.year), ("tests", i, "at"))
    return TestOutcome(test.test, False, (missed,), (), None, ("tests", i))


def _instant(at: datetime, plan: Plan) -> datetime:
    """A moment of the plan as an instant: in the brand's zone where it names none."""
    return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(plan.brand.timezone))).astimezone(UTC)


def _outcomes(
    plan: Plan, places: Sequence[int], readings: Readings, instants: dict[int, datetime], *, model: str | None
) -> dict[int, TestOutcome]:
    tests = [plan.tests[i] for i in places]
    contexts = Contexts([context_of_made_up(test.post, instants[i]) for i, test in zip(places, tests, strict=True)])
    judged = judge(readings, contexts, plan, max(instants[i] for i in places))
    proposed = scenarios_for(plan, readings, contexts, judged.light)
    outcomes = {}
    for row, (i, test) in enumerate(zip(places, tests, strict=True)):
        came = _came(judged, row, tuple(scenario.scenario for scenario in proposed[row]))
        missed = tuple(_missed(test.expect, came, i, plan))
        outcomes[i] = TestOutcome(test.test, not missed, missed, judged.reasons[row], model, ("tests", i))
    return outcomes


def _came(judged: Judgements, i: int, scenarios: tuple[str, ...]) -> dict[str, Value]:
    """What came, under the names of `Expected`."""
    route = judged.route[i]
    rules = tuple(reason.rule for reason in judged.reasons[i] if reason.message == "rule")
    return {
        "light": judged.light[i] or "none",
        "rule": rules,
        "not_rule": rules,
        "step": route.step,
        "role": route.role,
        "area": route.area,
        "called": route.called,
        "guide": route.guides,
        "wakes": route.wakes,
        "first_answer_by": route.deadlines.first_answer if route.deadlines else None,
        "scenario": scenarios,
    }


def _missed(expect: Expected, came: dict[str, Value], i: int, plan: Plan) -> list[Missed]:
    missed = []
    for what in Expected.model_fields:
        expected = getattr(expect, what)
        if expected is None or _fits(what, expected, came[what], plan):
            continue
        missed.append(Missed(what, expected, came[what], ("tests", i, "expect", what)))
    return missed


def _fits(what: str, expected: Value, came: Value, plan: Plan) -> bool:
    if what in ("rule", "guide", "scenario"):
        return isinstance(came, tuple) and expected in came
    if what == "not_rule":
        return isinstance(came, tuple) and expected not in came
    if what == "called":
        # the order in which rules call is no promise of the plan
        return isinstance(expected, tuple) and isinstance(came, tuple) and set(expected) == set(came)
    if isinstance(expected, datetime):
        return isinstance(came, datetime) and _instant(expected, plan) == came.astimezone(UTC)
    return expected == came


def say_missed(missed: Missed, plan: Plan, language: str) -> str:
    """What was expected and what came, as one sentence: `Light: red was expected, and amber came.`"""
    if missed.what == "not_rule":
        return phrase("trial-rule-came", language, rule=_in_words("rule", missed.expected, plan, language))
    if missed.what == "at":
        return phrase("trial-at", language, first=str(_FIRST_YEAR), last=str(_LAST_YEAR))
    return phrase(
        "trial-missed",
        language,
        what=phrase(f"trial-{missed.what.replace('_', '-')}", language),
        expected=_in_words(missed.what, missed.expected, plan, language),
        came=_in_words(missed.what, missed.came, plan, language),
    )


def expected_words(what: str, value: Value, plan: Plan, language: str) -> str:
    """One expectation of a test: `Light: red`."""
    label = phrase(f"trial-{what.replace('_', '-')}", language)
    return phrase("trial-expected", language, what=label, expected=_in_words(what, value, plan, language))


def _in_words(what: str, value: Value, plan: Plan, language: str) -> str:
    if isinstance(value, tuple):
        nothing = phrase("trial-nobody" if what == "called" else "trial-nothing", language)
        return ", ".join(_in_words(what, one, plan, language) for one in value) or nothing
    if value is None:
        return phrase("trial-nothing", language)
    if isinstance(value, bool):
        return phrase("trial-yes" if value else "trial-no", language)
    if isinstance(value, datetime):
        local = _instant(value, plan).astimezone(ZoneInfo(plan.brand.timezone))
        return str(format_datetime(local, "EEE d MMM y, HH:mm", locale=spoken(language)))
    return _name_in_words(what, value, plan, language)


def _name_in_words(what: str, name: str, plan: Plan, language: str) -> str:
    """A name of the plan by its title, with the name where the title alone would not find it in the text."""
    if what == "light":
        return word("light", name, language)
    if what in ("role", "called"):
        return role_words(name, language, plan)
    if what == "guide":
        return guide_words(name, language, plan)
    if what in ("rule", "not_rule"):
        title = rule_title(name, language, plan)
        return title if title == name else f"{quoted(title, language)} ({name})"
    listed = {
        "step": {step.step: step.title for step in plan.chain},
        "area": {area.area: area.title for area in plan.areas},
        "scenario": {scenario.scenario: scenario.title for scenario in plan.scenarios},
    }.get(what, {})
    return plan.text(listed[name], spoken(language)) if name in listed else name
