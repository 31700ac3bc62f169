"""The clock of a case stands still while something is waited for: a reason, shown, and the deadlines move with it.

Only a case that somebody has can stand still: as long as nobody has said that they have it, the calling goes on. It
ends by itself where the person writes again or the light becomes graver (`pauses.py`).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from sereno.desk.accounts.models import User
from sereno.desk.audit.actions import digest, record
from sereno.desk.cases.models import Case, CaseEvent, CaseNote, CaseState
from sereno.desk.cases.standstill import STANDSTILL
from sereno.desk.duty.acts import locked
from sereno.desk.duty.models import Pause
from sereno.desk.duty.pauses import end_pause
from sereno.desk.duty.refused import DutyRefused

LONGEST = timedelta(days=92)
"""A pause that is longer hides a case."""


@transaction.atomic
def pause(case: Case, *, reason: str, by: User, now: datetime, until: datetime | None = None) -> Pause:
    """Let the clock stand still, `until` it runs on by itself. Refused while the case still calls for somebody."""
    words = reason.strip()
    if not words:
        raise DutyRefused("words-needed")
    if until is not None and not now < until <= now + LONGEST:
        raise DutyRefused("until-when")
    row = locked(case)
    if row.state == CaseState.CLOSED:
        raise DutyRefused("closed")
    if Pause.objects.filter(case=row, ends_at=None).exists():
        raise DutyRefused("paused")
    if row.state == CaseState.OPEN and (row.acknowledged_at is None or row.owner_id is None):
        raise DutyRefused("not-taken")
    row.paused_at, row.paused_until = now, until
    row.save(update_fields=STANDSTILL)
    made = Pause.objects.create(brand_id=row.brand_id, case=row, by=by, reason=words, starts_at=now, until=until)
    event = CaseEvent.objects.create(
        brand_id=row.brand_id, case=row, at=now, by=by, kind="paused",
        details={"pause": made.pk, "until": until.isoformat() if until else None},
    )  # fmt: skip
    CaseNote.objects.create(brand_id=row.brand_id, case=row, event=event, by=by, at=now, text=words)
    record("case.paused", row, by=by, at=now, brand_id=row.brand_id, pause=made.pk, words=digest(words))
    return made


@transaction.atomic
def resume(case: Case, *, by: User, now: datetime) -> Pause:
    """Let the clock run on; each deadline that was still to come moves by the time between."""
    row = locked(case)
    running = Pause.objects.filter(case=row, ends_at=None).select_related("by").first()
    if running is None:
        raise DutyRefused("not-paused")
    return end_pause(running, row, by, now)
