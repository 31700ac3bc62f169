"""The auditor: looks each minute whether all is well, runs what is late, and tells a monitor outside that it did.

It stands beside the worker's loop, in a thread of its own, and as `sereno health` in a cron job: where the worker hangs
or died, the auditor calls in its place. The monitor outside hears from it as long as nothing is wrong; its silence is
the alarm, so that a desk that is dead altogether is noticed too.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.db import DatabaseError, close_old_connections
from django.db.models import QuerySet
from django.utils.translation import get_language

from sereno.connectors.base import ConnectorError
from sereno.connectors.fetch import SafeHttp
from sereno.desk.cases.models import Case
from sereno.desk.duty.acting import act
from sereno.desk.duty.leaving import held_by_nobody_here
from sereno.desk.duty.looking import CODES as CODES
from sereno.desk.duty.looking import (
    Clock,
    Finding,
    cases_without_line,
    clock_findings,
    jumps_before,
    late_lines,
    look,
    unseen_cases,
)
from sereno.desk.duty.models import HealthCheck
from sereno.desk.intake.fault_words import say
from sereno.engine.messages import FALLBACK, phrase

log = logging.getLogger("sereno.health")

EVERY = 60.0
"""Seconds."""
PING_SECONDS = 10.0
LATE_AT_ONCE = 300
"""Cases, and lines, that the auditor runs when it finds them late."""

Ping = Callable[[str], str]
"""Tells a monitor that all is well; gives the reason where that failed, else nothing."""


@dataclass(frozen=True, slots=True)
class Audit:
    findings: tuple[Finding, ...]
    ran: int
    """How many late lines and cases were run because nobody else had."""
    pinged: bool
    ping_fault: str = ""

    @property
    def well(self) -> bool:
        return not any(finding.wrong for finding in self.findings)


def ping(url: str) -> str:
    """GET, with a short patience. An empty answer: it was heard; else why not, in the language that is active."""
    try:
        with SafeHttp(private=settings.SERENO_FETCH_PRIVATE, max_seconds=PING_SECONDS) as http:
            status = http.get(url).status
    except ConnectorError as error:
        return say(error.fault)[:500]
    return "" if status < 400 else phrase("health-monitor-answered", get_language() or FALLBACK, status=str(status))


def audit(
    *, now: datetime, place: str = "worker", clock: Clock | None = None, url: str | None = None, ping: Ping = ping
) -> Audit:
    """Look, run what is late, remember what was seen, and ping the monitor where nothing is wrong.

    `url`: of the monitor; None: SERENO_HEARTBEAT_URL. `place`: who looks, `worker` or `command`.
    """
    clock = clock or Clock.read()
    address = settings.SERENO_HEARTBEAT_URL if url is None else url
    last = HealthCheck.objects.filter(place=place).first()
    found = [*clock_findings(now, clock, last), *jumps_before(now, last), *look(now)]
    ran = 0
    try:
        ran = _run_what_is_late(now) if _is_late(now) else 0
        _remember(place, now, clock, found)
    except DatabaseError as error:
        log.exception("what the auditor saw cannot be written")
        found.append(Finding("database-unwritable", {"error": type(error).__name__}))
    well = not any(finding.wrong for finding in found)
    for finding in found:
        if finding.wrong:
            log.error("%s: %s %s", finding.code, CODES[finding.code][1], finding.values)
    if not (well and address):
        return Audit(tuple(found), ran, pinged=False)
    fault = ping(address)
    HealthCheck.objects.filter(place=place).update(ping_fault=fault, **({} if fault else {"pinged_at": now}))
    return Audit(tuple(found), ran, pinged=not fault, ping_fault=fault)


def _is_late(now: datetime) -> bool:
    return late_lines(now).exists() or unseen_cases(now).exists() or any(each.exists() for each in _orphans())


def _orphans() -> tuple[QuerySet[Case], QuerySet[Case]]:
    """Cases for which nobody is called though nobody has them, or who has them left."""
    return cases_without_line(), held_by_nobody_here()


def _run_what_is_late(now: datetime) -> int:
    """What the worker should have done. Both may do it at once: the case's lock lets one."""
    orphans = [pk for each in _orphans() for pk in each.values_list("pk", flat=True)[:1000]]
    Case.objects.filter(pk__in=orphans).update(lines_due=True)
    done = act(now=now, limit=LATE_AT_ONCE)
    return done.compared + done.moved


def _remember(place: str, now: datetime, clock: Clock, found: list[Finding]) -> None:
    HealthCheck.objects.update_or_create(
        place=place,
        defaults={
            "checked_at": now, "boot": clock.boot, "steady": clock.steady,
            "findings": [asdict(finding) for finding in found],
        },
    )  # fmt: skip


def run(stop: threading.Event) -> None:
    """Look each minute until `stop` is set. One of the places that look at the clock."""
    while not stop.wait(EVERY):
        close_old_connections()
        try:
            audit(now=datetime.now(UTC))
        except Exception:
            log.exception("the auditor could not look; it looks again in %s s, and the monitor hears nothing", EVERY)
        finally:
            close_old_connections()
