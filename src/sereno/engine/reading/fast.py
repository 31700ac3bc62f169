"""The fast reader: reads everything, with hashed n-grams and lexical knowledge.

How the two are joined: lexical hits are columns of the linear heads, so the model has learnt how far to trust them; on
top, a sure entry for a grave claim raises a risk where the model is unsure, and the model vetoes soft cues. A risk or a
threat must not be missed because a model was unsure; a soft word alone ("sick", "fire") must not ring.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from sereno.engine.language import settle
from sereno.engine.read import CLAIMS, KINDS, POLARITIES, RISKS, SEVERITIES, TOPICS, Floats, Readings, Risk
from sereno.engine.reading import accelerated
from sereno.engine.reading.evidence import Decided, LazyEvidence
from sereno.engine.reading.language_head import LanguageHead, load_language_head
from sereno.engine.reading.layout import Layout
from sereno.engine.reading.lexicon import SIGNALS, Hits, Lexicon, columns, load_lexicon
from sereno.engine.reading.linear import ByLanguage, Head, Scores, Weights, calibrated, dense_columns, load_weights
from sereno.engine.reading.plain import Path, Plain

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
_MANY = 256
"""Posts of a batch from which on the accelerated path is loaded: that takes about a second, its first time more."""
_RISK_SIGNALS = [i for i, signal in enumerate(SIGNALS) if signal.startswith("risk.")]
_NEVER_OF_HARM = [KINDS.index("praise"), KINDS.index("other")]
_SURE = 0.75
_HARM: tuple[Risk, ...] = ("safety", "vulnerable")
_ALWAYS = frozenset({"self_harm", "threat", "repeat_contact", "promised_answer"})
"""Claims that the words alone decide: nobody wants a model to veto them. Whoever writes for the third time is amber
even when calm, and calm is just what the model takes for an everyday matter."""
_RED_CLAIMS = frozenset({"press", "boycott", "fraud_system", "legal_filed"})


T = TypeVar("T")


class FastReader:
    """Reads texts by linear models and lexicons. Holds nothing that changes: safe in several threads."""

    def __init__(
        self, weights: Weights | None = None, lexicon: Lexicon | None = None, *, accelerate: bool | None = None
    ) -> None:
        """`accelerate`: True and False force a path from the first text on; None takes the accelerated one where
        numba is installed, once there is enough to read to be worth its loading."""
        self._given = weights, lexicon
        self._accelerate = accelerate

    @cached_property
    def _weights(self) -> Weights:
        return self._given[0] or load_weights()

    @cached_property
    def _lexicon(self) -> Lexicon:
        return self._given[1] or load_lexicon()

    @cached_property
    def _head(self) -> LanguageHead:
        return load_language_head()

    @cached_property
    def _plain(self) -> Plain:
        return Plain(self._weights, self._head, self._lexicon)

    @cached_property
    def _accelerated(self) -> Path | None:
        return accelerated.load(self._weights, self._head, self._lexicon)

    @property
    def path(self) -> str:
        """How batches of many posts are read: `accelerated`, or `plain` where numba is missing or does not work."""
        return self._path_for(_MANY).name

    def _path_for(self, posts: int) -> Path:
        if self._accelerate is False:
            return self._plain
        loaded = "_accelerated" in self.__dict__
        if posts >= _MANY or loaded or self._accelerate:
            return self._accelerated or self._plain
        return self._plain

    @cached_property
    def model(self) -> str:
        """Changes whenever a reading could: the weights' date, and a digest of weights and lexicons."""
        both = f"{self._weights.checksum}{self._head.checksum}{self._lexicon.digest}{_JOINING}".encode()
        return f"fast-{self._weights.version}+{hashlib.sha256(both).hexdigest()[:8]}"

    def read(self, texts: Sequence[str], languages: Sequence[str | None]) -> Readings:
        """What each text says. `languages` are the networks' hints, as many as texts."""
        return self.settled(self.passed(texts, languages))

    def passed(self, texts: Sequence[str], languages: Sequence[str | None]) -> Passed:
        """Scores and words of each text, before anything is decided: the careful reader builds on them."""
        path = self._path_for(len(texts))
        layout = path.lay_out(texts)
        grams = path.grams(layout)
        found = settle(texts, languages, self._head.sure(layout, grams.heard))
        hits = path.scan(layout, grams, found)
        lexical = columns(hits, len(texts))
        scores = self._weights.joined(grams.total, grams.known, path.lexical(dense_columns(layout, lexical)))
        return Passed(self._weights, found, layout, hits, lexical, scores, path)

    @property
    def trouble(self) -> None:
        """Nothing it needs can fail."""
        return None

    def settled(self, passed: Passed) -> Readings:
        """The fast reader's own readings of what was passed."""
        return _Batch(passed).readings(self.model)


