"""A case whose clock stands still is not due; it shows why and until when, and runs on by itself, which is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sereno.desk.cases import actions as casework
from sereno.desk.cases.due import deadlines
from sereno.desk.cases.filters import Filters
from sereno.desk.cases.models import Case
from sereno.desk.cases.queries import counts, front, inbox, situation
from sereno.desk.duty import acts, queries
from sereno.desk.duty.auditor import audit
from sereno.desk.duty.models import Pause
from sereno.desk.duty.pausing import resume
from sereno.desk.duty.refused import DutyRefused
from sereno.desk.notify.models import Notification
from tests.desk.duty.watch import Watch, history, taken_and_paused, told

pytestmark = pytest.mark.django_db


def _in_view(watch: Watch, view: str, minutes: float) -> list[int]:
    rows = inbox(watch.brand, Filters(view=view), person=watch.person("lea"), now=watch.at(minutes)).rows
    return [row.case.pk for row in rows]


def _told(code: str) -> list[str]:
    return sorted(str(each.user) for each in Notification.objects.filter(code=code))


def _paused(watch: Watch, *, minutes: float = 5, until: float | None = 120) -> Case:
    """Red, due to be answered after an hour; Cem waits for the laboratory."""
    case = watch.red()
    watch.act()
    taken_and_paused(
        case, reason="Waits for the laboratory", by=watch.person("cem"), now=watch.at(minutes),
        until=watch.at(until) if until is not None else None,
    )  # fmt: skip
    case.refresh_from_db()
    return case


def test_it_is_neither_due_nor_late_and_stands_in_its_own_view_with_reason_and_end() -> None:
    watch = Watch()
    case = _paused(watch)
    other = watch.red("2")

    assert (_in_view(watch, "breaching", 110), _in_view(watch, "paused", 110)) == ([other.pk], [case.pk])
    seen = situation(watch.brand, watch.at(110))
    assert (seen.open, seen.late, seen.soon, seen.first_due) == (2, 1, 0, other.acknowledge_by)
    told_ = counts(watch.brand, person=watch.person("lea"), now=watch.at(110))
    assert (told_["breaching"], told_["paused"], told_["open"]) == (1, 1, 2)
    [row] = inbox(watch.brand, Filters(view="paused"), person=watch.person("lea"), now=watch.at(110)).rows
    assert (row.due, row.pause_reason, row.case.paused_until) == (None, "Waits for the laboratory", watch.at(120))
    lists = front(watch.brand, watch.person("lea"), watch.at(110))
    assert [each.case.pk for each in (*lists.mine, *lists.pressing)][:2] == [other.pk, case.pk]


def test_what_the_law_sets_does_not_stand_still() -> None:
    watch = Watch()
    case = _paused(watch)
    Case.objects.filter(pk=case.pk).update(statutory_by=watch.at(100))
    case.refresh_from_db()
    assert deadlines(case) == [("law", watch.at(100))]
    assert _in_view(watch, "breaching", 60) == [case.pk]
    assert situation(watch.brand, watch.at(101)).late == 1


def test_its_end_comes_by_itself_moves_the_deadlines_and_is_told() -> None:
    watch = Watch()
    case = _paused(watch)
    before = case.answer_by
    casework.assign(case, to=watch.person("dia"), by=watch.person("cem"), now=watch.at(6))

    watch.act(119)
    assert queries.pause_of(case) is not None
    watch.act(120.01)

    case.refresh_from_db()
    assert before is not None
    assert case.answer_by == before + timedelta(minutes=115)  # exactly, however late the worker was
    assert (queries.pause_of(case), case.paused_at, case.paused_until) == (None, None, None)
    assert _told("pause_over") == ["cem", "dia"]
    assert history(case)[-1] == "resumed"
    watch.act(121)
    assert len(_told("pause_over")) == 2
    assert _in_view(watch, "breaching", 121) == [case.pk]


def test_a_worker_that_missed_the_end_is_found_out_and_the_auditor_does_it() -> None:
    watch = Watch()
    case = _paused(watch)
    findings = {each.code for each in audit(now=watch.at(122), url="").findings}
    assert "case-not-seen" in findings
    assert queries.pause_of(case) is None
    assert _told("pause_over") == ["cem"]


def test_an_end_is_in_the_future_and_not_beyond_three_months() -> None:
    watch = Watch()
    case = watch.red()
    for minutes in (-1, 0, 60 * 24 * 93):
        with pytest.raises(DutyRefused, match="until when"):
            taken_and_paused(case, reason="Waits", by=watch.person("cem"), now=watch.at(0), until=watch.at(minutes))
    assert not Pause.objects.exists()


def test_who_ends_it_is_not_told_but_who_has_the_case_is() -> None:
    watch = Watch()
    case = _paused(watch)
    resume(case, by=watch.person("lea"), now=watch.at(20))
    assert _told("pause_ended") == ["cem"]
    taken_and_paused(case, reason="Again", by=watch.person("cem"), now=watch.at(21), until=watch.at(60))
    resume(case, by=watch.person("cem"), now=watch.at(22))
    assert _told("pause_ended") == ["cem"]


def test_who_writes_again_ends_it_and_starts_no_later_than_their_own_post_says() -> None:
    """A case that was answered and paused for a week: the new answer is due within the hour, not in a week."""
    watch = Watch()
    post = watch.danger("1", conversation="t")
    watch.work()
    case = watch.case_of(post)
    taken_and_paused(
        case, reason="Waits for them", by=watch.person("cem"), now=watch.at(2), until=watch.at(60 * 24 * 10)
    )
    Case.objects.filter(pk=case.pk).update(state="answered", answer_by=None, answered_at=watch.at(3), lines_due=True)
    watch.act(3)
    week = 60 * 24 * 7
    watch.danger("2", "the acme kettle burned me too", author="ann", conversation="t", minutes=week)
    watch.work(minutes=week)
    case.refresh_from_db()
    assert case.answer_by == watch.at(week + 60)
    assert case.paused_at is None
    watch.act(week)
    case.refresh_from_db()
    assert case.answer_by == watch.at(week + 60)
    assert queries.pause_of(case) is None
    assert (_told("called"), _told("pause_news")) == (["cem"], [])


def test_a_case_that_turns_red_while_it_stands_still_is_due_as_a_red_one() -> None:
    watch = Watch()
    post = watch.complaint("1", conversation="t")
    watch.work()
    case = watch.case_of(post)
    taken_and_paused(
        case, reason="Waits for the shop", by=watch.person("ana"), now=watch.at(10), until=watch.at(60 * 24 * 30)
    )
    later = 60 * 24 * 8
    watch.danger("2", author="ann", conversation="t", minutes=later)
    watch.work(minutes=later)
    watch.act(later)
    case.refresh_from_db()
    assert (case.light, case.answer_by) == ("red", watch.at(later + 60))
    assert case.acknowledge_by is not None
    assert case.acknowledge_by <= watch.at(later + 10)
    assert _told("pause_news") == ["ana"]


def test_a_light_that_a_person_sets_counts_from_then_or_from_the_beginning_without_the_standstill() -> None:
    watch = Watch()
    raised = watch.green("1")
    taken_and_paused(raised, reason="Waits", by=watch.person("ana"), now=watch.at(0), until=watch.at(600))
    casework.overrule(raised, light="red", reason="worse", by=watch.person("lea"), now=watch.at(120))
    watch.act(120)
    raised.refresh_from_db()
    assert (raised.answer_by, raised.paused_at, queries.pause_of(raised)) == (watch.at(180), None, None)

    lowered = watch.red("2")
    taken_and_paused(lowered, reason="Waits", by=watch.person("cem"), now=watch.at(0), until=watch.at(600))
    casework.overrule(lowered, light="green", reason="milder", by=watch.person("lea"), now=watch.at(120))
    watch.act(120)
    lowered.refresh_from_db()
    assert lowered.answer_by == watch.at(240 + 120)  # four duty hours, and the two in which it stood still


def test_whoever_gives_the_case_back_or_up_ends_the_pause_and_somebody_is_called() -> None:
    watch = Watch()
    case = _paused(watch)
    acts.hand_back(case, reason="My shift is over", by=watch.person("cem"), now=watch.at(20))
    case.refresh_from_db()
    assert (case.paused_at, queries.pause_of(case)) == (None, None)
    assert told(case)[-1] == ("called", 0, ("cem",))

    other = watch.green("2")
    watch.act(20)
    taken_and_paused(other, reason="Waits", by=watch.person("ana"), now=watch.at(21), until=watch.at(600))
    acts.escalate(other, reason="Not mine", by=watch.person("ana"), now=watch.at(22))
    assert queries.pause_of(other) is None


def test_a_closed_case_stands_still_no_more() -> None:
    watch = Watch()
    case = _paused(watch)
    casework.close(case, reason="solved", words="they wrote by mail", by=watch.person("cem"), now=watch.at(9))  # type: ignore[arg-type]
    watch.act(9)
    case.refresh_from_db()
    assert (queries.pause_of(case), case.paused_at, _in_view(watch, "paused", 10)) == (None, None, [])
    assert not Notification.objects.filter(code__startswith="pause").exists()


def test_a_pause_over_the_change_of_the_clock_counts_hours_that_were_lived() -> None:
    watch = Watch()
    saturday = datetime(2026, 3, 28, 22, tzinfo=UTC)
    minutes = (saturday - watch.at(0)).total_seconds() / 60
    post = watch.danger("1", minutes=int(minutes))
    watch.work(minutes=int(minutes))
    case = watch.case_of(post)
    assert case.answer_by == saturday + timedelta(hours=1)
    taken_and_paused(case, reason="Waits", by=watch.person("cem"), now=saturday + timedelta(minutes=30),
          until=datetime(2026, 3, 29, 8, tzinfo=UTC))  # fmt: skip
    watch.act(minutes + 10 * 60)
    case.refresh_from_db()
    assert case.answer_by == datetime(2026, 3, 29, 8, 30, tzinfo=UTC)  # half an hour is left
