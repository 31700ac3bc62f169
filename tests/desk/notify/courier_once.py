"""The courier's process in a test: its own loop on a fast clock, until it is killed or, with `end`, all is settled.

    courier_once.py run SECONDS             as in production, with so many seconds for a try, and as many more to start
courier_once.py on|end BEGAN READY      READY is made as soon as something is under way
courier_once.py tell COUNT BEGAN        red messages, one after another; each seventh is withdrawn a moment later
"""

from __future__ import annotations

import random
import sys
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path

import django

django.setup()

from django.db import close_old_connections, transaction  # noqa: E402

from sereno.desk.accounts.models import Brand, User  # noqa: E402
from sereno.desk.notify import messengers  # noqa: E402
from sereno.desk.notify.actions import tell, withdraw  # noqa: E402
from sereno.desk.notify.delivering import Courier  # noqa: E402
from sereno.desk.notify.models import Delivery  # noqa: E402
from tests.desk.street import NOON  # noqa: E402

FASTER = 20
"""A lease of a minute is over after three seconds."""


def clock(began: float) -> datetime:
    return NOON + timedelta(seconds=(time.time() - began) * FASTER)


def carry(mode: str, began: float, ready: Path) -> None:
    courier = Courier()
    while True:
        close_old_connections()
        ended = courier.settle(now=clock(began), wait=0.05 if courier.under_way else 0.0)
        did = courier.begin(now=clock(began))
        if courier.under_way:
            ready.touch()
        elif mode == "end" and not Delivery.objects.filter(next_try_at__isnull=False).exists():
            courier.close()
            return
        if not did and not ended:
            time.sleep(0.01)


def tell_many(count: int, began: float) -> None:
    brand, people, chance = Brand.objects.get(), list(User.objects.order_by("pk")), random.Random(count)
    for number in range(1, count + 1):
        with transaction.atomic():
            tell(
                [people[number % len(people)]], brand=brand, code="called", urgency="immediate", line=number,
                values={"light": "red", "network": "mastodon"}, now=clock(began),
            )  # fmt: skip
        if number % 7 == 0:
            time.sleep(chance.random() / 10)
            withdraw(now=clock(began), line=number)
        time.sleep(0.02)


if __name__ == "__main__":
    if sys.argv[1] == "run":
        messengers.START_SECONDS = float(sys.argv[2])
        Courier(messengers.Messengers(float(sys.argv[2]))).run(threading.Event())
    elif sys.argv[1] == "tell":
        tell_many(int(sys.argv[2]), float(sys.argv[3]))
    else:
        carry(sys.argv[1], float(sys.argv[2]), Path(sys.argv[3]))
