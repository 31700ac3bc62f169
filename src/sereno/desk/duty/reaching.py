"""Is there somebody who hears it? Chains that were called to their end, messages that reach nobody, empty roles, people
who have nothing but the bell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from sereno.desk.accounts.models import Brand, Membership
from sereno.desk.cases.models import CaseState
from sereno.desk.duty.findings import Finding
from sereno.desk.duty.models import Line, LineHappening
from sereno.desk.duty.standing import rota_around, standing_roster
from sereno.desk.notify.messages import TEST
from sereno.desk.notify.models import ContactWay, Kind, Notification, NotificationState
from sereno.desk.notify.queries import mail_fault, without_a_way
from sereno.desk.plans.models import PlanVersion
from sereno.desk.plans.queries import plan_of
from sereno.desk.plans.titles import role_title
from sereno.engine.duty.gaps import Need, needs
from sereno.engine.duty.rota import Rota
from sereno.engine.duty.wall import of_wall
from sereno.engine.plan.deadlines import on_duty
from sereno.engine.plan.model import Plan

GIVEN_UP_LATELY = timedelta(hours=24)
AT_MOST = 1000
"""Lines that are looked at."""


# -- chains -----------------------------------------------------------------------------------------------------------


def exhausted_lines() -> Iterator[Finding]:
    """Lines that go on and have nobody left: nobody can be reached, or everybody of the end was called in vain."""
    wide = LineHappening.objects.filter(Q(what="nobody") | Q(how="everybody"), line=OuterRef("pk"))
    living = Line.objects.filter(Exists(wide), due_at__isnull=False)
    by_brand: dict[int, list[Line]] = {}
    for line in living.order_by("brand_id", "case_id")[:AT_MOST]:
        if _exhausted(line):
            by_brand.setdefault(line.brand_id, []).append(line)
    for brand, lines in by_brand.items():
        cases = list(dict.fromkeys(line.case_id for line in lines))
        yield Finding("line-exhausted", {"count": len(cases), "case": cases[0]}, brand)


def _exhausted(line: Line) -> bool:
    last, *before = line.happenings.order_by("-number")[:2]
    if last.what == "nobody":
        return True
    return last.how == "everybody" and bool(before) and (before[0].how, before[0].link) == ("everybody", last.link)


# -- messages ---------------------------------------------------------------------------------------------------------


def failed_messages(now: datetime) -> Iterator[Finding]:
    """People whom no way reached, as far as somebody still waits for them; and a mail server that takes nothing."""
    by_brand: dict[int | None, set[int]] = {}
    for brand, user in _not_reached(now).values_list("brand_id", "user_id"):
        by_brand.setdefault(brand, set()).add(user)
    for of, people in sorted(by_brand.items(), key=lambda each: each[0] or 0):
        yield Finding("messages-failed", {"count": len(people)}, of)
    fault = mail_fault(now)
    if fault:
        yield Finding("messages-failed", {"mail": fault})


def _not_reached(now: datetime) -> QuerySet[Notification]:
    here = Membership.objects.filter(user=OuterRef("user"), brand=OuterRef("brand"))
    since = Notification.objects.filter(user=OuterRef("user"), reached_at__gte=OuterRef("ended_at"))
    given_up = Q(state=NotificationState.GIVEN_UP, ended_at__gt=now - GIVEN_UP_LATELY) & ~Exists(since)
    waits = Q(case=None) | Q(case__state=CaseState.OPEN, case__acknowledged_at=None)
    failed = Notification.objects.filter(Q(state=NotificationState.UNREACHED) | given_up, waits, user__is_active=True)
    return failed.filter(Q(brand=None) | Exists(here)).exclude(code=TEST).exclude(brand__demo=True)


# -- roles ------------------------------------------------------------------------------------------------------------


def unmanned_roles(now: datetime) -> Iterator[Finding]:
    """Roles that the plan in force wants filled at this hour, in which nobody stands; accepted gaps aside."""
    plans = PlanVersion.objects.filter(in_force_from__isnull=False, in_force_until__isnull=True)
    for version in plans.select_related("brand").order_by("brand_id"):
        plan = plan_of(version)
        rota = rota_around(standing_roster(version.brand, plan), now)
        wanted = [need for need in needs(plan) if need.always or on_duty(now, plan)]
        empty = [need.role for need in wanted if not rota.on(need.role, now) and not _accepted(need, rota, now)]
        if empty:
            titles = [role_title(plan, role) for role in empty]
            yield Finding("role-unmanned", {"count": len(empty), "roles": titles}, version.brand_id)


def _accepted(need: Need, rota: Rota, now: datetime) -> bool:
    zone = rota.roster.timezone
    return any(
        of_wall(each.starts, zone) <= now < of_wall(each.ends, zone)
        for each in rota.roster.gaps
        if each.role == need.role and each.network is None and each.language is None
    )


# -- ways -------------------------------------------------------------------------------------------------------------

NEXT = timedelta(hours=24)


def no_ways_out(now: datetime) -> Iterator[Finding]:
    """People of the chain, on duty now or next within a day, whom nothing reaches outside of the product."""
    set_up = settings.SERENO_SMTP is not None or ContactWay.objects.filter(
        kind=Kind.APPRISE, confirmed_at__isnull=False
    ).exists()  # fmt: skip
    if not set_up:
        if not Brand.objects.exists() or Brand.objects.filter(demo=False).exists():
            yield Finding("no-way-out")  # of a demo nothing is meant to leave the desk
        return
    plans = PlanVersion.objects.filter(in_force_from__isnull=False, in_force_until__isnull=True, brand__demo=False)
    for version in plans.select_related("brand").order_by("brand_id"):
        plan = plan_of(version)
        standing = standing_roster(version.brand, plan)
        people = _now_and_next(plan, rota_around(standing, now), now)
        lost = without_a_way(standing.users[each].pk for each in people if each in standing.users)
        unheard = [each for each in people if each not in standing.users or standing.users[each].pk in lost]
        if unheard:
            names = [standing.roster.person(each).name for each in unheard]
            yield Finding("no-way-out", {"count": len(names), "people": names}, version.brand_id)


def _now_and_next(plan: Plan, rota: Rota, now: datetime) -> list[str]:
    """By the roster's names, each once, in the order of the chain."""
    found: dict[str, None] = {}
    for need in needs(plan):
        here = rota.on(need.role, now)
        found.update(dict.fromkeys(here))
        coming = [w for w in rota.all if w.role == need.role and now < w.starts <= now + NEXT and w.person not in here]
        found.update(dict.fromkeys(w.person for w in coming if w.starts == min(each.starts for each in coming)))
    return list(found)
