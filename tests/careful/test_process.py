"""The encoder's process may die, hang or be missing: the reader is told, and never waits for ever."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from sereno.careful import patient
from sereno.careful.process import COMMAND, EncoderProcess, PatientEncoder
from sereno.engine.read import ReaderBusy
from sereno.engine.reading.careful import COLUMNS, CarefulReader, EncoderFailed

CHILD = f"""
import struct, sys, time
import msgspec, numpy as np
from pathlib import Path
mode, seen = sys.argv[1], Path(sys.argv[2])
out = sys.stdout.buffer
def answer(content):
    out.write(struct.pack("<I", len(content)) + content); out.flush()
if mode == "missing":
    answer(msgspec.msgpack.encode({{"ready": False, "words": "no such package", "missing": True}})); sys.exit(1)
if mode == "prints":
    print("A library greets.", flush=True)
if mode == "deaf":
    import os; os.close(0)
answer(msgspec.msgpack.encode({{"ready": True}}))
if mode in ("lazy", "deaf"):
    time.sleep(60)
while header := sys.stdin.buffer.read(4):
    texts = msgspec.msgpack.decode(sys.stdin.buffer.read(struct.unpack("<I", header)[0]))
    if mode == "dies" or (mode == "dies once" and not seen.exists()):
        seen.touch(); sys.exit(1)
    if mode == "slow":
        time.sleep(0.4)
    if mode == "hangs":
        time.sleep(60)
    if mode == "babbles":
        answer(b"xx"); continue
    answer(np.array([[len(t)] * {COLUMNS} for t in texts], dtype="<f4").tobytes())
