"""Reads of duty: the roster, who is on, a case's lines as people see them, pauses, notes, swaps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import Prefetch, Q, QuerySet

from sereno.desk.accounts.models import Brand, User
from sereno.desk.cases.models import Case, CaseState
from sereno.desk.duty.chains import as_happening, read_links
from sereno.desk.duty.health import Health as Health
from sereno.desk.duty.health import health as health
from sereno.desk.duty.models import HandOver, HandOverRead, Line, LineHappening, Pause, RosterVersion, Swap, SwapState
from sereno.desk.duty.standing import (
    Standing,
    rota_around,
    standing_roster,
)
from sereno.desk.duty.standing import roster_in_force as roster_in_force
from sereno.desk.duty.standing import rota_of as rota_of
from sereno.desk.duty.standing import rota_of_version as rota_of_version
from sereno.desk.plans.queries import plan_of, version_in_force
from sereno.engine.duty.escalation import Link
from sereno.engine.duty.escalation import Standing as Place
from sereno.engine.duty.escalation import standing as place_of
from sereno.engine.duty.gaps import Gap, Need, gaps, needs
from sereno.engine.duty.rota import Watchkeeping
from sereno.engine.plan.model import Plan

SOON = timedelta(days=14)
"""How far ahead is looked for who comes next."""


# -- rosters ----------------------------------------------------------------------------------------------------------


def roster_versions(brand: Brand) -> QuerySet[RosterVersion]:
    """The history, the newest first."""
    return RosterVersion.objects.filter(brand=brand).order_by("-number")


def roster_version_of(brand: Brand, number: int) -> RosterVersion | None:
    return roster_versions(brand).filter(number=number).first()


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Somebody who stands in a role."""

    person: str
    """The roster's name."""
    name: str
    user: User | None
    """None: no account of the brand has their e-mail; they are seen, but cannot be called."""
    since: datetime
    until: datetime
    """Until when they stand there without a break, as far as is looked ahead."""
    via: str
    """shift, override or swap."""
    shift: str
    instead_of: str | None


def who_is_on(
    brand: Brand, role: str, at: datetime, *, network: str | None = None, language: str | None = None,
    standing: Standing | None = None,
) -> tuple[OnDuty, ...]:  # fmt: skip
    """Who stands in the role at this moment, for this network and language; each once."""
    standing = standing or standing_roster(brand)
    rota = rota_around(standing, at)
    fitting = rota.on(role, at, network=network, language=language)
    there = {each.person: each for each in reversed(rota.standing(role, at))}
    return tuple(_on_duty(there[person], standing) for person in fitting)


def next_on(brand: Brand, role: str, at: datetime, *, standing: Standing | None = None) -> OnDuty | None:
    """Who comes next: the first to begin after this moment who is not there already. None within two weeks."""
    standing = standing or standing_roster(brand)
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    rota = rota_of(standing, midnight - timedelta(days=1), midnight + SOON)
    here = set(rota.on(role, at))
    for each in rota.all:
        if each.role == role and each.starts > at and each.person not in here:
            return _on_duty(each, standing)
    return None


def on_duty_now(brand: Brand, at: datetime) -> dict[str, tuple[OnDuty, ...]]:
    """Who is on, for every role that the plan's chain wants, in the order of the chain."""
    standing = standing_roster(brand)
    return {need.role: who_is_on(brand, need.role, at, standing=standing) for need in needs_of(brand)}


def needs_of(brand: Brand) -> tuple[Need, ...]:
    version = version_in_force(brand)
    return needs(plan_of(version)) if version else ()


def askable_roles(brand: Brand) -> tuple[Plan | None, tuple[str, ...]]:
    """The plan in force, and each of its roles that somebody with an account holds, in the chain or beside it."""
    version = version_in_force(brand)
    if version is None:
        return None, ()
    plan, standing = plan_of(version), standing_roster(brand)
    held = {role for person in standing.roster.people if person.person in standing.users for role in person.roles}
    known = [*(need.role for need in needs(plan)), *(role.role for role in plan.roles)]
    return plan, tuple(role for role in dict.fromkeys(known) if role in held)


def plan_gaps(brand: Brand, start: datetime, end: datetime) -> tuple[Gap, ...]:
    """Where nobody stands though the plan in force wants somebody, on the networks from which posts came."""
    version = version_in_force(brand)
    if version is None:
        return ()
    networks = Case.objects.filter(brand=brand).values_list("network", flat=True).distinct().order_by("network")
    return gaps(rota_of(standing_roster(brand), start, end), plan_of(version), networks=list(networks))


def _on_duty(each: Watchkeeping, standing: Standing) -> OnDuty:
    name = standing.roster.person(each.person).name
    return OnDuty(
        each.person, name, standing.users.get(each.person), each.starts, each.ends, each.via, each.shift,
        each.instead_of,
    )  # fmt: skip


