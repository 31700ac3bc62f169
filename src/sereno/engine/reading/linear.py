"""Linear heads over hashed n-grams and lexical columns, with integer weights.

Sums are whole numbers, so they do not depend on the order of adding, the machine or its number of threads; what
follows (a scale, a square root, a logistic curve) is float64 and rounded to four places.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sereno.engine.reading.features import BUCKETS, Group, Hashes, groups
from sereno.engine.reading.layout import Indices, Layout
from sereno.engine.reading.lexicon import SIGNALS

FIXED = 4096
"""Weights of lexical columns, and intercepts, are multiples of 1/FIXED."""
DAMPING = 8
"""A text of n known n-grams is divided by √(n + DAMPING): short texts say less."""
_LENGTHS = (4, 8, 16, 32, 64)
_ROWS_A_LANE = 256
_ROWS_A_PORTION = 8192
_LANES = np.uint64(0x00FF00FF00FF00FF)


class WeightsOutOfStep(RuntimeError):
    """The shipped weights do not fit the code; the message says how to rebuild them."""


Scores = NDArray[np.float64]
Integers = NDArray[np.int64]


def dense_columns(layout: Layout, lexical: Integers) -> Integers:
    """Lexical columns, then how long the text is and whether it asks or exclaims."""
    n = len(layout.texts)
    words = np.diff(layout.first_word)
    long = (words[:, None] > np.array(_LENGTHS)[None, :]).astype(np.int64)
    marks = np.zeros((n, 2), dtype=np.int64)
    for column, sign in enumerate("?!"):
        marks[layout.text_of[layout.raw[layout.start] == ord(sign)], column] = 1
    return np.hstack([lexical, long, marks])


DENSE = 2 * len(SIGNALS) + len(_LENGTHS) + 2


@dataclass(frozen=True, slots=True)
class Head:
    name: str
    labels: tuple[str, ...]
    """One label: a yes-or-no question; several: exactly one of them holds."""
    first: int
    """Its first column."""
    slope: Mapping[str, float]
    """Calibration by language; `*` for the others."""
    offset: Mapping[str, tuple[float, ...]]
    threshold: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Known:
    """N-grams of one group that have weights: row of the table, text, place in the buffer."""

    rows: NDArray[np.int32]
    texts: Indices
    places: Indices


@dataclass(frozen=True)
class Weights:
    """What training made: see `training/`. `row` maps a bucket to its row of weights, -1 where there is none."""

    heads: Mapping[str, Head]
    row: NDArray[np.int32]
    rows: NDArray[np.int8]
    """One row a known bucket, columns padded to a multiple of eight."""
    scale: Scores
    dense: Integers
    intercept: Integers
    version: str
    checksum: str

    @cached_property
    def _biased(self) -> NDArray[np.uint64]:
        return biased(self.rows)

    @cached_property
    def _dense(self) -> Scores:
        return self.dense.astype(np.float64)

    def known(self, layout: Layout, sums: Hashes) -> list[Known]:
        """The n-grams of the batch that have weights, group by group."""
        return self.known_of(groups(layout, sums))

    def known_of(self, features: Iterable[Group]) -> list[Known]:
        found = []
        for buckets, texts, places in features:
            rows = self.row[buckets]
            kept = np.flatnonzero(rows >= 0)
            found.append(Known(rows[kept], texts[kept], places[kept]))
        return found

    def scores(self, layout: Layout, ngrams: Sequence[Known], dense: Integers) -> Scores:
        """Raw scores, one row a text, one column a label of each head."""
        return self.joined(*self.sums(ngrams, len(layout.texts)), self.lexical(dense))

    def sums(self, ngrams: Sequence[Known], n: int) -> tuple[Integers, Integers]:
        """Of each text: the sum of its n-grams' weights, and how many there are."""
        total = np.zeros((n, self.rows.shape[1]), dtype=np.int64)
        known = np.zeros(n, dtype=np.int64)
        for group in ngrams:
            known += np.bincount(group.texts, minlength=n)
            total += sum_rows(self._biased, group.rows, group.texts, n)
        return total, known

    def lexical(self, dense: Integers) -> Integers:
        """What the lexical columns add, as whole numbers.

        These are far below 2**53, so a product of float64 is exact, and several times as fast as one of integers.
        """
        return np.asarray(dense.astype(np.float64) @ self._dense).astype(np.int64)

    def joined(self, total: Integers, known: Integers, lexical: Integers) -> Scores:
        """Raw scores from the sums of n-grams and of lexical columns."""
        fixed: Scores = (lexical + self.intercept) / FIXED
        return total[:, : len(self.scale)] * self.scale / np.sqrt(known + DAMPING)[:, None] + fixed

    def words_for(self, layout: Layout, ngrams: Sequence[Known], column: Indices) -> Integers:
        """What each word adds to a column of its text: its own weight and that of the n-grams that begin in it.

        A column of -1: nobody asks about this text.
        """
        start_of = np.zeros(len(layout.start), dtype=np.int64)
        asked = column >= 0
        for group in ngrams:
            of = np.flatnonzero(asked[group.texts])
            texts = group.texts[of]
            word = np.searchsorted(layout.start, group.places[of] + 1, side="right") - 1
            weight = self.rows[group.rows[of], column[texts]].astype(np.float64)
            # sums of bytes are exact in a float64
            start_of += np.bincount(np.maximum(word, 0), weights=weight, minlength=len(start_of)).astype(np.int64)
        return start_of


