"""From a text to the pieces that the encoder reads."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer
from tokenizers.models import Unigram

from sereno.careful.packaged import BEGINNING, ENDING, Packaged

WINDOW = 192
"""Pieces of one window. A longer text is read in several, and the gravest one speaks for it."""
WINDOWS = 4

# addresses say nothing that is meant, and whose handle it is must not decide
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_HANDLE = re.compile(r"(?<!\w)@\w+")
_DRAWN_OUT = re.compile(r"(\w)\1{3,}")

Pieces = NDArray[np.int64]


def prepared(text: str) -> str:
    """The text as the encoder gets it: in small letters, without addresses and handles, drawn-out letters shortened."""
    begin, rest = text[:BEGINNING], text[BEGINNING:]
    read = text if len(rest) <= ENDING else f"{begin} {rest[-ENDING:]}"
    plain = _HANDLE.sub("@", _ADDRESS.sub("", read)).lower()
    return " ".join(_DRAWN_OUT.sub(r"\1\1\1", plain).split())


class Splitter:
    """Splits texts into pieces of the packaged vocabulary."""

    def __init__(self, packaged: Packaged) -> None:
        self._packaged = packaged
        self._tokenizer = Tokenizer(Unigram(list(packaged.pieces), unk_id=packaged.unknown, byte_fallback=False))

    def windows(self, texts: Sequence[str]) -> tuple[list[Pieces], list[int]]:
        """The windows of all texts one after another, and how many each text has (at least one)."""
        spelled = [self._packaged.spelled(prepared(text)) for text in texts]
        found: list[Pieces] = []
        counts: list[int] = []
        for encoding in self._tokenizer.encode_batch(spelled, add_special_tokens=False):
            ids = np.array(encoding.ids, dtype=np.int64)
            starts = _starts(len(ids))
            counts.append(len(starts))
            found.extend(self._closed(ids[start : start + WINDOW]) for start in starts)
        return found, counts

    def _closed(self, ids: Pieces) -> Pieces:
        return np.concatenate([[self._packaged.begin], ids, [self._packaged.end]])


def _starts(length: int) -> list[int]:
    """Where windows begin; of a very long text the first ones and the last."""
    starts = list(range(0, max(length, 1), WINDOW))
    return starts if len(starts) <= WINDOWS else [*starts[: WINDOWS - 1], length - WINDOW]
