"""The decision chain: each degree enters it once, and from every step it leads to a role that is always there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import get_args

from sereno.engine.plan.check.issue import Issue, error, nearby, warning, way
from sereno.engine.plan.check.times import round_the_clock
from sereno.engine.plan.model import AREA_OWNER, Degree, Plan, Step, write_duration
from sereno.engine.plan.nodes import Path

DEGREES: tuple[Degree, ...] = get_args(Degree)


def degrees(plan: Plan) -> Iterator[Issue]:
    """Each degree has exactly one step that takes it, and one target."""
    takers = Counter(degree for step in plan.chain for degree in step.degrees)
    targets = Counter(target.degree for target in plan.targets)
    for degree in DEGREES:
        if not takers[degree]:
            yield error(("chain",), "degree-without-step", degree=degree)
        if not targets[degree]:
            yield error(("targets",), "degree-without-target", degree=degree)
    first: dict[Degree, int] = {}
    for index, step in enumerate(plan.chain):
        for degree in step.degrees:
            where: Path = ("chain", index, "degrees")
            earlier = first.setdefault(degree, index)
            if earlier < index:
                by = plan.chain[earlier].step
                yield error(where, "degree-with-two-steps", step=step.step, degree=degree, first=by)
        for degree, times in Counter(step.degrees).items():
            if times > 1 and first[degree] == index:
                yield error(("chain", index, "degrees"), "degree-twice-in-a-step", step=step.step, degree=degree)
    met: set[Degree] = set()
    for index, target in enumerate(plan.targets):
        if target.degree in met:
            yield error(("targets", index, "degree"), "degree-with-two-targets", degree=target.degree)
        met.add(target.degree)


def chain(plan: Plan) -> Iterator[Issue]:
    """Every step leads, without a circle, to a last one that stands with a role of the plan."""
    steps = {step.step: step for step in plan.chain}
    onward = {name: step.then for name, step in steps.items()}
    circle_of: set[str] = set()
    for index, step in enumerate(plan.chain):
        where: Path = ("chain", index, "then")
        if step.then is not None and step.then not in steps:
            yield error(where, "step-leads-nowhere", step=step.step, then=step.then, **nearby(step.then, steps))
            continue
        path = _way(step.step, onward)
        circle = path[path.index(path[-1]) : -1]
        if circle and step.step in circle:
            if circle_of.isdisjoint(circle):
                yield error(where, "chain-in-a-circle", way=way([*circle, step.step]))
            circle_of.update(circle)
        elif step.then is None and step.role == AREA_OWNER:
            yield error(("chain", index, "role"), "chain-ends-with-the-area", step=step.step)
    yield from _entries(plan)


def _entries(plan: Plan) -> Iterator[Issue]:
    steps = [step.step for step in plan.chain]
    unsupported = plan.languages.unsupported_step
    entered = {step.then for step in plan.chain} | {unsupported}
    for index, step in enumerate(plan.chain):
        if not step.degrees and step.step not in entered:
            yield warning(("chain", index), "step-never-reached", step=step.step)
    if unsupported not in steps:
        where: Path = ("languages", "unsupported_step")
        yield error(where, "unsupported-step-unknown", step=unsupported, **nearby(unsupported, steps))


def _way(start: str, onward: Mapping[str, str | None]) -> list[str]:
    """The steps from `start` on, to the end or to the first one met again."""
    path, met = [start], {start}
    while (following := onward.get(path[-1])) is not None and following in onward:
        path.append(following)
        if following in met:
            break
        met.add(following)
    return path


def haste(plan: Plan) -> Iterator[Issue]:
    """The chain is quick enough for the targets, and red waits for no morning."""
    targets = {target.degree: target for target in plan.targets}
    for index, step in enumerate(plan.chain):
        slow = [d for d in step.degrees if d in targets and step.acknowledge_within > targets[d].acknowledge]
        if slow:
            yield warning(
                ("chain", index, "acknowledge_within"),
                "step-slower-than-target",
                step=step.step,
                degree=slow[0],
                given=write_duration(step.acknowledge_within),
                target=write_duration(targets[slow[0]].acknowledge),
            )
    red = _red_steps(plan)
    if "red" in targets and red:
        yield from _late_for_red(red, targets["red"].first_answer)
    if round_the_clock(plan.duty_hours):
        return
    for index, step in red:
        if step.clock == "duty" and step.then is not None:
            yield error(("chain", index), "red-waits-for-the-morning", step=step.step)
    for index, target in enumerate(plan.targets):
        if target.degree == "red" and target.clock == "duty":
            yield warning(("targets", index), "red-target-in-duty-hours")


def _red_steps(plan: Plan) -> list[tuple[int, Step]]:
    """The steps that a red post goes through, in order; none where its chain does not end."""
    index = {step.step: i for i, step in enumerate(plan.chain)}
    entry = next((step.step for step in plan.chain if "red" in step.degrees), None)
    if entry is None:
        return []
    way = _way(entry, {step.step: step.then for step in plan.chain})
    red = [(index[name], plan.chain[index[name]]) for name in dict.fromkeys(way)]
    return red if red[-1][1].then is None else []


def _late_for_red(red: list[tuple[int, Step]], due: timedelta) -> Iterator[Issue]:
    last = red[-1][1]
    passed = sum((step.acknowledge_within for _, step in red[:-1]), timedelta())
    if passed > due:
        yield warning(
            ("chain", red[0][0]),
            "red-chain-too-long",
            step=last.step,
            passed=write_duration(passed),
            target=write_duration(due),
        )
