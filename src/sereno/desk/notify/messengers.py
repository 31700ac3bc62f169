"""The processes that send, and a hard end to each try: whoever hangs is ended whole and stops nobody else."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import select
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from typing import Any

log = logging.getLogger("sereno.notify")

SECONDS = 10.0
"""From the order to its result."""
START_SECONDS = 10.0
"""More for a process that has to start first."""
KEEP = 4
"""Processes that wait for the next order."""

TOO_SLOW = "too_slow"


@dataclass(frozen=True, slots=True)
class Result:
    error: str = ""
    """A code with at most a status; empty: the channel took it."""

    @property
    def taken(self) -> bool:
        return not self.error

    @property
    def may_have_arrived(self) -> bool:
        """It was cut off in the middle."""
        return self.error in (TOO_SLOW, "ended")


class Messenger:
    """One process that sends, one order after another."""

    def __init__(self) -> None:
        self.fresh = True
        self._process = subprocess.Popen(
            [sys.executable, "-m", "sereno.desk.notify.outbound"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            close_fds=True,
        )

    def send(self, order: dict[str, Any], seconds: float) -> Result:
        """Ends the process where it is too slow. Not for two threads at once."""
        until = time.monotonic() + seconds + (START_SECONDS if self.fresh else 0)
        self.fresh = False
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            return Result("ended")
        try:
            stdin.write(json.dumps(order).encode() + b"\n")
            stdin.flush()
        except OSError:
            self.end()
            return Result("not_begun")
        answer = b""
        while not answer.endswith(b"\n"):
            left = until - time.monotonic()
            if left <= 0 or not select.select([stdout], [], [], left)[0]:
                self.end()
                return Result(TOO_SLOW)
            piece = os.read(stdout.fileno(), 4096)
            if not piece:
                self.end()
                return Result("ended")
            answer += piece
        return Result(str(json.loads(answer)["error"]))

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def end(self) -> None:
        with contextlib.suppress(OSError):
            self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


class Messengers:
    """As many as are needed at once; a few are kept."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._free: list[Messenger] = []
        self._lock = threading.Lock()

    def send(self, order: dict[str, Any]) -> Result:
        """Never raises: what fails is a result."""
        try:
            messenger = self._take()
            result = messenger.send(order, self.seconds)
            if result.error == "not_begun":  # it had ended while it waited
                messenger = Messenger()
                result = messenger.send(order, self.seconds)
        except Exception as error:
            log.exception("a message cannot be sent")
            return Result(f"fault {type(error).__name__}")
        self._give_back(messenger)
        return result

    def _take(self) -> Messenger:
        with self._lock:
            if self._free:
                return self._free.pop()
        return Messenger()

    def _give_back(self, messenger: Messenger) -> None:
        with self._lock:
            if messenger.alive and len(self._free) < KEEP:
                self._free.append(messenger)
                return
        messenger.end()

    def close(self) -> None:
        with self._lock:
            free, self._free = self._free, []
        for messenger in free:
            messenger.end()


def _environment() -> dict[str, str]:
    """Nothing of ours: no keys, no proxies, no home with passwords in it."""
    kept = {
        name: os.environ[name] for name in ("PATH", "LANG", "TZ", "SSL_CERT_FILE", "SSL_CERT_DIR") if name in os.environ
    }
    return {**kept, "HOME": "/nonexistent", "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
