"""The lexicon's scan as machine code: what `Lexicon.scan` does, over the tables of `tables.py`.

Tables are few and wide, and each function takes only those it reads: an array is seven arguments of a call here.
A string is a number; its letters are `letters[letter_at[string]:letter_at[string + 1]]`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sereno.engine.reading.kernel import compiled

# columns of the tables
STRING, HASH, LENGTH, FIRST, LAST = range(5)
"""Of a slot: the key (-1 in an empty slot), its hash, its length if it is a stem, and which of `entry_of` it means."""
SIGNAL, SOFT, ANCHOR, TOKEN_AT = range(4)
"""Of an entry; its tokens go up to the next entry's."""
NUMBER, GAP, BEGINNINGS, CHOICE_AT = range(4)
"""Of a token: whether any number fits, how many words may stand before it, with which two letters the strings that fit
it begin (64 bits, hashed), and where these strings stand."""
IS_STEM, LETTER = 1, 2
"""Of a choice, whose table lies on its side: row 0 is its string, LETTER its first letter."""
SLOT_AT, REACH, NEGATION_AT = range(3)
"""Of a language: where its slots begin, how far a negation reaches, where its words of negation begin."""

Codes = NDArray[np.uint32]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@compiled
def _equal(raw: Codes, begin: int, size: int, letters: Codes, at: int, length: int, stem: bool) -> bool:
    if size < length or (size > length and not stem):
        return False
    for i in range(length):  # noqa: SIM110 — compiled: a generator would not be
        if raw[begin + i] != letters[at + i]:
            return False
    return True


@compiled
def _one_of(
    raw: Codes, begin: int, size: int, strings: Ints, first: int, last: int, letters: Codes, letter_at: Ints
) -> bool:
    for i in range(first, last):
        at = letter_at[strings[i]]
        if _equal(raw, begin, size, letters, at, letter_at[strings[i] + 1] - at, False):
            return True
    return False


@compiled
def _fits(
    raw: Codes, begin: int, size: int, token: int, tokens: Ints, choices: Ints, letters: Codes, letter_at: Ints,
    digits: Flags,
) -> bool:  # fmt: skip
    second = raw[begin + 1] if size > 1 else np.uint32(0)
    if not tokens[token, BEGINNINGS] >> np.int64((7 * raw[begin] + second) & np.uint32(63)) & 1:
        first = last = 0
    else:
        first, last = tokens[token, CHOICE_AT], tokens[token + 1, CHOICE_AT]
    for i in range(first, last):
        if choices[LETTER, i] != raw[begin]:
            continue
        at = letter_at[choices[0, i]]
        if _equal(raw, begin, size, letters, at, letter_at[choices[0, i] + 1] - at, choices[IS_STEM, i] != 0):
            return True
    if tokens[token, NUMBER] == 0:
        return False
    for i in range(begin, begin + size):  # noqa: SIM110
        if raw[i] >= len(digits) or not digits[raw[i]]:
            return False
    return True


@compiled
def _place_of(
    raw: Codes, start: Ints, end: Ints, word: int, first: int, last: int, entry: int, entries: Ints, tokens: Ints,
    choices: Ints, letters: Codes, letter_at: Ints, digits: Flags,
) -> tuple[int, int]:  # fmt: skip
    """First word of the entry's fit at this word, and the word after its last; -1, -1 where it does not fit."""
    begins = ends = word
    anchor = entries[entry, TOKEN_AT] + entries[entry, ANCHOR]
    for token in range(anchor + 1, entries[entry + 1, TOKEN_AT]):
        reached = -1
        for at in range(ends + 1, min(ends + 2 + tokens[token, GAP], last)):
            if _fits(raw, start[at], end[at] - start[at], token, tokens, choices, letters, letter_at, digits):
                reached = at
                break
        if reached < 0:
            return -1, -1
        ends = reached
    for token in range(anchor, entries[entry, TOKEN_AT], -1):
        reached = -1
        for at in range(begins - 1, max(begins - 2 - tokens[token, GAP], first - 1), -1):
            if _fits(raw, start[at], end[at] - start[at], token - 1, tokens, choices, letters, letter_at, digits):
                reached = at
                break
        if reached < 0:
            return -1, -1
        begins = reached
    return begins, ends + 1


