"""The catalogue of answers, and what may be offered."""

from __future__ import annotations

from collections.abc import Iterator

from sereno.engine.plan.check.issue import Issue, error, nearby, warning
from sereno.engine.plan.model import Plan
from sereno.engine.plan.nodes import Path
from sereno.engine.read import TOPICS


def catalogue(plan: Plan) -> Iterator[Issue]:
    for index, entry in enumerate(plan.catalogue):
        if entry.topic not in TOPICS:
            where: Path = ("catalogue", index, "topic")
            hint = nearby(entry.topic, TOPICS)
            yield error(where, "topic-unknown", part="type", name=entry.type, topic=entry.topic, **hint)
    without = [topic for topic in TOPICS if topic not in {entry.topic for entry in plan.catalogue}]
    if without:
        yield warning(("catalogue",) if plan.catalogue else (), "topics-without-answer", topics=", ".join(without))
    yield from _only_on_networks(plan)


def _only_on_networks(plan: Plan) -> Iterator[Issue]:
    """A topic whose entries are all for some networks has no answer on the others."""
    for topic in dict.fromkeys(entry.topic for entry in plan.catalogue):
        entries = [(index, entry) for index, entry in enumerate(plan.catalogue) if entry.topic == topic]
        if all(entry.networks for _, entry in entries):
            networks = ", ".join(dict.fromkeys(network for _, entry in entries for network in entry.networks))
            yield warning(("catalogue", entries[0][0]), "topic-answered-on-some", topic=topic, networks=networks)


def resources(plan: Plan) -> Iterator[Issue]:
    for index, resource in enumerate(plan.resources):
        if resource.up_to is not None and resource.above is None:
            where: Path = ("resources", index, "up_to")
            yield warning(where, "resource-without-above", resource=resource.resource, limit=resource.up_to)
        if resource.above is not None and resource.up_to is None:
            yield warning(("resources", index, "above"), "resource-above-nothing", resource=resource.resource)
