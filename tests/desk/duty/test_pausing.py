"""Pauses and questions sideways: the clock stands still with a reason, and nobody is called meanwhile."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.forms import ChoiceField

from sereno.desk.cases import actions as casework
from sereno.desk.cases.models import CaseNote
from sereno.desk.duty import acts, queries
from sereno.desk.duty.pauses import moved
from sereno.desk.duty.pausing import pause, resume
from sereno.desk.duty.refused import DutyRefused
from sereno.desk.duty.shown.forms import ConsultForm
from sereno.desk.notify.models import Notification
from sereno.desk.plans.queries import plan_of
from tests.desk.duty.watch import DEPUTY, ROSTER, Watch, history, taken_and_paused, told

pytestmark = pytest.mark.django_db


def test_a_pause_needs_a_reason_and_somebody_who_has_it_and_moves_the_deadlines_by_its_length() -> None:
    watch = Watch()
    case = watch.red()
    watch.act()
    with pytest.raises(DutyRefused, match="few words"):
        pause(case, reason=" ", by=watch.person("cem"), now=watch.at(1))
    cem = watch.person("cem")
    with pytest.raises(DutyRefused, match="take it first"):
        pause(case, reason="Waits for the laboratory", by=cem, now=watch.at(4))
    acts.acknowledge(case, by=watch.person("cem"), now=watch.at(5))
    pause(case, reason="Waits for the laboratory", by=cem, now=watch.at(5))
    case.refresh_from_db()
    before = (case.answer_by, case.resolve_by)
    assert told(case)[-1][0] == "acknowledged"
    assert queries.paused([case]) == {case.pk}
    with pytest.raises(DutyRefused, match="already"):
        pause(case, reason="again", by=watch.person("cem"), now=watch.at(6))

    resume(case, by=watch.person("cem"), now=watch.at(35))

    case.refresh_from_db()
    half = timedelta(minutes=30)
    assert (case.answer_by, case.resolve_by) == (before[0] + half, before[1] + half)
    assert history(case)[-2:] == ["paused", "resumed"]
    assert CaseNote.objects.get(event__kind="paused").text == "Waits for the laboratory"
    assert queries.pause_of(case) is None
    with pytest.raises(DutyRefused, match="runs"):
        resume(case, by=watch.person("cem"), now=watch.at(36))


def test_a_case_that_nobody_has_goes_on_calling_however_often_somebody_would_stop_its_clock() -> None:
    """It was taken by whoever stopped the clock, and nobody more was called."""
    watch = Watch()
    case = watch.red()
    watch.act()
    for who in ("cem", "lea"):
        with pytest.raises(DutyRefused, match="take it first"):
            pause(case, reason="Waits", by=watch.person(who), now=watch.at(5), until=watch.at(60))
    watch.act(10)
    case.refresh_from_db()
    assert (case.owner, case.paused_at, queries.pause_of(case)) == (None, None, None)
    assert [what for what, _link, _people in told(case)] == ["called", "called"]

    acts.acknowledge(case, by=watch.person("dia"), now=watch.at(11))
    pause(case, reason="Waits", by=watch.person("lea"), now=watch.at(12), until=watch.at(60))
    case.refresh_from_db()
    assert case.owner == watch.person("dia")  # who stops the clock need not be who has it


def test_who_was_handed_a_case_has_to_say_that_they_have_it_before_its_clock_stops() -> None:
    watch = Watch()
    case = watch.red()
    watch.act()
    acts.acknowledge(case, by=watch.person("cem"), now=watch.at(1))
    casework.assign(case, to=watch.person("dia"), by=watch.person("cem"), now=watch.at(2))
    with pytest.raises(DutyRefused, match="take it first"):
        pause(case, reason="Waits", by=watch.person("dia"), now=watch.at(3))


def test_a_pause_over_night_moves_what_counts_duty_hours_by_duty_hours_alone() -> None:
    plan = plan_of(Watch().version)
    monday = datetime(2026, 3, 2, 20, tzinfo=UTC)  # 21:00 in Madrid: duty ends with the hour
    noon = datetime(2026, 3, 3, 11, tzinfo=UTC)
    due = monday - timedelta(hours=2) + timedelta(hours=3)
    after = moved(due, monday - timedelta(hours=1), noon, plan, always=False)
    assert after == datetime(2026, 3, 3, 12, tzinfo=UTC)  # the next day has begun, and four hours of duty passed
    assert moved(due, monday, noon, plan, always=True) == due + (noon - monday)


def test_who_writes_again_ends_the_pause() -> None:
    watch = Watch()
    post = watch.danger("1", conversation="t")
    watch.work()
    case = watch.case_of(post)
    taken_and_paused(case, reason="Waits for them", by=watch.person("cem"), now=watch.at(2))
    watch.act(3)
    assert queries.pause_of(case) is not None
    watch.danger("2", "the acme kettle burned me too", author="ann", conversation="t", minutes=20)
    watch.work(minutes=20)
    watch.act(20)
    assert queries.pause_of(case) is None
    assert history(case)[-1] == "resumed"


def test_every_role_of_the_plan_that_somebody_holds_can_be_asked_not_those_of_the_chain_alone() -> None:
    """Legal, press and the spokesperson stand in no chain, and could not be asked."""
    more = "  - {role: legal, title: {en: Legal}}\n  - {role: press, title: {en: Press}}\nareas:"
    plan = DEPUTY.replace("areas:", more, 1)
    roster = ROSTER.replace("roles: [committee_duty]}\nshifts", "roles: [committee_duty, legal]}\nshifts")
    watch = Watch(plan=plan, roster=roster)
    case = watch.green()
    watch.act()
    field = ConsultForm(brand=watch.brand).fields["whom"]
    assert isinstance(field, ChoiceField)
    asked = [key for name, keys in field.choices if isinstance(keys, list) for key, _title in keys]
    assert [key for key in asked if key.startswith("role:")] == [
        "role:community_manager", "role:product_owner", "role:committee_duty", "role:legal",
    ]  # fmt: skip
    acts.consult(case, question="May we say this?", by=watch.person("ana"), now=watch.at(1), role="legal")
    assert Notification.objects.get(code="consulted").user == watch.person("dia")  # not on duty: whoever holds it


def test_a_question_sideways_asks_who_is_on_duty_and_moves_nothing() -> None:
    watch = Watch()
    case = watch.green()
    watch.act()
    before = told(case)
    note = acts.consult(
        case, question="Is it the thermostat?", by=watch.person("ana"), now=watch.at(1), role="product_owner"
    )
    assert note.text == "Is it the thermostat?"
    assert Notification.objects.get(code="consulted").user == watch.person("pol")
    acts.consult(case, question="And you?", by=watch.person("ana"), now=watch.at(2), person=watch.person("dia"))
    assert told(case) == before
    with pytest.raises(DutyRefused, match="name one person"):
        acts.consult(case, question="Anyone?", by=watch.person("ana"), now=watch.at(3))
    casework.take(case, by=watch.person("ana"), now=watch.at(3))
