"""Guides: a rule names one that exists, it has steps, and whoever finds people in danger has one."""

from __future__ import annotations

from collections.abc import Iterator

from sereno.engine.plan.check.issue import Issue, error, nearby, warning
from sereno.engine.plan.model import Plan

IN_DANGER: frozenset[str] = frozenset({"self_harm", "threat"})
"""Claims after which a person may come to harm: nobody should have to find the right words alone."""


def guides(plan: Plan) -> Iterator[Issue]:
    known = [guide.guide for guide in plan.guides]
    for index, rule in enumerate(plan.lights):
        if rule.guide is not None and rule.guide not in known:
            hint = nearby(rule.guide, known)
            yield error(("lights", index, "guide"), "guide-unknown", rule=rule.rule, guide=rule.guide, **hint)
        if not IN_DANGER.isdisjoint(rule.when.claims or ()) and (rule.route is None or rule.guide is None):
            missing = "both" if rule.route is None and rule.guide is None else "guide" if rule.route else "route"
            yield warning(("lights", index), "danger-without-help", rule=rule.rule, missing=missing)
    used = {rule.guide for rule in plan.lights}
    for index, guide in enumerate(plan.guides):
        if not guide.steps:
            yield error(("guides", index, "steps"), "guide-without-steps", guide=guide.guide)
        if guide.guide not in used:
            yield warning(("guides", index), "guide-never-read", guide=guide.guide)