"""


def process(mode: str, tmp_path: Path, **settings: float) -> EncoderProcess:
    return EncoderProcess("v1", [sys.executable, "-c", CHILD, mode, str(tmp_path / "seen")], **settings)


def test_texts_come_back_as_rows_in_their_order(tmp_path: Path) -> None:
    texts = ["a" * (i % 7) for i in range(600)]
    scores = process("works", tmp_path).scores(texts)
    assert scores[:, 0].tolist() == [len(text) for text in texts]


def test_no_texts_give_no_rows_and_start_no_process(tmp_path: Path) -> None:
    encoder = process("dies", tmp_path)
    assert encoder.scores([]).shape == (0, COLUMNS)
    assert not encoder.running


def test_a_child_that_dies_once_is_started_again(tmp_path: Path) -> None:
    assert process("dies once", tmp_path).scores(["abc"])[0, 0] == 3


@pytest.mark.parametrize(
    ("mode", "words"), [("dies", "failed twice"), ("hangs", "in time"), ("babbles", "failed twice")]
)
def test_a_child_that_keeps_failing_is_told_about_and_left_alone_for_a_while(
    mode: str, words: str, tmp_path: Path
) -> None:
    encoder = process(mode, tmp_path, seconds=0.6, seconds_a_text=0.0)
    with pytest.raises(EncoderFailed, match=words):
        encoder.scores(["a"])
    with pytest.raises(EncoderFailed, match="tried again soon"):
        encoder.scores(["a"])
    assert not encoder.running


def test_a_missing_part_is_told_in_its_own_words_every_time(tmp_path: Path) -> None:
    encoder = process("missing", tmp_path)
    for _ in range(2):
        with pytest.raises(EncoderFailed, match="no such package"):
            encoder.scores(["a"])


def test_half_a_picture_does_not_break_the_line(tmp_path: Path) -> None:
    assert np.isfinite(process("works", tmp_path).scores(["broken \ud83d picture"])).all()


def test_what_interrupts_a_read_leaves_no_answer_behind_for_the_next_one(tmp_path: Path) -> None:
    encoder = process("slow", tmp_path)
    encoder.scores(["greeted"])

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.15)
    try:
        with pytest.raises(KeyboardInterrupt):
            encoder.scores(["somebody else's text"])
    finally:
        signal.signal(signal.SIGALRM, before)
    assert encoder.scores(["abc"])[0, 0] == 3


def test_a_child_that_does_not_listen_is_a_failure_like_any_other(tmp_path: Path) -> None:
    with pytest.raises(EncoderFailed, match="failed twice"):
        process("deaf", tmp_path).scores(["a"])


def test_a_child_that_does_not_read_is_not_waited_for_for_ever(tmp_path: Path) -> None:
    with pytest.raises(EncoderFailed, match="in time"):
        process("lazy", tmp_path, seconds=0.5, seconds_a_text=0.0).scores(["a" * 5000] * 100)


def test_words_before_the_greeting_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(EncoderFailed, match="no frame"):
        process("prints", tmp_path).scores(["a"])


def test_only_what_can_matter_of_a_long_text_is_sent(tmp_path: Path) -> None:
    assert process("works", tmp_path).scores(["a" * 5_000_000])[0, 0] == 7500


def test_after_a_fork_each_process_has_a_child_of_its_own(tmp_path: Path) -> None:
    encoder = process("works", tmp_path)
    encoder.scores(["a"])
    ours = encoder._child
    forked = os.fork()
    if forked == 0:
        own = not encoder.running and encoder.scores(["abc"])[0, 0] == 3
        encoder.close()
        os._exit(0 if own else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(forked, 0)[1]) == 0
    assert encoder.running
    assert encoder._child is ours
    assert encoder.scores(["ab"])[0, 0] == 2


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at /proc")
def test_the_child_ends_with_its_parent(tmp_path: Path) -> None:
    told = f"from tests.careful.test_process import *; e = process('works', Path({str(tmp_path)!r})); "
    told += "e.scores(['a']); print(e._child.pid, flush=True); time.sleep(60)"
    parent = subprocess.Popen([sys.executable, "-c", told], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = Path(f"/proc/{int(parent.stdout.readline())}/stat")
    parent.kill()
    parent.communicate()
    until = time.monotonic() + 5
    while child.exists() and child.read_text().rpartition(") ")[2][0] != "Z":
        assert time.monotonic() < until, "it outlives its parent"
        time.sleep(0.02)


def test_files_of_the_present_folder_are_no_libraries_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("numpy", "msgspec", "onnxruntime"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('taken from the folder')")
    monkeypatch.chdir(tmp_path)
    asked = subprocess.run([*COMMAND[:-2], "-c", "import numpy, msgspec"], check=False, capture_output=True, text=True)
    assert asked.returncode == 0, asked.stderr


def test_whoever_cannot_wait_is_told_that_the_child_reads_for_others_and_starts_no_second_one(tmp_path: Path) -> None:
    encoder = process("slow", tmp_path)
    page = PatientEncoder(encoder, 0.05)
    encoder.scores(["greeted"])
    ours = encoder._child
    worker = threading.Thread(target=encoder.scores, args=(["a"],))
    worker.start()
    time.sleep(0.1)
    with pytest.raises(ReaderBusy):
        page.scores(["abc"])
    worker.join()
    assert page.scores(["abc"])[0, 0] == 3
    assert encoder._child is ours


def test_a_page_gets_its_turn_between_the_parts_of_a_long_read(tmp_path: Path) -> None:
    encoder = process("slow", tmp_path)
    encoder.scores(["greeted"])
    worker = threading.Thread(target=encoder.scores, args=(["a"] * 256 * 6,))
    worker.start()
    time.sleep(0.1)
    assert PatientEncoder(encoder, 5).scores(["abc"])[0, 0] == 3
    assert worker.is_alive(), "it was read for after the worker was done, not between"
    worker.join()


def test_a_patient_reader_is_the_same_reader_with_the_same_child(tmp_path: Path) -> None:
    encoder = process("slow", tmp_path)
    reader = CarefulReader(encoder)
    page = patient(reader, 0.05)
    assert page is not reader
    assert page.model.startswith("careful-")
    worker = threading.Thread(target=encoder.scores, args=(["a"],))
    worker.start()
    while not encoder.running:
        time.sleep(0.01)
    with pytest.raises(ReaderBusy):
        page.read(["It burns"], [None])
    worker.join()
    assert patient(reader.fast, 0.05) is reader.fast
