"""Duty by person: everybody at a glance, and a page each: turns, leave, what they know, how they are reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from babel import Locale
from babel.dates import format_skeleton
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET

from sereno.desk.accounts.models import User
from sereno.desk.accounts.permissions import Action, may
from sereno.desk.accounts.request import person as signed_in
from sereno.desk.notify.models import ContactWay, Kind, Preference
from sereno.desk.plans.models import PlanKnown, PlanVersion
from sereno.desk.plans.queries import pending_confirmation, version_in_force
from sereno.desk.plans.titles import area_title
from sereno.desk.rosters.frame import Duty, context, duty_of
from sereno.desk.rosters.quiet_told import quiet_told
from sereno.desk.rosters.told_entries import between, kind_of
from sereno.desk.rosters.week import WEEK, Cell, cell_of, midnight, monday_of, standing_between
from sereno.desk.rosters.wording import locale, money, spoken, when
from sereno.desk.words import capital, language, names_of, word
from sereno.engine.duty.roster import Authority, Person
from sereno.engine.duty.rota import Watchkeeping
from sereno.engine.duty.stretches import union
from sereno.engine.duty.wall import of_wall
from sereno.engine.messages import country_name

WEEKS = 6


@dataclass(frozen=True, slots=True)
class PersonRow:
    person: Person
    roles: str
    now: str
    """On duty until when, or when next."""
    on_duty: bool
    away: str
    account: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class PlanRead:
    """Which version of the plan somebody confirmed having read."""

    version: PlanVersion | None
    at: datetime | None
    current: PlanVersion | None
    in_force: bool


@dataclass(frozen=True, slots=True)
class Ways:
    """Kinds alone: an address is for its owner's eyes."""

    kinds: tuple[str, ...]
    broken: bool


@login_required
@require_GET
def people_page(request: HttpRequest, slug: str) -> HttpResponse:
    duty = duty_of(request, slug)
    me = duty.standing.person_of(signed_in(request))
    there = standing_between(duty, duty.now, duty.now + WEEKS * WEEK)
    rows = [_row(duty, each, there, me) for each in duty.standing.roster.people]
    rows.sort(key=lambda row: (not row.mine, not row.on_duty, row.person.name.casefold()))
    told = {"rows": rows, "on_duty_now": sum(row.on_duty for row in rows), "tab": "people"}
    return render(request, "duty/people.html", {**context(request, duty), **told})


def _row(duty: Duty, person: Person, there: list[Watchkeeping], me: str | None) -> PersonRow:
    mine = [each for each in there if each.person == person.person]
    now, on = standing_told(duty, mine)
    roles = [duty.title(role) for role in person.roles]
    shown = ", ".join(roles[:2])
    if len(roles) > 2:
        more = len(roles) - 2
        shown = f"{shown} " + ngettext("and %(n)s more role", "and %(n)s more roles", more) % {"n": more}
    away = next((between(duty, starts, ends) for starts, ends, _kind in leave_of(duty, person.person)), "")
    return PersonRow(
        person, shown, now, on, away, person.person in duty.standing.users, person.person == me
    )  # fmt: skip


def standing_told(duty: Duty, mine: list[Watchkeeping]) -> tuple[str, bool]:
    """`on duty until 15:00`, and whether that is now; `mine`: their stretches from now on."""
    stands = union((each.starts, each.ends) for each in mine)
    last = next((ends for starts, ends in stands if starts <= duty.now < ends), None)
    if last is not None:
        if last >= duty.now + WEEKS * WEEK:
            return _("on duty day and night"), True
        return _("on duty until %(at)s") % {"at": when(last, duty.now)}, True
    later = min((starts for starts, _ends in stands if starts > duty.now), default=None)
    if later is None:
        return _("no duty in the next six weeks"), False
    return _("next on duty %(at)s") % {"at": when(later, duty.now)}, False


def leave_of(duty: Duty, person: str) -> list[tuple[datetime, datetime, str]]:
    """What is not over yet, the soonest first."""
    zone = duty.standing.roster.timezone
    found = [
        (of_wall(each.starts, zone), of_wall(each.ends, zone), each.kind)
        for each in duty.standing.roster.absences
        if each.person == person and of_wall(each.ends, zone) > duty.now
    ]
    return sorted(found)


