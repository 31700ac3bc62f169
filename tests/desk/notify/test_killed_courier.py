"""`kill -9` of the courier's process at random moments, with a real mail server and a real web receiver as processes:
every message arrives, a second copy bears the same key, and what was withdrawn is not sent."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.desk.apart import ROOT, database_apart, run
from tests.desk.notify.taking import Taken, taking

COURIER = Path(__file__).with_name("courier_once.py")

PEOPLE = """
import django; django.setup()
from sereno.desk.accounts.actions import give_role
from sereno.desk.accounts.models import Role, User
from sereno.desk.notify import ways
from sereno.desk.notify.models import ContactWay, Delivery, Notification
from tests.desk.stories import brand
from tests.desk.street import NOON
acme = brand("acme")
for number in range(20):
    user = User.objects.create(email=f"p{number}@acme.example", name=f"P{number}")  # no password: hashing takes long
    give_role(user, acme, Role.COMMITTEE, by=None, now=NOON)
    ways.own_way(user, now=NOON)
    if number % 2:
        way = ways.add_way(user, kind="apprise", address=f"json://127.0.0.1:PORT/in/{number}", now=NOON)
        ContactWay.objects.filter(pk=way.pk).update(confirmed_at=NOON, position=0)
Notification.objects.all().delete()
"""
"""Every second has a web hook before their mail."""

TOLD = """
import django; django.setup()
import json
from sereno.desk.notify.models import Delivery, Notification
print(json.dumps([
    {"line": told.line, "state": told.state, "deliveries": [
        [str(d.key), d.state, d.attempts, d.channel.split(":")[0]] for d in told.deliveries.order_by("pk")
    ]}
    for told in Notification.objects.order_by("pk")
]))
"""


@pytest.fixture
def taken() -> Iterator[Taken]:
    with taking() as taken:
        yield taken


@pytest.fixture
def env(tmp_path: Path, db: None, taken: Taken) -> Iterator[dict[str, str]]:
    with database_apart(tmp_path, "courier") as env:
        env |= taken.env()
        run(PEOPLE.replace("PORT", str(taken.web_ports[0])), env)
        yield env


def check(kills: int, count: int, env: dict[str, str], taken: Taken, tmp_path: Path) -> None:
    began, chance = str(time.time()), random.Random(kills)
    log = (tmp_path / "log").open("w")

    def start(*words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, str(COURIER), *words], env=env, cwd=ROOT, stdout=log, stderr=log)

    tells = start("tell", str(count), began)
    for number in range(kills):
        ready = tmp_path / f"ready-{number}"
        courier = start("on", began, str(ready))
        while not ready.exists():
            assert courier.poll() is None, (tmp_path / "log").read_text()
            time.sleep(0.005)
        time.sleep(chance.random())
        courier.kill()
        courier.wait()
    assert tells.wait(120) == 0, (tmp_path / "log").read_text()
    assert start("end", began, str(tmp_path / "ready")).wait(480) == 0, (tmp_path / "log").read_text()
    log.close()
    told, copies = json.loads(run(TOLD, env)), arrived(taken)

    assert [each["line"] for each in told] == list(range(1, count + 1))
    begun_and_never_known = 0
    for each in told:
        keys = [key for key, *_ in each["deliveries"]]
        if each["state"] == "withdrawn":
            assert each["line"] % 7 == 0
            assert not any(copies.get(key) for key in keys), "sent after it was withdrawn"
            continue
        assert each["state"] == "reached"
        assert [d for d in each["deliveries"] if d[1] == "sent"], "nobody was told"
        for key, state, attempts, channel in each["deliveries"]:
            # once for each time that it was begun at most, each copy under the same key; what was sent has arrived
            assert len(copies.get(key, [])) <= attempts
            assert state in ("sent", "unknown"), each
            assert state == "unknown" or copies[key], "written down as sent, and never arrived"
            if channel == "mail":
                assert {copy["id"] for copy in copies.get(key, [])} <= {f"<{key}@desk.example>"}
            begun_and_never_known += attempts > 1
    known = {key for each in told for key, *_ in each["deliveries"]}
    assert set(copies) <= known, "a message that no row tells of"
    assert begun_and_never_known, "no kill fell between claim and the note of its end: this test shows nothing"


def arrived(taken: Taken) -> dict[str, list[dict[str, Any]]]:
    copies = defaultdict(list)
    for message in taken.messages:
        copies[message["key"]].append(message)
    return copies


@pytest.mark.django_db(transaction=True)
def test_a_courier_killed_again_and_again_loses_no_message_and_a_second_copy_bears_the_same_key(
    env: dict[str, str], taken: Taken, tmp_path: Path
) -> None:
    check(kills=3, count=40, env=env, taken=taken, tmp_path=tmp_path)


@pytest.mark.full
@pytest.mark.skipif(os.environ.get("SERENO_FULL") != "1", reason="long: ./run test --full")
@pytest.mark.django_db(transaction=True)
def test_forty_kills_and_six_hundred_messages(env: dict[str, str], taken: Taken, tmp_path: Path) -> None:
    check(kills=40, count=600, env=env, taken=taken, tmp_path=tmp_path)
