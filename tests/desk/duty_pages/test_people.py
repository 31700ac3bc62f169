"""What people do among themselves: swaps, hand-over notes, calendars, and how they are reached."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from django.test import Client

from sereno.desk.accounts.models import Membership
from sereno.desk.audit.models import AuditRow
from sereno.desk.duty.models import HandOver, Swap, SwapState
from sereno.desk.duty.notes import read_note
from sereno.desk.duty.queries import notes_for, roster_in_force, who_is_on
from sereno.desk.duty.rosters import put_roster_in_force
from sereno.desk.keys import decrypt
from sereno.desk.notify.models import ContactWay, Notification, Preference
from sereno.desk.notify.quiet import sleeps_until
from tests.desk.duty.watch import ROSTER
from tests.desk.duty_pages.conftest import HOUR, Desk
from tests.desk.street import NOON


def keys(seen: str) -> list[str]:
    return re.findall(r"swaps/ask\?turn=([^\"]+)\"", seen)


def test_a_swap_is_asked_for_agreed_to_and_stands_in_the_roster(desk: Desk) -> None:
    evening = NOON + 26 * HOUR
    turn = keys(desk.see("swaps", "cem"))[1]
    assert "Ask for a swap" in desk.see(f"swaps/ask?turn={turn}", "cem")
    desk.do(f"swaps/ask?turn={turn}", "cem", other="dia", words="My sister marries")
    swap = Swap.objects.get()
    assert Notification.objects.get(code="swap_asked").user == desk.person("dia")
    assert "1 swap waits for your answer." in desk.see("swaps", "dia")
    assert "My sister marries" in desk.see("swaps", "dia")

    desk.do(f"swaps/{swap.pk}/confirm", "dia")

    swap.refresh_from_db()
    assert swap.state == SwapState.CONFIRMED
    assert [each.person for each in who_is_on(desk.brand, "committee_duty", evening)] == ["dia"]
    assert "Both agreed" in desk.see("swaps", "cem")


def test_who_asked_can_withdraw_and_a_stranger_sees_nothing_of_it(desk: Desk) -> None:
    turn = keys(desk.see("swaps", "cem"))[0]
    desk.do(f"swaps/ask?turn={turn}", "cem", other="dia")
    swap = Swap.objects.get()
    desk.do(f"swaps/{swap.pk}/confirm", "ana", status=404)
    desk.do(f"swaps/{swap.pk}/withdraw", "cem")
    assert Swap.objects.get().state == SwapState.WITHDRAWN


def test_nobody_asks_with_the_turn_of_somebody_else(desk: Desk) -> None:
    turn = keys(desk.see("swaps", "cem"))[0]
    desk.do(f"swaps/ask?turn={turn}", "ana", other="dia")
    assert not Swap.objects.exists()


def test_a_note_left_on_duty_is_shown_to_whoever_comes_on_until_they_read_it(desk: Desk) -> None:
    desk.do("roster/override", number=1, person="dia", role="committee_duty", starts="2026-03-02T12:00",
            ends="2026-03-02T20:00", instead_of="", reason="")  # fmt: skip
    desk.do("notes", "cem", role="committee_duty", text="The kettle case: <b>the son</b> is well")
    assert "&lt;b&gt;the son&lt;/b&gt; is well" in desk.see(who="dia")
    read = f"/b/{desk.brand.slug}/hand-over/{HandOver.objects.get().pk}/read"
    assert read in desk.see(who="dia")
    desk.as_("dia").post(read, {"from": "duty"})
    assert "the son" not in desk.see(who="dia")


def test_a_second_note_hides_no_first_and_who_wrote_them_sees_who_has_read_which(desk: Desk) -> None:
    desk.do("roster/override", number=1, person="dia", role="committee_duty", starts="2026-03-02T12:00",
            ends="2026-03-02T20:00", instead_of="", reason="")  # fmt: skip
    for words in ("The kettle case", "The press called"):
        desk.do("notes", "cem", role="committee_duty", text=words)
    seen = desk.see(who="dia")
    assert seen.index("The kettle case") < seen.index("The press called")
    assert desk.see(who="cem").count("Nobody has read it yet.") == 2
    first = HandOver.objects.get(text="The kettle case")
    desk.as_("dia").post(f"/b/{desk.brand.slug}/hand-over/{first.pk}/read", {"from": "duty"})
    after = desk.see(who="dia")
    assert "The kettle case" not in after
    assert "The press called" in after
    own = desk.see(who="cem")
    assert own.count("Nobody has read it yet.") == 1
    assert f"Read by: <bdi>{desk.person('dia')}</bdi>" in own


def test_a_note_that_others_read_long_ago_waits_no_more_and_one_that_nobody_read_does(desk: Desk) -> None:
    dia = desk.person("dia")
    for words, days in (("Of last month", 30), ("Never read", 29), ("Of this week", 3)):
        HandOver.objects.create(brand=desk.brand, role="committee_duty", by=desk.person("lea"), text=words,
                                at=NOON - timedelta(days=days))  # fmt: skip
    for words in ("Of last month", "Of this week"):
        read_note(HandOver.objects.get(text=words), by=dia, now=NOON)
    assert [note.text for note in notes_for(desk.person("cem"), desk.brand, NOON)] == ["Never read", "Of this week"]


def test_who_does_not_stand_in_a_role_leaves_no_note_for_it(desk: Desk) -> None:
    desk.do("notes", "ana", role="committee_duty", text="Hello")
    assert not HandOver.objects.exists()


def addresses(desk: Desk, who: str) -> list[str]:
    return re.findall(r"http://testserver(/calendars/[^\"]+)\"", desk.see("calendar", who))


def test_the_calendar_is_read_without_signing_in_until_the_person_leaves(desk: Desk) -> None:
    own, whole = addresses(desk, "cem")
    theirs, everybody = Client().get(own), Client().get(whole)
    assert theirs["Content-Type"].startswith("text/calendar")
    assert b"BEGIN:VEVENT" in theirs.content
    assert b"Ana" not in theirs.content
    assert b"Ana" in everybody.content
    assert Client().get(own.replace("/calendars/", "/calendars/x")).status_code == 404
    Membership.objects.filter(user=desk.person("cem")).delete()
    assert Client().get(own).status_code == 404


def test_a_calendars_address_ends_with_the_password(desk: Desk) -> None:
    own = addresses(desk, "cem")[0]
    cem = desk.person("cem")
    cem.set_password("another-calm-night")
    cem.save()
    assert Client().get(own).status_code == 404


def test_addresses_that_are_renewed_show_nothing_any_more_and_those_of_others_stay(desk: Desk) -> None:
    before, others = addresses(desk, "cem"), addresses(desk, "ana")
    assert [Client().get(each).status_code for each in before] == [200, 200]
    desk.do("calendar/renew", "cem")
    after = addresses(desk, "cem")
    assert [Client().get(each).status_code for each in before] == [404, 404]
    assert [Client().get(each).status_code for each in (*after, *others)] == [200] * 4
    desk.do("calendar/renew", "cem")
    assert Client().get(after[0]).status_code == 404
    assert AuditRow.objects.filter(action="calendar.renewed").count() == 2


ICS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:test
BEGIN:VEVENT
UID:1
SUMMARY:Cem on leave
DTSTART;VALUE=DATE:20260310
DTEND;VALUE=DATE:20260312
END:VEVENT
BEGIN:VEVENT
UID:2
SUMMARY:Summer party
DTSTART;VALUE=DATE:20260320
END:VEVENT
END:VCALENDAR
"""


