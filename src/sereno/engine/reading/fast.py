"""The fast reader: reads everything, with hashed n-grams and lexical knowledge.

How the two are joined: lexical hits are columns of the linear heads, so the model has learnt how far to trust them; on
top, a sure entry for a grave claim raises a risk where the model is unsure, and the model vetoes soft cues. A risk or a
threat must not be missed because a model was unsure; a soft word alone ("sick", "fire") must not ring.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sereno.engine.language import detect, little_words
from sereno.engine.read import CLAIMS, KINDS, POLARITIES, RISKS, SEVERITIES, TOPICS, Evidence, Floats, Readings, Risk
from sereno.engine.reading.features import prefix_sums
from sereno.engine.reading.layout import Layout, lay_out
from sereno.engine.reading.lexicon import SIGNALS, Hit, Lexicon, columns, load_lexicon
from sereno.engine.reading.linear import Head, Known, Scores, Weights, calibrated, dense_columns, load_weights

_WORDS_SHOWN = 3
_WORDS_WEIGHED = 10
"""The heads give weight to little words too; a person learns nothing from them, so the next ones are shown."""
_WITH_WORDS, _WITHOUT_WORDS, _RED_ALONE = 0.6, 1.0, 1.0
"""How far above the line chosen for a language the model must be, with and without a sure entry; and for red alone."""
_JOINING = 4
"""Raise it when the lines below change, or how they are used: it is part of the reader's version."""
_COMPLAINT_HEAD, _FIRM_COMPLAINT = 0.5, 0.7
"""How much the head for complaints alone has to say about the kind."""
_SEVERAL, _POSSIBLE_WITH_SEVERAL = 2, 0.05
_POSSIBLE = 0.3
"""How likely complaint, news and attack must be together, for a claimed risk to make one of them of a post."""
_SOME_HOSTILITY = 0.35
"""Below it nothing in the text is hostile. Measured on held-out seeds: a fifth of the false ambers of praise, questions
and chatter goes, at a cost in attacks found that is within noise."""
_NEVER_OF_HARM = [KINDS.index("praise"), KINDS.index("other")]
_SURE = 0.75
_HARM: frozenset[Risk] = frozenset({"safety", "vulnerable"})
_ALWAYS = frozenset({"self_harm", "threat", "repeat_contact", "promised_answer"})
"""Claims that the words alone decide: nobody wants a model to veto them. Whoever writes for the third time is amber
even when calm, and calm is just what the model takes for an everyday matter."""
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
        both = f"{self._weights.checksum}{self._lexicon.digest}{_JOINING}".encode()
        return f"fast-{self._weights.version}+{hashlib.sha256(both).hexdigest()[:8]}"

    def read(self, texts: Sequence[str], languages: Sequence[str | None]) -> Readings:
        """What each text says. `languages` are the networks' hints, as many as texts."""
        found = detect(texts, languages)
        layout = lay_out(texts)
        sums = prefix_sums(layout)
        hits = self._lexicon.scan(layout, sums, found)
        lexical = columns(hits, len(texts))
        ngrams = self._weights.known(layout, sums)
        scores = self._weights.scores(layout, ngrams, dense_columns(layout, lexical))
        return _Batch(self._weights, found, layout, ngrams, hits, lexical, scores).readings(self.model)


