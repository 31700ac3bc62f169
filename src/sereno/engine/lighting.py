"""Which of the plan's rules hold, and the lights they give: evaluated a column at a time, for the inbox and for the
replay alike (ADR 16). `judge.py` says what the lights mean.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sereno.engine.columns import Columns, Mask
from sereno.engine.plan.model import LIGHTS, OUR_KINDS, STORM_LEVELS, LightRule, Plan, When
from sereno.engine.plan.reach import reach_ranks
from sereno.engine.read import SEVERITIES

Ranks = NDArray[np.int8]
"""Lights as numbers: -1 none, 0 green, 1 amber, 2 red."""


@dataclass(frozen=True, slots=True)
class Lit:
    """What the plan's rules make of n posts."""

    light: Ranks
    text_light: Ranks
    """What the rules that need no context give."""
    reach: Ranks
    """The index of the author's level in the plan's `reach`, -1 for none."""
    matches: tuple[tuple[LightRule, Mask], ...]
    """Every rule with the posts it lights: the gravest first; of one light, those of the text alone first; then in the
    plan's order."""
    own: Mask
    others: Mask
    """About another party, and none of a brand, product or person of ours."""


@dataclass(slots=True)
class _Batch:
    """What conditions are tested on."""

    columns: Columns
    plan: Plan
    reach: Ranks
    text_light: Ranks


def lit(columns: Columns, plan: Plan) -> Lit:
    """The lights that the plan gives to these posts."""
    batch, textual = _batch(columns, plan)
    contextual = [(rule, _holds(rule.when, batch)) for rule in plan.lights if not rule.of_text_alone]
    others = columns.about.where(lambda about: bool(about) and OUR_KINDS.isdisjoint(about))
    ours, asked_for = ~(columns.own | others), ~columns.own
    # a rule gives no light to our own posts, and to another party's only where it asks what they are about
    matches = [(rule, mask & (ours if rule.when.about is None else asked_for)) for rule, mask in textual + contextual]
    matches.sort(key=lambda match: -LIGHTS.index(match[0].light))
    return Lit(_gravest(matches, len(columns)), batch.text_light, batch.reach, tuple(matches), columns.own, others)


def holds(when: When, columns: Columns, plan: Plan) -> Mask:
    """Where all of these conditions hold: what a scenario's trigger asks is tested as a light rule's is."""
    return _holds(when, _batch(columns, plan)[0])


def chain_waits(lights: Lit) -> Mask:
    """Where each rule that gave the light lets the chain wait. One that does not is enough to call the chain at once:
    at the same light, more that is found never calls fewer people."""
    waits, at_once = np.zeros_like(lights.own), np.zeros_like(lights.own)
    for rule, mask in lights.matches:
        decides = mask & (lights.light == LIGHTS.index(rule.light))
        if rule.route is not None and rule.route.chain == "waits":
            waits |= decides
        else:
            at_once |= decides
    return waits & ~at_once


def special(lights: Lit) -> dict[int, list[LightRule]]:
    """For each post that has any: the matching rules that call a role or give a guide, gravest first."""
    found: dict[int, list[LightRule]] = {}
    for rule, mask in lights.matches:
        if rule.route is not None or rule.guide is not None:
            for i in np.flatnonzero(mask).tolist():
                found.setdefault(i, []).append(rule)
    return found


def called_by(rules: Sequence[LightRule]) -> tuple[str, ...]:
    """The roles that these rules call by name, each once."""
    return tuple(dict.fromkeys(rule.route.role for rule in rules if rule.route is not None))


def guides_of(rules: Sequence[LightRule]) -> tuple[str, ...]:
    """The guides that these rules give, each once."""
    return tuple(dict.fromkeys(rule.guide for rule in rules if rule.guide is not None))


def _gravest(matches: Iterable[tuple[LightRule, Mask]], n: int) -> Ranks:
    """For each post the rank of the gravest matching rule's light."""
    ranks = np.full(n, -1, dtype=np.int8)
    for rule, mask in matches:
        np.maximum(ranks, np.int8(LIGHTS.index(rule.light)), out=ranks, where=mask)
    return ranks


def _batch(columns: Columns, plan: Plan) -> tuple[_Batch, list[tuple[LightRule, Mask]]]:
    """The batch with its text light, and the rules that gave it."""
    reach = reach_ranks(columns.network, columns.followers, plan.reach)
    batch = _Batch(columns, plan, reach, np.full(len(columns), -1, dtype=np.int8))
    textual = [(rule, _holds(rule.when, batch)) for rule in plan.lights if rule.of_text_alone]
    batch.text_light = _gravest(textual, len(columns))
    return batch, textual


def _holds(when: When, batch: _Batch) -> Mask:
    mask = np.ones(len(batch.columns), dtype=np.bool_)
    for name in sorted(when.asked):
        mask &= CONDITIONS[name](batch, getattr(when, name))
    return mask


_Condition = Callable[[_Batch, Any], Mask]


def _any_of(column: str) -> _Condition:
    """The value is one of those asked for."""
    return lambda batch, asked: getattr(batch.columns, column).where(asked.__contains__)


def _overlaps(column: str) -> _Condition:
    """One of the values is among those asked for."""
    return lambda batch, asked: getattr(batch.columns, column).where(lambda values: not set(asked).isdisjoint(values))


def _at_least(column: str) -> _Condition:
    return lambda batch, asked: np.asarray(getattr(batch.columns, column) >= asked, dtype=np.bool_)


def _at_least_level(column: str, levels: Sequence[str]) -> _Condition:
    """Of named levels; a post that has none is below the first."""
    return lambda batch, asked: getattr(batch.columns, column).where(
        lambda value: value is not None and levels.index(value) >= levels.index(asked)
    )


CONDITIONS: dict[str, _Condition] = {
    "kind": _any_of("kind"),
    "polarity": _any_of("polarity"),
    "topic": _any_of("topic"),
    "language": _any_of("language"),
    "risk": _overlaps("risks"),
    "claims": _overlaps("claims"),
    "complaint": _at_least("complaint"),
    "hostile": _at_least("hostile"),
    "call_to_action": _at_least("call_to_action"),
    "severity": _at_least_level("severity", SEVERITIES),
    "about": _overlaps("about"),
    "network": _any_of("network"),
    "place": _any_of("place"),
    "author_type": _any_of("author_type"),
    "visibility": lambda batch, asked: batch.columns.visibility.where(lambda value: value == asked),
    "text_light": lambda batch, asked: np.asarray(batch.text_light >= LIGHTS.index(asked), dtype=np.bool_),
    "reach": lambda batch, asked: np.asarray(
        batch.reach >= next(rank for rank, level in enumerate(batch.plan.reach) if level.level == asked), dtype=np.bool_
    ),
    "shares": _at_least("shares"),
    "shares_per_hour": _at_least("shares_per_hour"),
    "repeat_contact": _at_least("repeat_contact"),
    "story": _at_least("story"),
    "open_promise": lambda batch, _asked: batch.columns.open_promise,
    "storm": _at_least_level("storm", STORM_LEVELS),
    "rating": lambda batch, asked: np.asarray(batch.columns.rating <= asked, dtype=np.bool_),
}
"""How each condition of `When` is tested; a test compares the two lists."""
