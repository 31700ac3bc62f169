"""From the commit of a red notification to the moment the mail server has it, while other rows are being written.

    ./run bench notify [--reds 200] [--rows-per-second 1000] [--seconds 20]

A real SMTP server on this machine, the courier in a process of its own, as in production; a second process writes rows
at the given rate into the same database (batches of 100 in a transaction, as the intake does). The reds come one by
one, spread evenly, each to another person, so that no throttle gathers them. SQLite, unless DATABASE_URL names another.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from email import message_from_bytes, policy
from typing import Any

PEOPLE = 50
BATCH = 100


def desk() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sereno.desk.settings")
    import django

    django.setup()


class Taken:
    """When the mail server took which message."""

    def __init__(self) -> None:
        self.at: dict[str, float] = {}

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: ARG002, N802
        self.at[str(message_from_bytes(envelope.content, policy=policy.default)["x-sereno-key"])] = time.time()
        return "250 taken"


def courier(stop: Any) -> None:
    desk()
    from sereno.desk.notify.delivering import Courier

    ends = threading.Event()
    threading.Thread(target=lambda: (stop.wait(), ends.set()), daemon=True).start()
    Courier().run(ends)


def others(stop: Any, rate: int, wrote: Any) -> None:
    """Raw records, which is what the intake writes first; nobody reads them here."""
    desk()
    from datetime import UTC, datetime

    from django.db import transaction

    from sereno.desk.accounts.models import Brand
    from sereno.desk.intake.models import RawBody, RawRecord, Source

    brand = Brand.objects.get(slug="bench")
    source = Source.objects.create(brand=brand, kind="file", name="load", public_id="load")
    body = json.dumps({"text": "acme sent me a broken kettle " * 8}).encode()
    began, done = time.monotonic(), 0
    while not stop.is_set():
        now = datetime.now(UTC)
        with transaction.atomic():
            rows = RawRecord.objects.bulk_create(
                RawRecord(
                    brand=brand, source=source, key=f"{done + each}", via="webhook", received_at=now,
                    state=RawRecord.State.UNDERSTOOD,
                )
                for each in range(BATCH)
            )  # fmt: skip
            RawBody.objects.bulk_create(RawBody(record=row, body=body) for row in rows)
        done += BATCH
        wrote.value = done
        ahead = began + done / rate - time.monotonic()
        if ahead > 0:
            time.sleep(ahead)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--reds", type=int, default=200)
    asked.add_argument("--rows-per-second", type=int, default=1000)
    asked.add_argument("--seconds", type=float, default=20.0)
    options = asked.parse_args()
    from aiosmtpd.controller import Controller

    class AnyPort(Controller):
        def _trigger_server(self) -> None:
            self.port = self.server.sockets[0].getsockname()[1]
            super()._trigger_server()

    taken = Taken()
    server = AnyPort(taken, hostname="127.0.0.1", port=0, ready_timeout=30)
    server.start()
    with tempfile.TemporaryDirectory(prefix="sereno-bench-") as home:
        os.environ |= {
            "SERENO_HOME": home, "SERENO_SMTP_URL": f"smtp://127.0.0.1:{server.port}",
            "SERENO_MAIL_FROM": "sereno@desk.example", "SERENO_URL": "https://desk.example",
            "SERENO_PAGES_AT_MOST": "99/1m",
        }  # fmt: skip
        committed = measure(options, taken)
    server.stop(no_assert=True)
    waits = sorted(taken.at[key] - at for key, at in committed.items() if key in taken.at)
    missing = len(committed) - len(waits)
    p95 = waits[int(len(waits) * 0.95) - 1]
    print(
        f"red notifications {len(committed)}, handed over {len(waits)}, missing {missing}\n"
        f"commit -> mail server: p50 {statistics.median(waits):.2f} s, p95 {p95:.2f} s, worst {waits[-1]:.2f} s\n"
        f"other rows meanwhile: {committed_rows.value / options.seconds:,.0f} a second"
    )
    if missing or p95 > 5:
        raise SystemExit("the goal is missed: none missing, p95 at most 5 s")


committed_rows: Any = multiprocessing.get_context("spawn").Value("q", 0)


def measure(options: argparse.Namespace, taken: Taken) -> dict[str, float]:
    """By key: when the transaction that told of it was committed."""
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], check=True)
    desk()
    from datetime import UTC, datetime

    from django.db import transaction

    from sereno.desk.accounts.models import Brand, User
    from sereno.desk.notify.actions import tell
    from sereno.desk.notify.models import Delivery

    brand = Brand.objects.create(slug="bench", name="Bench")
    people = [User.objects.create(email=f"p{each}@bench.example", name=f"P{each}") for each in range(PEOPLE)]
    spawn = multiprocessing.get_context("spawn")
    stop = spawn.Event()
    hands = [
        spawn.Process(target=courier, args=(stop,)),
        spawn.Process(target=others, args=(stop, options.rows_per_second, committed_rows)),
    ]
    for each in hands:
        each.start()
    time.sleep(5)  # until both have begun: what is measured is the courier at work
    rows_before = committed_rows.value
    committed: dict[str, float] = {}
    began = time.monotonic()
    for number in range(options.reds):
        with transaction.atomic():
            [told] = tell(
                [people[number % PEOPLE]], brand=brand, code="called", values={"light": "red", "network": "mastodon"},
                urgency="immediate", now=datetime.now(UTC),
            )  # fmt: skip
        committed[str(Delivery.objects.get(notification=told).key)] = time.time()
        time.sleep(max(0.0, began + (number + 1) * options.seconds / options.reds - time.monotonic()))
    written = committed_rows.value - rows_before
    until = time.monotonic() + 60
    while len(taken.at) < len(committed) and time.monotonic() < until:
        time.sleep(0.1)
    committed_rows.value = written
    stop.set()
    for each in hands:
        each.join(20)
    return committed


if __name__ == "__main__":
    main()
