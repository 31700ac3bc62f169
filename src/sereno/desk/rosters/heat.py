"""When people write, by hour of the week: all posts, and what needed the team by network and language, gaps on top."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import sqrt

from django.core.cache import cache
from django.db.models import CharField, Count, QuerySet
from django.db.models.functions import Cast, Substr
from django.utils import timezone

from sereno.desk.cases.models import Case
from sereno.desk.duty.queries import needs_of
from sereno.desk.intake.models import Post
from sereno.desk.rosters.frame import Duty
from sereno.desk.rosters.gaps_told import WEEK_HOURS, Drawn, GapTold, drawn
from sereno.desk.rosters.week import Week, midnight
from sereno.desk.rosters.wording import spoken, weekday
from sereno.desk.words import language_label, word

PAST = timedelta(weeks=8)
KEPT_SECONDS = 600
MOST_PAIRS = 12
FAINTEST = 0.25
ROWS = tuple[str, str, datetime, int]
"""Network, language, an hour, how many."""


@dataclass(frozen=True, slots=True)
class Heat:
    """Arrivals by hour of the week."""

    title: str
    cells: tuple[tuple[int, float], ...]
    """Hour of the week and strength above 0, up to 1."""
    total: int
    busiest: str
    gaps: tuple[Drawn, ...] = ()


def arrivals(duty: Duty) -> Heat:
    """Posts of others in the last eight weeks, by the reader's hour of the week. Counted anew every ten minutes."""
    posts = Post.objects.filter(brand=duty.brand, own=False, received_at__gte=duty.now - PAST, backfilled=False)
    rows = _kept(f"arrivals-by-hour-{duty.brand.pk}", lambda: _by_hour(posts, "received_at"))
    return _heat("", rows, ())


def pairs(duty: Duty, week: Week, gaps: tuple[GapTold, ...]) -> tuple[Heat, ...]:
    """Cases by network and language, the most frequent first; on each the hours in which nobody takes such a case."""
    cases = Case.objects.filter(brand=duty.brand, opened_at__gte=duty.now - PAST, backfilled=False)
    rows = _kept(f"cases-by-hour-{duty.brand.pk}", lambda: _by_hour(cases, "opened_at", "network", "language"))
    counted: Counter[tuple[str, str]] = Counter()
    for network, language, _at, count in rows:
        counted[network, language] += count
    desk = {need.role for need in needs_of(duty.brand) if need.desk}
    at_desk = [each for each in gaps if each.gap.role in desk]
    return tuple(
        _heat(
            f"{word('network', network)} · {_spoken(language)}",
            [row for row in rows if row[:2] == (network, language)],
            drawn([each for each in at_desk if _concerns(each, network, language)], week),
        )
        for (network, language), _count in counted.most_common(MOST_PAIRS)
    )


def _spoken(code: str) -> str:
    return language_label(code) if code in ("", "und", "mul") else spoken(code)


def _concerns(each: GapTold, network: str, language: str) -> bool:
    return each.gap.network in (None, "", network) and each.gap.language in (None, "", language)


def _heat(title: str, rows: Iterable[ROWS], gaps: tuple[Drawn, ...]) -> Heat:
    by_hour: Counter[int] = Counter()
    for _network, _language, at, count in rows:
        here = timezone.localtime(at)
        by_hour[24 * here.weekday() + here.hour] += count
    most = max(by_hour.values(), default=0)
    # by the root, and never fainter than can be seen: one storm does not blot out the other hours
    cells = tuple((n, max(FAINTEST, round(sqrt(by_hour[n] / most), 2))) for n in range(WEEK_HOURS) if by_hour[n])
    return Heat(title, cells, sum(by_hour.values()), _busiest(by_hour), gaps)


def _kept(key: str, count: Callable[[], list[ROWS]]) -> list[ROWS]:
    found: list[ROWS] | None = cache.get(key)
    if found is None:
        found = count()
        cache.set(key, found, KEPT_SECONDS)
    return found


def _by_hour(rows: QuerySet[Post] | QuerySet[Case], at: str, *by: str) -> list[ROWS]:
    # cut from the moment as text: of 200,000 posts TruncHour takes a second on SQLite, this a tenth of it, and an
    # index of brand and moment changes neither
    hours = rows.annotate(hour=Substr(Cast(at, CharField()), 1, 13)).order_by().values_list(*by, "hour")
    found: list[ROWS] = []
    for *named, hour, count in hours.annotate(Count("pk")):
        network, language = named or ("", "")
        found.append((network, language, datetime.strptime(hour, "%Y-%m-%d %H").replace(tzinfo=UTC), count))
    return found


def _busiest(by_hour: Counter[int]) -> str:
    if not by_hour:
        return ""
    hour = by_hour.most_common(1)[0][0]
    monday = timezone.localtime().date()
    monday -= timedelta(days=monday.weekday())
    day = midnight(monday + timedelta(days=hour // 24))
    return f"{weekday(day.date())} {hour % 24:02}:00"
