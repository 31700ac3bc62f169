"""Who has a case: news comes, it is handed on, its light is lowered; somebody always has to say that they have it."""

from __future__ import annotations

import pytest

from sereno.desk.cases import actions as casework
from sereno.desk.cases.models import Case
from sereno.desk.duty import acts
from sereno.desk.duty.acting import act
from sereno.desk.duty.models import Line
from sereno.desk.duty.rosters import put_roster_in_force
from sereno.desk.notify.messages import compose
from sereno.desk.notify.models import Notification
from tests.desk.duty.test_unreached import fails
from tests.desk.duty.watch import DEPUTY, ROSTER, Watch, happenings, line_of, told
from tests.desk.stories import PLAN

pytestmark = pytest.mark.django_db

NIGHT = 11 * 60  # minutes after noon UTC: 00:00 in Madrid
FRIDAY = 4 * 24 * 60 + 7 * 60 + 50  # 20:50 in Madrid, ten minutes before the desk's duty hours end


def _answered(watch: Watch, *, by: str = "cem") -> Case:
    """A red case that somebody acknowledged and the brand answered."""
    post = watch.danger("1", conversation="t")
    watch.work()
    case = watch.case_of(post)
    watch.act()
    acts.acknowledge(case, by=watch.person(by), now=watch.at(1))
    watch.post("own", "acme is sorry", author=None, own=True, in_reply_to="1", conversation="t", minutes=3)
    watch.work(minutes=3)
    watch.act(3)
    return case


def _writes_again(watch: Watch, minutes: int) -> None:
    watch.danger("2", "and the acme kettle burned me", author="ann", conversation="t", minutes=minutes)
    watch.work(minutes=minutes)
    watch.act(minutes)


def _told(code: str) -> list[str]:
    return [each.user.name for each in Notification.objects.filter(code=code).select_related("user").order_by("pk")]


def _handed(watch: Watch, case: Case, *, to: str, by: str, minutes: float) -> None:
    casework.assign(Case.objects.get(pk=case.pk), to=watch.person(to), by=watch.person(by), now=watch.at(minutes))


# -- who has it hears of it; a red one is never theirs alone ---


def test_red_again_while_who_has_it_is_off_duty_calls_the_chain_and_tells_them() -> None:
    watch = Watch()
    case = _answered(watch)
    _writes_again(watch, NIGHT)
    assert told(case) == [("called", 0, ("pol",))]
    assert _told("wrote_again") == ["cem"]
    assert "say there that you have it" in compose(Notification.objects.get(code="wrote_again")).text
    watch.act(NIGHT + 10)
    assert told(case)[-1] == ("called", 0, ("cem", "dia", "pol"))
    case.refresh_from_db()
    assert (case.owner_id, case.acknowledged_at) == (watch.person("cem").pk, None)


def test_red_again_while_who_has_it_is_on_duty_elsewhere_asks_them_first_and_then_the_chain() -> None:
    watch = Watch()
    case = _answered(watch, by="ana")
    _writes_again(watch, 8)
    assert told(case) == [("called", 0, ("ana",))]
    assert happenings(line_of(case))[0].how == "owner"
    assert line_of(case).due_at == watch.at(18)
    assert _told("wrote_again") == ["ana"]
    assert "say there that you have it" in compose(Notification.objects.get(code="wrote_again")).text
    watch.act(18)
    assert told(case)[-1] == ("called", 0, ("cem",))
    acts.acknowledge(case, by=watch.person("ana"), now=watch.at(19))
    # she said so: nothing waits for that any more
    assert "say there that you have it" not in compose(Notification.objects.get(code="wrote_again")).text
    assert told(case)[-1][0] == "acknowledged"


def test_who_is_asked_first_and_cannot_be_told_is_followed_by_the_chain_at_once() -> None:
    watch = Watch()
    case = _answered(watch, by="ana")
    _writes_again(watch, 8)
    fails(Notification.objects.get(code="wrote_again"), watch, 9)
    assert told(case)[1:] == [("passed", 0, ()), ("called", 0, ("cem",))]


def test_who_is_asked_first_and_leaves_is_followed_by_the_chain_at_once() -> None:
    watch = Watch()
    case = _answered(watch, by="ana")
    _writes_again(watch, 8)
    watch.person("ana").delete()
    watch.act(9)
    assert told(case)[1:] == [("passed", 0, ()), ("called", 0, ("cem",))]


