"""A plan is drafted, checked, replayed, approved by a second person, in force, known, and rolled back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from sereno.desk import worker
from sereno.desk.accounts.actions import add_brand, give_role
from sereno.desk.accounts.models import Role
from sereno.desk.audit.models import AuditRow
from sereno.desk.listening.models import Judgement
from sereno.desk.plans import actions, in_force, queries
from sereno.desk.plans.models import DraftState, Origin, PlanDraft, PlanVersion
from sereno.desk.plans.refused import CODES, DraftConflict, PlanRefused
from sereno.engine.plan.load import PlanError, PlanErrors
from tests.desk.plans.life import LATER, LOUDER, Desk, numbered
from tests.desk.stories import PLAN, member
from tests.desk.street import NOON

FAULTY = PLAN.replace("role: committee_duty, acknowledge", "role: nobody_here, acknowledge")
WITH_TEST = (
    numbered(PLAN)
    + """
tests:
  - test: a-burn-is-red
    post: {text: the acme kettle burned my son}
    at: 2026-03-07 23:30
    expect: {light: red}
"""
)


def refusal(deed: object, *args: object, **asked: object) -> str:
    with pytest.raises(PlanRefused) as refused:
        deed(*args, **asked)  # type: ignore[operator]
    assert refused.value.code in CODES
    return refused.value.code


def test_a_draft_goes_all_the_way_and_the_version_tells_who_did_what(desk: Desk) -> None:
    draft = desk.draft()
    assert (draft.state, draft.revision, draft.based_on) == (DraftState.DRAFT, 2, desk.version)

    assert actions.check_draft(draft, by=desk.alice, now=NOON).passes
    assert desk.again(draft).state == DraftState.CHECKED
    replay = desk.replay(draft)
    assert (desk.again(draft).state, desk.again(draft).replay) == (DraftState.REPLAYED, replay)
    actions.ask_approval(draft, by=desk.alice, now=LATER)
    actions.approve(draft, digest=draft.digest, words="fine", by=desk.bob, now=LATER)
    assert desk.again(draft).state == DraftState.APPROVED
    version = actions.put_draft_in_force(draft, summary="More are heard", by=desk.alice, now=LATER)

    assert version == queries.version_in_force(desk.brand)
    assert version is not None
    assert (version.number, version.text, version.origin) == (2, LOUDER, Origin.DRAFT)
    assert (version.edited_by_id, version.approved_by_id, version.by_id) == (desk.alice.pk, desk.bob.pk, desk.alice.pk)
    assert (version.summary, version.approval_words) == ("More are heard", "fine")
    desk.version.refresh_from_db()
    assert (desk.version.in_force_until, version.in_force_from) == (LATER, LATER)
    assert desk.again(draft).version == version
    assert [row.action for row in AuditRow.objects.filter(action__startswith="plan.").order_by("pk")][1:] == [
        "plan.draft_started", "plan.draft_saved", "plan.draft_checked", "plan.replay_asked", "plan.replay_done",
        "plan.approval_asked", "plan.approved", "plan.put_in_force",
    ]  # fmt: skip


def test_whoever_edited_or_asked_does_not_approve_and_a_role_is_needed(desk: Desk) -> None:
    draft = desk.replayed()
    carol = member("Carol", desk.brand, Role.OWNER)
    clerk = member("Clerk", desk.brand)

    assert refusal(actions.approve, draft, digest=draft.digest, by=desk.alice, now=LATER) == "edited-it"
    assert refusal(actions.approve, draft, digest=draft.digest, by=clerk, now=LATER) == "no-right"
    actions.ask_approval(draft, by=carol, now=LATER)
    assert refusal(actions.approve, draft, digest=draft.digest, by=carol, now=LATER) == "asked-for-it"
    assert queries.stands_in_the_way(desk.again(draft), desk.bob, now=LATER) == []


def test_who_is_alone_is_told_that_a_second_person_is_needed(desk: Desk) -> None:
    draft = desk.replayed()
    desk.bob.memberships.all().delete()

    assert queries.stands_in_the_way(draft, desk.alice, now=LATER) == ["edited-it", "nobody-else"]


def test_the_database_itself_refuses_an_approval_by_the_editor(desk: Desk) -> None:
    draft = desk.replayed()
    draft.state, draft.approved_by_id, draft.approved_digest = DraftState.APPROVED, draft.edited_by_id, draft.digest
    with pytest.raises(IntegrityError), transaction.atomic():
        draft.save()


@pytest.mark.parametrize("stage", ["checked", "replayed", "approved"])
def test_any_edit_goes_back_to_the_draft(desk: Desk, stage: str) -> None:
    draft: PlanDraft = getattr(desk, stage)()

    actions.save_draft(draft, text=LOUDER + "# a comma\n", revision=draft.revision, by=desk.bob, now=LATER)

    after = desk.again(draft)
    assert (after.state, after.replay, after.approved_by_id, after.checked_at) == (DraftState.DRAFT, None, None, None)
    assert refusal(actions.put_draft_in_force, after, summary="so", by=desk.alice, now=LATER) == "not-approved"


def test_approving_asks_for_the_text_that_was_seen(desk: Desk) -> None:
    seen = desk.replayed()
    actions.save_draft(seen, text=PLAN, revision=seen.revision, by=desk.alice, now=LATER)

    assert refusal(actions.approve, seen, digest=seen.digest, by=desk.bob, now=LATER) == "text-changed"


def test_saving_over_a_newer_text_is_a_conflict_that_carries_it(desk: Desk) -> None:
    draft = desk.draft()
    newer = actions.save_draft(draft, text=LOUDER + "# hers\n", revision=draft.revision, by=desk.bob, now=LATER)

    with pytest.raises(DraftConflict) as conflict:
        actions.save_draft(draft, text=LOUDER + "# his\n", revision=draft.revision, by=desk.alice, now=LATER)

    assert (conflict.value.draft.text, conflict.value.draft.revision) == (newer.text, newer.revision)
    assert desk.again(draft).text.endswith("# hers\n")
    same = actions.save_draft(draft, text=newer.text, revision=1, by=desk.alice, now=LATER)
    assert (same.revision, same.edited_by_id) == (newer.revision, desk.bob.pk)


@pytest.mark.parametrize("text", ["", "\0", "\ud800 half", "- [", "a: 1\r\nb: 2\r\n", "\ufeffplan: x", "ż" * 10_000])
def test_any_text_at_all_is_kept_and_checked_without_a_crash(desk: Desk, text: str) -> None:
    draft = desk.draft(text)

    found = actions.check_draft(draft, by=desk.alice, now=NOON)

    assert not found.passes
    assert found.errors
    assert "".join(c if c not in "\0\ud800" else "\ufffd" for c in text)[-5:] == desk.again(draft).text[-5:]


def test_a_text_with_faults_is_kept_and_does_not_become_checked(desk: Desk) -> None:
    draft = desk.draft(FAULTY)

    found = actions.check_draft(draft, by=desk.alice, now=NOON)

    assert not found.passes
    assert "nobody_here" in str(found.errors[0])
    assert (desk.again(draft).state, desk.again(draft).text) == (DraftState.DRAFT, FAULTY)
    assert refusal(actions.ask_replay, draft, by=desk.alice, now=NOON) == "has-errors"


def test_a_plan_whose_own_test_fails_is_not_checked(desk: Desk) -> None:
    draft = desk.draft(WITH_TEST)
    assert [t.test for t in actions.check_draft(draft, by=desk.alice, now=NOON, reader=desk.reader).failed_tests] == [
        "a-burn-is-red"
    ]
    assert desk.again(draft).state == DraftState.DRAFT

    desk.reader.says("the acme kettle burned my son", kind="complaint", risks=("safety",), topic="safety")
    assert actions.check_draft(draft, by=desk.alice, now=NOON, reader=desk.reader).passes
    assert desk.again(draft).state == DraftState.CHECKED


def test_a_replay_before_the_check_counts_once_the_check_passes(desk: Desk) -> None:
    draft = desk.draft()
    replay = desk.replay(draft)
    assert desk.again(draft).state == DraftState.DRAFT

    actions.check_draft(draft, by=desk.alice, now=LATER)

    assert (desk.again(draft).state, desk.again(draft).replay) == (DraftState.REPLAYED, replay)


def test_a_replay_of_some_posts_or_against_another_version_does_not_count(desk: Desk) -> None:
    draft = desk.checked()

    desk.replay(draft, since=NOON)
    assert desk.again(draft).state == DraftState.CHECKED

    other = actions.put_in_force(desk.brand, text=numbered(PLAN, "3"), name="n", by=None, now=NOON)
    desk.replay(draft, against=desk.version)
    assert desk.again(draft).state == DraftState.CHECKED
    desk.replay(draft, against=other)
    assert desk.again(draft).state == DraftState.REPLAYED
    assert queries.is_behind(desk.again(draft))


def test_another_plan_in_force_ends_what_was_proved_against_the_old_one(desk: Desk) -> None:
    draft = desk.approved()
    actions.put_draft_in_force(draft, summary="later", by=desk.bob, now=LATER, at=LATER + timedelta(days=1))

    actions.put_in_force(desk.brand, text=numbered(PLAN, "3"), name="n", by=None, now=LATER)

    after = desk.again(draft)
    assert (after.state, after.replay, after.approved_by_id, after.in_force_at) == (
        DraftState.CHECKED,
        None,
        None,
        None,
    )


def test_a_plan_comes_in_force_at_the_moment_that_was_set(desk: Desk) -> None:
    draft = desk.approved()
    moment = LATER + timedelta(days=1)
    assert refusal(actions.put_draft_in_force, draft, summary="x", by=desk.bob, now=LATER, at=NOON) == "moment-passed"
    assert actions.put_draft_in_force(draft, summary="On Monday", by=desk.bob, now=LATER, at=moment) is None

    assert worker.tick(now=moment - timedelta(seconds=1), reader=desk.reader).switched == 0
    assert queries.version_in_force(desk.brand) == desk.version
    assert worker.tick(now=moment, reader=desk.reader).switched == 1

    version = queries.version_in_force(desk.brand)
    assert version is not None
    assert (version.text, version.summary, version.by_id) == (LOUDER, "On Monday", desk.bob.pk)
    assert worker.tick(now=moment, reader=desk.reader).switched == 0


def test_a_plan_that_newer_software_refuses_stays_out_of_force_at_its_moment(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft, moment = desk.approved(), LATER + timedelta(days=1)
    actions.put_draft_in_force(draft, summary="On Monday", by=desk.bob, now=LATER, at=moment)

    def stricter(*_: object) -> None:
        raise PlanErrors([PlanError("plan.yaml", 1, "this is an error by now")])

    monkeypatch.setattr(in_force, "load_plan", stricter)
    assert worker.tick(now=moment, reader=desk.reader).switched == 0

    after = desk.again(draft)
    assert (after.state, after.in_force_at, queries.version_in_force(desk.brand)) == ("draft", None, desk.version)
    assert AuditRow.objects.get(action="plan.switch_given_up").details["why"] == "no-longer-valid"


def test_a_moment_can_be_taken_back_and_the_approval_too(desk: Desk) -> None:
    draft = desk.approved()
    moment = LATER + timedelta(days=1)
    actions.put_draft_in_force(draft, summary="On Monday", by=desk.bob, now=LATER, at=moment)

    actions.unschedule(draft, by=desk.alice, now=LATER)
    assert worker.tick(now=moment, reader=desk.reader).switched == 0
    actions.withdraw_approval(draft, by=desk.bob, now=LATER)
    assert desk.again(draft).state == DraftState.REPLAYED


def test_one_person_rolls_back_at_once_and_says_why(desk: Desk) -> None:
    actions.put_draft_in_force(desk.approved(), summary="More", by=desk.alice, now=LATER)
    clerk = member("Clerk", desk.brand)
    assert refusal(actions.roll_back, desk.version, reason="noise", by=clerk, now=LATER) == "no-right"
    assert refusal(actions.roll_back, desk.version, reason="  ", by=desk.bob, now=LATER) == "words-needed"

    back = actions.roll_back(desk.version, reason="It woke us for nothing", by=desk.bob, now=LATER)

    assert queries.version_in_force(desk.brand) == back
    assert (back.number, back.text, back.origin, back.back_to) == (3, desk.version.text, Origin.ROLLBACK, desk.version)
    assert refusal(actions.roll_back, desk.version, reason="again", by=desk.bob, now=LATER) == "same-text"
    assert AuditRow.objects.filter(action="plan.rolled_back", by_id=desk.bob.pk).count() == 1


def test_everybody_confirms_the_version_in_force_and_who_has_not_is_known(desk: Desk) -> None:
    assert queries.pending_confirmation(desk.alice, desk.brand) == desk.version
    actions.confirm_known(desk.version, by=desk.alice, now=NOON)
    actions.confirm_known(desk.version, by=desk.alice, now=LATER)

    assert queries.pending_confirmation(desk.alice, desk.brand) is None
    assert queries.knowledge(desk.version) == queries.Knowledge(((desk.alice, NOON),), (desk.bob,))

    newer = actions.put_draft_in_force(desk.approved(), summary="More", by=desk.alice, now=LATER)
    assert queries.pending_confirmation(desk.alice, desk.brand) == newer
    assert refusal(actions.confirm_known, desk.version, by=desk.bob, now=LATER) == "not-in-force"

    back = actions.roll_back(desk.version, reason="no", by=desk.bob, now=LATER)
    assert queries.pending_confirmation(desk.alice, desk.brand) is None  # she knows this very text
    assert queries.pending_confirmation(desk.bob, desk.brand) == back
    assert queries.knowledge(back).missing == (desk.bob,)


def test_a_stranger_confirms_nothing(desk: Desk) -> None:
    other = add_brand(slug="other", name="Other", by=None, now=NOON)
    charlie = member("Charlie", other)
    assert refusal(actions.confirm_known, desk.version, by=charlie, now=NOON) == "no-right"
    assert queries.pending_confirmation(charlie, desk.brand) is None


def test_the_first_plan_of_a_brand_needs_one_person(desk: Desk) -> None:
    other = add_brand(slug="other", name="Other", by=None, now=NOON)
    give_role(desk.alice, other, Role.OWNER, by=None, now=NOON)
    draft = actions.start_draft(other, name="First", text=PLAN, by=desk.alice, now=NOON)
    assert refusal(actions.put_draft_in_force, draft, summary="first", by=desk.alice, now=NOON) == "not-checked"
    actions.check_draft(draft, by=desk.alice, now=NOON)

    version = actions.put_draft_in_force(draft, summary="first", by=desk.alice, now=NOON)

    assert version is not None
    assert (version.number, version.origin, version.approved_by_id) == (1, Origin.COMMAND, None)


def test_an_old_light_is_explained_by_the_version_that_gave_it(desk: Desk) -> None:
    post = desk.complaint("1")
    desk.work()
    actions.put_draft_in_force(desk.approved(), summary="More", by=desk.alice, now=LATER)
    newer = desk.complaint("2", "acme, broken again", minutes=200)
    desk.work(minutes=201)

    assert Judgement.objects.get(post=post, current=True).plan_version == desk.version
    assert Judgement.objects.get(post=newer, current=True).plan_version == PlanVersion.objects.get(number=2)


def test_a_discarded_draft_is_no_longer_edited(desk: Desk) -> None:
    draft = desk.checked()
    actions.discard_draft(draft, by=desk.alice, now=LATER)

    assert list(queries.drafts(desk.brand)) == []
    assert refusal(actions.save_draft, draft, text="x", revision=2, by=desk.alice, now=LATER) == "not-living"
    again = actions.start_draft(desk.brand, name=" Louder ", text=draft.text, by=desk.alice, now=LATER)
    assert (again.number, again.name, again.based_on) == (2, "Louder", None)
