"""A worker in a process of its own: `python work_apart.py NOW [STAND_STILL_AT]`. The environment names the database.

It does a worker's rounds at the moment NOW until there is nothing more to do. At the place it is told it stands still,
says so, and waits to be killed: `loading`, `judging`, `storing` after a slice of that stage; `finishing` in the
transaction that keeps a replay's result; `switching` in the one that puts a plan in force.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import django

django.setup()

from sereno.desk import worker  # noqa: E402 — Django comes first
from sereno.desk.plans import in_force  # noqa: E402
from sereno.desk.replays import loading, running, storing  # noqa: E402
from tests.fakes import FakeReader  # noqa: E402


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def stand_still() -> None:
    say("here")
    time.sleep(600)


def stop_after(place: str) -> None:
    """Stand still in the midst of it, as a process that is killed there."""
    if place == "switching":
        _before(in_force, "_prove_anew")
    elif place == "finishing":
        _before(running, "replay_counts")
    elif place:
        going_on: Callable[..., bool] = running.go_on

        def go_on(replay: Any, *, stage: str, done: int, posts: int, now: datetime) -> bool:
            went = going_on(replay, stage=stage, done=done, posts=posts, now=now)
            if stage == place and done:
                stand_still()
            return went

        running.go_on = go_on


def _before(module: Any, name: str) -> None:
    doing = getattr(module, name)

    def done(*args: Any, **asked: Any) -> Any:
        stand_still()
        return doing(*args, **asked)

    setattr(module, name, done)


if __name__ == "__main__":
    # many slices over few posts
    loading.PAGE = running.JUDGE_AT_ONCE = storing.AT_ONCE = 20
    stop_after(sys.argv[2] if len(sys.argv) > 2 else "")
    now, bench, reader = datetime.fromisoformat(sys.argv[1]), running.Bench(), FakeReader()
    say("ready")
    sys.stdin.readline()
    idle = 0
    while idle < 5:
        done = worker.tick(now=now, reader=reader, bench=bench)
        assert all("OperationalError" in error for error in done.errors), done.errors
        idle = 0 if done.replayed or done.errors else idle + 1
        time.sleep(0.02 if idle else 0)
