"""Fits nets: one without each fold, which scores what it has not seen, and one on everything, which is shipped.

Fitting takes long, so every score is kept in `--work DIR` under the digest of what it was made from.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from sereno.careful.packaged import load
from sereno.careful.pieces import Splitter
from sereno.engine.reading.careful import COLUMNS, HEADS
from training.careful import fit as fitting
from training.careful.net import Net
from training.careful.rows import folds, stripped
from training.corpora import Row

Scores = NDArray[np.float32]


def digest(rows: Sequence[Row], extra: str) -> str:
    """Of everything that decides what comes out."""
    found = hashlib.sha256(f"{extra}{HEADS}{fitting.WEIGHT}{fitting.EPOCHS}{fitting.ENCODER_RATE}".encode())
    for row in rows:
        found.update(repr((row.text, row.lang, row.group, row.weight, sorted(row.labels.items()))).encode())
    return found.hexdigest()[:16]


def fitted(rows: Sequence[Row], held_out: Sequence[int], name: str) -> Net:
    """A net that never saw the rows held out."""
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    packaged = load()
    splitter = Splitter(packaged)
    out = set(held_out)
    used = [row for i, row in enumerate(rows) if i not in out]
    plain = _first_windows(splitter, [row.text for row in used])
    bare = _first_windows(splitter, [stripped(row.text) for row in used])
    return fitting.fit(packaged, used, plain, bare, say=lambda words: say(f"{name}: {words}"))


def _first_windows(splitter: Splitter, texts: Sequence[str]) -> list[NDArray[np.int64]]:
    windows, counts = splitter.windows(texts)
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(int)
    return [windows[start] for start in starts.tolist()]


def held_out_scores(rows: Sequence[Row], work: Path, at_once: int) -> Scores:
    """For each row that is held out once, the scores of the net that did not see it; other rows are nan."""
    scores = np.full((len(rows), COLUMNS), np.nan, dtype=np.float32)
    parts = folds(rows)
    with ProcessPoolExecutor(at_once, mp_context=get_context("spawn")) as pool:
        jobs = [pool.submit(_score_fold, list(rows), part, number, work) for number, part in enumerate(parts)]
        for part, job in zip(parts, jobs, strict=True):
            scores[part] = job.result()
    return scores


def _score_fold(rows: Sequence[Row], part: Sequence[int], number: int, work: Path) -> Scores:
    kept = work / f"fold-{number}-{digest(rows, str(sorted(part)))}.npy"
    if kept.exists():
        found: Scores = np.load(kept)
        return found
    net = fitted(rows, part, f"fold {number + 1}")
    windows = _first_windows(Splitter(net.packaged), [rows[i].text for i in part])
    scores = fitting.scores_of(net, windows)
    np.save(kept, scores)
    return scores


def shipped_net(rows: Sequence[Row], work: Path) -> Net:
    """The net that is fitted on everything."""
    kept = work / f"net-{digest(rows, 'all')}.pt"
    if kept.exists():
        net = Net(load())
        net.load_state_dict(torch.load(kept, weights_only=True))
        return net.eval()
    net = fitted(rows, (), "all")
    torch.save(net.state_dict(), kept)
    return net


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
