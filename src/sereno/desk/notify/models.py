"""Telling people: how each can be reached, what they are to know, and each try to tell them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sereno.desk.accounts.models import Brand, User


class Kind(models.TextChoices):
    MAIL = "mail", _("E-mail")
    APPRISE = "apprise", _("Message service")


class ContactWay(models.Model):
    """One way to reach a person. Its address is a secret: it is encrypted, and shown masked alone."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="contact_ways")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    own = models.BooleanField(default=False)
    """The account's own e-mail address, wherever it moves; it cannot be removed, so that everybody has a way."""
    address = models.BinaryField(default=bytes)
    """Encrypted (`keys.py`): an e-mail address, or an Apprise URL with its tokens. Empty: the account's own."""
    masked = models.CharField(max_length=120)
    """As it may be shown: `ntfy · ntfy.sh · …`."""
    channel = models.CharField(max_length=120)
    """What the ways through one service share: `mail`, `ntfy://ntfy.sh`."""
    label = models.CharField(max_length=60, blank=True)
    """What the person calls it."""
    position = models.PositiveIntegerField()
    """The first is tried first."""
    red_only = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField(null=True)
    """When a code that was sent there came back. Nothing but the code is sent before."""
    code = models.BinaryField(default=bytes)
    """Encrypted."""
    code_until = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    broken_since = models.DateTimeField(null=True)
    """Since when nothing gets through; the next that does clears it."""
    rests_until = models.DateTimeField(null=True)
    """A broken way is tried after the others until then."""
    failures = models.PositiveIntegerField(default=0)
    """One after another."""
    last_error = models.CharField(max_length=200, blank=True)
    """A code of ours with at most a status: never an address."""
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=models.Q(own=True), name="own_address_once"),
        ]
        indexes = [models.Index(fields=["user", "position"])]

    def __str__(self) -> str:
        return f"{self.kind} way {self.pk}"


class Preference(models.Model):
    """How a person wants to be told. The row is also the lock under which their messages are put together."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="notify_preference")
    quiet = models.JSONField(default=list)
    """`[{"days": [0, …, 6], "from": "22:00", "until": "07:00"}]`: days on which it begins, in the account's zone."""
    digest_minutes = models.PositiveSmallIntegerField(default=15)
    """What is not urgent is gathered for so long."""
    red_all_ways = models.BooleanField(default=True)
    """Red goes by all ways at once; else by the first, and by the next where it fails."""

    def __str__(self) -> str:
        return f"preference of {self.user_id}"


class Urgency(models.TextChoices):
    IMMEDIATE = "immediate", _("At once")
    BATCHED = "batched", _("Gathered")


class NotificationState(models.TextChoices):
    WAITING = "waiting", _("Waits")
    REACHED = "reached", _("Sent")
    """Handed over to a channel; whether somebody reads it, only acknowledging tells."""
    UNREACHED = "unreached", _("Not reached")
    """Every way failed, or there is none; it is tried again."""
    BELL = "bell", _("In the product alone")
    """No e-mail is set up here, and the person has no other way."""
    GIVEN_UP = "given_up", _("Given up")
    WITHDRAWN = "withdrawn", _("No longer needed")


class Notification(models.Model):
    """One person is to know one thing. Ids, enumerated values and moments only; the words are made when it is sent."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, null=True, related_name="+")
    """Null: it concerns the person's account."""
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, null=True, related_name="notifications")
    line = models.BigIntegerField(null=True)
    happening = models.BigIntegerField(null=True)
    """Keys of duty's rows; duty stands above, so no foreign keys."""
    code = models.CharField(max_length=40)
    values = models.JSONField(default=dict)
    light = models.CharField(max_length=6, blank=True)
    """Red bends quiet hours."""
    urgency = models.CharField(max_length=10, choices=Urgency.choices)
    state = models.CharField(max_length=10, choices=NotificationState.choices, default=NotificationState.WAITING)
    round = models.PositiveSmallIntegerField(default=1)
    """All ways failed: the next round, later."""
    created_at = models.DateTimeField()
    reached_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    """When it was withdrawn or given up."""
    seen_at = models.DateTimeField(null=True)
    """In the product."""

    class Meta:
        indexes = [
            models.Index(fields=["brand", "id"]),  # live: what came after n
            models.Index(fields=["user", "brand", "seen_at"]),  # the bell
            models.Index(fields=["line"]),
        ]

    def __str__(self) -> str:
        return f"notification {self.pk}"


class DeliveryState(models.TextChoices):
    QUEUED = "queued", _("Waits")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    UNKNOWN = "unknown", _("May have arrived")
    """Begun several times, and never known how it ended."""
    GATHERED = "gathered", _("Told together with another")
    WITHDRAWN = "withdrawn", _("No longer needed")


class Held(models.TextChoices):
    """Why a message waits."""

    NOT = "", ""
    DIGEST = "digest", _("gathered with others")
    QUIET = "quiet", _("quiet hours")
    THROTTLE = "throttle", _("many at once")
    RETRY = "retry", _("tried again")


class Delivery(models.Model):
    """One notification on one way. `sending` with a lease that ran out may have gone out: tried again with its key."""

    notification = models.ForeignKey(Notification, on_delete=models.CASCADE, related_name="deliveries")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    """Of the notification: whose turn it is, is asked every half second."""
    way = models.ForeignKey(ContactWay, on_delete=models.SET_NULL, null=True, related_name="+")
    """Null: chosen when it is sent; or the way was removed."""
    masked = models.CharField(max_length=120, blank=True)
    """Of the way, which may be removed later."""
    channel = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.QUEUED)
    held = models.CharField(max_length=10, choices=Held.choices, default=Held.NOT, blank=True)
    key = models.UUIDField(unique=True)
    """Message-ID and Idempotency-Key: the same at each attempt."""
    round = models.PositiveSmallIntegerField(default=1)
    attempts = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField()
    next_try_at = models.DateTimeField(null=True)
    """Null: nothing more is due."""
    lease = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True)
    began_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)
    carried_by = models.ForeignKey(Notification, on_delete=models.CASCADE, null=True, related_name="carries")
    """Gathered: the notification whose message tells of it."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notification", "way"], name="one_delivery_a_way"),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], condition=models.Q(next_try_at__isnull=False), name="delivery_due"),
            models.Index(fields=["user", "state"]),
            models.Index(fields=["user", "began_at"]),  # the throttle
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk}"
