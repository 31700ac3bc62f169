"""The life of each brand's crisis plan: drafts, what they would have done to the past, versions, who knows them.

A light is always explained by the version that gave it, so a version is never changed, only followed by another.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sereno.desk.accounts.models import Brand, User


class Origin(models.TextChoices):
    """How a version came in force."""

    COMMAND = "command", _("Put in force by one person")
    """The brand's first plan, or one from the command line: nobody approved it."""
    DRAFT = "draft", _("Drafted, checked, replayed and approved")
    ROLLBACK = "rollback", _("Rolled back")


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
    """Who put it in force, or set the moment at which it came in force; null for the command line."""
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.COMMAND)
    summary = models.TextField(blank=True, default="")
    """Why, in the words of whoever put it in force; of a roll-back: the reason."""
    edited_by_id = models.BigIntegerField(null=True)
    """Who edited the text last."""
    editors = models.JSONField(default=list)
    """Ids of everybody who edited the text since the version it started from, in the order of their first edits."""
    edited_at = models.DateTimeField(null=True)
    approved_by_id = models.BigIntegerField(null=True)
    approved_at = models.DateTimeField(null=True)
    approval_words = models.TextField(blank=True, default="")
    back_to = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    """Of a roll-back: the version whose text came back."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["brand", "number"], name="plan_version_number_once"),
            models.UniqueConstraint(
                fields=["brand"],
                condition=models.Q(in_force_from__isnull=False, in_force_until__isnull=True),
                name="one_plan_in_force",
            ),
            # what comes from a draft was approved by somebody else
            models.CheckConstraint(
                condition=~models.Q(origin="draft")
                | (models.Q(approved_by_id__isnull=False) & ~models.Q(approved_by_id=models.F("edited_by_id"))),
                name="version_approved_by_a_second",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} (no. {self.number})"


class DraftState(models.TextChoices):
    """Where a draft stands. Check, replay and approval speak of one text; any edit goes back to `draft`."""

    DRAFT = "draft", _("Draft")
    CHECKED = "checked", _("Checked")
    """Without errors, and its own tests pass."""
    REPLAYED = "replayed", _("Replayed")
    """Against the version that is in force."""
    APPROVED = "approved", _("Approved")
    IN_FORCE = "in_force", _("Put in force")
    """It became a version; no longer edited."""
    DISCARDED = "discarded", _("Thrown away")


LIVING = (DraftState.DRAFT, DraftState.CHECKED, DraftState.REPLAYED, DraftState.APPROVED)


class PlanDraft(models.Model):
    """A plan that is being written. A brand may have several, each with a name. Its text may have faults."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="plan_drafts")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    """What the team calls it: `Christmas`, `After the recall`."""
    text = models.TextField()
    digest = models.CharField(max_length=64)
    based_on = models.ForeignKey(PlanVersion, on_delete=models.SET_NULL, null=True, related_name="+")
    """The version it started from; null where it was imported or written from nothing."""
    revision = models.PositiveIntegerField(default=1)
    """Counts the texts that were saved; whoever saves says which one they started from."""
    state = models.CharField(max_length=10, choices=DraftState.choices, default=DraftState.DRAFT)
    created_by_id = models.BigIntegerField()
    created_at = models.DateTimeField()
    edited_by_id = models.BigIntegerField()
    """Who edited it last."""
    editors = models.JSONField(default=list)
    """Ids of everybody who edited the text since `based_on`, in the order of their first edits; none of them approves.
    Whoever starts a draft from another text than the one in force has chosen it, and is among them."""
    edited_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    checked_by_id = models.BigIntegerField(null=True)
    replay = models.ForeignKey("PlanReplay", on_delete=models.SET_NULL, null=True, related_name="+")
    """The replay of this very text that counts."""
    asked_at = models.DateTimeField(null=True)
    """When somebody asked for approval."""
    asked_by_id = models.BigIntegerField(null=True)
    approved_digest = models.CharField(max_length=64, blank=True, default="")
    approved_at = models.DateTimeField(null=True)
    approved_by_id = models.BigIntegerField(null=True)
    approval_words = models.TextField(blank=True, default="")
    in_force_at = models.DateTimeField(null=True)
    """The moment at which the worker puts it in force; null where nobody set one."""
    scheduled_by_id = models.BigIntegerField(null=True)
    summary = models.TextField(blank=True, default="")
    """Why it comes in force, in the words of whoever decided so."""
    version = models.ForeignKey(PlanVersion, on_delete=models.SET_NULL, null=True, related_name="drafts")
    """What it became."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["brand", "number"], name="plan_draft_number_once"),
            # whatever code runs: an approval is a second person's, and of the very text that stands
            models.CheckConstraint(
                condition=~models.Q(state="approved")
                | (
                    models.Q(approved_by_id__isnull=False, approved_digest=models.F("digest"))
                    & ~models.Q(approved_by_id=models.F("edited_by_id"))
                ),
                name="draft_approved_by_a_second",
            ),
            models.CheckConstraint(
                condition=models.Q(in_force_at__isnull=True) | models.Q(state="approved"),
                name="only_the_approved_is_scheduled",
            ),
        ]
        indexes = [
            models.Index(  # the worker's tick: what comes in force now
                fields=["in_force_at"], name="plan_scheduled", condition=models.Q(in_force_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"draft {self.number} of {self.brand_id}: {self.name}"


class ReplayState(models.TextChoices):
    WAITING = "waiting", _("Waits for the worker")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class ReplayStage(models.TextChoices):
    """What a replay is busy with; `posts_done` counts within the stage."""

    LOADING = "loading", _("Loading the stored posts")
    MATCHING = "matching", _("Looking for the new watches in the stored posts")
    READING = "reading", _("Reading posts that no watch had found")
    JUDGING = "judging", _("Judging the past by both plans")
    COMPARING = "comparing", _("Comparing")
    STORING = "storing", _("Explaining what changes")


class PlanReplay(models.Model):
    """A plan over the brand's stored posts, against a version. The row is the queue (ADR 10)."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="plan_replays")
    draft = models.ForeignKey(PlanDraft, on_delete=models.CASCADE, related_name="replays")
    text = models.TextField()
    """What is replayed: the draft goes on being edited meanwhile."""
    digest = models.CharField(max_length=64)
    against = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(null=True)
    """Only posts that reached us from then on; null: all."""
    people = models.JSONField(null=True)
    """Per role of the plan, how many are on duty; null: not asked."""
    minutes_per_answer = models.PositiveSmallIntegerField(default=10)
    as_if_live = models.BooleanField(default=False)
    """Posts that were brought in from the past count as if they had come in when they were written."""
    state = models.CharField(max_length=10, choices=ReplayState.choices, default=ReplayState.WAITING)
    stage = models.CharField(max_length=12, choices=ReplayStage.choices, blank=True, default="")
    posts = models.PositiveIntegerField(default=0)
    """In this stage."""
    posts_done = models.PositiveIntegerField(default=0)
    asked_by_id = models.BigIntegerField()
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    """A worker is at it until then; in the past: that worker never came back."""
    lease = models.CharField(max_length=32, blank=True, default="")
    """Whose it is: a worker that lost it writes nothing more."""
    attempts = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=40, blank=True, default="")
    """Why it failed or was cancelled, as a code: `never_finished`, `no_longer_valid`, `error`, `by_person`, `newer`."""
    error = models.TextField(blank=True, default="")
    """In plain English, for the log's sake."""
    result = models.JSONField(null=True)
    """`engine.replay.difference.Difference`."""
    counts = models.JSONField(default=dict)
    """What it was counted from (`plans.results.Counts`)."""
    changed = models.PositiveIntegerField(default=0)
    """Posts whose light, route or deadlines change; the gravest of them stand as `ReplayedPost`."""

    class Meta:
        indexes = [
            models.Index(  # the worker's tick: what waits to be replayed
                fields=["id"], name="replay_waiting", condition=models.Q(state__in=("waiting", "running"))
            ),
        ]

    def __str__(self) -> str:
        return f"replay {self.pk} of draft {self.draft_id}"


class ReplayedPost(models.Model):
    """A stored post that the plan would have judged otherwise. Ids, enumerated values and reasons; no text."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="+")
    replay = models.ForeignKey(PlanReplay, on_delete=models.CASCADE, related_name="changed_posts")
    post = models.ForeignKey("intake.Post", on_delete=models.CASCADE, related_name="+")
    received_at = models.DateTimeField()
    network = models.CharField(max_length=40)
    rank_before = models.SmallIntegerField()
    """-1 no light, 0 green, 1 amber, 2 red."""
    rank_after = models.SmallIntegerField()
    rank_change = models.SmallIntegerField()
    """After less before: above 0 it becomes graver."""
    decided = models.SmallIntegerField(null=True)
    """The light that the team decided in the end, as a rank; null where nobody did."""
    step_before = models.CharField(max_length=60, blank=True)
    step_after = models.CharField(max_length=60, blank=True)
    role_before = models.CharField(max_length=60, blank=True)
    role_after = models.CharField(max_length=60, blank=True)
    wakes_before = models.BooleanField(default=False)
    wakes_after = models.BooleanField(default=False)
    first_answer_before = models.DateTimeField(null=True)
    first_answer_after = models.DateTimeField(null=True)
    reasons_before = models.JSONField(default=list)
    reasons_after = models.JSONField(default=list)
    """As in `listening.Judgement.reasons`; empty where no watch of that plan finds the post."""
    watched_before = models.BooleanField(default=True)
    watched_after = models.BooleanField(default=True)
    """False: no watch of the plan finds it, so nobody would have seen it."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["replay", "post"], name="replayed_post_once")]
        indexes = [
            models.Index(fields=["replay", "-rank_after", "-rank_change", "post"], name="replayed_gravest"),
            models.Index(fields=["replay", "received_at"], name="replayed_in_time"),
        ]


class PlanKnown(models.Model):
    """A member confirmed having read a version."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="known_by")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "user"], name="plan_known_once")]
