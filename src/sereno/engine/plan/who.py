"""Who would be called, when, and by when they answer: the chain told in advance, for any degree and any moment.

Roles only; a roster says which people fill them (ADR 6).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sereno.engine.judge import entry_step, role_of
from sereno.engine.plan.deadlines import Deadlines, add_duty_time, can_wait, deadlines_for, next_duty, on_duty
from sereno.engine.plan.model import AREA_OWNER, Area, Degree, Plan, RuleRoute, Step
from sereno.engine.plan.suggest import did_you_mean
from sereno.engine.read import TOPICS

BY_NAME = "by-name"
"""Stands for the step of a role that a rule calls by name, which has none of its own."""
_REST = "other"
"""The topic of a post whose topic is not asked about."""


@dataclass(frozen=True, slots=True)
class Call:
    """One step of the chain: the role, when it is called, and until when it may acknowledge."""

    step: str
    role: str
    called_at: datetime
    acknowledge_by: datetime
    """Then the next step is called. The last step's own limit, where none follows."""
    deputy: str | None = None
    """The role that stands in where nobody of the called one can be reached."""


@dataclass(frozen=True, slots=True)
class Who:
    """The chain for one degree at one moment, in order."""

    degree: Degree
    at: datetime
    on_duty: bool
    """Whether `at` lies inside the plan's duty hours."""
    area: str | None
    network: str | None
    """As asked: the plan's chain is one for all networks, a roster may divide them."""
    language: str | None
    calls: tuple[Call, ...]
    deadlines: Deadlines

    @property
    def roles(self) -> tuple[str, ...]:
        """Everybody who would be called, each once, in order."""
        return tuple(dict.fromkeys(call.role for call in self.calls))


def who(
    plan: Plan,
    degree: Degree,
    at: datetime,
    *,
    area: str | None = None,
    topic: str | None = None,
    network: str | None = None,
    language: str | None = None,
    route: RuleRoute | None = None,
) -> Who:
    """Who is called for a post of this degree that arrives `at` (an instant with a zone) and nobody acknowledges.

    The area is `area`, or the one that looks after `topic`, or the one that takes the rest. A post in a `language`
    the brand does not answer in goes to the step for those, unless it is red. `route` is that of the rule that matched:
    its role is called with the chain, or before it. Raises ValueError for an area or topic
    that does not exist, or an instant without a zone.
    """
    if at.tzinfo is None:
        raise ValueError(f"'{at.isoformat()}' has no time zone; add one, such as +01:00")
    if topic is not None and topic not in TOPICS:
        raise ValueError(f"topic '{topic}' does not exist{did_you_mean(topic, TOPICS)}")
    at = at.astimezone(UTC)
    found = _area(plan, area) if area is not None else plan.area_for(topic or _REST)
    first = entry_step(plan, degree, language or "und")
    calls = tuple(_calls(plan, degree, first, at, found, route))
    deadlines = deadlines_for(
        plan, degree, at, country=plan.brand.country, topic=topic or _REST, complaint=degree != "none"
    )
    return Who(degree, at, on_duty(at, plan), found.area if found else None, network, language, calls, deadlines)


def _calls(
    plan: Plan, degree: Degree, first: Step, at: datetime, area: Area | None, route: RuleRoute | None
) -> list[Call]:
    calls: list[Call] = []
    patient = can_wait(plan, degree)
    if route is not None:
        limit = at + first.acknowledge_within  # a role by name is called by day and by night
        calls.append(Call(BY_NAME, route.role, at, limit, plan.role(route.role).deputy))
        at = limit if route.chain == "waits" else at
    step: Step | None = first
    before: tuple[str, bool] | None = None
    while step is not None:
        always = step.clock == "always" and not patient
        stands = (role_of(step, area.owner if area else None), always)
        if stands == before:  # the area's owner stands at the next step as well: one call, not two
            step = plan.step(step.then) if step.then else None
            continue
        before = stands
        at = at if always else next_duty(at, plan)
        limit = _limit(plan, step, at, always=always)
        role = stands[0]
        # whoever stands in for an area knows it: named there, they come before the role's own deputy
        deputy = area.deputy if area is not None and step.role == AREA_OWNER else None
        calls.append(Call(step.step, role, at, limit, deputy or plan.role(role).deputy))
        at = limit
        step = plan.step(step.then) if step.then else None
    return calls


def _limit(plan: Plan, step: Step, called_at: datetime, *, always: bool) -> datetime:
    """Until when whoever is called at this step may acknowledge."""
    if always:
        return called_at + step.acknowledge_within
    return add_duty_time(called_at, step.acknowledge_within, plan)


def _area(plan: Plan, name: str) -> Area:
    known = {area.area: area for area in plan.areas}
    if name not in known:
        raise ValueError(f"area '{name}' is not in the plan{did_you_mean(name, known) or ': ' + ', '.join(known)}")
    return known[name]
