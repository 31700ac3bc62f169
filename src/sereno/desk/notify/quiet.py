"""Quiet hours: when a person does not want to be woken. Only red wakes them then.

Some stand in the roster, others a person set for themselves. They add up: in either, everything but red waits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.module_loading import import_string

from sereno.desk.accounts.models import User
from sereno.engine.duty.wall import instant

DAY = timedelta(days=1)


def sleeps_until(user: User, own: Iterable[Mapping[str, Any]], now: datetime) -> datetime | None:
    """When the quiet hours that hold now end, the person's own (`own`) and those of rosters; None where none hold."""
    all_ = [(list(own), user.timezone), *import_string(settings.DESK_QUIET)(user)]
    ends: datetime | None = None
    for _ in range(14):
        found = [until for hours, zone in all_ if (until := quiet_until(hours, zone, ends or now)) is not None]
        if not found:
            return ends
        ends = max(found)
    return ends


def quiet_until(hours: Iterable[Mapping[str, Any]], zone: str, now: datetime) -> datetime | None:
    """When the quiet hours that hold now end; None where none hold. Wall-clock times of the person's zone."""
    today = now.astimezone(ZoneInfo(zone)).date()
    ends: datetime | None = None
    # what ends where the next begins is one: asked again from each end
    for _ in range(14):
        moment = ends or now
        found = [
            until
            for each in hours
            for back in (1, 0, -1, -2, -3, -4, -5, -6, -7)
            for begins, until in (_stretch(each, today - back * DAY, zone),)
            if begins is not None and begins <= moment < until
        ]
        if not found:
            return ends
        ends = max(found)
    return ends


def _stretch(hours: Mapping[str, Any], day: Any, zone: str) -> tuple[datetime | None, datetime]:
    begins, stops = time.fromisoformat(hours["from"]), time.fromisoformat(hours["until"])
    until = instant(day if stops > begins else day + DAY, stops, zone)
    if day.weekday() not in hours["days"]:
        return None, until
    return instant(day, begins, zone), until
