"""Many calls at once, gathered messages, quiet hours: a person is paged a few times, and nothing is lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sereno.desk.accounts.actions import give_role
from sereno.desk.accounts.models import Role
from sereno.desk.notify import claiming, ways
from sereno.desk.notify.models import Delivery, DeliveryState, Notification
from sereno.desk.notify.quiet import quiet_until
from tests.desk.notify.people import Desk
from tests.desk.stories import brand, member

NIGHT = [{"days": list(range(7)), "from": "22:00", "until": "07:00"}]


def test_a_storm_of_500_red_calls_is_three_pages_and_one_a_minute_with_all_the_rest(desk: Desk) -> None:
    for _ in range(500):
        desk.tell()

    desk.deliver()
    assert desk.mails.subjects() == ["Red: a case waits for you · Acme"] * 3

    desk.later(seconds=59)
    desk.deliver()
    assert len(desk.mails.mails) == 3
    desk.later(seconds=1)
    desk.deliver()

    assert desk.mails.subjects()[3:] == ["Red: a case waits for you, and 496 more · Acme"]
    assert "And besides: 486 × red" in desk.mails.text()
    assert set(Notification.objects.values_list("state", flat=True)) == {"reached"}
    gathered = Delivery.objects.filter(state=DeliveryState.GATHERED)
    assert (gathered.count(), gathered.values("carried_by").distinct().count()) == (496, 1)
    assert desk.outcomes.count("reached") == 500


def test_in_a_storm_amber_waits_until_the_throttle_opens(desk: Desk) -> None:
    for _ in range(5):
        desk.tell(light="amber")
    desk.deliver()
    assert len(desk.mails.mails) == 3

    desk.later(minutes=9)
    desk.deliver()
    assert len(desk.mails.mails) == 3
    desk.later(minutes=1, seconds=1)
    desk.deliver()

    assert desk.mails.subjects()[3:] == ["Amber: a case waits for you, and 1 more · Acme"]


def test_a_red_page_in_a_storm_takes_along_the_ambers_that_wait(desk: Desk) -> None:
    for _ in range(5):
        desk.tell(light="amber")
    desk.deliver()
    desk.later(minutes=2)
    desk.tell(light="red")

    desk.deliver()

    assert desk.mails.subjects()[3:] == ["Red: a case waits for you, and 2 more · Acme"]
    assert not Delivery.objects.filter(state=DeliveryState.QUEUED).exists()


def test_a_red_is_carried_by_a_red_alone(desk: Desk) -> None:
    desk.one_way_after_another()
    desk.gateway(red_only=True)
    for wait in (timedelta(minutes=8), timedelta(minutes=1, seconds=30), timedelta(seconds=5)):
        desk.tell(light="amber")
        desk.deliver()
        desk.now += wait
    desk.tell(light="amber")
    desk.tell(light="red")
    desk.deliver()
    assert len(desk.mails.mails) == 3

    desk.later(seconds=26)  # the throttle opens for amber
    desk.deliver()
    desk.later(minutes=1)
    desk.deliver()

    assert desk.mails.subjects()[3:] == ["Amber: a case waits for you · Acme"]
    assert [told["title"] for told in desk.hook.told] == ["Red: a case waits for you · Acme"]


def test_one_persons_storm_holds_up_nobody_else(desk: Desk) -> None:
    bob = member("Bob", desk.brand)
    for _ in range(20):
        desk.tell()
    desk.tell(bob)

    desk.deliver()

    assert desk.mails.to.count("bob@acme.example") == 1


def test_a_flood_for_one_person_leaves_the_others_their_turn_however_many_people_there_are(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A turn is a person's, not a message's: hundreds that wait for one take one place of those looked at at once."""
    monkeypatch.setattr(claiming, "PEOPLE_AT_ONCE", 3)
    others = [member(name, desk.brand) for name in ("Bob", "Cleo")]
    for _ in range(300):
        desk.tell()
    desk.later(seconds=1)  # the others' wait behind all of them
    desk.tell(*others)

    claimed = claiming.claim(now=desk.now, room=lambda *_: True, most=8)

    names = [each.told.user.name for each in claimed.outgoing]
    assert (names[:3], sorted(names[3:])) == (["Alice"] * 3, ["Bob", "Cleo"])  # the two have waited equally long
    desk.later(minutes=2)  # whoever claimed them died: it is sent again, and the flood goes on
    desk.deliver()
    assert {to: desk.mails.to.count(to) for to in ("bob@acme.example", "cleo@acme.example")} == {
        "bob@acme.example": 1, "cleo@acme.example": 1,
    }  # fmt: skip


def test_a_flood_of_people_goes_on_where_it_was_cut_and_a_red_goes_first(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claiming, "PEOPLE_AT_ONCE", 2)
    people = [member(f"Amber{number}", desk.brand) for number in range(5)]
    bob = member("Bob", desk.brand)
    for person in people:
        desk.tell(person, light="amber")
        desk.later(seconds=1)
    desk.tell(bob)

    first = claiming.claim(now=desk.now, room=lambda *_: True, most=8)

    assert [each.told.user.name for each in first.outgoing] == ["Bob", "Amber0"]
    desk.deliver()
    assert len(set(desk.mails.to)) == 4  # the two that are under way are not sent twice
    assert not {"bob@acme.example", "amber0@acme.example"} & set(desk.mails.to)


