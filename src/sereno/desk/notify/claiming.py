"""Which messages go out now: one person at a time, so that a storm becomes a few messages and none is lost.

The person's `Preference` row is the lock: two workers never put together messages of one person at once. A claim is a
lease on each delivery, committed before anything is sent; nothing is sent within a transaction. For each person:

1. A delivery whose lease ran out was being sent by a worker that never came back. It is sent again with the same key;
   at the third time it is `unknown`, and the next way is tried.
2. Quiet hours: what is not red waits for their end.
3. What is gathered goes out as one message a brand.
4. What is immediate goes out at once, the gravest first, until the person was paged often enough (`SERENO_PAGES`).
   Then red pages once a minute, the rest when the throttle opens; either takes along whatever waits.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Case as Choice
from django.db.models import Max, Min, Q, When

from sereno.desk.accounts.models import User
from sereno.desk.notify.beside import queue_beside
from sereno.desk.notify.choosing import way_for
from sereno.desk.notify.messages import TEST
from sereno.desk.notify.models import (
    ContactWay,
    Delivery,
    DeliveryState,
    Held,
    Notification,
    Preference,
    Urgency,
)
from sereno.desk.notify.quiet import sleeps_until

LEASE = timedelta(seconds=60)
"""Much longer than any try may last."""
ATTEMPTS = 3
"""Of one delivery that was begun and never finished."""
STORM_MINUTE = timedelta(minutes=1)
PEOPLE_AT_ONCE = 500
"""Looked at in one round: those whose channel is full keep nobody else from theirs."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message that is ours to send."""

    delivery: Delivery
    way: ContactWay
    carried: tuple[Notification, ...] = ()

    @property
    def told(self) -> Notification:
        return self.delivery.notification


@dataclass(slots=True)
class Claimed:
    outgoing: list[Outgoing] = field(default_factory=list)
    hopeless: list[Delivery] = field(default_factory=list)
    """Nothing can be sent: there is no way, or its end was never known. Settled by whoever claimed them."""


Room = Callable[[str, Counter[str]], bool]
"""Whether a channel takes one more at the moment, beside so many just claimed for each channel."""


def anything_due(now: datetime) -> bool:
    """Cheap, and outside of any transaction: asked twice a second."""
    return Delivery.objects.filter(next_try_at__lte=now).exists()


def claim(*, now: datetime, room: Room, most: int) -> Claimed:
    """Take up to `most` messages; each has a lease when this returns."""
    claimed = Claimed()
    for user in _whose_turn(now):
        if len(claimed.outgoing) >= most:
            break
        _claim_of(user, claimed, now, room, most)
    return claimed


def _whose_turn(now: datetime) -> list[int]:
    """Red first, then whoever waits longest."""
    due = Delivery.objects.filter(next_try_at__lte=now).values("user_id")
    red = Max(Choice(When(notification__light="red", then=1), default=0))
    turns = due.annotate(red=red, since=Min("next_try_at")).order_by("-red", "since")
    return [turn["user_id"] for turn in turns[:PEOPLE_AT_ONCE]]


@transaction.atomic
def _claim_of(user_id: int, claimed: Claimed, now: datetime, room: Room, most: int) -> None:
    locks = Preference.objects.filter(user_id=user_id)
    if connection.features.has_select_for_update_skip_locked:
        locks = locks.select_for_update(skip_locked=True, of=("self",))
    preference = locks.select_related("user").first()
    if preference is None:
        return  # another worker has this person
    due = Delivery.objects.filter(user_id=user_id, next_try_at__lte=now)
    rows = list(due.select_related("notification__brand", "notification__user", "notification__case", "way"))
    turn = _Turn(preference.user, preference, now, room, most, claimed)
    turn.take(rows)


