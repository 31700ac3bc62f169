"""What pages ask: the bell, a case's deliveries, a person's ways, who can be reached, whether channels work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Count, Max, Q

from sereno.desk.accounts.models import Brand, User
from sereno.desk.notify.choosing import rests
from sereno.desk.notify.faults import in_words
from sereno.desk.notify.models import ContactWay, Delivery, DeliveryState, Kind, Notification, Preference, Urgency
from sereno.desk.notify.quiet import quiet_until
from sereno.desk.notify.ways import own_way

OVERDUE = timedelta(minutes=1)
LOOK_BACK = timedelta(hours=24)
BELL = 50
"""The bell lists so many; more are counted."""


def unseen(user: User, brand: Brand) -> list[Notification]:
    """The newest first."""
    mine = Notification.objects.filter(user=user, brand=brand, seen_at__isnull=True)
    return list(mine.select_related("brand", "user").order_by("-id")[:BELL])


def unseen_count(user: User, brand: Brand) -> int:
    return Notification.objects.filter(user=user, brand=brand, seen_at__isnull=True).count()


def mark_seen(user: User, brand: Brand, *, now: datetime, up_to: int | None = None) -> int:
    """`up_to`: the newest that the page showed, so that what came meanwhile stays unseen."""
    mine = Notification.objects.filter(user=user, brand=brand, seen_at__isnull=True)
    return (mine if up_to is None else mine.filter(pk__lte=up_to)).update(seen_at=now)


def latest_for(brand_id: int, user_id: int) -> int:
    """The number of the newest that this person was told in the brand; 0 where nothing was."""
    mine = Notification.objects.filter(brand_id=brand_id, user_id=user_id)
    return mine.aggregate(last=Max("pk"))["last"] or 0


def latest_of(brand_id: int) -> int:
    """The same for anybody of the brand: asked each second, and an index answers it."""
    return Notification.objects.filter(brand_id=brand_id).aggregate(last=Max("pk"))["last"] or 0


def deliveries_of(case: models.Model, *, line: int | None = None) -> list[Delivery]:
    """Each try to tell somebody of this case, in order, with what carried it where it was told with others."""
    tries = Delivery.objects.filter(notification__case=case.pk)
    if line is not None:
        tries = tries.filter(notification__line=line)
    return list(tries.select_related("notification", "user", "way", "carried_by").order_by("queued_at", "pk"))


def ways_of(user: User, *, now: datetime) -> list[ContactWay]:
    """In the person's order; the account's own address among them."""
    own_way(user, now=now)
    return list(ContactWay.objects.filter(user=user).order_by("position", "pk"))


def preference_of(user: User) -> Preference:
    return Preference.objects.get_or_create(user=user)[0]


def reachable(user_ids: Iterable[int], *, now: datetime, light: str = "red", inside: bool = False) -> set[int]:
    """Who can be told of a case with this light now, as far as we know: a way that is not broken, and no quiet hours.

    A broken way counts again when its rest is over: only a try tells whether it was mended. `inside`: of a demo brand,
    which tells everybody in the product alone; only quiet hours count. For what is not urgent the bell will do.
    """
    asked = User.objects.filter(pk__in=list(user_ids), is_active=True)
    people = {user.pk: user for user in asked}
    ways = ContactWay.objects.filter(user__in=people.values(), confirmed_at__isnull=False)
    known: dict[int, list[ContactWay]] = {}
    for way in ways:
        known.setdefault(way.user_id, []).append(way)
    quiet = dict(Preference.objects.filter(user__in=people.values()).values_list("user_id", "quiet"))
    return {
        key
        for key, user in people.items()
        if (inside or _has_a_way(known.get(key, []), light, now))
        and (light == "red" or quiet_until(quiet.get(key) or [], user.timezone, now) is None)
    }


def _has_a_way(ways: list[ContactWay], light: str, now: datetime) -> bool:
    outside = _leads_out(ways)
    if _writes_to_account(ways):
        return True
    if not outside:
        return light not in ("red", "amber")  # what waits for nobody: the bell in the product will do
    return any(
        (light == "red" or not way.red_only) and not (way.broken_since is not None and rests(way, now))
        for way in outside
    )


def without_a_way(user_ids: Iterable[int]) -> set[int]:
    """Whom nothing reaches outside of the product, not even red: no way that is set up here and gets through."""
    asked = set(user_ids)
    known: dict[int, list[ContactWay]] = {}
    for way in ContactWay.objects.filter(user__in=asked, confirmed_at__isnull=False):
        known.setdefault(way.user_id, []).append(way)
    return {
        key
        for key in asked
        if not _writes_to_account(known.get(key, []))
        and all(way.failures >= GETS_NOT_THROUGH for way in _leads_out(known.get(key, [])))
    }


def _leads_out(ways: Iterable[ContactWay]) -> list[ContactWay]:
    mail = settings.SERENO_SMTP is not None
    return [way for way in ways if way.kind != Kind.MAIL or mail]


def _writes_to_account(ways: Iterable[ContactWay]) -> bool:
    """The account's own address, whose row is made when it is first used."""
    return settings.SERENO_SMTP is not None and not any(way.own for way in ways)


