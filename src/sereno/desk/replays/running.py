"""The steps of a replay, a slice at a time: a red post never waits for a replay to end.

Nothing is kept of a replay until its posts are written, so a worker that dies leaves nothing behind but a lease that
runs out; the next one begins anew.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Any

import msgspec
import numpy as np
from django.db import DatabaseError, transaction
from msgspec import structs

from sereno.desk.listening.stored import readings_of
from sereno.desk.plans.drafting import replay_counts
from sereno.desk.plans.models import PlanDraft, PlanReplay, ReplayedPost, ReplayStage, ReplayState
from sereno.desk.plans.queries import plan_of
from sereno.desk.plans.results import Counts
from sereno.desk.replays.claiming import claim, fail, give_back, go_on
from sereno.desk.replays.comparing import compared
from sereno.desk.replays.loading import Answers, Page, Standing, judged, pages
from sereno.desk.replays.storing import Side, gravest_first, store
from sereno.desk.replays.watching import Sought, about_others, differ, read_newly, seek, unseen
from sereno.engine.columns import Coded, Indices
from sereno.engine.context import Contexts
from sereno.engine.judge import RULE_VERSION
from sereno.engine.plan.load import PlanErrors, load_plan
from sereno.engine.plan.model import Plan
from sereno.engine.read import Reader
from sereno.engine.replay import Outcome, Past
from sereno.engine.replay.changed import changed
from sereno.engine.replay.run import replay as replayed

log = logging.getLogger("sereno.replays")

JUDGE_AT_ONCE = 60_000


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a stage is."""

    stage: ReplayStage
    done: int
    posts: int


@dataclass
class Bench:
    """The replay that a worker is at. A worker keeps one; nothing is lost with it."""

    replay: PlanReplay | None = None
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    """Tells the moment; a replay goes on over many rounds, and its end is told when it ends."""
    steps: Iterator[Progress] = field(default_factory=lambda: iter(()))

    def clear(self) -> None:
        self.replay, self.steps = None, iter(())

    def leave(self) -> None:
        """The worker ends: another may begin at once, and does not wait until the lease runs out."""
        if self.replay is not None:
            give_back(self.replay)
        self.clear()


def work_on_replays(
    *, now: datetime, reader: Reader, bench: Bench | None = None, clock: Callable[[], datetime] | None = None
) -> int:
    """Do the next slice of the replay on the bench, or take one that waits. Returns how many slices were done.

    Without a bench, a replay that waits is done to its end. `clock` tells the moment while it goes on; without one
    it is `now` all along.
    """
    own = bench or Bench()
    own.clock = clock or (lambda: now)
    if bench is not None:
        return int(_slice(own, reader))
    slices = 0
    while _slice(own, reader):
        slices += 1
    return slices


def _slice(bench: Bench, reader: Reader) -> bool:
    if bench.replay is None:
        bench.replay = claim(now=bench.clock())
        if bench.replay is None:
            return False
        bench.steps = _steps(bench.replay, reader, bench)
    replay = bench.replay
    try:
        at = next(bench.steps, None)
        if at is None or not go_on(replay, stage=at.stage, done=at.done, posts=at.posts, now=bench.clock()):
            bench.clear()
    except DatabaseError:
        bench.clear()
        give_back(replay)
        raise  # the database is busy or away, not a replay at fault
    except PlanErrors as faulty:
        bench.clear()
        fail(replay, "no_longer_valid", str(faulty), now=bench.clock())
    except Exception as error:
        bench.clear()
        log.exception("replay %s failed", replay.pk)
        fail(replay, "error", f"{type(error).__name__}: {error}", now=bench.clock())
    return True


@dataclass
class _Pasts:
    """What the two plans see; the same posts in the same order."""

    posts: Indices
    before: Past
    after: Past
    unseen_before: Indices
    unseen_after: Indices


def _steps(replay: PlanReplay, reader: Reader, bench: Bench) -> Iterator[Progress]:
    began = bench.clock()
    plans = (plan_of(replay.against), load_plan(replay.text))
    loaded: list[Page] = []
    yield from _load(replay, loaded)
    sought = Sought()
    if not loaded and not differ(*plans):
        _finish(replay, Counts(), None, 0, bench.clock())
        return
    pasts = _joined(loaded)
    standing = Standing.joined([page.standing for page in loaded]) if loaded else None
    if differ(*plans):
        yield from _watch(replay, pasts, plans, sought, reader)
    if not len(pasts.posts):
        _finish(replay, Counts(watches_changed=True, searched=sought.searched), None, 0, bench.clock())
        return
    outcomes: list[Outcome] = []
    yield from _judge(replay, pasts, plans, outcomes)
    before = Side(plans[0], pasts.before, outcomes[0], pasts.unseen_before)
    after = Side(plans[1], pasts.after, outcomes[1], pasts.unseen_after)
    counts = _counts(replay, pasts, loaded, standing, sought, before)
    yield Progress(ReplayStage.COMPARING, 0, len(pasts.posts))
    figures, on_duty = compared(replay, pasts.after, before, after)
    rows = changed(pasts.after, before.outcome, after.outcome)
    kept = gravest_first(rows, before, after)
    yield Progress(ReplayStage.STORING, 0, len(kept))
    for done in store(kept, pasts.posts, before, after, replay=replay, now=began):
        yield Progress(ReplayStage.STORING, done, len(kept))
    counts = structs.replace(counts, roster=on_duty.number, roster_unfit=on_duty.unfit)
    _finish(replay, counts, msgspec.to_builtins(figures), len(rows), bench.clock())


