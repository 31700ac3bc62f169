"""What people do with cases: each leaves an event in the history and an audit row, and words can be erased."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sereno.desk.accounts.actions import give_role
from sereno.desk.accounts.models import Role, User
from sereno.desk.audit.models import AuditRow
from sereno.desk.cases import actions
from sereno.desk.cases.actions import ActionRefused
from sereno.desk.cases.models import Case, CaseNote, ClosureReason
from sereno.desk.listening.models import Overrule
from sereno.desk.notify.models import Notification
from tests.desk.stories import brand, member
from tests.desk.street import NOON, Street

LATER = NOON + timedelta(minutes=30)


@pytest.fixture
def street(db: None) -> Street:
    return Street()


@pytest.fixture
def alice(street: Street) -> User:
    return member("Alice", street.brand)


@pytest.fixture
def bob(street: Street) -> User:
    return member("Bob", street.brand)


@pytest.fixture
def charlie(street: Street) -> User:
    return member("Charlie", brand("charlies"))


@pytest.fixture
def case(street: Street) -> Case:
    post = street.complaint("1")
    street.work()
    return street.case_of(post)


@pytest.fixture
def red_case(street: Street) -> Case:
    post = street.danger("9", author="eve")
    street.work()
    return street.case_of(post)


def history(case: Case) -> list[str]:
    return [event.kind for event in case.events.order_by("id")]


def test_taking_a_case_makes_it_mine_and_acknowledges_it(case: Case, alice: User) -> None:
    after = actions.take(case, by=alice, now=LATER)

    assert (after.owner, after.acknowledged_at) == (alice, LATER)
    assert history(case) == ["opened", "taken"]
    assert AuditRow.objects.get(action="case.taken").by_id == alice.pk


def test_whoever_had_the_case_is_told_in_a_digest_when_a_colleague_takes_it(case: Case, alice: User, bob: User) -> None:
    actions.take(case, by=alice, now=LATER)
    assert not Notification.objects.exists()
    actions.take(case, by=bob, now=LATER)
    [told] = Notification.objects.all()
    assert (told.user, told.code, told.urgency, told.values["by"]) == (alice, "taken_over", "batched", bob.pk)


def test_taking_it_twice_is_taking_it_once(case: Case, alice: User) -> None:
    actions.take(case, by=alice, now=LATER)
    actions.take(case, by=alice, now=LATER)

    assert history(case) == ["opened", "taken"]


def test_a_case_is_never_given_to_somebody_of_another_brand(case: Case, alice: User, charlie: User) -> None:
    with pytest.raises(ActionRefused) as refused:
        actions.assign(case, to=charlie, by=alice, now=LATER)

    assert refused.value.code == "cannot-work"


def test_an_auditor_changes_nothing(case: Case, alice: User, street: Street) -> None:
    auditor = member("Audrey", street.brand, Role.AUDITOR)

    with pytest.raises(ActionRefused):
        actions.assign(case, to=auditor, by=alice, now=LATER)


def test_assigning_does_not_acknowledge_for_the_other(case: Case, alice: User, bob: User) -> None:
    after = actions.assign(case, to=bob, by=alice, now=LATER)

    assert (after.owner, after.acknowledged_at) == (bob, None)


def test_a_person_lowers_a_light_and_the_case_moves_down_the_chain(red_case: Case, alice: User) -> None:
    after = actions.overrule(red_case, light="green", reason="a joke among friends", by=alice, now=LATER)

    assert (after.light, after.role) == ("green", "community_manager")
    remembered = Overrule.objects.get()
    assert (remembered.from_light, remembered.to_light, remembered.by_id) == ("red", "green", alice.pk)
    assert CaseNote.objects.get().text == "a joke among friends"


def test_a_person_raises_a_light_and_deadlines_run_from_now(case: Case, alice: User) -> None:
    after = actions.overrule(case, light="red", reason="I know this customer: she is a doctor", by=alice, now=LATER)

    assert (after.light, after.role) == ("red", "committee_duty")
    assert after.acknowledge_by == LATER + timedelta(minutes=10)
    assert after.answer_by == LATER + timedelta(hours=1)


def test_no_light_is_a_light_that_a_person_may_give(case: Case, alice: User) -> None:
    after = actions.overrule(case, light=None, reason="she praises us", by=alice, now=LATER)

    assert (after.light, after.light_rank, after.role) == (None, 0, "community_manager")


def test_overruling_needs_words(case: Case, alice: User) -> None:
    with pytest.raises(ActionRefused) as refused:
        actions.overrule(case, light="red", reason="  ", by=alice, now=LATER)

    assert refused.value.code == "words-needed"
    assert not Overrule.objects.exists()


def test_what_a_person_decided_stays_when_the_customer_writes_again(
    street: Street, red_case: Case, alice: User
) -> None:
    actions.overrule(red_case, light="green", reason="a joke", by=alice, now=LATER)
    street.complaint("10", "acme hello?", author="eve", minutes=40)

    street.work(minutes=41)

    red_case.refresh_from_db()
    assert (red_case.light, red_case.state) == ("green", "open")


def test_a_new_grave_post_raises_an_overruled_case_again(street: Street, red_case: Case, alice: User) -> None:
    actions.overrule(red_case, light="green", reason="a joke", by=alice, now=LATER)
    street.danger("10", "acme, it burned my hand too", author="eve", minutes=40)

    street.work(minutes=41)

    red_case.refresh_from_db()
    assert red_case.light == "red"


def test_new_reasons_after_a_person_lowered_the_light_are_told(street: Street, red_case: Case, alice: User) -> None:
    actions.overrule(red_case, light="green", reason="a joke", by=alice, now=LATER)
    post = red_case.deciding_post
    street.reader.says(post.text.text, kind="complaint", risks=("safety",), claims=frozenset({"real_harm"}))
    street.reader.model = "fake-2"  # whatever makes it be judged again: an edit, more shares, a better reader
    type(post).objects.filter(pk=post.pk).update(stage=0)

    street.work(minutes=50)

    red_case.refresh_from_db()
    news = red_case.events.get(kind="news_after_overrule")
    assert news.details["rules"] == ["harm"]
    assert red_case.light == "green"  # what the person set stays


def test_the_same_reasons_again_are_no_news(street: Street, red_case: Case, alice: User) -> None:
    actions.overrule(red_case, light="green", reason="a joke", by=alice, now=LATER)
    type(red_case.deciding_post).objects.update(stage=0)

    street.work(minutes=50)

    assert "news_after_overrule" not in history(red_case)


def test_an_unanswered_complaint_is_closed_only_with_words(case: Case, alice: User) -> None:
    with pytest.raises(ActionRefused):
        actions.close(case, reason=ClosureReason.SOLVED, words="", by=alice, now=LATER)

    after = actions.close(case, reason=ClosureReason.SOLVED, words="solved by phone", by=alice, now=LATER)

    assert (after.state, after.closed_by, after.closure_reason) == ("closed", alice, "solved")
    assert AuditRow.objects.get(action="case.closed").details["unanswered"] is True


def test_the_audit_trail_never_holds_the_words(case: Case, alice: User) -> None:
    actions.close(case, reason=ClosureReason.SOLVED, words="called Mrs Kowalska", by=alice, now=LATER)

    assert not any("Kowalska" in str(row.details) for row in AuditRow.objects.all())


def test_a_closed_case_cannot_be_taken_but_can_be_reopened(case: Case, alice: User) -> None:
    actions.close(case, reason=ClosureReason.SPAM, words="an advert", by=alice, now=LATER)
    with pytest.raises(ActionRefused):
        actions.take(case, by=alice, now=LATER)

    after = actions.reopen(case, words="it was none", by=alice, now=LATER)

    assert (after.state, after.closed_by, after.closure_reason) == ("open", None, "")
    assert history(case) == ["opened", "closed", "reopened"]


def test_a_customer_who_writes_in_a_closed_thread_reopens_the_case(street: Street, case: Case, alice: User) -> None:
    actions.close(case, reason=ClosureReason.SOLVED, words="by phone", by=alice, now=LATER)
    street.complaint("2", "it broke again", conversation="1", minutes=60)

    street.work(minutes=61)

    case.refresh_from_db()
    assert (case.state, case.closure_reason) == ("open", "")
    assert case.answer_by is not None


def test_a_person_with_two_roles_may_what_either_may(street: Street, alice: User) -> None:
    from sereno.desk.accounts.permissions import Action, may

    assert not may(alice, Action.MANAGE_SOURCES, street.brand)

    give_role(alice, street.brand, Role.CARE_LEAD, by=None, now=NOON)

    assert may(alice, Action.MANAGE_SOURCES, street.brand)
