"""Rules: what the check proves about them is true of every post that judge() can be shown."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.engine.context import Context, Contexts
from sereno.engine.judge import judge
from sereno.engine.plan.check.issue import Issue
from sereno.engine.plan.check.rules import never_decides as said_in_vain
from sereno.engine.plan.check.rules import never_holds
from sereno.engine.plan.load import load_with_warnings
from sereno.engine.plan.model import Plan
from sereno.engine.read import Readings
from tests.engine.plan.small import changed, small_plan

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SMALL_PLAN = small_plan()
KINDS = ("complaint", "praise", "news")
CLAIMS = ("lying", "press")
RISKS = ("safety", "data")
ABOUT = ("brand", "competitor", "sector")
LOUD = "  - {rule: loud, light: red, title: {en: Loud}, when: {text_light: amber, reach: large}}\n"


def any_of(values: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True)


CONDITIONS: dict[str, st.SearchStrategy[Any]] = {
    "kind": any_of(KINDS),
    "risk": any_of(RISKS),
    "claims": any_of(CLAIMS),
    "hostile": st.sampled_from([0.0, 0.5, 0.8]),
    "severity": st.sampled_from(["disapproval", "blame"]),
    "about": any_of(ABOUT),
    "network": any_of(("x", "instagram")),
    "visibility": st.sampled_from(["public", "private"]),
    "text_light": st.sampled_from(["green", "amber", "red"]),
    "reach": st.just("large"),
    "shares": st.sampled_from([1, 10]),
    "storm": st.sampled_from(["stirring", "storm"]),
    "rating": st.sampled_from([1.0, 3.0]),
    "open_promise": st.just(True),
}


def whens(most: int, names: tuple[str, ...] = tuple(CONDITIONS)) -> st.SearchStrategy[dict[str, Any]]:
    """Conditions of a rule, few at a time."""
    asked = st.lists(st.sampled_from(names), min_size=1, max_size=most, unique=True)
    return asked.flatmap(lambda some: st.fixed_dictionaries({name: CONDITIONS[name] for name in some}))


LIGHT = st.sampled_from(["green", "amber", "red"])


@st.composite
def rules(draw: st.DrawFn) -> list[tuple[str, dict[str, Any]]]:
    """Rules that have to do with one another: some are another one's, with a condition more or changed."""
    drawn = draw(st.lists(st.tuples(LIGHT, whens(2)), min_size=2, max_size=5))
    for _ in range(draw(st.integers(1, 3))):
        _light, when = draw(st.sampled_from(drawn))
        drawn.insert(draw(st.integers(0, len(drawn))), (draw(LIGHT), {**when, **draw(whens(1))}))
    return drawn


def plan_of(drawn: list[tuple[str, dict[str, Any]]]) -> Plan:
    lights = [
        {"rule": f"r{index}", "light": light, "title": {"en": "R"}, "when": when}
        for index, (light, when) in enumerate(drawn)
    ]
    return Plan.model_validate({**SMALL_PLAN.model_dump(exclude={"lights"}), "lights": lights})


def issues_of(plan: Plan) -> list[Issue]:
    return [*said_in_vain(plan), *never_holds(plan)]


def posts(seed: int, n: int = 200) -> tuple[Readings, Contexts]:
    """Posts of every sort, more of each than any reader would give."""
    rng = np.random.default_rng(seed)

    def some(values: tuple[str, ...], most: int) -> tuple[str, ...]:
        return tuple(str(v) for v in rng.choice(values, size=rng.integers(0, most + 1), replace=False))

    def one(values: tuple[Any, ...]) -> Any:
        return values[int(rng.integers(len(values)))]

    def probabilities() -> Any:
        return rng.choice([0.0, 0.5, 0.9], size=n).astype(np.float32)

    readings = Readings(
        model="made-up",
        language=["en"] * n,
        kind=[one(KINDS) for _ in range(n)],
        kind_probability=np.ones(n, dtype=np.float32),
        complaint=probabilities(),
        polarity=["negative"] * n,
        severity=[one((None, "no_explicit_reproach", "disapproval", "blame")) for _ in range(n)],
        hostile=probabilities(),
        call_to_action=probabilities(),
        risks=[some(RISKS, 2) for _ in range(n)],  # type: ignore[misc]
        claims=[frozenset(some(CLAIMS, 2)) for _ in range(n)],
        topic=["billing"] * n,
        evidence=[()] * n,
    )
    contexts = [
        Context(
            received_at=NOW,
            about=some(ABOUT, 3),  # type: ignore[arg-type]
            network=one(("x", "instagram", "web")),
            visibility=one(("public", "private")),
            followers=one((None, 5, 15_000, 50_000)),
            shares=one((0, 1, 20)),
            storm=one((None, "stirring", "rising", "storm")),
            rating=one((None, 1.0, 2.0, 5.0)),
            open_promise=one((True, False)),
        )
        for _ in range(n)
    ]
    return readings, Contexts(contexts)


