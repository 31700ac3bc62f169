"""The plan in force, read once per text; drafts, versions, and who knows which."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from django.db.models import QuerySet

from sereno.desk.accounts.models import Brand, Membership, User
from sereno.desk.accounts.permissions import ALLOWED, Action, may
from sereno.desk.plans.models import LIVING, DraftState, PlanDraft, PlanKnown, PlanReplay, PlanVersion, ReplayState
from sereno.engine.plan.load import load_plan
from sereno.engine.plan.model import Plan
from sereno.engine.watches.match import Watcher


def version_in_force(brand: Brand) -> PlanVersion | None:
    return PlanVersion.objects.filter(brand=brand, in_force_from__isnull=False, in_force_until__isnull=True).first()


def plan_of(version: PlanVersion) -> Plan:
    """The version's text as a plan. Parsed once per process: a version never changes."""
    return parsed_plan(version.digest, version.text)


def watcher_of(version: PlanVersion) -> Watcher:
    return _watching(version.digest, version.text)


@lru_cache(maxsize=128)
def parsed_plan(digest: str, text: str) -> Plan:  # noqa: ARG001 — the digest makes the key cheap to compare
    return load_plan(text, "plan.yaml")


@lru_cache(maxsize=128)
def _watching(digest: str, text: str) -> Watcher:
    return Watcher(parsed_plan(digest, text).watches)


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


PROOF_LASTS = timedelta(days=30)
"""A replay older than this says nothing about the posts of today."""


def proven_by(draft: PlanDraft, replay: PlanReplay, *, now: datetime) -> bool:
    """Whether the replay counts for the approval of this very text."""
    return why_not(draft, replay, now=now) is None


def why_not(draft: PlanDraft, replay: PlanReplay, *, now: datetime) -> str | None:
    """Why the replay does not count for the approval, as a code (`refused.CODES`); None: it counts.

    It counts over all stored posts as they came in, of this very text, against the plan that is in force now, for a
    month.
    """
    current = version_in_force(draft.brand)
    if replay.state != ReplayState.DONE:
        return "not-replayed"
    if replay.digest != draft.digest:
        return "replay-of-another-text"
    if replay.since is not None:
        return "replay-of-some-posts"
    if replay.as_if_live:
        return "replay-as-if-live"
    if current is None or replay.against_id != current.pk or _asked_before(replay, current):
        return "replay-against-another"
    if replay.finished_at is None or replay.finished_at < now - PROOF_LASTS:
        return "replay-too-old"
    return None


def _asked_before(replay: PlanReplay, version: PlanVersion) -> bool:
    return version.in_force_from is not None and replay.asked_at < version.in_force_from


def stands_in_the_way(draft: PlanDraft, user: User, *, now: datetime) -> list[str]:
    """What keeps the person from approving the draft, as codes (`refused.CODES`); empty: nothing."""
    return list(_obstacles(draft, user, now))


def _obstacles(draft: PlanDraft, user: User, now: datetime) -> Iterator[str]:
    if draft.state not in LIVING:
        yield "not-living"
        return
    if draft.state == DraftState.DRAFT:
        yield "not-checked"
    elif draft.replay is None:
        yield "not-replayed"
    elif code := why_not(draft, draft.replay, now=now):
        yield code
    if not may(user, Action.APPROVE_PLAN, draft.brand):
        yield "no-right"
    elif user.pk in authors(draft):
        yield "edited-it"
    elif user.pk == draft.asked_by_id:
        yield "asked-for-it"
    else:
        return
    if not could_approve(draft):
        yield "nobody-else"


def authors(draft: PlanDraft) -> frozenset[int]:
    """Ids of whoever edited its text, the last one included."""
    return frozenset([*draft.editors, draft.edited_by_id])


def could_approve(draft: PlanDraft) -> list[User]:
    """Who may approve the draft as it stands: with the right, and neither among its editors nor who asked."""
    return list(_bystanders(draft).filter(pk__in=_with_the_right(draft.brand)))


def could_be_allowed(draft: PlanDraft) -> list[User]:
    """Members who had no hand in the draft and lack the right to approve it: whoever gets it can be the second."""
    return list(_bystanders(draft).exclude(pk__in=_with_the_right(draft.brand)))


def _bystanders(draft: PlanDraft) -> QuerySet[User]:
    return members(draft.brand).exclude(pk__in=[*authors(draft), draft.asked_by_id or 0])


def _with_the_right(brand: Brand) -> QuerySet[Membership, int]:
    # a role in another brand gives no right here
    rows = Membership.objects.filter(brand=brand, role__in=ALLOWED[Action.APPROVE_PLAN])
    return rows.values_list("user", flat=True)


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