@compiled
def _ends_sentence(raw: Codes, start: Ints, end: Ints, word: int, sentence_ends: Codes) -> bool:
    for i in range(end[word], start[word + 1]):
        for sign in sentence_ends:
            if raw[i] == sign:
                return True
    sign = raw[start[word]]
    single: bool = end[word] - start[word] == 1
    return single and (sign == 33 or sign == 63)  # ! ?


@compiled
def _negated(
    raw: Codes, start: Ints, end: Ints, begins: int, first: int, language: int, languages: Ints, negation: Ints,
    only: Ints, sentence_ends: Codes, letters: Codes, letter_at: Ints,
) -> bool:  # fmt: skip
    low, high = languages[language, NEGATION_AT], languages[language + 1, NEGATION_AT]
    for word in range(begins - 1, begins - 1 - languages[language, REACH], -1):
        if word < first or _ends_sentence(raw, start, end, word, sentence_ends):
            return False
        if _one_of(raw, start[word], end[word] - start[word], negation, low, high, letters, letter_at):
            after = word + 1
            return not _one_of(
                raw, start[after], end[after] - start[after], only, 0, len(only), letters, letter_at
            )  # fmt: skip
    return False


@compiled
def _slot_of(
    raw: Codes, begin: int, size: int, hashed: np.uint32, length: int, first: int, last: int, slots: Ints,
    letters: Codes, letter_at: Ints,
) -> int:  # fmt: skip
    """The slot of this key among those of a language (a power of 2), -1 where it has none."""
    mask = last - first - 1
    at = np.int64(hashed ^ (hashed >> np.uint32(16))) & mask
    while slots[first + at, STRING] >= 0:
        slot = first + at
        if slots[slot, HASH] == hashed and slots[slot, LENGTH] == length:
            string = slots[slot, STRING]
            letter = letter_at[string]
            if _equal(raw, begin, size, letters, letter, letter_at[string + 1] - letter, length > 0):
                return int(slot)
        at = (at + 1) & mask
    return -1


@compiled
def _keep_unsilenced(hits: Ints, first: int, last: int) -> int:
    """Moves those of a text's hits that nothing safe covers, each once, to the front; gives the place after them."""
    safe = False
    for hit in range(first, last):
        safe = safe or hits[1, hit] < 0
    if safe:  # silenced ones are marked first: moving would overwrite the safe ones
        for hit in range(first, last):
            for other in range(first, last):
                if hits[1, other] == -1 and hits[3, other] < hits[4, hit] and hits[3, hit] < hits[4, other]:
                    if hits[1, hit] >= 0:
                        hits[1, hit] = -2
                    break
    kept = first
    for hit in range(first, last):
        again = hits[1, hit] < 0
        for other in range(first, kept):
            if (
                hits[3, other] == hits[3, hit]
                and hits[4, other] == hits[4, hit]
                and hits[1, other] == hits[1, hit]
                and hits[2, other] == hits[2, hit]
            ):
                again = True
                break
        if not again:
            for column in range(5):
                hits[column, kept] = hits[column, hit]
            kept += 1
    return kept


@compiled
def find_sums(raw: Codes, codes: Codes, text_end: Ints, around: Ints, begins: Flags, texts: Ints) -> int:
    """Fills the texts that have a digit and a unit of money close by (`lexicon.Units`); gives how many."""
    found = begin = 0
    last = len(raw) - 1
    for text in range(len(text_end)):
        close = False
        for i in range(max(begin, 1), text_end[text]):
            if codes[i] != 48 or (codes[i - 1] == 48 and codes[i + 1] == 48):  # 0: any digit
                continue
            for place in around:
                hashed = np.uint32(0)
                for length in range(1, 4):
                    letter = raw[min(max(i + place + length - 1, 0), last)]
                    hashed = np.uint32(hashed * np.uint32(31) + letter)
                    close = close or begins[length, hashed & np.uint32(0xFFFF)]
            if close:
                texts[found] = text
                found += 1
                break
        begin = text_end[text] + 1
    return found


