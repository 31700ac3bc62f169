"""Readers that have not seen the post they read: fitted without its sector, or for public complaints its domain.

The folds are those of `training/careful/rows.py`. Of each domain of complaints every fifth post is held out in another
fold than the rest, so that "a domain it knows" and "a domain it never saw" are told apart. Where the rest of a domain
is held out, the fifth is left out of the fit too, or the domain would not be new.
"""

from __future__ import annotations

import dataclasses
import hashlib
import inspect
import json
import pickle
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from bench.judging.answers import Answers, answers_of, each_of, judged
from sereno.engine.read import Readings
from sereno.engine.reading import features, layout, lexicon, linear
from sereno.engine.reading.fast import FastReader
from sereno.engine.reading.lexicon import load_lexicon
from sereno.engine.reading.linear import Weights
from training import calibration, corpora, heads, matrix
from training.careful.rows import folds, of_known_domain, others
from training.corpora import Row, auxiliary, for_measuring
from training.crossval import HeldOut, raw_scores

T = TypeVar("T")
_AT_ONCE = 500


@dataclass(frozen=True)
class Split:
    """Posts in the order: seeds, public complaints, other sets that are only learnt from."""

    rows: Sequence[Row]
    seeds: int
    judged: int
    """So many of the rows are held out once: seeds and complaints."""
    parts: Sequence[Sequence[int]]
    harmful: Sequence[Row]
    """Polish posts that no reader here learns from."""

    def taught(self, part: Sequence[int]) -> list[int]:
        """What may be learnt from where this part is held out."""
        out, new = set(part), {self.rows[i].group for i in part if self.of_new_domain(i)}
        return [i for i, row in enumerate(self.rows) if i not in out and row.group not in new]

    def of_new_domain(self, i: int) -> bool:
        row = self.rows[i]
        return row.group.startswith("xci-") and not of_known_domain(row)


def split_of(own: Sequence[Row], data: Path) -> Split:
    rows = [*own, *auxiliary(data)]
    judged_rows = next(i for i, row in enumerate(rows) if i >= len(own) and not row.group.startswith("xci-"))
    return Split(rows, len(own), judged_rows, folds(rows), harmful_posts(data))


def harmful_posts(data: Path) -> list[Row]:
    found = []
    for line in (data / "offence_cyberbullying_pl.jsonl").read_text("utf-8").splitlines():
        post = json.loads(line)
        text = post["text"].replace("@anonymized_account", "")
        if for_measuring(text):
            found.append(Row(text, "pl", "cyberbullying", 0.3, {"hostile": bool(post["label"])}))
    return found


@dataclass(frozen=True)
class FastFold:
    weights: Weights
    part: Sequence[int]
    scores: NDArray[np.float64]
    """Of the posts held out, raw."""


def fast_folds(split: Split, work: Path) -> list[FastFold]:
    """Heads of the fast reader without each part, kept in `work` under the digest of all they depend on."""
    names = [f"bench-fast-{_digest(split, part)}.pickle" for part in split.parts]
    if all((work / name).exists() for name in names):
        return [kept(work / name, _never) for name in names]
    table, dense = matrix.counts([row.text for row in split.rows], [row.lang for row in split.rows])
    known = matrix.known_buckets(table, split.seeds)
    grams = matrix.design(table, dense, known)

    def fitted(part: Sequence[int]) -> FastFold:
        used = split.taught(part)
        weights = heads.to_integers(heads.fit_heads(grams[used], [split.rows[i] for i in used]), known, {})
        return FastFold(weights, part, raw_scores(weights, [split.rows[i] for i in part]))

    return [kept(work / name, lambda part=part: fitted(part)) for name, part in zip(names, split.parts, strict=True)]


def _never() -> Any:
    raise AssertionError("it was there a moment ago")


def kept(path: Path, make: Callable[[], T]) -> T:
    if path.exists():
        found: T = pickle.loads(path.read_bytes())
        return found
    made = make()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pickle.dumps(made))
    return made


def _digest(split: Split, part: Sequence[int]) -> str:
    code = (heads, matrix, corpora, features, layout, lexicon, linear)
    return digest_of(code, load_lexicon().digest, *(repr(split.rows[i]) for i in split.taught(part)))


