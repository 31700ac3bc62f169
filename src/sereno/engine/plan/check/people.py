"""Areas and deputies: every topic has an owner, and who stands in is somebody else."""

from __future__ import annotations

from collections.abc import Iterator

from sereno.engine.plan.check.issue import Issue, error, nearby, warning
from sereno.engine.plan.model import Plan
from sereno.engine.plan.nodes import Path
from sereno.engine.read import TOPICS


def areas(plan: Plan) -> Iterator[Issue]:
    """Every topic has exactly one area; an area without topics takes the rest."""
    owner: dict[str, str] = {}
    for index, area in enumerate(plan.areas):
        for number, topic in enumerate(area.topics):
            where: Path = ("areas", index, "topics", number)
            if topic not in TOPICS:
                yield error(where, "topic-unknown", part="area", name=area.area, topic=topic, **nearby(topic, TOPICS))
            elif topic in owner:
                yield error(where, "topic-with-two-areas", topic=topic, first=owner[topic], second=area.area)
            owner.setdefault(topic, area.area)
    rest = [index for index, area in enumerate(plan.areas) if not area.topics]
    for index in rest[1:]:
        yield error(("areas", index), "area-rest-twice")
    missing = [topic for topic in TOPICS if topic not in owner]
    if missing and not rest:
        yield error(("areas",), "topics-without-area", topics=", ".join(missing))


def area_deputies(plan: Plan) -> Iterator[Issue]:
    """Somebody else stands in for each owner."""
    stands_in = {role.role: role.deputy for role in plan.roles}
    for index, area in enumerate(plan.areas):
        if area.deputy == area.owner:
            yield warning(("areas", index, "deputy"), "area-deputy-is-owner", area=area.area, role=area.owner)
        elif area.deputy is None and area.owner in stands_in and stands_in[area.owner] is None:
            yield warning(("areas", index), "area-without-deputy", area=area.area, role=area.owner)


def deputies(plan: Plan) -> Iterator[Issue]:
    """Deputies lead, from one role to the next, to an end."""
    stands_in = {role.role: role.deputy for role in plan.roles}
    told: set[str] = set()
    for index, role in enumerate(plan.roles):
        circle = _circle(role.role, stands_in)
        if circle and told.isdisjoint(circle):
            yield error(("roles", index, "deputy"), "deputies-in-a-circle", way=" → ".join([*circle, circle[0]]))
        told.update(circle)


def _circle(start: str, onward: dict[str, str | None]) -> list[str]:
    """The way from `start` back to `start`; empty where it does not come back."""
    path, here = [start], onward.get(start)
    while here is not None and here not in path:
        path.append(here)
        here = onward.get(here)
    return path if here == start else []
