"""The fast reader: reads everything, with hashed n-grams and lexical knowledge.

How the two are joined: lexical hits are columns of the linear heads, so the model has learnt how far to trust them; on top,
a sure entry for a grave claim raises a risk where the model is unsure, and the model vetoes soft cues. A risk, a call to
action or a threat must not be missed because a model was unsure; a soft word alone ("sick", "fire") must not ring.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sereno.engine.language import detect
from sereno.engine.read import CLAIMS, KINDS, POLARITIES, RISKS, SEVERITIES, TOPICS, Evidence, Floats, Readings, Risk
from sereno.engine.reading.features import Hashes, prefix_sums
from sereno.engine.reading.layout import Layout, lay_out
from sereno.engine.reading.lexicon import SIGNALS, Hit, Lexicon, columns, load_lexicon
from sereno.engine.reading.linear import Head, Scores, Weights, calibrated, dense_columns, load_weights

_WORDS_SHOWN = 3
_ALWAYS = frozenset({"self_harm", "threat"})
"""Claims that the words alone decide: nobody wants a model to veto them."""
_RED_CLAIMS = frozenset({"press", "boycott", "fraud_system", "legal_filed"})


class FastReader:
    """Reads texts by linear models and lexicons. Holds nothing that changes: safe in several threads."""

    def __init__(self, weights: Weights | None = None, lexicon: Lexicon | None = None) -> None:
        self._given = weights, lexicon

    @cached_property
    def _weights(self) -> Weights:
        return self._given[0] or load_weights()

    @cached_property
    def _lexicon(self) -> Lexicon:
        return self._given[1] or load_lexicon()

    @cached_property
    def model(self) -> str:
        """Changes whenever a reading could: the weights' date, and a digest of weights and lexicons."""
        both = f"{self._weights.checksum}{self._lexicon.digest}".encode()
        return f"fast-{self._weights.version}+{hashlib.sha256(both).hexdigest()[:8]}"

    def read(self, texts: Sequence[str], languages: Sequence[str | None]) -> Readings:
        """What each text says. `languages` are the networks' hints, as many as texts."""
        found = detect(texts, languages)
        layout = lay_out(texts)
        sums = prefix_sums(layout)
        hits = self._lexicon.scan(layout, sums, found)
        lexical = columns(hits, len(texts))
        scores = self._weights.scores(layout, sums, dense_columns(layout, lexical))
        return _Batch(self._weights, found, layout, sums, hits, lexical, scores).readings(self.model)


