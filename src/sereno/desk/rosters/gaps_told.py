"""Where nobody stands though somebody should: as sentences, and as a strip of the week."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _

from sereno.desk.duty.queries import needs_of, plan_gaps
from sereno.desk.rosters.frame import Duty
from sereno.desk.rosters.week import Week, place
from sereno.desk.rosters.wording import number, span, spoken
from sereno.desk.words import word
from sereno.engine.duty.gaps import Gap
from sereno.engine.duty.stretches import Stretch, within
from sereno.engine.plan.deadlines import duty_between

LOOK_AHEAD = timedelta(weeks=4)
"""So far ahead gaps are counted: at the top of the page, and after an edit."""
BEYOND = timedelta(weeks=2)
"""So much farther is looked for the end of a gap; one that goes on even then has none worth telling."""
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
    goes_on: bool = False
    """As far as is looked."""

    @property
    def lacks(self) -> tuple[str, str, str]:
        """Role, network and language that nobody takes."""
        return (self.gap.role, self.gap.network, self.gap.language)

    @property
    def said(self) -> str:
        return f"{self.title}, {self.when}: {self.what}"


@dataclass(frozen=True, slots=True)
class Strip:
    """What one role, language or network lacks in a week."""

    title: str
    desk_part: bool
    """A language or a network of the role above."""
    wanted: tuple[tuple[float, float], ...]
    """x and width of 168: hours in which the plan wants somebody."""
    gaps: tuple[Drawn, ...]
    said: str


def told(duty: Duty, gap: Gap, horizon: datetime) -> GapTold:
    title, goes_on = duty.title(gap.role), gap.ends >= horizon
    when = span(gap.starts, gap.ends, duty.now, no_end=goes_on)
    return GapTold(gap, title, when, what(gap), gap.deputy_there, gap.accepted or "", goes_on)


def what(gap: Gap) -> str:
    if gap.language:
        return _("nobody reads %(language)s") % {"language": spoken(gap.language)}
    if gap.network:
        return _("nobody watches %(network)s") % {"network": word("network", gap.network)}
    return _("nobody is on duty")


def gaps_between(duty: Duty, starts: datetime, ends: datetime) -> tuple[GapTold, ...]:
    """Those that touch this time, each with its true beginning and end, as far as these are worth looking for."""
    horizon = ends + BEYOND
    found = plan_gaps(duty.brand, starts - BEYOND, horizon)
    return tuple(told(duty, gap, horizon) for gap in found if gap.starts < ends and gap.ends > starts)


def still_open(gaps: tuple[GapTold, ...]) -> tuple[GapTold, ...]:
    """Those that nobody has looked at; where no deputy stands in first, and the soonest first in each."""
    found = [each for each in gaps if not each.accepted]
    return tuple(sorted(found, key=lambda each: (each.deputy, each.gap.starts)))


def legend() -> tuple[tuple[str, str], ...]:
    """What the strips show, in words."""
    return (
        ("covered", _("covered")), ("open", _("nobody there")), ("deputy", _("only the deputy")),
        ("accepted", _("accepted gap")), ("", _("nobody wanted")),
    )  # fmt: skip


def strips(duty: Duty, week: Week, gaps: tuple[GapTold, ...]) -> tuple[Strip, ...]:
    """A strip for each role that the plan wants, and one for each language or network that lacks somebody."""
    found = []
    hours = [(week.starts.astimezone(UTC), week.ends.astimezone(UTC))]
    on_duty = list(duty_between(duty.plan, *hours[0])) if duty.plan else []
    for need in needs_of(duty.brand):
        wanted = hours if need.always else within(hours, on_duty)
        mine = [each for each in gaps if each.gap.role == need.role]
        keys = sorted({(each.gap.network, each.gap.language) for each in mine} | {("", "")})
        for network, language in keys:
            here = [each for each in mine if (each.gap.network, each.gap.language) == (network, language)]
            title = spoken(language) if language else word("network", network) if network else duty.title(need.role)
            found.append(_strip(title, bool(network or language), wanted, here, week))
    return tuple(found)


def _strip(title: str, part: bool, wanted: Sequence[Stretch], gaps: list[GapTold], week: Week) -> Strip:
    bars = drawn(gaps, week)
    hours = {
        kind: sum(width for _x, width, sort, _said in bars if sort == kind) for kind in ("open", "deputy", "accepted")
    }
    parts = [
        _("%(n)s h open") % {"n": number(hours["open"])} if hours["open"] else "",
        _("%(n)s h deputy only") % {"n": number(hours["deputy"])} if hours["deputy"] else "",
        _("%(n)s h accepted") % {"n": number(hours["accepted"])} if hours["accepted"] else "",
    ]
    said = " · ".join(part for part in parts if part) or _("covered")
    return Strip(title, part, tuple(_placed(starts, ends, week) for starts, ends in wanted), bars, said)


def drawn(gaps: Iterable[GapTold], week: Week) -> tuple[Drawn, ...]:
    """As they lie in the week."""
    found = []
    for each in gaps:
        x, width = _placed(each.gap.starts, each.gap.ends, week)
        kind = "accepted" if each.accepted else "deputy" if each.deputy else "open"
        found.append((x, width, kind, each.said))
    return tuple(found)


def _placed(starts: datetime, ends: datetime, week: Week) -> tuple[float, float]:
    x = place(max(starts, week.starts), week.starts, week.ends, of=WEEK_HOURS)
    end = place(min(ends, week.ends), week.starts, week.ends, of=WEEK_HOURS)
    return x, round(end - x, 3)
