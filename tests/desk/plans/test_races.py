"""Two at once, on a database where two can be: nobody approves or puts in force a text that they did not see."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction

from sereno.desk.audit.models import AuditRow
from sereno.desk.plans import actions, drafting, in_force, queries
from sereno.desk.plans.models import DraftState, PlanDraft, PlanReplay, PlanVersion, ReplayedPost, ReplayState
from sereno.desk.plans.refused import DraftConflict, PlanRefused
from sereno.desk.replays.running import Bench, work_on_replays
from tests.desk.plans.life import LATER, LOUDER, Desk, numbered
from tests.desk.stories import PLAN
from tests.desk.street import NOON

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor != 'postgresql'", reason="SQLite lets one write at a time; run on PostgreSQL"
    ),
]


class Meanwhile:
    """Somebody else's deed in a thread of its own; `error` is what it was refused with."""

    def __init__(self, deed: Callable[[], object]) -> None:
        self.error: Exception | None = None
        self._deed = deed
        self._thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        try:
            self._deed()
        except (PlanRefused, DraftConflict) as refused:
            self.error = refused
        finally:
            connection.close()

    def begins(self) -> None:
        self._thread.start()
        self._thread.join(0.7)  # long enough to do it, if nothing holds it back

    def ends(self) -> None:
        self._thread.join(20)
        assert not self._thread.is_alive()


def test_an_edit_at_the_moment_of_the_approval_waits_and_takes_it_back() -> None:
    desk = Desk()
    draft = desk.replayed()
    deed = Meanwhile(
        lambda: actions.save_draft(draft, text=PLAN + "# x\n", revision=draft.revision, by=desk.alice, now=LATER)
    )

    with transaction.atomic():
        actions.approve(draft, digest=draft.digest, by=desk.bob, now=LATER)
        deed.begins()
    deed.ends()

    after = desk.again(draft)
    assert deed.error is None
    assert (after.state, after.approved_by_id, after.text) == (DraftState.DRAFT, None, PLAN + "# x\n")


def test_an_approval_at_the_moment_of_an_edit_is_refused() -> None:
    desk = Desk()
    draft = desk.replayed()
    deed = Meanwhile(lambda: actions.approve(draft, digest=draft.digest, by=desk.bob, now=LATER))

    with transaction.atomic():
        actions.save_draft(draft, text=PLAN + "# x\n", revision=draft.revision, by=desk.alice, now=LATER)
        deed.begins()
    deed.ends()

    assert isinstance(deed.error, PlanRefused)
    assert (deed.error.code, desk.again(draft).state) == ("text-changed", DraftState.DRAFT)


def test_two_who_save_at_once_lose_nothing() -> None:
    desk = Desk()
    draft = desk.draft()
    deed = Meanwhile(
        lambda: actions.save_draft(draft, text=PLAN + "# bob\n", revision=draft.revision, by=desk.bob, now=LATER)
    )

    with transaction.atomic():
        actions.save_draft(draft, text=PLAN + "# alice\n", revision=draft.revision, by=desk.alice, now=LATER)
        deed.begins()
    deed.ends()

    assert isinstance(deed.error, DraftConflict)
    assert deed.error.draft.text == desk.again(draft).text == PLAN + "# alice\n"


def test_a_plan_in_force_and_a_question_for_a_replay_do_not_wait_for_each_other_for_ever() -> None:
    desk = Desk()
    draft, other = desk.approved(), desk.replayed(numbered(PLAN, "3"))
    put = Meanwhile(lambda: actions.put_draft_in_force(draft, summary="so", by=desk.bob, now=LATER))

    with transaction.atomic():
        drafting.locked(other)
        put.begins()  # has the brand's turn and waits for the other draft
        actions.ask_replay(other, by=desk.alice, now=LATER)
    put.ends()

    assert put.error is None
    assert desk.again(other).state == DraftState.CHECKED
    assert queries.version_in_force(desk.brand) == PlanVersion.objects.get(number=2)


def test_two_who_put_a_plan_in_force_at_once_leave_one_in_force() -> None:
    desk = Desk()
    draft = desk.approved()
    again = Meanwhile(lambda: actions.put_draft_in_force(draft, summary="so", by=desk.bob, now=LATER))

    with transaction.atomic():
        in_force._take_turn(desk.brand)
        again.begins()
        actions.put_draft_in_force(draft, summary="so", by=desk.alice, now=LATER)
    again.ends()

    assert isinstance(again.error, PlanRefused)
    assert (again.error.code, PlanVersion.objects.count()) == ("not-living", 2)


def test_two_workers_switch_a_plan_once() -> None:
    desk = Desk()
    moment = LATER + timedelta(hours=1)
    actions.put_draft_in_force(desk.approved(), summary="so", by=desk.bob, now=LATER, at=moment)
    switched: list[int] = []
    barrier = threading.Barrier(2)

    def worker() -> None:
        barrier.wait(10)
        switched.append(in_force.switch_due(now=moment))

    both = [Meanwhile(worker), Meanwhile(worker)]
    for each in both:
        each._thread.start()
    for each in both:
        each.ends()

    assert sorted(switched) == [0, 1]
    assert not AuditRow.objects.filter(action="plan.switch_given_up").exists()
    assert PlanVersion.objects.count() == 2


def test_two_workers_do_a_replay_once() -> None:
    desk = Desk()
    for number in range(6):
        desk.complaint(str(number), author=f"author {number}", minutes=number)
    desk.work(minutes=9)
    draft: PlanDraft = desk.checked(LOUDER.replace("rule: complaint, light: green", "rule: complaint, light: red"))
    replays = [actions.ask_replay(draft, by=desk.alice, now=NOON)]
    barrier = threading.Barrier(2)

    def worker(now: datetime = LATER) -> None:
        bench = Bench()
        barrier.wait(10)
        for _ in range(20):
            work_on_replays(now=now, reader=desk.reader, bench=bench)

    both = [Meanwhile(worker), Meanwhile(worker)]
    for each in both:
        each._thread.start()
    for each in both:
        each.ends()

    replay = PlanReplay.objects.get(pk=replays[0].pk)
    assert (replay.state, replay.changed, replay.attempts) == (ReplayState.DONE, 6, 1)
    assert ReplayedPost.objects.count() == 6