class _Batch:
    """One batch on its way from scores to readings."""

    def __init__(
        self,
        weights: Weights,
        languages: list[str],
        layout: Layout,
        ngrams: Sequence[Known],
        hits: list[Hit],
        lexical: NDArray[np.int64],
        scores: Scores,
    ) -> None:
        self.weights, self.languages, self.layout, self.ngrams = weights, languages, layout, ngrams
        self.hits, self.scores = hits, scores
        self.sure = lexical[:, : len(SIGNALS)].astype(np.bool_)
        self.n = len(languages)
        self._known: dict[str, Scores] = {}

    def head(self, name: str) -> Head:
        return self.weights.heads[name]

    def probability(self, name: str) -> Scores:
        if name not in self._known:
            self._known[name] = calibrated(self.head(name), self.scores, self.languages)
        return self._known[name]

    def yes(self, name: str) -> Scores:
        return np.asarray(self.probability(name)[:, 0])

    def threshold(self, name: str) -> Scores:
        lines = self.head(name).threshold
        return np.array([lines.get(code, lines["*"]) for code in self.languages])

    def said(self, signal: str) -> NDArray[np.bool_]:
        """Whether a sure entry speaks for the signal."""
        return np.asarray(self.sure[:, SIGNALS.index(signal)])

    def readings(self, model: str) -> Readings:
        risks = self.risks()
        kind = self.kind_probabilities()
        best = self.kinds(kind, risks)
        severity = self.probability("severity").argmax(axis=1)
        complaint = self.centred("complaint")
        # the kind may have been decided by more than this head: the two never contradict each other
        complaint = np.where(best == KINDS.index("complaint"), np.maximum(complaint, 0.5), complaint)
        hostile, action = self.centred("hostile"), self.centred("call_to_action")
        return Readings(
            model=model,
            language=self.languages,
            kind=[KINDS[i] for i in best],
            kind_probability=_floats(kind[np.arange(self.n), best]),
            complaint=_floats(complaint),
            polarity=[POLARITIES[i] for i in self.probability("polarity").argmax(axis=1)],
            severity=[SEVERITIES[s] if KINDS[k] == "complaint" else None for s, k in zip(severity, best, strict=True)],
            hostile=_floats(hostile),
            call_to_action=_floats(action),
            risks=risks,
            claims=self.claims(),
            topic=[TOPICS[i] for i in self.probability("topic").argmax(axis=1)],
            evidence=self.evidence(best, hostile >= 0.5, action >= 0.5, risks),
        )

    def kind_probabilities(self) -> Scores:
        """The head for kinds, and the head that knows complaints alone from far more posts, half and half."""
        kind = self.probability("kind").copy()
        complaint = KINDS.index("complaint")
        joined = (1 - _COMPLAINT_HEAD) * kind[:, complaint] + _COMPLAINT_HEAD * self.centred("complaint")
        rest = np.delete(kind, complaint, axis=1)
        rest *= ((1 - joined) / np.maximum(rest.sum(axis=1), 1e-9))[:, None]
        return np.insert(rest, complaint, joined, axis=1)

    def kinds(self, kind: Scores, risks: Sequence[tuple[Risk, ...]]) -> NDArray[np.int64]:
        """The likeliest kind; where a risk is claimed, a kind that a light can have, unless that is far from likely.

        "Your charger caught fire" holds no word of complaint, and is one.
        """
        best = kind.argmax(axis=1)
        # the guide: a complaint also as a question, also polite, also with praise around it
        mild = np.isin(best, [KINDS.index(name) for name in ("question", "praise", "suggestion", "other")])
        best[mild & (self.centred("complaint") >= _FIRM_COMPLAINT)] = KINDS.index("complaint")
        serious = [KINDS.index(name) for name in ("complaint", "news", "attack")]
        claimed = np.array([bool(each) for each in risks], dtype=np.bool_) if risks else np.zeros(0, dtype=np.bool_)
        # several sure words for risks weigh more than one, which is often a figure of speech
        line = np.where(self.grave_hits() >= _SEVERAL, _POSSIBLE_WITH_SEVERAL, _POSSIBLE)
        possible = claimed & (kind[:, serious].sum(axis=1) >= line)
        best[possible] = np.array(serious)[kind[possible][:, serious].argmax(axis=1)]
        # nobody praises in plain words of harm to people; but "I am 76 and your man was so patient" is praise
        harmed = self.said("risk.safety") | self.said("risk.vulnerable")
        harmed &= np.array([not _HARM.isdisjoint(each) for each in risks], dtype=np.bool_)
        best[harmed & np.isin(best, _NEVER_OF_HARM) & (kind.max(axis=1) < _SURE)] = KINDS.index("complaint")
        return self.without_empty_attacks(np.asarray(best), kind)

    def without_empty_attacks(self, best: NDArray[np.int64], kind: Scores) -> NDArray[np.int64]:
        """An attack is insult or hostility: where there is none, the next likely kind. Without a word it is other."""
        attack = KINDS.index("attack")
        hostile = (self.centred("hostile") >= _SOME_HOSTILITY) | self.said("risk.fraud") | self.said("claims.boycott")
        others = kind.copy()
        others[:, attack] = 0.0
        best = np.where((best == attack) & ~hostile, others.argmax(axis=1), best)
        return np.where(self.wordless(), KINDS.index("other"), best)

    def wordless(self) -> NDArray[np.bool_]:
        """Texts of pictures, marks and addresses alone."""
        layout = self.layout
        words = layout.text_of[layout.is_word[layout.start]]
        return np.asarray(np.bincount(words, minlength=self.n)[: self.n] == 0)

    def grave_hits(self) -> NDArray[np.int64]:
        """How many places of each text hold a sure entry for a risk."""
        places = {(h.text, h.start) for h in self.hits if not h.soft and SIGNALS[h.signal].startswith("risk.")}
        return np.bincount([text for text, _ in places], minlength=self.n) if places else np.zeros(self.n, np.int64)

    def centred(self, name: str) -> Scores:
        """The probability, moved so that one half is the line chosen for this language."""
        p, line = self.yes(name), self.threshold(name)
        return np.where(p >= line, 0.5 + 0.5 * (p - line) / (1 - line), 0.5 * p / line)

    def risks(self) -> list[tuple[Risk, ...]]:
        each = np.column_stack([self.yes(f"risk.{risk}") for risk in RISKS])
        said = np.column_stack([self.said(f"risk.{risk}") for risk in RISKS])
        line = self.threshold("risk.any")
        # a sure entry raises where the model is unsure
        anything = self.yes("risk.any") >= line * np.where(said.any(axis=1), _WITH_WORDS, _WITHOUT_WORDS)
        anything |= self.yes("red") >= self.threshold("red") * _RED_ALONE
        strong = each >= 0.5
        strong[np.arange(self.n), (each + 0.15 * said).argmax(axis=1)] = True
        shown = strong & anything[:, None]
        grave = self.said("claims.self_harm") | self.said("claims.threat")
        shown[grave, RISKS.index("safety")] = True
        return [tuple(RISKS[j] for j in np.flatnonzero(row)) for row in shown]

    def claims(self) -> list[frozenset[str]]:
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
        # nothing in particular speaks for `other`: it is what is left
        of_kind = np.where(kind == KINDS.index("other"), -1, self.head("kind").first + kind)
        for text, word in self.telling_words(of_kind):
            found[text].add(self.spoken(f"kind.{KINDS[kind[text]]}", text, word, word + 1))
        for text, word in self.telling_words(np.where(hostile, self.head("hostile").first, -1)):
            found[text].add(self.spoken("hostile", text, word, word + 1))
        for text, word in self.telling_words(self.risks_without_words(found, risks)):
            found[text].add(self.spoken(f"risk.{risks[text][0]}", text, word, word + 1))
        return [tuple(sorted(each)) for each in found]

    def risks_without_words(
        self, found: Sequence[set[Evidence]], risks: Sequence[tuple[Risk, ...]]
    ) -> NDArray[np.int64]:
        """The column of each text's gravest risk where the model alone saw it, else -1: its words are told instead."""
        return np.array(
            [
                self.head(f"risk.{each[0]}").first
                if each and not any(e.signal == f"risk.{each[0]}" for e in found[text])
                else -1
                for text, each in enumerate(risks)
            ],
            dtype=np.int64,
        )

    def telling_words(self, column: NDArray[np.int64]) -> list[tuple[int, int]]:
        """Text and index of the words that add most to a column."""
        layout = self.layout
        adds = self.weights.words_for(layout, self.ngrams, column)
        order = np.lexsort((np.arange(len(adds)), -adds, layout.text_of))
        rank = np.arange(len(order)) - layout.first_word[layout.text_of[order]]
        told = order[(rank < _WORDS_WEIGHED) & (adds[order] > 0)]
        shown: Counter[int] = Counter()
        telling = []
        for text, word in zip(layout.text_of[told].tolist(), told.tolist(), strict=True):
            if shown[text] < _WORDS_SHOWN and _tells(layout.folded[layout.start[word] : layout.end[word]]):
                shown[text] += 1
                telling.append((text, word))
        return telling

    def spoken(self, signal: str, text: int, start: int, end: int) -> Evidence:
        layout = self.layout
        return Evidence(signal, *layout.span(text, int(layout.start[start]), int(layout.end[end - 1])))


def _tells(word: str) -> bool:
    """Whether a person learns something from seeing this word marked."""
    return len(word) > 2 and word.isalpha() and word not in little_words()


def _floats(values: Scores) -> Floats:
    return np.round(values, 4).astype(np.float32)
