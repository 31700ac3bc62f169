"""A batch of texts as one buffer of folded code points, and where its words are.

Everything after this works on arrays: no Python loop runs over characters or words. Case is gone after folding,
so no reading can depend on it: a text in capitals gets the light of the same text in small letters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sereno.engine.fold import fold, fold_with_origins, folds_evenly

HEAD, TAIL = 20_000, 5_000
"""Of a longer text only so many characters are read, from its beginning and from its end: bounded time."""

SPACE, END, ZERO, APOSTROPHE = 32, 10, 48, 39
_WORD, _SYMBOL, _STOP = 1, 2, 3
_PLANE = 0x10000

# addresses say nothing that is meant; `'s` and the like stay with their word
_ADDRESSES = re.compile(r"(?:https?://|www\.)[^\s\0]+|(?<!\w)@\w+|(?<![\w.+-])[\w.+-]{1,64}+@[\w-]++\.[\w.-]+")

SPELLED, BLANK = re.compile(r"\w"), re.compile(r"\s")

Codes = NDArray[np.uint32]
Indices = NDArray[np.int64]


def _classes_of_plane() -> NDArray[np.uint8]:
    classes = np.zeros(_PLANE, dtype=np.uint8)
    for code in range(_PLANE):
        if chr(code).isalnum():
            classes[code] = _WORD
    # marks that carry tone: ! ? … and the pictures from arrows to dingbats
    classes[[ord(c) for c in "!?%€$£"]] = _SYMBOL
    classes[0x2190:0x2BFF] = _SYMBOL
    classes[0] = _STOP
    return classes


CLASSES = _classes_of_plane()
DIGITS = np.array([chr(code).isdigit() for code in range(_PLANE)])


@dataclass(frozen=True, slots=True)
class Layout:
    """The buffer and its words. `start` and `end` of a word are places in the buffer; so are `text_end`s."""

    texts: Sequence[str]
    folded: str
    """As long as the buffer; addresses are blanked."""
    raw: Codes
    """The same as code points."""
    codes: Codes
    """Word characters (digits all as 0), else a space; END between texts."""
    is_word: NDArray[np.bool_]
    text_end: Indices
    """Where each text's END is."""
    start: Indices
    end: Indices
    text_of: Indices
    """Which text each word stands in."""
    first_word: Indices
    """Index of each text's first word; one longer than texts, so that text i has words first_word[i:i+2]."""
    words: Sequence[str]
    """Folded, as they are spelled."""
    _origins: dict[int, Sequence[int]] = field(default_factory=dict)

    def word(self, index: int) -> str:
        return self.words[index]

    def span(self, text: int, start: int, end: int) -> tuple[int, int]:
        """Code points of the whole original text, for a stretch of the buffer."""
        begins = int(self.text_end[text - 1]) + 2 if text else 1  # a space stands before and after each text
        origins = self._origins_of(text)
        first, last = start - begins, end - begins
        last_origin = min(last - 1, len(origins) - 2)
        return _uncut(self.texts[text], origins[first]), _uncut(self.texts[text], origins[last_origin]) + 1

    def _origins_of(self, text: int) -> Sequence[int]:
        if text not in self._origins:
            read = cut(self.texts[text])
            self._origins[text] = range(len(read) + 1) if folds_evenly(read) else fold_with_origins(read)[1]
        return self._origins[text]


def cut(text: str) -> str:
    """What is read of a text: all of it, or of a very long one its beginning and its end."""
    return text if len(text) <= HEAD + TAIL else f"{text[:HEAD]}\n{text[-TAIL:]}"


def _uncut(text: str, index: int) -> int:
    """Where a code point of `cut(text)` stands in the whole text."""
    return index if index < HEAD or len(text) <= HEAD + TAIL else min(index - HEAD - 1 + len(text) - TAIL, len(text))


def join(texts: Sequence[str]) -> str:
    """What is read of each text, between spaces and with a NUL after it."""
    return "".join(f" {cut(text)} ".replace("\0", " ") + "\0" for text in texts)


def lay_out(texts: Sequence[str]) -> Layout:
    """Fold the batch and find its words."""
    folded = _ADDRESSES.sub(lambda match: " " * len(match.group()), fold(join(texts)))
    raw: Codes = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint32)
    in_plane = np.minimum(raw, _PLANE - 1)
    # whatever lies beyond the first plane is a picture (or a rare script: read sign by sign)
    classes = np.where(raw < _PLANE, CLASSES[in_plane], _SYMBOL)
    is_word = classes == _WORD
    is_word[1:-1] |= (raw[1:-1] == APOSTROPHE) & is_word[:-2] & is_word[2:]
    codes = np.where(is_word, np.where(DIGITS[in_plane], ZERO, raw), SPACE).astype(np.uint32)
    text_end = np.flatnonzero(classes == _STOP)
    codes[text_end] = END
    start, end = _words(raw, is_word, classes == _SYMBOL)
    text_of = np.searchsorted(text_end, start)
    first_word = np.searchsorted(text_of, np.arange(len(texts) + 1))
    words = [folded[s:e] for s, e in zip(start.tolist(), end.tolist(), strict=True)]
    return Layout(texts, folded, raw, codes, is_word, text_end, start, end, text_of, first_word, words)


def _words(raw: Codes, is_word: NDArray[np.bool_], is_symbol: NDArray[np.bool_]) -> tuple[Indices, Indices]:
    """Runs of word characters, and each symbol that does not repeat the one before it."""
    if not raw.size:
        nothing: Indices = np.zeros(0, dtype=np.int64)
        return nothing, nothing
    before = np.concatenate([[False], is_word[:-1]])
    after = np.concatenate([is_word[1:], [False]])
    repeated = np.concatenate([[False], raw[1:] == raw[:-1]])
    alone = is_symbol & ~repeated
    return np.flatnonzero((is_word & ~before) | alone), np.flatnonzero((is_word & ~after) | alone) + 1
