"""The encoder in a process of its own: it takes its memory, its time and its crashes with it.

The child (`python -m sereno.careful`) reads frames from its standard input and writes frames to its standard output:
four bytes of length, then msgpack. The first frame it writes is a greeting, or why it cannot work. A child that dies or
takes too long is started once more; if that fails too, `EncoderFailed` is raised and the fast reader answers.
"""

from __future__ import annotations

import atexit
import os
import select
import struct
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import BinaryIO

import msgspec
import numpy as np

from sereno.careful.packaged import BEGINNING, ENDING, EncoderMissing
from sereno.careful.turns import Turns
from sereno.engine.read import Floats
from sereno.engine.reading.careful import COLUMNS, EncoderFailed, WeightsDamaged

_AT_ONCE = 256
"""Texts of one frame: progress shows, and no frame grows beyond bounds."""
_START_SECONDS = 60.0
_SECONDS, _SECONDS_A_TEXT = 20.0, 1.0
"""What a frame may take. A loaded machine may be a hundred times slower than a quiet one."""
_PAUSE_SECONDS = 30.0
"""After two failures in a row the child is left alone for so long."""
_LONGEST_GREETING = 1 << 16
_HEADER = struct.Struct("<I")
COMMAND = (sys.executable, "-P", "-m", "sereno.careful")
"""-P: a file that lies in the folder where the command was given is never mistaken for a library."""


class Greeting(msgspec.Struct):
    ready: bool
    words: str = ""
    missing: bool = False
    """Whether a part is not installed: trying again would not help."""


