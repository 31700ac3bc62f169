"""One at a time, in turn: whoever just had it stands behind whoever waits already."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sereno.engine.read import ReaderBusy


class Turns:
    """A lock that nobody holds twice in a row while another waits; a plain one lets a busy thread starve the rest."""

    def __init__(self) -> None:
        self._next, self._now = threading.Lock(), threading.Lock()

    @contextmanager
    def taken(self, seconds: float | None = None) -> Iterator[None]:
        """Waits for `seconds` at the most, None: for as long as it takes. Raises ReaderBusy."""
        until = None if seconds is None else time.monotonic() + seconds
        _take(self._next, until)
        try:
            _take(self._now, until)
        finally:
            self._next.release()
        try:
            yield
        finally:
            self._now.release()


def _take(lock: threading.Lock, until: float | None) -> None:
    if not lock.acquire(timeout=-1 if until is None else max(0.0, until - time.monotonic())):
        raise ReaderBusy("the reader is reading for others")
