"""The worker's duty of calling people: cases that something happened to are compared with their lines; what is due is
moved on. Each case in a transaction of its own, so that one that fails never stops another.

How each race is closed:

1. Two workers, or a worker and a person, at one case: the case's row is locked (`SKIP LOCKED` for workers; on SQLite
   the transaction is the only writer), and whoever comes second looks again. All lines of a case stand under its lock.
2. A happening is stored under a unique number: even without the lock, the second of two calls would fail, not double.
3. A worker dies after it stored a call and before it was sent: both are rows of one transaction; sending comes after
   the commit (`desk/notify`). Dies before the commit: nothing happened, and it is due again.
4. Somebody takes the case at the moment in which the next one would be called: `lines_due` is set in their
   transaction, and a line that is due is compared with its case first.
5. A case is never looked at though something happened to it (a hook forgot it): the auditor finds open cases without a
   line, and says so (`auditor.py`).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db import InterfaceError, OperationalError, close_old_connections, connection, transaction
from django.db.models import Case as Choice
from django.db.models import F, IntegerField, QuerySet, Value, When

from sereno.desk.cases.models import Case
from sereno.desk.duty.lines import compare
from sereno.desk.duty.models import Line
from sereno.desk.duty.moving import Ground, move_on

log = logging.getLogger("sereno.duty")

AT_ONCE = 30
"""Cases, and lines, in one round: who comes in red meanwhile is first in the next."""
EVERY = 0.5
"""Seconds between rounds when little was due; a full round is followed at once."""
LONGEST_PAUSE = 5.0
"""Seconds between rounds that fail: a database that comes back must not wait long for its callers."""
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=1)
"""A line that fails is tried again at least so often."""


@dataclass(frozen=True, slots=True)
class Acted:
    compared: int = 0
    """Cases that were compared with their lines."""
    moved: int = 0
    """Lines that were moved on."""
    failed: int = 0


@dataclass
class Aside:
    """Cases on which comparing failed, and when they are tried again. A worker keeps one; nothing is lost with it."""

    until: dict[int, datetime] = field(default_factory=dict)
    failures: dict[int, int] = field(default_factory=dict)

    def waiting(self, now: datetime) -> list[int]:
        return [case for case, until in self.until.items() if until > now]

    def put(self, case: int, now: datetime) -> None:
        self.failures[case] = self.failures.get(case, 0) + 1
        self.until[case] = now + wait_after(self.failures[case])

    def done(self, case: int) -> None:
        self.until.pop(case, None)
        self.failures.pop(case, None)


def act(*, now: datetime, limit: int = AT_ONCE, aside: Aside | None = None) -> Acted:
    """Open, end and move on what is due, gravest first. A database that is away raises; anything else is set aside."""
    aside = aside if aside is not None else Aside()
    ground = Ground(now)
    compared = failed = moved = 0
    waiting = aside.waiting(now)
    fresh = Case.objects.filter(lines_due=True).exclude(pk__in=waiting).order_by("-light_rank", "pk")
    ended = Case.objects.filter(paused_until__lte=now).exclude(pk__in=waiting).order_by("paused_until")
    to_compare = [*fresh.values_list("pk", flat=True)[:limit], *ended.values_list("pk", flat=True)[:limit]]
    for pk in dict.fromkeys(to_compare):
        outcome = _attempt(lambda pk=pk: _compare(pk, ground), lambda _error, pk=pk: aside.put(pk, now), f"case {pk}")  # type: ignore[misc]
        failed += outcome is None
        if outcome:
            aside.done(pk)
            compared += 1
    for pk in list(due_lines(now).values_list("pk", flat=True)[:limit]):
        outcome = _attempt(lambda pk=pk: _move(pk, ground), lambda error, pk=pk: _put_off(pk, now, error), f"line {pk}")  # type: ignore[misc]
        failed += outcome is None
        moved += bool(outcome)
    return Acted(compared, moved, failed)


def run(stop: threading.Event) -> None:
    """Call until `stop` is set, beside the worker's round: a source that hangs must not delay a call. One of the places
    that look at the clock."""
    aside, failing, busy = Aside(), 0, False
    while not stop.wait(0.0 if busy else min(LONGEST_PAUSE, EVERY * (1 << min(failing, 8)))):
        close_old_connections()
        try:
            done = act(now=datetime.now(UTC), aside=aside)
            failing, busy = 0, max(done.compared, done.moved) >= AT_ONCE
        except Exception:
            failing, busy = failing + 1, False
            log.exception("duty: a round of calls failed; it is tried again")
        finally:
            close_old_connections()


def due_lines(now: datetime) -> QuerySet[Line]:
    """The gravest first, then the longest due."""
    rank = Choice(
        When(degree="red", then=Value(0)), When(degree="amber", then=Value(1)), default=Value(2),
        output_field=IntegerField(),
    )  # fmt: skip
    return Line.objects.filter(due_at__lte=now).order_by(rank, "due_at", "pk")


def wait_after(failures: int) -> timedelta:
    return min(LONGEST_WAIT, FIRST_WAIT * (1 << min(failures - 1, 10)))


def _attempt(deed: Callable[[], bool], fails: Callable[[Exception], object], what: str) -> bool | None:
    """Whether something was done; None where it failed."""
    try:
        with transaction.atomic():
            return deed()
    except (OperationalError, InterfaceError):
        raise  # the database is busy or away, not a case at fault: the round is tried again
    except Exception as error:
        log.exception("duty: %s failed; it is tried again, and the others go on", what)
        fails(error)
        return None


def _compare(pk: int, ground: Ground) -> bool:
    case = _case(pk)
    if case is None or not (case.lines_due or (case.paused_until is not None and case.paused_until <= ground.now)):
        return False
    compare(case, ground)
    return True


def _move(pk: int, ground: Ground) -> bool:
    row = Line.objects.filter(pk=pk).values_list("case_id", flat=True).first()
    case = _case(row) if row is not None else None
    if case is None:
        return False
    if case.lines_due:
        compare(case, ground)
    line = Line.objects.filter(pk=pk, due_at__lte=ground.now).select_related("brand", "plan_version").first()
    if line is None:
        return False  # another worker was faster, or a person
    move_on(line, case, ground)
    return True


def _case(pk: int) -> Case | None:
    """The case, locked; None where somebody else holds it: the next round looks again."""
    query = Case.objects.filter(pk=pk).select_related("brand", "owner")
    skip = connection.features.has_select_for_update_skip_locked
    return query.select_for_update(of=("self",), skip_locked=skip).first()


def _put_off(pk: int, now: datetime, error: Exception) -> None:
    """Tried again a little later, so that it never stands in front of the others; the auditor tells of it."""
    failures = (Line.objects.filter(pk=pk).values_list("failures", flat=True).first() or 0) + 1
    Line.objects.filter(pk=pk, due_at__isnull=False).update(
        failures=F("failures") + 1, due_at=now + wait_after(failures), fault=f"{type(error).__name__}: {error}"[:500]
    )