@compiled
def find_keys(
    codes: Codes, start: Ints, end: Ints, lengths: Ints, in_word: Codes, hints: Flags, words: Ints, keys: Ints,
    hashes: Codes,
) -> int:  # fmt: skip
    """Fills word, length (0: the whole word) and hash of each key that some language may have, in the order of words.

    Gives how many, or -1 where they have no room.
    """
    found = 0
    longest = len(in_word) - 1
    first_length = 1 if len(lengths) and lengths[0] == 0 else 0
    for word in range(len(start)):
        hashed = np.uint32(0)
        begin, size = start[word], end[word] - start[word]
        next_length = first_length
        if found + len(lengths) + 1 > len(words):
            return -1
        for i in range(size):
            hashed = np.uint32(hashed + codes[begin + i] * in_word[min(i, longest)])
            if next_length < len(lengths) and lengths[next_length] == i + 1:
                next_length += 1
                mixed = np.uint32(np.uint32(hashed ^ (hashed >> np.uint32(16))) * np.uint32(0x45D9F3B + 2 * (i + 1)))
                if hints[mixed >> np.uint32(12)]:
                    words[found], keys[found], hashes[found] = word, i + 1, hashed
                    found += 1
        mixed = np.uint32(np.uint32(hashed ^ (hashed >> np.uint32(16))) * np.uint32(0x45D9F3B))
        if hints[mixed >> np.uint32(12)]:
            words[found], keys[found], hashes[found] = word, 0, hashed
            found += 1
    return found


@compiled
def find_hits(
    raw: Codes, start: Ints, end: Ints, text_of: Ints, first_word: Ints, read_in: Ints, words: Ints, keys: Ints,
    hashes: Codes, money: Ints, money_signal: int, letters: Codes, letter_at: Ints, slots: Ints, entry_of: Ints,
    entries: Ints, tokens: Ints, choices: Ints, languages: Ints, negatable: Flags, negation: Ints, only: Ints,
    sentence_ends: Codes, digits: Flags, hits: Ints,
) -> int:  # fmt: skip
    """Fills the columns text, signal, soft, start, end of `hits`; gives how many, or -1 where they have no room.

    `read_in` has the language of each text, -1 where it is read in all. `money` are the sums: text, start, end.
    """
    found, sums, key = 0, 0, 0
    for text in range(len(first_word) - 1):
        begin, first, last = found, first_word[text], first_word[text + 1]
        low, high = (read_in[text], read_in[text] + 1) if read_in[text] >= 0 else (0, languages.shape[0] - 1)
        while key < len(words) and text_of[words[key]] == text:
            word = words[key]
            for language in range(low, high):
                slot = _slot_of(
                    raw, start[word], end[word] - start[word], hashes[key], keys[key],
                    languages[language, SLOT_AT], languages[language + 1, SLOT_AT], slots, letters, letter_at,
                )  # fmt: skip
                if slot < 0:
                    continue
                for i in range(slots[slot, FIRST], slots[slot, LAST]):
                    entry = entry_of[i]
                    begins, ends = _place_of(
                        raw, start, end, word, first, last, entry, entries, tokens, choices, letters, letter_at, digits
                    )
                    signal = entries[entry, SIGNAL]
                    if begins < 0 or (
                        negatable[signal]
                        and _negated(
                            raw, start, end, begins, first, language, languages, negation, only, sentence_ends,
                            letters, letter_at,
                        )
                    ):  # fmt: skip
                        continue
                    if found == hits.shape[1]:
                        return -1
                    hits[0, found], hits[1, found], hits[2, found] = text, signal, entries[entry, SOFT]
                    hits[3, found], hits[4, found] = begins, ends
                    found += 1
            key += 1
        while sums < money.shape[1] and money[0, sums] == text:
            if found == hits.shape[1]:
                return -1
            hits[0, found], hits[1, found], hits[2, found] = text, money_signal, 0
            hits[3, found], hits[4, found] = money[1, sums], money[2, sums]
            found, sums = found + 1, sums + 1
        found = _keep_unsilenced(hits, begin, found)
    return found
