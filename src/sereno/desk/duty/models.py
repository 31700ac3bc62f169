"""Who is on duty, and each case on its way up the chain: rosters, lines, what happened to them, pauses, swaps, health.

The roster is one text, versioned like the plan (ADR 15): every change makes a new version, and a version is never
changed. A line is a snapshot: a new plan moves nobody about in the middle of the night. Happenings are numbered and
only ever appended; the unique number stops two workers from calling twice.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sereno.desk.accounts.models import Brand, User
from sereno.desk.cases.models import Case
from sereno.desk.plans.models import PlanVersion

CHAIN = "chain"
"""The name of the line that follows the plan's chain; every other line is named after the role that a rule calls."""


class RosterVersion(models.Model):
    """One text of the roster. Never changed, only followed by another."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="roster_versions")
    number = models.PositiveIntegerField()
    roster_id = models.CharField(max_length=120)
    """The document's own name and version, such as `starter@2026.11.1`."""
    text = models.TextField()
    digest = models.CharField(max_length=64)
    in_force_from = models.DateTimeField()
    in_force_until = models.DateTimeField(null=True)
    """Null: in force now."""
    by_id = models.BigIntegerField(null=True)
    """Who changed it; null for the command line."""
    change = models.JSONField(default=dict)
    """What was changed, as a code with its values: {"what": "absence-added", "person": "lucia", …}."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["brand", "number"], name="roster_version_number_once"),
            models.UniqueConstraint(
                fields=["brand"], condition=models.Q(in_force_until__isnull=True), name="one_roster_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.roster_id} (no. {self.number})"


class Line(models.Model):
    """One way up: the chain as it was when the case entered it, or the role that a rule called by name."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="lines")
    name = models.CharField(max_length=60)
    """`chain`, or the role that was called by name."""
    turn = models.PositiveSmallIntegerField()
    """How often the case has called for people; a graver light begins a new turn, and ends the lines before it."""
    degree = models.CharField(max_length=6)
    """The light it was opened for: none, green, amber or red."""
    links = models.JSONField()
    """[{step, role, within (seconds), always, deputy}] in order."""
    network = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=10, blank=True)
    """Empty: any. Who stands in for this network and language is called first."""
    plan_version = models.ForeignKey(PlanVersion, on_delete=models.RESTRICT, related_name="+")
    """Whose duty hours count."""
    starts_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    """When the next thing happens. Null: the line is over."""
    over_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    """How often moving it on failed in a row; it is tried again a little later each time."""
    fault = models.TextField(blank=True, default="")
    """Why the last attempt failed: the error's kind and words, in English."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "name", "turn"], name="line_once"),
            # a line that is not over always has a next moment: nobody waits for nothing
            models.CheckConstraint(
                condition=models.Q(due_at__isnull=True, over_at__isnull=False)
                | models.Q(due_at__isnull=False, over_at__isnull=True),
                name="line_due_or_over",
            ),
        ]
        indexes = [
            # what is due; a line that is over stands in no index
            models.Index(fields=["due_at"], condition=models.Q(due_at__isnull=False), name="lines_due"),
            models.Index(fields=["brand", "due_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.name} of case {self.case_id}, turn {self.turn}"


class LineHappening(models.Model):
    """What happened to a line, in order. Never changed. See `engine.duty.escalation.Happening`."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="+")
    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="happenings")
    number = models.PositiveIntegerField()
    """From 1."""
    what = models.CharField(max_length=14)
    """called, passed, nobody, acknowledged, handed_back, escalated, lowered, stopped."""
    at = models.DateTimeField()
    link = models.PositiveSmallIntegerField()
    """Its place in the line's links, from 0."""
    people = models.JSONField(default=list)
    """The roster's names of whoever was called."""
    users = models.JSONField(default=list)
    """Their accounts' ids."""
    acknowledge_by = models.DateTimeField(null=True)
    how = models.CharField(max_length=10, blank=True)
    """on_duty, deputy or everybody."""
    round = models.PositiveIntegerField(default=0)
    by_id = models.BigIntegerField(null=True)
    """The person who did it; null for the software."""
    reason = models.TextField(blank=True, default="")
    """A person's words; of the software's own: a code (`answered`, `closed`, `graver`, `nobody-stands`)."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "number"], name="happening_once")]

    def __str__(self) -> str:
        return f"{self.number}. {self.what}"


class Pause(models.Model):
    """The clock of a case stands still, because somebody said why. One at a time."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="pauses")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.TextField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    """Null: it stands still now."""
    until = models.DateTimeField(null=True)
    """When it ends by itself; null: when somebody says so."""
    ended_by_id = models.BigIntegerField(null=True)
    """Null where it ended by itself: the person wrote again, or the light became graver."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=models.Q(ends_at__isnull=True), name="one_pause_a_case")
        ]


class HandOver(models.Model):
    """What whoever goes off duty leaves for whoever comes on."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=60)
    shift = models.CharField(max_length=60, blank=True)
    """The roster's name of the shift that ended; empty where there is none."""
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["brand", "role", "-at"])]


class HandOverRead(models.Model):
    """Who read a hand-over note, and when."""

    note = models.ForeignKey(HandOver, on_delete=models.CASCADE, related_name="read_by")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["note", "user"], name="hand_over_read_once")]


class CalendarRenewal(models.Model):
    """How often somebody had their calendar addresses of a brand made anew: older ones end. No row: never."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    times = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brand", "user"], name="one_calendar_renewal")]


class SwapState(models.TextChoices):
    ASKED = "asked", _("Asked")
    CONFIRMED = "confirmed", _("Both agreed")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Swap(models.Model):
    """Two people change places for a time. It stands in the roster once the other has agreed."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    stretches = models.JSONField()
    """[{role, starts, ends, person, instead_of}]: `person` takes over from `instead_of`; moments with their zone.
    One that only asks for a favour has one stretch, an exchange has one for each of the two."""
    words = models.TextField(blank=True, default="")
    state = models.CharField(max_length=10, choices=SwapState.choices, default=SwapState.ASKED)
    asked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    version = models.ForeignKey(RosterVersion, on_delete=models.SET_NULL, null=True, related_name="+")
    """The roster in which it stands."""

    class Meta:
        indexes = [models.Index(fields=["brand", "state"])]


class HealthCheck(models.Model):
    """What the auditor saw last. One row for each place that it runs in: `worker`, `command`."""

    place = models.CharField(max_length=20, unique=True)
    checked_at = models.DateTimeField()
    """By the clock on the wall."""
    boot = models.CharField(max_length=64, blank=True)
    """The machine's boot; its steady clock counts from there."""
    steady = models.FloatField(default=0)
    """Seconds of the steady clock, which nobody sets."""
    findings = models.JSONField(default=list)
    pinged_at = models.DateTimeField(null=True)
    """When the outside monitor last heard that all is well."""
    ping_fault = models.TextField(blank=True, default="")
