"""A case calls for people: who is called, who next, and what stops it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sereno.desk.accounts.models import Role
from sereno.desk.cases import actions as casework
from sereno.desk.cases.models import ClosureReason
from sereno.desk.duty import acting, acts, moving
from sereno.desk.duty.acting import Acted
from sereno.desk.duty.models import Line, LineHappening
from sereno.desk.duty.refused import DutyRefused
from sereno.desk.duty.rosters import put_roster_in_force
from sereno.desk.duty.standing import standing_roster
from sereno.desk.notify.models import Notification
from tests.desk.duty.watch import ROSTER, Watch, also, happenings, history, line_of, told
from tests.desk.stories import PLAN
from tests.desk.street import NOON

pytestmark = pytest.mark.django_db

NIGHT = 11 * 60  # minutes after noon UTC: 00:00 in Madrid


def test_a_red_case_calls_who_is_on_duty_at_once() -> None:
    watch = Watch()
    case = watch.red()
    assert watch.act() == Acted(compared=1)

    line = line_of(case)
    assert told(case) == [("called", 0, ("cem",))]
    assert (line.degree, line.turn, line.due_at) == ("red", 1, NOON + timedelta(minutes=10))
    assert watch.names(happenings(line)[0].users) == ("cem",)
    assert history(case) == ["opened", "called"]
    assert watch.act(9) == Acted()


def test_nobody_answers_so_everybody_of_the_role_is_called_again_and_again() -> None:
    watch = Watch()
    case = watch.red()
    watch.act()
    assert watch.act(10) == Acted(moved=1)
    assert told(case)[1:] == [("called", 0, ("cem", "dia", "pol"))]
    watch.act(20)
    assert [each.round for each in happenings(line_of(case))] == [0, 1, 2]


def test_at_night_the_deputy_is_called_and_where_nobody_is_there_everybody() -> None:
    watch = Watch()
    case = watch.red(minutes=NIGHT)
    watch.act(NIGHT)
    assert told(case) == [("called", 0, ("pol",))]
    assert happenings(line_of(case))[0].how == "deputy"

    days = ROSTER.replace('hours: ["00:00-00:00"], people: [pol]', 'hours: ["08:00-20:00"], people: [pol]')
    put_roster_in_force(watch.brand, text=days, by=None, now=watch.at(NIGHT))
    nobody = watch.red("2", minutes=NIGHT + 1)
    watch.act(NIGHT + 1)
    assert told(nobody) == [("called", 0, ("cem", "dia", "pol"))]


def test_an_amber_step_sleeps_until_duty_hours_and_then_goes_up_to_the_committee() -> None:
    watch = Watch()
    case = watch.green(minutes=0)
    watch.act()
    assert told(case) == [("called", 0, ("ana",))]
    watch.act(120)
    watch.act(150)
    assert [(what, link) for what, link, _ in told(case)] == [("called", 0), ("called", 1), ("called", 2)]
    assert told(case)[1][2] == ("pol",)


def test_taking_the_case_acknowledges_it_and_nobody_more_is_called() -> None:
    watch = Watch()
    case = watch.red()
    watch.act()
    casework.take(case, by=watch.person("cem"), now=watch.at(3))
    watch.act(3)

    assert told(case)[-1] == ("acknowledged", 0, ())
    assert happenings(line_of(case))[-1].by_id == watch.person("cem").pk
    assert line_of(case).over_at == watch.at(3)
    assert watch.act(10) == Acted()


def test_taking_it_just_before_the_next_is_called_wins_even_where_the_worker_looks_at_the_line_first() -> None:
    watch = Watch()
    case = watch.red()
    watch.act()
    casework.take(case, by=watch.person("cem"), now=watch.at(10))
    watch.act(10)
    assert [what for what, _, _ in told(case)] == ["called", "acknowledged"]


def test_acknowledging_takes_the_case_and_says_so_in_its_history() -> None:
    watch = Watch()
    case = watch.red()
    watch.act()
    row = acts.acknowledge(case, by=watch.person("cem"), now=watch.at(2))
    assert (row.owner_id, row.acknowledged_at) == (watch.person("cem").pk, watch.at(2))
    assert history(case) == ["opened", "called", "taken", "acknowledged"]


def test_acknowledging_before_the_worker_looked_calls_nobody() -> None:
    watch = Watch()
    case = watch.red()
    acts.acknowledge(case, by=watch.person("cem"), now=watch.at(1))
    watch.act(1)
    assert told(case) == [("acknowledged", 0, ())]


def test_handing_back_calls_the_same_link_anew_with_the_reason_in_the_history() -> None:
    watch = Watch()
    case = watch.red()
    watch.act()
    acts.acknowledge(case, by=watch.person("cem"), now=watch.at(2))
    row = acts.hand_back(case, reason="My train leaves", by=watch.person("cem"), now=watch.at(5))

    assert (row.owner, row.acknowledged_at, row.acknowledge_by) == (None, None, watch.at(15))
    assert told(case)[-2:] == [("handed_back", 0, ()), ("called", 0, ("cem",))]
    assert line_of(case).due_at == watch.at(15)
    assert case.notes.get().text == "My train leaves"
    assert watch.act(5) == Acted()
    assert told(case)[-1] == ("called", 0, ("cem",))


def test_putting_it_back_into_the_queue_hands_it_back_too() -> None:
    watch = Watch()
    case = watch.red()
    watch.act()
    casework.take(case, by=watch.person("cem"), now=watch.at(2))
    watch.act(2)
    casework.release(case, by=watch.person("cem"), now=watch.at(4))
    watch.act(4)
    assert [what for what, _, _ in told(case)] == ["called", "acknowledged", "handed_back", "called"]


def test_who_does_not_have_it_cannot_hand_it_back_unless_they_lead() -> None:
    watch = Watch()
    case = watch.red()
    acts.acknowledge(case, by=watch.person("cem"), now=watch.at(1))
    with pytest.raises(DutyRefused) as refusal:
        acts.hand_back(case, reason="so", by=watch.person("dia"), now=watch.at(2))
    assert refusal.value.code == "not-yours"
    acts.hand_back(case, reason="he is ill", by=watch.person("lea"), now=watch.at(2))
    assert told(case)[-1][0] == "called"


def test_escalating_calls_the_next_link_at_once_and_lowering_the_one_before() -> None:
    watch = Watch()
    case = watch.green()
    watch.act()
    acts.acknowledge(case, by=watch.person("ana"), now=watch.at(1))
    row = acts.escalate(case, reason="It is the product", by=watch.person("ana"), now=watch.at(3))
    assert (row.owner, row.acknowledged_at) == (None, None)
    assert told(case)[-2:] == [("escalated", 1, ()), ("called", 1, ("pol",))]
    message = Notification.objects.get(code="escalated")
    assert message.values["by"] == watch.person("ana").pk  # the message says who; the reason stays in the case
    assert "It is the product" not in str(message.values)

    acts.lower(case, reason="It is a question of tone", by=watch.person("pol"), now=watch.at(4))
    assert told(case)[-2:] == [("lowered", 0, ()), ("called", 0, ("ana",))]
    with pytest.raises(DutyRefused, match="first step"):
        acts.lower(case, reason="so", by=watch.person("pol"), now=watch.at(5))
    assert not acts.may_lower(case)
    assert acts.may_escalate(case)


def test_an_act_needs_words_and_the_right() -> None:
    watch = Watch()
    also(watch.person("ana"), watch.brand, Role.COMMUNITY_MANAGER)
    case = watch.red()
    with pytest.raises(DutyRefused, match="few words"):
        acts.escalate(case, reason="  ", by=watch.person("ana"), now=NOON)
    stranger = Watch.person(watch, "dia")
    stranger.memberships.all().delete()
    with pytest.raises(DutyRefused, match="role"):
        acts.acknowledge(case, by=stranger, now=NOON)


def test_a_case_that_became_graver_begins_a_new_turn_and_the_old_line_ends() -> None:
    watch = Watch()
    post = watch.complaint("1", conversation="t")
    watch.work()
    case = watch.case_of(post)
    watch.act()
    acts.acknowledge(case, by=watch.person("ana"), now=watch.at(1))
    watch.danger("2", author="ann", conversation="t", minutes=5)
    watch.work(minutes=5)
    watch.act(5)

    lines = {line.turn: line for line in Line.objects.filter(case=case)}
    assert lines[2].degree == "red"
    assert told(case) == [("called", 0, ("cem",))]
    assert lines[1].over_at == watch.at(1)
    case.refresh_from_db()
    assert (case.owner_id, case.acknowledged_at, case.acknowledge_by) == (
        watch.person("ana").pk, None, watch.at(15),
    )  # fmt: skip


def test_overruling_to_a_milder_light_ends_the_red_line_and_calls_the_desk() -> None:
    watch = Watch()
    case = watch.red()
    watch.act()
    casework.overrule(case, light="green", reason="He jokes", by=watch.person("ana"), now=watch.at(2))
    watch.act(2)
    assert [(line.degree, line.over_at is None) for line in Line.objects.filter(case=case).order_by("turn")] == [
        ("red", False), ("green", True),
    ]  # fmt: skip
    assert told(case) == [("called", 0, ("ana",))]


def test_a_red_case_that_somebody_took_and_lowered_goes_up_the_chain_of_its_present_light() -> None:
    """It walked the red chain on: above the committee stands nobody."""
    watch = Watch()
    case = watch.red()
    watch.act()
    acts.acknowledge(case, by=watch.person("cem"), now=watch.at(1))
    casework.overrule(case, light="green", reason="He jokes", by=watch.person("cem"), now=watch.at(2))
    watch.act(2)
    assert told(case) == [("acknowledged", 0, ())]  # it is Cem's as before, and nobody was called anew
    assert [link["step"] for link in line_of(case).links] == ["answer", "area", "committee"]
    case.refresh_from_db()
    assert (case.owner, case.acknowledged_at) == (watch.person("cem"), watch.at(1))
    assert acts.may_escalate(case)
    assert not acts.may_lower(case)

    acts.escalate(case, reason="It is the product", by=watch.person("cem"), now=watch.at(3))
    assert told(case)[-2:] == [("escalated", 1, ()), ("called", 1, ("pol",))]
    assert Notification.objects.get(code="escalated").light == "green"


def test_a_case_is_passed_up_along_its_present_light_before_the_worker_saw_that_it_was_lowered() -> None:
    watch = Watch()
    case = watch.red()
    watch.act()
    acts.acknowledge(case, by=watch.person("cem"), now=watch.at(1))
    casework.overrule(case, light="amber", reason="Nobody is hurt", by=watch.person("cem"), now=watch.at(2))
    acts.escalate(case, reason="Look at it", by=watch.person("cem"), now=watch.at(3))
    assert [link["step"] for link in line_of(case).links] == ["area", "committee"]
    assert told(case)[-2:] == [("escalated", 1, ()), ("called", 1, ("cem",))]


def test_who_was_called_by_name_and_does_not_know_yet_is_called_on_after_the_light_was_lowered() -> None:
    watch = Watch(plan=ROUTED.replace("HOW", "also"))
    case, known = watch.red("1"), watch.red("2")
    watch.act()
    for each in (case, known):
        acts.acknowledge(each, by=watch.person("cem"), now=watch.at(1))
    acts.acknowledge(known, by=watch.person("pol"), now=watch.at(1))
    for each in (case, known):
        casework.overrule(each, light="green", reason="He jokes", by=watch.person("cem"), now=watch.at(2))
    watch.act(2)
    assert (line_of(case, "product_owner").turn, line_of(known, "product_owner").turn) == (2, 1)
    assert told(case, "product_owner") == [("called", 0, ("pol",))]
    assert told(known, "product_owner")[-1] == ("acknowledged", 0, ())
    watch.act(30)
    assert told(case, "product_owner")[-1][0] == "called"
    casework.close(case, reason=ClosureReason.SPAM, words="spam", by=watch.person("ana"), now=watch.at(31))
    watch.act(31)
    assert not Line.objects.filter(case=case, due_at__isnull=False).exists()


def test_closing_ends_the_line_and_reopening_begins_a_new_turn() -> None:
    watch = Watch()
    case = watch.red()
    watch.act()
    casework.close(case, reason=ClosureReason.SPAM, words="spam", by=watch.person("ana"), now=watch.at(1))
    watch.act(1)
    assert happenings(line_of(case))[-1].reason == "closed"
    casework.reopen(case, words="", by=watch.person("ana"), now=watch.at(2))
    watch.act(2)
    assert line_of(case).turn == 2
    assert told(case) == [("called", 0, ("cem",))]


def test_our_answer_ends_the_line_and_who_writes_again_is_the_matter_of_who_has_the_case() -> None:
    watch = Watch()
    post = watch.danger("1", conversation="t")
    watch.work()
    case = watch.case_of(post)
    watch.act()
    acts.acknowledge(case, by=watch.person("cem"), now=watch.at(1))
    watch.post("own", "acme is sorry", author=None, own=True, in_reply_to="1", conversation="t", minutes=3)
    watch.work(minutes=3)
    watch.act(3)
    assert told(case)[-1][0] == "stopped"

    watch.danger("2", "and the acme kettle burned me", author="ann", conversation="t", minutes=8)
    watch.work(minutes=8)
    watch.act(8)
    assert line_of(case).turn == 2
    assert told(case) == [("called", 0, ("cem",))]
    case.refresh_from_db()
    assert (case.owner_id, case.acknowledged_at) == (watch.person("cem").pk, None)


def test_where_who_had_it_is_on_leave_the_chain_is_called_anew() -> None:
    watch = Watch()
    post = watch.danger("1", conversation="t")
    watch.work()
    case = watch.case_of(post)
    acts.acknowledge(case, by=watch.person("dia"), now=watch.at(1))
    watch.post("own", "acme is sorry", author=None, own=True, in_reply_to="1", conversation="t", minutes=3)
    watch.work(minutes=3)
    watch.act(3)
    away = "absences: [{person: dia, starts: 2026-03-02T13:00:00+01:00, ends: 2026-03-04T13:00:00+01:00}]"
    put_roster_in_force(watch.brand, text=ROSTER.replace("absences: []", away), by=None, now=watch.at(4))
    watch.danger("2", "and the acme kettle burned me", author="ann", conversation="t", minutes=8)
    watch.work(minutes=8)
    watch.act(8)
    assert told(case) == [("called", 0, ("cem",))]
    case.refresh_from_db()
    assert (case.acknowledged_at, case.acknowledge_by) == (None, watch.at(18))


def test_a_case_from_history_calls_nobody() -> None:
    watch = Watch()
    watch.danger("1", backfilled=True)
    watch.work()
    watch.act()
    assert not Line.objects.exists()
    assert watch.act() == Acted()


ROUTED = PLAN.replace(
    "light: red, title: {en: Danger to people},",
    "light: red, title: {en: Danger to people}, route: {role: product_owner, chain: HOW},",
).replace('version: "1"', 'version: "2"')


@pytest.mark.parametrize("how", ["also", "waits"])
def test_a_role_called_by_name_has_its_own_line_or_stands_in_front_of_the_chain(how: str) -> None:
    watch = Watch(plan=ROUTED.replace("HOW", how))
    case = watch.red()
    watch.act()
    if how == "also":
        assert told(case) == [("called", 0, ("cem",))]
        assert told(case, "product_owner") == [("called", 0, ("pol",))]
    else:
        assert told(case) == [("called", 0, ("pol",))]
        assert not Line.objects.filter(name="product_owner").exists()
        watch.act(10)
        assert told(case)[1:] == [("called", 1, ("cem",))]


def test_who_was_called_by_name_is_called_on_until_they_know_it_themselves() -> None:
    watch = Watch(plan=ROUTED.replace("HOW", "also"))
    case = watch.red()
    watch.act()
    acts.acknowledge(case, by=watch.person("cem"), now=watch.at(1))
    assert told(case)[-1][0] == "acknowledged"
    assert told(case, "product_owner")[-1][0] == "called"
    acts.acknowledge(case, by=watch.person("pol"), now=watch.at(2))
    assert told(case, "product_owner")[-1][0] == "acknowledged"
    case.refresh_from_db()
    assert case.owner_id == watch.person("cem").pk


def test_without_a_roster_whoever_holds_the_role_at_the_desk_is_called_day_and_night() -> None:
    watch = Watch(roster=None)
    standing = standing_roster(watch.brand)
    assert standing.by_membership
    case = watch.red(minutes=NIGHT)
    watch.act(NIGHT)
    line = line_of(case)
    assert watch.names(happenings(line)[0].users) == ("cem", "dia")


def test_where_nobody_at_all_can_be_reached_it_is_told_and_tried_again() -> None:
    watch = Watch()
    for name in ("cem", "dia", "pol"):
        watch.person(name).is_active = False
        watch.person(name).save()
    case = watch.red()
    watch.act()
    watch.act(10)
    assert [what for what, _, _ in told(case)] == ["nobody", "nobody"]
    assert history(case) == ["opened", "call_nobody", "call_nobody"]


def test_a_line_that_fails_never_stops_the_others_and_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch()
    first, second = watch.red("1"), watch.red("2")
    watch.act()
    broken = line_of(first)
    links = broken.links
    Line.objects.filter(pk=broken.pk).update(links=[])
    assert watch.act(10) == Acted(moved=1, failed=1)
    assert told(second)[-1] == ("called", 0, ("cem", "dia", "pol"))
    broken.refresh_from_db()
    assert broken.failures == 1
    assert "IndexError" in broken.fault
    Line.objects.filter(pk=broken.pk).update(links=links)
    assert watch.act(10.1) == Acted(moved=1)
    broken.refresh_from_db()
    assert (broken.failures, broken.fault) == (0, "")


def test_a_case_that_fails_never_stops_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch()
    first, second = watch.red("1"), watch.red("2")
    real = acting.compare

    def compare(case, ground):  # type: ignore[no-untyped-def]
        if case.pk == first.pk:
            raise RuntimeError("no route to the moon")
        return real(case, ground)

    monkeypatch.setattr(acting, "compare", compare)
    aside = acting.Aside()
    assert acting.act(now=NOON, aside=aside) == Acted(compared=1, failed=1)
    assert acting.act(now=NOON, aside=aside) == Acted()
    monkeypatch.undo()
    assert acting.act(now=watch.at(1), aside=aside) == Acted(compared=1)
    assert told(first) == told(second)


def test_what_dies_between_storing_and_telling_has_not_happened_and_comes_exactly_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    watch = Watch()
    case = watch.red()
    deaths = iter([True, True, False])
    told_people: list[list[str]] = []

    def tell(users, **more):  # type: ignore[no-untyped-def]
        if next(deaths):
            raise RuntimeError("killed between store and tell")
        told_people.append([str(user) for user in users])

    monkeypatch.setattr(moving, "tell", tell)
    for minute in (0, 0.1, 0.2, 0.3):
        watch.act(minute)
    assert told_people == [["cem"]]
    assert told(case) == [("called", 0, ("cem",))]
    assert LineHappening.objects.count() == 1
