"""The machine's clock is set under the working processes (libfaketime): over the change of summer time, forwards, back.
Whoever is due is called once, never before their time, and the auditor tells that the clock was set."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.desk.apart import ROOT, database_apart
from tests.desk.duty.restarts import Scene, scene, until, worker
from tests.desk.notify.taking import Taken, taking

NAMES = ("a", "b", "c")
MINUTE = 60.0


class Wall:
    """The clock of processes that are started with its environment; it goes on by itself from wherever it is set."""

    def __init__(self, library: Path, file: Path) -> None:
        self.file = file
        self.env = {
            "LD_PRELOAD": str(library), "FAKETIME_TIMESTAMP_FILE": str(file), "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",  # the clock that nobody sets stays as it is, as on a real machine
        }  # fmt: skip

    def set(self, clock: str) -> None:
        """`clock`: on the night of 25 October 2026 in UTC; in Madrid 03:00 becomes 02:00 at 01:00 UTC."""
        at = datetime.fromisoformat(f"2026-10-25T{clock}:00").replace(tzinfo=UTC)
        fresh = self.file.with_suffix(".fresh")
        fresh.write_text(f"{(at - datetime.now(UTC)).total_seconds():+.0f}\n")
        fresh.replace(self.file)  # never half a file


@pytest.fixture
def wall(tmp_path: Path, needs_program: Any) -> Wall:
    needs_program("faketime", "apt-get install faketime")
    found = sorted(Path("/usr/lib").glob("**/faketime/libfaketimeMT.so.1"))
    if not found:
        pytest.skip("faketime is there without libfaketimeMT.so.1; apt-get install libfaketime")
    return Wall(found[0], tmp_path / "wall")


@pytest.fixture
def taken() -> Iterator[Taken]:
    with taking() as taken:
        yield taken


@pytest.fixture
def env(tmp_path: Path, db: None, taken: Taken, wall: Wall) -> Iterator[dict[str, str]]:
    with database_apart(tmp_path, "clock") as env:
        env |= taken.env()
        yield env | wall.env


def auditor_sees(here: Scene, env: dict[str, str]) -> set[str]:
    """What `sereno health` finds, as cron runs it."""
    subprocess.run([sys.executable, "-m", "sereno.cli", "health"], env=env, cwd=ROOT, capture_output=True, check=False)
    return set(here.what_happened()["command_saw"])


def each_called_once_and_in_time(here: Scene, taken: Taken, times: int) -> None:
    told = here.what_happened()
    for name in NAMES:
        assert [each[:3] for each in told["happened"][name]] == [[turn + 1, "called", turn] for turn in range(times)]
        at = told["at"][name]
        assert all(later - earlier >= 10 * MINUTE for earlier, later in pairwise(at)), at
    people = sum(each[3] for happened in told["happened"].values() for each in happened)
    assert told["told"] == told["told_once"] == people
    assert {message["key"] for message in taken.messages} == set(told["keys"])


@pytest.mark.django_db(transaction=True)
def test_a_clock_that_is_set_over_the_change_of_summer_time_and_back_calls_each_once(
    env: dict[str, str], taken: Taken, wall: Wall, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    wall.set("00:52")
    with scene(env) as here, worker(env, log):
        here.arrive(*NAMES)
        until(lambda: here.calls() == dict.fromkeys(NAMES, 1), within=90, log=log)
        assert not auditor_sees(here, env) & {"clock-jumped", "clock-back"}

        wall.set("01:03")  # 02:52 in Madrid, and then 02:03
        assert "clock-jumped" in auditor_sees(here, env)
        until(lambda: here.calls() == dict.fromkeys(NAMES, 2), within=90, log=log)

        wall.set("00:33")
        assert "clock-back" in auditor_sees(here, env)
        time.sleep(2)
        assert here.calls() == dict.fromkeys(NAMES, 2)

        wall.set("01:14")
        until(lambda: here.calls() == dict.fromkeys(NAMES, 3), within=90, log=log)
        until(lambda: len({each["key"] for each in taken.messages}) == here.what_happened()["told"], within=90, log=log)
        each_called_once_and_in_time(here, taken, 3)


@pytest.mark.full
@pytest.mark.skipif(os.environ.get("SERENO_FULL") != "1", reason="long: ./run test --full")
@pytest.mark.django_db(transaction=True)
def test_the_night_of_the_change_passes_by_itself(
    env: dict[str, str], taken: Taken, wall: Wall, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    wall.set("00:52")
    with scene(env) as here, worker(env, log):
        here.arrive(*NAMES)
        until(lambda: here.calls() == dict.fromkeys(NAMES, 2), within=12 * MINUTE, log=log, every=10)
        until(lambda: len({each["key"] for each in taken.messages}) == here.what_happened()["told"], within=90, log=log)
        told = here.what_happened()
        each_called_once_and_in_time(here, taken, 2)
        assert all(at[1] - at[0] < 10 * MINUTE + 15 for at in told["at"].values()), "late"
