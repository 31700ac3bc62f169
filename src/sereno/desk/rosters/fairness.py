"""How duty is shared over a span of days: hours, nights, weekends, holidays, wakings, as bars with a table beneath.

What has passed is counted by the roster that was in force then; what is to come by the one in force now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sereno.desk.duty.models import LineHappening, RosterVersion
from sereno.desk.duty.standing import roster_of, rota_of_version
from sereno.desk.rosters.frame import Duty, context, duty_of
from sereno.desk.rosters.week import midnight
from sereno.desk.rosters.wording import number
from sereno.engine.duty.fairness import Share, shares
from sereno.engine.plan.errors import PlanErrors

LONGEST = 400
"""Days of a span."""
USUAL = timedelta(weeks=8)
UNEVEN = 1.5
"""So many times an even share is worth saying."""
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Bar:
    name: str
    value: float
    shown: str
    width: float
    """Of 100."""


@dataclass(frozen=True, slots=True)
class Measure:
    key: str
    title: str
    bars: tuple[Bar, ...]
    even: float
    """Where the bars would end if all carried the same; of 100."""
    even_shown: str

    @property
    def empty(self) -> bool:
        return not any(bar.value for bar in self.bars)


@dataclass(frozen=True, slots=True)
class Span:
    first: date
    last: date

    @property
    def starts(self) -> datetime:
        return midnight(self.first)

    @property
    def ends(self) -> datetime:
        return midnight(self.last + timedelta(days=1))

    @property
    def last_moment(self) -> datetime:
        return self.ends - timedelta(minutes=1)


@login_required
@require_GET
def fairness_page(request: HttpRequest, slug: str) -> HttpResponse:
    duty = duty_of(request, slug)
    if not duty.number:
        return redirect("duty", slug)
    today = timezone.localtime(duty.now).date()
    span = span_of(request.GET.get("from", ""), request.GET.get("until", ""), today)
    held = dict.fromkeys(role for each in duty.standing.roster.people for role in each.roles)
    roles = sorted(((role, duty.title(role)) for role in held), key=lambda one: one[1])
    role = request.GET.get("role", "")
    role = role if role in held else ""
    drawn = measures(carried_by(duty, span, role or None))
    told = {
        "span": span, "roles": roles, "role": role, "measures": drawn, "said": sentence(drawn), "table": table(drawn),
        "known_since": _known_since(duty, span), "spans": _offered(today),
    }  # fmt: skip
    return render(request, "duty/fairness.html", {**context(request, duty), **told})


def span_of(first: str, last: str, today: date) -> Span:
    """The days asked for; the eight weeks until today where they make no sense."""
    try:
        found = Span(date.fromisoformat(first), date.fromisoformat(last))
    except ValueError:
        return Span(today - USUAL + timedelta(days=1), today)
    if found.first > found.last or abs((found.first - today).days) > 3660:
        return Span(today - USUAL + timedelta(days=1), today)
    return Span(found.first, min(found.last, found.first + timedelta(days=LONGEST - 1)))


def _offered(today: date) -> tuple[tuple[str, Span], ...]:
    day = timedelta(days=1)
    return (
        (_("Last four weeks"), Span(today - timedelta(weeks=4) + day, today)),
        (_("Last eight weeks"), Span(today - USUAL + day, today)),
        (_("Last half year"), Span(today - timedelta(weeks=26) + day, today)),
        (_("Next eight weeks"), Span(today + day, today + USUAL)),
    )


def carried_by(duty: Duty, span: Span, role: str | None) -> dict[str, Share]:
    """By the person's name as it stands today; who is no longer in the roster, by their last."""
    found: dict[str, Share] = {}
    names: dict[str, str] = {}
    calls = _calls(duty, span, role)
    for version, starts, ends in _in_force(duty, span):
        for each in _shares(version, starts, ends, calls, role):
            there = found.get(each.person)
            found[each.person] = each if there is None else _sum(there, each)
        names |= {each.person: each.name for each in roster_of(version).people}
    stands = {each.person for each in duty.standing.roster.people if role is None or role in each.roles}
    return {names[person]: share for person, share in found.items() if person in stands or share.hours or share.wakings}


