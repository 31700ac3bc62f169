"""The second of the two pure steps: how serious it is, why, and whose turn it is. Cheap, and replayable.

The light is the gravest of the plan's matching rules (ADR 2). Conditions are *at least* and *any of*, so more
reach, risk or hostility can only add matching rules, never take one away. The engine reads signals; only the plan
decides colours.

Two kinds of posts stay dark although rules match: our own, and those about another party. A post that matched
watches, but none of a brand, product or person of ours, is somebody else's matter (a complaint about a competitor):
only rules that ask for `about` speak about it. A post that matched no watch at all came to us directly, as a message
or a comment under our own, and counts as ours. The text light is told in any case: it is what the text alone gives.

Rules are evaluated a column at a time: each condition is one boolean array over the batch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from sereno.engine.context import Contexts
from sereno.engine.plan.deadlines import Deadlines, deadlines_for
from sereno.engine.plan.model import (
    AREA_OWNER,
    LIGHTS,
    OUR_KINDS,
    STORM_LEVELS,
    Degree,
    Light,
    LightRule,
    Plan,
    Step,
    When,
)
from sereno.engine.plan.reach import reach_ranks
from sereno.engine.read import SEVERITIES, Evidence, Readings

RULE_VERSION = "judge-2"
"""Changes when the same plan, readings and contexts would give another judgement."""

Mask = NDArray[np.bool_]
_FIRST_DAY = datetime(1990, 1, 1, tzinfo=UTC)
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
    if len(readings) != len(contexts):
        raise ValueError(f"{len(readings)} readings but {len(contexts)} contexts; judge wants one context a reading")
    columns = _Columns(readings, contexts, plan)
    textual = [(rule, columns.holds(rule)) for rule in plan.lights if rule.of_text_alone]
    columns.text_light = _gravest(textual, len(readings))
    contextual = [(rule, columns.holds(rule)) for rule in plan.lights if not rule.of_text_alone]
    matches = [(rule, mask & columns.may_light(rule)) for rule, mask in textual + contextual]
    # gravest first; rules of one light stay in the plan's order
    matches.sort(key=lambda match: -LIGHTS.index(match[0].light))
    light = _gravest(matches, len(readings))
    special, waits = _special(matches), _chain_waits(matches, light)
    return Judgements(
        plan=plan.id,
        model=readings.model,
        light=[_light(rank) for rank in light],
        text_light=[_light(rank) for rank in columns.text_light],
        reach_level=[plan.reach[rank].level if rank >= 0 else None for rank in columns.reach],
        reasons=_reasons(matches, columns),
        route=[
            _route(_light(light[i]), columns, special.get(i, ()), i, now, waits=bool(waits[i]))
            for i in range(len(readings))
        ],
    )


def holds(when: When, readings: Readings, contexts: Contexts, plan: Plan) -> Mask:
    """Where all of these conditions hold: what a scenario's trigger asks is tested as a light rule's is."""
    columns = _Columns(readings, contexts, plan)
    columns.text_light = _gravest(
        [(rule, columns.holds(rule)) for rule in plan.lights if rule.of_text_alone], len(readings)
    )
    return columns.holds(LightRule(rule="asked", light="red", title={"en": "asked"}, when=when))


def _gravest(matches: Iterable[tuple[LightRule, Mask]], n: int) -> NDArray[np.int8]:
    """For each post the rank of the gravest matching rule's light: -1 none, 0 green, 1 amber, 2 red."""
    ranks = np.full(n, -1, dtype=np.int8)
    for rule, mask in matches:
        np.maximum(ranks, np.where(mask, LIGHTS.index(rule.light), -1), out=ranks, casting="unsafe")
    return ranks


def _special(matches: Sequence[tuple[LightRule, Mask]]) -> dict[int, list[LightRule]]:
    """For each post that has any: the matching rules that call a role or give a guide, gravest first."""
    found: dict[int, list[LightRule]] = {}
    for rule, mask in matches:
        if rule.route is not None or rule.guide is not None:
            for i in np.flatnonzero(mask).tolist():
                found.setdefault(i, []).append(rule)
    return found


