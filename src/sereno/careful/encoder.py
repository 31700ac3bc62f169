"""Runs the fine-tuned encoder: texts in, raw scores out. Used inside its own process (`python -m sereno.careful`)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib import resources

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from sereno.careful.packaged import EncoderMissing, Packaged, load
from sereno.careful.pieces import Pieces, Splitter
from sereno.engine.read import Floats
from sereno.engine.reading.careful import COLUMNS, FIRST, encoder_checksum

_GRAVITY = FIRST["red"]
WEIGHTS = "careful.onnx"


class PackagedEncoder:
    """The shipped weights over the packaged vocabulary. Raises EncoderMissing where a part of it is not there."""

    def __init__(self, threads: int = 1, model: bytes | None = None, packaged: Packaged | None = None) -> None:
        self._packaged = packaged or load()
        self._splitter = Splitter(self._packaged)
        settings = onnxruntime.SessionOptions()
        settings.intra_op_num_threads = threads
        settings.inter_op_num_threads = 1
        settings.enable_cpu_mem_arena = False  # texts of all lengths: an arena would keep the largest of each shape
        self._session = onnxruntime.InferenceSession(model or shipped(), settings, providers=["CPUExecutionProvider"])

    def scores(self, texts: Sequence[str]) -> Floats:
        """One row a text, one column a label of `HEADS`. Of a long text, its gravest window speaks."""
        if not texts:
            return np.zeros((0, COLUMNS), dtype=np.float32)
        windows, counts = self._splitter.windows(texts)
        scores = np.concatenate([self._window(window) for window in windows])
        return scores[_gravest(scores[:, _GRAVITY], counts)]

    def _window(self, window: Pieces) -> Floats:
        """One at a time: one-byte arithmetic takes its scale from all that it is given, so in company a text's scores
        would depend on the others; and on one core it is as fast alone."""
        vectors = self._packaged.vectors(window)[None]
        (found,) = self._session.run(["scores"], {"vectors": vectors})
        return np.asarray(found, dtype=np.float32)


def _gravest(gravity: Floats, counts: Sequence[int]) -> NDArray[np.int64]:
    """For each text the window that is likeliest red."""
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int64)
    return np.array([start + int(gravity[start : start + n].argmax()) for start, n in zip(starts, counts, strict=True)])


def shipped() -> bytes:
    """The shipped weights, after their checksum. Raises EncoderMissing."""
    file = resources.files("sereno.careful") / "weights" / WEIGHTS
    if not file.is_file():
        raise EncoderMissing(f"{WEIGHTS} is missing from this installation; ./run train --data DIR rebuilds it")
    model = file.read_bytes()
    if hashlib.sha256(model).hexdigest() != encoder_checksum():
        raise EncoderMissing(f"{WEIGHTS} is not the file that careful.json names; ./run train --data DIR rebuilds both")
    return model
