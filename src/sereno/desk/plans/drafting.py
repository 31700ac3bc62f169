"""What people do with drafts, up to the approval. Each is one transaction with its audit row.

Check, replay and approval belong to one text: they are given under the draft's lock, for the digest that was looked at,
and any edit takes them back.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max

from sereno.desk.accounts.models import Brand, User
from sereno.desk.audit.actions import digest, record
from sereno.desk.plans.checking import Checked, check_text
from sereno.desk.plans.models import LIVING, DraftState, PlanDraft, PlanReplay, PlanVersion, ReplayedPost, ReplayState
from sereno.desk.plans.numbering import is_taken, raised
from sereno.desk.plans.queries import proven_by, stands_in_the_way, version_in_force
from sereno.desk.plans.refused import DraftConflict, PlanRefused
from sereno.engine.read import ReaderBusy


@transaction.atomic
def start_draft(
    brand: Brand, *, name: str, by: User, now: datetime, text: str | None = None, based_on: PlanVersion | None = None
) -> PlanDraft:
    """A new draft: of `based_on`, else of `text` as it was imported, else of the plan in force (or of nothing).

    What starts from a version says a version of its own (`numbering.raised`); nothing else in the text changes.
    """
    if based_on is not None and based_on.brand_id != brand.pk:
        raise PlanRefused("other-brand")
    Brand.objects.select_for_update(no_key=connection.features.has_select_for_no_key_update).get(pk=brand.pk)
    base = based_on or (version_in_force(brand) if text is None else None)
    words = _storable(text) if text is not None else raised(brand, base.text, now=now) if base else ""
    chose_it = base is None or base != version_in_force(brand)
    number = (PlanDraft.objects.filter(brand=brand).aggregate(last=Max("number"))["last"] or 0) + 1
    draft = PlanDraft.objects.create(
        brand=brand, number=number, name=_name(name), text=words, digest=digest(words), based_on=base,
        created_by_id=by.pk, created_at=now, edited_by_id=by.pk, edited_at=now, editors=[by.pk] if chose_it else [],
    )  # fmt: skip
    _record("draft_started", draft, by, now, based_on=base.number if base else None, digest=draft.digest)
    return draft


@transaction.atomic
def save_draft(draft: PlanDraft, *, text: str, revision: int, by: User, now: datetime) -> PlanDraft:
    """Keep a text, faults and all. What was checked, replayed or approved no longer is.

    Raises DraftConflict where somebody saved another text since `revision`. The same text again changes nothing.
    """
    text = _storable(text)
    row = locked(draft)
    if row.text == text:
        return row
    if row.revision != revision:
        raise DraftConflict(row)
    before = row.state
    row.text, row.digest, row.revision = text, digest(text), revision + 1
    row.edited_by_id, row.edited_at = by.pk, now
    if by.pk not in row.editors:
        row.editors = [*row.editors, by.pk]
    set_back(row, DraftState.DRAFT)
    row.save()
    _record("draft_saved", row, by, now, revision=row.revision, digest=row.digest, before=str(before))
    return row


@transaction.atomic
def rename_draft(draft: PlanDraft, *, name: str, by: User, now: datetime) -> PlanDraft:
    row = locked(draft)
    row.name = _name(name)
    row.save(update_fields=["name"])
    _record("draft_renamed", row, by, now)
    return row


@transaction.atomic
def discard_draft(draft: PlanDraft, *, by: User, now: datetime) -> PlanDraft:
    """Throw it away. Its text stays in the history, and a new draft may be started from it."""
    row = locked(draft)
    _end_replays(row, "by_person", now)
    ReplayedPost.objects.filter(replay__draft=row).delete()
    set_back(row, DraftState.DISCARDED)
    row.save()
    _record("draft_discarded", row, by, now)
    return row


def check_draft(draft: PlanDraft, *, by: User, now: datetime, reader: object = None) -> Checked:
    """Check its text and run its tests; where nothing is wrong it is checked from now on.

    Raises PlanRefused where another text of the brand has its name and version already.

    Tests may read texts, so they run before the lock: a text that was edited meanwhile is not the one that was checked.
    """
    looked_at = PlanDraft.objects.get(pk=draft.pk, brand_id=draft.brand_id)
    try:
        found = check_text(looked_at.text, reader=reader)  # type: ignore[arg-type]
    except ReaderBusy:
        raise PlanRefused("reader-busy") from None
    with transaction.atomic():
        row = locked(draft)
        if row.digest != looked_at.digest:
            raise DraftConflict(row)
        if found.plan is not None and is_taken(row.brand, found.plan.id, row.digest):
            raise PlanRefused("version-taken")
        if row.state == DraftState.DRAFT and found.passes:
            row.state, row.checked_at, row.checked_by_id = DraftState.CHECKED, now, by.pk
            _count_an_earlier_replay(row, now)
            row.save()
        _record(
            "draft_checked", row, by, now, digest=row.digest, passes=found.passes, errors=len(found.errors),
            warnings=len(found.warnings), tests=len(found.tests), failed=len(found.failed_tests),
        )  # fmt: skip
    return found


@transaction.atomic
def ask_replay(
    draft: PlanDraft, *, by: User, now: datetime, against: PlanVersion | None = None, since: datetime | None = None,
    people: Mapping[str, int] | None = None, minutes_per_answer: int = 10, as_if_live: bool = False,
) -> PlanReplay:  # fmt: skip
    """Let the worker replay the draft's text over the stored posts, against the plan in force or another version.

    Not every one counts for the approval (`queries.why_not`). One that still waits or runs for
    this draft is cancelled for it. A text with errors cannot be replayed; one whose tests fail can.
    """
    row = locked(draft)
    version = against or version_in_force(row.brand)
    if version is None:
        raise PlanRefused("no-plan")
    if version.brand_id != row.brand_id:
        raise PlanRefused("other-brand")
    if check_text(row.text, with_tests=False).plan is None:
        raise PlanRefused("has-errors")
    _end_replays(row, "newer", now)
    replay = PlanReplay.objects.create(
        brand_id=row.brand_id, draft=row, text=row.text, digest=row.digest, against=version, since=since,
        people=dict(people) if people else None, minutes_per_answer=minutes_per_answer, as_if_live=as_if_live,
        asked_by_id=by.pk, asked_at=now,
    )  # fmt: skip
    record(
        "plan.replay_asked", replay, by=by, at=now, brand_id=row.brand_id, draft=row.number, digest=row.digest,
        against=version.number,
    )  # fmt: skip
    return replay


@transaction.atomic
def cancel_replay(replay: PlanReplay, *, by: User, now: datetime) -> None:
    """The worker notices before its next step. Raises PlanRefused where it is over already."""
    ended = _cancel(PlanReplay.objects.filter(pk=replay.pk, brand_id=replay.brand_id), "by_person", now)
    if not ended:
        raise PlanRefused("not-running")
    record("plan.replay_cancelled", replay, by=by, at=now, brand_id=replay.brand_id, draft=replay.draft_id)


@transaction.atomic
def replay_counts(replay: PlanReplay, *, now: datetime) -> None:
    """The worker is done: where the draft still is the text that was replayed, it is replayed from now on."""
    row = PlanDraft.objects.select_for_update(of=("self",)).select_related("brand").get(pk=replay.draft_id)
    if row.state in (DraftState.CHECKED, DraftState.REPLAYED) and proven_by(row, replay, now=now):
        row.state, row.replay = DraftState.REPLAYED, replay
        row.save(update_fields=["state", "replay"])
    record(
        "plan.replay_done", replay, by=None, at=now, brand_id=replay.brand_id, draft=row.number, digest=replay.digest,
        changed=replay.changed, counts=row.replay_id == replay.pk,
    )  # fmt: skip


@transaction.atomic
def ask_approval(draft: PlanDraft, *, by: User, now: datetime) -> PlanDraft:
    """Ask the others to approve; whoever asks does not approve."""
    row = locked(draft)
    if row.state != DraftState.REPLAYED:
        raise PlanRefused("not-checked" if row.state == DraftState.DRAFT else "not-replayed")
    row.asked_at, row.asked_by_id = now, by.pk
    row.save(update_fields=["asked_at", "asked_by_id"])
    _record("approval_asked", row, by, now, digest=row.digest)
    return row


@transaction.atomic
def approve(draft: PlanDraft, *, digest: str, by: User, now: datetime, words: str = "") -> PlanDraft:
    """A second person approves the text whose digest they saw.

    Raises PlanRefused: what keeps the person from it (`queries.stands_in_the_way`), or that the text changed.
    """
    row = locked(draft)
    if row.digest != digest:
        raise PlanRefused("text-changed")
    for code in stands_in_the_way(row, by, now=now):
        raise PlanRefused(code)
    row.state, row.approved_digest, row.approved_at, row.approved_by_id = DraftState.APPROVED, digest, now, by.pk
    row.approval_words = words.strip()
    row.save()
    _record(
        "approved", row, by, now, digest=digest, edited_by=row.edited_by_id, editors=row.editors,
        replay=row.replay_id,
    )  # fmt: skip
    return row


@transaction.atomic
def withdraw_approval(draft: PlanDraft, *, by: User, now: datetime) -> PlanDraft:
    """Take an approval back before the plan comes in force, the moment that was set with it."""
    row = locked(draft)
    if row.state != DraftState.APPROVED:
        raise PlanRefused("not-approved")
    set_back(row, DraftState.REPLAYED)
    row.save()
    _record("approval_withdrawn", row, by, now, digest=row.digest)
    return row


def set_back(draft: PlanDraft, to: DraftState) -> None:
    """What no longer holds of a draft that goes back to `to`. The caller saves it."""
    draft.state = to
    draft.approved_digest, draft.approved_at, draft.approved_by_id, draft.approval_words = "", None, None, ""
    draft.in_force_at, draft.scheduled_by_id = None, None
    if to != DraftState.REPLAYED:
        draft.replay, draft.asked_at, draft.asked_by_id = None, None, None
    if to in (DraftState.DRAFT, DraftState.DISCARDED):
        draft.checked_at, draft.checked_by_id = None, None


def locked(draft: PlanDraft) -> PlanDraft:
    """The draft as it stands now, locked until the transaction ends. Raises PlanRefused where its life is over."""
    row = (
        PlanDraft.objects.select_for_update(of=("self",))
        .select_related("brand", "based_on")
        .get(pk=draft.pk, brand_id=draft.brand_id)
    )
    if row.state not in LIVING:
        raise PlanRefused("not-living")
    return row


def _count_an_earlier_replay(row: PlanDraft, now: datetime) -> None:
    """A text may be replayed before its tests pass."""
    done = PlanReplay.objects.filter(draft=row, digest=row.digest, state=ReplayState.DONE).order_by("-pk")
    found = next((replay for replay in done if proven_by(row, replay, now=now)), None)
    if found is not None:
        row.state, row.replay = DraftState.REPLAYED, found


def _end_replays(row: PlanDraft, why: str, now: datetime) -> None:
    _cancel(PlanReplay.objects.filter(draft=row), why, now)


def _cancel(replays: object, why: str, now: datetime) -> int:
    going = replays.filter(state__in=(ReplayState.WAITING, ReplayState.RUNNING))  # type: ignore[attr-defined]
    ended: int = going.update(
        state=ReplayState.CANCELLED, fault=why, finished_at=now, lease_until=None, lease="", stage=""
    )
    return ended


def _storable(text: str) -> str:
    """Any text at all can be kept: what no database holds (NUL, halves of characters) shows as the sign for that."""
    return text.replace("\0", "\ufffd").encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def _name(name: str) -> str:
    words = " ".join(name.split())[:120]
    if not words:
        raise PlanRefused("name-needed")
    return words


def _record(what: str, draft: PlanDraft, by: User, now: datetime, **details: object) -> None:
    record(f"plan.{what}", draft, by=by, at=now, brand_id=draft.brand_id, draft=draft.number, **details)