def _chain_waits(matches: Sequence[tuple[LightRule, Mask]], light: NDArray[np.int8]) -> Mask:
    """Where each rule that gave the light lets the chain wait. One that does not is enough to call the chain at once:
    at the same light, more that is found never calls fewer people."""
    waits, at_once = np.zeros_like(light, dtype=np.bool_), np.zeros_like(light, dtype=np.bool_)
    for rule, mask in matches:
        decides = mask & (light == LIGHTS.index(rule.light))
        if rule.route is not None and rule.route.chain == "waits":
            waits |= decides
        else:
            at_once |= decides
    return waits & ~at_once


def _light(rank: int | np.int8) -> Light | None:
    return LIGHTS[rank] if rank >= 0 else None


class _Columns:
    """The batch as the rules see it: one boolean array per condition."""

    def __init__(self, readings: Readings, contexts: Contexts, plan: Plan) -> None:
        self.readings, self.contexts, self.plan = readings, contexts, plan
        self.n = len(readings)
        self.reach = reach_ranks(contexts.column("network"), contexts.column("followers"), plan.reach)
        self.text_light: NDArray[np.int8] = np.full(self.n, -1, dtype=np.int8)
        self.own = _mask(contexts.column("own"))
        self.others = _mask(bool(about) and OUR_KINDS.isdisjoint(about) for about in contexts.column("about"))

    def may_light(self, rule: LightRule) -> Mask:
        """Where the rule may give its light: not to our own posts, and to another party's only if it asks for it."""
        return ~self.own if rule.when.about is not None else ~(self.own | self.others)

    def holds(self, rule: LightRule) -> Mask:
        mask = np.ones(self.n, dtype=np.bool_)
        for name in sorted(rule.when.asked):
            mask &= CONDITIONS[name].holds(self, getattr(rule.when, name))
        return mask


@dataclass(frozen=True, slots=True)
class _ConditionKind:
    """How a condition of `When` is tested over a batch, and what it found in one post."""

    holds: Callable[[_Columns, Any], Mask]
    found: Callable[[_Columns, int, Any], str | int | float | bool]


def _mask(values: Iterable[bool]) -> Mask:
    return np.fromiter(values, dtype=np.bool_)


def _any_of_reading(column: str) -> _ConditionKind:
    """The reading's value is one of those asked for."""
    return _ConditionKind(
        holds=lambda c, asked: _mask(value in asked for value in getattr(c.readings, column)),
        found=lambda c, i, _asked: cast(str, getattr(c.readings, column)[i]),
    )


def _overlaps_reading(column: str) -> _ConditionKind:
    """One of the reading's values is among those asked for; the first asked-for one found is told."""

    def found(c: _Columns, i: int, asked: Any) -> str:
        return next(str(value) for value in asked if value in getattr(c.readings, column)[i])

    return _ConditionKind(
        holds=lambda c, asked: _mask(not set(asked).isdisjoint(v) for v in getattr(c.readings, column)),
        found=found,
    )


def _probability(column: str) -> _ConditionKind:
    return _ConditionKind(
        holds=lambda c, asked: np.asarray(getattr(c.readings, column) >= asked, dtype=np.bool_),
        found=lambda c, i, _asked: round(float(getattr(c.readings, column)[i]), 2),
    )


def _any_of_context(column: str) -> _ConditionKind:
    return _ConditionKind(
        holds=lambda c, asked: _mask(value in asked for value in c.contexts.column(column)),
        found=lambda c, i, _asked: cast(str, c.contexts.column(column)[i]),
    )


def _at_least(column: str) -> _ConditionKind:
    return _ConditionKind(
        holds=lambda c, asked: _mask((value or 0) >= asked for value in c.contexts.column(column)),
        found=lambda c, i, _asked: cast(float, c.contexts.column(column)[i]),
    )


