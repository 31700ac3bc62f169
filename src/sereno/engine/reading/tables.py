"""The lexicons as arrays, for the loops of `kernel_scan.py`."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sereno.engine.reading.lexicon import ONLY, SENTENCE_ENDS, Entry, Language, Lexicon, Token, hash_of_key

Ints = NDArray[np.int64]


class _Strings:
    """Numbers of strings, each kept once."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def number(self, string: str) -> int:
        return self.numbers.setdefault(string, len(self.numbers))

    def letters(self) -> tuple[NDArray[np.uint32], Ints]:
        joined = "".join(self.numbers)
        codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint32)
        return codes, np.array(_offsets(len(string) for string in self.numbers), dtype=np.int64)


class _Entries:
    """Entries and their tokens as columns."""

    def __init__(self, strings: _Strings) -> None:
        self.strings = strings
        self.numbers: dict[int, int] = {}
        self.entries: list[Entry] = []
        self.choices: list[list[tuple[int, int, int]]] = []

    def number(self, entry: Entry) -> int:
        if id(entry) not in self.numbers:
            self.numbers[id(entry)] = len(self.entries)
            self.entries.append(entry)
            self.choices.extend(self._choices(token) for token in entry.tokens)
        return self.numbers[id(entry)]

    def _choices(self, token: Token) -> list[tuple[int, int, int]]:
        whole = [(self.strings.number(word), 0, ord(word[0])) for word in sorted(token.words)]
        return whole + [(self.strings.number(stem), 1, ord(stem[0])) for stem in token.stems]

    def tokens(self) -> list[Token]:
        return [token for entry in self.entries for token in entry.tokens]


@dataclass(frozen=True, slots=True)
class Tables:
    """In the order in which the loops take them; their columns are named there."""

    letters: NDArray[np.uint32]
    letter_at: Ints
    slots: Ints
    entry_of: Ints
    entries: Ints
    tokens: Ints
    choices: Ints
    languages: Ints
    negatable: NDArray[np.bool_]
    negation: Ints
    only: Ints
    sentence_ends: NDArray[np.uint32]

    def columns(self) -> tuple[NDArray[Any], ...]:
        return tuple(getattr(self, each.name) for each in fields(self))


def tables_of(lexicon: Lexicon) -> Tables:
    strings = _Strings()
    entries = _Entries(strings)
    languages = list(lexicon.languages.values())
    entry_of: list[int] = []
    slots = [_slots(language, strings, entries, entry_of) for language in languages]
    negation = [[strings.number(word) for word in sorted(language.negation)] for language in languages]
    only = [strings.number(word) for word in sorted(ONLY)]
    letters, letter_at = strings.letters()
    tokens = entries.tokens()
    whole = entries.entries
    return Tables(
        letters=letters,
        letter_at=letter_at,
        slots=np.concatenate([np.zeros((0, 5), dtype=np.int64), *slots]),
        entry_of=np.array(entry_of, dtype=np.int64),
        entries=_table(
            [each.signal for each in whole],
            [int(each.soft) for each in whole],
            [each.anchor for each in whole],
            _offsets(len(each.tokens) for each in whole),
        ),
        tokens=_table(
            [int(each.number) for each in tokens],
            [each.gap for each in tokens],
            [_beginnings(each) for each in tokens],
            _offsets(len(choices) for choices in entries.choices),
        ),
        choices=np.array(list(itertools.chain(*entries.choices)), dtype=np.int64).reshape(-1, 3).T.copy(),
        languages=_table(
            _offsets(len(table) for table in slots),
            [language.reach for language in languages],
            _offsets(len(words) for words in negation),
        ),
        negatable=np.array(lexicon.negatable, dtype=np.bool_),
        negation=np.array([number for words in negation for number in words], dtype=np.int64),
        only=np.array(only, dtype=np.int64),
        sentence_ends=np.array(sorted(ord(sign) for sign in SENTENCE_ENDS), dtype=np.uint32),
    )


def _table(*columns: Sequence[int]) -> Ints:
    """The columns as one table; those that say where something ends are longer by one, the others get a 0."""
    return np.array(list(itertools.zip_longest(*columns, fillvalue=0)), dtype=np.int64)


def _slots(language: Language, strings: _Strings, entries: _Entries, entry_of: list[int]) -> Ints:
    """String, hash, length, first and last of each slot; open addressing, at most half full."""
    size = 16
    while size < 2 * len(language.entries):
        size *= 2
    table = np.zeros((size, 5), dtype=np.int64)
    table[:, 0] = -1
    for key, found in language.entries.items():
        string = key[:-1] if key.endswith("*") else key
        hashed = hash_of_key(string)
        at = (hashed ^ (hashed >> 16)) & (size - 1)
        while table[at, 0] >= 0:
            at = (at + 1) & (size - 1)
        first = len(entry_of)
        entry_of.extend(entries.number(entry) for entry in found)
        length = len(string) if key.endswith("*") else 0
        table[at] = strings.number(string), hashed, length, first, len(entry_of)
    return table


def _beginnings(token: Token) -> int:
    """One bit for the first two letters of each string that fits, as a signed number of 64 bits."""
    bits = 0
    for string in (*token.words, *token.stems):
        if len(string) == 1 and string in token.stems:
            return -1  # any second letter
        bits |= 1 << ((7 * ord(string[0]) + (ord(string[1]) if len(string) > 1 else 0)) & 63)
    return bits - (1 << 64) if bits >> 63 else bits


def _offsets(lengths: Iterable[int]) -> list[int]:
    return [0, *itertools.accumulate(lengths)]
