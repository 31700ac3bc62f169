"""Deadlines of cases count duty hours: over nights, weekends, public holidays and both changes of the clock. The plan's
duty is Monday to Friday, 9:00 to 21:00 in Madrid; green: 2 h to take, 4 h to answer, 3 days (72 h) to solve.
Red counts each hour."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sereno.desk.cases.models import Case
from sereno.desk.duty.acting import act
from sereno.desk.duty.acts import acknowledge, hand_back
from tests.desk.duty.watch import Watch
from tests.desk.street import NOON

pytestmark = pytest.mark.django_db
MADRID = ZoneInfo("Europe/Madrid")


def _wall(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=MADRID)


def _minutes(at: datetime) -> int:
    return int((at - NOON).total_seconds() // 60)


def _arrives(watch: Watch, at: str, *, red: bool = False, name: str = "1", **fields: object) -> Case:
    minutes = _minutes(_wall(at))
    post = (watch.danger if red else watch.complaint)(name, minutes=minutes, **fields)
    watch.work(minutes=minutes)
    return watch.case_of(post)


def _shown(*moments: datetime | None) -> list[str]:
    return [f"{at.astimezone(MADRID):%Y-%m-%d %H:%M}" for at in moments if at is not None]


@pytest.mark.parametrize(
    ("arrives", "acknowledge", "answer", "resolve"),
    [
        # within a day; into the next morning
        ("2026-03-02 10:00", "2026-03-02 12:00", "2026-03-02 14:00", "2026-03-10 10:00"),
        ("2026-03-03 20:00", "2026-03-04 10:00", "2026-03-04 12:00", "2026-03-11 20:00"),
        # over a weekend: from Friday evening, from Saturday noon, from the minute in which Friday ends
        ("2026-03-06 20:00", "2026-03-09 10:00", "2026-03-09 12:00", "2026-03-16 20:00"),
        ("2026-03-07 12:00", "2026-03-09 11:00", "2026-03-09 13:00", "2026-03-16 21:00"),
        ("2026-03-06 21:00", "2026-03-09 11:00", "2026-03-09 13:00", "2026-03-16 21:00"),
        # Maundy Thursday evening (no holiday of all Spain), Good Friday, the weekend
        ("2026-04-02 20:00", "2026-04-06 10:00", "2026-04-06 12:00", "2026-04-13 20:00"),
        # the first of May is a Friday
        ("2026-04-30 19:30", "2026-05-04 09:30", "2026-05-04 11:30", "2026-05-11 19:30"),
        # Christmas is a Friday, the year ends with a Thursday, New Year is a Friday
        ("2026-12-24 20:00", "2026-12-28 10:00", "2026-12-28 12:00", "2027-01-05 20:00"),
        # the clock goes forward, and back, on a Sunday: Monday's hours are Monday's
        ("2026-03-27 20:00", "2026-03-30 10:00", "2026-03-30 12:00", "2026-04-07 20:00"),
        ("2026-10-23 20:00", "2026-10-26 10:00", "2026-10-26 12:00", "2026-11-02 20:00"),
    ],
)
def test_an_ordinary_complaint_is_due_by_duty_hours(arrives: str, acknowledge: str, answer: str, resolve: str) -> None:
    case = _arrives(Watch(), arrives)
    assert _shown(case.acknowledge_by, case.answer_by, case.resolve_by) == [acknowledge, answer, resolve]


@pytest.mark.parametrize(
    ("arrives", "hour"),
    [("2026-03-07 23:30", 1), ("2026-04-03 03:00", 1), ("2026-03-29 01:30", 1), ("2026-10-25 01:30", 1)],
)
def test_a_red_one_is_due_by_the_hour_whatever_the_calendar_says(arrives: str, hour: int) -> None:
    case = _arrives(Watch(), arrives, red=True)
    lived = _wall(arrives).astimezone(ZoneInfo("UTC"))
    assert (case.acknowledge_by, case.answer_by) == (lived + timedelta(minutes=10), lived + timedelta(hours=hour))


def test_the_next_answer_after_a_reply_counts_from_the_new_post_over_the_weekend() -> None:
    watch = Watch()
    case = _arrives(watch, "2026-03-06 10:00", conversation="t")
    Case.objects.filter(pk=case.pk).update(state="answered", answer_by=None, answered_at=_wall("2026-03-06 11:00"))
    minutes = _minutes(_wall("2026-03-06 19:00"))
    watch.complaint("2", "acme still sent me no kettle", author="ann", conversation="t", minutes=minutes)
    watch.work(minutes=minutes)
    case.refresh_from_db()
    assert (case.state, _shown(case.answer_by)) == ("open", ["2026-03-09 11:00"])


def test_whoever_gives_a_case_back_on_friday_evening_leaves_it_to_monday() -> None:
    watch = Watch()
    case = _arrives(watch, "2026-03-06 10:00")
    act(now=_wall("2026-03-06 10:00"))
    ana = watch.person("ana")
    acknowledge(case, by=ana, now=_wall("2026-03-06 10:30"))
    hand_back(case, reason="Weekend", by=ana, now=_wall("2026-03-06 20:30"))
    case.refresh_from_db()
    assert _shown(case.acknowledge_by) == ["2026-03-09 10:30"]


def test_a_call_that_counts_duty_hours_waits_for_monday_and_a_red_one_does_not() -> None:
    watch = Watch()
    green = _arrives(watch, "2026-03-06 20:00")
    red = _arrives(watch, "2026-03-06 20:01", red=True, name="2", author="zoe")
    act(now=_wall("2026-03-06 20:01"))
    waits = {line.case_id: line.due_at for case in (green, red) for line in case.lines.all()}
    assert _shown(waits[green.pk], waits[red.pk]) == ["2026-03-09 10:01", "2026-03-06 20:11"]
