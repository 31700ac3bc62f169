"""The second of the two pure steps: how serious it is, why, and whose turn it is. Cheap, and replayable.

The light is the gravest of the plan's matching rules (ADR 2). Conditions are *at least* and *any of*, so more
reach, risk or hostility can only add matching rules, never take one away. The engine reads signals; only the plan
decides colours.

Two kinds of posts stay dark although rules match: our own, and those about another party. A post that matched
watches, but none of a brand, product or person of ours, is somebody else's matter (a complaint about a competitor):
only rules that ask for `about` speak about it. A post that matched no watch at all came to us directly, as a message
or a comment under our own, and counts as ours. The text light is told in any case: it is what the text alone gives.

Rules are evaluated a column at a time in `lighting.py`, which the replay of the past shares (ADR 16); here the reasons
and the route of each post are made from what held.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import numpy as np

from sereno.engine import lighting
from sereno.engine.columns import Columns, Mask
from sereno.engine.context import Contexts
from sereno.engine.lighting import CONDITIONS, Lit, called_by, chain_waits, guides_of, lit, special
from sereno.engine.plan.deadlines import Deadlines, deadlines_for
from sereno.engine.plan.model import (
    AREA_OWNER,
    LIGHTS,
    OUR_KINDS,
    Degree,
    Light,
    LightRule,
    Plan,
    Step,
    When,
)
from sereno.engine.read import Evidence, Readings

__all__ = [
    "CONDITIONS",
    "FIRST_DAY",
    "RULE_VERSION",
    "Condition",
    "Judgements",
    "Reason",
    "Route",
    "answers_in",
    "entry_step",
    "holds",
    "judge",
    "role_of",
]

RULE_VERSION = "judge-2"
"""Changes when the same plan, readings and contexts would give another judgement."""

FIRST_DAY = datetime(1990, 1, 1, tzinfo=UTC)
"""A record that claims to have come earlier has a broken clock; time zones and calendars end not far before."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition that held: which, what was found, what the plan asks, and the words that speak for it."""

    signal: str
    found: str | int | float | bool
    asked: str | int | float | bool
    evidence: tuple[Evidence, ...] = ()
    network: str | None = None
    """For reach: the network whose line is asked."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a message id with its parameters; words are made at the edge, in the reader's language (ADR 8)."""

    rule: str
    """The plan's rule, or `none` where no rule gave a light, or `route` for whose turn it is besides the chain."""
    message: str
    """`rule`, `no-light`, `own-post`, `another-party`; for `route`: `unsupported-language`, `called-also` (a role is
    called at once, the chain too), `called-first` (the chain waits for it), `guide` (only a guide is given)."""
    light: Light | None
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Route:
    """Whose turn it is: a role of the plan at a step of its chain, and by when."""

    step: str
    """Where the post enters the chain."""
    role: str
    """The role that a matching rule calls, the gravest rule's first; else the step's."""
    area: str | None
    deadlines: Deadlines | None
    """None for what was backfilled: it starts no deadline."""
    wakes: bool
    """Whether somebody is told at once; never for what was backfilled."""
    called: tuple[str, ...] = ()
    """Roles that matching rules call by name, each once."""
    chain_waits: bool = False
    """The step's own role is called only where nobody of `called` acknowledges within the step's time."""
    guides: tuple[str, ...] = ()
    """The plan's guides to read first, those of the gravest rules first."""


@dataclass(frozen=True, slots=True)
class Judgements:
    """Light, route and reasons of n posts; every column has length n."""

    plan: str
    model: str
    light: Sequence[Light | None]
    text_light: Sequence[Light | None]
    """What the plan gives to the text alone, without reach, speed and context."""
    reach_level: Sequence[str | None]
    reasons: Sequence[tuple[Reason, ...]]
    """Gravest first; the first one decided."""
    route: Sequence[Route]
    rules: str = field(default=RULE_VERSION)

    def __len__(self) -> int:
        return len(self.light)


