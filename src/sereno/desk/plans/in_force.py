"""How a plan comes in force, goes back, and becomes known. Each is one transaction with its audit row.

Who changes what is in force takes the brand's turn first: two who do so at once come one after the other. The version
before ends in the same transaction, and drafts that were proved against it have to be replayed anew.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Max

from sereno.desk.accounts.models import Brand, User
from sereno.desk.accounts.permissions import Action, may
from sereno.desk.audit.actions import digest, record
from sereno.desk.plans.drafting import locked, set_back
from sereno.desk.plans.models import DraftState, Origin, PlanDraft, PlanKnown, PlanVersion
from sereno.desk.plans.numbering import is_taken
from sereno.desk.plans.queries import drafts, may_roll_back, version_in_force
from sereno.desk.plans.refused import PlanRefused
from sereno.engine.plan.load import PlanErrors, load_plan

log = logging.getLogger("sereno.plans")

FARTHEST = timedelta(days=366)
"""A moment further ahead is a slip of the pen; the replay that was approved says nothing about such a time."""


@transaction.atomic
def put_in_force(brand: Brand, *, text: str, name: str, by: User | None, now: datetime) -> PlanVersion:
    """Check the text and put it in force from now on, by one person: a brand's first plan, or the command line.

    The same text again changes nothing. Raises `PlanErrors` where the text is no valid plan, `PlanRefused` where
    another text of the brand has its name and version.
    """
    plan = load_plan(text, name)
    _take_turn(brand)
    before = version_in_force(brand)
    if before is not None and before.digest == digest(text):
        return before
    _must_be_its_own(brand, plan.id, text)
    version = PlanVersion(plan_id=plan.id, text=text, origin=Origin.COMMAND, by_id=by.pk if by else None)
    return _follow(brand, version, by=by, now=now, audit="plan.put_in_force", alone=True)


@transaction.atomic
def put_draft_in_force(
    draft: PlanDraft, *, summary: str, by: User, now: datetime, at: datetime | None = None
) -> PlanVersion | None:
    """Put an approved draft in force: at once, or by the worker at the moment `at` (then None).

    `summary` says in words what changes and why. A brand that never had a plan needs no second person; it comes in
    force at once, since until then nothing is judged. A moment is at most `FARTHEST` ahead.
    """
    _take_turn(draft.brand)
    row = locked(draft)
    if not (may(by, Action.CHANGE_PLAN, row.brand) or may(by, Action.APPROVE_PLAN, row.brand)):
        raise PlanRefused("no-right")
    first = _needs_nobody_else(row)
    if not first:
        _must_be_approved(row)
    words = _words(summary)
    if at is not None:
        if first:
            raise PlanRefused("first-at-once")
        _schedule(row, at, words, by, now)
        return None
    return _put(row, words, by=by, now=now, alone=first)


@transaction.atomic
def unschedule(draft: PlanDraft, *, by: User, now: datetime) -> PlanDraft:
    """Take the moment back; the approval stays."""
    row = locked(draft)
    if row.in_force_at is None:
        raise PlanRefused("not-scheduled")
    row.in_force_at, row.scheduled_by_id = None, None
    row.save(update_fields=["in_force_at", "scheduled_by_id"])
    record("plan.unscheduled", row, by=by, at=now, brand_id=row.brand_id, draft=row.number)
    return row


def switch_due(*, now: datetime) -> int:
    """The worker's: put in force what was set for a moment that has come. Returns how many plans came in force."""
    due = PlanDraft.objects.filter(in_force_at__lte=now).order_by("in_force_at", "pk")
    return sum(_switch(draft, now) for draft in due.select_related("brand"))


@transaction.atomic
def _switch(draft: PlanDraft, now: datetime) -> bool:
    _take_turn(draft.brand)
    try:
        row = locked(draft)
        if row.in_force_at is None or row.in_force_at > now:
            return False  # another worker was faster, or somebody took the moment back
        _must_be_approved(row)
        by = User.objects.filter(pk=row.scheduled_by_id or 0).first()
        with transaction.atomic():
            _put(row, row.summary, by=by, now=now, alone=False)
    except PlanRefused as refusal:
        _give_up(draft, refusal, now)
        return False
    return True


def _give_up(draft: PlanDraft, refusal: PlanRefused, now: datetime) -> None:
    """What was set for a moment cannot come in force any more; the draft says so by having no moment."""
    row = PlanDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if row.state != DraftState.APPROVED or row.in_force_at is None:
        return  # it came in force, or was thrown away, while we waited for our turn
    log.warning("draft %s of brand %s stays out of force: %s", draft.number, draft.brand_id, refusal)
    set_back(row, DraftState.DRAFT if refusal.code in ("no-longer-valid", "version-taken") else DraftState.CHECKED)
    row.save()
    record("plan.switch_given_up", row, by=None, at=now, brand_id=row.brand_id, draft=row.number, why=refusal.code)


@transaction.atomic
def roll_back(version: PlanVersion, *, reason: str, by: User, now: datetime) -> PlanVersion:
    """Put an earlier version's text in force again, at once and by one person. It becomes a new version."""
    _take_turn(version.brand)
    if not may_roll_back(by, version.brand):
        raise PlanRefused("no-right")
    if version.in_force_from is None:
        raise PlanRefused("never-in-force")
    before = version_in_force(version.brand)
    if before is not None and before.digest == version.digest:
        raise PlanRefused("same-text")
    row = PlanVersion(
        plan_id=_still_valid(version.text), text=version.text, origin=Origin.ROLLBACK, by_id=by.pk,
        summary=_words(reason), edited_by_id=version.edited_by_id, edited_at=version.edited_at,
        editors=version.editors, approved_by_id=version.approved_by_id, approved_at=version.approved_at,
        back_to=version,
    )  # fmt: skip
    return _follow(version.brand, row, by=by, now=now, audit="plan.rolled_back", back_to=version.number)


