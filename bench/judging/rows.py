"""The rows of the table: what is measured on which posts, its figure and its goal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.judging.answers import NONE, YES, Answers
from bench.judging.scores import (
    DRAWS,
    Figure,
    confusion,
    f1_of,
    interval,
    macro_f1,
    per_thousand,
    precision_in_mix,
    precision_of,
    recall_of,
)
from bench.judging.unseen import Split

LANGUAGES = ("en", "es", "pl")
READERS = ("VADER", "TextBlob", "TF-IDF", "fast", "careful")
OURS = ("careful", "fast")
"""Whoever of them has an answer, the first first, is held to the goal."""


@dataclass(frozen=True)
class Measure:
    """One row of the table before anybody was asked."""

    title: str
    task: str
    posts: Sequence[int]
    figure: Figure
    goal: float | None = None
    at_most: bool = False
    """The goal is an upper line."""
    counts: bool = False
    """The figure is a number of posts, no share."""
    also: Sequence[str] = ()


@dataclass(frozen=True)
class Cell:
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Measured:
    measure: Measure
    cells: Mapping[str, Cell]
    """By reader; one that has no answer to the task is absent."""

    @property
    def met(self) -> bool | None:
        """None where there is no goal, or nobody of ours was asked."""
        own = next((self.cells[name] for name in OURS if name in self.cells), None)
        if own is None or self.measure.goal is None:
            return None
        return own.value <= self.measure.goal if self.measure.at_most else own.value >= self.measure.goal


def measured(measure: Measure, truth: Answers, said: Mapping[str, Answers], draws: int = DRAWS) -> Measured:
    true = truth.at(measure.task, measure.posts)
    assert true is not None
    cells = {}
    for name, answers in said.items():
        read = answers.at(measure.task, measure.posts)
        if read is None or not true:
            continue
        table = confusion(true, read, measure.also)
        cells[name] = Cell(float(measure.figure(table)), *interval(table, measure.figure, draws))
    return Measured(measure, cells)


def of_table(split: Split, truth: Answers) -> list[Measure]:
    """The goals of the project, on posts held out: seeds of each language, and public English complaints."""
    xci = range(split.seeds, split.judged)
    known = [i for i in xci if not split.of_new_domain(i)]
    new = [i for i in xci if split.of_new_domain(i)]
    own = {code: [i for i in range(split.seeds) if split.rows[i].lang == code] for code in LANGUAGES}
    rows = [
        Measure("complaint, en, X-CI, domain known · macro-F1", "complaint", known, macro_f1, 0.88),
        Measure("complaint, en, X-CI, domain never seen · macro-F1", "complaint", new, macro_f1, 0.82),
    ]
    goals = {"en": None, "es": 0.85, "pl": 0.85}
    rows += [Measure(f"complaint, {c}, seeds · macro-F1", "complaint", own[c], macro_f1, goals[c]) for c in LANGUAGES]
    rows += [Measure(f"kind, 7 classes, {c} · macro-F1", "kind", own[c], macro_f1, 0.70) for c in LANGUAGES]
    reproachful = [i for i in xci if truth.of["severity"][i]]
    rows.append(Measure("severity, 4 classes, en, X-CI · macro-F1", "severity", reproachful, macro_f1, 0.50))
    for c in LANGUAGES:
        complaints = [i for i in own[c] if truth.of["severity"][i]]
        rows.append(Measure(f"severity, 4 classes, {c}, seeds · macro-F1", "severity", complaints, macro_f1, 0.50))
    rows += [Measure(f"text light, 4 classes, {c} · macro-F1", "light", own[c], macro_f1, 0.65) for c in LANGUAGES]
    for c in LANGUAGES:
        rows += red_rows(c, own[c], truth)
    rows += [Measure(f"risk, any against none, {c} · F1", "risk", own[c], f1_of(YES), 0.85) for c in LANGUAGES]
    rows += [Measure(f"hostile, {c} · macro-F1", "hostile", own[c], macro_f1, 0.80) for c in LANGUAGES]
    for c in LANGUAGES:
        rows.append(Measure(f"polarity, {c} · macro-F1", "polarity", own[c], macro_f1))
    for c in LANGUAGES:
        rows.append(Measure(f"call to action, {c} · F1", "call_to_action", own[c], f1_of(YES)))
    for c in LANGUAGES:
        rows.append(Measure(f"topic, 14 classes, {c} · macro-F1", "topic", own[c], macro_f1))
    return rows


def red_rows(code: str, posts: Sequence[int], truth: Answers) -> list[Measure]:
    also = ("red",)
    ordinary = [i for i in posts if truth.of["light"][i] in (NONE, "green")]
    return [
        Measure(f"red, {code} · recall", "light", posts, recall_of("red"), 0.90, also=also),
        Measure(f"red, {code} · precision where one in eight is red", "light", posts, precision_in_mix("red"), 0.60,
                also=also),
        Measure(f"red, {code} · precision in the seeds as they are", "light", posts, precision_of("red"), also=also),
        Measure(f"false reds per 1,000 seeds that are dark or green, {code}", "light", ordinary, per_thousand("red"),
                5.0, at_most=True, counts=True, also=also),
    ]  # fmt: skip


def lines(rows: Sequence[Measured]) -> list[str]:
    """The table as Markdown."""
    head = ["| | posts | " + " | ".join(READERS) + " | goal | met |", "|---|---|" + "---|" * (len(READERS) + 2)]
    return head + [_line(row) for row in rows]


def _line(row: Measured) -> str:
    goal = row.measure.goal
    asked = (
        "" if goal is None else f"{'≤' if row.measure.at_most else '≥'} {goal:{'.0f' if row.measure.counts else '.2f'}}"
    )
    met = {None: "", True: "yes", False: "no"}[row.met]
    cells = [_cell(row.cells.get(name), row.measure.counts) for name in READERS]
    return f"| {row.measure.title} | {len(row.measure.posts):,} | {' | '.join(cells)} | {asked} | {met} |"


def _cell(cell: Cell | None, counts: bool) -> str:
    if cell is None:
        return "–"
    if counts:
        return f"{cell.value:.1f} ({cell.low:.0f}–{cell.high:.0f})"
    return f"{cell.value:.3f} ({cell.low:.2f}–{cell.high:.2f})"
