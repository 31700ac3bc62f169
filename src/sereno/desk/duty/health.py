"""Whether all is well, for the page that anybody understands: asked anew each time it is looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sereno.desk.accounts.models import Brand
from sereno.desk.duty.looking import JUMP, Finding, jumps_before, look
from sereno.desk.duty.models import HealthCheck

AUDITED_WITHIN = timedelta(minutes=5)
CAUSES = ("disk-full", "database-unwritable", "worker-silent", "auditor-silent", "clock-stands", "clock-back")
"""Of most else that may be found beside them."""
_OF_THE_CLOCK = ("clock-back", "clock-stands", "database-unwritable")
"""Only the auditor can see these: they are told as it saw them last."""


@dataclass(frozen=True, slots=True)
class Health:
    findings: tuple[Finding, ...]
    """What is wrong first; of one brand: its own, and those of the whole desk."""
    checked_at: datetime | None
    """When the auditor looked last; None: never."""
    pinged_at: datetime | None
    """When the monitor outside last heard that all is well; None: never, or there is none."""

    @property
    def well(self) -> bool:
        return not any(finding.wrong for finding in self.findings)


def health(now: datetime, brand: Brand | None = None) -> Health:
    """Of the desk, or as far as it concerns one brand."""
    # what was looked at in a time to come says nothing: the clock was ahead then
    checks = list(HealthCheck.objects.filter(checked_at__lte=now + JUMP).order_by("-checked_at"))
    checked_at = checks[0].checked_at if checks else None
    found = look(now)
    if checked_at is None or now - checked_at > AUDITED_WITHIN:
        found.append(Finding("auditor-silent", {"since": checked_at.isoformat() if checked_at else None}))
    for check in checks:
        if check.ping_fault:
            found.append(Finding("monitor-unreachable", {"fault": check.ping_fault}))
        fresh = now - check.checked_at <= AUDITED_WITHIN
        found += [each for each in stored(check) if each.code in _OF_THE_CLOCK and fresh]
    fresh_ones = [each.values for each in found]
    found += [jump for jump in _jumps(now, checks) if jump.values not in fresh_ones]
    mine = [each for each in found if brand is None or each.brand in (None, brand.pk)]
    pings = [check.pinged_at for check in checks if check.pinged_at is not None]
    return Health(tuple(sorted(mine, key=_order)), checked_at, max(pings) if pings else None)


def _jumps(now: datetime, checks: Iterable[HealthCheck]) -> list[Finding]:
    """Told for a day. Worker and command see the same jump, each between looks of its own: one of them tells it."""
    told: dict[tuple[int, int], Finding] = {}
    for jump in (each for check in checks for each in jumps_before(now, check)):
        seen = datetime.fromisoformat(jump.values["now"]).timestamp()
        key = (round(seen / AUDITED_WITHIN.total_seconds()), round(jump.values["seconds"] / JUMP.total_seconds()))
        near = [(key[0] + late, key[1] + more) for late in (-1, 0, 1) for more in (-1, 0, 1)]
        if not told.keys() & set(near):
            told[key] = jump
    return list(told.values())


def _order(finding: Finding) -> tuple[bool, int]:
    """What is wrong first, and of it the causes before what follows from them."""
    cause = CAUSES.index(finding.code) if finding.code in CAUSES else len(CAUSES)
    return (not finding.wrong, cause)


def stored(check: HealthCheck) -> list[Finding]:
    return [Finding(each["code"], each["values"], each["brand"]) for each in check.findings]