def biased(table: NDArray[np.int8]) -> NDArray[np.uint64]:
    """The table as `sum_rows` wants it: bytes raised by 128, so that they are unsigned; eight to a word."""
    return np.ascontiguousarray(table.view(np.uint8) ^ np.uint8(128)).view(np.uint64)


def sum_rows(table: NDArray[np.uint64], rows: NDArray[np.int32], texts: Indices, n: int) -> Integers:
    """Sum of the rows of a `biased` table per text. `texts` ascend.

    Eight bytes are added at a time as four 16-bit lanes of a 64-bit word; a lane holds 256 of them.
    Measured: nine times as fast as `np.add.reduceat` on int8.
    """
    total = np.zeros((n, 8 * table.shape[1]), dtype=np.int64)
    counts = np.bincount(texts, minlength=n)
    ends = np.cumsum(counts)
    # whole texts with about so many rows: what is worked on stays in the processor's cache (half the time)
    cuts = np.searchsorted(ends, np.arange(_ROWS_A_PORTION, len(rows), _ROWS_A_PORTION))
    for first, last in itertools.pairwise([0, *np.unique(cuts).tolist(), n]):
        begin, end = int(ends[first] - counts[first]) if first < n else 0, int(ends[last - 1]) if last else 0
        if begin < end:
            _add_portion(table, rows[begin:end], counts[first:last], total[first:last])
    return total


def _add_portion(table: NDArray[np.uint64], rows: NDArray[np.int32], counts: Integers, total: Integers) -> None:
    words = np.take(table, rows, axis=0)
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    blocks = np.maximum(-(-counts // _ROWS_A_LANE), 1)
    present = np.flatnonzero(counts)
    first_block = np.concatenate([[0], np.cumsum(blocks[present])[:-1]])
    of_text = np.repeat(present, blocks[present])
    within = np.arange(len(of_text)) - np.repeat(first_block, blocks[present])
    cuts = starts[of_text] + within * _ROWS_A_LANE
    even = np.add.reduceat(words & _LANES, cuts, axis=0)
    odd = np.add.reduceat((words >> np.uint64(8)) & _LANES, cuts, axis=0)
    wide = np.empty((len(cuts), total.shape[1]), dtype=np.int64)
    wide[:, 0::2] = even.view("<u2")
    wide[:, 1::2] = odd.view("<u2")
    total[present] = np.add.reduceat(wide, first_block, axis=0) - 128 * counts[present][:, None]


class ByLanguage:
    """What depends on a text's language alone is looked up once a language, then spread over the batch."""

    def __init__(self, codes: Sequence[str]) -> None:
        self.codes = list(dict.fromkeys(codes))
        place = {code: i for i, code in enumerate(self.codes)}
        self.index = np.array([place[code] for code in codes], dtype=np.int64)

    def spread(self, value: Callable[[str], float | tuple[float, ...]]) -> Scores:
        """One value (or one row of values) a text."""
        return np.array([value(code) for code in self.codes], dtype=np.float64)[self.index]


def calibrated(head: Head, scores: Scores, languages: Sequence[str] | ByLanguage) -> Scores:
    """Probabilities of the head's labels (of its one label: of yes), one row a text."""
    by_language = languages if isinstance(languages, ByLanguage) else ByLanguage(languages)
    own = scores[:, head.first : head.first + len(head.labels)]
    slope = by_language.spread(lambda code: head.slope.get(code, head.slope["*"])).reshape(-1, 1)
    offset = by_language.spread(lambda code: head.offset.get(code, head.offset["*"])).reshape(-1, len(head.labels))
    z = np.clip(own * slope + offset, -30, 30)
    if len(head.labels) == 1:
        return np.asarray(np.round(1 / (1 + np.exp(-z)), 4))
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return np.asarray(np.round(e / e.sum(axis=1, keepdims=True), 4))


def pack(weights: Weights, manifest: Mapping[str, Any]) -> bytes:
    """The weights as the file that is shipped."""
    buffer = BytesIO()
    buckets = np.flatnonzero(weights.row >= 0).astype(np.uint32)
    np.savez_compressed(
        buffer,
        buckets=buckets,
        rows=weights.rows[weights.row[buckets]],
        scale=weights.scale,
        dense=weights.dense.astype(np.int32),
        intercept=weights.intercept,
        manifest=np.frombuffer(json.dumps(manifest, sort_keys=True).encode(), dtype=np.uint8),
    )
    return buffer.getvalue()


def unpack(packed: bytes, version: str, checksum: str) -> Weights:
    with np.load(BytesIO(packed), allow_pickle=False) as file:
        manifest = json.loads(file["manifest"].tobytes())
        if tuple(manifest["signals"]) != SIGNALS:
            raise WeightsOutOfStep("the weights were trained for other lexical signals; run ./run train --data DIR")
        row = np.full(BUCKETS, -1, dtype=np.int32)
        row[file["buckets"]] = np.arange(len(file["buckets"]))
        heads = {
            each["name"]: Head(
                each["name"], tuple(each["labels"]), each["first"], each["slope"],
                {code: tuple(values) for code, values in each["offset"].items()}, each["threshold"],
            )
            for each in manifest["heads"]
        }  # fmt: skip
        return Weights(
            heads,
            row,
            file["rows"],
            file["scale"],
            file["dense"].astype(np.int64),
            file["intercept"],
            version,
            checksum,
        )


@lru_cache(maxsize=1)
def load_weights() -> Weights:
    """The shipped weights."""
    folder = resources.files("sereno.engine") / "weights"
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    return unpack((folder / "fast.npz").read_bytes(), manifest["version"], manifest["sha256"])
