"""The first and cheap say in which language a text is: a linear head over hashed n-grams, with integer weights.

It speaks only where it is sure; the rest is left to the larger model (`engine/language.py`), which takes ten times as
long as everything else together. It sees folded text, so a post without its diacritics gets the same answer. A text
whose halves speak different languages, or that holds more than a few letters of another script, is never sure.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sereno.engine.reading.features import BUCKETS, Group
from sereno.engine.reading.layout import Indices, Layout
from sereno.engine.reading.linear import DAMPING, FIXED, Integers, Scores, biased, sum_rows

OTHER = "other"
"""The label of every language that the head was not taught to name."""
GROUPS = (0, 2, 3)
"""Of the feature groups: words, and stretches of three and four characters."""
MARGIN = 2.5
"""How far the best language must be ahead of the next. Measured on held-out posts: see `weights/language.json`."""
_FEWEST_KNOWN, _FEWEST_LETTERS = 12, 6
_FOREIGN = 8
"""One letter of another script in so many is too many."""
_HALVES_FROM = 120
"""Characters; a shorter text is not asked whether it mixes languages."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Sums of the head's weights, two rows a text: its first and its second half."""

    total: Integers
    known: Integers
    letters: Integers
    """Latin letters of each text, and letters of other scripts."""
    foreign: Integers


@dataclass(frozen=True)
class LanguageHead:
    """`row` maps a bucket to its row of weights, -1 where there is none."""

    codes: tuple[str, ...]
    row: NDArray[np.int32]
    rows: NDArray[np.int8]
    """Columns padded to a multiple of eight."""
    scale: Scores
    intercept: Integers
    checksum: str

    @cached_property
    def _biased(self) -> NDArray[np.uint64]:
        return biased(self.rows)

    def hear(self, layout: Layout, found: Sequence[Group]) -> Heard:
        n = len(layout.texts)
        middle = middles(layout)
        total = np.zeros((2 * n, self.rows.shape[1]), dtype=np.int64)
        known = np.zeros(2 * n, dtype=np.int64)
        for group in GROUPS:
            buckets, texts, places = found[group]
            rows = self.row[buckets]
            kept = np.flatnonzero(rows >= 0)
            half = 2 * texts[kept] + (places[kept] >= middle[texts[kept]])
            known += np.bincount(half, minlength=2 * n)
            total += sum_rows(self._biased, rows[kept], half, 2 * n)
        latin = (layout.codes >= ord("a")) & (layout.codes <= ord("z"))
        return Heard(total, known, _count(layout, latin), _count(layout, layout.is_word & (layout.codes > 127)))

    def sure(self, layout: Layout, heard: Heard) -> list[str | None]:
        """The language of each text, None where the head is not sure."""
        n, count = len(layout.texts), len(self.codes)
        if not n:
            return []
        halves = self._scores(heard.total, heard.known)[:, :count].reshape(n, 2, count).argmax(axis=2)
        scores = self._scores(heard.total.reshape(n, 2, -1).sum(axis=1), heard.known.reshape(n, 2).sum(axis=1))
        best = scores.argmax(axis=1)
        ahead = scores[np.arange(n), best].copy()
        scores[np.arange(n), best] = -np.inf
        ahead -= scores.max(axis=1)
        sure = (ahead >= MARGIN) & (best != self.codes.index(OTHER))
        sure &= heard.known.reshape(n, 2).sum(axis=1) >= _FEWEST_KNOWN
        sure &= (heard.letters >= _FEWEST_LETTERS) & (_FOREIGN * heard.foreign <= heard.letters)
        sure &= (halves == best[:, None]).all(axis=1) | (_lengths(layout) < _HALVES_FROM)
        return [self.codes[i] if i >= 0 else None for i in np.where(sure, best, -1).tolist()]

    def _scores(self, total: Integers, known: Integers) -> Scores:
        own = total[:, : len(self.codes)]
        scores: Scores = own * self.scale / np.sqrt(known + DAMPING)[:, None] + self.intercept / FIXED
        return scores


def _begins(layout: Layout) -> Indices:
    return np.concatenate([np.zeros(1, dtype=np.int64), layout.text_end[:-1] + 1])


def _lengths(layout: Layout) -> Indices:
    return layout.text_end - _begins(layout)


def middles(layout: Layout) -> Indices:
    """Where the second half of each text begins in the buffer."""
    middle: Indices = (_begins(layout) + layout.text_end) // 2
    return middle


def _count(layout: Layout, mask: NDArray[np.bool_]) -> Integers:
    return np.bincount(np.searchsorted(layout.text_end, np.flatnonzero(mask)), minlength=len(layout.texts))


def pack(head: LanguageHead) -> bytes:
    """The head as the file that is shipped."""
    buffer = BytesIO()
    buckets = np.flatnonzero(head.row >= 0).astype(np.uint32)
    np.savez_compressed(
        buffer,
        buckets=buckets,
        rows=head.rows[head.row[buckets]],
        scale=head.scale,
        intercept=head.intercept,
        codes=np.frombuffer(json.dumps(head.codes).encode(), dtype=np.uint8),
    )
    return buffer.getvalue()


def unpack(packed: bytes, checksum: str) -> LanguageHead:
    with np.load(BytesIO(packed), allow_pickle=False) as file:
        row = np.full(BUCKETS, -1, dtype=np.int32)
        row[file["buckets"]] = np.arange(len(file["buckets"]))
        codes = tuple(json.loads(file["codes"].tobytes()))
        return LanguageHead(codes, row, file["rows"], file["scale"], file["intercept"], checksum)


@lru_cache(maxsize=1)
def load_language_head() -> LanguageHead:
    """The shipped head."""
    folder = resources.files("sereno.engine") / "weights"
    manifest: Mapping[str, Any] = json.loads((folder / "language.json").read_text("utf-8"))
    return unpack((folder / "language.npz").read_bytes(), manifest["sha256"])