def _in_force(duty: Duty, span: Span) -> Iterator[tuple[RosterVersion, datetime, datetime]]:
    """Each version for the part of the span in which it holds; one that cannot be read any more is left out."""
    there = RosterVersion.objects.filter(brand=duty.brand, in_force_from__lt=span.ends)
    for version in there.filter(Q(in_force_until=None) | Q(in_force_until__gt=span.starts)).order_by("number"):
        starts, ends = max(version.in_force_from, span.starts), min(version.in_force_until or span.ends, span.ends)
        try:
            roster_of(version)
        except PlanErrors:
            continue
        if starts < ends:
            yield version, starts, ends


def _shares(
    version: RosterVersion, starts: datetime, ends: datetime, calls: Mapping[str, Sequence[datetime]], role: str | None
) -> tuple[Share, ...]:
    mine = {person: [at for at in all_ if starts <= at < ends] for person, all_ in calls.items()}
    return shares(rota_of_version(version, starts, ends), mine, role=role)


def _sum(one: Share, other: Share) -> Share:
    return Share(
        one.person, one.hours + other.hours, one.nights + other.nights, one.weekends + other.weekends,
        one.holidays + other.holidays, one.wakings + other.wakings,
    )  # fmt: skip


def _calls(duty: Duty, span: Span, role: str | None) -> dict[str, list[datetime]]:
    """When people were called at once; what is green is gathered, and wakes nobody."""
    rows = LineHappening.objects.filter(
        brand=duty.brand, what="called", at__gte=span.starts, at__lt=span.ends, line__degree__in=["red", "amber"]
    ).values_list("people", "at", "link", "line__links")
    found: dict[str, list[datetime]] = defaultdict(list)
    for people, at, link, links in rows:
        if role is None or links[link]["role"] == role:
            for person in people:
                found[person].append(at)
    return found


def measures(carried: Mapping[str, Share]) -> tuple[Measure, ...]:
    hours = {
        "hours": _("Hours"), "nights": _("Night hours"), "weekends": _("Weekend hours"),
        "holidays": _("Holiday hours"),
    }  # fmt: skip
    found = [
        _measure(key, title, {name: getattr(share, key) / HOUR for name, share in carried.items()})
        for key, title in hours.items()
    ]
    return (*found, _measure("wakings", _("Calls at night"), {name: one.wakings for name, one in carried.items()}))


def _measure(key: str, title: str, values: Mapping[str, float]) -> Measure:
    most = max(values.values(), default=0) or 1
    even = sum(values.values()) / max(1, len(values))
    bars = tuple(
        Bar(name, value, number(value), round(100 * value / most, 2))
        for name, value in sorted(values.items(), key=lambda one: (-one[1], one[0]))
    )
    return Measure(key, title, bars, round(100 * even / most, 2), number(even))


def table(all_: tuple[Measure, ...]) -> list[tuple[str, list[str]]]:
    """A line for each person, by name."""
    names = sorted(bar.name for bar in all_[0].bars)
    shown = [{bar.name: bar.shown for bar in one.bars} for one in all_]
    return [(name, [one[name] for one in shown]) for name in names]


def sentence(all_: tuple[Measure, ...]) -> str:
    """What is shared least evenly, if anything is."""
    uneven = [
        (bar.value / (sum(each.value for each in one.bars) / len(one.bars)), one, bar)
        for one in all_
        if not one.empty and len(one.bars) > 1
        for bar in one.bars[:1]
    ]
    if not uneven:
        return _("Nobody was on duty in these days.") if not all_ or all_[0].empty else _("One person carries it all.")
    times, measure, bar = max(uneven, key=lambda one: one[0])
    if times < UNEVEN:
        return _("Duty is shared evenly: nobody carries half as much again as an even share.")
    values = {"what": measure.title, "name": bar.name, "times": number(times)}
    return _("%(what)s weigh most on %(name)s: %(times)s times an even share.") % values


def _known_since(duty: Duty, span: Span) -> datetime | None:
    """Where the roster is younger than the span: since when it is known."""
    first = RosterVersion.objects.filter(brand=duty.brand).order_by("number").values_list("in_force_from", flat=True)[0]
    return first if first > span.starts else None
