"""How a try ended, written down: sent, or the next way at once; where none is left, that is said, and tried on.

Whoever listens (`outcome.py`) is called before our own rows are changed, since duty locks its lines before it tells
anybody: the same order everywhere, and no two transactions wait for each other.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from sereno.desk.notify.beside import others_under_way
from sereno.desk.notify.choosing import is_gone, stays_inside, ways_left
from sereno.desk.notify.claiming import Outgoing
from sereno.desk.notify.messages import TEST
from sereno.desk.notify.messengers import Result
from sereno.desk.notify.models import ContactWay, Delivery, DeliveryState, Held, Kind, Notification, NotificationState
from sereno.desk.notify.outcome import Outcome, announce

ROUNDS = 6
"""Through all ways, before it is given up: 1, 2, 4, 8 and 16 minutes apart."""
REST = timedelta(minutes=1)
LONGEST_REST = timedelta(hours=1)
NO_WAY = "no_way"
BELL_ALONE = "bell_alone"
NEVER_KNOWN = "never_known"
GONE = "gone"
CHANNEL_FAULTS = frozenset({"too_slow", "unreachable", "ended"})
"""Whoever goes the same way fares no better for a moment."""


class NoLongerOurs(Exception):
    """The lease ran out, and somebody else has this delivery."""


@transaction.atomic
def sent(outgoing: Outgoing, *, now: datetime) -> None:
    """The channel took it. Raises `NoLongerOurs`."""
    told = _whole(outgoing)
    first = [each for each in told if each.state != NotificationState.REACHED]
    _announce(first, "reached", now)
    _mark(outgoing.delivery, state=DeliveryState.SENT, sent_at=now, error="")
    Notification.objects.filter(pk__in=[each.pk for each in first]).update(
        state=NotificationState.REACHED, reached_at=now
    )
    ContactWay.objects.filter(pk=outgoing.way.pk).exclude(failures=0, broken_since=None).update(
        broken_since=None, rests_until=None, failures=0, last_error=""
    )


@transaction.atomic
def failed(outgoing: Outgoing, result: Result, *, now: datetime) -> None:
    """The next way is due at once. Raises `NoLongerOurs`."""
    told = _whole(outgoing)
    state = DeliveryState.UNKNOWN if result.may_have_arrived else DeliveryState.FAILED
    going_on = _going_on(told)
    left = [way for way in ways_left(outgoing.told, now=now) if way.pk != outgoing.way.pk]
    if outgoing.told.code == TEST:
        going_on, left = [], []  # a code goes this way or none; the person has another one sent
    if others_under_way(outgoing.delivery):
        going_on = []
    if going_on and not left:
        _unreached(going_on, now)
    _mark(outgoing.delivery, state=state, error=result.error[:200])
    _way_failed(outgoing.way, result.error, now)
    if going_on:
        _onward(outgoing.told, going_on, left, now)
    elif outgoing.told.code == TEST:
        Notification.objects.filter(pk=outgoing.told.pk).update(state=NotificationState.GIVEN_UP, ended_at=now)


@transaction.atomic
def hopeless(delivery: Delivery, *, now: datetime) -> None:
    """It could not even be tried: no way is left, or nobody ever learned how its tries ended."""
    row = Delivery.objects.filter(pk=delivery.pk, state=delivery.state, lease=delivery.lease).first()
    if row is None or row.next_try_at is None or row.next_try_at > now:
        return  # another worker settled it
    told = [delivery.notification, *carried_by(delivery.notification)]
    going_on = _going_on(told)
    if is_gone(delivery.notification):
        _announce([each for each in going_on if each.state == NotificationState.WAITING], "unreached", now)
        _mark(delivery, state=DeliveryState.FAILED, error=GONE)
        keys = [each.pk for each in going_on]
        Notification.objects.filter(pk__in=keys).update(state=NotificationState.GIVEN_UP, ended_at=now)
        return
    if _bell_alone(delivery.notification):
        _mark(delivery, state=DeliveryState.FAILED, error=BELL_ALONE)
        Notification.objects.filter(pk__in=[each.pk for each in going_on]).update(state=NotificationState.BELL)
        return
    never_known = delivery.state == DeliveryState.SENDING
    left = [way for way in ways_left(delivery.notification, now=now) if way.pk != delivery.way_id]
    if others_under_way(delivery):
        going_on = []
    if going_on and not left:
        _unreached(going_on, now)
    changes = {"state": DeliveryState.UNKNOWN if never_known else DeliveryState.FAILED}
    error = NEVER_KNOWN if never_known else NO_WAY
    _mark(delivery, state=changes["state"], error=error, round=delivery.notification.round)
    if going_on:
        _onward(delivery.notification, going_on, left, now)


def _bell_alone(told: Notification) -> bool:
    """A demo brand; or an installation without e-mail: calling the next instead would help nobody, and the health page
    says it."""
    if stays_inside(told):
        return True
    others = ContactWay.objects.filter(user=told.user, confirmed_at__isnull=False).exclude(kind=Kind.MAIL)
    return settings.SERENO_SMTP is None and told.code != TEST and not others.exists()


def carried_by(told: Notification) -> list[Notification]:
    """What was told together with it."""
    carried = Notification.objects.filter(deliveries__carried_by=told).select_related("user", "brand").distinct()
    return list(carried.order_by("line", "id"))


def _whole(outgoing: Outgoing) -> list[Notification]:
    """The message's notification and what it carried, in the order in which duty locks its lines."""
    if not Delivery.objects.filter(pk=outgoing.delivery.pk, lease=outgoing.delivery.lease).exists():
        raise NoLongerOurs
    keys = [outgoing.told.pk, *(each.pk for each in outgoing.carried)]
    return list(Notification.objects.filter(pk__in=keys).select_related("user", "brand").order_by("line", "id"))


