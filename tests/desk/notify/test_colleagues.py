"""What colleagues do for one another is told; what stays in the product, and who is told nothing any more."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from sereno.desk.accounts.actions import take_role
from sereno.desk.accounts.models import Brand, Membership, Role, User
from sereno.desk.cases import actions as casework
from sereno.desk.cases.models import Case
from sereno.desk.duty.acts import consult
from sereno.desk.notify.models import Delivery, Notification
from sereno.desk.notify.queries import reachable
from sereno.desk.notify.refused import WayRefused
from sereno.desk.notify.ways import add_way
from tests.desk.notify.people import Desk
from tests.desk.stories import member

TEXT = "the acme kettle burned my son"


def _case(desk: Desk) -> Case:
    street = desk.street()
    return street.case_of(street.danger("1"))


def _bob(desk: Desk, language: str = "en") -> User:
    return member("Bob", desk.brand, Role.COMMUNITY_MANAGER, language=language)


def _told(code: str) -> list[str]:
    return [str(each.user) for each in Notification.objects.filter(code=code)]


def test_whoever_gets_a_case_from_a_colleague_is_told_why_until_when_and_by_whom(desk: Desk) -> None:
    case, bob = _case(desk), _bob(desk)
    casework.assign(case, to=bob, by=desk.alice, now=desk.now)
    desk.deliver()
    assert desk.mails.to == ["bob@acme.example"]
    assert desk.mails.subjects() == ["Red: a case was handed to you · Acme"]
    text = desk.mails.text()
    for words in ("Light: Red", "Network: X", "Reason: Danger to people", "From: Alice", "12:10 (UTC)",
                  f"https://desk.example/b/acme/cases/{case.pk}"):  # fmt: skip
        assert words in text, words
    assert "kettle" not in text + desk.mails.html() + str(desk.mails.mails[-1])


@pytest.mark.parametrize(
    ("language", "subject", "reason"),
    [("es", "se le ha asignado un caso", "Motivo:"), ("pl", "przydzielono sprawę", "Powód:")],
)
def test_they_are_told_in_their_own_language(desk: Desk, language: str, subject: str, reason: str) -> None:
    case, bob = _case(desk), _bob(desk, language)
    casework.assign(case, to=bob, by=desk.alice, now=desk.now)
    desk.deliver()
    assert subject in desk.mails.subjects()[0]
    assert reason in desk.mails.text()


def test_nobody_is_told_of_their_own_deed_nor_twice(desk: Desk) -> None:
    case, bob = _case(desk), _bob(desk)
    casework.take(case, by=bob, now=desk.now)
    casework.assign(case, to=bob, by=desk.alice, now=desk.now)
    assert _told("assigned") == []
    casework.assign(case, to=desk.alice, by=bob, now=desk.now)
    casework.assign(case, to=desk.alice, by=bob, now=desk.now)
    assert _told("assigned") == ["Alice"]


def test_where_a_person_set_the_light_the_message_says_who(desk: Desk) -> None:
    case, bob = _case(desk), _bob(desk)
    casework.overrule(case, light="amber", reason="the son is a teddy bear", by=desk.alice, now=desk.now)
    casework.assign(case, to=bob, by=desk.alice, now=desk.now)
    desk.deliver()
    assert "Reason: Alice set this light." in desk.mails.text()
    assert "teddy" not in desk.mails.text()


def test_who_asked_is_told_once_that_the_colleague_answered(desk: Desk) -> None:
    case, bob = _case(desk), _bob(desk)
    carl = member("Carl", desk.brand, Role.COMMUNITY_MANAGER)
    consult(case, question="Is it the thermostat?", person=bob, by=desk.alice, now=desk.now)
    casework.add_note(case, text="I called the shop", by=desk.alice, now=desk.now)
    casework.add_note(case, text="not asked, but curious", by=carl, now=desk.now)
    assert _told("advised") == []
    casework.add_note(case, text="Yes, batch 7", by=bob, now=desk.now)
    casework.add_note(case, text="and batch 8", by=bob, now=desk.now)
    assert _told("advised") == ["Alice"]
    consult(case, question="All of batch 8?", person=bob, by=desk.alice, now=desk.now)
    casework.add_note(case, text="Yes", by=bob, now=desk.now)
    assert _told("advised") == ["Alice", "Alice"]
    desk.deliver()
    assert "From: Bob" in desk.mails.text(desk.mails.to.index("alice@acme.example"))
    assert "batch" not in str(desk.mails.mails)


@pytest.mark.parametrize("with_text", [False, True])
def test_whoever_is_asked_is_told_by_whom_and_where_to_answer_and_the_question_only_where_messages_may_hold_words(
    desk: Desk, settings: Settings, with_text: bool
) -> None:
    settings.SERENO_MESSAGES_WITH_TEXT = with_text
    case, bob = _case(desk), _bob(desk)
    consult(case, question="Is it the thermostat of Mrs Ruiz?", person=bob, by=desk.alice, now=desk.now)
    desk.deliver()
    text = desk.mails.text(desk.mails.to.index("bob@acme.example"))
    assert "From: Alice" in text
    assert "answer there with a note" in text
    assert "say there that you have it" not in text
    assert ("The question: “Is it the thermostat of Mrs Ruiz?”" in text) is with_text
    assert ("The question stands in the case." in text) is not with_text
    assert "thermostat" not in str(desk.mails.mails[0]["subject"])


@pytest.mark.parametrize(
    ("language", "says"),
    [("en", "From: Alice|The reason stands in the case."), ("es", "De: Alice|El motivo está en el caso."),
     ("pl", "Od: Alice|Powód jest zapisany w sprawie.")],
)  # fmt: skip
def test_a_case_that_is_passed_up_says_by_whom_and_that_the_reason_stands_there(
    desk: Desk, language: str, says: str
) -> None:
    case, bob = _case(desk), _bob(desk, language)
    desk.tell(bob, code="escalated", case=case, by=desk.alice.pk)
    desk.deliver()
    for words in says.split("|"):
        assert words in desk.mails.text()


# -- a demo brand -----------------------------------------------------------------------------------------------------


def test_of_a_demo_brand_nothing_leaves_the_product_whatever_is_set_up(desk: Desk) -> None:
    desk.gateway()
    Brand.objects.update(demo=True)
    bob = _bob(desk)
    desk.mails.to.clear()
    case = _case(desk)
    desk.tell(desk.alice, bob, case=case)
    desk.tell(desk.alice, bob, code="swap_asked", light="", urgency="batched")
    casework.assign(case, to=bob, by=desk.alice, now=desk.now)
    desk.deliver()
    desk.later(minutes=30)
    desk.deliver()
    assert (desk.mails.to, desk.hook.told, desk.hook.paths) == ([], [], ["/in/s3cret-token"])  # its code, before
    assert {each.state for each in Notification.objects.exclude(code="way_test")} == {"bell"}
    assert not Delivery.objects.filter(next_try_at__isnull=False).exists()
    assert {"unreached", "given_up"}.isdisjoint(desk.outcomes)
    assert reachable([bob.pk], now=desk.now, inside=True) == {bob.pk}


def test_what_waited_when_a_brand_became_a_demo_stays_inside_too(desk: Desk) -> None:
    desk.tell()
    Brand.objects.update(demo=True)
    desk.deliver()
    assert desk.mails.to == []


def test_whoever_knows_demo_brands_alone_cannot_send_codes_to_strangers(desk: Desk) -> None:
    Brand.objects.update(demo=True)
    with pytest.raises(WayRefused, match="demo brand"):
        add_way(desk.alice, kind="mail", address="stranger@elsewhere.example", now=desk.now)
    desk.deliver()
    assert desk.mails.to == []


# -- who has left -----------------------------------------------------------------------------------------------------


def test_whoever_left_the_brand_or_the_house_is_told_nothing_and_that_is_known_at_once(desk: Desk) -> None:
    bob = _bob(desk)
    desk.tell(desk.alice, bob)
    User.objects.filter(pk=desk.alice.pk).update(is_active=False)
    take_role(Membership.objects.get(user=bob), by=None, now=desk.now)
    desk.deliver()
    assert desk.mails.to == []
    assert desk.outcomes == ["unreached", "unreached"]
    assert set(Notification.objects.values_list("state", flat=True)) == {"given_up"}
    assert [error for _channel, _state, error in desk.tries()] == ["gone", "gone"]
