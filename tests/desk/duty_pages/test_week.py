"""The duty page: who is on, the week, its gaps."""

from __future__ import annotations

from tests.desk.duty_pages.conftest import Desk


def test_the_sentence_says_who_is_on_until_when_and_the_next_gap(desk: Desk) -> None:
    seen = desk.see()
    assert "On duty until 22:00: Ana; then nobody." in seen
    assert "nobody is on duty" in seen


def test_a_member_sees_the_week_and_is_offered_no_change(desk: Desk) -> None:
    seen = desk.see(who="ana")
    assert "08:00–22:00" in seen
    assert "Change the roster" not in seen
    assert desk.see("roster", who="ana", status=403)


def test_pages(desk: Desk) -> None:
    for path in (
        "roster",
        "roster/text",
        "roster/shift",
        "roster/shift/0",
        "roster/leave",
        "roster/override",
        "roster/accept-gap",
        "roster/person",
        "roster/person/0",
        "swaps",
        "calendar",
    ):
        assert "<h1" in desk.see(path), path
    assert desk.as_("lea").get("/settings/ways").status_code == 200