def test_leave_comes_out_of_a_calendar_once_it_was_looked_at(desk: Desk) -> None:
    seen = desk.do("calendar", status=200, text=ICS)
    assert "Summer party" in seen
    assert "names nobody of the roster" in seen
    version = roster_in_force(desk.brand)
    assert version is not None
    assert version.number == 1
    desk.do("calendar", text=ICS, number=1, keep="1")
    desk.do("calendar", text=ICS, number=2, keep="1")  # again: nothing twice
    after = roster_in_force(desk.brand)
    assert after is not None
    assert (after.number, after.text.count("2026-03-10")) == (2, 1)
    assert "no calendar" in desk.do("calendar", status=422, text="hello")


def test_an_event_whose_time_makes_no_sense_is_named_with_its_line_and_the_others_are_kept(desk: Desk) -> None:
    odd = "BEGIN:VEVENT\nSUMMARY:Dia away\nDTSTART:20260401T080000Z\nDTSTART:20260402T080000Z\nEND:VEVENT\n"
    far = "BEGIN:VEVENT\nSUMMARY:Dia for ever\nDTSTART;VALUE=DATE:99991231\nEND:VEVENT\n"
    text = ICS.replace("END:VCALENDAR", f"{odd}{far}END:VCALENDAR")
    seen = desk.do("calendar", status=200, text=text)
    assert "its DTSTART is no day and no moment, or stands there twice (line 15)" in seen
    assert "lies in years that a roster cannot have (2000 to 2199) (line 20)" in seen
    desk.do("calendar", text=text, number=1, keep="1")
    after = roster_in_force(desk.brand)
    assert after is not None
    assert "2026-03-10" in after.text