def _rank(values: Sequence[str], value: str | None) -> int:
    return values.index(value) if value is not None else -1


CONDITIONS: dict[str, _ConditionKind] = {
    "kind": _any_of_reading("kind"),
    "polarity": _any_of_reading("polarity"),
    "topic": _any_of_reading("topic"),
    "language": _any_of_reading("language"),
    "risk": _overlaps_reading("risks"),
    "claims": _overlaps_reading("claims"),
    "complaint": _probability("complaint"),
    "hostile": _probability("hostile"),
    "call_to_action": _probability("call_to_action"),
    "severity": _ConditionKind(
        holds=lambda c, asked: _mask(
            _rank(SEVERITIES, value) >= SEVERITIES.index(asked) for value in c.readings.severity
        ),
        found=lambda c, i, _asked: cast(str, c.readings.severity[i]),
    ),
    "about": _ConditionKind(
        holds=lambda c, asked: _mask(not set(asked).isdisjoint(v) for v in c.contexts.column("about")),
        found=lambda c, i, asked: next(kind for kind in asked if kind in c.contexts.column("about")[i]),
    ),
    "network": _any_of_context("network"),
    "place": _any_of_context("place"),
    "author_type": _any_of_context("author_type"),
    "visibility": _ConditionKind(
        holds=lambda c, asked: _mask(value == asked for value in c.contexts.column("visibility")),
        found=lambda c, i, _asked: cast(str, c.contexts.column("visibility")[i]),
    ),
    "text_light": _ConditionKind(
        holds=lambda c, asked: np.asarray(c.text_light >= LIGHTS.index(asked), dtype=np.bool_),
        found=lambda c, i, _asked: str(_light(c.text_light[i])),
    ),
    "reach": _ConditionKind(
        holds=lambda c, asked: np.asarray(
            c.reach >= next(i for i, level in enumerate(c.plan.reach) if level.level == asked), dtype=np.bool_
        ),
        found=lambda c, i, _asked: int(c.contexts.column("followers")[i]),
    ),
    "shares": _at_least("shares"),
    "shares_per_hour": _at_least("shares_per_hour"),
    "repeat_contact": _at_least("repeat_contact"),
    "story": _at_least("story"),
    "open_promise": _ConditionKind(
        holds=lambda c, _asked: _mask(bool(value) for value in c.contexts.column("open_promise")),
        found=lambda _c, _i, _asked: True,
    ),
    "storm": _ConditionKind(
        holds=lambda c, asked: _mask(
            _rank(STORM_LEVELS, value) >= STORM_LEVELS.index(asked) for value in c.contexts.column("storm")
        ),
        found=lambda c, i, _asked: cast(str, c.contexts.column("storm")[i]),
    ),
    "rating": _ConditionKind(
        holds=lambda c, asked: _mask(value is not None and value <= asked for value in c.contexts.column("rating")),
        found=lambda c, i, _asked: cast(float, c.contexts.column("rating")[i]),
    ),
}
"""One line for each condition of `When`; a test compares the two lists."""


