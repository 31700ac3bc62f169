"""Posts per second of `sereno triage` beside VADER, on the same file, in one run: ./run bench triage --data DIR

Three measures, interleaved, medians of the rounds: VADER's score of every text; everything that triage does inside one
process once it is warm (decode, match, read, judge, encode); and the whole process, with its start.
"""

from __future__ import annotations

import argparse
import platform
import re
import subprocess
import sys
import time
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from statistics import median

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from sereno.commands.output import Row, jsonl
from sereno.commands.triage import Triage, batches
from sereno.engine.plan.load import read_plan
from sereno.engine.post import decode
from sereno.engine.reading.fast import FastReader

ROUNDS = 5
FILE = "airline_sentiment_en.jsonl"


def main() -> None:
    arguments = argparse.ArgumentParser(prog="./run bench triage", description=__doc__)
    arguments.add_argument("--data", type=Path, required=True, help=f"folder that holds {FILE}")
    arguments.add_argument("--write", action="store_true", help="put the table into bench/RESULTS.md")
    options = arguments.parse_args()
    file = options.data / FILE
    lines = file.read_bytes().splitlines()
    texts = [decode(line).text for line in lines]
    vader = SentimentIntensityAnalyzer()
    triage = Triage(read_plan("airline"), FastReader(), every=True, language="en", zone=UTC, now=datetime.now(UTC))
    reader = FastReader()
    reader.read(texts[:2000], [None] * 2000)
    inside(triage, lines[:2000])

    rounds: dict[str, list[float]] = {
        "VADER, score only": [],
        "reader only": [],
        "triage --all, inside": [],
        "triage --all, whole process": [],
    }
    for _ in range(ROUNDS):
        rounds["VADER, score only"].append(speed(len(lines), lambda: [vader.polarity_scores(text) for text in texts]))
        rounds["reader only"].append(speed(len(lines), lambda: read_all(reader, texts)))
        rounds["triage --all, inside"].append(speed(len(lines), lambda: inside(triage, lines)))
        rounds["triage --all, whole process"].append(speed(len(lines), lambda: whole(file)))
    base = median(rounds["VADER, score only"])
    table = ["| | posts/s | × VADER |", "|---|---|---|"]
    table += [f"| {name} | {median(each):,.0f} | {median(each) / base:.2f} |" for name, each in rounds.items()]
    print("\n".join(table))
    if options.write:
        write(table, len(lines))


def speed(count: int, work: object) -> float:
    start = time.perf_counter()
    work()  # type: ignore[operator]
    return count / (time.perf_counter() - start)


def read_all(reader: FastReader, texts: list[str]) -> None:
    for at in range(0, len(texts), 2000):
        part = texts[at : at + 2000]
        reader.read(part, [None] * len(part))


def inside(triage: Triage, lines: list[bytes]) -> None:
    out = jsonl(BytesIO())
    for batch in batches(lines):
        out([row for row in triage.rows(batch) if isinstance(row, Row)])


def whole(file: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "sereno.cli",
        "triage",
        str(file),
        "--plan",
        "airline",
        "--all",
        "--format",
        "jsonl",
    ]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)


def write(table: list[str], count: int) -> None:
    """Puts the section `triage` in the place of the one that stood there, and leaves the others alone."""
    machine = f"{platform.machine()}, Python {platform.python_version()}, shared cores"
    head = [f"## triage ({datetime.now(UTC):%Y-%m-%d})", ""]
    told = [
        f"`./run bench triage --data DIR --write`: {count:,} airline tweets, one core; medians of {ROUNDS}",
        f"interleaved rounds. Machine: {machine}. Ratios hold, absolute figures drift with the machine's other work.",
        "",
    ]
    path = Path(__file__).with_name("RESULTS.md")
    rest = re.sub(r"^## triage .*?(?=^## |\Z)", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL).rstrip()
    path.write_text("\n".join([rest, "", *head, *told, *table]) + "\n", "utf-8")


if __name__ == "__main__":
    main()