# -- a case's lines ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LineSeen:
    """A line as people see it."""

    line: Line
    links: tuple[Link, ...]
    happenings: tuple[LineHappening, ...]
    users: dict[int, User]
    """Everybody whom its happenings name."""

    @cached_property
    def place(self) -> Place:
        return place_of([as_happening(each) for each in self.happenings])

    @property
    def over(self) -> bool:
        return self.line.over_at is not None

    @property
    def at_link(self) -> Link:
        return self.links[min(self.place.link, len(self.links) - 1)]

    @property
    def next_link(self) -> Link | None:
        """Who is called next, where nobody acknowledges; None at the end: then the last is called again."""
        onward = self.place.link + 1
        return None if self.over or onward >= len(self.links) else self.links[onward]

    @property
    def people(self) -> tuple[User, ...]:
        """Who is called now."""
        last = next((each for each in reversed(self.happenings) if each.what == "called"), None)
        return () if self.over or last is None else self.told(last)

    def told(self, happening: LineHappening) -> tuple[User, ...]:
        return tuple(self.users[pk] for pk in happening.users if pk in self.users)

    def by(self, happening: LineHappening) -> User | None:
        return self.users.get(happening.by_id or 0)


def lines_of(case: Case) -> list[LineSeen]:
    """The case's lines, the newest turn first, in each the chain first. Three queries, however many lines."""
    rows = list(Line.objects.filter(case=case).order_by("-turn", "pk"))
    happened: dict[int, list[LineHappening]] = {row.pk: [] for row in rows}
    named: set[int] = set()
    for each in LineHappening.objects.filter(line__case=case).order_by("number"):
        happened[each.line_id].append(each)
        named.update([*each.users, *([each.by_id] if each.by_id else [])])
    users = User.objects.in_bulk(named)
    return [LineSeen(row, read_links(row.links), tuple(happened[row.pk]), users) for row in rows]


def living_lines(brand: Brand) -> QuerySet[Line]:
    """Every escalation under way, what is due soonest first."""
    return Line.objects.filter(brand=brand, due_at__isnull=False).select_related("case").order_by("due_at", "pk")


# -- pauses, notes, swaps ---------------------------------------------------------------------------------------------


def pauses_of(case: Case) -> QuerySet[Pause]:
    return Pause.objects.filter(case=case).select_related("by").order_by("-starts_at", "-pk")


def pause_of(case: Case) -> Pause | None:
    """The one that runs now."""
    return pauses_of(case).filter(ends_at=None).first()


def paused(cases: Iterable[Case]) -> set[int]:
    """Ids of those whose clock stands still. One query."""
    ids = [case.pk for case in cases]
    return set(Pause.objects.filter(case__in=ids, ends_at=None).values_list("case_id", flat=True))


def called_for(brand: Brand, user: User) -> frozenset[int] | None:
    """`DESK_CALLED`: ids of open cases that nobody has and for which the person was called; None: without a roster."""
    if roster_in_force(brand) is None:
        return None
    calls = LineHappening.objects.filter(
        line__brand=brand, line__over_at__isnull=True, line__case__state=CaseState.OPEN, what="called"
    )
    waiting = calls.filter(line__case__owner__isnull=True).order_by().values_list("line__case_id", "users").distinct()
    return frozenset(case for case, users in waiting if user.pk in users)


NOTES_KEPT = timedelta(days=7)
"""So long a note that others have read waits for somebody who was not there; one that nobody read waits for ever."""
MOST_NOTES, MOST_OWN_NOTES = 50, 10


def notes_for(user: User, brand: Brand, now: datetime, *, standing: Standing | None = None) -> list[HandOver]:
    """All hand-over notes of the roles in which the person stands that they have not read nor wrote; oldest first."""
    standing = standing or standing_roster(brand)
    person = standing.person_of(user)
    if person is None:
        return []
    rota = rota_around(standing, now)
    roles = [role for role in standing.roster.person(person).roles if person in rota.on(role, now)]
    waiting = HandOver.objects.filter(brand=brand, role__in=roles).filter(
        Q(at__gte=now - NOTES_KEPT) | Q(read_by__isnull=True)
    )
    unread = waiting.exclude(by=user).exclude(read_by__user=user)
    return list(unread.select_related("by").distinct().order_by("at", "pk")[:MOST_NOTES])


def notes_by(user: User, brand: Brand) -> list[HandOver]:
    """What the person wrote, the newest first; `read_by` with who read it and when."""
    mine = HandOver.objects.filter(brand=brand, by=user).prefetch_related(
        Prefetch("read_by", HandOverRead.objects.select_related("user").order_by("at", "pk"))
    )
    return list(mine.order_by("-at", "-pk")[:MOST_OWN_NOTES])


def swaps_of(user: User, brand: Brand) -> QuerySet[Swap]:
    """Those the person asked for, and those they were asked; the newest first."""
    mine = Swap.objects.filter(brand=brand, asked_by=user) | Swap.objects.filter(brand=brand, other=user)
    return mine.select_related("asked_by", "other").order_by("-asked_at", "-pk")


def open_swaps(brand: Brand) -> QuerySet[Swap]:
    found = Swap.objects.filter(brand=brand, state=SwapState.ASKED).select_related("asked_by", "other")
    return found.order_by("asked_at", "pk")
