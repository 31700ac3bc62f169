"""Hand-over notes: written at the end of a shift, read at the beginning of the next."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from sereno.desk.accounts.models import Brand, User
from sereno.desk.accounts.permissions import Action, may
from sereno.desk.audit.actions import digest, record
from sereno.desk.duty.models import HandOver, HandOverRead
from sereno.desk.duty.refused import DutyRefused


@transaction.atomic
def write_note(brand: Brand, *, role: str, text: str, by: User, now: datetime, shift: str = "") -> HandOver:
    """Leave word for whoever comes on in this role."""
    if not may(by, Action.WORK_CASES, brand):
        raise DutyRefused("no-right")
    words = text.strip()
    if not words:
        raise DutyRefused("words-needed")
    note = HandOver.objects.create(brand=brand, role=role, shift=shift, by=by, at=now, text=words)
    record("hand_over.written", note, by=by, at=now, brand_id=brand.pk, role=role, words=digest(words))
    return note


@transaction.atomic
def read_note(note: HandOver, *, by: User, now: datetime) -> HandOverRead:
    """The person has read it; said again, nothing changes."""
    if not may(by, Action.SEE, note.brand):
        raise DutyRefused("no-right")
    read, fresh = HandOverRead.objects.get_or_create(note=note, user=by, defaults={"at": now})
    if fresh:
        record("hand_over.read", note, by=by, at=now, brand_id=note.brand_id)
    return read
