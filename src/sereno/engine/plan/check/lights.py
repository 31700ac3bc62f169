"""The conditions of light rules and of the scenarios' triggers, each by itself: known values, thresholds that a post
can reach, conditions that go together by what they mean. What follows from several rules stands in `rules.py`."""

from __future__ import annotations

from collections.abc import Iterator

from sereno.engine.plan.check.issue import Issue, error, nearby, warning
from sereno.engine.plan.check.listening import WITHOUT_FOLLOWERS
from sereno.engine.plan.model import Plan, When
from sereno.engine.plan.nodes import Path
from sereno.engine.read import CLAIMS, TOPICS

PROBABILITIES = ("complaint", "hostile", "call_to_action")
BEYOND_ANY_POST = {
    "shares": 1_000_000_000,
    "shares_per_hour": 1_000_000,
    "repeat_contact": 100_000,
    "story": 1_000_000_000,
}
"""Counts that nothing reaches: the most shared post ever had some five million shares, in days."""
_NEVER_PRIVATE = frozenset({"article", "review"})


def conditions(plan: Plan) -> Iterator[Issue]:
    for where, part, name, when in conditions_of(plan):
        yield from _given(when, where, part, name)
        yield from _known(when, where, part, name, [level.level for level in plan.reach])
        yield from _reachable(when, where, part, name)
        yield from _together(when, where, part, name)


def conditions_of(plan: Plan) -> Iterator[tuple[Path, str, str, When]]:
    """Every set of conditions: its path, in which part, that part's name."""
    for index, rule in enumerate(plan.lights):
        yield ("lights", index, "when"), "rule", rule.rule, rule.when
    for index, scenario in enumerate(plan.scenarios):
        for number, trigger in enumerate(scenario.triggers):
            yield ("scenarios", index, "triggers", number), "scenario", scenario.scenario, trigger


def _given(when: When, where: Path, part: str, name: str) -> Iterator[Issue]:
    for condition in sorted(when.model_fields_set):
        if getattr(when, condition) in (None, ()):
            yield error((*where, condition), "condition-empty", part=part, name=name, condition=condition)
    if not when.model_fields_set:
        yield error(where, "rule-without-conditions", part=part, name=name)


def _known(when: When, where: Path, part: str, name: str, levels: list[str]) -> Iterator[Issue]:
    for number, claim in enumerate(when.claims or ()):
        if claim not in CLAIMS:
            at: Path = (*where, "claims", number)
            yield error(at, "claim-unknown", part=part, name=name, claim=claim, **nearby(claim, CLAIMS))
    for number, topic in enumerate(when.topic or ()):
        if topic not in TOPICS:
            at = (*where, "topic", number)
            yield error(at, "topic-unread", part=part, name=name, topic=topic, **nearby(topic, TOPICS))
    if when.reach is not None and when.reach not in levels:
        hint = nearby(when.reach, levels)
        yield error((*where, "reach"), "reach-unknown", part=part, name=name, level=when.reach, **hint)


def _reachable(when: When, where: Path, part: str, name: str) -> Iterator[Issue]:
    """Thresholds: some post can reach them, and not every post does."""
    for condition in PROBABILITIES:
        asked = getattr(when, condition)
        if asked == 1:
            yield warning((*where, condition), "certainty-never-reached", part=part, name=name, condition=condition)
        elif asked == 0:
            yield warning((*where, condition), "condition-always-holds", part=part, name=name, condition=condition)
    for condition, beyond in BEYOND_ANY_POST.items():
        asked = getattr(when, condition)
        if asked is not None and asked >= beyond:
            yield error((*where, condition), "count-beyond-any-post", part=part, name=name, condition=condition)
    if when.story == 1:
        yield warning((*where, "story"), "condition-always-holds", part=part, name=name, condition="story")
    if when.rating is not None and when.rating < 1:
        yield warning((*where, "rating"), "rating-below-one-star", part=part, name=name)


def _together(when: When, where: Path, part: str, name: str) -> Iterator[Issue]:
    """Conditions that can never hold together, by what they mean (`docs/labels.md`, `docs/post-format.md`)."""
    if when.severity is not None and when.kind and "complaint" not in when.kind:
        yield warning((*where, "severity"), "severity-without-complaint", part=part, name=name)
    if when.visibility == "private" and when.place and set(when.place) <= _NEVER_PRIVATE:
        places = ", ".join(when.place)
        yield warning((*where, "visibility"), "private-in-a-public-place", part=part, name=name, places=places)
    if when.rating is not None and when.place and "review" not in when.place:
        yield warning((*where, "rating"), "rating-outside-reviews", part=part, name=name)
    if when.reach is not None and when.network and set(when.network) <= WITHOUT_FOLLOWERS:
        networks = ", ".join(when.network)
        yield warning((*where, "reach"), "reach-never-told", part=part, name=name, network=networks)
