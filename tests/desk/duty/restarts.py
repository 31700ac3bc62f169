"""What tests of restarts share: red posts that arrive by the intake, calls that become due, what happened in the end.
A `Scene` does it in one process of its own, on the database of the environment."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.desk.apart import ROOT

WORKING = Path(__file__).with_name("working.py")

BEGIN = """
from tests.desk.duty.watch import Watch
from sereno.desk.accounts.models import User
from sereno.desk.notify.ways import own_way
from tests.desk.street import NOON
Watch()
for user in User.objects.all(): own_way(user, now=NOON)
"""

ARRIVE = """
import json
from datetime import UTC, datetime
from sereno.connectors.base import RawItem, digest_of
from sereno.desk.intake.models import Source
from sereno.desk.intake.storing import store_raw
from tests.desk.duty.watch_once import BURNT
bodies = [
    json.dumps({"id": name, "text": BURNT, "network": "x", "author": {"id": name}}).encode() for name in NAMES
]
source = Source.objects.get()
store_raw(source, [RawItem(digest_of(body), body, "webhook") for body in bodies], now=datetime.now(UTC), via="webhook")
"""

TEN_MINUTES_PASS = """
from datetime import UTC, datetime, timedelta
from django.db.models import F
from sereno.desk.duty.models import Line, LineHappening
due, passed = datetime.now(UTC) + timedelta(seconds=SECONDS), timedelta(minutes=10)
LineHappening.objects.update(at=F("at") - passed, acknowledge_by=due)
Line.objects.update(starts_at=F("starts_at") - passed, due_at=due)
"""

WHAT_HAPPENED = """
import json
from sereno.desk.cases.models import Case, CaseEvent
from sereno.desk.duty.models import HealthCheck, Line
from sereno.desk.notify.models import Delivery, Notification
print(json.dumps({
    "cases": Case.objects.count(),
    "lines": Line.objects.count(),
    "happened": {
        line.case.deciding_post.external_id: [
            [h.number, h.what, h.round, len(h.users)] for h in line.happenings.order_by("number")
        ]
        for line in Line.objects.select_related("case__deciding_post")
    },
    "at": {
        line.case.deciding_post.external_id: [h.at.timestamp() for h in line.happenings.order_by("number")]
        for line in Line.objects.select_related("case__deciding_post")
    },
    "calls": CaseEvent.objects.filter(kind="called").count(),
    "told": Notification.objects.count(),
    "told_once": Notification.objects.values("happening", "user").distinct().count(),
    "states": sorted(set(Notification.objects.values_list("state", flat=True))),
    "keys": sorted(str(key) for key in Delivery.objects.values_list("key", flat=True)),
    "command_saw": [
        each["code"] for check in HealthCheck.objects.filter(place="command") for each in check.findings
    ],
    "looked": max((check.checked_at.timestamp() for check in HealthCheck.objects.all()), default=0.0),
}))
"""


DOES_WHAT_IT_IS_TOLD = """
import contextlib, io, json, sys, traceback
import django; django.setup()
from django.db import close_old_connections, connection
for line in sys.stdin:
    out, error = io.StringIO(), ""
    close_old_connections()
    try:
        with contextlib.redirect_stdout(out):
            exec(json.loads(line), {})
    except Exception:
        error = traceback.format_exc()
        connection.close()
    print(json.dumps({"out": out.getvalue(), "error": error}), flush=True)
"""


class Scene:
    """One process for all that a test does and asks: starting one for each question takes seconds."""

    def __init__(self, env: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", DOES_WHAT_IT_IS_TOLD], env=env, cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def begin(self) -> None:
        self._does(BEGIN)

    def arrive(self, *names: str) -> None:
        self._does(ARRIVE.replace("NAMES", repr(names)))

    def ten_minutes_pass(self, *, due_in: float) -> None:
        """Nobody acknowledged: whoever was called ten minutes ago is followed by the next, in so many seconds."""
        self._does(TEN_MINUTES_PASS.replace("SECONDS", str(due_in)))

    def what_happened(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self._does(WHAT_HAPPENED))
        return told

    def calls(self) -> dict[str, int]:
        """How often somebody was called for each post."""
        return {name: len(happened) for name, happened in self.what_happened()["happened"].items()}

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()

    def _does(self, code: str) -> str:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(code) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert not answer["error"], answer["error"]
        return str(answer["out"])


@contextmanager
def scene(env: dict[str, str]) -> Iterator[Scene]:
    scene = Scene(env)
    try:
        scene.begin()
        yield scene
    finally:
        scene.end()


@contextmanager
def worker(env: dict[str, str], log: Path, *prefix: str) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("w") as out:
        process = subprocess.Popen(
            [*prefix, sys.executable, str(WORKING)], env=env, cwd=ROOT, stdin=subprocess.PIPE, stdout=out, stderr=out
        )
        try:
            yield process
        finally:
            process.kill()
            process.communicate()


def until(holds: Callable[[], bool], *, within: float, log: Path, every: float = 0.2) -> None:
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < within, f"not within {within} s\n{log.read_text()[-4000:]}"
        time.sleep(every)
