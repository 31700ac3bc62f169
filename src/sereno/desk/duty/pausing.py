"""The clock of a case stands still while something is waited for: a reason, shown, and the deadlines move with it.

Whoever pauses a case has it: nobody more is called for it. It ends by itself where the person writes again or the light
becomes graver (`pauses.py`).
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from sereno.desk.accounts.models import User
from sereno.desk.audit.actions import digest, record
from sereno.desk.cases.models import Case, CaseEvent, CaseNote, CaseState
from sereno.desk.duty.acts import acknowledge, locked
from sereno.desk.duty.models import Pause
from sereno.desk.duty.pauses import end_pause
from sereno.desk.duty.refused import DutyRefused


@transaction.atomic
def pause(case: Case, *, reason: str, by: User, now: datetime) -> Pause:
    """Let the clock stand still. Acknowledges the case for whoever pauses it."""
    words = reason.strip()
    if not words:
        raise DutyRefused("words-needed")
    row = locked(case)
    if row.state == CaseState.CLOSED:
        raise DutyRefused("closed")
    if Pause.objects.filter(case=row, ends_at=None).exists():
        raise DutyRefused("paused")
    if row.state == CaseState.OPEN and row.acknowledged_at is None:
        acknowledge(row, by=by, now=now)
    made = Pause.objects.create(brand_id=row.brand_id, case=row, by=by, reason=words, starts_at=now)
    event = CaseEvent.objects.create(
        brand_id=row.brand_id, case=row, at=now, by=by, kind="paused", details={"pause": made.pk}
    )
    CaseNote.objects.create(brand_id=row.brand_id, case=row, event=event, by=by, at=now, text=words)
    record("case.paused", row, by=by, at=now, brand_id=row.brand_id, pause=made.pk, words=digest(words))
    return made


@transaction.atomic
def resume(case: Case, *, by: User, now: datetime) -> Pause:
    """Let the clock run on; each deadline that was still to come moves by the time between."""
    row = locked(case)
    running = Pause.objects.filter(case=row, ends_at=None).first()
    if running is None:
        raise DutyRefused("not-paused")
    return end_pause(running, row, by, now)
