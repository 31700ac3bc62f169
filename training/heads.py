"""Fits every linear head, and turns the fits into integer weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from sereno.engine.read import KINDS, POLARITIES, RISKS, SEVERITIES, TOPICS
from sereno.engine.reading.features import BUCKETS
from sereno.engine.reading.linear import DENSE, FIXED, Head, Weights
from training.corpora import Row

LABELS: dict[str, tuple[str, ...]] = {
    "kind": KINDS, "complaint": ("yes",), "polarity": POLARITIES, "severity": SEVERITIES, "hostile": ("yes",),
    "call_to_action": ("yes",), **{f"risk.{risk}": ("yes",) for risk in RISKS}, "risk.any": ("yes",), "topic": TOPICS,
    "red": ("yes",), "weighty": ("yes",), "claims.fraud_system": ("yes",), "claims.legal_filed": ("yes",),
}  # fmt: skip
FIRST = dict(zip(LABELS, np.cumsum([0, *(len(labels) for labels in LABELS.values())]).tolist(), strict=False))
COLUMNS = sum(len(labels) for labels in LABELS.values())
AUXILIARY = {
    "kind": 1.0,
    "complaint": 1.0,
    "polarity": 0.3,
    "severity": 0.5,
    "hostile": 1.0,
    "red": 1.0,
    "risk.any": 1.0,
}
"""How much the other sets weigh for a head, on top of each row's own weight. Chosen by cross-validation."""
LEXICAL = 0.2
GRAVE_LEXICAL = 0.35
"""How far the penalty spares lexical columns against n-grams; risks lean on them more."""
STRENGTH = {"severity": 4.0}
"""Inverse of the penalty; 16 where nothing is said."""


@dataclass(frozen=True, slots=True)
class Fit:
    coefficients: NDArray[np.float64]
    """Features by columns of heads."""
    intercept: NDArray[np.float64]


def fit_heads(table: sparse.csr_matrix, rows: Sequence[Row]) -> Fit:
    coefficients = np.zeros((table.shape[1], COLUMNS))
    intercept = np.zeros(COLUMNS)
    scaled = {scale: _scaled(table, scale) for scale in (LEXICAL, GRAVE_LEXICAL)}
    for name, labels in LABELS.items():
        scale = _lexical_scale(name)
        known = [i for i, row in enumerate(rows) if name in row.labels and (row.weight == 1.0 or name in AUXILIARY)]
        weights = np.array([_weight(rows[i], name) for i in known])
        y = [str(rows[i].labels[name]) for i in known]
        model = LogisticRegression(
            C=STRENGTH.get(name, 16.0), max_iter=120, tol=1e-3, class_weight="balanced" if len(labels) > 1 else None
        ).fit(scaled[scale][known], y, sample_weight=weights)
        first = FIRST[name]
        if len(labels) == 1:  # classes are False and True, in this order
            coefficients[:, first], intercept[first] = model.coef_[0], model.intercept_[0]
        else:
            for label, coefficient, bias in zip(model.classes_, model.coef_, model.intercept_, strict=True):
                column = first + labels.index(label)
                coefficients[:, column], intercept[column] = coefficient, bias
        coefficients[-DENSE:, first : first + len(labels)] *= scale
    return Fit(coefficients, intercept)


def _lexical_scale(head: str) -> float:
    return GRAVE_LEXICAL if head.startswith(("risk.", "claims.", "red", "hostile")) else LEXICAL


def _scaled(table: sparse.csr_matrix, scale: float) -> sparse.csr_matrix:
    diagonal = np.ones(table.shape[1])
    diagonal[-DENSE:] = scale
    return (table @ sparse.diags(diagonal)).tocsr()


def _weight(row: Row, head: str) -> float:
    return row.weight if row.weight == 1.0 else row.weight * AUXILIARY.get(head, 0.0)


def to_integers(fit: Fit, kept: NDArray[np.int64], heads: Mapping[str, Head], version: str = "") -> Weights:
    """Weights of one byte each, with a scale per column, and fixed-point weights of the lexical columns."""
    ngrams, lexical = fit.coefficients[: len(kept)], fit.coefficients[len(kept) :]
    # a few extreme weights are cut, so that the others keep their resolution
    scale = np.maximum(np.quantile(np.abs(ngrams), 0.9995, axis=0) / 127, 1e-9).astype(np.float32).astype(np.float64)
    padded = -COLUMNS % 8
    rows = np.zeros((len(kept), COLUMNS + padded), dtype=np.int8)
    rows[:, :COLUMNS] = np.clip(np.rint(ngrams / scale), -127, 127)
    row = np.full(BUCKETS, -1, dtype=np.int32)
    row[kept] = np.arange(len(kept))
    dense = np.rint(lexical * FIXED).astype(np.int64)
    if dense.shape != (DENSE, COLUMNS):
        raise ValueError(f"lexical weights have shape {dense.shape}, the reader wants {(DENSE, COLUMNS)}")
    return Weights(heads, row, rows, scale, dense, np.rint(fit.intercept * FIXED).astype(np.int64), version, "")
