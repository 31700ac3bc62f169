"""A plan over the past: the inbox's rules, routes and deadlines, a column at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sereno.engine.columns import Coded, Columns, Instants, Mask, Value, instants
from sereno.engine.judge import FIRST_DAY, answers_in, role_of
from sereno.engine.lighting import Lit, called_by, chain_waits, guides_of, lit
from sereno.engine.plan.duty_clock import DeadlineColumns, deadline_columns
from sereno.engine.plan.model import LIGHTS, Degree, LightRule, Plan
from sereno.engine.replay.outcome import Outcome
from sereno.engine.replay.past import Past

AT_A_TIME = 65_536
"""Posts; so that progress can be told, and that memory does not grow with the past."""
LAST_DAY = datetime(2200, 1, 1, tzinfo=UTC)
"""A record that claims to come later has a broken clock. The inbox holds it against the moment of judgement instead."""
_DEGREES: tuple[Degree, ...] = ("none", *LIGHTS)


def replay(past: Past, plan: Plan, *, as_if_live: bool = False, step: Callable[[int], object] | None = None) -> Outcome:
    """What the plan would have made of each post. `step(n)` is told, from time to time, that n more posts have passed.

    `as_if_live`: posts that were brought in from the past wake people and start deadlines like any other, at the moment
    they were written. Raises ValueError where the plan has too few duty hours for its deadlines, as the inbox would.
    """
    parts = []
    for begin in range(0, max(len(past), 1), AT_A_TIME):
        part = past.columns.take(slice(begin, begin + AT_A_TIME))
        parts.append(_outcome(part, plan, as_if_live))
        if step is not None and len(part):
            step(len(part))
    return _joined(parts)


def _outcome(columns: Columns, plan: Plan, as_if_live: bool) -> Outcome:
    lights = lit(columns, plan)
    called, guides = _called(lights)
    steps = _steps(columns, plan, lights)
    areas = [plan.area_for(topic) for topic in columns.topic.table]
    area = columns.topic.codes
    named = called.where(bool)
    step_role = _step_roles(plan, steps, area, [found.owner if found else None for found in areas], ~named)
    starts = ~columns.own if as_if_live else ~(columns.own | columns.backfilled)
    start = _start(columns, as_if_live)
    deadlines = _deadlines(columns, plan, lights, starts, start)
    return Outcome(
        plan=plan.id,
        as_if_live=as_if_live,
        light=lights.light,
        text_light=lights.text_light,
        reach=Coded((lights.reach + 1).astype(np.int32), (None, *(level.level for level in plan.reach))),
        step=Coded(steps, tuple(each.step for each in plan.chain)),
        role=_first_called_or(step_role, called),
        step_role=step_role,
        area=_tidy(area, [found.area if found else None for found in areas]),
        called=called,
        guides=guides,
        chain_waits=chain_waits(lights),
        always=np.array([each.clock == "always" for each in plan.chain], dtype=np.bool_)[steps],
        starts=starts,
        wakes=((lights.light == LIGHTS.index("red")) | named) & starts,
        start=start,
        acknowledge_by=deadlines.acknowledge,
        first_answer_by=deadlines.first_answer,
        next_answer_by=deadlines.next_answer,
        resolve_by=deadlines.resolution,
        statutory_by=deadlines.statutory,
        law=deadlines.law,
    )


def _called(lights: Lit) -> tuple[Coded[tuple[str, ...]], Coded[tuple[str, ...]]]:
    """Whom rules call by name and what they give to read: for each set of such rules that matched together, once."""
    special = [(rule, mask) for rule, mask in lights.matches if rule.route is not None or rule.guide is not None]
    codes = np.zeros(len(lights.light), dtype=np.int32)
    together: list[list[LightRule]] = [[]]
    if special:
        held = np.stack([mask for _rule, mask in special], axis=1)
        rows = np.flatnonzero(held.any(axis=1))
        patterns, place = np.unique(held[rows], axis=0, return_inverse=True)
        codes[rows] = place.reshape(-1) + 1
        together += [[special[k][0] for k in np.flatnonzero(pattern).tolist()] for pattern in patterns]
    return _tidy(codes, list(map(called_by, together))), _tidy(codes, list(map(guides_of, together)))


def _steps(columns: Columns, plan: Plan, lights: Lit) -> NDArray[np.int32]:
    """For each post the place in the chain at which it enters: `entry_step`, for each degree and language once."""
    place = {each.step: i for i, each in reversed(tuple(enumerate(plan.chain)))}
    by_degree = np.array([place[plan.step_for(degree).step] for degree in _DEGREES], dtype=np.int32)
    steps = by_degree[lights.light + 1]
    foreign = ~columns.language.where(lambda language: answers_in(plan, language))
    detour = foreign & (lights.light != LIGHTS.index("red"))
    if detour.any():
        steps[detour] = place[plan.languages.unsupported_step]
    return steps


def _step_roles(
    plan: Plan, steps: NDArray[np.int32], topics: NDArray[np.int32], owners: Sequence[str | None], needed: Mask
) -> Coded[str]:
    """The role of each post's step, `role_of` for each step and topic once. Where rules call somebody by name and the
    area has no owner, the step's word for that stands."""
    pairs = steps * max(len(owners), 1) + topics
    must = np.bincount(pairs[needed], minlength=len(plan.chain) * len(owners)) > 0
    roles = [
        role_of(step, owner) if must[k] or owner is not None else step.role
        for k, (step, owner) in enumerate(product(plan.chain, owners))
    ]
    return _tidy(pairs, roles)


