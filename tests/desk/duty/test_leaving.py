"""Somebody leaves while they are called, or while cases are theirs: the chain goes on, the case is given back, and the
case's history says so. No open case is ever left with nobody."""

from __future__ import annotations

import random

import pytest
from django.test import Client

from sereno.desk.accounts.actions import give_role, take_role
from sereno.desk.accounts.models import Membership, Role, User
from sereno.desk.accounts.permissions import Action, may
from sereno.desk.audit.models import AuditRow
from sereno.desk.cases import actions as casework
from sereno.desk.cases.models import Case, CaseEvent, CaseState
from sereno.desk.duty import acts, queries
from sereno.desk.duty.auditor import audit
from sereno.desk.duty.models import Line
from sereno.desk.duty.rosters import put_roster_in_force
from sereno.desk.notify.models import Notification
from tests.desk.duty.watch import ROSTER, Watch, history, line_of, taken_and_paused, told
from tests.desk.duty_pages2.pages import at_minute, read, signed_in

pytestmark = pytest.mark.django_db


def _closes_account(watch: Watch, name: str) -> None:
    person = watch.person(name)
    person.is_active = False
    person.save()


def _leaves_brand(watch: Watch, name: str, minutes: float = 1) -> None:
    for membership in Membership.objects.filter(user=watch.person(name), brand=watch.brand):
        take_role(membership, by=None, now=watch.at(minutes))


@pytest.mark.parametrize("leaves", [_closes_account, _leaves_brand])
def test_who_is_called_and_leaves_is_passed_at_once_and_that_is_said(leaves: object) -> None:
    watch = Watch()
    case = watch.green()
    watch.act()
    assert told(case)[-1] == ("called", 0, ("ana",))
    leaves(watch, "ana")  # type: ignore[operator]
    watch.act(1)
    assert [each[:2] for each in told(case)] == [("called", 0), ("passed", 0), ("called", 1)]
    assert told(case)[-1][2] == ("pol",)
    assert line_of(case).happenings.get(what="passed").reason == "left"


def test_at_the_last_step_its_next_round_calls_whoever_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch()
    case = watch.red()
    watch.act()
    _closes_account(watch, "cem")
    watch.act(1)
    assert told(case) == [("called", 0, ("cem",))]
    watch.act(10)
    assert told(case)[-1][0] == "called"
    assert "cem" not in told(case)[-1][2]
    at_minute(monkeypatch, 11)
    assert "Who is called" in read(signed_in(watch.person("lea")), f"/b/acme/cases/{case.pk}")


