"""What follows from several rules: one that can never hold, one that never decides, a trigger that no red post has.

Only what is certain is told; `implication.py` proves it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import wraps

from sereno.engine.plan.check.implication import Rules, TooLong, conditions_of
from sereno.engine.plan.check.issue import Issue, warning
from sereno.engine.plan.check.lights import conditions_of as all_conditions
from sereno.engine.plan.model import LIGHTS, LightRule, Plan

Check = Callable[[Plan], Iterator[Issue]]
MOST_RULES = 250
"""Beyond it rules are not compared in pairs: the editor asks with each key that is pressed."""


def _while_it_is_worth(check: Check) -> Check:
    """What was proved stands; what would take too long is not told."""

    @wraps(check)
    def bounded(plan: Plan) -> Iterator[Issue]:
        with suppress(TooLong):
            yield from check(plan)

    return bounded


@_while_it_is_worth
def never_holds(plan: Plan) -> Iterator[Issue]:
    """Rules and triggers whose conditions exclude each other."""
    rules = Rules(plan)
    for where, part, name, when in all_conditions(plan):
        conditions = conditions_of(when, plan)
        if conditions is None or conditions.text_light < 0:
            continue
        light = LIGHTS[conditions.text_light]
        if not rules.gives(conditions.text_light):
            yield warning((*where, "text_light"), "text-light-never-given", part=part, name=name, light=light)
        elif next(rules.cases(conditions), None) is None:
            yield warning((*where, "text_light"), "rule-never-holds", part=part, name=name, light=light)


@_while_it_is_worth
def never_decides(plan: Plan) -> Iterator[Issue]:
    """Rules that change nothing: wherever they hold, another one is told before them, with the same light or a graver
    one. A rule that calls a role or gives a guide always changes something."""
    if len(plan.lights) > MOST_RULES:
        return
    rules = Rules(plan)
    known = [(index, conditions_of(rule.when, plan)) for index, rule in enumerate(plan.lights) if rule.when.asked]
    ready = [(index, conditions) for index, conditions in known if conditions is not None]
    for index, conditions in ready:
        decides = next(
            (plan.lights[i] for i, other in ready if _overrules(plan, i, index) and rules.implies(conditions, other)),
            None,
        )
        if decides is not None:
            rule = plan.lights[index]
            yield warning(
                ("lights", index), "rule-never-decides", rule=rule.rule, other=decides.rule, light=decides.light
            )


def _overrules(plan: Plan, first: int, second: int) -> bool:
    """Whether, where both hold, the first is told before the second, and the second adds nothing."""
    one, other = plan.lights[first], plan.lights[second]
    if first == second or _acts(other) or _turn(plan, first) > _turn(plan, second):
        return False
    # a rule that does not let the chain wait calls it at once, even beside one that does
    return one.light != other.light or not _waits(one)


def _turn(plan: Plan, index: int) -> tuple[int, bool, int]:
    """What judge() tells first comes first: the gravest, then what the text alone gives, then the plan's order."""
    rule = plan.lights[index]
    return -LIGHTS.index(rule.light), not rule.of_text_alone, index


def _acts(rule: LightRule) -> bool:
    return rule.route is not None or rule.guide is not None


def _waits(rule: LightRule) -> bool:
    return rule.route is not None and rule.route.chain == "waits"


@_while_it_is_worth
def triggers(plan: Plan) -> Iterator[Issue]:
    """A scenario is proposed for red posts only: a trigger that no red rule can hold together with proposes nothing."""
    if len(plan.lights) > MOST_RULES:
        return
    rules = Rules(plan)
    red = [conditions_of(rule.when, plan) for rule in plan.lights if rule.light == "red"]
    for index, scenario in enumerate(plan.scenarios):
        for number, when in enumerate(scenario.triggers):
            trigger = conditions_of(when, plan)
            if trigger is None or None in red or next(rules.cases(trigger), None) is None:
                continue  # told elsewhere
            if not any(rules.together(trigger, rule) for rule in red if rule is not None):
                where = ("scenarios", index, "triggers", number)
                yield warning(where, "trigger-never-red", scenario=scenario.scenario)
