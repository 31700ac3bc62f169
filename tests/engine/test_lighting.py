"""Rules over columns give what a plain look at each post gives."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.engine.columns import Columns
from sereno.engine.context import Context, Contexts
from sereno.engine.judge import CONDITIONS, FOUND, holds
from sereno.engine.lighting import lit
from sereno.engine.plan.load import read_plan
from sereno.engine.plan.model import LIGHTS, OUR_KINDS, STORM_LEVELS, Plan, When
from sereno.engine.read import SEVERITIES
from tests.engine.plan.batches import Said, judged, readings, replace_context
from tests.engine.test_judge import PLANS, POSTS

STARTER = read_plan("starter")


def plainly_reaches(plan: Plan, context: Context) -> int:
    reached = -1
    for rank, level in enumerate(plan.reach):
        if (context.followers or 0) > level.followers.get(context.network, level.followers["default"]):
            reached = rank
    return reached


def plainly_met(name: str, asked: Any, plan: Plan, said: Said, context: Context, text_light: int) -> bool:
    match name:
        case "kind" | "polarity" | "topic" | "language":
            return bool(getattr(said, name) in asked)
        case "risk" | "claims" | "about":
            there = {"risk": said.risks, "claims": said.claims, "about": context.about}[name]
            return any(value in there for value in asked)
        case "complaint" | "hostile" | "call_to_action":
            return bool(getattr(said, name) >= asked)
        case "network" | "place" | "author_type":
            return bool(getattr(context, name) in asked)
        case "visibility":
            return bool(context.visibility == asked)
        case "shares" | "shares_per_hour" | "repeat_contact" | "story":
            return bool(getattr(context, name) >= asked)
        case "open_promise":
            return context.open_promise
        case "severity":
            return said.severity is not None and SEVERITIES.index(said.severity) >= SEVERITIES.index(asked)
        case "storm":
            return context.storm is not None and STORM_LEVELS.index(context.storm) >= STORM_LEVELS.index(asked)
        case "rating":
            return context.rating is not None and bool(context.rating <= asked)
        case "text_light":
            return text_light >= LIGHTS.index(asked)
        case "reach":
            return plainly_reaches(plan, context) >= [level.level for level in plan.reach].index(asked)
        case _:
            raise AssertionError(f"a new condition: {name}")


def plainly_holds(when: When, plan: Plan, said: Said, context: Context, text_light: int) -> bool:
    return all(plainly_met(name, getattr(when, name), plan, said, context, text_light) for name in when.asked)


def plainly_lit(plan: Plan, said: Said, context: Context) -> tuple[int, int, list[str]]:
    """Light, text light and the rules that gave light, one post at a time."""
    text_light = -1
    for rule in plan.lights:
        if rule.of_text_alone and plainly_holds(rule.when, plan, said, context, -1):
            text_light = max(text_light, LIGHTS.index(rule.light))
    others = bool(context.about) and not any(kind in OUR_KINDS for kind in context.about)
    light, names = -1, []
    for rule in plan.lights:
        if context.own or (others and rule.when.about is None):
            continue
        if plainly_holds(rule.when, plan, said, context, text_light):
            light = max(light, LIGHTS.index(rule.light))
            names.append(rule.rule)
    return light, text_light, sorted(names)


UNHEARD_OF = st.builds(
    lambda post, language, topic, claim, network, followers: (
        replace(post[0], language=language, topic=topic, claims=post[0].claims | {claim}),
        replace_context(post[1], network=network, followers=followers),
    ),
    POSTS,
    st.sampled_from(["eo", "und", "zz"]),
    st.sampled_from(["weather", "other"]),
    st.sampled_from(["a_claim_of_tomorrow", "press"]),
    st.sampled_from(["orkut", "x", ""]),
    st.sampled_from([None, 3, 30_000, 10**30]),
)


@settings(max_examples=150, deadline=None)
@given(PLANS | st.just(STARTER), st.lists(POSTS | UNHEARD_OF, max_size=6))
def test_a_column_of_posts_is_lit_as_each_post_plainly_is(plan: Plan, rows: list[tuple[Said, Context]]) -> None:
    found = judged(plan, *rows)
    columns = lit(Columns.of(readings([said for said, _ in rows]), Contexts([context for _, context in rows])), plan)
    for i, (said, context) in enumerate(rows):
        light, text_light, names = plainly_lit(plan, said, context)
        assert (columns.light[i], columns.text_light[i]) == (light, text_light)
        assert (found.light[i], found.text_light[i]) == tuple(
            LIGHTS[rank] if rank >= 0 else None for rank in (light, text_light)
        )
        assert sorted(reason.rule for reason in found.reasons[i] if reason.message == "rule") == names
        assert columns.reach[i] == plainly_reaches(plan, context)


@settings(max_examples=60, deadline=None)
@given(PLANS, PLANS, st.lists(POSTS, min_size=1, max_size=4))
def test_conditions_asked_from_outside_hold_as_those_of_a_rule(
    plan: Plan, asked: Plan, rows: list[tuple[Said, Context]]
) -> None:
    when = asked.lights[0].when
    found = holds(when, readings([said for said, _ in rows]), Contexts([context for _, context in rows]), plan)
    assert found.tolist() == [
        plainly_holds(when, plan, said, context, plainly_lit(plan, said, context)[1]) for said, context in rows
    ]


def test_every_condition_is_tested_and_told() -> None:
    assert set(CONDITIONS) == set(FOUND) == set(When.model_fields)
