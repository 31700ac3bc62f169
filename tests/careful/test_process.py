"""The encoder's process may die, hang or be missing: the reader is told, and never waits for ever."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from sereno.careful.process import EncoderProcess
from sereno.engine.reading.careful import COLUMNS, EncoderFailed

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
answer(msgspec.msgpack.encode({{"ready": True}}))
while header := sys.stdin.buffer.read(4):
    texts = msgspec.msgpack.decode(sys.stdin.buffer.read(struct.unpack("<I", header)[0]))
    if mode == "dies" or (mode == "dies once" and not seen.exists()):
        seen.touch(); sys.exit(1)
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
