"""The plan in force, read once per text; drafts, versions, and who knows which."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import QuerySet

from sereno.desk.accounts.models import Brand, User
from sereno.desk.accounts.permissions import ALLOWED, Action, may
from sereno.desk.plans.models import LIVING, DraftState, PlanDraft, PlanKnown, PlanReplay, PlanVersion, ReplayState
from sereno.engine.plan.load import load_plan
from sereno.engine.plan.model import Plan
from sereno.engine.watches.match import Watcher


def version_in_force(brand: Brand) -> PlanVersion | None:
    return PlanVersion.objects.filter(brand=brand, in_force_from__isnull=False, in_force_until__isnull=True).first()


def plan_of(version: PlanVersion) -> Plan:
    """The version's text as a plan. Parsed once per process: a version never changes."""
    return _parsed(version.digest, version.text)


def watcher_of(version: PlanVersion) -> Watcher:
    return _watching(version.digest, version.text)


@lru_cache(maxsize=128)
def _parsed(digest: str, text: str) -> Plan:  # noqa: ARG001 — the digest makes the key cheap to compare
    return load_plan(text, "plan.yaml")


@lru_cache(maxsize=128)
def _watching(digest: str, text: str) -> Watcher:
    return Watcher(_parsed(digest, text).watches)


def versions(brand: Brand) -> QuerySet[PlanVersion]:
    """The history, the newest first."""
    return PlanVersion.objects.filter(brand=brand).order_by("-number")


def version_of(brand: Brand, number: int) -> PlanVersion | None:
    return versions(brand).filter(number=number).first()


def drafts(brand: Brand) -> QuerySet[PlanDraft]:
    """Those that live, the last edited first."""
    return PlanDraft.objects.filter(brand=brand, state__in=LIVING).order_by("-edited_at", "-pk")


def draft_of(brand: Brand, number: int) -> PlanDraft | None:
    """Any draft by its number, also one whose life is over."""
    return PlanDraft.objects.filter(brand=brand, number=number).select_related("brand", "based_on", "replay").first()


def is_behind(draft: PlanDraft) -> bool:
    """Whether another version came in force since it was started: what that one changed, this one would undo."""
    current = version_in_force(draft.brand)
    return current is not None and draft.based_on_id is not None and draft.based_on_id != current.pk


def proven_by(draft: PlanDraft, replay: PlanReplay) -> bool:
    """Whether the replay proves this very text: all stored posts, against the plan that is in force now."""
    current = version_in_force(draft.brand)
    return (
        replay.state == ReplayState.DONE
        and replay.digest == draft.digest
        and replay.since is None
        and current is not None
        and replay.against_id == current.pk
    )


def stands_in_the_way(draft: PlanDraft, user: User) -> list[str]:
    """What keeps the person from approving the draft, as codes (`refused.CODES`); empty: nothing."""
    return list(_obstacles(draft, user))


def _obstacles(draft: PlanDraft, user: User) -> Iterator[str]:
    if draft.state not in LIVING:
        yield "not-living"
        return
    if draft.state == DraftState.DRAFT:
        yield "not-checked"
    elif draft.replay is None or not proven_by(draft, draft.replay):
        yield "not-replayed"
    if not may(user, Action.APPROVE_PLAN, draft.brand):
        yield "no-right"
    elif user.pk in (draft.edited_by_id, draft.asked_by_id):
        yield "edited-it" if user.pk == draft.edited_by_id else "asked-for-it"
        if not could_approve(draft):
            yield "nobody-else"


def could_approve(draft: PlanDraft) -> list[User]:
    """Who may approve the draft as it stands: with the right, and neither its last editor nor who asked."""
    people = members(draft.brand).filter(memberships__role__in=ALLOWED[Action.APPROVE_PLAN])
    return list(people.exclude(pk__in=[draft.edited_by_id, draft.asked_by_id or 0]).distinct())


def may_roll_back(user: User, brand: Brand) -> bool:
    return may(user, Action.ROLL_BACK_PLAN, brand)


def members(brand: Brand) -> QuerySet[User]:
    """Everybody with a role in the brand, by name."""
    return User.objects.filter(is_active=True, memberships__brand=brand).distinct().order_by("name", "pk")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Who confirmed having read a version, and who has not."""

    known: tuple[tuple[User, datetime], ...]
    missing: tuple[User, ...]


def knowledge(version: PlanVersion) -> Knowledge:
    """Among today's members. Who confirmed this very text as another version knows it: a roll-back asks nobody anew."""
    confirmed: dict[int, datetime] = {}
    rows = PlanKnown.objects.filter(brand_id=version.brand_id, version__digest=version.digest).order_by("at")
    for user, at in rows.values_list("user_id", "at"):
        confirmed.setdefault(user, at)
    people = list(members(version.brand))
    return Knowledge(
        tuple((person, confirmed[person.pk]) for person in people if person.pk in confirmed),
        tuple(person for person in people if person.pk not in confirmed),
    )


def pending_confirmation(user: User, brand: Brand) -> PlanVersion | None:
    """The version in force, where this member has not confirmed having read it."""
    version = version_in_force(brand)
    if version is None or not may(user, Action.SEE, brand):
        return None
    known = PlanKnown.objects.filter(brand=brand, user=user, version__digest=version.digest).exists()
    return None if known else version
