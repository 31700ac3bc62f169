"""The plain path of the fast reader: numpy over whole columns. It defines what a reading is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from sereno.engine.reading.features import Hashes, groups, prefix_sums
from sereno.engine.reading.language_head import Heard, LanguageHead
from sereno.engine.reading.layout import Indices, Layout, lay_out
from sereno.engine.reading.lexicon import Hits, Lexicon
from sereno.engine.reading.linear import Integers, Weights


@dataclass(frozen=True, slots=True)
class Grams:
    """What the n-grams of a batch add up to."""

    heard: Heard
    """For the language."""
    total: Integers
    """For the heads: one row a text."""
    known: Integers
    """How many n-grams of each text have weights."""
    sums: Hashes | None = None
    """Prefix sums, where the path needs them again."""


class WordsPath(Protocol):
    """The heavy steps between texts and the words that decided."""

    def lay_out(self, texts: Sequence[str]) -> Layout: ...

    def words_for(self, layout: Layout, columns: Sequence[Indices]) -> Sequence[Indices]:
        """See `Weights.words_for`: one answer for each of the columns."""
        ...


class Path(WordsPath, Protocol):
    """The heavy steps between texts and scores. Every path gives the same integers."""

    @property
    def name(self) -> str: ...

    def grams(self, layout: Layout) -> Grams: ...

    def scan(self, layout: Layout, grams: Grams, languages: Sequence[str]) -> Hits: ...

    def lexical(self, dense: Integers) -> Integers: ...


@dataclass(frozen=True, slots=True)
class PlainWords:
    weights: Weights

    def lay_out(self, texts: Sequence[str]) -> Layout:
        return lay_out(texts)

    def words_for(self, layout: Layout, columns: Sequence[Indices]) -> Sequence[Indices]:
        if not any((column >= 0).any() for column in columns):
            return [np.zeros(len(layout.start), dtype=np.int64) for _ in columns]
        ngrams = self.weights.known(layout, prefix_sums(layout))
        return [self.weights.words_for(layout, ngrams, column) for column in columns]


@dataclass(frozen=True, slots=True)
class Plain(PlainWords):
    head: LanguageHead
    lexicon: Lexicon
    name: str = "plain"

    def grams(self, layout: Layout) -> Grams:
        sums = prefix_sums(layout)
        features = list(groups(layout, sums))
        total, known = self.weights.sums(self.weights.known_of(features), len(layout.texts))
        return Grams(self.head.hear(layout, features), total, known, sums)

    def scan(self, layout: Layout, grams: Grams, languages: Sequence[str]) -> Hits:
        sums = grams.sums if grams.sums is not None else prefix_sums(layout)
        return self.lexicon.scan(layout, sums, languages)

    def lexical(self, dense: Integers) -> Integers:
        return self.weights.lexical(dense)