class EncoderProcess:
    """An `Encoder` whose work is done by a child process, started when it is first needed. Safe in several threads."""

    def __init__(
        self,
        version: str,
        command: Sequence[str] = COMMAND,
        *,
        seconds: float = _SECONDS,
        seconds_a_text: float = _SECONDS_A_TEXT,
    ) -> None:
        self._version, self._command = version, list(command)
        self._seconds, self._seconds_a_text = seconds, seconds_a_text
        self._child: subprocess.Popen[bytes] | None = None
        self._turns = Turns()
        self._not_before = 0.0
        self._missing: str | None = None
        atexit.register(self.close)
        os.register_at_fork(after_in_child=self._forget)

    @property
    def running(self) -> bool:
        return self._child is not None and self._child.poll() is None

    @property
    def version(self) -> str:
        return self._version

    def scores(self, texts: Sequence[str], *, patience: float | None = None) -> Floats:
        """`patience`: seconds to wait for each part while others are read for; then ReaderBusy. None: no limit."""
        parts = []
        for at in range(0, len(texts), _AT_ONCE):
            with self._turns.taken(
                patience
            ):  # for each part anew: whoever reads little does not wait for whoever reads much
                parts.append(self._part(texts[at : at + _AT_ONCE]))
        return np.concatenate(parts) if parts else np.zeros((0, COLUMNS), dtype=np.float32)

    def close(self) -> None:
        """Ends the child."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.wait()
            _close_pipes(child)

    def _forget(self) -> None:
        """After a fork: the child is the other process's. Two that shared its pipes would get each other's answers."""
        child, self._child, self._turns = self._child, None, Turns()
        if child is not None:
            child.poll()  # finds that it is no child of ours, and never waits for it again
            _close_pipes(child)

    def _part(self, texts: Sequence[str]) -> Floats:
        if self._missing:
            raise EncoderFailed(self._missing)
        for attempt in (1, 2):
            try:
                return self._asked(texts)
            except (OSError, EOFError, ValueError) as fault:
                self.close()
                if attempt == 2:
                    self._not_before = time.monotonic() + _PAUSE_SECONDS
                    raise EncoderFailed(
                        f"the encoder's process failed twice: {fault or type(fault).__name__}"
                    ) from fault
            except BaseException:
                self.close()  # its answer is on the way still, and would be taken for the next one's
                raise
        raise AssertionError("two attempts end in an answer or an error")

    def _asked(self, texts: Sequence[str]) -> Floats:
        child = self._running()
        until = time.monotonic() + self._seconds + self._seconds_a_text * len(texts)
        _send(child, _framed(msgspec.msgpack.encode([_sendable(text) for text in texts])), until)
        size = len(texts) * COLUMNS
        answer = _frame(child, 4 * size, until)
        if len(answer) != 4 * size:
            raise ValueError("it answered with something else than scores")
        return np.frombuffer(answer, dtype="<f4").reshape(len(texts), COLUMNS).astype(np.float32)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is None:
            return self._child
        if time.monotonic() < self._not_before:
            raise EncoderFailed("the encoder's process failed a moment ago; it is tried again soon")
        self.close()
        # in a process group of its own: Ctrl-C on a terminal is for the command, which then ends the child
        self._child = child = subprocess.Popen(  # noqa: S603
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, process_group=0
        )
        said = _frame(child, _LONGEST_GREETING, time.monotonic() + _START_SECONDS)
        greeting = msgspec.msgpack.decode(said, type=Greeting)
        if not greeting.ready:
            self.close()
            self._missing = greeting.words if greeting.missing else None
            self._not_before = time.monotonic() + _PAUSE_SECONDS
            raise EncoderFailed(greeting.words)
        return child


class PatientEncoder:
    """The same child, for whoever cannot wait for ever: a page, while the worker reads."""

    def __init__(self, process: EncoderProcess, patience: float) -> None:
        self._process, self._patience = process, patience

    @property
    def version(self) -> str:
        return self._process.version

    def scores(self, texts: Sequence[str]) -> Floats:
        """Raises ReaderBusy where others are read for, for longer than that."""
        return self._process.scores(texts, patience=self._patience)


def _close_pipes(child: subprocess.Popen[bytes]) -> None:
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            pipe.close()


def _sendable(text: str) -> str:
    """What can matter of a text. Half a surrogate pair cannot be sent; it says nothing either."""
    read = text if len(text) <= BEGINNING + ENDING else text[:BEGINNING] + text[-ENDING:]
    return read.encode("utf-8", "replace").decode("utf-8")


def _framed(content: bytes) -> bytes:
    return _HEADER.pack(len(content)) + content


def _send(child: subprocess.Popen[bytes], content: bytes, until: float) -> None:
    assert child.stdin is not None
    place, left = child.stdin.fileno(), memoryview(content)
    os.set_blocking(place, False)
    while left:
        _wait(place, select.POLLOUT, until)
        left = left[os.write(place, left) :]


def _frame(child: subprocess.Popen[bytes], longest: int, until: float) -> bytes:
    (length,) = _HEADER.unpack(_exactly(child, _HEADER.size, until))
    if length > longest:
        raise ValueError("it wrote something that is no frame")
    return _exactly(child, length, until)


def _exactly(child: subprocess.Popen[bytes], size: int, until: float) -> bytes:
    assert child.stdout is not None
    place = child.stdout.fileno()
    found = bytearray()
    while len(found) < size:
        _wait(place, select.POLLIN, until)
        part = os.read(place, size - len(found))
        if not part:
            raise EOFError("it ended")
        found += part
    return bytes(found)


def _wait(place: int, event: int, until: float) -> None:
    """Until the pipe is ready. Polled: `select` knows no descriptors above 1023, and a busy server has them."""
    poll = select.poll()
    poll.register(place, event)
    left = until - time.monotonic()
    if left <= 0 or not poll.poll(1000 * left):
        raise TimeoutError("no answer in time")


def serve() -> int:
    """The child's life: greet, then answer frames until the parent is gone."""
    source, target = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # whatever a library prints must not stand between the frames
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    try:
        return _answered(source, target)
    except BrokenPipeError:
        return 0  # the parent went while it was answered


def _answered(source: BinaryIO, target: BinaryIO) -> int:
    try:
        from sereno.careful.encoder import PackagedEncoder

        encoder = PackagedEncoder()
    except (EncoderMissing, WeightsDamaged, ImportError) as missing:
        _answer(target, msgspec.msgpack.encode(Greeting(ready=False, words=str(missing), missing=True)))
        return 1
    _answer(target, msgspec.msgpack.encode(Greeting(ready=True)))
    while len(header := source.read(_HEADER.size)) == _HEADER.size:
        (length,) = _HEADER.unpack(header)
        content = source.read(length)
        if len(content) < length:
            break  # the parent went in the middle of it
        texts = msgspec.msgpack.decode(content, type=list[str])
        _answer(target, encoder.scores(texts).astype("<f4").tobytes())
    return 0


def _answer(target: BinaryIO, content: bytes) -> None:
    target.write(_framed(content))
    target.flush()
