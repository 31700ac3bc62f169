"""The posts that change, each with its reasons before and after. Reasons are made for them alone (ADR 16)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec
import numpy as np
from django.db import transaction

from sereno.desk.intake.models import Post
from sereno.desk.listening.models import Judgement
from sereno.desk.plans.models import PlanReplay, ReplayedPost, ReplayState
from sereno.desk.plans.results import MOST_STORED
from sereno.engine.columns import Indices, moments
from sereno.engine.judge import Reason, judge
from sereno.engine.plan.model import Plan
from sereno.engine.read import Evidence, Readings
from sereno.engine.replay import NOT_DECIDED, Outcome, Past

AT_ONCE = 1_000


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One of the two plans, and the past as it sees it."""

    plan: Plan
    past: Past
    outcome: Outcome
    unseen: Indices
    """Rows that no watch of the plan finds."""


def gravest_first(changed: Indices, before: Side, after: Side) -> Indices:
    """The rows that change, those that become gravest first; no more than are kept."""
    was, will = before.outcome.light[changed].astype(int), after.outcome.light[changed].astype(int)
    order = np.lexsort((changed, -np.abs(will - was), -np.maximum(was, will)))
    kept: Indices = changed[order][:MOST_STORED]
    return kept


def store(
    rows: Indices, posts: Indices, before: Side, after: Side, *, replay: PlanReplay, now: datetime
) -> Iterator[int]:
    """Write them, some at a time; yields how many were written. Stops where the replay is no longer ours."""
    for start in range(0, len(rows), AT_ONCE):
        part = np.sort(rows[start : start + AT_ONCE])
        made = _rows(part, posts, before, after, replay, now)
        with transaction.atomic():
            mine = PlanReplay.objects.select_for_update(of=("self",)).filter(
                pk=replay.pk, lease=replay.lease, state=ReplayState.RUNNING
            )
            if not mine.exists():
                return
            alive = set(Post.objects.filter(pk__in=[row.post_id for row in made]).values_list("pk", flat=True))
            ReplayedPost.objects.bulk_create([row for row in made if row.post_id in alive])
        yield start + len(part)


def _rows(
    rows: Indices, posts: Indices, before: Side, after: Side, replay: PlanReplay, now: datetime
) -> list[ReplayedPost]:
    keys = posts[rows].tolist()
    evidence = _evidence(keys)
    was, will = (_told(side, rows, [evidence.get(key, ()) for key in keys], now) for side in (before, after))
    received = moments(after.past.columns.received_at[rows])
    decided = after.past.decided[rows].tolist()
    return [
        ReplayedPost(
            brand_id=replay.brand_id,
            replay=replay,
            post_id=key,
            received_at=received[i],  # type: ignore[misc]  # a past knows it of every post
            network=after.past.columns.network[int(rows[i])],
            rank_before=was[i].rank,
            rank_after=will[i].rank,
            rank_change=will[i].rank - was[i].rank,
            decided=None if decided[i] == NOT_DECIDED else decided[i],
            step_before=was[i].step,
            step_after=will[i].step,
            role_before=was[i].role,
            role_after=will[i].role,
            wakes_before=was[i].wakes,
            wakes_after=will[i].wakes,
            first_answer_before=was[i].first_answer_by,
            first_answer_after=will[i].first_answer_by,
            reasons_before=msgspec.to_builtins(was[i].reasons),
            reasons_after=msgspec.to_builtins(will[i].reasons),
            watched_before=was[i].seen,
            watched_after=will[i].seen,
        )
        for i, key in enumerate(keys)
    ]


@dataclass(frozen=True, slots=True)
class _Told:
    """What one plan makes of one post."""

    seen: bool
    rank: int
    step: str
    role: str
    wakes: bool
    first_answer_by: datetime | None
    reasons: tuple[Reason, ...]


def _told(side: Side, rows: Indices, evidence: Sequence[tuple[Evidence, ...]], now: datetime) -> list[_Told]:
    readings, contexts = side.past.rows(rows)
    reasons = judge(_with_evidence(readings, evidence), contexts, side.plan, now).reasons
    seen = ~np.isin(rows, side.unseen)
    due = moments(side.outcome.first_answer_by[rows])
    return [
        _Told(
            seen=True,
            rank=int(side.outcome.light[row]),
            step=side.outcome.step[row],
            role=side.outcome.role[row],
            wakes=bool(side.outcome.wakes[row]),
            first_answer_by=due[i],
            reasons=reasons[i],
        )
        if seen[i]
        else _Told(False, -1, "", "", False, None, ())
        for i, row in enumerate(rows.tolist())
    ]


def _with_evidence(readings: Readings, evidence: Sequence[tuple[Evidence, ...]]) -> Readings:
    return replace(readings, evidence=list(evidence))


def _evidence(keys: Sequence[int]) -> dict[int, tuple[Evidence, ...]]:
    """The words that decided, of posts that were judged: a past holds none."""
    rows = Judgement.objects.filter(post__in=keys, current=True).values_list("post_id", "reading__evidence")
    return {post: tuple(Evidence(*words) for words in found) for post, found in rows}
