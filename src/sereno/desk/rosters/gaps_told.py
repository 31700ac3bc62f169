"""Where nobody stands though somebody should: as sentences, as a strip of the week, and above past arrivals."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import Count
from django.db.models.functions import TruncHour
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sereno.desk.duty.queries import needs_of, plan_gaps
from sereno.desk.intake.models import Post
from sereno.desk.rosters.frame import Duty
from sereno.desk.rosters.week import Week, midnight, place
from sereno.desk.rosters.wording import span, spoken, weekday
from sereno.desk.words import word
from sereno.engine.duty.gaps import Gap

LOOK_AHEAD = timedelta(weeks=4)
"""So far ahead an edit's new gaps are told."""
PAST = timedelta(weeks=8)
KEPT_SECONDS = 600
WEEK_HOURS = 168


@dataclass(frozen=True, slots=True)
class GapTold:
    gap: Gap
    title: str
    when: str
    what: str
    """`nobody reads Polish`."""
    deputy: bool
    accepted: str

    @property
    def key(self) -> tuple[datetime, datetime, str, str, str, bool]:
        gap = self.gap
        return (gap.starts, gap.ends, gap.role, gap.network, gap.language, bool(gap.accepted))

    @property
    def said(self) -> str:
        return f"{self.title}, {self.when}: {self.what}"


@dataclass(frozen=True, slots=True)
class Strip:
    """What one role, language or network lacks in a week."""

    title: str
    desk_part: bool
    """A language or a network of the role above."""
    gaps: tuple[tuple[float, float, str, str], ...]
    """x and width of 168, `open`, `deputy` or `accepted`, and the sentence."""
    said: str


@dataclass(frozen=True, slots=True)
class Heat:
    """Arrivals by hour of the week."""

    cells: tuple[tuple[int, float, int], ...]
    """Hour of the week, strength from 0 to 1, posts."""
    total: int
    busiest: str


def told(duty: Duty, gap: Gap) -> GapTold:
    title = duty.title(gap.role)
    return GapTold(gap, title, span(gap.starts, gap.ends, duty.now), what(gap), gap.deputy_there, gap.accepted or "")


def what(gap: Gap) -> str:
    if gap.language:
        return _("nobody reads %(language)s") % {"language": spoken(gap.language)}
    if gap.network:
        return _("nobody watches %(network)s") % {"network": word("network", gap.network)}
    return _("nobody is on duty")


def gaps_between(duty: Duty, starts: datetime, ends: datetime) -> tuple[GapTold, ...]:
    return tuple(told(duty, gap) for gap in plan_gaps(duty.brand, starts, ends))


def still_open(gaps: tuple[GapTold, ...]) -> tuple[GapTold, ...]:
    """Those that nobody has looked at; where no deputy stands in first, and the soonest first in each."""
    found = [each for each in gaps if not each.accepted]
    return tuple(sorted(found, key=lambda each: (each.deputy, each.gap.starts)))


def strips(duty: Duty, week: Week, gaps: tuple[GapTold, ...]) -> tuple[Strip, ...]:
    """A strip for each role that the plan wants, and one for each language or network that lacks somebody."""
    found = []
    for need in needs_of(duty.brand):
        mine = [each for each in gaps if each.gap.role == need.role]
        keys = sorted({(each.gap.network, each.gap.language) for each in mine} | {("", "")})
        for network, language in keys:
            here = [each for each in mine if (each.gap.network, each.gap.language) == (network, language)]
            title = spoken(language) if language else word("network", network) if network else duty.title(need.role)
            found.append(_strip(title, bool(network or language), here, week))
    return tuple(found)


def _strip(title: str, part: bool, gaps: list[GapTold], week: Week) -> Strip:
    drawn = []
    hours = 0.0
    for each in gaps:
        x = place(max(each.gap.starts, week.starts), week.starts, week.ends, of=WEEK_HOURS)
        end = place(min(each.gap.ends, week.ends), week.starts, week.ends, of=WEEK_HOURS)
        kind = "accepted" if each.accepted else "deputy" if each.deputy else "open"
        drawn.append((x, round(end - x, 3), kind, each.said))
        hours += 0 if each.accepted else end - x
    whole = round(hours)
    said = ngettext("%(n)s hour open", "%(n)s hours open", whole) % {"n": whole} if hours else _("covered")
    return Strip(title, part, tuple(drawn), said)


def arrivals(duty: Duty) -> Heat:
    """Posts of others in the last eight weeks, by the reader's hour of the week. Counted anew every ten minutes."""
    rows: list[tuple[datetime, int]] = cache.get_or_set(  # type: ignore[assignment]  # never None
        f"arrivals-by-hour-{duty.brand.pk}", lambda: _counted(duty), KEPT_SECONDS
    )
    by_hour: Counter[int] = Counter()
    for at, count in rows:
        here = timezone.localtime(at)
        by_hour[24 * here.weekday() + here.hour] += count
    most = max(by_hour.values(), default=0)
    cells = tuple((n, round(by_hour[n] / most, 2) if most else 0.0, by_hour[n]) for n in range(WEEK_HOURS))
    return Heat(cells, sum(by_hour.values()), _busiest(by_hour))


def _counted(duty: Duty) -> list[tuple[datetime, int]]:
    posts = Post.objects.filter(brand=duty.brand, own=False, received_at__gte=duty.now - PAST, backfilled=False)
    hours = posts.annotate(hour=TruncHour("received_at")).order_by().values_list("hour").annotate(Count("pk"))
    return [(at, count) for at, count in hours]


def _busiest(by_hour: Counter[int]) -> str:
    if not by_hour:
        return ""
    hour = by_hour.most_common(1)[0][0]

    monday = timezone.localtime().date()
    monday -= timedelta(days=monday.weekday())
    day = midnight(monday + timedelta(days=hour // 24))
    return f"{weekday(day.date())} {hour % 24:02}:00"
