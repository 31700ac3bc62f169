"""What the careful reader makes of posts that none of its parts has seen.

The encoder and the heads of the fast reader were fitted without the sector of the post (or, for public complaints, its
domain); the layers on top, their lines and the bonus of red are fitted without the post's fold once more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sereno.engine.context import Context, Contexts
from sereno.engine.judge import judge
from sereno.engine.plan.load import read_plan
from sereno.engine.read import Readings
from sereno.engine.reading.careful import Scores, features, read_joined
from sereno.engine.reading.fast import FastReader, Passed
from training.careful.encode import held_out_scores
from training.careful.joints import fit_joints
from training.careful.rows import folds
from training.corpora import Row, auxiliary
from training.crossval import NOON, HeldOut, one, raw_scores
from training.heads import fit_heads, to_integers
from training.matrix import counts, design, known_buckets

AT_ONCE = 500


@dataclass(frozen=True)
class Unseen:
    """Seeds, then the public complaints, each with what readers that had not seen it say."""

    rows: Sequence[Row]
    encoded: NDArray[np.float32]
    fast: Scores
    passed: Passed
    """Languages and words; its scores are the held-out ones."""

    @property
    def table(self) -> Scores:
        return features(self.encoded, self.fast, self.passed.lexical, self.passed.languages)


def unseen(own: Sequence[Row], rows: Sequence[Row], data: Path, work: Path, at_once: int) -> Unseen:
    """`rows` are the seeds (`own`), then the complaints, then sets that are never held out."""
    encoded = held_out_scores(rows, work, at_once)
    count = next((i for i, row in enumerate(rows) if i >= len(own) and not row.group.startswith("xci-")), len(rows))
    fast = fast_scores(own, data)[:count]
    texts = [row.text for row in rows[:count]]
    passed = FastReader(accelerate=False).passed(texts, [None] * count)
    return Unseen(rows[:count], encoded[:count], fast, replace(passed, scores=fast))


def fast_scores(own: Sequence[Row], data: Path) -> Scores:
    """The fast reader's raw scores of seeds and complaints, from heads fitted without their fold."""
    rows = [*own, *auxiliary(data)]
    table, dense = counts([row.text for row in rows], [row.lang for row in rows])
    kept = known_buckets(table, len(own))
    grams = design(table, dense, kept)
    scores: Scores | None = None
    for part in folds(rows):
        out = set(part)
        used = [i for i in range(len(rows)) if i not in out]
        weights = to_integers(fit_heads(grams[used], [rows[i] for i in used]), kept, {})
        found = raw_scores(weights, [rows[i] for i in part])
        scores = np.zeros((len(rows), found.shape[1])) if scores is None else scores
        scores[part] = found
    assert scores is not None
    return scores


def read_unseen(seen: Unseen, version: str) -> HeldOut:
    """Readings and text lights of every row, by layers that were fitted without its fold."""
    plan = read_plan("starter")
    table = seen.table
    readings: dict[int, Readings] = {}
    lights: dict[int, str | None] = {}
    for part in folds(seen.rows):
        out = set(part)
        others = [i for i in range(len(seen.rows)) if i not in out]
        joints = fit_joints(table[others], [seen.rows[i] for i in others], version)
        for at in range(0, len(part), AT_ONCE):
            chosen = part[at : at + AT_ONCE]
            texts = [seen.rows[i].text for i in chosen]
            passed = FastReader(accelerate=False).passed(texts, [None] * len(chosen))
            read = read_joined(joints, replace(passed, scores=seen.fast[chosen]), seen.encoded[chosen], "unseen")
            contexts = Contexts([Context(received_at=NOON, about=("brand",)) for _ in chosen])
            judged = judge(read, contexts, plan, NOON)
            for place, i in enumerate(chosen):
                readings[i], lights[i] = one(read, place), judged.text_light[place]
    return HeldOut(seen.rows, [readings[i] for i in range(len(seen.rows))], [lights[i] for i in range(len(seen.rows))])
