"""Where nobody stands though somebody should: as sentences, and as a strip of the week."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sereno.desk.duty.queries import needs_of, plan_gaps
from sereno.desk.rosters.frame import Duty
from sereno.desk.rosters.week import Week, place
from sereno.desk.rosters.wording import span, spoken
from sereno.desk.words import word
from sereno.engine.duty.gaps import Gap

LOOK_AHEAD = timedelta(weeks=4)
"""So far ahead an edit's new gaps are told."""
WEEK_HOURS = 168
Drawn = tuple[float, float, str, str]
"""A gap as it is drawn: x and width of 168, `open`, `deputy` or `accepted`, and the sentence."""


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
    gaps: tuple[Drawn, ...]
    said: str


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
    bars = drawn(gaps, week)
    whole = round(sum(width for _x, width, kind, _said in bars if kind != "accepted"))
    said = ngettext("%(n)s hour open", "%(n)s hours open", whole) % {"n": whole} if whole else _("covered")
    return Strip(title, part, bars, said)


def drawn(gaps: Iterable[GapTold], week: Week) -> tuple[Drawn, ...]:
    """As they lie in the week."""
    found = []
    for each in gaps:
        x = place(max(each.gap.starts, week.starts), week.starts, week.ends, of=WEEK_HOURS)
        end = place(min(each.gap.ends, week.ends), week.starts, week.ends, of=WEEK_HOURS)
        kind = "accepted" if each.accepted else "deputy" if each.deputy else "open"
        found.append((x, round(end - x, 3), kind, each.said))
    return tuple(found)
