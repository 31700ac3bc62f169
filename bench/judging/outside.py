"""Public sets that no reader here learns from: their licence allows measuring only. The same samples each time."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.judging.answers import NO, YES
from sereno.engine.read import POLARITIES

SEED = 20261122
_NOISE = re.compile(r"https?://\S+|@\w+|[\W\d_]+")
_LONG = 20
"""Letters from which two equal texts are one text, not two people who say thanks."""


@dataclass(frozen=True)
class Outside:
    name: str
    file: str
    lang: str
    task: str
    """`polarity` or `hostile`."""
    goal: float | None = None
    ordinary: str | None = None
    """What its ordinary posts are, where false reds are counted on them: those that are not negative, not offensive."""
    false_reds: float | None = None
    """At most so many of a thousand; a goal only where the posts speak to a brand."""
    group: str | None = None
    """The field by which a reader of its own is cross-validated, to tell what is known inside the set."""


SETS = (
    Outside("airline sentiment (Twitter US Airline)", "airline_sentiment_en", "en", "polarity", 0.65,
            "airline tweets, neutral or positive", 5.0, "airline"),
    # UMSAB's English is not here: it is SemEval 2017, which our readers learn from
    Outside("sentiment, UMSAB", "sentiment_umsab_8lang", "es", "polarity", None, "UMSAB tweets, neutral or positive"),
    Outside("sentiment, TASS", "sentiment_tass_es", "es", "polarity", None, "TASS tweets, neutral or positive"),
    Outside("sentiment, PolEmo (medicine)", "sentiment_polemo_pl", "pl", "polarity", None,
            "PolEmo sentences, neutral or positive"),
    Outside("offence, OLID", "offence_olid_en", "en", "hostile", None, "OLID tweets, not offensive"),
    Outside("sentiment, UMSAB", "sentiment_umsab_8lang", "pt", "polarity"),
    Outside("sentiment, UMSAB", "sentiment_umsab_8lang", "fr", "polarity"),
    Outside("sentiment, UMSAB", "sentiment_umsab_8lang", "de", "polarity"),
    Outside("sentiment, UMSAB", "sentiment_umsab_8lang", "it", "polarity"),
)  # fmt: skip


@dataclass(frozen=True)
class Sample:
    source: Outside
    texts: Sequence[str]
    truth: Sequence[str]
    groups: Sequence[str]

    @property
    def ordinary(self) -> list[int]:
        return [i for i, label in enumerate(self.truth) if label in ("neutral", "positive", NO)]


def spelled(text: str) -> str:
    """The letters of a text: what two copies of one post share."""
    return " ".join(_NOISE.sub(" ", text.lower()).split())


def sample(source: Outside, data: Path, most: int, learnt: Collection[str] = ()) -> Sample:
    """`learnt`: texts, spelled, that a reader has learnt from under another set's name; they are left out. Much of
    UMSAB's English is SemEval 2017."""

    def choose(posts: list[dict[str, str]]) -> list[dict[str, str]]:
        fresh = [post for post in posts if len(text := spelled(post["text"])) < _LONG or text not in learnt]
        return random.Random(SEED).sample(fresh, min(most, len(fresh)))

    return chosen(source, data, choose)


def chosen(source: Outside, data: Path, choose: Callable[[list[dict[str, str]]], list[dict[str, str]]]) -> Sample:
    path = data / f"{source.file}.jsonl"
    if not path.is_file():
        raise SystemExit(f"{path} is missing; --data names the folder that holds it")
    posts = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    posts = [post for post in posts if post["lang"] == source.lang and _label(source, post) is not None]
    posts = choose(posts)
    truth = [str(_label(source, post)) for post in posts]
    return Sample(source, [post["text"] for post in posts], truth, [str(post.get(source.group, "")) for post in posts])


def _label(source: Outside, post: dict[str, object]) -> str | None:
    if source.task == "hostile":
        return YES if post["label"] else NO
    return str(post["label"]) if post["label"] in POLARITIES else None
