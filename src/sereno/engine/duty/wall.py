"""Wall-clock times as instants. One wall time is always one instant, so shifts that follow each other on the wall
follow each other in fact: no gap and no overlap when the clocks change.

A time that the clocks skip is the instant at which they skip it; one that comes twice is its first coming.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo


@lru_cache(maxsize=65_536)
def instant(day: date, clock: time, zone: str) -> datetime:
    """The instant, in UTC, at which the clocks of `zone` show this."""
    return of_wall(datetime.combine(day, clock), zone)


def of_wall(wall: datetime, zone: str) -> datetime:
    """The same for a naive date and time; one that carries a zone is that instant."""
    if wall.tzinfo is not None:
        return wall.astimezone(UTC)
    tz = ZoneInfo(zone)
    found = wall.replace(tzinfo=tz).astimezone(UTC)
    if found.astimezone(tz).replace(tzinfo=None) == wall:
        return found
    return _skip(found, tz)


def _skip(after: datetime, tz: ZoneInfo) -> datetime:
    """The change of the clock before `after`, within a day: the first minute with the new offset."""
    low, high = after - timedelta(days=1), after
    old = low.astimezone(tz).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(tz).utcoffset() == old:
            low = middle
        else:
            high = middle
    return (high - timedelta(microseconds=high.microsecond)) if high.second == 0 else high.replace(microsecond=0)
