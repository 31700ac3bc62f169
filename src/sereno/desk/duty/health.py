"""Whether all is well, for the page that anybody understands: asked anew each time it is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sereno.desk.accounts.models import Brand
from sereno.desk.duty.looking import JUMP, Finding, look
from sereno.desk.duty.models import HealthCheck

AUDITED_WITHIN = timedelta(minutes=5)
CAUSES = ("disk-full", "database-unwritable", "worker-silent", "auditor-silent", "clock-stands", "clock-back")
"""Of most else that may be found beside them."""
_OF_THE_CLOCK = ("clock-back", "clock-stands", "clock-jumped", "database-unwritable")
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
        if now - check.checked_at <= AUDITED_WITHIN:
            found += [each for each in stored(check) if each.code in _OF_THE_CLOCK]
    mine = [each for each in found if brand is None or each.brand in (None, brand.pk)]
    pings = [check.pinged_at for check in checks if check.pinged_at is not None]
    return Health(tuple(sorted(mine, key=_order)), checked_at, max(pings) if pings else None)


def _order(finding: Finding) -> tuple[bool, int]:
    """What is wrong first, and of it the causes before what follows from them."""
    cause = CAUSES.index(finding.code) if finding.code in CAUSES else len(CAUSES)
    return (not finding.wrong, cause)


def stored(check: HealthCheck) -> list[Finding]:
    return [Finding(each["code"], each["values"], each["brand"]) for each in check.findings]