@dataclass(frozen=True, slots=True)
class Passed:
    """One batch after its pass: equal rows of languages, lexical columns (`SIGNALS`, sure then soft) and raw scores."""

    weights: Weights
    languages: list[str]
    layout: Layout
    hits: Hits
    lexical: NDArray[np.int64]
    scores: Scores
    path: Path | None = None
    """How it was read: evidence is looked up the same way."""

    def wordless(self) -> NDArray[np.bool_]:
        """Texts of pictures, marks and addresses alone."""
        layout, n = self.layout, len(self.languages)
        words = layout.text_of[layout.is_word[layout.start]]
        return np.asarray(np.bincount(words, minlength=n)[:n] == 0)

    def places(self, *signals: str) -> NDArray[np.int64]:
        """In how many places of each text sure entries speak for each of these signals."""
        hits, n = self.hits, len(self.languages)
        table = np.zeros((n, len(signals)), dtype=np.int64)
        for column, signal in enumerate(signals):
            of = (hits.soft == 0) & (hits.signal == SIGNALS.index(signal))
            texts, starts, ends = hits.text[of], hits.start[of], hits.end[of]
            order = np.lexsort((starts, texts))
            until, at = -1, -1
            for text, start, end in zip(
                texts[order].tolist(), starts[order].tolist(), ends[order].tolist(), strict=True
            ):
                if text != at or start >= until:
                    table[text, column] += 1
                    until = end
                else:
                    until = max(until, end)
                at = text
        return table