class _Batch:
    """One batch on its way from scores to readings."""

    def __init__(
        self,
        weights: Weights,
        languages: list[str],
        layout: Layout,
        sums: Hashes,
        hits: list[Hit],
        lexical: NDArray[np.int64],
        scores: Scores,
    ) -> None:
        self.weights, self.languages, self.layout, self.sums = weights, languages, layout, sums
        self.hits, self.scores = hits, scores
        self.sure = lexical[:, : len(SIGNALS)].astype(np.bool_)
        self.n = len(languages)

    def head(self, name: str) -> Head:
        return self.weights.heads[name]

    def probability(self, name: str) -> Scores:
        return calibrated(self.head(name), self.scores, self.languages)

    def yes(self, name: str) -> Scores:
        return np.asarray(self.probability(name)[:, 0])

    def threshold(self, name: str) -> Scores:
        lines = self.head(name).threshold
        return np.array([lines.get(code, lines["*"]) for code in self.languages])

    def said(self, signal: str) -> NDArray[np.bool_]:
        """Whether a sure entry speaks for the signal."""
        return np.asarray(self.sure[:, SIGNALS.index(signal)])

    def readings(self, model: str) -> Readings:
        kind = self.probability("kind")
        best = kind.argmax(axis=1)
        severity = self.probability("severity").argmax(axis=1)
        risks = self.risks()
        hostile, action = self.centred("hostile"), self.centred("call_to_action")
        return Readings(
            model=model,
            language=self.languages,
            kind=[KINDS[i] for i in best],
            kind_probability=_floats(kind[np.arange(self.n), best]),
            complaint=_floats(self.centred("complaint")),
            polarity=[POLARITIES[i] for i in self.probability("polarity").argmax(axis=1)],
            severity=[SEVERITIES[s] if KINDS[k] == "complaint" else None for s, k in zip(severity, best, strict=True)],
            hostile=_floats(hostile),
            call_to_action=_floats(action),
            risks=risks,
            claims=self.claims(risks),
            topic=[TOPICS[i] for i in self.probability("topic").argmax(axis=1)],
            evidence=self.evidence(best, hostile >= 0.5, action >= 0.5, risks),
        )

    def centred(self, name: str) -> Scores:
        """The probability, moved so that one half is the line chosen for this language."""
        p, line = self.yes(name), self.threshold(name)
        return np.where(p >= line, 0.5 + 0.5 * (p - line) / (1 - line), 0.5 * p / line)

    def risks(self) -> list[tuple[Risk, ...]]:
        each = np.column_stack([self.yes(f"risk.{risk}") for risk in RISKS])
        said = np.column_stack([self.said(f"risk.{risk}") for risk in RISKS])
        line = self.threshold("risk.any")
        # a sure entry raises where the model is unsure
        anything = self.yes("risk.any") >= np.where(said.any(axis=1), line, np.minimum(1.25 * line, 0.95))
        strong = each >= 0.5
        strong[np.arange(self.n), (each + 0.15 * said).argmax(axis=1)] = True
        shown = strong & anything[:, None]
        grave = self.said("claims.self_harm") | self.said("claims.threat")
        shown[grave, RISKS.index("safety")] = True
        return [tuple(RISKS[j] for j in np.flatnonzero(row)) for row in shown]

    def claims(self, risks: Sequence[tuple[Risk, ...]]) -> list[frozenset[str]]:
        weighty = self.yes("weighty") >= self.threshold("weighty")
        red = self.yes("red") >= self.threshold("red")
        held: dict[str, NDArray[np.bool_]] = {}
        for claim in CLAIMS:
            if claim == "weighty":
                held[claim] = weighty
            elif claim in _ALWAYS:
                held[claim] = self.said(f"claims.{claim}")
            elif claim in ("fraud_system", "legal_filed"):
                held[claim] = self.yes(f"claims.{claim}") >= self.threshold(f"claims.{claim}")
            else:
                held[claim] = self.said(f"claims.{claim}") & (red if claim in _RED_CLAIMS else weighty)
        return [frozenset(claim for claim, column in held.items() if column[i]) for i in range(self.n)]

    def evidence(
        self,
        kind: NDArray[np.int64],
        hostile: NDArray[np.bool_],
        action: NDArray[np.bool_],
        risks: Sequence[tuple[Risk, ...]],
    ) -> list[tuple[Evidence, ...]]:
        found: list[set[Evidence]] = [set() for _ in range(self.n)]
        for hit in self.hits:
            signal = SIGNALS[hit.signal]
            name = signal.partition(".")[2]
            speaks = (
                name in risks[hit.text]
                if signal.startswith("risk.")
                else bool(hostile[hit.text])
                if signal == "hostile"
                else bool(action[hit.text])
                if signal == "call_to_action"
                else signal.startswith("claims.") and not hit.soft
            )
            if speaks:
                found[hit.text].add(self.spoken(signal, hit.text, hit.start, hit.end))
        for text, word in self.telling_words(self.head("kind").first + kind):
            found[text].add(self.spoken(f"kind.{KINDS[kind[text]]}", text, word, word + 1))
        for text, word in self.telling_words(np.full(self.n, self.head("hostile").first)):
            if hostile[text]:
                found[text].add(self.spoken("hostile", text, word, word + 1))
        return [tuple(sorted(each)) for each in found]

    def telling_words(self, column: NDArray[np.int64]) -> list[tuple[int, int]]:
        """Text and index of the words that add most to a column."""
        layout = self.layout
        adds = self.weights.words_for(layout, self.sums, column)
        order = np.lexsort((np.arange(len(adds)), -adds, layout.text_of))
        rank = np.arange(len(order)) - layout.first_word[layout.text_of[order]]
        told = order[(rank < _WORDS_SHOWN) & (adds[order] > 0)]
        return list(zip(layout.text_of[told].tolist(), told.tolist(), strict=True))

    def spoken(self, signal: str, text: int, start: int, end: int) -> Evidence:
        layout = self.layout
        return Evidence(signal, *layout.span(text, int(layout.start[start]), int(layout.end[end - 1])))


def _floats(values: Scores) -> Floats:
    return np.round(values, 4).astype(np.float32)
