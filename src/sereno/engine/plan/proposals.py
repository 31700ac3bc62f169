"""Which of the plan's worst cases a red post could be: one whose trigger holds is proposed; people decide.

Triggers are conditions as those of a light rule, tested by the same code.
"""

from __future__ import annotations

from collections.abc import Sequence

from sereno.engine.context import Contexts
from sereno.engine.judge import holds
from sereno.engine.plan.model import Light, Plan, Scenario
from sereno.engine.read import Readings


def scenarios_for(
    plan: Plan, readings: Readings, contexts: Contexts, light: Sequence[Light | None]
) -> list[tuple[Scenario, ...]]:
    """For each post the scenarios to propose, in the plan's order; none for a post that is not red."""
    proposed: list[list[Scenario]] = [[] for _ in light]
    if "red" not in light:
        return [()] * len(light)
    for scenario in plan.scenarios:
        masks = [holds(trigger, readings, contexts, plan) for trigger in scenario.triggers]
        for i, given in enumerate(light):
            if given == "red" and any(mask[i] for mask in masks):
                proposed[i].append(scenario)
    return [tuple(each) for each in proposed]
