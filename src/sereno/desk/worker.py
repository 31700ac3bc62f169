"""The worker: everything that is due, done once a round. No queue but the rows themselves (ADR 10).

A round (`tick`) puts plans in force whose moment has come, reads the sources that are due, goes on with files,
understands raw records, judges posts, calls people and replays plans, each in bounded batches, so that no duty starves
another.
Several workers at once are safe. How each race is closed:

1. Two workers find the same source due: `UPDATE … SET lease_until WHERE` it is still free; one changes a row, the other
   none and goes on (`intake/polling.py`).
2. A worker dies while it reads a source: nothing was stored, the lease runs out, the cursor did not move.
3. A worker was so slow that its lease ran out: what it read is stored, since unique keys stop doubles; the cursor is
   not moved by whoever lost the lease.
4. Two workers go on with one file: the import's row is locked with `SKIP LOCKED` (PostgreSQL), or the transaction is
   the only writer (SQLite); the offset moves in the transaction that stores the lines.
5. Two workers understand the same record: a lease on the row, committed before it is read (`intake/claiming.py`), and
   moved from *waiting* in the transaction that writes what it says. A record that kills its workers dies at the third.
6. Two records of one post are understood at once: rows are locked in the order of their keys; the unique key of the
   post lets one insert, the other starts again and merges (`intake/writing.py`). Merging does not depend on the order.
7. A post is edited while it is being judged: `cases/arrivals.py` compares the text before it commits.
8. A worker dies in a transaction: it never happened; the next round does it.
9. A part of the round fails (the database is busy, a bug): it is logged, told in the heartbeat, and the other parts go
   on; after failing rounds the worker waits longer, up to a quarter of a minute.
10. Two workers take the same replay of a plan: a lease with a mark; each sign of progress asks whether it is still
    ours. A cancelled one, or one whose worker was too slow, writes nothing more (`replays/claiming.py`).
11. A plan that was set for a moment is put in force by two workers, or while somebody takes the moment back: the
    brand's row and the draft's are locked, and looked at again (`plans/in_force.py`).
12. Two workers call for one case, or somebody takes it at that moment: the case's lock, numbered happenings, and a
   comparison with the case before each call (`duty/acting.py`).
13. All workers stand still: nobody beats, and pages say so (`standing_still`).
"""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

from django.db import close_old_connections

from sereno.connectors.base import Http
from sereno.desk.cases.arrivals import SetAside, work_through
from sereno.desk.duty.acting import Aside, act
from sereno.desk.intake.actions import continue_file_imports, poll_due, understand
from sereno.desk.intake.models import WorkerBeat
from sereno.desk.plans.in_force import switch_due
from sereno.desk.replays.running import Bench, work_on_replays
from sereno.engine.read import Reader

log = logging.getLogger("sereno.worker")

PAUSE = 1.0
"""Seconds between rounds when nothing was due; a round that did something is followed at once."""
LONGEST_PAUSE = 15.0
"""After rounds that failed: a red post that came while the database was away waits so long at most."""
UNDERSTAND_AT_ONCE = 250
JUDGE_AT_ONCE = UNDERSTAND_AT_ONCE
"""No fewer: posts that are understood faster than they are judged wait in a queue that only grows."""
CALL_AT_ONCE = 20
"""Cases, the gravest first. The others are left to the caller, who has a thread of its own (`duty/acting.py`): each is
a transaction, and a round that called hundreds would keep the next red post waiting to be judged."""
SILENCE = timedelta(minutes=2)
"""Without a heartbeat for so long, the worker stands still."""
FORGET = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Done:
    """What a round did."""

    polled: int = 0
    """Sources that were read."""
    lines: int = 0
    """Lines of files."""
    understood: int = 0
    """Raw records, dead letters included."""
    dead: int = 0
    judged: int = 0
    """Posts."""
    aside: int = 0
    """Posts that cannot be judged for now; the log says why. They are tried again."""
    switched: int = 0
    """Plans that came in force at the moment set for them."""
    replayed: int = 0
    """Slices of replays."""
    called: int = 0
    """Cases that were compared with their lines, and lines that were moved on: people called, or no longer."""
    errors: tuple[str, ...] = ()
    """Of parts that failed, in plain words."""

    def something(self) -> bool:
        # a source that is read over and over brings records when it brings anything
        return bool(self.lines or self.understood or self.judged or self.replayed or self.called)


