"""What the engine said of each post: which watches it matched, what it says, how serious it is and whose turn.

Readings are cached by model version and text; a judgement keeps the context it was given, so that a replay gives
what the inbox gave. No text in here: evidence is spans, reasons are data (ADR 1, 5, 8).
"""

from __future__ import annotations

from django.db import models

from sereno.desk.accounts.models import Brand
from sereno.desk.intake.models import Post
from sereno.desk.plans.models import PlanVersion


class Mention(models.Model):
    """A post matched a watch."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="mentions")
    watch = models.CharField(max_length=60)
    kind = models.CharField(max_length=12)
    terms = models.JSONField(default=list)
    spans = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "watch"], name="mention_once")]
        indexes = [models.Index(fields=["brand", "watch", "post"])]


class Reading(models.Model):
    """What a text says, by one model version. The columns of `engine.read.Readings`."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="readings")
    model = models.CharField(max_length=60)
    text_digest = models.CharField(max_length=64)
    """Of the text that was read: an edited post is read again."""
    language = models.CharField(max_length=10)
    kind = models.CharField(max_length=12)
    kind_probability = models.FloatField()
    complaint = models.FloatField()
    polarity = models.CharField(max_length=10)
    severity = models.CharField(max_length=24, null=True)
    hostile = models.FloatField()
    call_to_action = models.FloatField()
    risks = models.JSONField(default=list)
    claims = models.JSONField(default=list)
    topic = models.CharField(max_length=40)
    evidence = models.JSONField(default=list)
    """[[signal, start, end], …] in code points of `PostText.whole()`."""
    taught = models.JSONField(null=True)
    """What the team's corrections changed (`engine.read.Taught`); null where nothing."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "model", "text_digest"], name="reading_once")]


class Judgement(models.Model):
    """Light, route and reasons of one post, by one plan version, with the context they were given in."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="judgements")
    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="+")
    plan_version = models.ForeignKey(PlanVersion, on_delete=models.RESTRICT, related_name="+")
    rules = models.CharField(max_length=30)
    """Version of the judging rules (`engine.judge.RULE_VERSION`)."""
    light = models.CharField(max_length=6, null=True)
    text_light = models.CharField(max_length=6, null=True)
    reach_level = models.CharField(max_length=60, null=True)
    reasons = models.JSONField(default=list)
    context = models.JSONField(default=dict)
    step = models.CharField(max_length=60)
    role = models.CharField(max_length=60)
    area = models.CharField(max_length=60, blank=True)
    called = models.JSONField(default=list)
    """Roles of the plan that matching rules call by name."""
    chain_waits = models.BooleanField(default=False)
    """The step's role is called only where none of `called` acknowledges in time."""
    guides = models.JSONField(default=list)
    """Guides of the plan to be read first."""
    acknowledge_by = models.DateTimeField(null=True)
    first_answer_by = models.DateTimeField(null=True)
    next_answer_by = models.DateTimeField(null=True)
    resolve_by = models.DateTimeField(null=True)
    statutory_by = models.DateTimeField(null=True)
    law = models.CharField(max_length=300, blank=True)
    wakes = models.BooleanField(default=False)
    judged_at = models.DateTimeField()
    current = models.BooleanField(default=True)
    """The latest of its post; older ones stay for the record."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post"], condition=models.Q(current=True), name="one_current_judgement"),
        ]
        indexes = [
            models.Index(  # a replay walks through the brand's past
                fields=["brand", "post"], name="judgement_past", condition=models.Q(current=True)
            ),
        ]


class Overrule(models.Model):
    """A person found the light wrong. Remembered: it explains the case and later teaches the reader.

    The person's words stand in `cases.CaseNote`, which can be erased.
    """

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="overrules")
    judgement = models.ForeignKey(Judgement, on_delete=models.CASCADE, related_name="overrules")
    from_light = models.CharField(max_length=6, null=True)
    to_light = models.CharField(max_length=6, null=True)
    by_id = models.BigIntegerField()
    at = models.DateTimeField()
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post"], condition=models.Q(current=True), name="one_current_overrule"),
        ]


class KindOverrule(models.Model):
    """A person found that the post is of another kind than it was read. Kept like `Overrule`, and for the same ends."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="kind_overrules")
    judgement = models.ForeignKey(Judgement, on_delete=models.CASCADE, related_name="kind_overrules")
    from_kind = models.CharField(max_length=12)
    to_kind = models.CharField(max_length=12)
    by_id = models.BigIntegerField()
    at = models.DateTimeField()
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post"], condition=models.Q(current=True), name="one_current_kind_overrule"
            ),
        ]
