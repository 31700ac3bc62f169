"""Who had a hand in a text does not approve it, however the text came to be as it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from sereno.desk.accounts.actions import add_brand, give_role
from sereno.desk.accounts.models import Role
from sereno.desk.plans import actions, queries
from sereno.desk.plans.models import DraftState, PlanDraft, PlanVersion
from sereno.desk.plans.refused import PlanRefused
from tests.desk.plans.life import LATER, LOUDER, Desk, numbered
from tests.desk.stories import PLAN, member
from tests.desk.street import NOON


def refusal(deed: object, *args: object, **asked: object) -> str:
    with pytest.raises(PlanRefused) as refused:
        deed(*args, **asked)  # type: ignore[operator]
    return refused.value.code


def with_a_comma_by_bob(desk: Desk) -> PlanDraft:
    """Alice wrote the rule, Bob added a comment, had it checked and replayed."""
    draft = desk.draft()
    draft = actions.save_draft(draft, text=LOUDER + "# x\n", revision=draft.revision, by=desk.bob, now=NOON)
    actions.check_draft(draft, by=desk.bob, now=NOON)
    desk.replay(draft)
    return desk.again(draft)


def test_a_comment_by_somebody_else_does_not_make_the_writer_a_second_person(desk: Desk) -> None:
    draft = with_a_comma_by_bob(desk)
    carol = member("Carol", desk.brand, Role.COMMITTEE)

    assert refusal(actions.approve, draft, digest=draft.digest, by=desk.alice, now=LATER) == "edited-it"
    assert refusal(actions.approve, draft, digest=draft.digest, by=desk.bob, now=LATER) == "edited-it"
    assert queries.could_approve(draft) == [carol]
    actions.approve(draft, digest=draft.digest, by=carol, now=LATER)
    version = actions.put_draft_in_force(draft, summary="so", by=desk.alice, now=LATER)

    assert version is not None
    assert (version.editors, version.approved_by_id) == ([desk.alice.pk, desk.bob.pk], carol.pk)
    back = actions.roll_back(desk.version, reason="no", by=desk.bob, now=LATER)
    forth = actions.roll_back(version, reason="yes", by=desk.bob, now=LATER)
    assert (back.editors, forth.editors) == ([], version.editors)


def test_where_all_who_may_approve_have_edited_the_page_names_whom_the_right_could_be_given(
    desk: Desk, client: Client
) -> None:
    draft = with_a_comma_by_bob(desk)
    dora = member("Dora", desk.brand)
    other = add_brand(slug="other", name="Other", by=None, now=NOON)
    give_role(dora, other, Role.APPROVER, by=None, now=NOON)
    client.force_login(desk.alice)

    page = client.get(f"/b/acme/plan/drafts/{draft.number}").content.decode()

    assert queries.could_approve(draft) == []
    assert queries.stands_in_the_way(draft, desk.bob, now=LATER) == ["edited-it", "nobody-else"]
    assert "edited by Alice, Bob" in page
    assert "Had no hand in it, and could be given such a role: <bdi>Dora</bdi>" in page


def test_the_history_names_all_who_edited(desk: Desk, client: Client) -> None:
    draft = with_a_comma_by_bob(desk)
    carol = member("Carol", desk.brand, Role.COMMITTEE)
    actions.approve(draft, digest=draft.digest, by=carol, now=LATER)
    actions.put_draft_in_force(draft, summary="so", by=desk.alice, now=LATER)
    client.force_login(carol)

    assert "edited by Alice, Bob · approved by Carol" in client.get("/b/acme/plan/history").content.decode()


def test_whoever_starts_from_another_text_than_the_one_in_force_chose_it(desk: Desk) -> None:
    earlier = desk.version
    actions.put_in_force(desk.brand, text=numbered(PLAN, "3"), name="n", by=None, now=NOON)

    assert actions.start_draft(desk.brand, name="a", by=desk.bob, now=NOON).editors == []
    assert actions.start_draft(desk.brand, name="b", by=desk.bob, now=NOON, based_on=earlier).editors == [desk.bob.pk]
    assert actions.start_draft(desk.brand, name="c", by=desk.bob, now=NOON, text=PLAN).editors == [desk.bob.pk]


def test_an_approval_by_an_editor_that_stands_in_the_database_puts_nothing_in_force(desk: Desk) -> None:
    draft = desk.approved()
    PlanDraft.objects.filter(pk=draft.pk).update(editors=[desk.alice.pk, desk.bob.pk])

    assert refusal(actions.put_draft_in_force, draft, summary="so", by=desk.bob, now=LATER) == "not-approved"


@pytest.mark.parametrize(
    ("asked", "code"), [({"as_if_live": True}, "replay-as-if-live"), ({"since": NOON}, "replay-of-some-posts")]
)
def test_a_replay_of_another_past_does_not_count_and_the_page_says_why(
    desk: Desk, client: Client, asked: dict[str, object], code: str
) -> None:
    draft = desk.checked()
    replay = desk.replay(draft, **asked)
    client.force_login(desk.alice)

    assert queries.why_not(draft, replay, now=LATER) == code
    assert desk.again(draft).state == DraftState.CHECKED
    page = client.get(f"/b/acme/plan/drafts/{draft.number}").content.decode()
    assert "The last replay does not count for the approval." in page


def test_a_replay_lasts_a_month_for_the_approval(desk: Desk) -> None:
    draft = desk.replayed()
    fresh, old = LATER + queries.PROOF_LASTS, LATER + queries.PROOF_LASTS + timedelta(seconds=1)

    assert queries.stands_in_the_way(draft, desk.bob, now=fresh) == []
    assert refusal(actions.approve, draft, digest=draft.digest, by=desk.bob, now=old) == "replay-too-old"
    newer = desk.replay(draft, now=old)
    assert desk.again(draft).replay == newer
    assert actions.approve(draft, digest=draft.digest, by=desk.bob, now=old).state == DraftState.APPROVED


def test_a_replay_from_before_the_plan_in_force_does_not_count(desk: Desk) -> None:
    draft = desk.checked()
    replay = desk.replay(draft)
    PlanVersion.objects.filter(pk=desk.version.pk).update(in_force_from=LATER + timedelta(minutes=1))

    assert queries.why_not(draft, replay, now=LATER) == "replay-against-another"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("9999-12-31T23:59+00:00", "Choose a moment within a year."),
        ("9999-12-31T23:59-12:00", "Choose a moment within a year."),
        ("9999-12-31T23:59", "Choose a moment within a year."),
        ("0001-01-01T00:00+14:00", "Choose a moment that is still to come."),
        ("0001-01-01T00:00", "Choose a moment that is still to come."),
    ],
)
def test_a_moment_beyond_a_year_is_refused_with_words(desk: Desk, client: Client, moment: str, words: str) -> None:
    draft, now = desk.checked(), timezone.now()
    desk.replay(draft, now=now)
    actions.approve(draft, digest=draft.digest, by=desk.bob, now=now)
    desk.bob.timezone = "Europe/Madrid"
    desk.bob.save()
    client.force_login(desk.bob)

    page = f"/b/acme/plan/drafts/{draft.number}"
    told = client.post(f"{page}/in-force", {"summary": "x", "when": "later", "moment": moment})

    assert (told.status_code, words in told.content.decode()) == (422, True)
    assert client.get(page).status_code == 200
    assert desk.again(draft).in_force_at is None


def test_the_moment_is_refused_whoever_calls(desk: Desk) -> None:
    draft = desk.approved()
    far = LATER + timedelta(days=367)

    assert refusal(actions.put_draft_in_force, draft, summary="x", by=desk.bob, now=LATER, at=far) == "moment-too-far"
    near = LATER + timedelta(days=366)
    assert actions.put_draft_in_force(draft, summary="x", by=desk.bob, now=LATER, at=near) is None


def test_the_first_plan_of_a_brand_is_not_set_for_later(desk: Desk) -> None:
    other = add_brand(slug="other", name="Other", by=None, now=NOON)
    give_role(desk.alice, other, Role.OWNER, by=None, now=NOON)
    draft = actions.start_draft(other, name="First", text=PLAN, by=desk.alice, now=NOON)
    actions.check_draft(draft, by=desk.alice, now=NOON)
    later = NOON + timedelta(days=1)

    assert refusal(actions.put_draft_in_force, draft, summary="x", by=desk.alice, now=NOON, at=later) == "first-at-once"
    assert not PlanVersion.objects.filter(brand=other).exists()