@login_required
@require_GET
def person_page(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    duty = duty_of(request, slug)
    roster = duty.standing.roster
    index, found = next(((n, each) for n, each in enumerate(roster.people) if each.person == name), (0, None))
    if found is None:
        raise Http404("nobody of this name stands in the roster")
    reader, user = signed_in(request), duty.standing.users.get(name)
    mine = user is not None and user.pk == reader.pk
    leads = may(reader, Action.EDIT_ROSTER, duty.brand)
    there = [each for each in standing_between(duty, duty.now, duty.now + WEEKS * WEEK) if each.person == name]
    first = monday_of(request.GET.get("from", ""), duty.now)
    told: dict[str, Any] = {
        "one": found, "index": index, "mine": mine, "user_of": user, "standing": standing_told(duty, there)[0],
        "first": first, "before": first - WEEKS * WEEK, "after": first + WEEKS * WEEK,
        "weeks": calendar_of(duty, name, first, changes=leads and bool(duty.number)), "days": _day_names(),
        "leave": [
            (between(duty, starts, ends), kind_of(kind) if mine or leads else _("away"))
            for starts, ends, kind in leave_of(duty, name)
        ],
        "facts": facts(duty, found), "quiet": quiet_told(duty, found, _own_quiet(user)),
        "authority": authority(duty, found),
        "trainings": [
            between(duty, each.starts, each.ends)
            for each in roster.absences
            if each.person == name and each.kind == "training"
        ],
        "read": plan_read(duty, user), "ways": ways(user), "tab": "people",
    }  # fmt: skip
    return render(request, "duty/person.html", {**context(request, duty), **told})


def calendar_of(duty: Duty, person: str, first: date, *, changes: bool) -> list[list[tuple[str, bool, Cell]]]:
    days = [first + timedelta(days=n) for n in range(7 * WEEKS)]
    there = standing_between(duty, midnight(days[0]), midnight(days[-1] + timedelta(days=1)))
    mine = [each for each in there if each.person == person]
    today = timezone.localtime(duty.now).date()
    cells = [
        (_label(day, first), day == today, cell_of(duty, person, mine, day, changes=changes, first=day == first))
        for day in days
    ]
    return [cells[n : n + 7] for n in range(0, len(cells), 7)]


def _label(day: date, first: date) -> str:
    """The day's number, with its month where a new one begins."""
    return format_skeleton("MMMd", day, locale=locale()) if day.day == 1 or day == first else str(day.day)


def _day_names() -> list[str]:
    names = Locale.parse(locale()).days["stand-alone"]["abbreviated"]
    return [capital(names[day]) for day in range(7)]


def facts(duty: Duty, person: Person) -> list[tuple[str, str]]:
    zone = person.timezone or duty.standing.roster.timezone
    country = person.country or duty.standing.roster.country
    return [
        (_("Roles"), ", ".join(duty.title(role) for role in person.roles) or "—"),
        (_("Areas"), ", ".join(area_title(duty.plan, area) for area in person.areas) or _("none named")),
        (_("Languages"), ", ".join(spoken(code) for code in person.languages) or _("whatever comes")),
        (_("Networks"), ", ".join(word("network", each) for each in person.networks) or pgettext("networks", "all")),
        (_("Time zone"), zone),
        (_("Public holidays"), country_name(country, language()) if country else "—"),
    ]


def authority(duty: Duty, person: Person) -> list[tuple[str, str]]:
    return [(_resource(duty, each), money(each.up_to)) for each in person.authority]


def _resource(duty: Duty, each: Authority) -> str:
    resources: Iterable[Any] = duty.plan.resources if duty.plan else ()
    found = next((one for one in resources if one.resource == each.resource), None)
    return names_of(found.title, duty.plan.brand.languages) if found and duty.plan else each.resource


def plan_read(duty: Duty, user: User | None) -> PlanRead | None:
    """None: they have no account, or there is no plan."""
    current = version_in_force(duty.brand)
    if user is None or current is None:
        return None
    known = PlanKnown.objects.filter(brand=duty.brand, user=user).select_related("version").order_by("-at", "-pk")
    same = known.filter(version__digest=current.digest).first()
    last = same or known.first()
    in_force = pending_confirmation(user, duty.brand) is None
    return PlanRead(last.version if last else None, last.at if last else None, current, in_force)


def ways(user: User | None) -> Ways | None:
    if user is None:
        return None
    confirmed = list(ContactWay.objects.filter(user=user, confirmed_at__isnull=False).order_by("position", "pk"))
    counted = Counter(way.kind for way in confirmed)
    # the account's own address is a way from the first day on; its row is made when it is first used
    if not any(way.own for way in confirmed):
        counted[Kind.MAIL] += 1
    kinds = tuple(f"{Kind(kind).label} × {n}" if n > 1 else str(Kind(kind).label) for kind, n in counted.items())
    return Ways(kinds, bool(confirmed) and all(way.broken_since for way in confirmed))


def _own_quiet(user: User | None) -> list[dict[str, Any]]:
    found = Preference.objects.filter(user=user).first() if user else None
    return found.quiet if found else []