# -- handed to somebody else ---


def test_who_is_handed_an_acknowledged_case_has_the_time_of_the_step_and_then_the_chain_goes_on() -> None:
    watch = Watch()
    case = watch.red()
    watch.act()
    acts.acknowledge(case, by=watch.person("cem"), now=watch.at(1))
    _handed(watch, case, to="dia", by="cem", minutes=2)
    watch.act(2)
    case.refresh_from_db()
    assert (case.owner_id, case.acknowledged_at, case.acknowledge_by) == (watch.person("dia").pk, None, watch.at(12))
    assert told(case)[-1] == ("called", 0, ("dia",))
    assert _told("assigned") == ["dia"]
    assert Notification.objects.filter(user=watch.person("dia")).count() == 1
    watch.act(12)
    assert told(case)[-1] == ("called", 0, ("cem",))


def test_who_is_handed_it_and_acknowledges_stops_the_chain() -> None:
    watch = Watch()
    case = watch.red()
    watch.act()
    acts.acknowledge(case, by=watch.person("cem"), now=watch.at(1))
    _handed(watch, case, to="lea", by="cem", minutes=2)  # she stands in no roster
    watch.act(2)
    assert happenings(line_of(case))[-1].users == [watch.person("lea").pk]
    acts.acknowledge(case, by=watch.person("lea"), now=watch.at(5))
    watch.act(60)
    assert [what for what, _, _ in told(case)] == ["called", "acknowledged", "called", "acknowledged"]


def test_put_back_and_handed_to_another_before_the_round_is_no_acknowledgement() -> None:
    watch = Watch()
    case = watch.red()
    watch.act()
    acts.acknowledge(case, by=watch.person("cem"), now=watch.at(1))
    casework.release(Case.objects.get(pk=case.pk), by=watch.person("cem"), now=watch.at(2))
    _handed(watch, case, to="dia", by="lea", minutes=2.001)
    watch.act(2.01)
    assert told(case)[-1] == ("called", 0, ("dia",))
    watch.act(60)
    assert told(case)[-1] == ("called", 0, ("cem",))


def test_the_message_of_a_hand_over_that_cannot_be_sent_calls_the_chain_at_once() -> None:
    watch = Watch()
    case = watch.red()
    watch.act()
    acts.acknowledge(case, by=watch.person("cem"), now=watch.at(1))
    _handed(watch, case, to="dia", by="cem", minutes=2)
    watch.act(2)
    fails(Notification.objects.get(code="assigned"), watch, 3)
    assert told(case)[-2:] == [("passed", 0, ()), ("called", 0, ("cem",))]


# -- a light that was lowered meanwhile ---


def _lowered(watch: Watch) -> Case:
    case = watch.red()
    watch.act()
    acts.acknowledge(case, by=watch.person("cem"), now=watch.at(1))
    row = Case.objects.get(pk=case.pk)
    casework.overrule(row, light="green", reason="A toy", by=watch.person("cem"), now=watch.at(2))
    watch.act(2)
    return case


def test_lowered_and_handed_back_calls_the_desk_and_not_the_committee() -> None:
    watch = Watch()
    case = _lowered(watch)
    acts.hand_back(Case.objects.get(pk=case.pk), reason="For the desk", by=watch.person("cem"), now=watch.at(3))
    assert (line_of(case).degree, told(case)) == (
        "green", [("acknowledged", 0, ()), ("handed_back", 0, ()), ("called", 0, ("ana",))],
    )  # fmt: skip
    old = Line.objects.get(case=case, turn=1)
    assert [each.what for each in happenings(old)] == ["called", "acknowledged"]
    assert case.notes.filter(text="For the desk").exists()


def test_lowered_and_handed_to_another_asks_them_first_and_then_the_desk() -> None:
    watch = Watch()
    case = _lowered(watch)
    _handed(watch, case, to="pol", by="cem", minutes=3)
    watch.act(3)
    assert (line_of(case).degree, told(case)) == ("green", [("acknowledged", 0, ()), ("called", 0, ("pol",))])
    due = line_of(case).due_at
    assert due is not None
    act(now=due)
    assert told(case)[-1] == ("called", 0, ("ana",))


# -- steps that sleep ---