@settings(max_examples=80, deadline=None)
@given(rules(), st.integers(0, 1000))
def test_what_is_said_of_rules_is_true_of_every_post(drawn: list[tuple[str, dict[str, Any]]], seed: int) -> None:
    plan = plan_of(drawn)
    told = {(issue.code, plan.lights[int(issue.where[1])].rule) for issue in issues_of(plan)}

    reasons = judge(*posts(seed), plan, NOW).reasons

    decided = {post[0].rule for post in reasons}
    held = {reason.rule for post in reasons for reason in post}
    assert {rule for code, rule in told if code == "rule-never-decides"} & decided == set()
    assert {rule for code, rule in told if code in ("rule-never-holds", "text-light-never-given")} & held == set()


@settings(max_examples=80, deadline=None)
@given(whens(4, tuple(name for name in CONDITIONS if name != "text_light")), LIGHT)
def test_a_rule_that_stands_twice_and_one_that_asks_for_more_of_the_same_never_decide(
    when: dict[str, Any], light: str
) -> None:
    more = {**when, "shares_per_hour": 7}
    plan = plan_of([(light, when), (light, when), ("green", more)])
    found = {plan.lights[int(i.where[1])].rule for i in issues_of(plan) if i.code == "rule-never-decides"}
    assert found == {"r1", "r2"}


def never_decides(*rules: str) -> list[str]:
    text = changed((LOUD, LOUD + "".join(f"  - {rule}\n" for rule in rules)))
    _plan, warnings = load_with_warnings(text)
    return [str(w.values["rule"]) for w in warnings if w.code == "rule-never-decides"]


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        # graver anyway: `danger` is red for every safety risk
        ("{rule: r, light: amber, title: {en: R}, when: {risk: [safety], shares: 10}}", True),
        # the text is amber only by `lying` or `danger`, and `complaint` holds with neither of them for sure
        ("{rule: r, light: green, title: {en: R}, when: {text_light: amber, kind: [complaint]}}", True),
        # amber by `danger` may be praise
        ("{rule: r, light: green, title: {en: R}, when: {text_light: amber, shares: 3}}", False),
        # what `loud` asks for follows: a complaint of lying is amber by its text
        ("{rule: r, light: amber, title: {en: R}, when: {kind: [complaint], claims: [lying], reach: large}}", True),
        ("{rule: r, light: red, title: {en: R}, when: {kind: [complaint], claims: [lying], network: [x]}}", False),
        # one that calls a role is never in vain
        ("{rule: r, light: amber, title: {en: R}, when: {risk: [safety], shares: 10}, route: {role: shop}}", False),
        # posts about others alone are lit by rules that ask for `about`, and by no others
        ("{rule: r, light: green, title: {en: R}, when: {risk: [safety], about: [competitor]}}", False),
        ("{rule: r, light: green, title: {en: R}, when: {risk: [safety], about: [brand, product]}}", True),
    ],
)
def test_a_rule_is_in_vain_where_another_says_the_same_or_worse(rule: str, found: bool) -> None:
    assert never_decides(rule) == (["r"] if found else [])


def test_of_two_rules_alike_the_first_decides() -> None:
    one = "{rule: one, light: amber, title: {en: R}, when: {shares: 10}}"
    two = "{rule: two, light: amber, title: {en: R}, when: {shares: 20}}"
    assert never_decides(one, two) == ["two"]
    assert never_decides(two, one) == [], "the narrow one is told first, and says more"
