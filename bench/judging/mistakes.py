"""The costliest mistakes of each language, to be read by people: seeds only, since they are ours to print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.judging.answers import NONE, Answers, answers_of
from bench.judging.scores import confusion
from sereno.engine.read import Readings
from training.crossval import HeldOut

MOST = 20
COSTS = (
    ("a red post stays dark", "red", NONE),
    ("a red post is green", "red", "green"),
    ("a dark post is red", NONE, "red"),
    ("a green post is red", "green", "red"),
)
"""What was wrong, truth and reading of the light; the costliest first."""
KIND = "another kind"
LIGHTS = (NONE, "green", "amber", "red")


@dataclass(frozen=True)
class Mistake:
    place: int
    what: str
    sure: float
    """How sure the reader was of it: minus the raw score of red for a red that was missed, the score itself for a false
    red, the probability of the kind for another kind."""


def worst(held: HeldOut, truth: Answers, red: NDArray[np.float64], code: str, most: int = MOST) -> list[Mistake]:
    """By cost, then by how sure the reader was. `red`: a raw score of red for each row."""
    said = answers_of(held.readings, held.lights)
    found: list[tuple[int, Mistake]] = []
    for i, row in enumerate(held.rows):
        if row.lang != code or row.weight != 1.0:
            continue
        lights = truth.of["light"][i], said.of["light"][i]
        cost = next((n for n, (_, true, read) in enumerate(COSTS) if lights == (true, read)), None)
        if cost is not None:
            found.append((cost, Mistake(i, COSTS[cost][0], float(-red[i] if lights[0] == "red" else red[i]))))
        elif truth.of["kind"][i] != said.of["kind"][i]:
            found.append((len(COSTS), Mistake(i, KIND, float(held.readings[i].kind_probability[0]))))
    return [mistake for _, mistake in sorted(found, key=lambda each: (each[0], -each[1].sure))[:most]]


def write(folder: Path, name: str, held: HeldOut, truth: Answers, red: NDArray[np.float64]) -> list[Path]:
    """One file a language; returns them."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for code in ("en", "es", "pl"):
        path = folder / f"mistakes-{code}.md"
        path.write_text("\n".join(page(name, held, truth, red, code)) + "\n", "utf-8")
        paths.append(path)
    return paths


def page(name: str, held: HeldOut, truth: Answers, red: NDArray[np.float64], code: str) -> list[str]:
    said = answers_of(held.readings, held.lights)
    own = [i for i, row in enumerate(held.rows) if row.lang == code and row.weight == 1.0]
    mistakes = worst(held, truth, red, code)
    told = [
        f"# The {len(mistakes)} costliest mistakes, {code}",
        "",
        f"Of {name}, held out, on {len(own):,} seeds (CC0). By cost (a red post that stays dark or green, then a false",
        "red, then another kind), and within it the surest first.",
        "",
        "## Lights: truth down, reading across",
        "",
        *grid(truth.at("light", own) or [], said.at("light", own) or []),
        "",
        "## Mistakes",
        "",
        "| | what | text | truth | reading | words that spoke |",
        "|---|---|---|---|---|---|",
    ]
    for number, each in enumerate(mistakes, 1):
        row, reading = held.rows[each.place], held.readings[each.place]
        labels = row.labels
        true = f"{labels['kind']}, {labels['light'] or NONE}, risk {labels['risk']}"
        read = f"{reading.kind[0]} ({reading.kind_probability[0]:.2f}), {held.lights[each.place] or NONE}, "
        read += f"risk {', '.join(reading.risks[0]) or NONE}"
        if reading.claims[0]:
            read += f"; {', '.join(sorted(reading.claims[0]))}"
        cells = [str(number), each.what, row.text, f"{row.group}: {true}", read, spoken(row.text, reading)]
        told.append("| " + " | ".join(_plain(cell) for cell in cells) + " |")
    return told


def grid(truth: Sequence[str], read: Sequence[str]) -> list[str]:
    table = confusion(truth, read, LIGHTS)
    place = [table.labels.index(light) for light in LIGHTS]
    lines = ["| | " + " | ".join(LIGHTS) + " |", "|---|" + "---|" * len(LIGHTS)]
    for light, at in zip(LIGHTS, place, strict=True):
        lines.append(f"| {light} | " + " | ".join(f"{table.counts[at, other]:.0f}" for other in place) + " |")
    return lines


def spoken(text: str, reading: Readings) -> str:
    by_signal: dict[str, list[str]] = {}
    for each in reading.evidence[0]:
        by_signal.setdefault(each.signal, []).append(text[each.start : each.end])
    return "; ".join(f"{signal}: {', '.join(dict.fromkeys(words))}" for signal, words in sorted(by_signal.items()))


def _plain(cell: str) -> str:
    return " ".join(cell.split()).replace("|", "\\|")
