"""One round of the worker does everything that is due, and a part that fails stops nobody."""

from __future__ import annotations

import io
import json
import threading
from datetime import timedelta
from typing import Any

import pytest

from sereno.connectors.rss import CONNECTOR as RSS
from sereno.desk import worker
from sereno.desk.accounts.models import Brand
from sereno.desk.cases.models import Case
from sereno.desk.intake.actions import add_source, start_file_import
from sereno.desk.intake.models import WorkerBeat
from tests.connectors.battery import CannedHttp
from tests.desk.intake.desk import NOON, Intake
from tests.desk.stories import brand
from tests.fakes import FakeReader

BURNT = "the acme kettle burned my son"


@pytest.fixture
def acme(db: None) -> Brand:
    return brand("acme")


@pytest.fixture(autouse=True)
def one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test stands in one transaction; a connection that is closed between two rounds would end it."""
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)


@pytest.fixture
def reader() -> FakeReader:
    reader = FakeReader()
    reader.says(BURNT, kind="complaint", risks=("safety",), topic="safety")
    return reader


@pytest.fixture
def http() -> CannedHttp:
    return CannedHttp((RSS.folder / "samples" / "blog.xml").read_bytes())


def test_a_record_becomes_a_red_case_in_one_round(acme: Brand, reader: FakeReader, http: CannedHttp) -> None:
    Intake(acme).tells({"text": BURNT})

    done = worker.tick(now=NOON, reader=reader, http=http)

    assert done == worker.Done(understood=1, judged=1, called=1)
    case = Case.objects.get()
    assert (case.light, case.backfilled) == ("red", False)


def test_a_round_reads_sources_files_and_records(acme: Brand, reader: FakeReader, http: CannedHttp) -> None:
    add_source(acme, kind="rss", name="blog", settings={"url": "https://blog.example/feed"}, by=None, now=NOON)
    file = io.BytesIO(json.dumps({"id": "f", "text": BURNT}).encode())
    start_file_import(acme, file=file, file_name="a.jsonl", by=None, now=NOON)

    done = worker.tick(now=NOON, reader=reader, http=http)

    assert (done.polled, done.lines, done.understood, done.judged) == (1, 1, 4, 4)
    assert worker.tick(now=NOON, reader=reader, http=http) == worker.Done()


def test_a_case_from_history_starts_no_deadline(acme: Brand, reader: FakeReader, http: CannedHttp) -> None:
    Intake(acme).tells({"text": BURNT}, backfilled=True)
    worker.tick(now=NOON, reader=reader, http=http)

    case = Case.objects.get()
    assert case.backfilled
    assert case.answer_by is None


def test_an_edit_to_something_grave_turns_the_case_red(acme: Brand, reader: FakeReader, http: CannedHttp) -> None:
    intake = Intake(acme)
    mild = "acme sent me a broken kettle"
    reader.says(mild, kind="complaint", topic="product_defect")
    intake.tells({"text": mild})
    worker.tick(now=NOON, reader=reader, http=http)
    assert Case.objects.get().light == "green"

    intake.tells({"text": BURNT, "edited_at": "2026-03-02T12:05:00Z"}, minutes=6)
    worker.tick(now=NOON, reader=reader, http=http)
    assert Case.objects.get().light == "red"


def test_a_part_that_fails_is_told_and_the_others_go_on(
    acme: Brand, reader: FakeReader, http: CannedHttp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: Any) -> int:
        raise RuntimeError("no route to the moon")

    Intake(acme).tells({"text": BURNT})
    monkeypatch.setattr(worker, "poll_due", broken)
    monkeypatch.setattr(worker, "continue_file_imports", broken)
    done = worker.tick(now=NOON, reader=reader, http=http)

    assert done.judged == 1
    assert done.errors == (
        "reading sources: RuntimeError: no route to the moon",
        "importing files: RuntimeError: no route to the moon",
    )


def test_a_heartbeat_tells_what_was_done_and_its_absence_that_the_worker_stands_still(acme: Brand) -> None:
    assert worker.standing_still(NOON) is not None
    worker.beat("here:1", started=NOON, now=NOON, done=worker.Done(judged=3, errors=("reading sources: oops",)))
    beat = WorkerBeat.objects.get()
    assert (beat.done["judged"], beat.last_error) == (3, "reading sources: oops")

    assert worker.standing_still(NOON + timedelta(minutes=1)) is None
    assert worker.standing_still(NOON + timedelta(minutes=3)) == NOON


def test_workers_that_died_are_forgotten(acme: Brand) -> None:
    worker.beat("dead:1", started=NOON, now=NOON, done=worker.Done())
    worker.beat("here:2", started=NOON, now=NOON + timedelta(days=2), done=worker.Done())

    assert list(WorkerBeat.objects.values_list("name", flat=True)) == ["here:2"]


def test_the_worker_goes_on_after_a_bad_round_until_it_is_told_to_stop(
    acme: Brand, reader: FakeReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    Intake(acme).tells({"text": BURNT})
    stop = threading.Event()
    rounds: list[worker.Done] = []
    real = worker.tick

    def tick(**more: Any) -> worker.Done:
        if not rounds:
            rounds.append(worker.Done(errors=("a bad start",)))
        else:
            rounds.append(real(**more))
        if len(rounds) > 3:
            stop.set()
        return rounds[-1]

    beats: list[tuple[str, ...]] = []
    monkeypatch.setattr(worker, "tick", tick)
    monkeypatch.setattr(worker, "PAUSE", 0.01)
    monkeypatch.setattr(worker, "beat", lambda *a, done, **k: beats.append(done.errors))
    worker.run(stop, reader)

    assert Case.objects.get().light == "red"
    assert beats[0] == ("a bad start",)
    assert beats[1:] == [()] * 3


def test_a_heartbeat_that_cannot_be_written_does_not_end_the_worker(
    acme: Brand, reader: FakeReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = threading.Event()
    tries: list[int] = []

    def beat(*_: Any, **__: Any) -> None:
        tries.append(1)
        if len(tries) == 3:
            stop.set()
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(worker, "beat", beat)
    monkeypatch.setattr(worker, "PAUSE", 0.001)
    worker.run(stop, reader)

    assert len(tries) == 3
