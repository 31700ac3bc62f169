"""Writing the audit trail, inside the transaction of the action that it records."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any, Protocol

from django.db import models, transaction

from sereno.desk.audit.models import AuditRow


class Person(Protocol):
    @property
    def pk(self) -> Any: ...


def digest(text: str) -> str:
    """How the trail speaks of a text that it must not hold."""
    return hashlib.sha256(text.encode()).hexdigest()


def record(
    action: str, on: models.Model, *, by: Person | None, at: datetime, brand_id: int | None, **details: Any
) -> AuditRow:
    """Append one row. Call it inside the action's transaction; refuses to be called outside of one."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"audit row for '{action}' outside a transaction: wrap the action in transaction.atomic")
    return AuditRow.objects.create(
        brand_id=brand_id,
        at=at,
        by_id=by.pk if by is not None else None,
        action=action,
        object_type=on._meta.label_lower,
        object_id=on.pk,
        details=details,
    )
