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
import threading
import time
from collections.abc import Sequence
from typing import BinaryIO

import msgspec
import numpy as np

from sereno.careful.packaged import EncoderMissing
from sereno.engine.read import Floats
from sereno.engine.reading.careful import COLUMNS, EncoderFailed

_AT_ONCE = 256
"""Texts of one frame: progress shows, and no frame grows beyond bounds."""
_START_SECONDS = 60.0
_SECONDS, _SECONDS_A_TEXT = 20.0, 1.0
"""What a frame may take. A loaded machine may be a hundred times slower than a quiet one."""
_PAUSE_SECONDS = 30.0
"""After two failures in a row the child is left alone for so long."""
_HEADER = struct.Struct("<I")


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
        command: Sequence[str] = (sys.executable, "-m", "sereno.careful"),
        *,
        seconds: float = _SECONDS,
        seconds_a_text: float = _SECONDS_A_TEXT,
    ) -> None:
        self._version, self._command = version, list(command)
        self._seconds, self._seconds_a_text = seconds, seconds_a_text
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._not_before = 0.0
        self._missing: str | None = None
        atexit.register(self.close)

    @property
    def running(self) -> bool:
        return self._child is not None and self._child.poll() is None

    @property
    def version(self) -> str:
        return self._version

    def scores(self, texts: Sequence[str]) -> Floats:
        with self._lock:
            if self._missing:
                raise EncoderFailed(self._missing)
            parts = [self._part(texts[at : at + _AT_ONCE]) for at in range(0, len(texts), _AT_ONCE)]
        return np.concatenate(parts) if parts else np.zeros((0, COLUMNS), dtype=np.float32)

    def close(self) -> None:
        """Ends the child."""
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            for pipe in (self._child.stdin, self._child.stdout):
                if pipe is not None:
                    pipe.close()
            self._child = None

    def _part(self, texts: Sequence[str]) -> Floats:
        for attempt in (1, 2):
            try:
                return self._asked(texts)
            except (OSError, EOFError, TimeoutError, ValueError) as fault:
                self.close()
                if attempt == 2:
                    self._not_before = time.monotonic() + _PAUSE_SECONDS
                    raise EncoderFailed(
                        f"the encoder's process failed twice: {fault or type(fault).__name__}"
                    ) from fault
        raise AssertionError("two attempts end in an answer or an error")

    def _asked(self, texts: Sequence[str]) -> Floats:
        child = self._running()
        assert child.stdin is not None
        child.stdin.write(_framed(msgspec.msgpack.encode(_sendable(texts))))
        child.stdin.flush()
        answer = self._frame(child, self._seconds + self._seconds_a_text * len(texts))
        found = np.frombuffer(answer, dtype="<f4")
        return found.reshape(len(texts), COLUMNS).astype(np.float32)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is None:
            return self._child
        if time.monotonic() < self._not_before:
            raise EncoderFailed("the encoder's process failed a moment ago; it is tried again soon")
        self.close()
        self._child = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
        greeting = msgspec.msgpack.decode(self._frame(self._child, _START_SECONDS), type=Greeting)
        if not greeting.ready:
            self.close()
            self._missing = greeting.words if greeting.missing else None
            raise EncoderFailed(greeting.words)
        return self._child

    def _frame(self, child: subprocess.Popen[bytes], seconds: float) -> bytes:
        until = time.monotonic() + seconds
        (length,) = _HEADER.unpack(_exactly(child, _HEADER.size, until))
        return _exactly(child, length, until)


def _sendable(texts: Sequence[str]) -> list[str]:
    """Half a surrogate pair cannot be sent; it says nothing either."""
    return [text.encode("utf-8", "replace").decode("utf-8") for text in texts]


def _framed(content: bytes) -> bytes:
    return _HEADER.pack(len(content)) + content


def _exactly(child: subprocess.Popen[bytes], size: int, until: float) -> bytes:
    assert child.stdout is not None
    place = child.stdout.fileno()
    found = bytearray()
    while len(found) < size:
        left = until - time.monotonic()
        if left <= 0 or not select.select([place], [], [], left)[0]:
            raise TimeoutError("no answer in time")
        part = os.read(place, size - len(found))
        if not part:
            raise EOFError("it ended")
        found += part
    return bytes(found)


def serve() -> int:
    """The child's life: greet, then answer frames until the parent is gone."""
    source, target = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # whatever a library prints must not stand between the frames
    try:
        from sereno.careful.encoder import PackagedEncoder

        encoder = PackagedEncoder()
    except (EncoderMissing, ImportError) as missing:
        _answer(target, msgspec.msgpack.encode(Greeting(ready=False, words=str(missing), missing=True)))
        return 1
    _answer(target, msgspec.msgpack.encode(Greeting(ready=True)))
    while header := source.read(_HEADER.size):
        (length,) = _HEADER.unpack(header)
        texts = msgspec.msgpack.decode(source.read(length), type=list[str])
        _answer(target, encoder.scores(texts).astype("<f4").tobytes())
    return 0


def _answer(target: BinaryIO, content: bytes) -> None:
    target.write(_framed(content))
    target.flush()
