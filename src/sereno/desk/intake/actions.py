"""Every write of the intake, by name. Each stands in the file of its purpose; this is the door that others use."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sereno.connectors.plain import storable
from sereno.desk.accounts.models import User
from sereno.desk.audit.actions import digest
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
from sereno.desk.intake.sources import (
    IntakeRefused,
    add_source,
    new_secret,
    remove_source,
    rename_source,
    secret_of,
    set_source_enabled,
)
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
    "remove_source",
    "rename_source",
    "replay_dead",
    "secret_of",
    "set_aside",
    "set_source_enabled",
    "start_file_import",
    "store_raw",
    "summary",
    "understand",
]


_UNREAD = (RawRecord.State.DEAD, RawRecord.State.SET_ASIDE)


@transaction.atomic
def replay_dead(record: RawRecord, *, by: User | None, now: datetime) -> bool:
    """Let a dead letter be understood again, also one that was set aside.

    Returns False where somebody else did so meanwhile, and for what could not even be cut out of its file: its reason
    stays true, and its beginning, or a row cut at a comma, must not become a post.
    """
    dead = RawRecord.objects.filter(pk=record.pk, state__in=_UNREAD, unreadable=False)
    if not dead.update(
        state=RawRecord.State.WAITING, error="", fault={}, set_aside_by_id=None, set_aside_at=None, set_aside_why=""
    ):
        return False
    audit("record.replayed", record, by=by, at=now, brand_id=record.brand_id)
    return True


@transaction.atomic
def set_aside(record: RawRecord, *, why: str, by: User | None, now: datetime) -> bool:
    """Nothing more will come of this dead letter: it warns nobody any longer, and is kept with who said so and why.

    Returns False where somebody else did something with it meanwhile. Raises `IntakeRefused` without a reason.
    """
    why = storable(why.strip())[:300]
    if not why:
        raise IntakeRefused(_("Say in a few words why nothing more will come of it."))
    dead = RawRecord.objects.filter(pk=record.pk, state=RawRecord.State.DEAD)
    if not dead.update(
        state=RawRecord.State.SET_ASIDE, set_aside_by_id=by.pk if by else None, set_aside_at=now, set_aside_why=why
    ):
        return False
    audit("record.set_aside", record, by=by, at=now, brand_id=record.brand_id, why=digest(why))
    return True
