"""A file of posts under one plan or two: everything that is told of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sereno.commands.replaying.decided import Decisions
from sereno.commands.replaying.material import Material, Step
from sereno.engine.columns import Coded, instants
from sereno.engine.duty.roster import Roster
from sereno.engine.messages import role_words
from sereno.engine.plan.model import Plan
from sereno.engine.replay.changed import changed, changed_posts
from sereno.engine.replay.compare import compare
from sereno.engine.replay.difference import ChangedPost, Difference, Side
from sereno.engine.replay.outcome import DEADLINES, Outcome
from sereno.engine.replay.past import NOT_DECIDED, Past
from sereno.engine.replay.run import replay

RED = 2
_PAGE = 5_000
"""Changed posts whose reasons are made at a time."""


@dataclass(frozen=True, slots=True)
class Told:
    """One post as it is told: a side is None where that plan's watches do not find it."""

    post: ChangedPost
    before: Side | None
    after: Side | None


@dataclass(frozen=True, slots=True)
class Report:
    """What came of the replay."""

    plans: tuple[Plan, Plan]
    """Before and after; the same twice where nothing is compared."""
    alone: bool
    """One plan, not compared with another."""
    names: tuple[str, str]
    """What the two are called: their ids, or their files where the ids are the same."""
    material: Material
    pasts: tuple[Past, Past]
    outcomes: tuple[Outcome, Outcome]
    heard: tuple[NDArray[np.bool_], NDArray[np.bool_]]
    difference: Difference
    rows: NDArray[np.intp]
    """The posts to tell of, the weightiest first."""
    undecided: int = 0
    """Decisions about posts that are not in the file."""

    def told(self, rows: Sequence[int] | NDArray[np.intp]) -> Iterator[Told]:
        """These posts with the reasons of both plans, some at a time."""
        for begin in range(0, len(rows), _PAGE):
            yield from self._told(np.asarray(rows[begin : begin + _PAGE], dtype=np.intp))

    def _told(self, rows: NDArray[np.intp]) -> Iterator[Told]:
        old, new = self.pasts
        after = changed_posts(new, rows, *self.outcomes, self.plans)
        # the two plans may listen to different things; each one's reasons are those of its own past
        before = after if old is new else changed_posts(old, rows, *self.outcomes, self.plans)
        for i, was, now in zip(rows.tolist(), before, after, strict=True):
            heard_before, heard_after = bool(self.heard[0][i]), bool(self.heard[1][i])
            yield Told(now, was.before if heard_before else None, now.after if heard_after else None)

    def role(self, name: str, language: str) -> str:
        """What the new plan calls the role, or the old one."""
        plan = next((plan for plan in reversed(self.plans) if any(r.role == name for r in plan.roles)), self.plans[1])
        return role_words(name, language, plan)


def report_of(
    material: Material,
    plans: tuple[Plan, Plan | None],
    names: tuple[str, str],
    sets: tuple[int, int],
    *,
    every: bool,
    decisions: Decisions | None,
    people: Mapping[str, int],
    roster: Roster | None,
    minutes: float,
    step: Step,
) -> Report:
    """`plans`: the new one, and the one it is held against. `sets`: which of the material's pasts is each one's.

    Raises ValueError for people of a role that no plan has, a roster of another plan, and the like.
    """
    new, against = plans
    old = against or new
    pasts = (material.pasts[sets[1]], material.pasts[sets[0]])
    undecided = 0
    if decisions is not None:
        same = pasts[0] is pasts[1]
        late, undecided = with_decisions(pasts[1], decisions)
        pasts = (late if same else with_decisions(pasts[0], decisions)[0], late)
    heard = (material.heard[sets[1]], material.heard[sets[0]])
    if every:
        heard = (np.ones_like(heard[0]), np.ones_like(heard[1]))
    after = _of_the_heard(replay(pasts[1], new, as_if_live=True, step=step), heard[1])
    before = after
    if against is not None:
        before = _of_the_heard(replay(pasts[0], old, as_if_live=True, step=step), heard[0])
    both = (old, new)
    return Report(
        plans=both,
        alone=against is None,
        names=names,
        material=material,
        pasts=pasts,
        outcomes=(before, after),
        heard=heard,
        difference=compare(
            pasts[1], before, after, plans=both, people=people, roster=roster, minutes_per_answer=minutes
        ),
        rows=_lit(after) if against is None else _changed(pasts[1], before, after),
        undecided=undecided,
    )


def with_decisions(past: Past, decisions: Decisions) -> tuple[Past, int]:
    """The past with what the team decided; and how many decisions are about no post of it."""
    place = {name: i for i, name in enumerate(past.ids)}
    decided = np.full(len(past), NOT_DECIDED, dtype=np.int8)
    answered: list[datetime | None] = [None] * len(past)
    strangers = 0
    for name, (rank, at) in decisions.items():
        i = place.get(name)
        if i is None:
            strangers += 1
            continue
        if rank is not None:
            decided[i] = rank
        answered[i] = at
    return replace(past, decided=decided, answered_at=instants(answered)), strangers


def _of_the_heard(outcome: Outcome, heard: NDArray[np.bool_]) -> Outcome:
    """A post that the plan's watches do not find has no light under it, wakes nobody and starts no deadline."""
    if heard.all():
        return outcome
    columns: dict[str, Any] = {}
    for name in ("light", "text_light"):
        columns[name] = np.where(heard, getattr(outcome, name), np.int8(-1))
    for name in ("starts", "wakes", "chain_waits"):
        columns[name] = getattr(outcome, name) & heard
    for name in DEADLINES:
        columns[name] = np.where(heard, getattr(outcome, name), np.datetime64("NaT", "us"))
    for name in ("called", "guides"):
        columns[name] = _empty_where_not(getattr(outcome, name), heard)
    return replace(outcome, **columns)


def _empty_where_not(column: Coded[tuple[str, ...]], heard: NDArray[np.bool_]) -> Coded[tuple[str, ...]]:
    table = column.table if () in column.table else (*column.table, ())
    return Coded(np.where(heard, column.codes, table.index(())).astype(np.int32), table)


def _changed(past: Past, before: Outcome, after: Outcome) -> NDArray[np.intp]:
    """The weightiest first: what becomes or stops being red, then the larger step of light, then who is woken."""
    rows = changed(past, before, after)
    was, now = before.light[rows].astype(np.int64), after.light[rows].astype(np.int64)
    weight = 100 * ((was == RED) != (now == RED)) + 10 * np.abs(now - was) + (before.wakes[rows] != after.wakes[rows])
    return _in_order(past, rows, -weight, -now)


def _lit(outcome: Outcome) -> NDArray[np.intp]:
    """Posts with a light, the gravest first; those of one light in the order of the past."""
    rows = np.flatnonzero((outcome.light >= 0) | outcome.wakes)
    return rows[np.lexsort((outcome.start[rows], ~outcome.wakes[rows], -outcome.light[rows].astype(np.int64)))]


def _in_order(past: Past, rows: NDArray[np.intp], *keys: NDArray[np.int64]) -> NDArray[np.intp]:
    return rows[np.lexsort((past.columns.received_at[rows], *reversed(keys)))]
