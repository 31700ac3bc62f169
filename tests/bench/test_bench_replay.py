"""The bench of the replay: its made-up year is the same each time, and its baseline agrees with the replay."""

from __future__ import annotations

from bench.replay import Stages, halved, made_up, one_by_one, replayed
from sereno.engine.plan.load import read_plan
from sereno.engine.read import KINDS
from tests.engine.plan.batches import Said, readings

PIECES = [readings([Said(kind=kind) for kind in KINDS]), readings([Said(claims=frozenset({"lying"}))])]
PLANS = (read_plan("starter"), halved(read_plan("starter")))


def test_the_year_is_made_up_alike_each_time_and_judged_as_the_inbox_does() -> None:
    stages = Stages()
    year, _seconds = made_up(PIECES, 300, stages)
    again, _seconds = made_up(PIECES, 300, Stages())
    assert year.rows(range(300))[1].rows == again.rows(range(300))[1].rows
    found = replayed(year, PLANS, stages)
    assert found.posts == 300
    assert found.changed > 0, "half the targets of amber are other deadlines"
    assert one_by_one(year, PLANS)[1] == 300
    assert all(seconds >= 0 for seconds in stages.seconds.values())
