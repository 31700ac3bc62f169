"""The audit trail: who did what to which row, when. Ids and digests, never text (ADR 5).

No foreign keys, so that it never blocks the living data and outlives what was erased.
"""

from __future__ import annotations

from django.db import models


class AuditRow(models.Model):
    brand_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    """The person; null where the software acted by itself."""
    action = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField(null=True)
    details = models.JSONField(default=dict)
    """Ids, enumerated values and digests: what can never identify a stranger."""

    class Meta:
        indexes = [
            models.Index(fields=["brand_id", "at"]),  # the brand's trail, newest first
            models.Index(fields=["object_type", "object_id"]),  # what happened to this row
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.object_type} {self.object_id}"
