"""The roster is changed in forms and as text: one place changes, what it does to the gaps is told at once."""

from __future__ import annotations

import pytest

from sereno.desk.accounts.actions import give_role
from sereno.desk.accounts.models import Membership, Role
from sereno.desk.duty.models import RosterVersion
from sereno.desk.duty.queries import roster_in_force, who_is_on
from sereno.desk.duty.standing import standing_roster
from tests.desk.duty_pages.conftest import HOUR, Desk
from tests.desk.street import NOON

ALL = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
NIGHT = {
    "name": "Night", "role": "committee_duty", "hours": "20:00-08:00", "days": ALL, "people": ["dia"], "holidays": "on",
}  # fmt: skip


def text(desk: Desk) -> str:
    version = roster_in_force(desk.brand)
    assert version is not None
    return version.text


def told(desk: Desk, who: str = "lea") -> str:
    return desk.see("roster", who)


def on(desk: Desk, hours: float) -> list[str]:
    return [each.person for each in who_is_on(desk.brand, "committee_duty", NOON + hours * HOUR)]


def test_a_night_shift_closes_the_nights_and_every_comment_stays(desk: Desk) -> None:
    assert "nobody is on duty" in desk.see()
    assert on(desk, 12) == []
    desk.do("roster/shift", number=1, **NIGHT)
    assert on(desk, 12) == ["dia"]
    assert "# the committee" in text(desk)
    assert '{shift: committee, role: committee_duty, hours: ["08:00-20:00"], people: [cem]}' in text(desk)
    assert "20:00–08:00" in desk.see()


def test_a_split_shift_stands_with_its_break_and_comes_back_into_the_form(desk: Desk) -> None:
    split = NIGHT | {
        "name": "Split",
        "role": "community_manager",
        "people": ["ana"],
        "hours": "06:00-07:00, 22:00-23:30",
    }
    desk.do("roster/shift", number=1, **split)
    assert "06:00-07:00" in text(desk)
    assert 'value="06:00-07:00, 22:00-23:30"' in desk.see("roster/shift/3")
    desk.do("roster/shift/3", number=2, **split | {"hours": "06:00-07:00"})
    assert "22:00-23:30" not in text(desk)


def test_a_rotation_hands_on_in_the_order_of_its_people(desk: Desk) -> None:
    both = NIGHT | {"people": ["cem", "dia"], "rotate": "7", "since": "2026-02-23"}
    desk.do("roster/shift", number=1, **both)
    assert on(desk, 12) == ["dia"]
    assert on(desk, 12 + 7 * 24) == ["cem"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"hours": "25:00-06:00"}, "is no stretch of hours"), ({"rotate": "7"}, "needs the first day"),
     ({"people": []}, "This field is required")],
)  # fmt: skip
def test_what_is_wrong_in_a_form_is_said_beside_it_and_nothing_changes(
    desk: Desk, wrong: dict[str, object], said: str
) -> None:
    assert said in desk.do("roster/shift", status=422, number=1, **NIGHT | wrong)
    assert RosterVersion.objects.count() == 1


def test_leave_opens_a_gap_and_it_is_told_at_once(desk: Desk) -> None:
    desk.do("roster/leave", number=1, person="cem", starts="2026-03-03T08:00", ends="2026-03-03T20:00", kind="leave")
    client = desk.as_("lea")
    assert on(desk, 24) == []
    client.post(
        f"/b/{desk.brand.slug}/duty/roster/leave",
        {"number": 2, "person": "pol", "starts": "2026-03-04T09:00", "ends": "2026-03-04T12:00", "kind": "sick"},
    )
    assert "New gap:" in client.get(f"/b/{desk.brand.slug}/duty/roster").content.decode()


