"""From raw scores of posts the heads have not seen: calibration and thresholds, per language where data allow."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from sereno.engine.reading.linear import Head
from training.corpora import Row
from training.heads import FIRST, LABELS

LANGUAGES = ("en", "es", "pl")
Floats = NDArray[np.float64]


def calibrate(scores: Floats, rows: Sequence[Row]) -> dict[str, Head]:
    """One head each; `rows` are seeds, `scores` their held-out scores."""
    return {name: _binary(name, scores, rows) if len(labels) == 1 else _several(name, scores, rows)
            for name, labels in LABELS.items()}  # fmt: skip


def _known(name: str, rows: Sequence[Row]) -> list[int]:
    return [i for i, row in enumerate(rows) if name in row.labels]


def _binary(name: str, scores: Floats, rows: Sequence[Row]) -> Head:
    known = _known(name, rows)
    x = scores[known, FIRST[name]]
    y = np.array([bool(rows[i].labels[name]) for i in known])
    languages = np.array([rows[i].lang for i in known])
    slope: dict[str, float] = {}
    offset: dict[str, tuple[float, ...]] = {}
    threshold: dict[str, float] = {}
    for code in ("*", *LANGUAGES):
        of = np.full(len(y), True) if code == "*" else languages == code
        if y[of].sum() < 10:
            continue
        platt = LogisticRegression(C=1e4).fit(x[of, None], y[of])
        a, b = float(platt.coef_[0, 0]), float(platt.intercept_[0])
        if a <= 0.05:
            continue
        slope[code], offset[code] = round(a, 6), (round(b, 6),)
        p = 1 / (1 + np.exp(-(x[of] * a + b)))
        threshold[code] = _best_line(p, y[of], both=name in ("complaint", "weighty", "hostile"))
    head = Head(name, LABELS[name], FIRST[name], slope, offset, threshold)
    # few positives in a language: its own line is shrunk towards the common one
    common = threshold["*"]
    return Head(head.name, head.labels, head.first, slope, offset,
                {code: round((line + common) / 2, 4) for code, line in threshold.items()})  # fmt: skip


def _best_line(p: Floats, y: NDArray[np.bool_], *, both: bool) -> float:
    """The line with the best F1 (of yes, or of both); the middle of the plateau around it."""
    lines = np.arange(0.05, 0.95, 0.01)
    said = p[None, :] >= lines[:, None]
    hits, said_yes, true = (said & y).sum(axis=1), said.sum(axis=1), y.sum()
    f1 = 2 * hits / np.maximum(said_yes + true, 1)
    if both:
        hits_no = (~said & ~y).sum(axis=1)
        f1 = (f1 + 2 * hits_no / np.maximum(2 * len(y) - said_yes - true, 1)) / 2
    smooth = np.convolve(np.pad(f1, 3, mode="edge"), np.ones(7) / 7, mode="valid")
    return float(lines[int(smooth.argmax())])


def _several(name: str, scores: Floats, rows: Sequence[Row]) -> Head:
    known = _known(name, rows)
    labels = LABELS[name]
    own = scores[known, FIRST[name] : FIRST[name] + len(labels)]
    y = np.array([labels.index(rows[i].labels[name]) for i in known])
    slope = _temperature(own, y)
    offset = np.zeros(len(labels))
    for step in (0.5, 0.25, 0.25, 0.1):
        for j in range(len(labels)):
            offset[j] = max(
                (offset[j] + d * step for d in (0, -1, 1, -2, 2)),
                key=lambda value, j=j: _macro(own * slope, _with(offset, j, value), y),  # type: ignore[misc]
            )
    plain = {"*": slope}
    return Head(name, labels, FIRST[name], plain, {"*": tuple(np.round(offset, 4).tolist())}, {"*": 0.5})


def _with(offset: Floats, j: int, value: float) -> Floats:
    changed = offset.copy()
    changed[j] = value
    return changed


def _macro(z: Floats, offset: Floats, y: NDArray[np.int64]) -> float:
    # a pull towards no offset at all, so that noise does not choose
    return float(f1_score(y, (z + offset).argmax(axis=1), average="macro")) - 0.004 * float(np.abs(offset).sum())


def _temperature(own: Floats, y: NDArray[np.int64]) -> float:
    def loss(slope: float) -> float:
        z = own * slope
        z = z - z.max(axis=1, keepdims=True)
        return float(-(z[np.arange(len(y)), y] - np.log(np.exp(z).sum(axis=1))).mean())

    return round(min(np.arange(0.1, 3.0, 0.05).tolist(), key=loss), 4)
