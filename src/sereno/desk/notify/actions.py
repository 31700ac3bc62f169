"""Telling people: rows alone, in the transaction of what is told. Sending comes after the commit (`delivering.py`)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Literal

from django.db import models, transaction

from sereno.desk.accounts.models import Brand, User
from sereno.desk.notify.models import (
    ContactWay,
    Delivery,
    DeliveryState,
    Held,
    Notification,
    NotificationState,
    Preference,
    Urgency,
)


def urgency_of(light: str | None) -> Literal["immediate", "batched"]:
    """Red and amber wait for nobody; what is green is gathered."""
    return "immediate" if light in ("red", "amber") else "batched"


def tell(
    users: Iterable[User],
    *,
    brand: Brand | None,
    code: str,
    values: Mapping[str, Any],
    urgency: Literal["immediate", "batched"],
    case: models.Model | None = None,
    line: int | None = None,
    happening: int | None = None,
    light: str | None = None,
    way: ContactWay | None = None,
    now: datetime,
) -> list[Notification]:
    """Each of these people is to know it, once. See the package's page for the values.

    `way`: on this way alone, whatever else stands (a code that confirms it).
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"tell('{code}') outside a transaction: wrap what is told in transaction.atomic")
    people = list({user.pk: user for user in users}.values())
    if not people:
        return []
    _with_preferences(people)
    grave = values.get("light", "") if light is None else light
    told = Notification.objects.bulk_create(
        Notification(
            brand=brand,
            user=user,
            case_id=case.pk if case is not None else None,
            line=line,
            happening=happening,
            code=code,
            values=dict(values),
            light=grave or "",
            urgency=Urgency(urgency),
            created_at=now,
        )
        for user in people
    )
    gathered = Urgency(urgency) is Urgency.BATCHED
    waits = _digest_waits(people, brand, now) if gathered else {}
    Delivery.objects.bulk_create(
        Delivery(
            notification=notification,
            user_id=notification.user_id,
            way=way,
            key=uuid.uuid4(),
            queued_at=now,
            next_try_at=waits.get(notification.user_id, now),
            held=Held.DIGEST if gathered else Held.NOT,
        )
        for notification in told
    )
    return told


@transaction.atomic
def withdraw(*, now: datetime, line: int | None = None, case: models.Model | None = None) -> int:
    """What still waits for this line or case need not be told any more: somebody has it. What is under way goes on.

    Returns how many people are spared.
    """
    if line is None and case is None:
        raise ValueError("withdraw() needs a line or a case")
    waiting = Delivery.objects.filter(state=DeliveryState.QUEUED)
    if line is not None:
        waiting = waiting.filter(notification__line=line)
    if case is not None:
        waiting = waiting.filter(notification__case=case.pk)
    spared = list(waiting.values_list("notification_id", flat=True))
    # one that carries others is told all the same: they wait for it
    carriers = set(Delivery.objects.filter(carried_by__in=spared).values_list("carried_by_id", flat=True))
    spared = [each for each in spared if each not in carriers]
    Delivery.objects.filter(notification__in=spared, state=DeliveryState.QUEUED).update(
        state=DeliveryState.WITHDRAWN, next_try_at=None
    )
    return Notification.objects.filter(
        pk__in=spared, state__in=[NotificationState.WAITING, NotificationState.UNREACHED]
    ).update(state=NotificationState.WITHDRAWN, ended_at=now)


def _with_preferences(people: list[User]) -> None:
    known = set(Preference.objects.filter(user__in=people).values_list("user_id", flat=True))
    Preference.objects.bulk_create(
        [Preference(user=user) for user in people if user.pk not in known], ignore_conflicts=True
    )


def _digest_waits(people: list[User], brand: Brand | None, now: datetime) -> dict[int, datetime]:
    """Until when each person's digest gathers: what already waits sets the moment."""
    waiting = Delivery.objects.filter(
        user__in=people, state=DeliveryState.QUEUED, held=Held.DIGEST, notification__brand=brand, next_try_at__gt=now
    )
    moments = dict(waiting.values_list("user_id").annotate(models.Min("next_try_at")))
    spans = dict(Preference.objects.filter(user__in=people).values_list("user_id", "digest_minutes"))
    return {user.pk: moments.get(user.pk, now + timedelta(minutes=spans.get(user.pk, 15))) for user in people}
