"""Rows of features, exactly as the reader sees them at run time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from sereno.engine.reading.features import BUCKETS, groups, prefix_sums
from sereno.engine.reading.layout import lay_out
from sereno.engine.reading.lexicon import columns, load_lexicon
from sereno.engine.reading.linear import DAMPING, dense_columns


def counts(texts: Sequence[str], languages: Sequence[str]) -> tuple[sparse.csr_matrix, NDArray[np.int64]]:
    """How often each bucket occurs in each text, and the lexical columns."""
    blocks, dense = [], []
    for at in range(0, len(texts), 2000):
        part = texts[at : at + 2000]
        layout = lay_out(part)
        sums = prefix_sums(layout)
        found = [(texts_, buckets) for buckets, texts_, _ in groups(layout, sums)]
        rows = np.concatenate([r for r, _ in found])
        cols = np.concatenate([c for _, c in found])
        blocks.append(sparse.csr_matrix((np.ones(len(rows), np.float32), (rows, cols)), shape=(len(part), BUCKETS)))
        hits = load_lexicon().scan(layout, sums, languages[at : at + 2000])
        dense.append(dense_columns(layout, columns(hits, len(part))))
    return sparse.vstack(blocks).tocsr(), np.vstack(dense)


def known_buckets(table: sparse.csr_matrix, own: int, least_own: int = 2, least_other: int = 12) -> NDArray[np.int64]:
    """Buckets worth a row of weights: seen in so many texts of the seeds (the first `own` rows), or of the others."""
    seen = (table > 0).astype(np.int32)
    in_own = np.asarray(seen[:own].sum(axis=0)).ravel()
    in_other = np.asarray(seen[own:].sum(axis=0)).ravel()
    return np.flatnonzero((in_own >= least_own) | (in_other >= least_other))


def design(table: sparse.csr_matrix, dense: NDArray[np.int64], kept: NDArray[np.int64]) -> sparse.csr_matrix:
    """What the heads are fitted on: n-grams as the reader weighs them, then the lexical columns."""
    own = table[:, kept]
    total = np.asarray(own.sum(axis=1)).ravel()
    own = sparse.diags(1 / np.sqrt(total + DAMPING)) @ own
    return sparse.hstack([own, sparse.csr_matrix(dense.astype(np.float64))]).tocsr()
