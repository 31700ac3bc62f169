"""Hashed features of a batch: word 1-2-grams and character 3-5-grams with the word's boundary marked.

A feature is a number below `BUCKETS`. Hashing is arithmetic on uint32 arrays, which wraps the same on any machine.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sereno.engine.reading.layout import END, Indices, Layout

BITS = 19
BUCKETS = 1 << BITS
CHARACTERS = (3, 4, 5)
_LONGEST = 64
"""Of a longer word only so many characters tell it apart from others."""

Hashes = NDArray[np.uint32]
Group = tuple[Indices, Indices, Indices]
"""Bucket, text and place of each feature."""


def _odd_numbers(seed: int, count: int) -> Hashes:
    """Fixed pseudo-random odd multipliers (splitmix32), the same on any machine and for ever."""
    numbers = np.zeros(count, dtype=np.uint32)
    state = seed
    for i in range(count):
        state = (state + 0x9E3779B9) & 0xFFFFFFFF
        z = state
        z = ((z ^ (z >> 16)) * 0x21F0AAAD) & 0xFFFFFFFF
        z = ((z ^ (z >> 15)) * 0x735A2D97) & 0xFFFFFFFF
        numbers[i] = (z ^ (z >> 15)) | 1
    return numbers


WORD_FACTORS = _odd_numbers(1, _LONGEST)
WINDOW_FACTORS = _odd_numbers(2, 8)
SALTS = _odd_numbers(3, 16)


def prefix_sums(layout: Layout) -> Hashes:
    """Sums that give the hash of any beginning of any word (see `beginnings`); one longer than the buffer."""
    place = np.zeros(len(layout.codes), dtype=np.int64)
    place[layout.start] = layout.start
    place = np.arange(len(place)) - np.maximum.accumulate(place)
    terms = layout.codes * WORD_FACTORS[np.minimum(place, _LONGEST - 1)]
    sums = np.zeros(len(terms) + 1, dtype=np.uint32)
    np.cumsum(terms, dtype=np.uint32, out=sums[1:])
    return sums


def hash_of_word(word: str) -> int:
    """The hash that `beginnings` gives for this (folded) word; for building tables."""
    return sum(ord(c) * int(WORD_FACTORS[min(i, _LONGEST - 1)]) for i, c in enumerate(word)) & 0xFFFFFFFF


def beginnings(sums: Hashes, start: Indices, end: Indices) -> Hashes:
    return sums[end] - sums[start]


def _bucket(hashes: Hashes, salt: int) -> Indices:
    mixed = (hashes ^ (hashes >> np.uint32(15))) * np.uint32(0x2C1B3C6D) + SALTS[salt]
    mixed = (mixed ^ (mixed >> np.uint32(12))) * np.uint32(0x297A2D39)
    buckets: Indices = (mixed >> np.uint32(32 - BITS)).astype(np.int64)
    return buckets


def groups(layout: Layout, sums: Hashes) -> Iterator[Group]:
    """Feature groups of the batch: bucket, text it stands in, and place in the buffer; places ascend."""
    whole = beginnings(sums, layout.start, layout.end)
    yield _bucket(whole, 0), layout.text_of, layout.start
    pairs = np.flatnonzero(layout.text_of[1:] == layout.text_of[:-1])
    yield (
        _bucket(whole[pairs] * np.uint32(0x85EBCA6B) + whole[pairs + 1], 1),
        layout.text_of[pairs],
        layout.start[pairs],
    )
    text_at = np.cumsum(layout.codes == END)
    words_before = np.concatenate([[0], np.cumsum(layout.is_word)])
    for n in CHARACTERS:
        yield _windows(layout, words_before, text_at, n)


def _windows(layout: Layout, words_before: Indices, text_at: Indices, n: int) -> Group:
    """Every stretch of n characters inside a word, or with the space before or after it."""
    codes = layout.codes
    count = len(codes) - n + 1
    if count <= 0:
        nothing: Indices = np.zeros(0, dtype=np.int64)
        return nothing, nothing, nothing
    inside = words_before[n - 1 : n - 1 + count] - words_before[1 : 1 + count] == n - 2
    valid = np.flatnonzero(inside & (codes[:count] != END) & (codes[n - 1 :] != END))
    hashes = codes[valid] * WINDOW_FACTORS[0]
    for i in range(1, n):
        hashes += codes[valid + i] * WINDOW_FACTORS[i]
    return _bucket(hashes, n), text_at[valid], valid
