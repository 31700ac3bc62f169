"""The accelerated path of the fast reader: the same integers as the plain one, by loops of machine code.

numba is an optional extra. `load` gives None where it is missing or does not work on this machine, and the plain path
reads on; both are held to the same readings by a property test.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, overload

import numpy as np
from numpy.typing import NDArray

from sereno.engine.fold import fold
from sereno.engine.reading.features import BITS, SALTS, WINDOW_FACTORS, WORD_FACTORS
from sereno.engine.reading.language_head import Heard, LanguageHead
from sereno.engine.reading.layout import BLANK, CLASSES, DIGITS, SPELLED, Codes, Layout, join
from sereno.engine.reading.lexicon import SIGNALS, SUM, Hits, Lexicon, columns
from sereno.engine.reading.linear import Weights, WeightsOutOfStep, dense_columns
from sereno.engine.reading.plain import Grams

if TYPE_CHECKING:
    from sereno.engine.reading.tables import Tables

log = logging.getLogger(__name__)

_CODES = 0x110000
_FIRST_FOLDED = 0x250
"""So many code points are folded beforehand: Latin letters; the others when they are met."""
_SAMPLE = ["Warm-up: it isn't 1.200 € @acme https://acme.example", "", "ﬁ ½ ｆｏｏ 😭"]


def installed() -> bool:
    return find_spec("numba") is not None


def load(weights: Weights, head: LanguageHead, lexicon: Lexicon) -> Accelerated | None:
    """The path, compiled (or taken from numba's cache on disk); None where that cannot be done."""
    if not installed():
        return None
    try:
        path = Accelerated(weights, head, lexicon)
        layout = path.lay_out(_SAMPLE)
        hits = path.scan(layout, path.grams(layout), ["en"] * len(_SAMPLE))
        path.words_for(layout, [np.zeros(len(_SAMPLE), dtype=np.int64)])
        path.lexical(dense_columns(layout, columns(hits, len(_SAMPLE))))
    except (ImportError, RuntimeError, OSError) as error:  # a numba too old for this numpy, no room for its cache…
        log.warning("numba is installed but does not work here, the plain path reads on: %s", error)
        return None
    return path


@dataclass(frozen=True, slots=True)
class _Folded:
    """The table of `fold` as arrays, for the code points met so far. Never changed: who reads it shares it."""

    table: NDArray[np.int32]
    """What a code point folds to, plus 1; 0 where it was not met yet; -1 - p where it folds to piece p."""
    marks: NDArray[np.uint8]
    piece_at: NDArray[np.int64]
    pieces: Codes

    def met(self, codes: Sequence[int]) -> _Folded:
        """A table that knows these code points too."""
        table, marks = self.table.copy(), self.marks.copy()
        at, pieces = self.piece_at.tolist(), self.pieces.tolist()
        for code in codes:
            folded = [ord(letter) for letter in fold(chr(code))]
            for each in folded:
                marks[each] = _marks(chr(each))
            if len(folded) == 1:
                table[code] = folded[0] + 1
            else:
                pieces += folded
                at.append(len(pieces))
                table[code] = 1 - len(at)
        return _Folded(table, marks, np.array(at, dtype=np.int64), np.array(pieces, dtype=np.uint32))


class _Folding:
    """The latest table; one for all readers of the process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        nothing = np.zeros(_CODES, dtype=np.int32), np.zeros(_CODES, dtype=np.uint8)
        self.now = _Folded(*nothing, np.zeros(1, dtype=np.int64), np.zeros(0, dtype=np.uint32)).met(
            range(_FIRST_FOLDED)
        )

    def meet(self, raw: Codes) -> _Folded:
        with self._lock:
            codes = np.unique(raw)
            unmet = codes[self.now.table[codes] == 0].tolist()
            if unmet:
                self.now = self.now.met(unmet)
            return self.now


def _marks(letter: str) -> int:
    return (1 if SPELLED.match(letter) else 0) | (2 if BLANK.match(letter) else 0)


_FOLDING = _Folding()


@dataclass(frozen=True, slots=True)
class _Words(Sequence[str]):
    """The layout's words, cut out of the buffer when one is asked for."""

    folded: str
    start: NDArray[np.int64]
    end: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.start)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        return self.folded[self.start[index] : self.end[index]]

    def __iter__(self) -> Iterator[str]:
        return (self.folded[s:e] for s, e in zip(self.start.tolist(), self.end.tolist(), strict=True))


