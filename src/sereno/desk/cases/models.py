"""Cases: one person's matter with all its posts, from the first day (ADR 4)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sereno.desk.accounts.models import Brand, User
from sereno.desk.intake.models import Author, Post

LIGHT_RANKS: dict[str | None, int] = {None: 0, "green": 1, "amber": 2, "red": 3}


class CaseState(models.TextChoices):
    OPEN = "open", _("Open")
    """Waits for us."""
    ANSWERED = "answered", _("Answered")
    """We answered last; not yet solved."""
    CLOSED = "closed", _("Closed")


class ClosureReason(models.TextChoices):
    SOLVED = "solved", _("Solved")
    ANSWERED_ELSEWHERE = "answered_elsewhere", _("Answered elsewhere")
    NO_ANSWER_DUE = "no_answer_due", _("No answer due")
    NOT_ABOUT_US = "not_about_us", _("Not about us")
    SPAM = "spam", _("Spam")
    DUPLICATE = "duplicate", _("Same matter as another case")


class Case(models.Model):
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Author, on_delete=models.SET_NULL, null=True, related_name="cases")
    network = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=CaseState.choices, default=CaseState.OPEN)
    light = models.CharField(max_length=6, null=True)
    """The gravest of its posts, a person's overruling counted."""
    light_rank = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=12)
    topic = models.CharField(max_length=40)
    language = models.CharField(max_length=10)
    """Kind, topic and language of the post that decides the light."""
    step = models.CharField(max_length=60)
    role = models.CharField(max_length=60)
    area = models.CharField(max_length=60, blank=True)
    called = models.TextField(blank=True, default="")
    """Roles of the plan that rules call by name, of all its posts: `|safety_contact|press|`, so that one is found
    with `contains`; see `called.py`."""
    chain_waits = models.BooleanField(default=False)
    """The step's role is called only where no called role acknowledges in time."""
    owner = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="cases")
    deciding_post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    latest_post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    posts_count = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    latest_at = models.DateTimeField()
    """When the newest post of the person arrived."""
    acknowledge_by = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    answer_by = models.DateTimeField(null=True)
    """The next answer that is due: the first, or the next after the person wrote again. Null: none due."""
    answered_at = models.DateTimeField(null=True)
    resolve_by = models.DateTimeField(null=True)
    statutory_by = models.DateTimeField(null=True)
    law = models.CharField(max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    closure_reason = models.CharField(max_length=20, choices=ClosureReason.choices, blank=True)
    backfilled = models.BooleanField(default=False)
    paused_at = models.DateTimeField(null=True)
    """Since when its clock stands still: no deadline but the law's runs. Null: it runs."""
    paused_until = models.DateTimeField(null=True)
    """When it runs on by itself; null: when somebody says so."""
    lines_due = models.BooleanField(default=True)
    """Something happened since duty last looked whether somebody is to be called, or no longer (`desk/duty`)."""

    class Meta:
        constraints = [
            # no case is ever closed by itself: a closed one carries a reason
            models.CheckConstraint(
                condition=~models.Q(state="closed") | ~models.Q(closure_reason=""), name="closed_with_a_reason"
            ),
        ]
        indexes = [
            # the inbox: gravest first, then the newest
            models.Index(fields=["brand", "state", "-light_rank", "-latest_at", "-id"], name="inbox_order"),
            models.Index(fields=["brand", "-light_rank", "-latest_at", "-id"], name="inbox_all"),
            models.Index(fields=["brand", "author", "state"]),  # does this person have an open case?
            models.Index(fields=["brand", "owner", "state"]),  # mine
            models.Index(fields=["brand", "answer_by"]),  # breaching
            # what duty has to look at
            models.Index(fields=["id"], condition=models.Q(lines_due=True), name="cases_lines_due"),
            models.Index(
                fields=["paused_until"], condition=models.Q(paused_until__isnull=False), name="cases_paused_until"
            ),
        ]

    def __str__(self) -> str:
        return f"case {self.pk}"


class CasePost(models.Model):
    """A post belongs to one case at most."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="case_posts")
    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="case_post")


class CaseEvent(models.Model):
    """The history of a case: what happened, when, by whom. Ids and enumerated values only; words are in notes.

    Its ids also drive the live inbox: whoever saw event n asks what came after it.
    """

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=30)
    """opened, post_joined, reopened, answered, taken, assigned, released, overruled, noted, closed, light_changed,
    news_after_overrule; of duty: called, call_passed, call_nobody, acknowledged, handed_back, escalated, lowered,
    consulted, paused, resumed"""
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["brand", "id"])]  # live updates: what came after event n


class CaseNote(models.Model):
    """Words of a person on the team: a note, or the reason of an overruling or a closure. Erasable."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    event = models.OneToOneField(CaseEvent, on_delete=models.CASCADE, null=True, related_name="note")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()