@transaction.atomic
def confirm_known(version: PlanVersion, *, by: User, now: datetime) -> PlanKnown:
    """The person has read the version in force. Said again, nothing changes."""
    if not may(by, Action.SEE, version.brand):
        raise PlanRefused("no-right")
    current = PlanVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if current.in_force_from is None or current.in_force_until is not None:
        raise PlanRefused("not-in-force")
    known, fresh = PlanKnown.objects.get_or_create(
        version=current, user=by, defaults={"brand_id": current.brand_id, "at": now}
    )
    if fresh:
        record("plan.known", current, by=by, at=now, brand_id=current.brand_id, number=current.number)
    return known


def _schedule(row: PlanDraft, at: datetime, words: str, by: User, now: datetime) -> None:
    if at <= now:
        raise PlanRefused("moment-passed")
    if at > now + FARTHEST:
        raise PlanRefused("moment-too-far")
    row.in_force_at, row.scheduled_by_id, row.summary = at, by.pk, words
    row.save(update_fields=["in_force_at", "scheduled_by_id", "summary"])
    record("plan.scheduled", row, by=by, at=now, brand_id=row.brand_id, draft=row.number, moment=at.isoformat())


def _put(row: PlanDraft, words: str, *, by: User | None, now: datetime, alone: bool) -> PlanVersion:
    before = version_in_force(row.brand)
    if before is not None and before.digest == row.digest:
        raise PlanRefused("same-text")
    plan_id = _still_valid(row.text)
    _must_be_its_own(row.brand, plan_id, row.text)
    made = PlanVersion(
        plan_id=plan_id, text=row.text, origin=Origin.COMMAND if alone else Origin.DRAFT,
        by_id=by.pk if by else None, summary=words, edited_by_id=row.edited_by_id, edited_at=row.edited_at,
        editors=row.editors, approved_by_id=row.approved_by_id, approved_at=row.approved_at,
        approval_words=row.approval_words,
    )  # fmt: skip
    row.state, row.in_force_at, row.summary = DraftState.IN_FORCE, None, words
    row.save()
    version = _follow(row.brand, made, by=by, now=now, audit="plan.put_in_force", draft=row.number, alone=alone)
    row.version = version
    row.save(update_fields=["version"])
    return version


def _follow(
    brand: Brand, version: PlanVersion, *, by: User | None, now: datetime, audit: str, **details: object
) -> PlanVersion:
    """End what was in force and let `version` follow it."""
    PlanVersion.objects.filter(brand=brand, in_force_from__isnull=False, in_force_until__isnull=True).update(
        in_force_until=now
    )
    last = PlanVersion.objects.filter(brand=brand).aggregate(last=Max("number"))["last"] or 0
    version.brand, version.number, version.digest = brand, last + 1, digest(version.text)
    version.in_force_from = now
    version.save(force_insert=True)
    record(
        audit, version, by=by, at=now, brand_id=brand.pk, number=version.number, digest=version.digest, **details
    )  # fmt: skip
    _prove_anew(brand, now)
    return version


def _prove_anew(brand: Brand, now: datetime) -> None:
    """Other drafts were replayed against what is no longer in force: their proof and approval end with it."""
    proved = drafts(brand).filter(state__in=(DraftState.REPLAYED, DraftState.APPROVED))
    for draft in proved.select_for_update(of=("self",)):
        before = draft.state
        set_back(draft, DraftState.CHECKED)
        draft.save()
        record("plan.to_prove_anew", draft, by=None, at=now, brand_id=brand.pk, draft=draft.number, before=str(before))


def _needs_nobody_else(row: PlanDraft) -> bool:
    """Until a brand has a plan nothing is judged at all: its first one needs no second person, and has no past."""
    if PlanVersion.objects.filter(brand_id=row.brand_id).exists():
        return False
    if row.state == DraftState.DRAFT:
        raise PlanRefused("not-checked")
    return True


def _must_be_approved(row: PlanDraft) -> None:
    if row.state != DraftState.APPROVED or row.approved_digest != row.digest or row.approved_by_id in row.editors:
        raise PlanRefused("not-approved")


def _still_valid(text: str) -> str:
    """The plan's own name and version. A text that an older Sereno took may have errors for this one."""
    try:
        return load_plan(text).id
    except PlanErrors as faulty:
        raise PlanRefused("no-longer-valid") from faulty


def _must_be_its_own(brand: Brand, plan_id: str, text: str) -> None:
    """Lights are explained by name and version: two texts under the same could not be told apart."""
    if is_taken(brand, plan_id, digest(text)):
        raise PlanRefused("version-taken")


def _words(text: str) -> str:
    words = text.strip()
    if not words:
        raise PlanRefused("words-needed")
    return words


def _take_turn(brand: Brand) -> None:
    """Two who change what is in force never do so at once."""
    # no_key: rows that refer to the brand can still be stored meanwhile, by somebody who holds a draft that we wait for
    Brand.objects.select_for_update(no_key=connection.features.has_select_for_no_key_update).get(pk=brand.pk)
