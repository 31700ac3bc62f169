"""What the pages say of days, gaps and turns: the right day in any reader's zone, one horizon, no end that is none."""

from __future__ import annotations

import re

import pytest

from sereno.desk.accounts.models import Membership, Role, User
from sereno.desk.plans.actions import put_in_force
from tests.desk.duty.watch import DEPUTY, ROSTER
from tests.desk.duty_pages.conftest import Desk
from tests.desk.street import NOON

LEAVE = {"person": "cem", "starts": "2026-11-25T00:00", "ends": "2026-11-26T00:00", "kind": "leave"}
ICS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:x
BEGIN:VEVENT
UID:1
DTSTAMP:20260101T000000Z
SUMMARY:Cem: holiday
DTSTART;VALUE=DATE:20261203
DTEND;VALUE=DATE:20261205
END:VEVENT
END:VCALENDAR
"""


@pytest.mark.parametrize("zone", ["Europe/Madrid", "America/New_York", "Asia/Tokyo", "Pacific/Kiritimati"])
def test_a_day_of_leave_is_that_day_in_whatever_zone_it_is_read(desk: Desk, zone: str) -> None:
    User.objects.update(timezone=zone)
    desk.do("roster/leave", number=1, **LEAVE)
    assert "Wed 25 Nov, all day" in desk.see("roster")
    assert "Wed 25 Nov, all day" in desk.see("people/cem")
    assert "Wed 25 Nov, all day" in desk.see("people")
    assert 'value="2026-11-25T00:00"' in desk.see("roster/leave/0")


@pytest.mark.parametrize("zone", ["Europe/Madrid", "America/New_York", "Asia/Tokyo"])
def test_whole_days_of_a_calendar_are_shown_as_the_days_that_they_are(desk: Desk, zone: str) -> None:
    User.objects.update(timezone=zone)
    assert "Thu 3 Dec – Fri 4 Dec, all day" in desk.do("calendar", status=200, text=ICS)
    desk.do("calendar", number=1, text=ICS, keep="1")
    assert "Thu 3 Dec – Fri 4 Dec, all day" in desk.see("roster")


def test_a_part_of_a_day_names_the_day_once_and_a_night_both(desk: Desk) -> None:
    desk.do("roster/leave", number=1, **LEAVE | {"starts": "2026-11-25T08:00", "ends": "2026-11-25T12:00"})
    desk.do("roster/leave", number=2, **LEAVE | {"starts": "2026-11-27T20:00", "ends": "2026-11-28T08:00"})
    seen = desk.see("roster")
    assert "Wed 25 Nov 08:00–12:00" in seen
    assert "Fri 27 Nov 20:00 – Sat 28 Nov 08:00" in seen


def counted(page: str) -> int:
    found = re.search(r"(\d+) more in the next four weeks", page)
    assert found is not None
    return int(found[1])


def test_the_sentence_and_what_is_said_after_an_edit_count_the_same_gaps(desk: Desk) -> None:
    first = counted(desk.see())
    client = desk.as_("lea")
    client.post(f"/b/{desk.brand.slug}/duty/roster/person", {
        "number": 1, "email": "lea@acme.example", "roles": ["committee_duty"], "languages": [],
    })  # fmt: skip
    kept = client.get(f"/b/{desk.brand.slug}/duty/roster").content.decode()
    # the one that the sentence names is one of them
    assert f"{first + 1} gaps in the next four weeks" in kept


def test_hours_that_somebody_accepted_are_not_called_covered(desk: Desk) -> None:
    gap = {"role": "committee_duty", "starts": "2026-03-02T20:00", "ends": "2026-03-03T08:00"}
    assert "h accepted" not in desk.see()
    desk.do("roster/accept-gap", number=1, **gap, reason="The product is on call")
    seen = desk.see()
    assert "12 h accepted" in seen
    assert "accepted: 1" in seen


def test_a_gap_without_an_end_is_told_without_one(desk: Desk) -> None:
    version = desk.roster
    assert version is not None
    left = [line for line in version.text.splitlines() if "shift: committee" not in line]
    desk.do("roster/text", number=1, text="\n".join(left))
    seen = desk.see()
    assert "Gap from now on, with no end in sight: nobody is on duty" in seen
    assert "until Sun" not in seen


def test_whoever_stands_there_day_after_day_is_on_duty_without_an_end(desk: Desk) -> None:
    assert "on duty day and night" in desk.see("people/pol")
    assert "on duty until 20:00" in desk.see("people/cem")


def test_what_is_left_of_a_gap_is_no_new_one(desk: Desk) -> None:
    client = desk.as_("lea")
    client.post(f"/b/{desk.brand.slug}/duty/roster/override", {
        "number": 1, "person": "dia", "role": "committee_duty", "starts": "2026-03-02T22:00",
        "ends": "2026-03-03T04:00", "reason": "", "instead_of": "",
    })  # fmt: skip
    assert "New gap" not in client.get(f"/b/{desk.brand.slug}/duty/roster").content.decode()


def test_ones_own_row_and_turns_stand_first_and_are_marked(desk: Desk) -> None:
    seen = desk.see(who="cem")
    rows = re.findall(r'<th scope="row">.*?</th>', seen)
    assert "Cem" in rows[0]
    assert ">you<" in rows[0]
    assert ">you<" not in "".join(rows[1:])


def test_turns_to_swap_are_grouped_by_their_day_and_none_is_cut_off(desk: Desk) -> None:
    seen = desk.see("swaps", who="cem")
    days = re.findall(r'<h3 class="swap-day">(.*?)</h3>', seen)
    assert days[:2] == ["Mon 2 Mar", "Tue 3 Mar"]
    assert len(days) == len(set(days))
    assert set(re.findall(r"<strong>(\d\d:\d\d–\d\d:\d\d)</strong>", seen)) == {"08:00–20:00"}
    assert set(re.findall(r"<strong>(.*?)</strong>", desk.see("swaps", who="pol"))) == {"all day"}


def test_too_little_rest_is_told_as_advice_to_whoever_leads(desk: Desk) -> None:
    seen = desk.see()
    assert "Ana has 98 h of duty in the week of Mon 2 Mar; more than 60 h is too much." in seen
    assert "Pol has" not in seen  # on call, day and night
    assert "more than 60 h" not in desk.see(who="ana")
    version = desk.roster
    assert version is not None
    limits = version.text.replace("people:\n", "rest: {between: 8h, a_week: 100h}\npeople:\n", 1)
    desk.do("roster/text", number=1, text=limits)
    assert "too much" not in desk.see()


def test_days_in_faults_are_written_as_on_the_pages(desk: Desk) -> None:
    version = desk.roster
    assert version is not None
    second = '  - {shift: again, role: community_manager, hours: ["21:00-23:00"], people: [ana]}\noverrides: []'
    desk.do("roster/text", number=1, text=version.text.replace("overrides: []", second))
    seen = desk.see("roster/text")
    assert "first on Mon 5 Jan 21:00" in seen
    assert "2026-01-05" not in seen


def test_a_change_that_leaves_a_role_by_name_in_nobody_is_asked_about_first(desk: Desk) -> None:
    danger = "when: {kind: [complaint, attack, news], risk: [safety]}"
    named = DEPUTY.replace(danger, f"{danger}, route: {{role: product_owner}}").replace('"2"', '"3"')
    put_in_force(desk.brand, text=named, name="acme.yaml", by=None, now=NOON)
    gone = ROSTER.replace("pol@acme.example", "pol@gone.example")
    asked = desk.do("roster/text", status=422, number=1, text=gone)
    assert "With this change somebody may wait longer" in asked
    assert re.search(r"Called by name: [^<]+</span></th><td>Nobody can be called", asked)


def test_who_is_on_duty_and_may_only_read_is_told_on_the_page_and_when_the_roster_puts_them_there(desk: Desk) -> None:
    assert "may not take a case" not in desk.see()
    Membership.objects.filter(user=desk.person("cem")).update(role=Role.AUDITOR)
    Membership.objects.filter(user=desk.person("dia")).update(role=Role.AUDITOR)
    seen = desk.see()
    assert re.search(r"Cem is on duty \(first on [^)]+\) and would be called, but may not take a case", seen)
    assert "their role at the desk is Auditor" in seen
    assert "Dia is on duty" not in seen  # she holds the role, and stands in no shift
    lea = desk.as_("lea")
    night = {"number": 1, "person": "dia", "role": "committee_duty", "starts": "2026-03-03T20:00",
             "ends": "2026-03-03T22:00", "instead_of": "", "reason": ""}  # fmt: skip
    kept = lea.post(f"/b/{desk.brand.slug}/duty/roster/override", night, follow=True)
    assert "Dia is on duty" in kept.content.decode()
    Membership.objects.filter(user__in=[desk.person("cem"), desk.person("dia")]).update(role=Role.COMMITTEE)
    assert "may not take a case" not in desk.see()
