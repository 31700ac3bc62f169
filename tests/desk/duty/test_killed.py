"""`kill -9` of a real worker at random moments while red cases arrive: no case without its call, no call twice."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk.apart import ROOT, database_apart, run

ONCE = Path(__file__).with_name("watch_once.py")


@pytest.fixture
def env(tmp_path: Path, db: None) -> Iterator[dict[str, str]]:
    """A database of its own that outlives the killed process, with people on duty."""
    with database_apart(tmp_path, "watch") as env:
        run("import django; django.setup()\nfrom tests.desk.duty.watch import Watch; Watch()", env)
        yield env


COUNTS = """
import django; django.setup()
import json
from django.db.models import Count
from sereno.desk.cases.models import Case, CaseEvent
from sereno.desk.duty.models import Line, LineHappening
from sereno.desk.notify.models import Notification
print(json.dumps({
    "cases": Case.objects.count(),
    "lines": Line.objects.count(),
    "lines_of_cases": Line.objects.values("case").distinct().count(),
    "happened": [
        [[h.number, h.what, h.round, sorted(h.users), h.pk] for h in line.happenings.order_by("number")]
        for line in Line.objects.all()
    ],
    "told": sorted(Notification.objects.values_list("happening", "user")),
    "events": CaseEvent.objects.filter(kind="called").count(),
}))
"""


def check(kills: int, count: int, env: dict[str, str], tmp_path: Path) -> None:
    began, chance = str(time.time()), random.Random(kills)
    log = (tmp_path / "log").open("w")

    def start(*words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, str(ONCE), *words], env=env, cwd=ROOT, stdout=log, stderr=log)

    feeder = start("feed", str(count), began)
    for number in range(kills):
        ready = tmp_path / f"ready-{number}"
        worker = start("on", began, str(ready))
        while not ready.exists():
            assert worker.poll() is None, (tmp_path / "log").read_text()
            time.sleep(0.01)
        time.sleep(chance.random())
        assert worker.poll() is None, (tmp_path / "log").read_text()
        worker.kill()
        worker.wait()
    patience = 120 + count  # seconds, on a machine that is busy with other things; whoever hangs is found all the same
    assert feeder.wait(patience) == 0, (tmp_path / "log").read_text()
    assert start("end", began, str(tmp_path / "ready")).wait(patience) == 0, (tmp_path / "log").read_text()
    log.close()
    told = json.loads(run(COUNTS, env))

    assert told["cases"] == told["lines"] == told["lines_of_cases"] == count
    expected = []
    for happened in told["happened"]:
        assert [number for number, *_ in happened] == list(range(1, len(happened) + 1))
        assert [(what, turn) for _, what, turn, *_ in happened] == [("called", turn) for turn in range(len(happened))]
        expected += [[pk, user] for *_, users, pk in happened for user in users]
    assert told["told"] == sorted(expected)
    assert told["events"] == sum(map(len, told["happened"]))
    assert min(map(len, told["happened"])) > 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_again_and_again_calls_for_each_red_case_once(env: dict[str, str], tmp_path: Path) -> None:
    check(kills=3, count=60, env=env, tmp_path=tmp_path)


@pytest.mark.full
@pytest.mark.skipif(os.environ.get("SERENO_FULL") != "1", reason="long: ./run test --full")
@pytest.mark.django_db(transaction=True)
def test_forty_kills_and_two_thousand_red_cases(env: dict[str, str], tmp_path: Path) -> None:
    check(kills=40, count=2000, env=env, tmp_path=tmp_path)
