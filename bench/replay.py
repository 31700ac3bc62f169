"""A year of a busy brand, judged by two plans and compared, on one core: ./run bench replay --data DIR [--posts N]

What is real: the texts (airline tweets) and what the fast reader read in each. What is synthetic: their number (each
text stands there about a hundred times), their authors' followers, networks, times over the year 2025 (with a day's and
a week's rhythm), contacts, shares, decisions and answers; all drawn with a fixed seed. Reading is measured on the real
texts and told apart: readings are cached by model version, so a plan is replayed without reading anything again.

The baseline is `judge()` over batches as the inbox calls it, on a sample of the same posts in the same run,
extrapolated plainly (time ÷ sample × posts); its lights are compared with those of the replay, post by post.
"""

from __future__ import annotations

import os

os.environ.update({"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1"})

import argparse
import json
import platform
import re
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np

from sereno.engine.context import Context, Contexts
from sereno.engine.judge import judge
from sereno.engine.plan.load import read_plan
from sereno.engine.plan.model import LIGHTS, Plan
from sereno.engine.read import Readings
from sereno.engine.reading.fast import FastReader
from sereno.engine.replay import Difference, Past, changed, changed_posts, compare, replay

FILE = "airline_sentiment_en.jsonl"
SEED = 20261122
BATCH = 2_000
"""Posts the inbox and the reader take at a time."""
PIECE = 50_000
"""Posts of which a past is built at a time, as from a table."""
SAMPLE = 20_000
PAGE = 100
"""Changed posts that are shown with their reasons."""
COLUMNS = "columns, from rows of readings and contexts"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
RESULTS = Path(__file__).with_name("RESULTS.md")
Result = TypeVar("Result")