def test_a_call_that_reaches_nobody_is_not_left_to_a_step_that_sleeps_until_monday() -> None:
    watch = Watch(
        roster=ROSTER.replace(
            "roles: [committee_duty]}\n  - {person: dia",
            "roles: [committee_duty, community_manager]}\n  - {person: dia",
        )
    )
    case = watch.green(minutes=FRIDAY)
    watch.act(FRIDAY)
    assert told(case) == [("called", 0, ("ana",))]
    fails(Notification.objects.get(case=case), watch, FRIDAY + 11)
    assert told(case)[1:] == [("called", 0, ("cem",))]
    fails(Notification.objects.get(case=case, user=watch.person("cem")), watch, FRIDAY + 12)
    assert told(case)[2:] == [("nobody", 0, ())]
    assert "lea" in _told("nobody")


def test_passed_up_to_a_step_that_sleeps_it_stays_with_who_had_it_until_that_wakes() -> None:
    watch = Watch()
    case = watch.green(minutes=FRIDAY)
    watch.act(FRIDAY)
    acts.acknowledge(case, by=watch.person("ana"), now=watch.at(FRIDAY + 2))
    row = acts.escalate(case, reason="It is the product", by=watch.person("ana"), now=watch.at(FRIDAY + 40))
    assert (row.owner_id, row.acknowledged_at) == (watch.person("ana").pk, None)
    due = line_of(case).due_at
    assert due is not None
    assert due > watch.at(FRIDAY + 40)
    act(now=due)
    assert told(case)[-1] == ("called", 1, ("pol",))


def test_that_nobody_was_reached_is_not_lost_where_the_case_has_to_be_compared_at_that_moment() -> None:
    watch = Watch()
    case = watch.green()
    watch.act()
    Case.objects.filter(pk=case.pk).update(lines_due=True)
    fails(Notification.objects.get(code="called"), watch, 1)
    assert told(case)[1:] == [("passed", 0, ()), ("called", 1, ("pol",))]


# -- by name ---

NAMED = PLAN.replace('version: "1"', 'version: "2"').replace(
    "- {rule: harm,",
    "- {rule: leak, light: amber, title: {en: Leak}, when: {kind: [complaint], risk: [data]},"
    " route: {role: committee_duty, chain: also}}\n  - {rule: harm,",
)


def test_a_role_called_by_name_is_called_although_it_stands_later_in_the_chain_too() -> None:
    watch = Watch(plan=NAMED)
    first = "acme x amber"
    watch.reader.says(first, kind="complaint", claims=("real_harm",), topic="product_defect")
    post = watch.post("1", first, conversation="t")
    watch.work()
    case = watch.case_of(post)
    watch.act()
    acts.acknowledge(case, by=watch.person("pol"), now=watch.at(1))
    second = "acme leaked my data"
    watch.reader.says(second, kind="complaint", risks=("data",), topic="product_defect")
    watch.post("2", second, author="ann", conversation="t", minutes=5)
    watch.work(minutes=5)
    watch.act(5)
    assert told(case, "committee_duty") == [("called", 0, ("cem",))]
    assert told(case)[-1][0] == "acknowledged"
    watch.act(6)
    assert Line.objects.filter(case=case).count() == 2


BOTH = DEPUTY.replace('version: "2"', 'version: "3"').replace(
    "light: red, title: {en: Danger to people},",
    "light: red, title: {en: Danger to people}, route: {role: product_owner, chain: also},",
)


def _in_both_roles() -> tuple[Watch, Case]:
    watch = Watch(plan=BOTH)
    both = ROSTER.replace(
        "roles: [committee_duty]}\n  - {person: dia", "roles: [committee_duty, product_owner]}\n  - {person: dia"
    ).replace("people: [pol]", "people: [cem]")
    put_roster_in_force(watch.brand, text=both, by=None, now=watch.at(0))
    case = watch.red()
    watch.act()
    return watch, case


def test_who_stands_in_the_chain_and_in_the_role_called_by_name_has_one_message() -> None:
    watch, case = _in_both_roles()
    assert told(case) == told(case, "product_owner") == [("called", 0, ("cem",))]
    assert Notification.objects.get().line == line_of(case, "product_owner").pk
    acts.acknowledge(case, by=watch.person("cem"), now=watch.at(1))
    assert not Line.objects.filter(case=case, over_at=None).exists()
