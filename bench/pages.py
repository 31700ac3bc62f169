"""How quick the pages are over real posts: ./run bench pages --data DIR

The 9,488 airline tweets come in through `sereno import`; a real server then answers over HTTP, one signed-in person,
every kind of page in turn. The goal is 200 ms at the 95th percentile. DATABASE_URL chooses PostgreSQL.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

import httpx

FILE = "airline_sentiment_en.jsonl"
WORDS = ["delayed", "bag", "refund", "thanks", "flight cancelled", '"customer service"', "hold", "seat", "gate", "crew"]
PASSWORD = "calm-night-2026"
EMAIL = "ana@airline.example"


def main() -> None:
    arguments = argparse.ArgumentParser(prog="./run bench pages", description=__doc__)
    arguments.add_argument("--data", type=Path, required=True, help=f"folder that holds {FILE}")
    arguments.add_argument("--rounds", type=int, default=60, help="requests of each kind")
    arguments.add_argument("--port", type=int, default=8399)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="sereno-bench-") as home:
        os.environ["SERENO_HOME"] = home
        imported = fill(options.data / FILE)
        print(f"import: {imported:,.0f} posts/s, raw to case")
        with Served(options.port) as base:
            times = measure(base, options.rounds)
    print(
        f"\n{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n"
    )
    print("| page | median ms | p95 ms |\n|---|---|---|")
    for name, each in times.items():
        print(f"| {name} | {median(each):.0f} | {quantiles(each, n=20)[-1]:.0f} |")
    everything = [value for each in times.values() for value in each]
    print(f"| all | {median(everything):.0f} | {quantiles(everything, n=20)[-1]:.0f} |")


def sereno(*words: str) -> None:
    subprocess.run([str(Path(sys.executable).with_name("sereno")), *words], check=True, stdout=subprocess.DEVNULL)


def fill(file: Path) -> float:
    """A brand with its plan, a person, and the tweets; returns posts imported a second."""
    sereno("brand", "add", "airline", "--plan", "airline")
    sereno("person", "add", EMAIL, "--name", "Ana", "--brand", "airline", "--role", "owner", "--password", PASSWORD)
    lines = len(file.read_bytes().splitlines())
    begin = time.perf_counter()
    sereno("import", str(file), "--brand", "airline")
    return lines / (time.perf_counter() - begin)


class Served:
    """`sereno up` on a port of its own while the block lasts."""

    def __init__(self, port: int) -> None:
        self.port = port

    def __enter__(self) -> str:
        base = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            [str(Path(sys.executable).with_name("sereno")), "up", "--port", str(self.port)], stderr=subprocess.DEVNULL
        )
        for _ in range(100):
            try:
                httpx.get(f"{base}/accounts/login/")
            except httpx.TransportError:
                time.sleep(0.1)
            else:
                return base
        raise SystemExit("the desk did not come up within ten seconds")

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)


def measure(base: str, rounds: int) -> dict[str, list[float]]:
    dice = random.Random(1)
    times: dict[str, list[float]] = {}
    with httpx.Client(base_url=base, follow_redirects=True, timeout=30) as client:
        form = client.get("/accounts/login/").text
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
        assert token is not None
        sign_in = {"login": EMAIL, "password": PASSWORD, "csrfmiddlewaretoken": token[1]}
        client.post("/accounts/login/", data=sign_in, headers={"Referer": base}).raise_for_status()
        inbox = client.get("/b/airline/inbox?view=all").text
        cases = re.findall(r"/b/airline/cases/(\d+)", inbox)
        assert cases, "no case stands in the inbox"
        kinds = {
            "now": lambda: "/b/airline/",
            "inbox, open": lambda: "/b/airline/inbox",
            "inbox, all": lambda: "/b/airline/inbox?view=all",
            "inbox, filtered": lambda: (
                f"/b/airline/inbox?view=all&light={dice.choice(['red', 'amber', 'green', 'none'])}"
            ),
            "search": lambda: str(httpx.URL("/b/airline/inbox", params={"view": "all", "q": dice.choice(WORDS)})),
            "case": lambda: f"/b/airline/cases/{dice.choice(cases)}",
            "sources": lambda: "/b/airline/sources",
            "plan": lambda: "/b/airline/plan",
        }
        for address in kinds.values():
            client.get(address()).raise_for_status()  # warm
        for _ in range(rounds):
            for name, address in kinds.items():
                begin = time.perf_counter()
                client.get(address()).raise_for_status()
                times.setdefault(name, []).append((time.perf_counter() - begin) * 1000)
    return times


if __name__ == "__main__":
    main()
