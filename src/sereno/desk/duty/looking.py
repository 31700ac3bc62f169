"""Is everything that must move moving? Looks only; whoever asks decides what follows (`auditor.py`, the health page).

Independent of the worker's own loop on purpose: it asks the rows what should have happened by now, and trusts no code
that should have done it.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet

from sereno.desk.cases.models import Case, CaseState
from sereno.desk.duty.findings import CODES as CODES
from sereno.desk.duty.findings import Finding as Finding
from sereno.desk.duty.leaving import held_by_nobody_here
from sereno.desk.duty.models import HealthCheck, Line, RosterVersion
from sereno.desk.duty.reaching import exhausted_lines, failed_messages, no_ways_out, unmanned_roles
from sereno.desk.intake.models import Post, Source, Stage, WorkerBeat
from sereno.desk.notify.queries import channels
from sereno.desk.plans.models import PlanVersion
from sereno.desk.plans.queries import plan_of
from sereno.engine.duty.load import load_with_warnings
from sereno.engine.plan.load import PlanErrors

LATE = timedelta(seconds=60)
SILENCE = timedelta(minutes=2)
"""Without a worker's heartbeat."""
POSTS_WAIT = timedelta(minutes=5)
SOURCE_LATE = timedelta(minutes=10)
SOURCE_SILENT = timedelta(days=2)
FAILS = 3
"""A source that failed so often in a row."""
FULL, LOW = 200 * 1024 * 1024, 2 * 1024 * 1024 * 1024
"""Bytes that are left."""
JUMP = timedelta(seconds=60)
JUMP_SHOWN = timedelta(hours=24)
CLOCK_MOVED = ("clock-back", "clock-jumped")
JUMPS = 5
"""As many are remembered, the newest first."""


def look(now: datetime) -> list[Finding]:
    """Everything that the rows and the disk tell. Writes nothing."""
    return [
        *_late_lines(now), *_failing_lines(), *_cases_not_seen(now), *_cases_without_line(), *exhausted_lines(),
        *_owners_gone(), *_posts_late(now), *_workers(now), *_sources(now), *_rosters(), *_unfit_rosters(),
        *unmanned_roles(now), *_messages(now), *failed_messages(now), *no_ways_out(now), *disk_findings(),
    ]  # fmt: skip


# -- lines and cases --------------------------------------------------------------------------------------------------


def late_lines(now: datetime) -> QuerySet[Line]:
    return Line.objects.filter(due_at__lt=now - LATE)


def _late_lines(now: datetime) -> Iterator[Finding]:
    late = late_lines(now).values("brand_id").annotate(n=Count("pk"), since=Min("due_at"), case=Min("case_id"))
    for each in late.order_by("brand_id"):
        values = {"count": each["n"], "since": each["since"].isoformat(), "case": each["case"]}
        yield Finding("line-late", values, each["brand_id"])


def _failing_lines() -> Iterator[Finding]:
    failing = Line.objects.filter(due_at__isnull=False, failures__gt=0)
    for line in failing.order_by("brand_id", "pk")[:20]:
        values = {"case": line.case_id, "line": line.pk, "failures": line.failures, "fault": line.fault}
        yield Finding("line-failing", values, line.brand_id)


def unseen_cases(now: datetime) -> QuerySet[Case]:
    """Something happened to them, or the time for which their clock was stopped is over, and nobody looked."""
    late = now - LATE
    marked = Case.objects.filter(backfilled=False).annotate(last=Max("events__at"))
    return marked.filter(Q(lines_due=True, last__lt=late) | Q(paused_until__lt=late))


def _cases_not_seen(now: datetime) -> Iterator[Finding]:
    yield from _cases("case-not-seen", unseen_cases(now))


def cases_without_line() -> QuerySet[Case]:
    """Open, in nobody's hands, already looked at, and nobody is called: cannot be, and is asked all the same."""
    living = Line.objects.filter(case=OuterRef("pk"), due_at__isnull=False)
    waits = Case.objects.filter(state=CaseState.OPEN, backfilled=False, lines_due=False)
    return waits.filter(Q(acknowledged_at=None) | Q(owner=None)).filter(~Exists(living))


def _cases_without_line() -> Iterator[Finding]:
    yield from _cases("case-without-line", cases_without_line())


def _owners_gone() -> Iterator[Finding]:
    yield from _cases("owner-gone", held_by_nobody_here())


def _cases(code: str, found: QuerySet[Case]) -> Iterator[Finding]:
    by_brand: dict[int, list[int]] = {}
    for pk, brand in found.order_by("pk").values_list("pk", "brand_id")[:1000]:
        by_brand.setdefault(brand, []).append(pk)
    for brand, cases in by_brand.items():
        yield Finding(code, {"count": len(cases), "case": cases[0]}, brand)


# -- posts, workers, sources ------------------------------------------------------------------------------------------


def _posts_late(now: datetime) -> Iterator[Finding]:
    waiting = Post.objects.filter(
        stage=Stage.STORED, backfilled=False, received_at__lt=now - POSTS_WAIT,
        brand__plan_versions__in_force_from__isnull=False, brand__plan_versions__in_force_until__isnull=True,
    )  # fmt: skip
    for each in waiting.values("brand_id").annotate(n=Count("pk"), since=Min("received_at")).order_by("brand_id"):
        yield Finding("posts-late", {"count": each["n"], "since": each["since"].isoformat()}, each["brand_id"])


