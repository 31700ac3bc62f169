"""How long anybody waits for a human at worst, in words: the engine's proof, for the roster in force."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sereno.desk.accounts.models import Brand
from sereno.desk.duty.standing import Standing, rota_of, standing_roster
from sereno.desk.notify.models import Preference
from sereno.desk.plans.titles import role_title
from sereno.engine.duty.proof import Worst, worst_of_all
from sereno.engine.duty.quiet import OwnHours
from sereno.engine.duty.stretches import Stretch
from sereno.engine.plan.model import Plan

AHEAD = timedelta(weeks=8)
OwnQuiet = tuple[tuple[str, tuple[OwnHours, ...]], ...]
LISTED = 5
"""Stretches without anybody that are listed; the rest is counted."""


@dataclass(frozen=True, slots=True)
class WorstSeen:
    """Of one light, over all areas: the longest."""

    degree: str
    at_once: bool
    """The first human is called the moment the post is judged, at every hour."""
    first: str
    first_at: datetime
    last: str
    last_at: datetime
    off_duty: tuple[Stretch, ...]
    off_duty_more: int
    nobody: tuple[Stretch, ...]
    nobody_more: int
    last_later: bool
    """The chain has steps that are called after the first."""
    by_name: str = ""
    """Title of the role that rules of this light call by name; empty: of the chain of all other posts."""
    beside: bool = False
    """The chain is called at the same time as that role."""


@dataclass(frozen=True, slots=True)
class Proof:
    lights: tuple[WorstSeen, ...]
    start: datetime
    end: datetime
    by_membership: bool
    """No roster is in force: memberships stand day and night."""

    @property
    def ends_in_nobody(self) -> bool:
        return any(each.nobody for each in self.lights if not each.beside)

    @property
    def by_name_in_nobody(self) -> bool:
        """A role that rules call by name is called, at some hour, and nobody hears it; the chain is called all the
        same."""
        return any(each.nobody for each in self.lights if each.beside)


def proof_of(brand: Brand, plan: Plan, digest: str, now: datetime) -> Proof:
    """Of this plan with the roster in force, for posts that arrive in the next eight weeks. `digest`: of the plan."""
    standing = standing_roster(brand, plan)
    start = _midnight(now)
    found = _worst(_Asked(digest, standing.key, start, plan, standing, own_quiet(standing)))
    alike: dict[tuple[str, str, bool], list[Worst]] = {}
    for each in found:
        alike.setdefault((each.degree, each.by_name, each.beside), []).append(each)
    lights = tuple(
        replace(_seen(degree, all_), by_name=role_title(plan, role) if role else "", beside=beside)
        for (degree, role, beside), all_ in alike.items()
    )
    return Proof(lights, start, start + AHEAD, standing.by_membership)


def worst_ahead(plan: Plan, standing: Standing, now: datetime, own: OwnQuiet | None = None) -> tuple[Worst, ...]:
    """Each light's longest waits, for posts that arrive in the next eight weeks. `own`: spares looking it up."""
    hours = dict(own_quiet(standing) if own is None else own)
    rota = rota_of(standing, _midnight(now), _midnight(now) + AHEAD)
    return worst_of_all(plan, rota, own=hours, uncallable=_without_account(standing))


def _without_account(standing: Standing) -> frozenset[str]:
    """They stand in the roster, and cannot be called."""
    return frozenset(each.person for each in standing.roster.people if each.person not in standing.users)


def own_quiet(standing: Standing) -> OwnQuiet:
    """Quiet hours that the roster's people set for themselves, by the roster's names."""
    rows = Preference.objects.filter(user__in=[user.pk for user in standing.users.values()]).exclude(quiet=[])
    kept = dict(rows.values_list("user_id", "quiet"))
    return tuple(
        (person, tuple(_hours(each, user.timezone) for each in kept[user.pk]))
        for person, user in standing.users.items()
        if user.pk in kept
    )


def _hours(each: dict[str, Any], zone: str) -> OwnHours:
    return OwnHours(tuple(each["days"]), time.fromisoformat(each["from"]), time.fromisoformat(each["until"]), zone)


def _midnight(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def _seen(degree: str, all_: list[Worst]) -> WorstSeen:
    first = max(all_, key=lambda each: each.first_call)
    last = max(all_, key=lambda each: each.last_link)
    off = sorted({one for each in all_ for one in each.off_duty})
    nobody = sorted({one for each in all_ for one in each.nobody})
    return WorstSeen(
        degree, first.first_call <= timedelta(), span_words(first.first_call), first.first_call_at,
        span_words(last.last_link), last.last_link_at, tuple(off[:LISTED]), max(0, len(off) - LISTED),
        tuple(nobody[:LISTED]), max(0, len(nobody) - LISTED), last.last_link > timedelta(),
    )  # fmt: skip


def span_words(span: timedelta) -> str:
    """`at once`, `25 minutes`, `3 hours 20 minutes`, `2 days 4 hours`: rounded up, never better than it is."""
    minutes = -(-span // timedelta(minutes=1))
    if minutes <= 0:
        return _("at once")
    days, left = divmod(minutes, 24 * 60)
    hours, rest = divmod(left, 60)
    parts = []
    if days:
        parts.append(ngettext("%(n)s day", "%(n)s days", days) % {"n": days})
    if hours:
        parts.append(ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours})
    if rest and not days:
        parts.append(ngettext("%(n)s minute", "%(n)s minutes", rest) % {"n": rest})
    return " ".join(parts)


class _Asked:
    """A question that is compared by its keys alone."""

    def __init__(
        self, digest: str, roster: str, start: datetime, plan: Plan, standing: Standing, own: OwnQuiet
    ) -> None:  # fmt: skip
        self.key = (digest, roster, start, own, _without_account(standing))
        self.plan, self.standing, self.start, self.own = plan, standing, start, own

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


@lru_cache(maxsize=32)
def _worst(asked: _Asked) -> tuple[Worst, ...]:
    return worst_ahead(asked.plan, asked.standing, asked.start, asked.own)