def judge(readings: Readings, contexts: Contexts, plan: Plan, now: datetime) -> Judgements:
    """Light, reasons and route of every post of the batch.

    `now` is the moment of judgement: a deadline never starts later than it. Both columns must have the same
    length, else ValueError.
    """
    lights = lit(Columns.of(readings, contexts), plan)
    batch = _Batch(readings, contexts, plan, lights)
    rules, waits = special(lights), chain_waits(lights)
    return Judgements(
        plan=plan.id,
        model=readings.model,
        light=[_light(rank) for rank in lights.light],
        text_light=[_light(rank) for rank in lights.text_light],
        reach_level=[plan.reach[rank].level if rank >= 0 else None for rank in lights.reach],
        reasons=_reasons(batch),
        route=[_route(batch, rules.get(i, ()), i, now, waits=bool(waits[i])) for i in range(len(readings))],
    )


def holds(when: When, readings: Readings, contexts: Contexts, plan: Plan) -> Mask:
    """Where all of these conditions hold: what a scenario's trigger asks is tested as a light rule's is."""
    return lighting.holds(when, Columns.of(readings, contexts), plan)


def _light(rank: int | np.int8) -> Light | None:
    return LIGHTS[rank] if rank >= 0 else None


@dataclass(frozen=True, slots=True)
class _Batch:
    """The posts as they came, and the lights that the plan gave them."""

    readings: Readings
    contexts: Contexts
    plan: Plan
    lights: Lit


Found = str | int | float | bool


def _of_reading(column: str) -> Callable[[_Batch, int, Any], Found]:
    return lambda batch, i, _asked: getattr(batch.readings, column)[i]


def _first_of_reading(column: str) -> Callable[[_Batch, int, Any], Found]:
    """The first asked-for value that is there."""
    return lambda batch, i, asked: next(str(value) for value in asked if value in getattr(batch.readings, column)[i])


def _probability(column: str) -> Callable[[_Batch, int, Any], Found]:
    return lambda batch, i, _asked: round(float(getattr(batch.readings, column)[i]), 2)


def _of_context(column: str) -> Callable[[_Batch, int, Any], Found]:
    return lambda batch, i, _asked: batch.contexts.column(column)[i]


FOUND: Mapping[str, Callable[[_Batch, int, Any], Found]] = {
    **{name: _of_reading(name) for name in ("kind", "polarity", "topic", "language", "severity")},
    **{name: _probability(name) for name in ("complaint", "hostile", "call_to_action")},
    **{
        name: _of_context(name)
        for name in (
            "network", "place", "author_type", "visibility", "shares", "shares_per_hour", "repeat_contact", "story",
            "storm", "rating",
        )
    },
    "risk": _first_of_reading("risks"),
    "claims": _first_of_reading("claims"),
    "about": lambda batch, i, asked: next(kind for kind in asked if kind in batch.contexts.column("about")[i]),
    "text_light": lambda batch, i, _asked: str(_light(batch.lights.text_light[i])),
    "reach": lambda batch, i, _asked: int(batch.contexts.column("followers")[i]),
    "open_promise": lambda _batch, _i, _asked: True,
}  # fmt: skip
"""What each condition that held found in a post; one for each condition of `When`, as a test says."""


def _reasons(batch: _Batch) -> list[tuple[Reason, ...]]:
    """For each post its reasons, gravest first; after them who is called besides the chain, and detours."""
    reasons: list[list[Reason]] = [[] for _ in range(len(batch.readings))]
    calls: dict[int, dict[Reason, None]] = {}
    for rule, mask in batch.lights.matches:
        names = [name for name in type(rule.when).model_fields if name in rule.when.asked]
        for i in np.flatnonzero(mask).tolist():
            # what kind of post it is goes without saying where the rule asks for more: its words would only distract
            told = [name for name in names if name != "kind" or len(names) == 1]
            conditions = tuple(_condition(name, getattr(rule.when, name), batch, i) for name in told)
            reasons[i].append(Reason(rule.rule, "rule", rule.light, conditions))
            if (call := _call(rule)) is not None:
                calls.setdefault(i, {})[call] = None
    return [
        _and_detour([*(found or [_no_light(batch, i)]), *calls.get(i, ())], batch, i) for i, found in enumerate(reasons)
    ]