def digest_of(code: Sequence[ModuleType], *parts: str) -> str:
    """Of everything that decides what is kept: the modules that make it, and what they are given."""
    found = hashlib.sha256()
    for part in (*(inspect.getsource(module) for module in code), *parts):
        found.update(part.encode("utf-8", "surrogatepass"))
    return found.hexdigest()[:16]


def fast_scores(split: Split, made: Sequence[FastFold]) -> NDArray[np.float64]:
    scores = np.zeros((split.judged, made[0].scores.shape[1]))
    for fold in made:
        scores[list(fold.part)] = fold.scores
    return scores


def read_fast(split: Split, made: Sequence[FastFold]) -> tuple[HeldOut, FastReader]:
    """Readings of every post by heads, calibration and thresholds without its part; and the first part's reader, which
    has not seen the harmful posts that are kept for measuring, as none has."""
    scores = fast_scores(split, made)
    readings: list[Readings | None] = [None] * split.judged
    lights: list[str | None] = [None] * split.judged
    readers = []
    for fold in made:
        out = set(fold.part)
        own = [i for i in range(split.seeds) if i not in out]
        lines = calibration.calibrate(scores[own], [split.rows[i] for i in own])
        readers.append(FastReader(dataclasses.replace(fold.weights, heads=lines, version="unseen"), accelerate=False))
        for at in range(0, len(fold.part), _AT_ONCE):
            chosen = fold.part[at : at + _AT_ONCE]
            read = readers[-1].read([split.rows[i].text for i in chosen], [None] * len(chosen))
            for i, each, light in zip(chosen, each_of(read), judged(read).text_light, strict=True):
                readings[i], lights[i] = each, light
    found = [each for each in readings if each is not None]
    assert len(found) == split.judged
    return HeldOut(split.rows[: split.judged], found, lights), readers[0]


@dataclass(frozen=True)
class Careful:
    held: HeldOut
    red: NDArray[np.float64]
    """The encoder's own score of red, which tells how sure a mistake was."""


def read_careful(split: Split, made: Sequence[FastFold], data: Path, work: Path) -> Careful | str:
    """Readings by encoders that did not see the post, or why there are none: fitting them takes an hour or more, so
    they are used where training has left them in `work`."""
    try:
        from training.careful.crossval import Unseen, read_unseen
        from training.careful.encode import digest
    except ImportError as absent:
        return f"{absent.name} is not installed; ./run train brings it (requirements-training.lock)"
    rows = [*split.rows[: split.seeds], *others(data)]
    encoded = None
    for number, part in enumerate(folds(rows)):
        path = work / f"fold-{number}-{digest(rows, str(sorted(part)))}.npy"
        if not path.exists():
            told = "./run train --data DIR makes it in an hour or more, and --work names another place"
            return f"{path.name} is not in {work.name}; {told}"
        found = np.load(path)
        encoded = np.full((split.judged, found.shape[1]), np.nan, np.float32) if encoded is None else encoded
        encoded[part] = found
    assert encoded is not None
    if [row.text for row in rows[: split.judged]] != [row.text for row in split.rows[: split.judged]]:
        raise RuntimeError("seeds and complaints stand in another order in training/careful/rows.py; mend the bench")
    scores = fast_scores(split, made)
    texts = [row.text for row in rows[: split.judged]]
    passed = dataclasses.replace(FastReader(accelerate=False).passed(texts, [None] * len(texts)), scores=scores)
    seen = Unseen(rows[: split.judged], encoded, scores, passed)
    held = read_unseen(seen, "unseen")
    from sereno.engine.reading.careful import FIRST

    return Careful(held, encoded[:, FIRST["red"]].astype(np.float64))


def careful_on_harmful(split: Split, fast: FastReader) -> Answers | str:
    """The shipped encoder and layers, which learn from three quarters of the Polish set, on the fourth. The fast
    reader's share comes from heads that were fitted here, so that no weights that knew the whole set take part."""
    from sereno.careful import missing

    if why := missing():
        return why
    from sereno.careful.process import EncoderProcess
    from sereno.engine.reading.careful import encoder_checksum, load_joints, read_joined

    texts = [row.text for row in split.harmful]
    encoder = EncoderProcess(encoder_checksum())
    encoded = encoder.scores(texts)
    encoder.close()
    read = read_joined(load_joints(), fast.passed(texts, [None] * len(texts)), encoded, "unseen")
    return answers_of([read], judged(read).text_light)