@dataclass(frozen=True, slots=True)
class ChannelHealth:
    channel: str
    """`mail`, `tgram`, `ntfys://ntfy.example:443`."""
    sent: int
    """In the last day."""
    failed: int
    last_sent_at: datetime | None
    last_failed_at: datetime | None
    last_error: str

    @property
    def why(self) -> str:
        """The last fault in the reader's language."""
        return in_words(self.last_error)

    @property
    def works(self) -> bool:
        return self.last_failed_at is None or (
            self.last_sent_at is not None and self.last_sent_at >= self.last_failed_at
        )


@dataclass(frozen=True, slots=True)
class MessageHealth:
    mail_is_set: bool
    """False: SERENO_SMTP_URL is not set; nobody gets e-mail."""
    links_are_set: bool
    """False: SERENO_URL is not set; messages carry no link."""
    overdue: int
    """Due for more than a minute and not begun: no worker sends."""
    waits_since: datetime | None
    channels: tuple[ChannelHealth, ...]


def channels(now: datetime) -> MessageHealth:
    """For the health page."""
    late = Delivery.objects.filter(next_try_at__lt=now - OVERDUE)
    # one that failed on the only way there is waits on the same row for its next round
    bad = Q(state__in=[DeliveryState.FAILED, DeliveryState.UNKNOWN]) | (Q(state=DeliveryState.QUEUED) & ~Q(error=""))
    day = Delivery.objects.filter(began_at__gt=now - LOOK_BACK).exclude(channel="")
    rows = day.values("channel").annotate(
        sent=Count("pk", filter=Q(state=DeliveryState.SENT)),
        failed=Count("pk", filter=bad),
        last_sent=Max("sent_at"),
        last_failed=Max("began_at", filter=bad),
    )
    found = [
        ChannelHealth(
            row["channel"], row["sent"], row["failed"], row["last_sent"], row["last_failed"],
            _last_error(row["channel"], now) if row["failed"] else "",
        )
        for row in rows.order_by("channel")
    ]  # fmt: skip
    waits = late.order_by("next_try_at").values_list("next_try_at", flat=True).first()
    return MessageHealth(settings.SERENO_SMTP is not None, bool(settings.SERENO_URL), late.count(), waits, tuple(found))


SERVER_FAULTS = frozenset(
    {"certificate", "tls", "no_tls", "no_sign_in", "sign_in", "status", "refused", "too_slow", "unreachable", "ended"}
)
"""Of the mail server, whoever is written to."""
LATELY = timedelta(hours=1)
GETS_NOT_THROUGH = 3
"""Failures of a way, one after another."""


def mail_fault(now: datetime) -> str:
    """Why the mail server took nothing when it was tried last, within the hour; empty where it takes mail."""
    tried = Delivery.objects.filter(channel="mail", began_at__gt=now - LATELY).exclude(state=DeliveryState.SENDING)
    last = tried.order_by("-began_at", "-pk").first()
    fault = last.error if last is not None and last.state != DeliveryState.SENT else ""
    return fault if fault.partition(" ")[0] in SERVER_FAULTS else ""


def _last_error(channel: str, now: datetime) -> str:
    bad = Delivery.objects.filter(channel=channel, began_at__gt=now - LOOK_BACK).exclude(error="")
    last = bad.order_by("-began_at", "-pk").first()
    return last.error if last is not None else ""


def pages_since(user_ids: Iterable[int], since: datetime) -> dict[int, int]:
    """How often each person was paged: messages that were not gathered. For fairness."""
    begun = Delivery.objects.filter(
        user__in=list(user_ids), began_at__gte=since, notification__urgency=Urgency.IMMEDIATE
    )
    return dict(begun.order_by().values_list("user_id").annotate(Count("notification_id", distinct=True)))
