"""Which replay a worker does next, and that nobody else does so meanwhile.

A claim is a lease on the row with a mark of its own. Every sign of progress renews it, and asks at once whether the
replay is still wanted and still ours: whoever was so slow that the lease ran out writes nothing more, nor does whoever
is at one that was cancelled. A replay that never came to its end is begun anew, from the start; nothing was kept.
"""

from __future__ import annotations

import logging
import secrets
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q

from sereno.desk.plans.models import PlanReplay, ReplayedPost, ReplayStage, ReplayState

log = logging.getLogger("sereno.replays")

LEASE = timedelta(minutes=2)
"""The longest step takes some seconds; after a crash a replay waits so long."""
ATTEMPTS = 3


@transaction.atomic
def claim(*, now: datetime) -> PlanReplay | None:
    """Take the replay that waits longest; None where none waits."""
    free = Q(state=ReplayState.WAITING) | Q(state=ReplayState.RUNNING, lease_until__lt=now)
    waiting = PlanReplay.objects.filter(free).order_by("pk")
    if connection.features.has_select_for_update_skip_locked:
        waiting = waiting.select_for_update(skip_locked=True, of=("self",))
    replay = waiting.first()
    if replay is None:
        return None
    if replay.attempts >= ATTEMPTS:
        _fail(
            replay,
            "never_finished",
            f"begun {replay.attempts} times and never finished; see the worker's log",
            now,
        )
        return None
    ReplayedPost.objects.filter(replay=replay).delete()  # of a worker that never came back
    replay.state, replay.lease, replay.lease_until = ReplayState.RUNNING, secrets.token_hex(8), now + LEASE
    replay.attempts, replay.started_at = replay.attempts + 1, now
    replay.stage, replay.posts, replay.posts_done = ReplayStage.LOADING, 0, 0
    replay.save()
    return replay


def go_on(replay: PlanReplay, *, stage: str, done: int, posts: int, now: datetime) -> bool:
    """Tell how far it is and renew the lease. False: it was cancelled, or is somebody else's by now."""
    mine = PlanReplay.objects.filter(pk=replay.pk, state=ReplayState.RUNNING, lease=replay.lease)
    return bool(mine.update(stage=stage, posts_done=done, posts=posts, lease_until=now + LEASE))


@transaction.atomic
def fail(replay: PlanReplay, code: str, error: str, *, now: datetime) -> None:
    row = PlanReplay.objects.select_for_update(of=("self",)).filter(pk=replay.pk, lease=replay.lease).first()
    if row is not None and row.state == ReplayState.RUNNING:
        _fail(row, code, error, now)


def _fail(row: PlanReplay, code: str, error: str, now: datetime) -> None:
    row.state, row.fault, row.error, row.finished_at = ReplayState.FAILED, code, error[:2000], now
    row.lease, row.lease_until, row.stage = "", None, ""
    row.save()
    ReplayedPost.objects.filter(replay=row).delete()
    log.error("replay %s failed (%s): %s", row.pk, code, error)


def give_back(replay: PlanReplay) -> None:
    """It could not go on, and not for its own sake: it waits as before."""
    PlanReplay.objects.filter(pk=replay.pk, state=ReplayState.RUNNING, lease=replay.lease).update(
        state=ReplayState.WAITING, lease="", lease_until=None, attempts=replay.attempts - 1, stage=""
    )