def _reasons(matches: Sequence[tuple[LightRule, Mask]], columns: _Columns) -> list[tuple[Reason, ...]]:
    """For each post its reasons, in the order of `matches`; after them who is called besides the chain, and detours."""
    reasons: list[list[Reason]] = [[] for _ in range(columns.n)]
    calls: dict[int, dict[Reason, None]] = {}
    for rule, mask in matches:
        names = [name for name in type(rule.when).model_fields if name in rule.when.asked]
        for i in np.flatnonzero(mask).tolist():
            # what kind of post it is goes without saying where the rule asks for more: its words would only distract
            told = [name for name in names if name != "kind" or len(names) == 1]
            conditions = tuple(_condition(name, getattr(rule.when, name), columns, i) for name in told)
            reasons[i].append(Reason(rule.rule, "rule", rule.light, conditions))
            if (call := _call(rule)) is not None:
                calls.setdefault(i, {})[call] = None
    return [
        _and_detour([*(found or [_no_light(columns, i)]), *calls.get(i, ())], columns, i)
        for i, found in enumerate(reasons)
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


def _and_detour(reasons: list[Reason], columns: _Columns, i: int) -> tuple[Reason, ...]:
    language = columns.readings.language[i]
    if not _answers_in(columns.plan, language):
        asked = " | ".join(columns.plan.brand.languages)
        reasons.append(Reason("route", "unsupported-language", None, (Condition("language", language, asked),)))
    return tuple(reasons)


def _condition(name: str, asked: Any, columns: _Columns, i: int) -> Condition:
    found = CONDITIONS[name].found(columns, i, asked)
    spoken = {name, f"{name}.{found}"}
    evidence = tuple(e for e in columns.readings.evidence[i] if e.signal in spoken)
    network = columns.contexts.column("network")[i] if name == "reach" else None
    return Condition(name, found, _asked_value(name, asked, columns, i), evidence, network)


def _asked_value(name: str, asked: Any, columns: _Columns, i: int) -> str | int | float | bool:
    if name == "reach":
        level = next(level for level in columns.plan.reach if level.level == asked)
        return level.followers.get(columns.contexts.column("network")[i], level.followers["default"])
    return " | ".join(map(str, asked)) if isinstance(asked, tuple) else asked


def _no_light(columns: _Columns, i: int) -> Reason:
    if columns.own[i]:
        return Reason("none", "own-post", None)
    if columns.others[i]:
        about = " | ".join(columns.contexts.column("about")[i])
        return Reason("none", "another-party", None, (Condition("about", about, " | ".join(sorted(OUR_KINDS))),))
    kind = columns.readings.kind[i]
    evidence = tuple(e for e in columns.readings.evidence[i] if e.signal in {"kind", f"kind.{kind}"})
    return Reason("none", "no-light", None, (Condition("kind", kind, kind, evidence),))


def _answers_in(plan: Plan, language: str) -> bool:
    # und and mul are nobody's language: whoever answers for the degree reads them
    return language in plan.brand.languages or language in ("und", "mul")


def _route(
    light: Light | None, columns: _Columns, special: Sequence[LightRule], i: int, now: datetime, *, waits: bool
) -> Route:
    plan, context = columns.plan, columns.contexts.rows[i]
    degree: Degree = light or "none"
    step = entry_step(plan, degree, columns.readings.language[i])
    area = plan.area_for(columns.readings.topic[i])
    deadlines = None
    if not (context.backfilled or context.own):
        is_complaint = columns.readings.kind[i] == "complaint"
        country = context.country or plan.brand.country
        start = min(max(context.received_at, _FIRST_DAY), now)
        deadlines = deadlines_for(
            plan, degree, start, country=country, topic=columns.readings.topic[i], complaint=is_complaint
        )
    called = tuple(dict.fromkeys(rule.route.role for rule in special if rule.route is not None))
    return Route(
        step=step.step,
        role=called[0] if called else role_of(step, area.owner if area else None),
        area=area.area if area else None,
        deadlines=deadlines,
        wakes=(light == "red" or bool(called)) and deadlines is not None,
        called=called,
        chain_waits=waits,
        guides=tuple(dict.fromkeys(rule.guide for rule in special if rule.guide is not None)),
    )


def entry_step(plan: Plan, degree: Degree, language: str) -> Step:
    """Where a post enters the chain: by its degree, or where posts go that the brand cannot answer; red never waits
    for a language."""
    if degree != "red" and not _answers_in(plan, language):
        return plan.step(plan.languages.unsupported_step)
    return plan.step_for(degree)


def role_of(step: Step, area_owner: str | None) -> str:
    """The step's role; where it is the area's owner, that one. Checked plans have an owner for every topic."""
    if step.role == AREA_OWNER:
        if area_owner is None:
            raise ValueError(f"step '{step.step}' asks for the area's owner, but no area looks after this topic")
        return area_owner
    return step.role
