"""The careful reader's encoder, run in a process of its own; optional, and said to be missing where it is."""

from __future__ import annotations

import os
from importlib import resources
from importlib.util import find_spec

from sereno.careful.packaged import EncoderMissing, where
from sereno.engine.read import Reader

__all__ = ["EncoderMissing", "best_reader", "missing", "patient"]

_ENCODER = "careful.onnx"
_NEEDED = ("onnxruntime", "tokenizers")


def missing() -> str | None:
    """Why the careful reader cannot be used here, in one sentence; None where it can."""
    absent = [name for name in _NEEDED if find_spec(name) is None]
    if absent:
        return f"{' and '.join(absent)} not installed; pip install 'sereno[careful]' brings what is needed"
    from sereno.engine.reading.careful import JOINTS, WeightsDamaged, load_joints

    for package, file in (("sereno.engine", "careful.json"), ("sereno.engine", JOINTS), ("sereno.careful", _ENCODER)):
        if not (resources.files(package) / "weights" / file).is_file():
            return f"its weights ({file}) are not in this installation; ./run train --data DIR makes them"
    try:
        where()
        load_joints()
    except (EncoderMissing, WeightsDamaged) as why:
        return str(why)
    return None


def best_reader(wanted: str | None = None) -> Reader:
    """The reader for mentions: `careful` or `fast` where one of them is asked for (or by SERENO_READER), else the best
    that is installed. Raises EncoderMissing where the careful one is asked for and cannot be had, ValueError for
    another name."""
    from sereno.engine.reading.fast import FastReader

    wanted = wanted or os.environ.get("SERENO_READER", "auto")
    if wanted not in ("auto", "careful", "fast"):
        raise ValueError(f"SERENO_READER={wanted}: a reader is auto, careful or fast")
    why = missing()
    if wanted == "fast" or (wanted == "auto" and why):
        return FastReader()
    if why:
        raise EncoderMissing(why)
    from sereno.careful.process import EncoderProcess
    from sereno.engine.reading.careful import CarefulReader, encoder_checksum

    return CarefulReader(EncoderProcess(encoder_checksum()))


def patient(reader: Reader, seconds: float) -> Reader:
    """The same reader with the same child, for whoever waits `seconds` at the most while it reads for others, and then
    gets ReaderBusy. One that nobody has to wait for is given back as it is."""
    from sereno.careful.process import EncoderProcess, PatientEncoder
    from sereno.engine.reading.careful import CarefulReader

    if isinstance(reader, CarefulReader) and isinstance(reader.encoder, EncoderProcess):
        return reader.through(PatientEncoder(reader.encoder, seconds))
    return reader
