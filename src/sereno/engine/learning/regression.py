"""Ridge-shrunken logistic regression on top of what the reader said."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sereno.engine.correction import Mask, Matrix, Ranks
from sereno.engine.read import KINDS

SHRINKAGE, SHRINKAGE_OF_ALL = 1.0, 4.0
"""Ridge, in decisions: of a word or trait, and of the shift that all posts get. A word that three decisions share moves
a reading little, ten move it; that everything is wrong by the same amount is believed last."""
_ROUNDS = 120


def fit_yes(x: Matrix, offset: Matrix, wanted: Ranks, weight: Matrix) -> Matrix:
    """Weights for a yes or no; rows that want -1 say nothing."""
    rows = wanted >= 0
    x, offset, target, weight = x[rows], offset[rows], wanted[rows].astype(np.float64), weight[rows]

    def gradient(w: Matrix) -> Matrix:
        p = 1 / (1 + np.exp(-(offset + x @ w)))
        return x.T @ (weight * (p - target)) + _ridge(w)

    return _descend(gradient, np.zeros(x.shape[1]), 0.25 * _steepness(x, weight) + SHRINKAGE_OF_ALL)


def fit_kinds(x: Matrix, logits: Matrix, allowed: Mask, weight: Matrix) -> Matrix:
    """Weights for the kinds, where each row names the kinds that would do."""

    def gradient(w: Matrix) -> Matrix:
        z = logits + x @ w
        p = np.exp(z - z.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        inside = p * allowed
        inside /= np.maximum(inside.sum(axis=1, keepdims=True), 1e-9)
        return np.asarray(x.T @ (weight[:, None] * (p - inside)) + _ridge(w))

    return _descend(gradient, np.zeros((x.shape[1], len(KINDS))), 0.5 * _steepness(x, weight) + SHRINKAGE_OF_ALL)


def _ridge(w: Matrix) -> Matrix:
    pull = SHRINKAGE * w
    pull[0] = SHRINKAGE_OF_ALL * w[0]
    return pull


def _steepness(x: Matrix, weight: Matrix) -> float:
    """The largest eigenvalue of the weighted squares, a little more: steps shorter than its inverse always descend."""
    v = np.ones(x.shape[1])
    for _ in range(12):
        v = x.T @ (weight * (x @ v))
        size = float(np.linalg.norm(v))
        if size == 0:
            return 0.0
        v /= size
    return 1.2 * float(np.linalg.norm(x.T @ (weight * (x @ v))))


def _descend(gradient: Callable[[Matrix], Matrix], start: Matrix, steepness: float) -> Matrix:
    """Nesterov's accelerated descent; a fixed number of rounds, so that the same decisions teach the same."""
    here = ahead = start
    for k in range(_ROUNDS):
        following = ahead - gradient(ahead) / steepness
        ahead = following + (k / (k + 3)) * (following - here)
        here = following
    return here
