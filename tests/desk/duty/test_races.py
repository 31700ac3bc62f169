"""Two at once, on a database where two can be: nobody is called twice, and who takes a case is not overtaken."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import pytest
from django.db import connection

from sereno.desk.cases import actions as casework
from sereno.desk.duty import acts, moving
from sereno.desk.duty.models import Line, LineHappening
from sereno.desk.notify.models import Notification
from tests.desk.duty.watch import Watch, told

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor != 'postgresql'", reason="SQLite lets one write at a time; run on PostgreSQL"
    ),
]


def at_once(deeds: Sequence[Callable[[], object]]) -> list[BaseException]:
    """Each in a thread with a connection of its own, all let go at the same moment. What they raised."""
    gate, raised = threading.Barrier(len(deeds)), []

    def run(deed: Callable[[], object]) -> None:
        try:
            gate.wait(10)
            deed()
        except BaseException as error:  # noqa: BLE001 - told by the test
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return raised


def test_four_workers_open_and_move_each_line_once() -> None:
    watch = Watch()
    cases = [watch.red(str(number)) for number in range(12)]

    assert at_once([lambda: watch.act()] * 4) == []
    watch.act()
    assert [told(case) for case in cases] == [[("called", 0, ("cem",))]] * 12
    assert Line.objects.count() == 12

    assert at_once([lambda: watch.act(10)] * 4) == []
    watch.act(10)
    assert LineHappening.objects.count() == 24
    assert Notification.objects.filter(code="called").count() == 12
    assert Notification.objects.filter(code="everybody").count() == 36


def test_who_takes_the_case_while_the_next_is_called_comes_before_or_after_but_never_between() -> None:
    watch = Watch()
    for number in range(6):
        case = watch.red(str(number))
        watch.act()
        raised = at_once(
            [
                lambda: watch.act(10),
                lambda case=case: casework.take(case, by=watch.person("cem"), now=watch.at(10)),
                lambda case=case: acts.acknowledge(case, by=watch.person("cem"), now=watch.at(10)),
            ]
        )
        assert raised == []
        watch.act(10)
        whats = [what for what, _, _ in told(case)]
        assert whats in (["called", "acknowledged"], ["called", "called", "acknowledged"])
        watch.act(30)
        assert [what for what, _, _ in told(case)] == whats


def test_a_worker_leaves_the_case_that_somebody_holds_and_comes_back_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch()
    case = watch.red()
    watch.act()
    moved: list[int] = []
    real = moving.move_on

    def meanwhile(line, case, ground):  # type: ignore[no-untyped-def]
        # one worker is about to call: the other finds the case held, and goes on at once
        if not moved:
            moved.append(line.pk)
            second = threading.Thread(target=lambda: (watch.act(10), connection.close()))
            second.start()
            second.join(10)
            assert not second.is_alive()
        return real(line, case, ground)

    monkeypatch.setattr("sereno.desk.duty.acting.move_on", meanwhile)
    watch.act(10)
    assert [what for what, _, _ in told(case)] == ["called", "called"]
