"""Red goes by all of a person's ways at once, where they did not choose otherwise: each way is a delivery of its own.

The first one that gets through has told them; whoever acknowledges does it once. Only where every way failed was nobody
told.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from sereno.desk.notify.choosing import ways_left
from sereno.desk.notify.models import ContactWay, Delivery, DeliveryState, Held, Preference

TEST = "way_test"


def queue_beside(row: Delivery, way: ContactWay, preference: Preference, *, now: datetime) -> None:
    """The other ways of a red message that is about to go out by this one; they are due at once."""
    told = row.notification
    if told.light != "red" or told.code == TEST or not preference.red_all_ways:
        return
    known = {each.way_id: each for each in Delivery.objects.filter(notification=told).exclude(pk=row.pk)}
    for other in ways_left(told, now=now):
        before = known.get(other.pk)
        if other.pk == way.pk or (before is not None and before.state not in _FAILED):
            continue
        each = before or Delivery(notification=told, user_id=told.user_id, way=other, key=uuid.uuid4(), queued_at=now)
        each.state, each.held, each.round, each.next_try_at = DeliveryState.QUEUED, Held.NOT, told.round, now
        each.lease, each.lease_until = "", None
        each.save()


_FAILED = (DeliveryState.FAILED, DeliveryState.UNKNOWN)


def others_under_way(row: Delivery) -> bool:
    """Whether the same message still goes out by another way: then this failure decides nothing. Locks the person, so
    that of two ways which fail at the same moment the second one knows of the first."""
    Preference.objects.select_for_update(of=("self",)).filter(user_id=row.user_id).first()
    others = Delivery.objects.filter(notification=row.notification_id, next_try_at__isnull=False, carried_by=None)
    return others.exclude(pk=row.pk).exists()
