"""Speed and memory of each reader beside VADER, over the same texts: ./run bench readers [--data DIR] [--write]

Every reader has a process of its own, all of them on one core; a round asks each in turn, so that other work on the
machine falls on all alike; what counts is the processor's time. Medians of the rounds. Without DIR the texts are the
seeds.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import IO, Any

ROUNDS = 9
BATCH = 2000
FILE = "airline_sentiment_en.jsonl"
ROOT = Path(__file__).resolve().parent.parent
RESULTS = Path(__file__).with_name("RESULTS.md")

Read = Callable[[Sequence[str]], object]


def vader() -> Read:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyzer = SentimentIntensityAnalyzer()
    return lambda texts: [analyzer.polarity_scores(text) for text in texts]


def fast(accelerate: bool, *, evidence: bool = False) -> Read:
    from sereno.engine.reading.fast import FastReader

    reader = FastReader(accelerate=accelerate)
    asked = "accelerated" if accelerate else "plain"
    if reader.path != asked:
        raise SystemExit(f"the {asked} path does not work here; pip install 'sereno[accelerated]'")

    def read(texts: Sequence[str]) -> object:
        readings = reader.read(texts, [None] * len(texts))
        return list(readings.evidence) if evidence else readings

    return read


def careful() -> Read:
    """Whole: words, fast scores, encoder and layers. The encoder runs in this process, so that its time is counted."""
    from sereno.careful.encoder import PackagedEncoder
    from sereno.engine.reading.careful import CarefulReader, encoder_checksum

    class Here(PackagedEncoder):
        version = encoder_checksum()

    reader = CarefulReader(Here())
    return lambda texts: reader.read(texts, [None] * len(texts))


READERS: dict[str, Callable[[], Read]] = {
    "VADER": vader,
    "fast, plain": lambda: fast(False),
    "fast, accelerated": lambda: fast(True),
    "fast, plain, all evidence asked for": lambda: fast(False, evidence=True),
    "fast, accelerated, all evidence asked for": lambda: fast(True, evidence=True),
    "careful": careful,
}
POSTS: dict[str, int] = {"careful": 400}
"""Readers that are slow read only so many of the texts in a round, spread over all of them; the others read all."""


def main() -> None:
    arguments = argparse.ArgumentParser(prog="./run bench readers", description=__doc__)
    arguments.add_argument("--data", type=Path, help=f"folder that holds {FILE}; the seeds where it is not given")
    arguments.add_argument("--write", action="store_true", help="put the table into bench/RESULTS.md")
    arguments.add_argument("--only", choices=READERS, help=argparse.SUPPRESS)  # what each process is started with
    options = arguments.parse_args()
    texts = texts_of(options.data)
    if options.only:
        serve(READERS[options.only], texts[:: max(1, len(texts) // POSTS.get(options.only, len(texts)))])
        return
    core = max(os.sched_getaffinity(0))
    table = measured(options.data, core)
    print("\n".join(table))
    if options.write:
        write(table, len(texts), options.data)


def texts_of(folder: Path | None) -> list[str]:
    paths = [folder / FILE] if folder else sorted((ROOT / "seeds").glob("*/*.jsonl"))
    return [json.loads(line)["text"] for path in paths for line in path.read_text("utf-8").splitlines()]


def serve(make: Callable[[], Read], texts: Sequence[str]) -> None:
    """In the reader's process: one line of figures for the start, then one for each line that comes in."""
    before = memory()
    start = time.perf_counter()
    read = make()
    read(texts[:BATCH])
    tell({"start": time.perf_counter() - start, "memory": memory() - before})
    for _ in sys.stdin:
        start = time.process_time()
        for at in range(0, len(texts), BATCH):
            read(texts[at : at + BATCH])
        tell({"speed": len(texts) / (time.process_time() - start), "memory": memory() - before})


def memory() -> float:
    """The most that this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def tell(figures: dict[str, float]) -> None:
    print(json.dumps(figures), flush=True)


def measured(folder: Path | None, core: int) -> list[str]:
    asked = [] if folder is None else ["--data", str(folder)]
    started: dict[str, subprocess.Popen[str]] = {}
    starts: dict[str, float] = {}
    rounds: dict[str, list[dict[str, float]]] = {name: [] for name in READERS}
    for name in READERS:
        started[name] = subprocess.Popen(
            [sys.executable, __file__, "--only", name, *asked],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            preexec_fn=lambda: os.sched_setaffinity(0, {core}),
        )  # fmt: skip
        starts[name] = answer(started[name])["start"]
    for _ in range(ROUNDS):
        for name, process in started.items():
            pipe(process.stdin).write("go\n")
            pipe(process.stdin).flush()
            rounds[name].append(answer(process))
    for process in started.values():
        pipe(process.stdin).close()
        process.wait()
    base = median(each["speed"] for each in rounds["VADER"])
    table = ["| | posts/s | × VADER | memory, MB | loading and first batch, s |", "|---|---|---|---|---|"]
    for name, figures in rounds.items():
        speed = median(each["speed"] for each in figures)
        table.append(
            f"| {name} | {speed:,.0f} | {speed / base:.2f} | {figures[-1]['memory']:.0f} | {starts[name]:.1f} |"
        )
    return table


def pipe(stream: IO[str] | None) -> IO[str]:
    if stream is None:
        raise RuntimeError("a process was started without pipes")
    return stream


def answer(process: subprocess.Popen[str]) -> dict[str, Any]:
    line = pipe(process.stdout).readline()
    if not line:
        raise SystemExit(f"{process.args} ended early")
    return dict(json.loads(line))


def write(table: Sequence[str], count: int, folder: Path | None) -> None:
    """Puts the section in the place of the one that stood there, and leaves the others alone."""
    command = "./run bench readers --data DIR --write" if folder else "./run bench readers --write"
    machine = f"{platform.machine()}, Python {platform.python_version()}, shared cores"
    name = "readers" if folder else "readers on the seeds"
    section = [
        f"## {name} ({datetime.now(UTC):%Y-%m-%d})",
        "",
        f"`{command}`: {count:,} {'airline tweets' if folder else 'seeds'} in batches of {BATCH:,}, a process each,",
        f"all on one core; medians of {ROUNDS} interleaved rounds, by processor time. Memory is what a process held at",
        f"most, without interpreter and texts. Machine: {machine}. Ratios hold, absolute figures",
        "drift with the machine's other work.",
        "",
        *table,
        "",
    ]
    old = RESULTS.read_text("utf-8")
    rest = re.sub(rf"^## {name} \(.*?(?=^## |\Z)", "", old, flags=re.MULTILINE | re.DOTALL).rstrip()
    RESULTS.write_text(rest + "\n\n" + "\n".join(section), "utf-8")


if __name__ == "__main__":
    main()
