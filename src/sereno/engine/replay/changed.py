"""Which posts two plans treat differently, and what each plan says about one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sereno.engine.columns import Indices, Mask, moment, moments
from sereno.engine.judge import Reason, judge
from sereno.engine.plan.model import LIGHTS, Light, Plan
from sereno.engine.replay.difference import ChangedPost, Side
from sereno.engine.replay.outcome import DEADLINES, Outcome
from sereno.engine.replay.past import NOT_DECIDED, Past
from sereno.engine.replay.run import LAST_DAY

Plans = tuple[Plan, Plan]
"""Before and after."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Where two outcomes differ."""

    light: Mask
    route: Mask
    deadlines: Mask

    @property
    def any(self) -> Mask:
        return self.light | self.route | self.deadlines


def changes(before: Outcome, after: Outcome) -> Changes:
    """Raises ValueError where the two are not of one length, or not of one kind."""
    if len(before) != len(after):
        raise ValueError(f"{len(before)} posts before but {len(after)} after; compare two plans over the same past")
    if before.as_if_live != after.as_if_live:
        raise ValueError("one plan was replayed as if live, the other not; replay both the same way")
    route = np.zeros(len(before), dtype=np.bool_)
    for name in ("step", "role", "area", "called", "guides"):
        route |= getattr(before, name).differs(getattr(after, name))
    for name in ("chain_waits", "wakes"):
        route |= getattr(before, name) != getattr(after, name)
    deadlines = before.law.differs(after.law)
    for name in DEADLINES:
        # as numbers, so that no deadline is the same as no deadline
        deadlines |= getattr(before, name).astype(np.int64) != getattr(after, name).astype(np.int64)
    return Changes(np.asarray(before.light != after.light, dtype=np.bool_), route, deadlines)


def changed(past: Past, before: Outcome, after: Outcome) -> Indices:
    """The rows whose light, route or deadline is another, in the order of the past."""
    _of_one_length(past, before)
    return np.flatnonzero(changes(before, after).any)


def changed_post(past: Past, i: int, before: Outcome, after: Outcome, plans: Plans) -> ChangedPost:
    """Row i under both plans, with the reasons of each."""
    return changed_posts(past, [i], before, after, plans)[0]


def changed_posts(
    past: Past, indices: Sequence[int] | Indices, before: Outcome, after: Outcome, plans: Plans
) -> list[ChangedPost]:
    """These rows under both plans, in the order asked for. Any row may be asked for, changed or not."""
    _of_one_length(past, before)
    rows = np.asarray(indices, dtype=np.intp)
    readings, contexts = past.rows(rows)
    reasons = [judge(readings, contexts, plan, LAST_DAY).reasons for plan in plans]
    at = moments(after.start[rows])
    return [
        ChangedPost(
            index=i,
            id=past.ids[i],
            at=at[k] or LAST_DAY,
            decided=_light(past.decided[i]),
            decided_known=bool(past.decided[i] != NOT_DECIDED),
            before=_side(before, i, reasons[0][k]),
            after=_side(after, i, reasons[1][k]),
        )
        for k, i in enumerate(rows.tolist())
    ]


def _side(outcome: Outcome, i: int, reasons: tuple[Reason, ...]) -> Side:
    return Side(
        light=_light(outcome.light[i]),
        step=outcome.step[i],
        role=outcome.role[i],
        called=outcome.called[i],
        wakes=bool(outcome.wakes[i]),
        first_answer_by=moment(outcome.first_answer_by[i]),
        reasons=reasons,
    )


def _light(rank: np.int8) -> Light | None:
    return LIGHTS[rank] if rank >= 0 else None


def _of_one_length(past: Past, outcome: Outcome) -> None:
    if len(past) != len(outcome):
        raise ValueError(f"the past holds {len(past)} posts but the outcome {len(outcome)}; replay this past")