class Stages:
    """How long each stage took, in seconds of this process on its core."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def time(self, name: str, work: Callable[[], Result]) -> Result:
        start = time.process_time()
        result = work()
        self.seconds[name] = self.seconds.get(name, 0.0) + time.process_time() - start
        return result


def main() -> None:
    arguments = argparse.ArgumentParser(prog="./run bench replay", description=__doc__)
    arguments.add_argument("--data", type=Path, required=True, help=f"folder that holds {FILE}")
    arguments.add_argument("--posts", type=int, default=1_000_000)
    arguments.add_argument("--write", action="store_true", help="put the table into bench/RESULTS.md")
    options = arguments.parse_args()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    texts = [json.loads(line)["text"] for line in (options.data / FILE).read_text("utf-8").splitlines()]
    plans = (read_plan("airline"), halved(read_plan("airline")))
    stages = Stages()
    reader = FastReader()
    reader.read(texts[:BATCH], ["en"] * BATCH)
    pieces = [stages.time("read", partial(read_out, reader, part)) for part in parts_of(texts)]
    speed = len(texts) / stages.seconds.pop("read")

    began = time.perf_counter()
    past, drawing = made_up(pieces, options.posts, stages)
    found = replayed(past, plans, stages)
    wall = time.perf_counter() - began - drawing
    baseline, sample = one_by_one(past, plans)
    table = report(stages, options.posts, speed, reader.model, wall, baseline, sample, found)
    print("\n".join(table))
    if options.write:
        write(table)


def halved(plan: Plan) -> Plan:
    """The new plan: half the followers make a large reach, and amber is answered in half the time."""
    levels = tuple(
        level.model_copy(update={"followers": {network: n // 2 for network, n in level.followers.items()}})
        for level in plan.reach
    )
    targets = tuple(
        target.model_copy(update={"first_answer": target.first_answer / 2}) if target.degree == "amber" else target
        for target in plan.targets
    )
    return plan.model_copy(update={"version": f"{plan.version}-halved", "reach": levels, "targets": targets})


def parts_of(texts: list[str]) -> list[list[str]]:
    return [texts[at : at + BATCH] for at in range(0, len(texts), BATCH)]


def read_out(reader: FastReader, texts: list[str]) -> Readings:
    return reader.read(texts, ["en"] * len(texts))


def made_up(pieces: list[Readings], posts: int, stages: Stages) -> tuple[Past, float]:
    """The year, and how long it took to make it up (nobody who has posts has to)."""
    draw = np.random.default_rng(SEED)
    real = Past.joined([Past.of([""] * len(r), r, Contexts([Context(received_at=NOW)] * len(r))) for r in pieces])
    past, drawing = [], 0.0
    for at in range(0, posts, PIECE):
        start = time.perf_counter()
        count = min(PIECE, posts - at)
        readings, _contexts = real.rows(draw.integers(0, len(real), count))
        contexts = Contexts(contexts_of(draw, count))
        ids = [f"post-{at + i}" for i in range(count)]
        decided = draw.choice([-2, -1, 0, 1, 2], count, p=[0.8, 0.08, 0.08, 0.03, 0.01]).astype(np.int8)
        answered = [
            row.received_at + timedelta(minutes=minutes) if minutes < 2_000 else None
            for row, minutes in zip(contexts.rows, draw.exponential(600, count).tolist(), strict=True)
        ]
        drawing += time.perf_counter() - start
        past.append(
            stages.time(COLUMNS, partial(Past.of, ids, readings, contexts, decided=decided, answered_at=answered))
        )
    return stages.time(COLUMNS, lambda: Past.joined(past)), drawing


def contexts_of(draw: np.random.Generator, count: int) -> list[Context]:
    """Authors, times and speeds: most authors are small, most posts come by day and on weekdays."""
    hours = np.arange(24)
    by_hour = 1 + 4 * np.exp(-(((hours - 12) / 4) ** 2)) + 5 * np.exp(-(((hours - 20) / 3) ** 2))
    days = draw.choice(365, count, p=(weight := np.where(np.arange(365) % 7 < 5, 1.0, 0.7)) / weight.sum())
    seconds = draw.choice(24, count, p=by_hour / by_hour.sum()) * 3600 + draw.integers(0, 3600, count)
    columns = zip(
        days.tolist(),
        seconds.tolist(),
        draw.choice(
            ["x", "instagram", "facebook", "tiktok", "google"], count, p=[0.45, 0.25, 0.15, 0.1, 0.05]
        ).tolist(),
        np.minimum(draw.lognormal(5.5, 2.2, count), 5e7).astype(int).tolist(),
        draw.geometric(0.85, count).tolist(),
        (draw.pareto(1.5, count) * 0.5).astype(int).tolist(),
        (draw.random(count) < 0.01).tolist(),
        strict=True,
    )
    first = datetime(2025, 1, 1, tzinfo=UTC)
    return [
        Context(
            received_at=first + timedelta(days=day, seconds=second),
            about=("brand",),
            network=network,
            followers=followers,
            repeat_contact=contacts - 1,
            shares=shares,
            shares_per_hour=shares / 2,
            open_promise=promise,
        )
        for day, second, network, followers, contacts, shares, promise in columns
    ]


def replayed(past: Past, plans: tuple[Plan, Plan], stages: Stages) -> Difference:
    before = stages.time("replay, plan in force", lambda: replay(past, plans[0]))
    after = stages.time("replay, new plan", lambda: replay(past, plans[1]))
    found = stages.time("the difference, in sum", lambda: compare(past, before, after, plans=plans))
    rows = stages.time("which posts change", lambda: changed(past, before, after))
    page = partial(changed_posts, past, rows[:PAGE], before, after, plans)
    stages.time(f"{PAGE} changed posts, with reasons", page)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "year.npz"
        stages.time("besides: past into a file", lambda: past.save(file))
        stages.time("besides: past out of the file", lambda: Past.load(file))
    return found


def one_by_one(past: Past, plans: tuple[Plan, Plan]) -> tuple[float, int]:
    """Seconds of `judge()` for both plans over a sample, batch by batch; its lights must be those of the replay."""
    rows = np.linspace(0, len(past) - 1, min(SAMPLE, len(past))).astype(np.intp)
    sample, seconds = past.take(rows), 0.0
    for plan in plans:
        ranks = replay(sample, plan).light
        for at in range(0, len(sample), BATCH):
            readings, contexts = sample.rows(range(at, min(at + BATCH, len(sample))))
            start = time.process_time()
            found = judge(readings, contexts, plan, NOW)
            seconds += time.process_time() - start
            expected = [LIGHTS[rank] if rank >= 0 else None for rank in ranks[at : at + BATCH]]
            if list(found.light) != expected:
                raise SystemExit(f"{plan.id}: the replay and the inbox do not agree on posts {at} and following")
    return seconds, len(sample)


def report(
    stages: Stages, posts: int, speed: float, model: str, wall: float, baseline: float, sample: int,
    found: Difference,
) -> list[str]:  # fmt: skip
    work = {name: s for name, s in stages.seconds.items() if not name.startswith("besides")}
    whole, plain = sum(work.values()), baseline / sample * posts
    judged = work["replay, plan in force"] + work["replay, new plan"]
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lights = {
        name: (sum(found.lights[i]), sum(row[i] for row in found.lights)) for i, name in enumerate(("none", *LIGHTS))
    }
    told = " · ".join(f"{name} {before:,} → {after:,}" for name, (before, after) in lights.items())
    rows = [*work.items(), ("**all of these**", whole), *((n, s) for n, s in stages.seconds.items() if n not in work)]
    return [
        f"`./run bench replay --data DIR --write`: {posts:,} posts, {found.plan_before} against {found.plan_after}",
        "(half the followers make a large reach, amber is answered in half the time), one core, processor time. Real:",
        f"{FILE.removesuffix('.jsonl')}'s texts, read by {model}; synthetic, with a fixed seed: their number",
        "(each stands there many times), followers, networks, times over a year, contacts, shares, decisions, answers.",
        f"Machine: {platform.machine()}, Python {platform.python_version()}, shared cores.",
        "",
        "| stage | s |",
        "|---|---|",
        *(f"| {name} | {seconds:.2f} |" for name, seconds in rows),
        f"| baseline: `judge()` in batches of {BATCH:,}, both plans, {sample:,} posts | {baseline:.2f} |",
        f"| baseline, extrapolated to {posts:,} posts | {plain:,.0f} |",
        "",
        f"By the clock on the wall, with other work on the machine: {wall:.0f} s, files included. Judging alone:",
        f"{judged:.2f} s for both plans, {plain / judged:,.0f} times as fast as the baseline, which also puts together",
        f"the reasons of every post; on its {sample:,} posts both give the same lights. Before that, and once a model",
        f"version, the texts are read: {speed:,.0f} distinct texts/s in the same run. Memory held at most: {held:,.0f}",
        f"MB. Changed: {found.changed:,} posts; {told}.",
    ]


def write(table: list[str]) -> None:
    """Puts the section in the place of the one that stood there, and leaves the others alone."""
    old = RESULTS.read_text("utf-8")
    rest = re.sub(r"^## replay \(.*?(?=^## |\Z)", "", old, flags=re.MULTILINE | re.DOTALL).rstrip()
    section = [f"## replay ({datetime.now(UTC):%Y-%m-%d})", "", *table]
    RESULTS.write_text("\n".join([rest, "", *section]) + "\n", "utf-8")


if __name__ == "__main__":
    main()