def test_somebody_for_once_closes_the_gap(desk: Desk) -> None:
    assert on(desk, 9) == []
    link = "roster/override?role=committee_duty&starts=2026-03-02T19:00:00%2B00:00&ends=2026-03-03T07:00:00%2B00:00"
    assert 'value="2026-03-02T20:00"' in desk.see(link)  # on the roster's wall
    desk.do(
        "roster/override", number=1, person="dia", role="committee_duty", starts="2026-03-02T20:00",
        ends="2026-03-03T08:00", reason="", instead_of="",
    )  # fmt: skip
    assert on(desk, 9) == ["dia"]


def test_a_gap_that_is_lived_with_stands_with_its_reason(desk: Desk) -> None:
    gap = {"role": "committee_duty", "starts": "2026-03-02T20:00", "ends": "2026-03-03T08:00"}
    desk.do("roster/accept-gap", number=1, **gap, reason="The product is on call")
    assert "The product is on call" in desk.see()
    assert "needs" not in text(desk)
    desk.do("roster/gaps/0/remove", number=2)
    assert "The product is on call" not in desk.see()


@pytest.mark.parametrize("number", ["7" * 5_000, "-1", "one", "", "٧"])
def test_a_number_that_no_version_has_is_told_as_a_change_meanwhile(desk: Desk, number: str) -> None:
    told = {"person": "cem", "starts": "2026-03-03T00:00", "ends": "2026-03-04T00:00", "kind": "leave"}
    assert "Somebody changed the roster meanwhile" in desk.do("roster/leave", status=422, number=number, **told)


def test_who_saw_an_older_roster_is_told_and_changes_nothing(desk: Desk) -> None:
    desk.do("roster/shift", number=1, **NIGHT)
    assert "Somebody changed the roster meanwhile" in desk.do(
        "roster/shift", status=422, number=1, **NIGHT | {"name": "Other"}
    )
    assert RosterVersion.objects.count() == 2


def test_who_does_not_lead_changes_nothing(desk: Desk) -> None:
    for path in ("roster/shift", "roster/text", "roster/shifts/0/remove", "begin"):
        desk.do(path, "ana", status=403, number=1)
    assert RosterVersion.objects.count() == 1


def test_the_text_is_put_in_force_or_its_faults_stand_at_their_lines(desk: Desk) -> None:
    broken = text(desk).replace("people: [cem]", "people: [cme]")
    seen = desk.do("roster/text", status=422, number=1, text=broken)
    assert "line 16" in seen
    assert "cme" in seen
    desk.do("roster/text", number=1, text=text(desk).replace("08:00-20:00", "08:00-21:00"))
    assert on(desk, 7.5) == ["cem"]


def test_the_first_roster_calls_whoever_was_called_before(without: Desk) -> None:
    before = [each.user for each in who_is_on(without.brand, "committee_duty", NOON)]
    assert "No roster yet" in without.see()
    without.do("begin")
    version = roster_in_force(without.brand)
    assert version is not None
    assert "# Shifts come back every week." in version.text
    assert {each.user for each in who_is_on(without.brand, "committee_duty", NOON)} == set(before) != set()
    assert "Version 1" in without.see("roster")


def test_a_person_joins_the_roster_with_the_name_of_their_account(desk: Desk) -> None:
    desk.do("roster/person", number=1, email="lea@acme.example", roles=["committee_duty"], languages=[])
    assert "person: lea" in text(desk)
    desk.do("roster/shift", number=2, **NIGHT | {"people": ["lea"]})
    assert on(desk, 12) == ["lea"]


def test_where_nobody_holds_the_last_step_the_owner_does(without: Desk) -> None:
    give_role(without.person("ana"), without.brand, Role.OWNER, by=None, now=NOON)
    Membership.objects.filter(brand=without.brand, role__in=[Role.COMMITTEE, Role.AREA_OWNER]).delete()
    without.do("begin", "ana")
    version = roster_in_force(without.brand)
    assert version is not None
    assert "ana" in {each.person for each in standing_roster(without.brand).roster.in_role("committee_duty")}
