"""The versions of each brand's crisis plan. A light is always explained by the version that gave it."""

from __future__ import annotations

from django.db import models

from sereno.desk.accounts.models import Brand


class PlanVersion(models.Model):
    """One text of the plan. Never changed, only followed by another."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="plan_versions")
    number = models.PositiveIntegerField()
    plan_id = models.CharField(max_length=120)
    """The document's own name and version, e.g. `starter@2026.11.1`."""
    text = models.TextField()
    digest = models.CharField(max_length=64)
    in_force_from = models.DateTimeField(null=True)
    in_force_until = models.DateTimeField(null=True)
    by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["brand", "number"], name="plan_version_number_once"),
            models.UniqueConstraint(
                fields=["brand"],
                condition=models.Q(in_force_from__isnull=False, in_force_until__isnull=True),
                name="one_plan_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} (no. {self.number})"