def test_a_storm_whose_message_fails_takes_all_of_it_to_the_next_way(desk: Desk) -> None:
    desk.gateway()
    for _ in range(10):
        desk.tell()
    desk.deliver()
    desk.hook.status = 500
    desk.later(minutes=1)

    desk.deliver()

    assert desk.mails.subjects()[-1] == "Red: a case waits for you, and 6 more · Acme"
    assert set(Notification.objects.exclude(code="way_test").values_list("state", flat=True)) == {"reached"}


def test_brands_are_never_told_together(desk: Desk) -> None:
    first, desk.brand = desk.brand, brand("other")
    give_role(desk.alice, desk.brand, Role.COMMITTEE, by=None, now=desk.now)
    desk.tell(urgency="batched", light="green")
    desk.brand = first
    desk.tell(urgency="batched", light="green")
    desk.later(minutes=15)

    desk.deliver()

    assert sorted(desk.mails.subjects()) == [
        "Green: a case waits for you · Acme", "Green: a case waits for you · Other"
    ]  # fmt: skip


def test_what_is_green_is_gathered_for_a_quarter_of_an_hour(desk: Desk) -> None:
    desk.tell(urgency="batched", light="green")
    desk.later(minutes=14)
    desk.tell(urgency="batched", light="green")
    desk.deliver()
    assert desk.mails.mails == []

    desk.later(minutes=1)
    desk.deliver()

    assert desk.mails.subjects() == ["Green: a case waits for you, and 1 more · Acme"]


def test_a_digest_names_each_case_once_with_its_newest_deadline_and_says_what_is_late(desk: Desk) -> None:
    street = desk.street()
    one = street.case_of(street.complaint("1", author="1"))
    other = street.case_of(street.complaint("2", author="2"))
    for case, code, deadline in (
        (one, "called", "12:05"), (other, "called", "12:10"), (one, "called_again", "12:30"),
    ):  # fmt: skip
        desk.tell(code=code, urgency="batched", light="green", case=case, deadline=f"2026-03-02T{deadline}:00+00:00")
    desk.later(minutes=15)

    desk.deliver()

    assert [each.strip() for each in desk.mails.subjects()] == ["Green: a case still waits for you, and 1 more · Acme"]
    text = desk.mails.text().replace("\r\n", "\n")
    assert text.count(f"/cases/{one.pk}\n") == text.count(f"/cases/{other.pk}\n") == 1
    assert "Until: 2 Mar, 12:30 (UTC)" in text
    assert "Late since: 2 Mar, 12:10 (UTC)" in text
    assert "12:05" not in text
    assert set(Notification.objects.values_list("state", flat=True)) == {"reached"}


def test_each_person_gathers_as_long_as_they_wish(desk: Desk) -> None:
    ways.set_preferences(desk.alice, quiet=[], digest_minutes=60, now=desk.now)
    desk.tell(urgency="batched", light="green")

    desk.later(minutes=59)
    desk.deliver()
    assert desk.mails.mails == []
    desk.later(minutes=1)
    desk.deliver()
    assert len(desk.mails.mails) == 1


def test_quiet_hours_are_bent_by_red_alone(desk: Desk) -> None:
    ways.set_preferences(desk.alice, quiet=NIGHT, digest_minutes=15, zone="Europe/Madrid", now=desk.now)
    desk.now = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)  # 23:30 in Madrid

    desk.tell(light="amber")
    desk.tell(light="red")
    desk.deliver()
    assert desk.mails.subjects() == ["Red: a case waits for you · Acme"]
    assert Delivery.objects.get(notification__light="amber").held == "quiet"

    desk.now = datetime(2026, 3, 3, 6, 0, tzinfo=UTC)  # 7:00 in Madrid
    desk.deliver()
    assert desk.mails.subjects()[1:] == ["Amber: a case waits for you · Acme"]


def test_quiet_hours_follow_the_clock_when_it_changes() -> None:
    # Madrid, 29 March 2026: 2:00 becomes 3:00; 25 October: 3:00 becomes 2:00
    spring = datetime(2026, 3, 28, 23, tzinfo=UTC)
    autumn = datetime(2026, 10, 24, 23, tzinfo=UTC)

    assert quiet_until(NIGHT, "Europe/Madrid", spring) == datetime(2026, 3, 29, 5, tzinfo=UTC)
    assert quiet_until(NIGHT, "Europe/Madrid", autumn) == datetime(2026, 10, 25, 6, tzinfo=UTC)


def test_quiet_hours_hold_on_their_days_only_and_join_where_they_meet() -> None:
    friday_night = [{"days": [4], "from": "22:00", "until": "00:00"}, {"days": [5], "from": "00:00", "until": "09:00"}]
    friday = datetime(2026, 3, 6, 23, tzinfo=UTC)

    assert quiet_until(friday_night, "UTC", friday) == datetime(2026, 3, 7, 9, tzinfo=UTC)
    assert quiet_until(friday_night, "UTC", friday - timedelta(days=1)) is None
    assert quiet_until(friday_night, "UTC", datetime(2026, 3, 7, 9, tzinfo=UTC)) is None


def test_quiet_hours_of_a_far_away_zone_are_those_of_its_wall(desk: Desk) -> None:
    # 22:00 in Auckland (+13) is 9:00 in Greenwich
    assert quiet_until(NIGHT, "Pacific/Auckland", datetime(2026, 3, 2, 9, tzinfo=UTC)) == datetime(
        2026, 3, 2, 18, tzinfo=UTC
    )
    assert quiet_until(NIGHT, "Pacific/Auckland", datetime(2026, 3, 2, 8, 59, tzinfo=UTC)) is None
