"""Every write of the intake, by name. Each stands in the file of its purpose; this is the door that others use."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from sereno.desk.accounts.models import User
from sereno.desk.audit.actions import record as audit
from sereno.desk.intake.importing import (
    AlreadyImported,
    Summary,
    continue_file_import,
    continue_file_imports,
    start_file_import,
    summary,
)
from sereno.desk.intake.models import RawRecord
from sereno.desk.intake.polling import poll_due
from sereno.desk.intake.sources import IntakeRefused, add_source, new_secret, secret_of, set_source_enabled
from sereno.desk.intake.storing import Stored, store_raw
from sereno.desk.intake.understanding import Understood, understand

__all__ = [
    "AlreadyImported",
    "IntakeRefused",
    "Stored",
    "Summary",
    "Understood",
    "add_source",
    "continue_file_import",
    "continue_file_imports",
    "new_secret",
    "poll_due",
    "replay_dead",
    "secret_of",
    "set_source_enabled",
    "start_file_import",
    "store_raw",
    "summary",
    "understand",
]


@transaction.atomic
def replay_dead(record: RawRecord, *, by: User | None, now: datetime) -> bool:
    """Let a dead letter be understood again. Returns False where somebody else did so meanwhile."""
    dead = RawRecord.objects.filter(pk=record.pk, state=RawRecord.State.DEAD)
    if not dead.update(state=RawRecord.State.WAITING, error=""):
        return False
    audit("record.replayed", record, by=by, at=now, brand_id=record.brand_id)
    return True