def _load(replay: PlanReplay, loaded: list[Page]) -> Iterator[Progress]:
    total, done = judged(replay.brand, replay.since).count(), 0
    yield Progress(ReplayStage.LOADING, 0, total)
    for page in pages(replay.brand, replay.since, Answers(replay.brand)):
        loaded.append(page)
        done += len(page.posts)
        yield Progress(ReplayStage.LOADING, done, max(done, total))


def _joined(loaded: Sequence[Page]) -> _Pasts:
    none = np.array([], dtype=np.intp)
    past = Past.joined([page.past for page in loaded]) if loaded else Past.of([], readings_of([]), Contexts([]))
    posts = np.concatenate([page.posts for page in loaded]) if loaded else none
    return _Pasts(posts, past, past, none, none)


def _watch(
    replay: PlanReplay, pasts: _Pasts, plans: tuple[Plan, Plan], sought: Sought, reader: Reader
) -> Iterator[Progress]:
    total = len(pasts.posts)
    yield Progress(ReplayStage.MATCHING, 0, total)
    for done in seek(replay, pasts.after, pasts.posts, plans, sought):
        yield Progress(ReplayStage.MATCHING, done, max(done, total))
    parts, new, n = [pasts.before], [pasts.posts], len(sought.newly)
    yield Progress(ReplayStage.READING, 0, n)
    for posts, past in read_newly(replay, sought, reader):
        parts.append(past)
        new.append(posts)
        yield Progress(ReplayStage.READING, sum(map(len, new[1:])), n)
    whole, first = Past.joined([part for part in parts if len(part)] or parts), len(pasts.posts)
    pasts.posts = np.concatenate(new)
    pasts.unseen_before = np.arange(first, len(pasts.posts), dtype=np.intp)
    nobody = [post for post, about in sought.about.items() if not about]
    pasts.unseen_after = np.flatnonzero(np.isin(pasts.posts, np.array(nobody, dtype=np.intp)))
    pasts.before = unseen(whole, pasts.unseen_before)
    pasts.after = unseen(about_others(whole, pasts.posts, sought.about), pasts.unseen_after)


def _judge(replay: PlanReplay, pasts: _Pasts, plans: tuple[Plan, Plan], outcomes: list[Outcome]) -> Iterator[Progress]:
    n = len(pasts.posts)
    yield Progress(ReplayStage.JUDGING, 0, 2 * n)
    for side, (past, plan) in enumerate(zip((pasts.before, pasts.after), plans, strict=True)):
        parts = []
        for start in range(0, n, JUDGE_AT_ONCE):
            rows = np.arange(start, min(start + JUDGE_AT_ONCE, n), dtype=np.intp)
            parts.append(replayed(past.take(rows), plan, as_if_live=replay.as_if_live))
            yield Progress(ReplayStage.JUDGING, side * n + int(rows[-1]) + 1, 2 * n)
        outcomes.append(_one(parts))


def _one(parts: Sequence[Outcome]) -> Outcome:
    columns: dict[str, Any] = {}
    for column in fields(Outcome):
        values = [getattr(part, column.name) for part in parts]
        if isinstance(values[0], Coded):
            columns[column.name] = Coded.joined(values)
        else:
            columns[column.name] = np.concatenate(values) if isinstance(values[0], np.ndarray) else values[0]
    return Outcome(**columns)


def _counts(
    replay: PlanReplay, pasts: _Pasts, loaded: Sequence[Page], standing: Standing | None, sought: Sought, before: Side
) -> Counts:
    """The control beside them: where the plan compared against is the one that judged, its replay gives what stands."""
    models: dict[str, int] = {}
    for page in loaded:
        for model, posts in page.models.items():
            models[model] = models.get(model, 0) + posts
    same = by_it = 0
    if standing is not None and not replay.as_if_live:
        rows = np.flatnonzero((standing.versions == replay.against_id) & standing.rules.where(RULE_VERSION.__eq__))
        by_it, same = len(rows), standing.same_as(before.outcome, rows)
    return Counts(
        posts=len(pasts.posts),
        by_this_version=by_it,
        as_they_stand=same,
        models=models,
        overruled=sum(page.overruled for page in loaded),
        stood=sum(page.stood for page in loaded),
        answered=int((~np.isnat(pasts.after.answered_at)).sum()),
        watches_changed=differ(before.plan, load_plan(replay.text)),
        searched=sought.searched,
        about_changed=sum(1 for about in sought.about.values() if about),
        no_longer_found=len(pasts.unseen_after),
        newly_found=len(sought.newly),
        newly_read=sought.read_anew,
        without_text=sum(len(page.posts) for page in loaded) - sought.judged if sought.searched else 0,
    )


@transaction.atomic
def _finish(replay: PlanReplay, counts: Counts, result: Any, n: int, now: datetime) -> None:
    """The result, and what it means for the draft, in one transaction; nothing where the replay is no longer ours."""
    # the draft first, as everywhere: two who lock both never wait for each other
    PlanDraft.objects.select_for_update(of=("self",)).get(pk=replay.draft_id)
    mine = PlanReplay.objects.select_for_update(of=("self",)).filter(
        pk=replay.pk, state=ReplayState.RUNNING, lease=replay.lease
    )
    row = mine.first()
    if row is None:
        return
    row.state, row.stage, row.lease, row.lease_until, row.finished_at = ReplayState.DONE, "", "", None, now
    row.posts = row.posts_done = counts.posts
    row.result, row.counts, row.changed = result, msgspec.to_builtins(counts), n
    row.save()
    replay_counts(row, now=now)
    # of one draft, posts are kept of the last replay and of the one that counts; figures are kept of all
    shown = [
        row.pk,
        *PlanDraft.objects.filter(pk=row.draft_id, replay__isnull=False).values_list("replay_id", flat=True),
    ]
    ReplayedPost.objects.filter(replay__draft=row.draft_id).exclude(replay__in=shown).delete()