def ways(desk: Desk, path: str = "", who: str = "ana", **told: object) -> Any:
    return desk.as_(who).post(f"/settings/ways{path}", told, follow=True)


def test_a_way_is_added_confirmed_by_its_code_put_first_and_removed(desk: Desk, settings: Any) -> None:
    assert "a…@acme.example" in desk.as_("ana").get("/settings/ways").content.decode()
    ways(desk, kind="mail", address="ana.at.home@home.example", label="At home")
    way = ContactWay.objects.get(own=False)
    code = decrypt(bytes(way.code), key=settings.SECRET_KEY)
    wrong = ways(desk, f"/{way.pk}/confirm", code="nonsense").content.decode()
    assert "This is not the code that was sent" in wrong
    assert "ana.at.home" not in wrong
    ways(desk, f"/{way.pk}/confirm", code=code)
    way.refresh_from_db()
    assert way.confirmed_at is not None
    ways(desk, f"/{way.pk}/up")
    assert ContactWay.objects.filter(user=desk.person("ana")).order_by("position")[0] == way
    assert ways(desk, f"/{way.pk}/remove", "cem").status_code == 404
    ways(desk, f"/{way.pk}/remove")
    assert not ContactWay.objects.filter(own=False).exists()


def test_what_is_no_address_is_refused_beside_the_field(desk: Desk) -> None:
    answer = ways(desk, kind="mail", address="nowhere")
    assert answer.status_code == 422
    assert "This is no e-mail address" in answer.content.decode()
    assert not ContactWay.objects.filter(own=False).exists()


def test_quiet_hours_are_kept_and_emptied(desk: Desk) -> None:
    ways(desk, "/quiet", days=["0", "6"], begins="22:00", stops="07:00", digest_minutes=20)
    kept = Preference.objects.get(user=desk.person("ana"))
    assert kept.quiet == [{"days": [0, 6], "from": "22:00", "until": "07:00"}]
    assert 'value="22:00"' in desk.as_("ana").get("/settings/ways").content.decode()
    assert ways(desk, "/quiet", days=["0"], begins="22:00", stops="22:00", digest_minutes=20).status_code == 422
    ways(desk, "/quiet", digest_minutes=15)
    kept.refresh_from_db()
    assert kept.quiet == []


def test_quiet_hours_of_the_roster_and_ones_own_add_up_wherever_they_are_told(desk: Desk) -> None:
    with_quiet = ROSTER.replace("email: ana@acme.example", 'email: ana@acme.example, quiet: ["13:00-14:30"]')
    put_roster_in_force(desk.brand, text=with_quiet, by=None, now=NOON)
    ways(desk, "/quiet", days=["0"], begins="14:30", stops="16:00", digest_minutes=20)
    ana = desk.person("ana")
    ana.refresh_from_db()
    own = Preference.objects.get(user=ana).quiet
    # it is one in the afternoon in Madrid
    assert sleeps_until(ana, own, NOON) == NOON + timedelta(hours=3)
    assert sleeps_until(ana, [], NOON) == NOON + timedelta(hours=1, minutes=30)
    assert sleeps_until(ana, own, NOON + timedelta(hours=3)) is None
    page = desk.as_("ana").get("/settings/ways").content.decode()
    assert "Both count" in page
    assert "13:00–14:30" in page
    told = desk.see("people/ana", who="lea")
    assert "13:00–14:30 every day (roster" in told
    assert "14:30–16:00, Mon (own setting)" in told


def test_turn_keys_survive_the_address_line(desk: Desk) -> None:
    assert all(quote(key, safe="%") == key for key in keys(desk.see("swaps", "cem")))
