"""Areas and deputies: every topic has an owner, and who stands in is somebody else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sereno.engine.plan.check.issue import Issue, error, nearby, warning, way
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
    index = {role.role: number for number, role in reversed(list(enumerate(plan.roles)))}
    for circle in _circles(stands_in):
        yield error(("roles", index[circle[0]], "deputy"), "deputies-in-a-circle", way=way([*circle, circle[0]]))


def _circles(onward: Mapping[str, str | None]) -> Iterator[list[str]]:
    """Every circle once, begun at its name that stands first. Each name is walked over once."""
    place = {name: number for number, name in enumerate(onward)}
    walked: dict[str, str] = {}
    """Name → where the walk over it began."""
    for start in onward:
        path: list[str] = []
        here: str | None = start
        while here is not None and here not in walked and here in onward:
            walked[here] = start
            path.append(here)
            here = onward[here]
        if here is not None and walked.get(here) == start and here in onward:
            circle = path[path.index(here) :]
            first = circle.index(min(circle, key=place.__getitem__))
            yield circle[first:] + circle[:first]