class Accelerated:
    """Holds tables only; safe in several threads."""

    name = "accelerated"

    def __init__(self, weights: Weights, head: LanguageHead, lexicon: Lexicon) -> None:
        from sereno.engine.reading import kernel, kernel_scan  # here: this needs numba

        self.weights, self.head, self.lexicon = weights, head, lexicon
        self._kernel: Any = kernel
        self._kernel_scan: Any = kernel_scan
        self._lengths = np.array(lexicon.lengths, dtype=np.int64)
        self._language = {code: i for i, code in enumerate(lexicon.languages)}

    @cached_property
    def _compact(self) -> tuple[NDArray[np.uint8], NDArray[np.int32]]:
        return compact([self.weights.row, self.head.row])

    @cached_property
    def _tables(self) -> Tables:
        from sereno.engine.reading.tables import tables_of

        return tables_of(self.lexicon)

    def lay_out(self, texts: Sequence[str]) -> Layout:
        raw = self._folded(_codes(join(texts)))
        n, size = len(texts), len(raw)
        codes, is_word = np.empty(size, dtype=np.uint32), np.empty(size, dtype=np.bool_)
        text_end, first_word = np.empty(n, dtype=np.int64), np.zeros(n + 1, dtype=np.int64)
        start, end, text_of = (np.empty(size, dtype=np.int64) for _ in range(3))
        words = self._kernel.find_words(raw, CLASSES, DIGITS, codes, is_word, text_end, start, end, text_of, first_word)
        start, end, text_of = (column[:words].copy() for column in (start, end, text_of))
        folded = raw.tobytes().decode("utf-32-le", "surrogatepass")
        spelled = _Words(folded, start, end)
        return Layout(texts, folded, raw, codes, is_word, text_end, start, end, text_of, first_word, spelled)

    def _folded(self, raw: Codes) -> Codes:
        """The text folded, its addresses blanked."""
        folded = _FOLDING.now
        length = self._kernel.folded_length(raw, folded.table, folded.piece_at)
        if length < 0:
            folded = _FOLDING.meet(raw)
            length = self._kernel.folded_length(raw, folded.table, folded.piece_at)
        out = np.empty(length, dtype=np.uint32)
        self._kernel.fold_into(out, raw, folded.table, folded.piece_at, folded.pieces)
        self._kernel.blank_addresses(out, folded.marks)
        return out

    def grams(self, layout: Layout) -> Grams:
        n, weights, head = len(layout.texts), self.weights, self.head
        total = np.zeros((n, weights.rows.shape[1]), dtype=np.int32)
        halves = np.zeros((2 * n, head.rows.shape[1]), dtype=np.int32)
        known, letters, foreign = (np.zeros(n, dtype=np.int64) for _ in range(3))
        halves_known = np.zeros(2 * n, dtype=np.int64)
        room = 5 * int(np.diff(layout.text_end, prepend=-1).max(initial=0))
        self._kernel.sum_ngrams(
            layout.codes, layout.is_word, layout.text_end, layout.start, layout.end, layout.first_word,
            WORD_FACTORS, WINDOW_FACTORS, SALTS, np.uint32(32 - BITS),
            *self._compact, weights.rows, total, known, head.rows, halves, halves_known, letters, foreign,
            np.empty(room, dtype=np.int64), np.empty(room, dtype=np.int64),
        )  # fmt: skip
        heard = Heard(halves.astype(np.int64), halves_known, letters, foreign)
        return Grams(heard, total.astype(np.int64), known)

    def words_for(self, layout: Layout, columns: Sequence[NDArray[np.int64]]) -> Sequence[NDArray[np.int64]]:
        asked = np.stack(columns) if columns else np.zeros((0, len(layout.texts)), dtype=np.int64)
        adds = np.zeros((len(columns), len(layout.start)), dtype=np.int64)
        if (asked >= 0).any():
            self._kernel.sum_words(
                layout.codes, layout.is_word, layout.text_end, layout.start, layout.end, layout.first_word,
                WORD_FACTORS, WINDOW_FACTORS, SALTS, np.uint32(32 - BITS),
                self.weights.row, self.weights.rows, asked, adds,
            )  # fmt: skip
        return list(adds)

    def scan(self, layout: Layout, grams: Grams, languages: Sequence[str]) -> Hits:  # noqa: ARG002 — the paths' shape
        read_in = np.array([self._language.get(code, -1) for code in languages], dtype=np.int64)
        units, texts = self.lexicon.units, np.empty(len(languages), dtype=np.int64)
        found = self._kernel_scan.find_sums(
            layout.raw, layout.codes, layout.text_end, units.around, units.begins, texts
        )
        sums = list(self.lexicon.sums(layout, languages, texts[:found].tolist()))
        money = np.array([(hit.text, hit.start, hit.end) for hit in sums], dtype=np.int64).reshape(-1, 3).T.copy()
        keys = self._keys(layout)
        room = 8 * len(languages) + 2 * len(keys[0]) + len(sums)
        while True:
            hits = np.empty((5, room), dtype=np.int64)
            found = self._kernel_scan.find_hits(
                layout.raw, layout.start, layout.end, layout.text_of, layout.first_word, read_in,
                *keys, money, SIGNALS.index(SUM), *self._tables.columns(), DIGITS, hits,
            )  # fmt: skip
            if found >= 0:
                return Hits(*(column[:found].copy() for column in hits))
            room *= 4

    def lexical(self, dense: NDArray[np.int64]) -> NDArray[np.int64]:
        out = np.zeros((len(dense), self.weights.dense.shape[1]), dtype=np.int64)
        self._kernel.sum_lexical(dense, self.weights.dense, out)
        return out

    def _keys(self, layout: Layout) -> tuple[NDArray[Any], ...]:
        """Word, length and hash of each key that some language may have."""
        room = 2 * len(layout.start) + 64
        while True:
            keys = np.empty(room, dtype=np.int64), np.empty(room, dtype=np.int64), np.empty(room, dtype=np.uint32)
            found = self._kernel_scan.find_keys(
                layout.codes, layout.start, layout.end, self._lengths, WORD_FACTORS, self.lexicon.hints, *keys
            )
            if found >= 0:
                return tuple(each[:found] for each in keys)
            room *= 4


def compact(rows: Sequence[NDArray[np.int32]]) -> tuple[NDArray[np.uint8], NDArray[np.int32]]:
    """Rows by bucket, in a quarter of the space, so that they stay in the processor's cache; a column for each table.

    Rows ascend with their buckets: so the first row of each 64 buckets is kept, and how far a bucket's is from it.
    """
    steps = np.full((len(rows[0]), len(rows)), 255, dtype=np.uint8)
    bases = np.zeros((len(rows[0]) // 64, len(rows)), dtype=np.int32)
    for column, row in enumerate(rows):
        known = np.flatnonzero(row >= 0)
        if not np.array_equal(row[known], np.arange(len(known))):
            raise WeightsOutOfStep("rows of weights must ascend with their buckets; run ./run train --data DIR")
        bases[:, column] = np.searchsorted(known, 64 * np.arange(len(bases)))
        steps[known, column] = row[known] - bases[known // 64, column]
    return steps, bases


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
