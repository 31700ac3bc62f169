"""The plan's own tests: what they expect is there, and what they show can be judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sereno.engine.plan.check.issue import Issue, error, nearby
from sereno.engine.plan.model import Plan, PlanTest
from sereno.engine.plan.nodes import Path
from sereno.engine.read import CLAIMS, TOPICS


def trials(plan: Plan) -> Iterator[Issue]:
    known: dict[str, Sequence[str]] = {
        "rule": [rule.rule for rule in plan.lights],
        "not_rule": [rule.rule for rule in plan.lights],
        "step": [step.step for step in plan.chain],
        "role": [role.role for role in plan.roles],
        "area": [area.area for area in plan.areas],
        "guide": [guide.guide for guide in plan.guides],
        "scenario": [scenario.scenario for scenario in plan.scenarios],
    }
    for index, test in enumerate(plan.tests):
        where: Path = ("tests", index)
        for key, names in known.items():
            name = getattr(test.expect, key)
            if name is not None:
                yield from _expected(test, (*where, "expect", key), key.removeprefix("not_"), name, names)
        for number, role in enumerate(test.expect.called or ()):
            yield from _expected(test, (*where, "expect", "called", number), "role", role, known["role"])
        if not test.expect.model_fields_set:
            yield error((*where, "expect"), "test-expects-nothing", test=test.test)
        yield from _shown(test, where)


def _expected(test: PlanTest, where: Path, part: str, name: str, known: Sequence[str]) -> Iterator[Issue]:
    if name not in known:
        yield error(where, "test-expects-unknown", test=test.test, part=part, name=name, **nearby(name, known))


def _shown(test: PlanTest, where: Path) -> Iterator[Issue]:
    reads_as = test.post.reads_as
    if reads_as is None:
        if not test.post.text.strip():
            yield error((*where, "post"), "test-without-text", test=test.test)
        return
    at: Path = (*where, "post", "reads_as")
    if reads_as.topic not in TOPICS:
        hint = nearby(reads_as.topic, TOPICS)
        yield error((*at, "topic"), "topic-unknown", part="test", name=test.test, topic=reads_as.topic, **hint)
    for number, claim in enumerate(reads_as.claims):
        if claim not in CLAIMS:
            hint = nearby(claim, CLAIMS)
            yield error((*at, "claims", number), "claim-unknown", part="test", name=test.test, claim=claim, **hint)