def _call(rule: LightRule) -> Reason | None:
    """Whom the rule calls and what they read first; alike for two rules that call the same."""
    conditions = []
    if rule.route is not None:
        conditions.append(Condition("role", rule.route.role, rule.route.role))
    if rule.guide is not None:
        conditions.append(Condition("guide", rule.guide, rule.guide))
    if not conditions:
        return None
    message = "guide" if rule.route is None else "called-also" if rule.route.chain == "also" else "called-first"
    return Reason("route", message, None, tuple(conditions))


def _and_detour(reasons: list[Reason], batch: _Batch, i: int) -> tuple[Reason, ...]:
    language = batch.readings.language[i]
    if not answers_in(batch.plan, language):
        asked = " | ".join(batch.plan.brand.languages)
        reasons.append(Reason("route", "unsupported-language", None, (Condition("language", language, asked),)))
    return tuple(reasons)


def _condition(name: str, asked: Any, batch: _Batch, i: int) -> Condition:
    found = FOUND[name](batch, i, asked)
    spoken = {name, f"{name}.{found}"}
    evidence = tuple(e for e in batch.readings.evidence[i] if e.signal in spoken)
    network = batch.contexts.column("network")[i] if name == "reach" else None
    return Condition(name, found, _asked_value(name, asked, batch, i), evidence, network)


def _asked_value(name: str, asked: Any, batch: _Batch, i: int) -> str | int | float | bool:
    if name == "reach":
        level = next(level for level in batch.plan.reach if level.level == asked)
        return level.followers.get(batch.contexts.column("network")[i], level.followers["default"])
    return " | ".join(map(str, asked)) if isinstance(asked, tuple) else asked


def _no_light(batch: _Batch, i: int) -> Reason:
    if batch.lights.own[i]:
        return Reason("none", "own-post", None)
    if batch.lights.others[i]:
        about = " | ".join(batch.contexts.column("about")[i])
        return Reason("none", "another-party", None, (Condition("about", about, " | ".join(sorted(OUR_KINDS))),))
    kind = batch.readings.kind[i]
    evidence = tuple(e for e in batch.readings.evidence[i] if e.signal in {"kind", f"kind.{kind}"})
    return Reason("none", "no-light", None, (Condition("kind", kind, kind, evidence),))


def answers_in(plan: Plan, language: str) -> bool:
    """Whether the brand answers in this language."""
    # und and mul are nobody's language: whoever answers for the degree reads them
    return language in plan.brand.languages or language in ("und", "mul")


def _route(batch: _Batch, rules: Sequence[LightRule], i: int, now: datetime, *, waits: bool) -> Route:
    plan, context = batch.plan, batch.contexts.rows[i]
    light = _light(batch.lights.light[i])
    degree: Degree = light or "none"
    step = entry_step(plan, degree, batch.readings.language[i])
    area = plan.area_for(batch.readings.topic[i])
    deadlines = None
    if not (context.backfilled or context.own):
        is_complaint = batch.readings.kind[i] == "complaint"
        country = context.country or plan.brand.country
        start = min(max(context.received_at, FIRST_DAY), now)
        deadlines = deadlines_for(
            plan, degree, start, country=country, topic=batch.readings.topic[i], complaint=is_complaint
        )
    called = called_by(rules)
    return Route(
        step=step.step,
        role=called[0] if called else role_of(step, area.owner if area else None),
        area=area.area if area else None,
        deadlines=deadlines,
        wakes=(light == "red" or bool(called)) and deadlines is not None,
        called=called,
        chain_waits=waits,
        guides=guides_of(rules),
    )


def entry_step(plan: Plan, degree: Degree, language: str) -> Step:
    """Where a post enters the chain: by its degree, or where posts go that the brand cannot answer; red never waits
    for a language."""
    if degree != "red" and not answers_in(plan, language):
        return plan.step(plan.languages.unsupported_step)
    return plan.step_for(degree)


def role_of(step: Step, area_owner: str | None) -> str:
    """The step's role; where it is the area's owner, that one. Checked plans have an owner for every topic."""
    if step.role == AREA_OWNER:
        if area_owner is None:
            raise ValueError(f"step '{step.step}' asks for the area's owner, but no area looks after this topic")
        return area_owner
    return step.role