def _first_called_or(step_role: Coded[str], called: Coded[tuple[str, ...]]) -> Coded[str]:
    first = [roles[0] if roles else "" for roles in called.table]
    codes = np.where(called.where(bool), called.codes + len(step_role.table), step_role.codes)
    return _tidy(codes.astype(np.int32), [*step_role.table, *first])


def _start(columns: Columns, as_if_live: bool) -> Instants:
    """When the clocks begin: on arrival; for an archive as if live, when the post was written."""
    first, last = instants([FIRST_DAY, LAST_DAY])
    written = columns.backfilled & ~np.isnat(columns.created_at) & as_if_live
    return np.clip(np.where(written, columns.created_at, columns.received_at), first, last)


def _deadlines(columns: Columns, plan: Plan, lights: Lit, starts: Mask, start: Instants) -> DeadlineColumns:
    """NaT for posts that start no deadline."""
    rows = np.flatnonzero(starts)
    country = columns.country.take(rows)
    found = deadline_columns(
        plan,
        lights.light[rows],
        start[rows],
        country=Coded(country.codes, tuple(land or plan.brand.country for land in country.table)),
        topic=columns.topic.take(rows),
        complaint=columns.kind.where(lambda kind: kind == "complaint")[rows],
    )
    spread = {}
    for name in ("acknowledge", "first_answer", "next_answer", "resolution", "statutory"):
        spread[name] = np.full(len(starts), np.datetime64("NaT", "us"))
        spread[name][rows] = getattr(found, name)
    none = found.law.table.index(None)
    laws = np.full(len(starts), none, dtype=np.int32)
    laws[rows] = found.law.codes
    return DeadlineColumns(**spread, law=Coded(laws, found.law.table))


def _tidy(codes: NDArray[np.int32], values: Sequence[Value]) -> Coded[Value]:
    """A column whose table may hold a value twice, as one whose table does not, nor holds what does not occur."""
    occurring = np.flatnonzero(np.bincount(codes, minlength=len(values))).tolist()
    table = tuple(dict.fromkeys(values[code] for code in occurring))
    places = np.zeros(len(values), dtype=np.int32)
    places[occurring] = [table.index(values[code]) for code in occurring]
    return Coded(places[codes], table)


def _joined(parts: Sequence[Outcome]) -> Outcome:
    columns: dict[str, Any] = {}
    for field in fields(Outcome):
        each = [getattr(part, field.name) for part in parts]
        if isinstance(each[0], Coded):
            columns[field.name] = Coded.joined(each)
        else:
            columns[field.name] = np.concatenate(each) if isinstance(each[0], np.ndarray) else each[0]
    return Outcome(**columns)
