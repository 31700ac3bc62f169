"""The roster as a calendar, and leave from one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from sereno.engine.duty.calendar import feed, read_feed
from sereno.engine.duty.rota import Rota
from tests.engine.duty.town import plan, roster, rota

PLAN = plan()
STAMP = datetime(2026, 1, 1, 12, tzinfo=UTC)
WEEK = (datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 1, 12, tzinfo=UTC))


def people(**mails: str) -> list[dict[str, object]]:
    return [
        {"person": "ana", "name": "Ana Robles", "email": mails.get("ana", "ana@acme.example"), "roles": ["duty"]},
        {"person": "kuba", "name": "Kuba Zieliński", "email": "kuba@acme.example", "roles": ["shop"]},
    ]


TEAM = roster(people=people(), shifts=[])


def calendar(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *lines, "END:VCALENDAR", ""])


def event(*lines: str) -> str:
    return calendar("BEGIN:VEVENT", "UID:1", "DTSTAMP:20260101T000000Z", *lines, "END:VEVENT")


def test_each_stretch_is_an_event_and_a_persons_calendar_holds_theirs_alone() -> None:
    there = rota(*WEEK)
    events = Calendar.from_ical(feed(there, PLAN, stamp=STAMP, language="en", person="ben")).walk("VEVENT")
    assert len(events) == len([w for w in there.all if w.person == "ben"])
    assert {str(each["summary"]) for each in events} == {"Community manager"}
    whole = Calendar.from_ical(feed(there, PLAN, stamp=STAMP, language="en")).walk("VEVENT")
    stretches = {(each["dtstart"].dt, each["dtend"].dt) for each in whole}
    assert stretches == {(w.starts, w.ends) for w in there.whole}


def test_identifiers_are_unique_and_stay() -> None:
    first, later = (
        [str(e["uid"]) for e in Calendar.from_ical(feed(rota(*WEEK), PLAN, stamp=at, language="en")).walk("VEVENT")]
        for at in (STAMP, STAMP + timedelta(days=1))
    )
    assert first == later
    assert len(set(first)) == len(first)


def test_identifiers_and_hours_are_the_same_however_far_the_rota_goes_and_wherever_it_begins() -> None:
    def events(hours: int) -> dict[str, tuple[datetime, datetime]]:
        moved = timedelta(hours=hours)
        there = feed(rota(WEEK[0] + moved, WEEK[1] + moved), PLAN, stamp=STAMP, language="en")
        found = Calendar.from_ical(there).walk("VEVENT")
        return {str(each["uid"]): (each["dtstart"].dt, each["dtend"].dt) for each in found}

    today = events(0)
    for hours in (5, 24, 31):
        later = events(hours)
        both = today.keys() & later.keys()
        assert {uid: later[uid] for uid in both} == {uid: today[uid] for uid in both}
        # whatever touches both weeks stands in both calendars under one name
        assert {uid for uid, (_, ends) in today.items() if ends > WEEK[0] + timedelta(hours=hours)} <= later.keys()


def test_leave_is_an_event_with_a_name_in_its_title_accents_or_not() -> None:
    found = read_feed(
        event("SUMMARY:Urlop: kuba ZIELINSKI", "DTSTART;VALUE=DATE:20260107", "DTEND;VALUE=DATE:20260109"), TEAM
    )
    (absence,) = found.absences
    assert (absence.person, absence.kind) == ("kuba", "leave")
    assert (absence.starts, absence.ends) == (datetime(2026, 1, 7), datetime(2026, 1, 9))


def test_moments_of_another_zone_are_put_on_the_rosters_wall() -> None:
    found = read_feed(event("SUMMARY:Ana Robles, sick", "DTSTART:20260107T080000Z", "DURATION:PT4H"), TEAM)
    (absence,) = found.absences
    assert (absence.kind, absence.starts, absence.ends) == ("sick", datetime(2026, 1, 7, 9), datetime(2026, 1, 7, 13))


def test_whoever_is_invited_by_mail_is_meant() -> None:
    found = read_feed(event("SUMMARY:Away", "ATTENDEE:mailto:ANA@acme.example", "DTSTART;VALUE=DATE:20260107"), TEAM)
    assert [(each.person, each.ends) for each in found.absences] == [("ana", datetime(2026, 1, 8))]


def test_a_role_as_the_category_is_a_duty_besides_the_pattern() -> None:
    text = event("SUMMARY:Ana Robles", "CATEGORIES:duty", "DTSTART:20260107T080000Z", "DTEND:20260107T100000Z")
    (override,) = read_feed(text, TEAM).overrides
    there = Rota(TEAM.model_copy(update={"overrides": (override,)}), *WEEK)
    assert there.on("duty", datetime(2026, 1, 7, 9, tzinfo=UTC)) == ("ana",)


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (("SUMMARY:Team day", "DTSTART;VALUE=DATE:20260107"), "nobody-named"),
        (("SUMMARY:Ana Robles and Kuba Zieliński", "DTSTART;VALUE=DATE:20260107"), "several-named"),
        (("SUMMARY:Ana Robles", "DTSTART;VALUE=DATE:20260107", "RRULE:FREQ=WEEKLY"), "repeats"),
        (("SUMMARY:Ana Robles",), "without-time"),
        (("SUMMARY:Ana Robles", "DTSTART:20260107T080000Z", "DTEND:20260107T070000Z"), "ends-first"),
    ],
)
def test_what_is_not_taken_over_is_told_with_why(lines: tuple[str, ...], why: str) -> None:
    found = read_feed(event(*lines), TEAM)
    assert (found.absences, found.overrides) == ((), ())
    assert [each.why for each in found.unread] == [why]


DAY = "DTSTART;VALUE=DATE:20260107"
HOUR = "DTSTART:20260107T080000Z"


@pytest.mark.parametrize(
    ("lines", "why", "key"),
    [
        (("DTSTART;VALUE=DATE:99991231",), "far", ""),
        (("DTSTART:99991231",), "far", ""),
        (("DTSTART;VALUE=DATE:18500101",), "far", ""),
        (("DTSTART:00010101T000000Z", "DTEND:00010102T000000Z"), "far", ""),
        ((DAY, "DURATION:P999999999D"), "far", ""),
        ((DAY, "DURATION:P99999999999999999D"), "odd-time", "DURATION"),
        ((HOUR, HOUR), "odd-time", "DTSTART"),
        ((HOUR, "DTEND:20260107T090000Z", "DTEND:20260107T100000Z"), "odd-time", "DTEND"),
        ((HOUR, "DURATION:PT1H", "DURATION:PT2H"), "odd-time", "DURATION"),
        (("DTSTART;VALUE=PERIOD:20260107T100000Z/PT1H",), "odd-time", "DTSTART"),
        (("DTSTART;VALUE=DURATION:PT1H",), "odd-time", "DTSTART"),
        (("DTSTART;VALUE=TIME:100000",), "odd-time", "DTSTART"),
        ((HOUR, "DTEND;VALUE=TIME:100000"), "odd-time", "DTEND"),
        ((HOUR, "DTEND;VALUE=PERIOD:20260107T100000Z/PT1H"), "odd-time", "DTEND"),
        ((HOUR, "DURATION;VALUE=DATE:20260101"), "odd-time", "DURATION"),
        (("DTSTART:soon",), "odd-time", "DTSTART"),
    ],
)
def test_an_event_whose_time_makes_no_sense_is_told_with_its_line_and_the_others_are_read(
    lines: tuple[str, ...], why: str, key: str
) -> None:
    sound = ("BEGIN:VEVENT", "UID:2", "SUMMARY:Kuba Zieliński", DAY, "END:VEVENT")
    found = read_feed(calendar(*sound, "BEGIN:VEVENT", "SUMMARY:Ana Robles", *lines, "END:VEVENT", *sound), TEAM)
    assert [each.person for each in found.absences] == ["kuba", "kuba"]
    assert [(each.summary, each.why, each.key, each.line) for each in found.unread] == [("Ana Robles", why, key, 9)]


def test_a_title_or_a_state_that_stands_there_twice_is_read_as_both() -> None:
    found = read_feed(event("SUMMARY:Ana Robles", "SUMMARY:on leave", DAY), TEAM)
    assert [each.person for each in found.absences] == ["ana"]


VALUES = st.sampled_from([
    "DATE:20260107", "DATE:99991231", "DATE:00010101", "TIME:100000", "DURATION:PT1H", "DURATION:-P999999999D",
    "PERIOD:20260107T100000Z/PT1H", "DATE-TIME:20260107T100000Z", "DATE-TIME:20260107T100000", "TEXT:soon", "BINARY:x",
])  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(["DTSTART", "DTEND", "DURATION", "SUMMARY", "STATUS"]), VALUES), max_size=6))
@settings(max_examples=150, deadline=None)
def test_whatever_an_event_says_of_its_time_it_is_taken_over_or_told(given_: list[tuple[str, str]]) -> None:
    found = read_feed(event("SUMMARY:Ana Robles", *[f"{key};VALUE={value}" for key, value in given_]), TEAM)
    assert len(found.absences) + len(found.unread) == 1


def test_what_was_cancelled_is_no_leave() -> None:
    found = read_feed(event("SUMMARY:Ana Robles", "STATUS:CANCELLED", "DTSTART;VALUE=DATE:20260107"), TEAM)
    assert (found.absences, found.unread) == ((), ())


def test_our_own_calendar_is_read_back_as_duties() -> None:
    there = rota(*WEEK)
    text = feed(there, PLAN, stamp=STAMP, language="en").decode()
    named = roster(people=[p.model_dump() | {"name": f"{p.name} X"} for p in there.roster.people])
    assert read_feed(text, named).absences == ()
    found = read_feed(text, there.roster)
    assert len(found.overrides) == len(there.all)


@given(st.text(max_size=200), st.integers(0, 300))
@settings(max_examples=80, deadline=None)
def test_whatever_the_text_it_is_read_or_refused(noise: str, at: int) -> None:
    sound = event("SUMMARY:Ana Robles", "DTSTART;VALUE=DATE:20260107", "DTEND;VALUE=DATE:20260109")
    for text in (noise, sound[:at] + noise + sound[at:]):
        try:
            found = read_feed(text, TEAM)
        except ValueError:
            continue
        assert all(each.starts < each.ends for each in found.absences)
