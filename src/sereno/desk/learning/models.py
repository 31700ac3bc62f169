"""What each brand's team taught: corrections of the reader, one after the other, at most one at work (ADR 13)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sereno.desk.accounts.models import Brand
from sereno.desk.plans.models import PlanVersion


class CorrectionState(models.TextChoices):
    PROPOSED = "proposed", _("Waits for a decision")
    ACTIVE = "active", _("At work")
    REPLACED = "replaced", _("Replaced by a later one")
    """Comes back when the later one is undone."""
    UNDONE = "undone", _("Undone")
    DISCARDED = "discarded", _("Thrown away")


class LearnedCorrection(models.Model):
    """One fitted correction with what it was measured to do. Its weights never change."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="corrections")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=CorrectionState.choices, default=CorrectionState.PROPOSED)
    reader = models.CharField(max_length=60)
    """The model version that it corrects and was measured on."""
    plan_version = models.ForeignKey(PlanVersion, on_delete=models.RESTRICT, related_name="+")
    """The plan under which it was measured."""
    decisions = models.PositiveIntegerField()
    """Overruled ones that it was made from."""
    helps = models.BooleanField()
    figures = models.JSONField()
    """`figures.Figures`: counts and post ids, no text."""
    weights = models.JSONField()
    """`engine.correction.Correction`. Its words come from posts, each from several authors."""
    replaces = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    """What was at work before it."""
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(null=True)
    """The person; null for the command line."""
    activated_at = models.DateTimeField(null=True)
    activated_by_id = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    """When it was undone or thrown away."""
    ended_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["brand", "number"], name="correction_number_once"),
            models.UniqueConstraint(
                fields=["brand"], condition=models.Q(state="active"), name="one_correction_at_work"
            ),
            models.UniqueConstraint(
                fields=["brand"], condition=models.Q(state="proposed"), name="one_correction_proposed"
            ),
            # nothing is switched on that was measured to do harm
            models.CheckConstraint(
                condition=~models.Q(state="active") | models.Q(helps=True), name="active_only_if_it_helps"
            ),
        ]

    def __str__(self) -> str:
        return f"correction {self.number}"
