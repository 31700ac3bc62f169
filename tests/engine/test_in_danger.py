"""Somebody may harm themselves, or violence is threatened → red, a named role, a guide: in whatever kind of post."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.engine.context import Context
from sereno.engine.judge import Condition, Reason
from sereno.engine.messages import languages, say
from sereno.engine.plan.explain import guide_lines, rule_sentence
from sereno.engine.plan.load import find_plan, load_plan, read_plan, shipped_plans
from sereno.engine.plan.model import AREA_OWNER, Plan
from sereno.engine.plan.who import who
from sereno.engine.read import CLAIMS, KINDS, POLARITIES, RISKS, SEVERITIES, TOPICS
from tests.engine.plan.batches import NOW, Said, known, one, replace_context
from tests.engine.plan.small import small_plan

STARTER = read_plan("starter")
PLANS = {name: read_plan(name) for name in shipped_plans()} | {
    "demo": load_plan(find_plan("src/sereno/desk/demo/plan.yaml").read_text(encoding="utf-8"))
}
GUIDES = {"self_harm": "self-harm", "threat": "threat"}

texts = st.builds(
    Said,
    kind=st.sampled_from(KINDS),
    language=st.sampled_from(["en", "es", "pl", "de", "und", "mul"]),
    complaint=st.floats(0, 1, width=32),
    polarity=st.sampled_from(POLARITIES),
    severity=st.sampled_from([None, *SEVERITIES]),
    hostile=st.floats(0, 1, width=32),
    call_to_action=st.floats(0, 1, width=32),
    risks=st.lists(st.sampled_from(RISKS), max_size=3, unique=True).map(tuple),
    claims=st.frozensets(st.sampled_from(sorted(CLAIMS)), max_size=4),
    topic=st.sampled_from(TOPICS),
)
contexts = st.builds(
    known,
    about=st.sampled_from([(), ("brand",), ("competitor",), ("sector",), ("competitor", "product")]),
    network=st.sampled_from(["x", "instagram", "somewhere"]),
    followers=st.sampled_from([None, 3, 30_000, 3_000_000]),
    backfilled=st.booleans(),
    repeat_contact=st.integers(0, 4),
)


@pytest.mark.parametrize("claim", GUIDES)
@settings(max_examples=60, deadline=None)
@given(said=texts, context=contexts, name=st.sampled_from(sorted(PLANS)))
def test_in_whatever_kind_of_post_it_is_red_with_a_named_role_and_a_guide(
    claim: str, said: Said, context: Context, name: str
) -> None:
    plan = PLANS[name]
    found = one(plan, replace(said, claims=said.claims | {claim}), context)
    route = found.route[0]
    assert found.light == ["red"]
    assert (route.role, route.called) == ("safety_contact", ("safety_contact",))
    assert GUIDES[claim] in route.guides
    assert route.step == plan.step_for("red").step, "the chain is called as well"
    assert not route.chain_waits
    assert route.wakes is not context.backfilled
    guide = Condition("guide", GUIDES[claim], GUIDES[claim])
    (call,) = [reason for reason in found.reasons[0] if guide in reason.conditions]
    assert (call.rule, call.message, call.light) == ("route", "called-also", None)


@settings(max_examples=40, deadline=None)
@given(said=texts, context=contexts)
def test_whoever_is_not_in_danger_takes_the_usual_way(said: Said, context: Context) -> None:
    calm = replace(said, claims=said.claims - set(GUIDES))
    route = one(STARTER, calm, context).route[0]
    assert (route.called, route.guides, route.chain_waits) == ((), (), False)


def test_both_at_once_give_both_guides_and_call_the_role_once() -> None:
    route = one(STARTER, Said(kind="praise", claims=frozenset(GUIDES))).route[0]
    assert (route.called, route.guides) == (("safety_contact",), ("self-harm", "threat"))


def test_our_own_posts_call_nobody() -> None:
    found = one(STARTER, Said(claims=frozenset(GUIDES)), known(own=True))
    assert (found.light, found.route[0].called, found.route[0].guides) == ([None], (), ())


# -- the plan's own wishes ---------------------------------------------------------------------------------------------

WITH_GUIDE = (
    ("when: {risk: [safety]}}", "when: {risk: [safety]}, route: {role: shop, chain: waits}, guide: calm}"),
    ("targets:\n", "guides:\n  - {guide: calm, title: {en: Stay calm}, steps: [{en: Breathe.}]}\ntargets:\n"),
)
MANY = known(followers=50_000)


def waiting_plan(*more: tuple[str, str]) -> Plan:
    return small_plan(*WITH_GUIDE, *more)


def test_the_chain_waits_where_the_rule_lets_it_wait() -> None:
    route = one(waiting_plan(), Said(risks=("safety",))).route[0]
    assert (route.step, route.role, route.chain_waits, route.guides) == ("committee", "shop", True, ("calm",))


def test_one_more_red_rule_calls_the_chain_at_once() -> None:
    lies = Said(risks=("safety",), claims=frozenset({"lying"}))
    before, after = one(waiting_plan(), lies).route[0], one(waiting_plan(), lies, MANY).route[0]
    assert (before.chain_waits, after.chain_waits) == (True, False)
    assert before.called == after.called == ("shop",)


@settings(max_examples=80, deadline=None)
@given(said=texts, more=texts, context=contexts, followers=st.sampled_from([None, 50_000]), starter=st.booleans())
def test_more_that_is_found_never_calls_fewer_people(
    said: Said, more: Said, context: Context, followers: int | None, starter: bool
) -> None:
    plan = STARTER if starter else waiting_plan(("lying]}}", "lying]}, route: {role: duty}}"))
    worse = replace(said, risks=(*said.risks, *more.risks), claims=said.claims | more.claims)
    louder = replace_context(context, followers=max(followers or 0, context.followers or 0) or None)
    found, beyond = one(plan, said, context), one(plan, worse, louder)
    before, after = found.route[0], beyond.route[0]
    assert set(before.called) <= set(after.called)
    assert set(before.guides) <= set(after.guides)
    if found.light == beyond.light:
        assert before.chain_waits or not after.chain_waits


def test_a_rule_that_did_not_give_the_light_still_calls_its_role_and_gives_its_guide() -> None:
    plan = small_plan(
        ("claims: [lying]}}", "claims: [lying]}, route: {role: shop}, guide: calm}"), WITH_GUIDE[1]
    )  # fmt: skip
    route = one(plan, Said(risks=("safety",), claims=frozenset({"lying"}))).route[0]
    assert (route.step, route.role, route.called, route.guides) == ("committee", "shop", ("shop",), ("calm",))


def test_who_is_called_by_name_stands_before_the_chain_or_beside_it() -> None:
    plan = waiting_plan()
    rule = next(rule for rule in plan.lights if rule.rule == "danger")
    first, *chain = who(plan, "red", NOW, route=rule.route).calls
    assert (first.step, first.role, first.called_at) == ("by-name", "shop", NOW)
    assert [call.called_at for call in chain] == [first.acknowledge_by], "the chain follows when nobody acknowledged"
    beside = STARTER.lights[0].route
    named, step, *_ = who(STARTER, "red", NOW, route=beside).calls
    assert (named.role, named.called_at) == ("safety_contact", step.called_at)


# -- in words ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", languages())
def test_reason_rule_and_guide_are_told_in_the_reader_s_language(language: str) -> None:
    rule = STARTER.lights[0]
    assert rule.route
    title = STARTER.text(STARTER.guide("self-harm").title, language)
    role = STARTER.text(next(r for r in STARTER.roles if r.role == rule.route.role).title, language)
    reasons = one(STARTER, Said(kind="question", claims=frozenset({"self_harm"}))).reasons[0]
    said = " / ".join(say(reason, language, STARTER) for reason in reasons)
    for words in (said, rule_sentence(rule, STARTER, language)):
        assert title in words
        assert role in words
    lines = guide_lines(STARTER.guide("self-harm"), STARTER, language)
    assert lines[0] == title
    assert [line.split(":")[0].strip() for line in lines[-3:]] == ["112", "116 123", "024"]


def test_a_role_that_a_later_plan_no_longer_has_is_called_by_its_name() -> None:
    gone = Reason("route", "called-first", None, (Condition("role", "lifeguard", "lifeguard"),))
    assert say(gone, "en", STARTER) == "Called by name, before the chain: lifeguard"


@pytest.mark.parametrize("name", PLANS)
def test_the_shipped_guides_are_short_and_whole(name: str) -> None:
    plan = PLANS[name]
    assert {guide.guide for guide in plan.guides} == set(GUIDES.values())
    for guide in plan.guides:
        assert 4 <= len(guide.steps) <= 6
        assert guide.numbers
        for step in guide.steps:
            assert set(step) == set(plan.brand.languages)
            assert max(map(len, step.values())) <= 220
    assert AREA_OWNER not in {rule.route.role for rule in plan.lights if rule.route}
