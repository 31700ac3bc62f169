"""Posts arriving at a given rate, for benches: the seeds' texts, a part of which is about our brand and a few grave.

    python bench/flood.py ADDRESS SECRET TEXTS RATE SECONDS

signs and posts deliveries of a tenth of a second each to a webhook, over a few connections, as a provider's firehose
does. Prints what was taken, as JSON. Who falls behind sends on without a pause, and tells the rate that was reached.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

BRAND = "Mirabela"
CONNECTIONS = 4
TICK = 0.1
MENTIONS = 0.05
RED_OF_MENTIONS = 0.02


def seeds(folder: Path) -> list[dict[str, Any]]:
    files = sorted(folder.glob("??/*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


def about_us(seed: dict[str, Any]) -> str:
    """The seed's text with our brand in the place of its own; where it names none, ours is addressed."""
    text, brand = str(seed["text"]), str(seed["brand"])
    return text.replace(brand, BRAND) if brand in text else f"@{BRAND} {text}"


def sorted_texts(folder: Path, plan: Any, reader: Any) -> dict[str, list[str]]:
    """`red` and `calm`: texts about us, as this plan and reader judge them; `others`: of other brands, as written."""
    from sereno.commands.output import Row
    from sereno.commands.triage import Triage

    known = seeds(folder)
    ours = [about_us(seed) for seed in known]
    triage = Triage(plan, reader, every=False, language="en", zone=UTC, now=datetime.now(UTC))
    lines = [(n, json.dumps({"id": str(n), "text": text, "network": "x"}).encode()) for n, text in enumerate(ours)]
    lights = {int(row.id): row.light for row in triage.rows(lines) if isinstance(row, Row)}
    texts: dict[str, list[str]] = {"red": [], "calm": [], "others": [str(seed["text"]) for seed in known]}
    for number, light in lights.items():
        texts["red" if light == "red" else "calm"].append(ours[number])
    return texts


def posts(texts: dict[str, list[str]], chance: random.Random) -> Iterator[dict[str, Any]]:
    """Without an end; the same for the same seed. Whoever mentions us does it once: each has a case of their own."""
    number = 0
    while True:
        number += 1
        mention = chance.random() < MENTIONS
        kind = "others" if not mention else "red" if chance.random() < RED_OF_MENTIONS else "calm"
        yield {
            "id": f"{kind}-{number}", "text": chance.choice(texts[kind]), "network": "x",
            "author": {
                "id": f"m{number}" if mention else f"a{chance.randrange(100_000)}",
                "handle": f"h{number}", "followers": chance.randrange(3000),
            },
        }  # fmt: skip


def main(address: str, secret: str, file: str, rate: float, seconds: float) -> None:
    import httpx
    from standardwebhooks import Webhook

    stream = posts(json.loads(Path(file).read_text("utf-8")), random.Random(5))
    seal, client = Webhook(secret), httpx.Client(timeout=60, limits=httpx.Limits(max_connections=CONNECTIONS))
    answers: Counter[str] = Counter()
    slowest = 0.0

    def deliver(number: int, body: str) -> int:
        nonlocal slowest
        began = time.monotonic()
        for _attempt in range(5):
            at = datetime.now(UTC)
            headers = {
                "webhook-id": f"d{number}", "webhook-timestamp": str(int(at.timestamp())),
                "webhook-signature": seal.sign(f"d{number}", at, body), "content-type": "application/json",
            }  # fmt: skip
            try:
                status = client.post(address, content=body, headers=headers).status_code
            except httpx.HTTPError as error:
                answers[type(error).__name__] += 1
                continue
            answers[str(status)] += 1
            if status < 300:
                slowest = max(slowest, time.monotonic() - began)
                return len(json.loads(body))
        return 0

    began, sent, reds, waiting = time.monotonic(), 0, 0, list[Future[int]]()
    with ThreadPoolExecutor(CONNECTIONS) as hands:
        number = 0
        while (now := time.monotonic() - began) < seconds:
            due = int(min(now + TICK, seconds) * rate) - sent
            some = [next(stream) | {"created_at": datetime.now(UTC).isoformat()} for _ in range(min(due, 500))]
            if some:
                waiting.append(hands.submit(deliver, number, json.dumps(some, ensure_ascii=False)))
                number, sent = number + 1, sent + len(some)
                reds += sum(each["id"].startswith("red-") for each in some)
            open_ones = [each for each in waiting if not each.done()]
            if len(open_ones) >= CONNECTIONS:
                open_ones[0].result()  # nobody may send faster than it is taken
            else:
                time.sleep(TICK / 2)
        taken = sum(each.result() for each in waiting)
    spent = time.monotonic() - began
    print(json.dumps({"taken": taken, "reds": reds, "seconds": spent, "answers": dict(answers), "slowest": slowest}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], float(sys.argv[4]), float(sys.argv[5]))
