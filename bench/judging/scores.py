"""Figures of truth against reading, all of them from one table of counts, with bootstrap intervals over posts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DRAWS = 1000
SEED = 20261122
SHARE_OF_REDS = 1 / 8

Floats = NDArray[np.float64]
Counts = NDArray[np.float64]


@dataclass(frozen=True)
class Confusion:
    """How often each truth (second axis from the end) was read as what (last axis); axes before them are draws."""

    labels: tuple[str, ...]
    counts: Counts
    true: NDArray[np.bool_]
    """Labels that the truth holds: only these are averaged over."""

    @property
    def posts(self) -> int:
        return round(float(self.counts.sum()))


Figure = Callable[[Confusion], Floats]


def confusion(truth: Sequence[str], read: Sequence[str], also: Sequence[str] = ()) -> Confusion:
    """`also`: labels that a figure asks for, though neither side may hold them."""
    labels = tuple(sorted({*truth, *read, *also}))
    place = {label: i for i, label in enumerate(labels)}
    counts = np.zeros((len(labels), len(labels)))
    for t, r in zip(truth, read, strict=True):
        counts[place[t], place[r]] += 1
    return Confusion(labels, counts, counts.sum(axis=1) > 0)


def interval(table: Confusion, figure: Figure, draws: int = DRAWS) -> tuple[float, float]:
    """95 % of the draws lie in it. To draw posts anew is to draw the table's cells anew, so that is what is done."""
    n = table.posts
    if not n:
        return 0.0, 0.0
    chance = np.random.default_rng(SEED)
    drawn = chance.multinomial(n, table.counts.ravel() / n, size=draws).reshape(draws, *table.counts.shape)
    values = figure(Confusion(table.labels, drawn.astype(np.float64), table.true))
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)


def macro_f1(table: Confusion) -> Floats:
    return np.asarray(_f1(table)[..., table.true].mean(axis=-1))


def macro_recall(table: Confusion) -> Floats:
    return np.asarray(_share(_hits(table), _true(table))[..., table.true].mean(axis=-1))


def f1_of(label: str) -> Figure:
    return lambda table: np.asarray(_f1(table)[..., table.labels.index(label)])


def recall_of(label: str) -> Figure:
    return lambda table: np.asarray(_share(_hits(table), _true(table))[..., table.labels.index(label)])


def precision_of(label: str) -> Figure:
    return lambda table: np.asarray(_share(_hits(table), _said(table))[..., table.labels.index(label)])


def precision_in_mix(label: str, share: float = SHARE_OF_REDS) -> Figure:
    """Precision as it would be if `share` of the posts were `label`.

    Recall among the label's own posts and the rate of false alarms among all the others are properties of the reader;
    only how many of each there are belongs to the mix. So both rates are measured, and weighed by the mix that is asked
    for: share · recall / (share · recall + (1 - share) · false alarms).
    """

    def figure(table: Confusion) -> Floats:
        at = table.labels.index(label)
        hits, true = _hits(table)[..., at], _true(table)[..., at]
        others = table.counts.sum(axis=(-2, -1)) - true
        right = share * _share(hits, true)
        wrong = (1 - share) * _share(_said(table)[..., at] - hits, others)
        return _share(right, right + wrong)

    return figure


def per_thousand(label: str) -> Figure:
    """How many of a thousand posts are read as `label`; for posts of which none is."""
    return lambda table: np.asarray(
        1000 * _share(_said(table)[..., table.labels.index(label)], table.counts.sum(axis=(-2, -1)))
    )


def _hits(table: Confusion) -> Floats:
    return np.diagonal(table.counts, axis1=-2, axis2=-1)


def _true(table: Confusion) -> Floats:
    return np.asarray(table.counts.sum(axis=-1))


def _said(table: Confusion) -> Floats:
    return np.asarray(table.counts.sum(axis=-2))


def _f1(table: Confusion) -> Floats:
    return _share(2 * _hits(table), _true(table) + _said(table))


def _share(part: Floats, whole: Floats) -> Floats:
    return np.asarray(part / np.maximum(whole, 1e-12))
