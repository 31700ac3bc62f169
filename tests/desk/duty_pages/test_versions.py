"""The roster's versions: each in words, two compared, an earlier one brought back; a longer wait is told before."""

from __future__ import annotations

import re

import pytest

from sereno.desk.audit.models import AuditRow
from sereno.desk.duty.models import RosterVersion
from tests.desk.duty_pages.conftest import Desk

pytestmark = pytest.mark.django_db


def leave(desk: Desk) -> None:
    desk.do(
        "roster/leave", number=1, person="cem", starts="2026-03-06T00:00", ends="2026-03-07T00:00", kind="sick"
    )  # fmt: skip


def test_each_version_says_who_changed_what(desk: Desk) -> None:
    leave(desk)
    page = desk.see("versions")
    assert "The roster has had 2 versions." in page
    assert "Leave added: Cem" in page
    assert "lea" in page.lower()
    assert "command line" in page


def test_a_version_is_read_as_it_was_and_two_are_compared_in_words(desk: Desk) -> None:
    leave(desk)
    first = desk.see("versions/1")
    assert "{person: cem, name: Cem" in first
    assert "starts: 2026-03-06" not in first
    compared = desk.see("versions/compare?before=2&after=1")
    assert "1 change from version 1 to version 2." in compared
    assert "Leave added: Cem (Ill" in compared


def test_an_earlier_version_is_brought_back_as_a_new_one_with_a_row_in_the_audit(desk: Desk) -> None:
    leave(desk)
    assert "Leave removed: Cem" in desk.see("versions/1/bring-back")
    desk.do("versions/1/bring-back", number=2)
    first, _second, third = RosterVersion.objects.order_by("number")
    assert third.text == first.text
    assert third.in_force_until is None
    assert "Version 1 was brought back" in desk.see("versions")
    row = AuditRow.objects.filter(action="roster.put_in_force").latest("pk")
    assert (row.details["number"], row.details["what"], row.by_id) == (3, "brought-back", desk.person("lea").pk)


def test_who_saw_an_older_roster_brings_nothing_back(desk: Desk) -> None:
    leave(desk)
    desk.do("versions/1/bring-back", number=1)
    assert RosterVersion.objects.count() == 2


def test_members_see_who_changed_the_roster_and_not_who_is_ill(desk: Desk) -> None:
    leave(desk)
    page = desk.see("versions", who="ana")
    assert "Leave added: Cem" in page
    assert "bring-back" not in page
    desk.see("versions/2", who="ana", status=403)
    desk.see("versions/compare?before=1&after=2", who="ana", status=403)
    desk.do("versions/1/bring-back", who="ana", status=403, number=2)


def resting(*names: str) -> str:
    """The roster's text, in which these people are woken by red alone at night."""
    text = RosterVersion.objects.get(in_force_until=None).text
    for name in names:
        text = text.replace(f"email: {name}@acme.example", f'email: {name}@acme.example, quiet: ["22:00-07:00"]')
    return text


def known_of(page: str) -> str:
    found = re.search(r'name="known" value="(\w+)"', page)
    assert found, "nothing is asked"
    return found[1]


def test_a_change_that_makes_anybody_wait_longer_is_kept_only_once_it_was_said(desk: Desk) -> None:
    text = resting("cem", "dia", "pol", "ana")
    asked = desk.do("roster/text", status=422, number=1, text=text)
    assert "may wait longer for a human" in asked
    assert RosterVersion.objects.count() == 1
    desk.do("roster/text", number=1, text=text, known=known_of(asked))
    assert RosterVersion.objects.get(number=2).text == text


def test_agreeing_to_one_change_does_not_keep_another(desk: Desk) -> None:
    known = known_of(desk.do("roster/text", status=422, number=1, text=resting("cem", "dia", "pol", "ana")))
    other = resting("cem", "dia", "pol", "ana") + "# more\n"
    desk.do("roster/text", status=422, number=1, text=other, known=known)
    assert RosterVersion.objects.count() == 1


def test_a_change_that_makes_nobody_wait_longer_is_kept_at_once(desk: Desk) -> None:
    desk.do("roster/text", number=1, text=resting("dia"))
    assert RosterVersion.objects.count() == 2


def test_a_text_with_errors_tells_them_and_asks_nothing(desk: Desk) -> None:
    text = resting("cem", "dia", "pol", "ana").replace("role: community_manager", "role: nobody_knows")
    told = desk.do("roster/text", status=422, number=1, text=text)
    assert "Not kept" in told
    assert "may wait longer" not in told