def tick(
    *,
    now: datetime,
    reader: Reader,
    http: Http | None = None,
    aside: SetAside | None = None,
    bench: Bench | None = None,
    calls: Aside | None = None,
    clock: Callable[[], datetime] | None = None,
) -> Done:
    """Do everything that is due, once. One failing part never stops the others, nor one failing post (`aside`)
    or case (`calls`).

    `bench` keeps a replay between rounds, so that each does a slice of it; without one it is done to its end. `clock`
    tells the moment at which its slices begin and end; without one it is `now`.
    """
    errors: list[str] = []

    def part(name: str, duty: Callable[[], int]) -> int:
        try:
            return duty()
        except Exception as error:
            log.exception("%s failed; the other duties go on", name)
            errors.append(f"{name}: {type(error).__name__}: {error}")
            close_old_connections()
            return 0

    dead = 0

    def understand_some() -> int:
        nonlocal dead
        round_ = understand(now=now, limit=UNDERSTAND_AT_ONCE)
        dead = round_.dead
        return round_.records

    switched = part("putting plans in force", lambda: switch_due(now=now))
    polled = part("reading sources", lambda: poll_due(now=now, http=http))
    lines = part("importing files", lambda: continue_file_imports(now=now))
    understood = part("understanding records", understand_some)
    judged = part("judging posts", lambda: work_through(now=now, reader=reader, limit=JUDGE_AT_ONCE, aside=aside))
    called = part("calling people", lambda: _call(now, calls))
    if judged and reader.trouble:
        log.warning("the careful reader failed, the fast one answered: %s", reader.trouble)
    replayed = part("replaying plans", lambda: work_on_replays(now=now, reader=reader, bench=bench, clock=clock))
    waiting = len(aside.until) if aside else 0
    return Done(polled, lines, understood, dead, judged, waiting, switched, replayed, called, tuple(errors))


def _call(now: datetime, calls: Aside | None) -> int:
    done = act(now=now, limit=CALL_AT_ONCE, aside=calls)
    return done.compared + done.moved


def run(stop: threading.Event, reader: Reader) -> None:
    """Work until `stop` is set. The only place of the intake that looks at the clock."""
    name = f"{socket.gethostname()}:{os.getpid()}:{threading.get_ident()}"
    started = datetime.now(UTC)
    failing = 0

    def clock() -> datetime:
        return datetime.now(UTC)

    aside, bench, calls = SetAside(), Bench(), Aside()
    log.info("worker %s begins", name)
    while not stop.is_set():
        close_old_connections()
        done = tick(now=clock(), reader=reader, aside=aside, bench=bench, calls=calls, clock=clock)
        failing = failing + 1 if done.errors else 0
        try:
            beat(name, started=started, now=datetime.now(UTC), done=done)
        except Exception:
            log.exception("the worker's heartbeat cannot be written")
            failing += 1
        if failing:
            stop.wait(min(LONGEST_PAUSE, PAUSE * (1 << min(failing, 10))))
        elif not done.something():
            stop.wait(PAUSE)
    try:
        bench.leave()
        WorkerBeat.objects.filter(name=name).delete()
    finally:
        close_old_connections()
    log.info("worker %s ends", name)


def beat(name: str, *, started: datetime, now: datetime, done: Done) -> None:
    """Leave a sign of life, and forget workers that have been silent for a day."""
    counts = {key: value for key, value in asdict(done).items() if key != "errors"}
    WorkerBeat.objects.update_or_create(
        name=name,
        defaults={"started_at": started, "beat_at": now, "last_error": "\n".join(done.errors)[:2000], "done": counts},
    )
    WorkerBeat.objects.filter(beat_at__lt=now - FORGET).delete()


def standing_still(now: datetime) -> datetime | None:
    """Since when no worker has given a sign of life; None while one does. Where none ever did: the year 1."""
    last = WorkerBeat.objects.order_by("-beat_at").first()
    if last is None:
        return datetime.min.replace(tzinfo=UTC)
    return last.beat_at if now - last.beat_at > SILENCE else None
