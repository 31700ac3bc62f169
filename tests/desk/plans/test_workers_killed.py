"""`kill -9` in mid-replay and in mid-switch, then two workers at once: one result, one version. On both databases."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sereno.desk.replays.claiming import LEASE
from tests.desk.apart import ROOT, database_apart, run
from tests.desk.plans.life import LATER

WORKER = Path(__file__).parent / "work_apart.py"
POSTS = 90
MOMENT = LATER + timedelta(days=1)

SEED = f"""
import django; django.setup()
from tests.desk.plans.life import LATER, LOUDER, NOON, Desk
from sereno.desk.plans import actions
desk = Desk()
for number in range({POSTS}):
    post = desk.complaint(str(number), f"acme broke {{number}}", author=f"a{{number}}", minutes=number)
    post.author.followers = 1000
    post.author.save()
while desk.work(minutes=170):
    pass
actions.ask_replay(desk.checked(), by=desk.alice, now=LATER)
"""

SCHEDULE = f"""
import django; django.setup()
from datetime import datetime
from sereno.desk.accounts.models import User
from sereno.desk.plans import actions
from sereno.desk.plans.models import PlanDraft
from tests.desk.plans.life import LATER
draft, bob = PlanDraft.objects.get(), User.objects.get(name="Bob")
actions.approve(draft, digest=draft.digest, by=bob, now=LATER)
actions.put_draft_in_force(draft, summary="On Monday", by=bob, now=LATER, at=datetime.fromisoformat("{MOMENT}"))
"""

AGAIN = """
import django; django.setup()
from sereno.desk.accounts.models import User
from sereno.desk.plans import actions
from sereno.desk.plans.models import PlanDraft
from tests.desk.plans.life import LATER
actions.ask_replay(PlanDraft.objects.get(), by=User.objects.get(name="Alice"), now=LATER)
"""

FOUND = """
import django; django.setup()
import json
from sereno.desk.audit.models import AuditRow
from sereno.desk.plans.models import *
replay, draft = PlanReplay.objects.order_by("-pk").first(), PlanDraft.objects.get()
print(json.dumps({
    "replay": replay.state, "attempts": replay.attempts, "changed": replay.changed, "result": replay.result is not None,
    "kept": ReplayedPost.objects.filter(replay=replay).count(), "draft": draft.state,
    "counts": draft.replay_id == replay.pk,
    "done": AuditRow.objects.filter(action="plan.replay_done", object_id=replay.pk).count(),
    "versions": list(PlanVersion.objects.order_by("number").values_list("number", flat=True)),
    "in_force": list(PlanVersion.objects.filter(in_force_until=None).values_list("number", flat=True)),
    "put": AuditRow.objects.filter(action="plan.put_in_force", object_id__gt=1).count(),
    "given_up": AuditRow.objects.filter(action="plan.switch_given_up").count(),
    "moment": draft.in_force_at is not None,
}))
"""


@pytest.fixture
def env(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A brand with judged posts, and a checked draft whose replay waits."""
    with database_apart(tmp_path, "workers") as env:
        run(SEED, env)
        yield env


class Worker:
    """A process that stands ready; it begins where it is told so."""

    def __init__(self, env: dict[str, str], now: Any, place: str = "") -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(WORKER), now.isoformat(), place], env=env, cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        assert self._line() == "ready"

    def begins(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    def is_killed(self) -> None:
        """`kill -9` once it stands where it was told to stand still."""
        self.begins()
        assert self._line() == "here"
        self._process.kill()
        self._process.communicate()
        assert self._process.returncode == -9

    def ends(self) -> None:
        _out, errors = self._process.communicate(timeout=120)
        assert self._process.returncode == 0, errors

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline().strip()
        if not line:
            raise AssertionError(self._process.communicate()[1])
        return line


def two_workers(env: dict[str, str], now: Any) -> dict[str, Any]:
    """What stands after two processes worked at once."""
    both = [Worker(env, now), Worker(env, now)]
    for each in both:
        each.begins()
    for each in both:
        each.ends()
    return found(env)


def found(env: dict[str, str]) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(run(FOUND, env))
    return told


def killed_in_mid_replay(env: dict[str, str], place: str) -> None:
    Worker(env, LATER, place).is_killed()
    stands = found(env)
    assert (stands["replay"], stands["result"], stands["draft"], stands["done"]) == ("running", False, "checked", 0)
    if place == "storing":
        assert 0 < stands["kept"] < POSTS

    after = two_workers(env, LATER + LEASE + timedelta(seconds=1))

    assert (after["replay"], after["attempts"], after["done"]) == ("done", 2, 1)
    assert (after["changed"], after["kept"]) == (POSTS, POSTS)
    assert (after["draft"], after["counts"]) == ("replayed", True)


def killed_in_mid_switch(env: dict[str, str]) -> None:
    run(SCHEDULE, env)
    Worker(env, MOMENT, "switching").is_killed()
    stands = found(env)
    assert (stands["versions"], stands["in_force"], stands["moment"], stands["put"]) == ([1], [1], True, 0)

    after = two_workers(env, MOMENT)

    assert (after["versions"], after["in_force"], after["put"]) == ([1, 2], [2], 1)
    assert (after["draft"], after["moment"], after["given_up"]) == ("in_force", False, 0)


def test_a_replay_and_a_switch_survive_the_worker_that_is_killed_in_their_midst(env: dict[str, str]) -> None:
    killed_in_mid_replay(env, "storing")
    killed_in_mid_switch(env)


@pytest.mark.full
@pytest.mark.skipif(os.environ.get("SERENO_FULL") != "1", reason="long: ./run test --full")
@pytest.mark.parametrize("place", ["loading", "judging", "finishing"])
def test_a_replay_that_is_killed_anywhere_is_done_once(env: dict[str, str], place: str) -> None:
    killed_in_mid_replay(env, place)


@pytest.mark.full
@pytest.mark.skipif(os.environ.get("SERENO_FULL") != "1", reason="long: ./run test --full")
def test_a_replay_that_kills_its_worker_three_times_is_given_up(env: dict[str, str]) -> None:
    now = LATER
    for _ in range(3):
        Worker(env, now, "storing").is_killed()
        now += LEASE + timedelta(seconds=1)

    given_up = two_workers(env, now)
    assert (given_up["replay"], given_up["kept"], given_up["draft"]) == ("failed", 0, "checked")

    run(AGAIN, env)
    assert (two_workers(env, now)["replay"], found(env)["kept"]) == ("done", POSTS)