def _mark(delivery: Delivery, **changes: object) -> None:
    mine = Delivery.objects.filter(pk=delivery.pk, lease=delivery.lease, state=delivery.state)
    fields = {"next_try_at": None, "lease": "", "lease_until": None, "held": Held.NOT, **changes}
    if not mine.update(**fields):
        raise NoLongerOurs


def _going_on(told: Iterable[Notification]) -> list[Notification]:
    over = (
        NotificationState.WITHDRAWN, NotificationState.GIVEN_UP, NotificationState.REACHED, NotificationState.BELL,
    )  # fmt: skip
    return [each for each in told if each.state not in over]


def _onward(carrier: Notification, told: Sequence[Notification], left: Sequence[ContactWay], now: datetime) -> None:
    keys = [each.pk for each in told]
    if left:
        _queue(carrier, left[0], carrier.round, now, Held.NOT)
        return
    if carrier.round >= ROUNDS:
        Notification.objects.filter(pk__in=keys).update(state=NotificationState.GIVEN_UP, ended_at=now)
        return
    later = now + timedelta(minutes=1 << (carrier.round - 1))
    Notification.objects.filter(pk__in=keys).update(state=NotificationState.UNREACHED)
    Notification.objects.filter(pk=carrier.pk).update(round=carrier.round + 1)
    carrier.round += 1
    again = ways_left(carrier, now=later)
    _queue(carrier, again[0] if again else None, carrier.round, later, Held.RETRY)


def _unreached(told: Sequence[Notification], now: datetime) -> None:
    """Said once when it begins and once when it is over, not at each round."""
    first = [each for each in told if each.state == NotificationState.WAITING]
    _announce(first, "unreached", now)
    _announce([each for each in told if each.round >= ROUNDS], "given_up", now)


def _announce(told: Iterable[Notification], outcome: Outcome, now: datetime) -> None:
    for each in told:
        announce(each, outcome, now)


def _queue(told: Notification, way: ContactWay | None, round_: int, due: datetime, held: Held) -> None:
    """The same row and key where this way was tried before."""
    row = Delivery.objects.filter(notification=told, way=way).exclude(state=DeliveryState.GATHERED).first()
    if row is None:
        row = Delivery(notification=told, user_id=told.user_id, way=way, key=uuid.uuid4(), queued_at=due)
    row.state, row.held, row.round, row.next_try_at, row.attempts = (
        DeliveryState.QUEUED,
        held,
        round_,
        due,
        row.attempts,
    )
    row.lease, row.lease_until = "", None
    row.save()


def _way_failed(way: ContactWay, error: str, now: datetime) -> None:
    row = ContactWay.objects.filter(pk=way.pk).first()
    if row is None or row.confirmed_at is None:
        return
    failures = row.failures + 1
    rest = min(LONGEST_REST, REST * (1 << min(failures - 1, 8)))
    ContactWay.objects.filter(pk=row.pk).update(
        failures=failures, broken_since=row.broken_since or now, rests_until=now + rest, last_error=error[:200]
    )
    if error.split(" ")[0] in CHANNEL_FAULTS:
        same = ContactWay.objects.filter(channel=row.channel).exclude(pk=row.pk)
        same.filter(rests_until__isnull=True).update(rests_until=now + REST)
