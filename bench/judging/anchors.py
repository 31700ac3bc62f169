"""What ours is measured beside: two lexicons of sentiment, and a plain linear model on TF-IDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC
from textblob import TextBlob
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from bench.judging.answers import NO, NONE, TASKS, YES, Answers
from sereno.engine.read import SEVERITIES
from training.corpora import Row

LINE, STRONG, EXTREME = 0.05, 0.4, 0.7
HOW_SENTIMENT_IS_MAPPED = (
    f"A sentiment score s from -1 to 1 (VADER's compound, TextBlob's polarity) stands for more than it was made for: "
    f"negative from s ≤ -{LINE} and positive from s ≥ {LINE}, as VADER's authors advise; negative is complaint (kind "
    f"too), positive is praise, the rest is other; light green, amber, red and severity disapproval, accusation, blame "
    f"from s ≤ -{LINE}, -{STRONG}, -{EXTREME}; hostile from s ≤ -{STRONG}. Both know English words only."
)
FITTED = tuple(task for task in TASKS)
_TOO_LITTLE = ("goemotions", "xed", "banking77", "crisis")
"""Sets that weigh next to nothing in ours and would cost TF-IDF minutes."""


def vader(texts: Sequence[str]) -> Answers:
    analyzer = SentimentIntensityAnalyzer()
    return by_sentiment(texts, lambda text: analyzer.polarity_scores(text)["compound"])


def textblob(texts: Sequence[str]) -> Answers:
    return by_sentiment(texts, lambda text: TextBlob(text).polarity)


def by_sentiment(texts: Sequence[str], score: Callable[[str], float]) -> Answers:
    s = np.array([score(text) for text in texts])
    step = (s <= -LINE).astype(int) + (s <= -STRONG) + (s <= -EXTREME)
    polarity = np.where(s <= -LINE, "negative", np.where(s >= LINE, "positive", "neutral"))
    return Answers(
        {
            "polarity": polarity.astype(object),
            "complaint": np.where(s <= -LINE, YES, NO).astype(object),
            "kind": np.select([s <= -LINE, s >= LINE], ["complaint", "praise"], "other").astype(object),
            "light": np.array([NONE, "green", "amber", "red"], dtype=object)[step],
            "severity": np.array(SEVERITIES, dtype=object)[step],
            "hostile": np.where(s <= -STRONG, YES, NO).astype(object),
        }
    )


def teaches(row: Row) -> bool:
    return not row.group.startswith(_TOO_LITTLE)


class TfIdf:
    """Words 1–2 and characters 2–5 by TF-IDF, a linear SVM a task, rare labels weighted up; the same posts as ours."""

    def __init__(self, rows: Sequence[Row], truth: Answers, tasks: Sequence[str] = FITTED) -> None:
        """`truth` holds the labels of `rows`."""
        self._words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True, dtype=np.float32)
        self._characters = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), min_df=3, sublinear_tf=True, dtype=np.float32
        )
        texts = [row.text for row in rows]
        table = sparse.hstack([self._words.fit_transform(texts), self._characters.fit_transform(texts)]).tocsr()
        weight = np.array([row.weight for row in rows])
        self._models = {}
        for task in tasks:
            known = np.flatnonzero(truth.of[task] != "")
            model = LinearSVC(C=0.5, class_weight="balanced", random_state=0)
            labels = truth.of[task][known].astype(str)
            self._models[task] = model.fit(table[known], labels, sample_weight=weight[known])

    def read(self, texts: Sequence[str]) -> Answers:
        table = sparse.hstack([self._words.transform(texts), self._characters.transform(texts)]).tocsr()
        return Answers({task: model.predict(table).astype(object) for task, model in self._models.items()})