@pytest.mark.parametrize("leaves", [_closes_account, _leaves_brand])
def test_what_somebody_had_is_given_back_and_called_anew(leaves: object, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch()
    case = watch.red()
    watch.act()
    acts.acknowledge(case, by=watch.person("dia"), now=watch.at(1))
    leaves(watch, "dia")  # type: ignore[operator]
    watch.act(30)
    case.refresh_from_db()
    assert (case.owner, case.acknowledged_at, case.acknowledge_by) == (None, None, watch.at(40))
    assert told(case)[-2:] == [("handed_back", 0, ()), ("called", 0, ("cem",))]
    assert Notification.objects.filter(code="handed_back").values_list("user__name", flat=True)[0] == "cem"
    assert AuditRow.objects.filter(action="case.released").get().details["why"] == "left"
    at_minute(monkeypatch, 31)
    for language, words in (
        ("en", "dia is no longer in the team"),
        ("es", "dia ya no está en el equipo"),
        ("pl", "nie ma już osoby dia"),
    ):
        User.objects.filter(pk=watch.person("lea").pk).update(language=language)
        assert words in read(_fresh(watch, "lea"), f"/b/acme/cases/{case.pk}")


def _fresh(watch: Watch, name: str) -> Client:
    return signed_in(User.objects.get(pk=watch.person(name).pk))


def test_an_erased_account_leaves_its_cases_to_the_chain() -> None:
    watch = Watch()
    case = watch.red()
    watch.act()
    acts.acknowledge(case, by=watch.person("dia"), now=watch.at(1))
    watch.person("dia").delete()
    watch.act(2)
    assert told(case)[-1] == ("called", 0, ("cem",))


def test_a_case_that_stands_still_for_somebody_who_leaves_runs_on() -> None:
    watch = Watch()
    case = watch.red()
    watch.act()
    taken_and_paused(case, reason="Waits", by=watch.person("cem"), now=watch.at(1), until=watch.at(600))
    _leaves_brand(watch, "cem")
    watch.act(2)
    case.refresh_from_db()
    assert (queries.pause_of(case), case.paused_at, case.owner) == (None, None, None)
    assert told(case)[-1][:2] == ("called", 0)


def test_an_answered_case_of_theirs_is_nobodys_and_calls_when_the_person_writes_again() -> None:
    watch = Watch()
    post = watch.danger("1", conversation="t")
    watch.work()
    case = watch.case_of(post)
    casework.take(case, by=watch.person("dia"), now=watch.at(1))
    watch.post("ours", "we are sorry", author="acme", minutes=2, own=True, in_reply_to="1", conversation="t")
    watch.work(minutes=2)
    watch.act(2)
    _leaves_brand(watch, "dia")
    watch.act(3)
    case.refresh_from_db()
    assert (case.state, case.owner) == ("answered", None)
    watch.danger("2", "the acme kettle burned me too", author="ann", conversation="t", minutes=20)
    watch.work(minutes=20)
    watch.act(20)
    assert told(case)[-1] == ("called", 0, ("cem",))


def test_out_of_the_roster_alone_one_keeps_ones_cases_and_is_called_no_more() -> None:
    watch = Watch()
    mine, calling = watch.red("1"), watch.red("2")
    watch.act()
    acts.acknowledge(mine, by=watch.person("cem"), now=watch.at(1))
    without = ROSTER.replace(
        "  - {person: cem, name: Cem, email: cem@acme.example, roles: [committee_duty]}\n", ""
    ).replace("people: [cem]", "people: [dia]")
    put_roster_in_force(watch.brand, text=without, by=None, now=watch.at(2))
    watch.act(10)
    assert told(calling)[-1] == ("called", 0, ("dia", "pol"))  # everybody, and Cem is not among them
    mine.refresh_from_db()
    assert mine.owner == watch.person("cem")
    acts.acknowledge(calling, by=watch.person("cem"), now=watch.at(11))  # who was called may still take it
    acts.hand_back(mine, reason="Out of the roster", by=watch.person("cem"), now=watch.at(12))
    assert told(mine)[-1] == ("called", 0, ("dia",))


def test_who_changes_their_role_for_one_that_only_looks_on_gives_back() -> None:
    watch = Watch()
    case = watch.red()
    watch.act()
    acts.acknowledge(case, by=watch.person("dia"), now=watch.at(1))
    give_role(watch.person("dia"), watch.brand, Role.AUDITOR, by=None, now=watch.at(2))
    take_role(Membership.objects.get(user=watch.person("dia"), role=Role.COMMITTEE), by=None, now=watch.at(2))
    watch.act(2)
    case.refresh_from_db()
    assert case.owner is None


def test_whoever_is_removed_past_every_hook_is_found_by_the_auditor() -> None:
    watch = Watch()
    case = watch.red()
    watch.act()
    acts.acknowledge(case, by=watch.person("dia"), now=watch.at(1))
    User.objects.filter(name="dia").update(is_active=False)  # no signal
    watch.act(2)
    case.refresh_from_db()
    assert case.owner == watch.person("dia")
    assert "owner-gone" in {each.code for each in audit(now=watch.at(3), url="").findings}
    case.refresh_from_db()
    assert case.owner is None
    assert told(case)[-1] == ("called", 0, ("cem",))
    assert "owner-gone" not in {each.code for each in audit(now=watch.at(4), url="").findings}


@pytest.mark.parametrize("seed", range(8))
def test_whoever_comes_goes_takes_and_gives_back_no_open_case_is_left_with_nobody(seed: int) -> None:
    dice, watch = random.Random(seed), Watch()
    cases = [watch.red("r1"), watch.red("r2"), watch.green("g1"), watch.green("g2")]
    names = ["ana", "pol", "cem", "dia", "lea"]
    minute = 0.0
    for _step in range(25):
        minute += dice.choice([0.2, 3, 11, 45, 200])
        _something(dice, watch, dice.choice(cases), dice.choice(names), minute)
        watch.act(minute)
        for case in Case.objects.filter(state=CaseState.OPEN):
            held = case.owner is not None and may(case.owner, Action.WORK_CASES, watch.brand)
            calls = Line.objects.filter(case=case, due_at__isnull=False).exists()
            assert (held and case.acknowledged_at is not None) or calls, (seed, minute, history(case), told(case))
            assert case.owner is None or held, (seed, minute, history(case))
    assert CaseEvent.objects.filter(kind="called").exists()


def _something(dice: random.Random, watch: Watch, case: Case, name: str, minute: float) -> None:
    person, now = User.objects.get(name=name), watch.at(minute)
    works = may(person, Action.WORK_CASES, watch.brand)
    what = dice.choice(["leave", "leave", "come", "take", "take", "back", "pause", "assign", "nothing"])
    case.refresh_from_db()
    if what == "leave":
        dice.choice([_leaves_brand, lambda w, n, _m: _closes_account(w, n)])(watch, name, minute)
    elif what == "come":
        person.is_active = True
        person.save()
        give_role(person, watch.brand, Role.COMMITTEE, by=None, now=now)
    elif what == "take" and works:
        acts.acknowledge(case, by=person, now=now)
    elif what == "assign" and works:
        casework.assign(case, to=person, by=watch.person("lea"), now=now)
    elif what == "back" and case.owner == person and works:
        acts.hand_back(case, reason="x", by=person, now=now)
    elif what == "pause" and works and queries.pause_of(case) is None and case.owner in (None, person):
        taken_and_paused(case, reason="x", by=person, now=now, until=watch.at(minute + 30))