class _Batch:
    """One batch on its way from scores to readings."""

    def __init__(self, passed: Passed) -> None:
        self.passed = passed
        self.weights, self.languages, self.layout = passed.weights, passed.languages, passed.layout
        self.hits, self.scores, lexical = passed.hits, passed.scores, passed.lexical
        self.by_language = ByLanguage(self.languages)
        self.sure = lexical[:, : len(SIGNALS)].astype(np.bool_)
        self.n = len(self.languages)
        self._known: dict[str, Scores] = {}

    def head(self, name: str) -> Head:
        return self.weights.heads[name]

    def probability(self, name: str) -> Scores:
        if name not in self._known:
            self._known[name] = calibrated(self.head(name), self.scores, self.by_language)
        return self._known[name]

    def yes(self, name: str) -> Scores:
        return np.asarray(self.probability(name)[:, 0])

    def threshold(self, name: str) -> Scores:
        lines = self.head(name).threshold
        return self.by_language.spread(lambda code: lines.get(code, lines["*"]))

    def said(self, signal: str) -> NDArray[np.bool_]:
        """Whether a sure entry speaks for the signal."""
        return np.asarray(self.sure[:, SIGNALS.index(signal)])

    def readings(self, model: str) -> Readings:
        shown = self.risks()
        risks = _sets(shown, lambda row: tuple(RISKS[j] for j in row))
        kind = self.kind_probabilities()
        best = self.kinds(kind, shown)
        severity = np.where(best == KINDS.index("complaint"), self.probability("severity").argmax(axis=1), -1)
        complaint = self.centred("complaint")
        # the kind may have been decided by more than this head: the two never contradict each other
        complaint = np.where(best == KINDS.index("complaint"), np.maximum(complaint, 0.5), complaint)
        hostile, action = self.centred("hostile"), self.centred("call_to_action")
        return Readings(
            model=model,
            language=self.languages,
            kind=[KINDS[i] for i in best.tolist()],
            kind_probability=_floats(kind[np.arange(self.n), best]),
            complaint=_floats(complaint),
            polarity=[POLARITIES[i] for i in self.probability("polarity").argmax(axis=1).tolist()],
            severity=[SEVERITIES[s] if s >= 0 else None for s in severity.tolist()],
            hostile=_floats(hostile),
            call_to_action=_floats(action),
            risks=risks,
            claims=self.claims(),
            topic=[TOPICS[i] for i in self.probability("topic").argmax(axis=1).tolist()],
            evidence=LazyEvidence(
                self.weights,
                self.layout.texts,
                self.hits,
                self.layout.first_word,
                Decided(best, hostile >= 0.5, action >= 0.5, risks),
                self.passed.path,
            ),
        )

    def kind_probabilities(self) -> Scores:
        """The head for kinds, and the head that knows complaints alone from far more posts, half and half."""
        kind = self.probability("kind").copy()
        complaint = KINDS.index("complaint")
        joined = (1 - _COMPLAINT_HEAD) * kind[:, complaint] + _COMPLAINT_HEAD * self.centred("complaint")
        rest = np.delete(kind, complaint, axis=1)
        rest *= ((1 - joined) / np.maximum(rest.sum(axis=1), 1e-9))[:, None]
        return np.insert(rest, complaint, joined, axis=1)

    def kinds(self, kind: Scores, risks: NDArray[np.bool_]) -> NDArray[np.int64]:
        """The likeliest kind; where a risk is claimed, a kind that a light can have, unless that is far from likely.

        "Your charger caught fire" holds no word of complaint, and is one.
        """
        best = kind.argmax(axis=1)
        # the guide: a complaint also as a question, also polite, also with praise around it
        mild = np.isin(best, [KINDS.index(name) for name in ("question", "praise", "suggestion", "other")])
        best[mild & (self.centred("complaint") >= _FIRM_COMPLAINT)] = KINDS.index("complaint")
        serious = [KINDS.index(name) for name in ("complaint", "news", "attack")]
        claimed = risks.any(axis=1)
        # several sure words for risks weigh more than one, which is often a figure of speech
        line = np.where(self.grave_hits() >= _SEVERAL, _POSSIBLE_WITH_SEVERAL, _POSSIBLE)
        possible = claimed & (kind[:, serious].sum(axis=1) >= line)
        best[possible] = np.array(serious)[kind[possible][:, serious].argmax(axis=1)]
        # nobody praises in plain words of harm to people; but "I am 76 and your man was so patient" is praise
        harmed = self.said("risk.safety") | self.said("risk.vulnerable")
        harmed &= risks[:, [RISKS.index(risk) for risk in _HARM]].any(axis=1)
        best[harmed & np.isin(best, _NEVER_OF_HARM) & (kind.max(axis=1) < _SURE)] = KINDS.index("complaint")
        return self.without_empty_attacks(np.asarray(best), kind)

    def without_empty_attacks(self, best: NDArray[np.int64], kind: Scores) -> NDArray[np.int64]:
        """An attack is insult or hostility: where there is none, the next likely kind. Without a word it is other."""
        attack = KINDS.index("attack")
        hostile = (self.centred("hostile") >= _SOME_HOSTILITY) | self.said("risk.fraud") | self.said("claims.boycott")
        others = kind.copy()
        others[:, attack] = 0.0
        best = np.where((best == attack) & ~hostile, others.argmax(axis=1), best)
        return np.where(self.passed.wordless(), KINDS.index("other"), best)

    def grave_hits(self) -> NDArray[np.int64]:
        """How many places of each text hold a sure entry for a risk."""
        hits = self.hits
        grave = (hits.soft == 0) & np.isin(hits.signal, _RISK_SIGNALS)
        words = np.unique(hits.start[grave])
        return np.bincount(self.layout.text_of[words], minlength=self.n)

    def centred(self, name: str) -> Scores:
        """The probability, moved so that one half is the line chosen for this language."""
        p, line = self.yes(name), self.threshold(name)
        return np.where(p >= line, 0.5 + 0.5 * (p - line) / (1 - line), 0.5 * p / line)

    def risks(self) -> NDArray[np.bool_]:
        """Which of `RISKS` each text claims."""
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
        return shown

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
        claims = list(held)
        return _sets(np.column_stack(list(held.values())), lambda row: frozenset(claims[j] for j in row))


def _sets(table: NDArray[np.bool_], named: Callable[[list[int]], T]) -> list[T]:
    """What `named` makes of the columns that hold in each row; equal rows share one value."""
    patterns = table @ (1 << np.arange(table.shape[1], dtype=np.int64))
    made: dict[int, T] = {}
    for pattern in set(patterns.tolist()):
        made[pattern] = named([j for j in range(table.shape[1]) if pattern >> j & 1])
    return [made[pattern] for pattern in patterns.tolist()]


def _floats(values: Scores) -> Floats:
    return np.round(values, 4).astype(np.float32)
