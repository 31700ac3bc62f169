"""The fast reader's loops as machine code. Imported only where numba is installed: see `accelerated.py`.

Everything comes in as an argument: numba would freeze a module's arrays into its cache, and would not notice when the
module they came from changes. What each loop gives is defined by the plain path (`layout`, `features`, `linear`,
`language_head`, `lexicon`); a test holds both to the same readings.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

SPACE, END, ZERO, APOSTROPHE = 32, 10, 48, 39
WORD, SYMBOL, STOP = 1, 2, 3
NONE = 255
"""Of a bucket: it has no row."""
SPELLS, BLANK = 1, 2
"""Of a code point: `\\w` and `\\s` of a pattern."""

Codes = NDArray[np.uint32]
Ints = NDArray[np.int64]
F = TypeVar("F", bound=Callable[..., object])


def compiled(function: F) -> F:
    """Compiled at its first call, and kept on disk where some cache folder can be written.

    Nothing here makes an array, so counting references is left out: it took three quarters of the scan's time.
    """
    choices: tuple[dict[str, Any], ...] = {"cache": True, "_nrt": False}, {"_nrt": False}, {}
    for options in choices:
        try:
            made: F = cast(F, numba.njit(nogil=True, **options)(function))
        except (RuntimeError, KeyError):  # no folder for the cache; another numba without this option
            continue
        return made
    raise RuntimeError(f"numba {numba.__version__} does not take {function.__name__}")


@compiled
def folded_length(raw: Codes, table: NDArray[np.int32], piece_at: Ints) -> int:
    """How long the folded text is; -1 - i where the character at i was never folded before."""
    length = 0
    for i in range(len(raw)):
        to = table[raw[i]]
        if to > 0:
            length += 1
        elif to == 0:
            return -1 - i
        else:
            length += piece_at[-to] - piece_at[-to - 1]
    return length


@compiled
def fold_into(out: Codes, raw: Codes, table: NDArray[np.int32], piece_at: Ints, pieces: Codes) -> None:
    at = 0
    for i in range(len(raw)):
        to = table[raw[i]]
        if to > 0:
            out[at] = to - 1
            at += 1
        else:
            for piece in range(piece_at[-to - 1], piece_at[-to]):
                out[at] = pieces[piece]
                at += 1


@compiled
def _link_end(raw: Codes, i: int, marks: NDArray[np.uint8]) -> int:
    """Where a link that begins at i ends; i where none does."""
    size = len(raw)
    at = i
    if raw[i] == 119:  # www.
        if i + 4 <= size and raw[i + 1] == 119 and raw[i + 2] == 119 and raw[i + 3] == 46:
            at = i + 4
    elif i + 7 <= size and raw[i + 1] == 116 and raw[i + 2] == 116 and raw[i + 3] == 112:  # http(s)://
        colon = i + 5 if raw[i + 4] == 115 else i + 4
        if colon + 3 <= size and raw[colon] == 58 and raw[colon + 1] == 47 and raw[colon + 2] == 47:
            at = colon + 3
    if at == i:
        return i
    end = at
    while end < size and raw[end] != 0 and not marks[raw[end]] & BLANK:
        end += 1
    return end if end > at else i


@compiled
def _mail_end(raw: Codes, i: int, marks: NDArray[np.uint8]) -> int:
    """Where a mail address that begins at i ends; i where none does."""
    size = len(raw)
    at = i
    while at < size and at - i <= 64 and (marks[raw[at]] & SPELLS or raw[at] == 46 or raw[at] == 43 or raw[at] == 45):
        at += 1
    if at == i or at - i > 64 or at >= size or raw[at] != 64:
        return i
    host = at + 1
    dot = host
    while dot < size and (marks[raw[dot]] & SPELLS or raw[dot] == 45):
        dot += 1
    if dot == host or dot >= size or raw[dot] != 46:
        return i
    end = dot + 1
    while end < size and (marks[raw[end]] & SPELLS or raw[end] == 45 or raw[end] == 46):
        end += 1
    return end if end > dot + 1 else i


@compiled
def blank_addresses(raw: Codes, marks: NDArray[np.uint8]) -> None:
    """Links, handles and mail addresses become spaces."""
    begin = 0
    while begin < len(raw):
        # most texts hold none: a sign that every address has is looked for first
        some = False
        stop = begin
        while stop < len(raw) and raw[stop] != 0:
            code = raw[stop]
            some = some or code == 64 or (raw[stop - 1] == code and (code == 47 or code == 119))  # @ // ww
            stop += 1
        if some:
            _blank_in(raw, begin, stop, marks)
        begin = stop + 1


@compiled
def _blank_in(raw: Codes, i: int, stop: int, marks: NDArray[np.uint8]) -> None:
    before = SPACE
    joined = False  # whether a mail address could have begun before
    while i < stop:
        code = raw[i]
        if joined and 97 <= code <= 122 and code != 104 and code != 119:
            before = code
            i += 1
            continue
        spelled = marks[code] & SPELLS != 0
        end = i
        if code == 104 or code == 119:
            end = _link_end(raw, i, marks)
        if end == i and code == 64 and not marks[before] & SPELLS:
            end = i + 1
            while end < stop and marks[raw[end]] & SPELLS:
                end += 1
            if end == i + 1:
                end = i
        joins = spelled or code == 46 or code == 43 or code == 45
        if end == i and joins and not joined:
            end = _mail_end(raw, i, marks)
        if end == i:
            before, joined = code, joins
            i += 1
        else:
            before = raw[end - 1]
            joined = marks[before] & SPELLS != 0 or before == 46 or before == 43 or before == 45
            raw[i:end] = SPACE
            i = end


@compiled
def find_words(
    raw: Codes,
    classes: NDArray[np.uint8],
    digits: NDArray[np.bool_],
    codes: Codes,
    is_word: NDArray[np.bool_],
    text_end: Ints,
    start: Ints,
    end: Ints,
    text_of: Ints,
    first_word: Ints,
) -> int:
    """Fills everything after `raw` and the two tables; gives the number of words."""
    size, words, text = len(raw), 0, 0
    plane = len(classes) - 1
    open_word = False
    previous_class, previous = np.uint8(0), np.uint32(0)
    this_class = np.uint8(0)
    if size:
        this_class = classes[raw[0]] if raw[0] <= plane else np.uint8(SYMBOL)
    for i in range(size):
        code = raw[i]
        next_class = np.uint8(0)
        if i + 1 < size:
            next_class = classes[raw[i + 1]] if raw[i + 1] <= plane else np.uint8(SYMBOL)
        inside = this_class == WORD or (
            code == APOSTROPHE and previous_class == WORD and next_class == WORD and 0 < i < size - 1
        )
        is_word[i] = inside
        if inside:
            codes[i] = ZERO if code <= plane and digits[code] else code
            if not open_word:
                start[words], text_of[words], open_word = i, text, True
        else:
            codes[i] = SPACE
            if open_word:
                end[words] = i
                words, open_word = words + 1, False
            if this_class == SYMBOL and (i == 0 or code != previous):
                start[words], end[words], text_of[words] = i, i + 1, text
                words += 1
            elif this_class == STOP:
                codes[i] = END
                text_end[text] = i
                text += 1
                first_word[text] = words
        previous_class, previous, this_class = this_class, code, next_class
    return words


@compiled
def _bucket(hashed: np.uint32, salt: np.uint32, shift: np.uint32) -> np.uint32:
    mixed = np.uint32((hashed ^ (hashed >> np.uint32(15))) * np.uint32(0x2C1B3C6D)) + salt
    mixed = np.uint32(mixed)
    mixed = np.uint32((mixed ^ (mixed >> np.uint32(12))) * np.uint32(0x297A2D39))
    return np.uint32(mixed >> shift)


@compiled
def _add(rows: NDArray[np.int8], pending: Ints, count: int, total: NDArray[np.int32]) -> None:
    """Adds `count` rows to `total`; eight at a time, since then the sum of each column is loaded and stored once."""
    first = 0
    while first + 8 <= count:
        p, q, r, s = rows[pending[first]], rows[pending[first + 1]], rows[pending[first + 2]], rows[pending[first + 3]]
        t, u, v, w = (
            rows[pending[first + 4]], rows[pending[first + 5]], rows[pending[first + 6]], rows[pending[first + 7]],
        )  # fmt: skip
        for column in range(len(total)):
            total[column] += (
                np.int32(p[column]) + np.int32(q[column]) + np.int32(r[column]) + np.int32(s[column])
                + np.int32(t[column]) + np.int32(u[column]) + np.int32(v[column]) + np.int32(w[column])
            )  # fmt: skip
        first += 8
    for i in range(first, count):
        row = rows[pending[i]]
        for column in range(len(total)):
            total[column] += row[column]


@compiled
def sum_ngrams(
    codes: Codes,
    is_word: NDArray[np.bool_],
    text_end: Ints,
    start: Ints,
    end: Ints,
    first_word: Ints,
    in_word: Codes,
    in_window: Codes,
    salts: Codes,
    shift: np.uint32,
    steps: NDArray[np.uint8],
    bases: NDArray[np.int32],
    rows: NDArray[np.int8],
    total: NDArray[np.int32],
    known: Ints,
    spoken_rows: NDArray[np.int8],
    heard: NDArray[np.int32],
    heard_known: Ints,
    letters: Ints,
    foreign: Ints,
    pending: Ints,
    spoken: Ints,
) -> None:
    """Hashes every n-gram once, and adds its weights to its text (`total`) and to half of its text (`heard`).

    `steps` and `bases` say which rows of the two tables a bucket has (`accelerated.compact`). `pending` and `spoken`
    are room for the rows of one text: two for each of its words, three for each of its characters. A row is noted
    in any case and counted only if the bucket has one: no branch that the processor would guess wrong.
    """
    longest = len(in_word) - 1
    begin = 0
    for text in range(len(text_end)):
        stop = text_end[text]
        middle = (begin + stop) // 2
        count = first_half = second_half = 0
        room = len(spoken) - 1  # rows of the second half are laid down from the end
        before = np.uint32(0)
        for word in range(first_word[text], first_word[text + 1]):
            hashed = np.uint32(0)
            first = start[word]
            for i in range(first, end[word]):
                hashed = np.uint32(hashed + codes[i] * in_word[min(i - first, longest)])
            bucket = _bucket(hashed, salts[0], shift)
            pending[count] = bases[bucket >> 6, 0] + steps[bucket, 0]
            count += steps[bucket, 0] != NONE
            if first < middle:
                spoken[first_half] = bases[bucket >> 6, 1] + steps[bucket, 1]
                first_half += steps[bucket, 1] != NONE
            else:
                spoken[room - second_half] = bases[bucket >> 6, 1] + steps[bucket, 1]
                second_half += steps[bucket, 1] != NONE
            if word > first_word[text]:
                pair = np.uint32(np.uint32(before * np.uint32(0x85EBCA6B)) + hashed)
                bucket = _bucket(pair, salts[1], shift)
                pending[count] = bases[bucket >> 6, 0] + steps[bucket, 0]
                count += steps[bucket, 0] != NONE
            before = hashed
        for i in range(begin, stop):
            if is_word[i]:
                if codes[i] > 127:
                    foreign[text] += 1
                elif 97 <= codes[i] <= 122:
                    letters[text] += 1
            hashed = np.uint32(codes[i] * in_window[0])
            for n in range(1, 5):
                # i + n is the last character of the window, all between must be inside a word
                if i + n >= stop or (n > 1 and not is_word[i + n - 1]):
                    break
                hashed = np.uint32(hashed + codes[i + n] * in_window[n])
                if n < 2:
                    continue
                bucket = _bucket(hashed, salts[n + 1], shift)
                pending[count] = bases[bucket >> 6, 0] + steps[bucket, 0]
                count += steps[bucket, 0] != NONE
                if n == 4:
                    continue
                if i < middle:
                    spoken[first_half] = bases[bucket >> 6, 1] + steps[bucket, 1]
                    first_half += steps[bucket, 1] != NONE
                else:
                    spoken[room - second_half] = bases[bucket >> 6, 1] + steps[bucket, 1]
                    second_half += steps[bucket, 1] != NONE
        known[text] = count
        heard_known[2 * text], heard_known[2 * text + 1] = first_half, second_half
        _add(rows, pending, count, total[text])
        _add(spoken_rows, spoken, first_half, heard[2 * text])
        _add(spoken_rows, spoken[room + 1 - second_half :], second_half, heard[2 * text + 1])
        begin = stop + 1


@compiled
def _weigh(row: int, rows: NDArray[np.int8], word: int, text: int, asked: Ints, adds: Ints) -> None:
    for column in range(asked.shape[0]):
        if asked[column, text] >= 0:
            adds[column, word] += rows[row, asked[column, text]]


@compiled
def sum_words(
    codes: Codes,
    is_word: NDArray[np.bool_],
    text_end: Ints,
    start: Ints,
    end: Ints,
    first_word: Ints,
    in_word: Codes,
    in_window: Codes,
    salts: Codes,
    shift: np.uint32,
    row_of: NDArray[np.int32],
    rows: NDArray[np.int8],
    asked: Ints,
    adds: Ints,
) -> None:
    """What each word adds to the columns that are `asked` of its text (-1: none): see `Weights.words_for`."""
    longest = len(in_word) - 1
    begin = 0
    for text in range(len(text_end)):
        stop = text_end[text]
        wanted = False
        for column in range(asked.shape[0]):
            wanted = wanted or asked[column, text] >= 0
        if not wanted:
            begin = stop + 1
            continue
        before = np.uint32(0)
        for word in range(first_word[text], first_word[text + 1]):
            hashed = np.uint32(0)
            first = start[word]
            for i in range(first, end[word]):
                hashed = np.uint32(hashed + codes[i] * in_word[min(i - first, longest)])
            # a mark right after a mark: what begins at the first counts for the second
            beside = word + 1 < first_word[text + 1] and start[word + 1] == first + 1
            row = row_of[_bucket(hashed, salts[0], shift)]
            if row >= 0:
                _weigh(row, rows, word + 1 if beside else word, text, asked, adds)
            if word > first_word[text]:
                row = row_of[_bucket(np.uint32(np.uint32(before * np.uint32(0x85EBCA6B)) + hashed), salts[1], shift)]
                if row >= 0:
                    # a pair counts for the first of its words
                    own = word if start[word] == start[word - 1] + 1 else word - 1
                    _weigh(row, rows, own, text, asked, adds)
            before = hashed
        word = first_word[text]
        for i in range(begin, stop):
            while word + 1 < first_word[text + 1] and start[word + 1] <= i + 1:
                word += 1
            hashed = np.uint32(codes[i] * in_window[0])
            for n in range(1, 5):
                if i + n >= stop or (n > 1 and not is_word[i + n - 1]):
                    break
                hashed = np.uint32(hashed + codes[i + n] * in_window[n])
                if n < 2:
                    continue
                row = row_of[_bucket(hashed, salts[n + 1], shift)]
                if row >= 0:
                    _weigh(row, rows, word, text, asked, adds)
        begin = stop + 1


@compiled
def sum_lexical(dense: Ints, weights: Ints, total: Ints) -> None:
    """`dense` times `weights`: most of its columns are 0."""
    for text in range(dense.shape[0]):
        for column in range(dense.shape[1]):
            if dense[text, column] != 0:
                for label in range(weights.shape[1]):
                    total[text, label] += dense[text, column] * weights[column, label]
