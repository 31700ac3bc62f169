"""Cross-validation by sector: a post is judged by heads, calibration and thresholds that never saw its sector."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from sereno.engine.context import Context, Contexts
from sereno.engine.judge import judge
from sereno.engine.plan.load import read_plan
from sereno.engine.read import Readings
from sereno.engine.reading.fast import FastReader
from sereno.engine.reading.features import prefix_sums
from sereno.engine.reading.layout import lay_out
from sereno.engine.reading.lexicon import columns, load_lexicon
from sereno.engine.reading.linear import Weights, dense_columns
from training.calibration import calibrate
from training.corpora import Row
from training.heads import fit_heads, to_integers

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Fold:
    weights: Weights
    held_out: list[int]


@dataclass(frozen=True)
class HeldOut:
    """What held-out seeds were read as, in the order of the seeds."""

    rows: Sequence[Row]
    readings: list[Readings]
    """One post each."""
    lights: list[str | None]

    def of(self, chosen: Iterable[int]) -> HeldOut:
        """Some of them."""
        places = list(chosen)
        return HeldOut(
            [self.rows[i] for i in places], [self.readings[i] for i in places], [self.lights[i] for i in places]
        )


def folds_of(rows: Sequence[Row], count: int = 5) -> list[list[int]]:
    sectors = sorted({row.group for row in rows})
    return [[i for i, row in enumerate(rows) if sectors.index(row.group) % count == fold] for fold in range(count)]


def score_held_out(
    table: sparse.csr_matrix, kept: NDArray[np.int64], rows: Sequence[Row], own: int
) -> tuple[list[Fold], NDArray[np.float64]]:
    """Heads fitted without each fold in turn, and the raw scores they give to it."""
    folds, scores = [], None
    for held_out in folds_of(rows[:own]):
        out = set(held_out)
        used = [i for i in range(len(rows)) if i not in out]
        weights = to_integers(fit_heads(table[used], [rows[i] for i in used]), kept, {})
        part = raw_scores(weights, [rows[i] for i in held_out])
        scores = np.zeros((own, part.shape[1])) if scores is None else scores
        scores[held_out] = part
        folds.append(Fold(weights, held_out))
    assert scores is not None
    return folds, scores


def raw_scores(weights: Weights, rows: Sequence[Row]) -> NDArray[np.float64]:
    layout = lay_out([row.text for row in rows])
    sums = prefix_sums(layout)
    hits = load_lexicon().scan(layout, sums, [row.lang for row in rows])
    return weights.scores(layout, weights.known(layout, sums), dense_columns(layout, columns(hits, len(rows))))


def read_held_out(folds: Sequence[Fold], scores: NDArray[np.float64], rows: Sequence[Row]) -> HeldOut:
    plan = read_plan("starter")
    readings: list[Readings | None] = [None] * len(rows)
    lights: list[str | None] = [None] * len(rows)
    for fold in folds:
        out = set(fold.held_out)
        others = [i for i in range(len(rows)) if i not in out]
        heads = calibrate(scores[others], [rows[i] for i in others])
        reader = FastReader(dataclasses.replace(fold.weights, heads=heads, version="held-out"))
        read = reader.read([rows[i].text for i in fold.held_out], [rows[i].lang for i in fold.held_out])
        contexts = Contexts([Context(received_at=NOON, about=("brand",)) for _ in fold.held_out])
        judged = judge(read, contexts, plan, NOON)
        for place, i in enumerate(fold.held_out):
            readings[i] = one(read, place)
            lights[i] = judged.text_light[place]
    return HeldOut(rows, [each for each in readings if each is not None], lights)


def one(readings: Readings, i: int) -> Readings:
    parts = {f.name: getattr(readings, f.name)[i : i + 1] for f in dataclasses.fields(readings) if f.name != "model"}
    return Readings(model=readings.model, **parts)
