"""The chain: what the check finds is what walking every chain finds, no more and no less."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.engine.plan.check.chain import DEGREES, chain
from sereno.engine.plan.check.names import roles as named_roles
from sereno.engine.plan.check.people import deputies
from sereno.engine.plan.model import AREA_OWNER, Plan
from tests.engine.plan.small import small_plan

SMALL_PLAN = small_plan()
STEPS = ("a", "b", "c", "d", "e")
FAULTS = {"step-leads-nowhere", "chain-in-a-circle", "chain-ends-with-the-area", "role-unknown"}


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Plans with a chain of up to five steps that lead anywhere, also nowhere, and roles that may not exist."""
    names = STEPS[: draw(st.integers(1, len(STEPS)))]
    step_of = {degree: draw(st.sampled_from(names)) for degree in DEGREES}
    chain = [
        {
            "step": name,
            "title": {"en": name},
            "degrees": [degree for degree in DEGREES if step_of[degree] == name],
            "role": draw(st.sampled_from(["duty", "committee", AREA_OWNER, "nobody"])),
            "acknowledge_within": "10m",
            "clock": "always",
            "then": draw(st.sampled_from([None, *names, "gone"])),
        }
        for name in names
    ]
    values = SMALL_PLAN.model_dump()
    return Plan.model_validate({**values, "chain": chain, "languages": {"unsupported_step": names[0]}})


def last_step_with_somebody(plan: Plan, start: str) -> str | None:
    """Walks from the step on, as many steps as there are; the last one, where a role that the plan has stands there."""
    steps = {step.step: step for step in plan.chain}
    roles = {role.role for role in plan.roles}
    here = start
    for _ in range(len(steps) + 1):
        if here not in steps:
            return None
        if steps[here].then is None:
            return here if steps[here].role in roles else None
        here = str(steps[here].then)
    return None


def faulty_steps(plan: Plan) -> set[str]:
    """Steps at which a chain goes wrong, found by walking alone: those that stand between nobody and the others."""
    steps = {step.step: step for step in plan.chain}
    faulty = set()
    for name in steps:
        seen, here = [], name
        while here in steps and here not in seen and steps[here].then is not None:
            seen.append(here)
            here = str(steps[here].then)
        if here in seen:
            faulty |= set(seen[seen.index(here) :])  # a circle
        elif here not in steps:
            faulty.add(seen[-1])
        elif last_step_with_somebody(plan, here) is None:
            faulty.add(here)
    return faulty


def told(plan: Plan) -> set[str]:
    """The steps that the check says a chain goes wrong at. A step that is passed may call a role that nobody has, which
    is told too, but the chain goes on from there."""
    found = set()
    for issue in (*chain(plan), *named_roles(plan)):
        if issue.code not in FAULTS or issue.where[:1] != ("chain",) or issue.severity != "error":
            continue
        step = plan.chain[int(issue.where[1])]
        if issue.code == "role-unknown" and step.then is not None:
            continue
        found.add(step.step)
        if issue.code == "chain-in-a-circle":
            found |= set(str(issue.values["way"]).split(" → "))
    return found


@settings(max_examples=250, deadline=None)
@given(plans())
def test_the_check_finds_every_chain_that_can_end_in_nobody_and_no_other(plan: Plan) -> None:
    ends_in_nobody = {step.step for step in plan.chain if last_step_with_somebody(plan, step.step) is None}

    assert bool(told(plan)) == bool(ends_in_nobody)
    assert told(plan) == faulty_steps(plan), "each fault is told at the step where it can be mended"


@settings(max_examples=100, deadline=None)
@given(plans())
def test_a_plan_without_such_an_error_leads_every_degree_to_a_role(plan: Plan) -> None:
    if told(plan):
        return
    roles = {role.role for role in plan.roles}
    for degree in DEGREES:
        last = last_step_with_somebody(plan, plan.step_for(degree).step)
        assert last is not None
        assert plan.step(last).role in roles


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(STEPS), st.sampled_from(STEPS), max_size=5))
def test_deputies_in_a_circle_are_found_and_no_others(deputy: dict[str, str]) -> None:
    roles = [{"role": name, "title": {"en": name}, "deputy": deputy.get(name)} for name in STEPS]
    values = SMALL_PLAN.model_dump()
    plan = Plan.model_validate({**values, "roles": [*values["roles"], *roles]})

    in_circles = set()
    for name in STEPS:
        here: str | None = name
        for _ in STEPS:
            here = deputy.get(here) if here else None
            if here == name:
                in_circles.add(name)
    found = list(deputies(plan))
    assert {name for issue in found for name in str(issue.values["way"]).split(" → ")} == in_circles