def _workers(now: datetime) -> Iterator[Finding]:
    # a sign of life from a time to come says nothing: the clock was ahead then
    beats = list(WorkerBeat.objects.filter(beat_at__lte=now + JUMP).order_by("-beat_at"))
    if not beats or now - beats[0].beat_at > SILENCE:
        yield Finding("worker-silent", {"since": beats[0].beat_at.isoformat() if beats else None})
    for beat in beats:
        if beat.last_error and now - beat.beat_at <= SILENCE:
            yield Finding("worker-errors", {"worker": beat.name, "error": beat.last_error})


def _sources(now: datetime) -> Iterator[Finding]:
    for source in Source.objects.filter(enabled=True).order_by("brand_id", "pk"):
        values = {"source": source.pk, "name": source.name, "failures": source.failures}
        last = source.last_post_at
        if source.failures >= FAILS:
            yield Finding("source-failing", values, source.brand_id)
        elif source.next_poll_at is not None and source.next_poll_at < now - SOURCE_LATE:
            yield Finding("source-late", {**values, "since": source.next_poll_at.isoformat()}, source.brand_id)
        elif source.next_poll_at is not None and last is not None and last < now - SOURCE_SILENT:
            yield Finding("source-silent", {**values, "since": last.isoformat()}, source.brand_id)


def _rosters() -> Iterator[Finding]:
    roster = RosterVersion.objects.filter(brand=OuterRef("brand"), in_force_until__isnull=True)
    plans = PlanVersion.objects.filter(in_force_from__isnull=False, in_force_until__isnull=True)
    for brand in plans.filter(~Exists(roster)).order_by("brand_id").values_list("brand_id", flat=True):
        yield Finding("no-roster", {}, brand)


def _unfit_rosters() -> Iterator[Finding]:
    """A plan came in force after the roster, and calls roles that the roster does not know."""
    plans = PlanVersion.objects.filter(in_force_from__isnull=False, in_force_until__isnull=True)
    rosters = {each.brand_id: each for each in RosterVersion.objects.filter(in_force_until__isnull=True)}
    for plan in plans.order_by("brand_id"):
        roster = rosters.get(plan.brand_id)
        faults = _faults(_Texts(roster, plan)) if roster is not None else ()
        if faults:
            yield Finding("roster-unfit", {"count": len(faults), "fault": faults[0]}, plan.brand_id)


@dataclass(frozen=True, slots=True)
class _Texts:
    """Two documents that are compared by their digests alone."""

    roster: RosterVersion = field(compare=False)
    plan: PlanVersion = field(compare=False)
    key: tuple[str, str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", (self.roster.digest, self.plan.digest))


@lru_cache(maxsize=32)
def _faults(texts: _Texts) -> tuple[str, ...]:
    try:
        load_with_warnings(texts.roster.text, "roster.yaml", plan=plan_of(texts.plan))
    except PlanErrors as faulty:
        return tuple(str(error) for error in faulty.errors)
    return ()


def _messages(now: datetime) -> Iterator[Finding]:
    sent = channels(now)
    if sent.overdue:
        since = sent.waits_since.isoformat() if sent.waits_since else None
        yield Finding("messages-late", {"count": sent.overdue, "since": since})


# -- disks and clocks -------------------------------------------------------------------------------------------------


def free_bytes(place: Path) -> int:
    """Bytes that are left on the disk of this directory."""
    return shutil.disk_usage(place).free


def disk_findings() -> Iterator[Finding]:
    """Asks no database."""
    places = {Path(settings.HOME)}
    if connection.vendor == "sqlite":
        file = Path(str(connection.settings_dict["NAME"]))
        if file.parent.is_dir():
            places.add(file.parent.resolve())
    left = {free_bytes(place) for place in places if place.is_dir()}
    if left and min(left) < LOW:
        yield Finding("disk-full" if min(left) < FULL else "disk-low", {"free": min(left)})


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock that nobody sets: seconds since the machine was started, and which start that was."""

    boot: str
    steady: float

    @classmethod
    def read(cls) -> Clock:
        path = Path("/proc/sys/kernel/random/boot_id")
        boot = path.read_text(encoding="ascii").strip() if path.exists() else ""
        return cls(boot, time.monotonic())


def clock_findings(now: datetime, clock: Clock, last: HealthCheck | None) -> list[Finding]:
    """The clock on the wall, compared with the one that nobody sets, since it was looked at last."""
    if last is None:
        return []
    wall = now - last.checked_at
    steady = None
    if clock.boot and clock.boot == last.boot and clock.steady >= last.steady:
        steady = timedelta(seconds=clock.steady - last.steady)
    off = wall - (steady or timedelta())
    values = {"before": last.checked_at.isoformat(), "now": now.isoformat(), "seconds": round(off.total_seconds())}
    if wall < -timedelta(seconds=1):
        return [Finding("clock-back", values)]
    if steady is None:
        return []
    if steady > timedelta(seconds=30) and wall < timedelta(seconds=1):
        return [Finding("clock-stands", values)]
    return [Finding("clock-jumped", values)] if abs(off) > JUMP else []


def jumps_before(now: datetime, last: HealthCheck | None) -> list[Finding]:
    """Jumps that were seen within the last day: long enough for somebody to notice. Worth a look by now, whichever way
    the clock went."""
    seen = (
        [each for each in last.findings if each["code"] in CLOCK_MOVED and "seconds" in each["values"]] if last else []
    )
    lately = [each for each in seen if abs(now - datetime.fromisoformat(each["values"]["now"])) <= JUMP_SHOWN]
    return [Finding("clock-jumped", each["values"]) for each in lately[:JUMPS]]