class _Turn:
    """One person's messages, while their lock is held."""

    def __init__(
        self, user: User, preference: Preference, now: datetime, room: Room, most: int, claimed: Claimed
    ) -> None:
        self.user, self.preference, self.now, self.room, self.most = user, preference, now, room, most
        self.claimed = claimed
        self.paged = _pages(user, now)
        self.gone: set[int] = set()
        """Deliveries that were told together with another in this turn."""
        self.full = False
        """What was never tried goes the same way, and there is no room: no use asking for each of hundreds."""

    def take(self, rows: list[Delivery]) -> None:
        rows.sort(key=lambda row: (row.notification.light != "red", row.queued_at, row.pk))
        awake = self._awake(rows)
        for row in awake:
            if row.pk in self.gone or (self.full and not _goes_on(row)):
                continue
            if row.state == DeliveryState.SENDING and row.attempts >= ATTEMPTS:
                self.claimed.hopeless.append(row)
            elif _goes_on(row):
                self._send(row)
            elif row.held == Held.DIGEST or row.notification.urgency == Urgency.BATCHED:
                self._send(row, gathers=Urgency.BATCHED)
            else:
                self._page(row)

    def _awake(self, rows: list[Delivery]) -> list[Delivery]:
        until = sleeps_until(self.user, self.preference.quiet, self.now)
        if until is None:
            return rows
        sleeping = [row for row in rows if row.notification.light != "red" and row.notification.code != TEST]
        Delivery.objects.filter(pk__in=[row.pk for row in sleeping]).update(
            state=DeliveryState.QUEUED, held=Held.QUIET, next_try_at=until, lease="", lease_until=None
        )
        return [row for row in rows if row not in sleeping]

    def _page(self, row: Delivery) -> None:
        """An immediate message that was not begun yet: it counts."""
        pages = settings.SERENO_PAGES
        if row.notification.code == TEST:
            self._send(row)
            return
        if len(self.paged) < pages.most:
            opened = row.held == Held.THROTTLE
            if self._send(row, gathers=Urgency.IMMEDIATE if opened else None):
                self.paged.append(self.now)
            return
        if row.notification.light == "red" and self.paged[-1] + STORM_MINUTE <= self.now:
            if self._send(row, gathers=Urgency.IMMEDIATE):
                self.paged.append(self.now)
            return
        red = row.notification.light == "red"
        opens = self.paged[-1] + STORM_MINUTE if red else self.paged[-pages.most] + pages.within
        Delivery.objects.filter(pk=row.pk).update(held=Held.THROTTLE, next_try_at=opens)

    def _send(self, row: Delivery, *, gathers: str | None = None) -> bool:
        way = way_for(row, now=self.now)
        if way is None:
            self.claimed.hopeless.append(row)
            return False
        beside = Counter(each.way.channel for each in self.claimed.outgoing)
        if len(self.claimed.outgoing) >= self.most or not self.room(way.channel, beside):
            self.full = self.full or not _goes_on(row)
            return False  # it stays due
        if gathers is not None:
            self._gather(row, gathers)
        queue_beside(row, way, self.preference, now=self.now)
        row.way, row.masked, row.channel = way, way.masked, way.channel
        row.state, row.held, row.attempts = DeliveryState.SENDING, Held.NOT, row.attempts + 1
        row.lease, row.lease_until, row.next_try_at = secrets.token_hex(8), self.now + LEASE, self.now + LEASE
        row.began_at, row.error = row.began_at or self.now, ""
        row.save()
        carried = Notification.objects.filter(deliveries__carried_by=row.notification).select_related("brand", "user")
        self.claimed.outgoing.append(Outgoing(row, way, tuple(carried.distinct().order_by("-light", "id"))))
        return True

    def _gather(self, row: Delivery, urgency: str) -> None:
        """Whatever of this brand waits and was not begun goes along."""
        waiting = Delivery.objects.filter(
            Q(held__in=[Held.THROTTLE, Held.DIGEST]) | Q(next_try_at__lte=self.now),
            user=self.user, state=DeliveryState.QUEUED, attempts=0, round=1, notification__brand=row.notification.brand,
            notification__urgency=urgency, way__isnull=True,
        ).exclude(pk=row.pk).exclude(notification__code=TEST)  # fmt: skip
        if row.notification.light != "red":
            # a red goes by the ways for red, is held by no quiet hours, and its light stands in the first line
            waiting = waiting.exclude(notification__light="red")
        # what carries others itself, or was tried before, goes its own way
        along = list(waiting.values_list("pk", "notification_id"))
        begun = set(
            Delivery.objects.filter(notification__in=[told for _pk, told in along], attempts__gt=0).values_list(
                "notification_id", flat=True
            )
        )
        keys = [key for key, told in along if told not in begun]
        Delivery.objects.filter(pk__in=keys).update(
            state=DeliveryState.GATHERED, carried_by=row.notification, next_try_at=None, held=Held.NOT
        )
        self.gone.update(keys)


def _goes_on(row: Delivery) -> bool:
    """It was begun before, on this way or another: the person was counted as paged then."""
    return row.attempts > 0 or row.round > 1 or row.way_id is not None


def _pages(user: User, now: datetime) -> list[datetime]:
    """When this person was paged lately, in order; a message counts once, however many ways it took."""
    since = now - settings.SERENO_PAGES.within
    begun = Delivery.objects.filter(user=user, began_at__gt=since, notification__urgency=Urgency.IMMEDIATE)
    each = begun.exclude(notification__code=TEST).values("notification_id").annotate(first=Min("began_at"))
    return sorted(row["first"] for row in each)
