"""Which words decided: told when somebody asks, since most of what is read stays dark and nobody does.

Evidence depends on a text and its reading alone, never on the rest of the batch. So a batch keeps its hits and what was
decided, and the words are looked up again for the posts that are asked about, a few neighbours at a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from sereno.engine.language import little_words
from sereno.engine.read import KINDS, Evidence, Risk
from sereno.engine.reading.layout import Indices, Layout
from sereno.engine.reading.lexicon import SIGNALS, Hits
from sereno.engine.reading.linear import Weights
from sereno.engine.reading.plain import PlainWords, WordsPath

_WORDS_SHOWN = 3
_WORDS_WEIGHED = 10
"""The heads give weight to little words too; a person learns nothing from them, so the next ones are shown."""
_BLOCK = 32
"""So many neighbours are told together: looking up one alone costs nearly as much."""

Told = tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided about each text, as far as words can speak for it."""

    kind: NDArray[np.int64]
    hostile: NDArray[np.bool_]
    action: NDArray[np.bool_]
    risks: Sequence[tuple[Risk, ...]]

    def part(self, first: int, last: int) -> Decided:
        own = slice(first, last)
        return Decided(self.kind[own], self.hostile[own], self.action[own], self.risks[own])


@dataclass(frozen=True, slots=True, eq=False)
class LazyEvidence(Sequence[Told]):
    """A column of evidence. It equals any sequence of the same values, and is pickled as a list of them.

    Holds the batch's texts until all of them were told; safe in several threads (at worst a block is told twice).
    """

    weights: Weights
    texts: Sequence[str]
    hits: Hits
    first_word: Indices
    """Of the batch's layout: hits count its words."""
    decided: Decided
    path: WordsPath | None = None
    """How words are weighed; the plain way where nothing is said."""
    _blocks: dict[int, list[Told]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.texts)

    @overload
    def __getitem__(self, index: int) -> Told: ...
    @overload
    def __getitem__(self, index: slice) -> list[Told]: ...
    def __getitem__(self, index: int | slice) -> Told | list[Told]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        place = index + len(self) if index < 0 else index
        if not 0 <= place < len(self):
            raise IndexError(f"text {index} of {len(self)}")
        return self._block(place // _BLOCK)[place % _BLOCK]

    def __iter__(self) -> Iterator[Told]:
        for block in range(-(-len(self) // _BLOCK)):
            yield from self._block(block)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<evidence of {len(self)} texts>"

    def __reduce__(self) -> tuple[Any, ...]:
        return list, (list(self),)

    def _block(self, block: int) -> list[Told]:
        if block not in self._blocks:
            first, last = block * _BLOCK, min((block + 1) * _BLOCK, len(self))
            path = self.path or PlainWords(self.weights)
            layout = path.lay_out(self.texts[first:last])
            hits = self.hits.part(first, last, int(self.first_word[first]))
            telling = _Telling(self.weights, path, layout, hits, self.decided.part(first, last))
            self._blocks[block] = telling.told()
        return self._blocks[block]


@dataclass(frozen=True, slots=True)
class _Telling:
    weights: Weights
    path: WordsPath
    layout: Layout
    hits: Hits
    decided: Decided

    def told(self) -> list[Told]:
        kind, hostile, risks = self.decided.kind, self.decided.hostile, self.decided.risks
        found: list[set[Evidence]] = [set() for _ in range(len(self.layout.texts))]
        for hit in self.hits:
            if self._speaks(hit.text, hit.signal, hit.soft):
                found[hit.text].add(self._spoken(SIGNALS[hit.signal], hit.text, hit.start, hit.end))
        # nothing in particular speaks for `other`: it is what is left
        of_kind = np.where(kind == KINDS.index("other"), -1, self._column("kind") + kind)
        of_hostile = np.where(hostile, self._column("hostile"), -1)
        kinds, hostiles, gravest = self._telling_words([of_kind, of_hostile, self._risks_without_words(found)])
        for text, word in kinds:
            found[text].add(self._spoken(f"kind.{KINDS[kind[text]]}", text, word, word + 1))
        for text, word in hostiles:
            found[text].add(self._spoken("hostile", text, word, word + 1))
        for text, word in gravest:
            found[text].add(self._spoken(f"risk.{risks[text][0]}", text, word, word + 1))
        return [tuple(sorted(each)) for each in found]

    def _column(self, head: str) -> int:
        return self.weights.heads[head].first

    def _speaks(self, text: int, signal: int, soft: bool) -> bool:
        group, _, name = SIGNALS[signal].partition(".")
        if group == "risk":
            return name in self.decided.risks[text]
        if group == "hostile":
            return bool(self.decided.hostile[text])
        if group == "call_to_action":
            return bool(self.decided.action[text])
        return group == "claims" and not soft

    def _risks_without_words(self, found: Sequence[set[Evidence]]) -> Indices:
        """The column of each text's gravest risk where the model alone saw it, else -1: its words are told instead."""
        return np.array(
            [
                self._column(f"risk.{each[0]}")
                if each and not any(e.signal == f"risk.{each[0]}" for e in found[text])
                else -1
                for text, each in enumerate(self.decided.risks)
            ],
            dtype=np.int64,
        )

    def _telling_words(self, columns: Sequence[Indices]) -> list[list[tuple[int, int]]]:
        """For each column, text and index of the words that add most to it."""
        return [self._most(adds) for adds in self.path.words_for(self.layout, columns)]

    def _most(self, adds: Indices) -> list[tuple[int, int]]:
        layout = self.layout
        words = np.flatnonzero(adds > 0)
        text_of = layout.text_of[words]
        order = np.lexsort((words, -adds[words], text_of))
        shown: Counter[int] = Counter()
        weighed: Counter[int] = Counter()
        telling = []
        for text, word in zip(text_of[order].tolist(), words[order].tolist(), strict=True):
            weighed[text] += 1
            if weighed[text] <= _WORDS_WEIGHED and shown[text] < _WORDS_SHOWN and _tells(layout.word(word)):
                shown[text] += 1
                telling.append((text, word))
        return telling

    def _spoken(self, signal: str, text: int, start: int, end: int) -> Evidence:
        layout = self.layout
        return Evidence(signal, *layout.span(text, int(layout.start[start]), int(layout.end[end - 1])))


def _tells(word: str) -> bool:
    """Whether a person learns something from seeing this word marked."""
    return len(word) > 2 and word.isalpha() and word not in little_words()
