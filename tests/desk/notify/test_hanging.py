"""Three message services at once that take the connection and say nothing, or a byte a second: red mail to others does
not wait behind them, and whoever was to be told by them is told by their next way when the try is cut off."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk.apart import ROOT, database_apart, run
from tests.desk.notify.taking import Taken, taking

COURIER = Path(__file__).with_name("courier_once.py")
TRY = 6.0
"""Seconds for one try in this test, and as many more where a process starts; 10 in production (`messengers.py`)."""
PEOPLE = """
import django; django.setup()
import sys
from datetime import UTC, datetime
from django.db import transaction
from sereno.desk.accounts.actions import give_role
from sereno.desk.accounts.models import Role, User
from sereno.desk.notify import ways
from sereno.desk.notify.actions import tell
from sereno.desk.notify.models import ContactWay, Delivery, Notification
from tests.desk.stories import brand
now = datetime.now(UTC)
acme = brand("acme")
people = []
for number in range(20):
    stuck = number < 15
    user = User.objects.create(email=f"{'stuck' if stuck else 'mail'}{number}@acme.example", name=f"P{number}")
    give_role(user, acme, Role.COMMITTEE, by=None, now=now)
    ways.own_way(user, now=now)
    if stuck:
        address = f"json://127.0.0.1:{[PORTS][number % 3]}/{['hang', 'drip', 'hang'][number % 3]}/{number}"
        way = ways.add_way(user, kind="apprise", address=address, now=now)
        ContactWay.objects.filter(pk=way.pk).update(confirmed_at=now, position=0)
    people.append(user)
    ways.set_preferences(user, quiet=[], digest_minutes=15, red_all_ways=False, now=now)
ContactWay.objects.filter(own=True).update(position=1)
Notification.objects.all().delete()
with transaction.atomic():
    tell(people, brand=acme, code="called", urgency="immediate", values={"light": "red", "network": "x"}, now=now)
"""
"""Those who are told by mail are the last in the queue."""

SHOWN = """
import django; django.setup()
import json
from sereno.desk.notify.models import Delivery
print(json.dumps([
    [d.user.email, d.channel.split(":")[0], d.state, d.error] for d in Delivery.objects.order_by("pk")
]))
"""


@pytest.fixture
def taken() -> Iterator[Taken]:
    with taking() as taken:
        yield taken


@pytest.fixture
def env(tmp_path: Path, db: None, taken: Taken) -> Iterator[dict[str, str]]:
    with database_apart(tmp_path, "hanging") as env:
        env |= taken.env()
        run(PEOPLE.replace("PORTS", ", ".join(map(str, taken.web_ports))), env)
        yield env


def arrives(taken: Taken, name: str, count: int, within: float) -> float:
    """Seconds until so many mails to people of this name are there."""
    began = time.monotonic()
    while len({each["to"] for each in taken.messages if each["to"].startswith(name)}) < count:
        assert time.monotonic() - began < within, f"{taken.messages} after {within} s"
        time.sleep(0.05)
    return time.monotonic() - began


@pytest.mark.django_db(transaction=True)
def test_red_mail_to_others_does_not_wait_for_services_that_hang_or_drip(
    env: dict[str, str], taken: Taken, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    with log.open("w") as out:
        courier = subprocess.Popen(
            [sys.executable, str(COURIER), "run", str(TRY)], env=env, cwd=ROOT, stdout=out, stderr=out
        )
    try:
        # no stopwatch: a slow machine is slow. They have it before the first of the others' tries is cut off.
        arrives(taken, "mail", 5, within=60)
        assert not [each for each in taken.messages if each["to"].startswith("stuck")]
        arrives(taken, "stuck", 15, within=60)
    finally:
        courier.kill()
        courier.wait()

    shown = json.loads(run(SHOWN, env))
    assert {tuple(row[1:]) for row in shown if row[0].startswith("mail")} == {("mail", "sent", "")}
    hung = [row for row in shown if row[1] == "json"]
    assert hung
    assert {tuple(row[2:]) for row in hung} == {("unknown", "too_slow")}
