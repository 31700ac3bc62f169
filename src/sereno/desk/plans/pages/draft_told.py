"""A draft on its way to being in force: where it stands, what is next, and why somebody cannot do it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sereno.desk.accounts.models import User
from sereno.desk.plans.checking import Checked, check_text
from sereno.desk.plans.models import LIVING, DraftState, PlanDraft, PlanReplay, PlanVersion, ReplayState
from sereno.desk.plans.results import latest_replay
from sereno.desk.words import language
from sereno.engine.messages import say
from sereno.engine.plan.trial import needs_reader, say_missed

WAY = (DraftState.DRAFT, DraftState.CHECKED, DraftState.REPLAYED, DraftState.APPROVED, DraftState.IN_FORCE)


@dataclass(frozen=True, slots=True)
class WayStep:
    """One step of the path."""

    title: str
    done: bool
    here: bool
    """It is the next one."""
    at: datetime | None
    by: str


@dataclass(frozen=True, slots=True)
class TestTold:
    """One of the plan's tests, with what was missed in words."""

    __test__ = False

    name: str
    passed: bool
    missed: tuple[str, ...]
    why: tuple[str, ...] = ()
    """The reasons of what came instead."""


def name_of(pk: int | None) -> str:
    user = User.objects.filter(pk=pk).first() if pk else None
    return str(user) if user else ""


def names_of(written: PlanDraft | PlanVersion) -> str:
    """Everybody who edited the text, in the order of their first edits."""
    keys = written.editors or ([written.edited_by_id] if written.edited_by_id else [])
    names = {user.pk: str(user) for user in User.objects.filter(pk__in=keys)}
    return ", ".join(names[key] for key in keys if key in names)


def way_of(draft: PlanDraft) -> list[WayStep]:
    """Written, checked, replayed, approved, in force."""
    state = WAY.index(DraftState(draft.state)) if draft.state in WAY else -1
    replay = draft.replay
    moments: tuple[tuple[str, datetime | None, int | None], ...] = (
        (_("Written"), draft.edited_at, draft.edited_by_id),
        (_("Checked"), draft.checked_at, draft.checked_by_id),
        (_("Replayed over the past"), replay.finished_at if replay else None, replay.asked_by_id if replay else None),
        (_("Approved by a second person"), draft.approved_at, draft.approved_by_id),
        (_("In force"), draft.version.in_force_from if draft.version else draft.in_force_at,
         draft.version.by_id if draft.version else draft.scheduled_by_id),
    )  # fmt: skip
    return [
        WayStep(title, i <= state, i == state + 1 and draft.state in LIVING, at if i <= state or i == 4 else None,
                name_of(by) if i <= state else "")
        for i, (title, at, by) in enumerate(moments)
    ]  # fmt: skip


def draft_sentence(draft: PlanDraft, checked: Checked, replay: PlanReplay | None) -> str:
    """How it stands, in one sentence."""
    name = {"name": draft.name}
    if draft.state == DraftState.DISCARDED:
        return _("“%(name)s” was thrown away.") % name
    if draft.state == DraftState.IN_FORCE and draft.version:
        return _("“%(name)s” became version %(n)s of the plan.") % {**name, "n": draft.version.number}
    if draft.state == DraftState.APPROVED:
        if draft.in_force_at:
            return _("“%(name)s” is approved and comes in force by itself.") % name
        return _("“%(name)s” is approved. It can come in force.") % name
    if draft.state == DraftState.REPLAYED:
        return _("“%(name)s” is checked and replayed. A second person has to approve it.") % name
    if replay is not None and replay.state in (ReplayState.WAITING, ReplayState.RUNNING):
        return _("“%(name)s” is being replayed over the past.") % name
    if draft.state == DraftState.CHECKED:
        return _("“%(name)s” is checked. Next it is replayed over the past.") % name
    if checked.errors:
        n = len(checked.errors)
        return ngettext("“%(name)s” has %(n)s error.", "“%(name)s” has %(n)s errors.", n) % {**name, "n": n}
    if checked.failed_tests:
        n = len(checked.failed_tests)
        return ngettext("“%(name)s”: %(n)s of its own tests fails.", "“%(name)s”: %(n)s of its own tests fail.", n) % {
            **name, "n": n,
        }  # fmt: skip
    return _("“%(name)s” is being written. Next it is checked.") % name


def next_in_words(draft: PlanDraft) -> str:
    """For lists of drafts: what it waits for."""
    if draft.state == DraftState.APPROVED:
        return _("Comes in force by itself") if draft.in_force_at else _("Can come in force")
    if draft.state == DraftState.REPLAYED:
        return _("Waits for a second person")
    if draft.state == DraftState.CHECKED:
        last = latest_replay(draft)
        going = last is not None and last.state in (ReplayState.WAITING, ReplayState.RUNNING)
        return _("Is being replayed") if going else _("Next: replay it")
    return _("Next: check it")


def checked_of(draft: PlanDraft, *, run_tests: bool = False) -> Checked:
    """What the check finds. Tests whose texts must be read are run only when somebody asks: a page must not wait."""
    found = _check(draft.digest, draft.text, False)
    if found.plan is None or draft.state != DraftState.DRAFT or (needs_reader(found.plan) and not run_tests):
        return found
    return _check(draft.digest, draft.text, True)


@lru_cache(maxsize=64)
def _check(digest: str, text: str, with_tests: bool) -> Checked:  # noqa: ARG001 — the digest is cheap to compare
    return check_text(text, with_tests=with_tests)


def tests_told(draft: PlanDraft, checked: Checked) -> list[TestTold]:
    """Those that fail first. A text that is past the check has passed them all."""
    plan = checked.plan
    if plan is None:
        return []
    if draft.state not in (DraftState.DRAFT, DraftState.DISCARDED):
        return [TestTold(test.test, True, ()) for test in plan.tests]
    told = [
        TestTold(
            t.test,
            t.passed,
            tuple(say_missed(missed, plan, language()) for missed in t.missed),
            () if t.passed else tuple(say(reason, language(), plan) for reason in t.reasons),
        )
        for t in checked.tests
    ]
    return sorted(told, key=lambda test: test.passed)
