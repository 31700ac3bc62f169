"""Who stands in which role: the roster in force with its people's accounts; without one, whoever holds the desk's role.

People of the roster and accounts meet by their e-mail, among those who have a role in the brand. A brand that never
made a roster works all the same: its plan's roles are filled by memberships (`cases/called.py`), day and night. The
same type of document says it, so that nothing above this file asks which of the two it is, except to tell people.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from sereno.desk.accounts.models import Brand, Membership, User
from sereno.desk.cases.called import seat_of
from sereno.desk.duty.models import RosterVersion
from sereno.desk.plans.queries import plan_of, version_in_force
from sereno.engine.duty.load import load_roster
from sereno.engine.duty.quiet import Quiet
from sereno.engine.duty.roster import Roster
from sereno.engine.duty.rota import Rota
from sereno.engine.plan.model import AREA_OWNER, Plan

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """A brand's roster as it stands, and the accounts of its people."""

    roster: Roster
    users: dict[str, User]
    """By the roster's name; who has no account in this brand is missing here."""
    version: RosterVersion | None
    """None: no roster is in force; the roles are those of the memberships, day and night."""
    key: str
    """Alike for alike rosters."""
    accounts: Mapping[str, User] = field(default_factory=dict)
    """Everybody who has a role in the brand, by e-mail; also who stands in no roster."""

    @property
    def by_membership(self) -> bool:
        return self.version is None

    def person_of(self, user: User) -> str | None:
        """The roster's name of an account."""
        return next((person for person, each in self.users.items() if each.pk == user.pk), None)

    def with_roster(self, roster: Roster) -> Standing:
        """The same accounts on another roster, such as one that is not in force yet."""
        by_email = self.accounts
        named = {each.person: by_email.get((each.email or "").casefold()) for each in roster.people}
        users = {person: user for person, user in named.items() if user is not None}
        written = roster.model_dump_json()
        return replace(self, roster=roster, users=users, key=hashlib.sha256(written.encode()).hexdigest())

    def users_of(self, people: tuple[str, ...] | list[str]) -> list[User]:
        return [self.users[person] for person in people if person in self.users]


def standing_roster(brand: Brand, plan: Plan | None = None) -> Standing:
    """The roster in force and its people. `plan`: spares looking up the brand's plan."""
    version = roster_in_force(brand)
    members = list(Membership.objects.filter(brand=brand, user__is_active=True).select_related("user"))
    if version is not None:
        roster = roster_of(version)
        accounts = {one.user.email.casefold(): one.user for one in members}
        named = {each.person: accounts.get((each.email or "").casefold()) for each in roster.people}
        users = {person: user for person, user in named.items() if user is not None}
        return Standing(roster, users, version, version.digest, accounts)
    if plan is None:
        current = version_in_force(brand)
        plan = plan_of(current) if current else None
    return _by_membership(plan, members)


def roster_in_force(brand: Brand) -> RosterVersion | None:
    return RosterVersion.objects.filter(brand=brand, in_force_until__isnull=True).first()


def roster_of(version: RosterVersion) -> Roster:
    """The version's text as a roster, parsed once per process."""
    return _parsed(version.digest, version.text)


@lru_cache(maxsize=64)
def _parsed(digest: str, text: str) -> Roster:  # noqa: ARG001 — the digest makes the key cheap to compare
    return load_roster(text)


# -- without a roster -------------------------------------------------------------------------------------------------


def _by_membership(plan: Plan | None, members: list[Membership]) -> Standing:
    users = {f"u{one.user_id}": one.user for one in sorted(members, key=lambda one: one.user_id)}
    roles = _roles_of(plan) if plan else []
    held: dict[str, list[str]] = {}
    for role in roles:
        seat = seat_of(plan, role) if plan else None
        if seat is not None:
            filled = dict.fromkeys(f"u{one.user_id}" for one in members if seat.filled_by(one.role, one.area))
            held[role] = sorted(filled)
    values: dict[str, Any] = {
        "sereno_roster": 1, "roster": "memberships", "version": "0",
        "timezone": plan.brand.timezone if plan else "UTC",
        "people": [
            {
                "person": person, "name": str(user) or user.email, "email": user.email, "timezone": user.timezone,
                "roles": [role for role, people in held.items() if person in people],
            }
            for person, user in users.items()
        ],
        "shifts": [
            {"shift": f"always-{number}", "role": role, "hours": ["00:00-00:00"], "people": people}
            for number, (role, people) in enumerate(held.items())
            if people
        ],
    }  # fmt: skip
    written = json.dumps(values, sort_keys=True)
    accounts = {user.email.casefold(): user for user in users.values()}
    return Standing(_made(written), users, None, hashlib.sha256(written.encode()).hexdigest(), accounts)


@lru_cache(maxsize=64)
def _made(written: str) -> Roster:
    return Roster.model_validate(json.loads(written))


def _roles_of(plan: Plan) -> list[str]:
    """Every role that a line can call."""
    named = [
        *(step.role for step in plan.chain if step.role != AREA_OWNER),
        *(area.owner for area in plan.areas),
        *(area.deputy for area in plan.areas if area.deputy),
        *(rule.route.role for rule in plan.lights if rule.route is not None),
        *(role.role for role in plan.roles),
        *(role.deputy for role in plan.roles if role.deputy),
    ]
    return list(dict.fromkeys(named))


# -- quiet hours ------------------------------------------------------------------------------------------------------


def quiet_of(user: User) -> list[tuple[list[dict[str, Any]], str]]:
    """Quiet hours that rosters have for this person, each with its zone, as `notify` keeps one's own (`DESK_QUIET`)."""
    found = []
    versions = RosterVersion.objects.filter(in_force_until=None, brand__memberships__user=user).distinct()
    for roster in (roster_of(version) for version in versions):
        for each in roster.people:
            if each.quiet and (each.email or "").casefold() == user.email.casefold():
                hours = [
                    {"days": list(range(7)), "from": f"{begins:%H:%M}", "until": f"{stops:%H:%M}"}
                    for begins, stops in each.quiet
                ]
                found.append((hours, each.timezone or roster.timezone))
    return found


# -- spread out over days ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Keyed:
    """A roster that is compared by its digest alone."""

    key: str
    roster: Roster

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Keyed) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


def rota_of(standing: Standing, start: datetime, end: datetime) -> Rota:
    """The roster spread out between two moments; kept in memory for whoever asks again."""
    return _rota(_Keyed(standing.key, standing.roster), start.astimezone(UTC), end.astimezone(UTC))


def rota_of_version(version: RosterVersion, start: datetime, end: datetime) -> Rota:
    """The same for any version, also one whose time is over."""
    return _rota(_Keyed(version.digest, roster_of(version)), start.astimezone(UTC), end.astimezone(UTC))


def rota_around(standing: Standing, at: datetime) -> Rota:
    """The rota of the day, with a day before and after."""
    return rota_of(standing, *_around(at))


def quiet_around(standing: Standing, at: datetime) -> Quiet:
    return _quiet(_Keyed(standing.key, standing.roster), *_around(at))


def _around(at: datetime) -> tuple[datetime, datetime]:
    midnight = at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - DAY, midnight + 2 * DAY


@lru_cache(maxsize=64)
def _rota(keyed: _Keyed, start: datetime, end: datetime) -> Rota:
    return Rota(keyed.roster, start, end)


@lru_cache(maxsize=64)
def _quiet(keyed: _Keyed, start: datetime, end: datetime) -> Quiet:
    return Quiet(_rota(keyed, start, end))
