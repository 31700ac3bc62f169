"""Which way a message takes: the person's order, broken ones last, and each way once a round."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from sereno.desk.accounts.models import Membership
from sereno.desk.notify.models import ContactWay, Delivery, DeliveryState, Kind, Notification
from sereno.desk.notify.ways import own_way


def way_for(row: Delivery, *, now: datetime) -> ContactWay | None:
    """None: this person cannot be told, at least not in this round."""
    if stays_inside(row.notification) or is_gone(row.notification):
        return None
    if row.way is not None:
        return row.way if _works(row.way) else None
    left = ways_left(row.notification, now=now)
    return left[0] if left else None


def ways_left(told: Notification, *, now: datetime) -> list[ContactWay]:
    """The ways that were not tried in this round, in the order in which they will be."""
    tried = Delivery.objects.filter(
        notification=told, round=told.round, state__in=[DeliveryState.FAILED, DeliveryState.UNKNOWN], way__isnull=False
    )
    done = set(tried.values_list("way_id", flat=True))
    return [way for way in usable(told, now=now) if way.pk not in done]


def stays_inside(told: Notification) -> bool:
    """A demo brand shows everything and wakes nobody: whatever is set up, no message of it leaves the product."""
    return told.brand is not None and told.brand.demo


def is_gone(told: Notification) -> bool:
    """The account was closed, or has no role in the brand any more: what happens there is none of theirs."""
    if not told.user.is_active:
        return True
    return told.brand is not None and not Membership.objects.filter(user=told.user, brand=told.brand).exists()


def usable(told: Notification, *, now: datetime) -> list[ContactWay]:
    if stays_inside(told) or is_gone(told):
        return []
    own_way(told.user, now=now)
    ways = ContactWay.objects.filter(user=told.user, confirmed_at__isnull=False).select_related("user")
    fitting = [way for way in ways if _works(way) and (told.light == "red" or not way.red_only)]
    return sorted(fitting, key=lambda way: (rests(way, now), way.position, way.pk))


def rests(way: ContactWay, now: datetime) -> bool:
    return way.rests_until is not None and way.rests_until > now


def _works(way: ContactWay) -> bool:
    return way.kind != Kind.MAIL or settings.SERENO_SMTP is not None
