"""The careful reader: reads mentions with a fine-tuned encoder on top of all that the fast reader knows.

The encoder itself runs elsewhere (`sereno.careful`, a process of its own); here its scores stand beside the fast
reader's scores and the lexical signals. Small linear layers weigh them together, head by head; kind, weight and risk
are then decided together (`joint`). What words alone decide, the words alone decide here too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from io import BytesIO
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from sereno.engine.read import CLAIMS, KINDS, POLARITIES, RISKS, SEVERITIES, TOPICS, Floats, Readings, Risk
from sereno.engine.reading.evidence import Decided, LazyEvidence
from sereno.engine.reading.fast import FastReader, Passed
from sereno.engine.reading.joint import CASES, RISKS_OR_NONE, WEIGHTS, Case, Trust, decide
from sereno.engine.reading.lexicon import SIGNALS

HEADS: dict[str, tuple[str, ...]] = {
    "kind": KINDS, "complaint": ("yes",), "polarity": POLARITIES, "severity": SEVERITIES, "hostile": ("yes",),
    "call_to_action": ("yes",), "topic": TOPICS, "light": WEIGHTS, "risk": RISKS_OR_NONE, "red": ("yes",),
    "risk.any": ("yes",), "weighty": ("yes",),
}  # fmt: skip
"""What the encoder scores, and the labels of each; one label: yes or no."""
FIRST: dict[str, int] = dict(zip(HEADS, np.cumsum([0, *(len(v) for v in HEADS.values())]).tolist(), strict=False))
"""The first column of each head."""
COLUMNS = sum(len(labels) for labels in HEADS.values())
JOINED = ("kind", "complaint", "polarity", "severity", "hostile", "call_to_action", "topic", "light", "risk")
"""The heads that are weighed together with the fast reader's scores and the words."""

JOINTS = "careful-joints.npz"
_JOINING = 4
"""Raise it when what follows from the scores changes: it is part of the reader's version."""
_WORDS_ALONE = frozenset({"repeat_contact", "promised_answer"})
_EVERYDAY = 0.1
"""Words for repeated contact count where amber or red is at least so likely."""

_SAFETY_WORDS = [SIGNALS.index("risk.safety"), len(SIGNALS) + SIGNALS.index("risk.safety")]
"""Sure and soft."""

Scores = NDArray[np.float64]


class EncoderFailed(RuntimeError):
    """The encoder gave no scores; the message says why. The fast reader answers instead."""


class WeightsDamaged(RuntimeError):
    """The shipped weights are not what they were when they were made; the message says which."""


class Encoder(Protocol):
    """Scores of texts: one row a text, one column a label of `HEADS`. May raise EncoderFailed."""

    @property
    def version(self) -> str: ...

    def scores(self, texts: Sequence[str]) -> Floats: ...


@dataclass(frozen=True)
class Joints:
    """What the small layers on top learnt: see `training/careful/joints.py`."""

    weights: Mapping[str, Scores]
    """By head: features × labels, the last row is the intercept."""
    mean: Scores
    scale: Scores
    """Of each feature: (feature - mean) / scale is what is weighed."""
    lines: Mapping[str, Mapping[str, float]]
    """By yes-or-no head and language: the probability from which it is yes."""
    trust: Trust
    complaint: float
    """How much the head for complaints alone says about the kind."""
    version: str
    checksum: str


def features(encoded: Floats, fast: Scores, dense: NDArray[np.int64], languages: Sequence[str]) -> Scores:
    """What the small layers weigh: scores of both readers, the words' signals, the language."""
    spoken = np.array([[code == each for each in ("en", "es", "pl")] for code in languages], dtype=np.float64)
    signals = np.asarray(dense[:, : 2 * len(SIGNALS)], dtype=np.float64)
    return np.hstack([encoded.astype(np.float64), fast, signals, spoken.reshape(-1, 3)])


def weighed(joints: Joints, table: Scores) -> dict[str, Scores]:
    """Probabilities of each joined head's labels (of its one label: of yes)."""
    x = np.hstack([(table - joints.mean) / joints.scale, np.ones((len(table), 1))])
    return {name: _probabilities(x @ weights) for name, weights in joints.weights.items()}


def _probabilities(z: Scores) -> Scores:
    z = np.clip(z, -30, 30)
    if z.shape[1] == 1:
        return np.asarray(1 / (1 + np.exp(-z)))
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return np.asarray(e / e.sum(axis=1, keepdims=True))


class CarefulReader:
    """Reads texts by the encoder, the fast reader and the words together.

    Where the encoder fails, the fast reader's readings are given, under its name, and `trouble` tells why.
    """

    def __init__(self, encoder: Encoder, joints: Joints | None = None, fast: FastReader | None = None) -> None:
        self._encoder = encoder
        self._given = joints
        self.fast = fast or FastReader()
        self._trouble: str | None = None

    @cached_property
    def _joints(self) -> Joints:
        return self._given or load_joints()

    @cached_property
    def model(self) -> str:
        """Changes whenever a reading could."""
        parts = f"{self._joints.checksum}{self._encoder.version}{self.fast.model}{_JOINING}".encode()
        return f"careful-{self._joints.version}+{hashlib.sha256(parts).hexdigest()[:8]}"

    @property
    def encoder(self) -> Encoder:
        return self._encoder

    def through(self, encoder: Encoder) -> CarefulReader:
        """The same reader, that asks its encoder another way."""
        return CarefulReader(encoder, self._joints, self.fast)

    @property
    def trouble(self) -> str | None:
        return self._trouble

    def read(self, texts: Sequence[str], languages: Sequence[str | None]) -> Readings:
        passed = self.fast.passed(texts, languages)
        try:
            encoded = self._encoder.scores(texts)
        except EncoderFailed as failure:
            self._trouble = str(failure)
            return self.fast.settled(passed)
        self._trouble = None
        return read_joined(self._joints, passed, encoded, self.model)


def read_joined(joints: Joints, passed: Passed, encoded: Floats, model: str) -> Readings:
    """Readings from both readers' scores of the same texts."""
    table = features(encoded, passed.scores, passed.lexical, passed.languages)
    return _Joining(joints, passed, weighed(joints, table)).readings(model)


class _Joining:
    """One batch on its way from probabilities to readings."""

    def __init__(self, joints: Joints, passed: Passed, probability: Mapping[str, Scores]) -> None:
        self.joints, self.passed, self.probability = joints, passed, probability
        self.n = len(passed.languages)
        self.sure = passed.lexical[:, : len(SIGNALS)].astype(np.bool_)

    def said(self, signal: str) -> NDArray[np.bool_]:
        return np.asarray(self.sure[:, SIGNALS.index(signal)])

    def readings(self, model: str) -> Readings:
        kind = self.kind()
        grave = self.grave_words()
        hostile, action = self.centred("hostile"), self.centred("call_to_action")
        cases = self.cases(kind, action, grave)
        best = np.array([KINDS.index(case.kind) for case in cases], dtype=np.int64)
        is_complaint = best == KINDS.index("complaint")
        complaint = kind[:, KINDS.index("complaint")]
        # the kind was decided with light and risk: the two never contradict each other
        complaint = np.where(is_complaint, np.maximum(complaint, 0.5), np.minimum(complaint, 0.49))
        severity = self.probability["severity"].argmax(axis=1)
        risks = [self.risks(case, bool(alarm)) for case, alarm in zip(cases, grave, strict=True)]
        return Readings(
            model=model,
            language=self.passed.languages,
            kind=[case.kind for case in cases],
            kind_probability=_floats(kind[np.arange(self.n), best]),
            complaint=_floats(complaint),
            polarity=self.polarity(cases),
            severity=[SEVERITIES[s] if yes else None for s, yes in zip(severity, is_complaint, strict=True)],
            hostile=_floats(hostile),
            call_to_action=_floats(action),
            risks=risks,
            claims=self.claims(cases, grave),
            topic=[TOPICS[i] for i in self.probability["topic"].argmax(axis=1).tolist()],
            evidence=LazyEvidence(
                self.passed.weights, self.passed.layout.texts, self.passed.hits, self.passed.layout.first_word,
                Decided(best, hostile >= 0.5, action >= 0.5, risks), self.passed.path,
            ),
        )  # fmt: skip

    def cases(self, kind: Scores, action: Scores, grave: NDArray[np.bool_]) -> list[Case]:
        """What each post is as a whole, as far as its words bear it out."""
        words = self.passed.places(*(f"risk.{risk}" for risk in RISKS), "claims.boycott")
        weight, risk = self.probability["light"], self.probability["risk"]
        chosen = decide(kind, weight, risk, self.passed.languages, self.joints.trust, words)
        told = self.said("claims.press") | self.said("claims.boycott") | (action >= 0.5)
        accident = np.asarray((self.passed.lexical[:, _SAFETY_WORDS] > 0).any(axis=1)) & ~grave
        found = []
        for place, wordless, why, harm in zip(chosen, self.passed.wordless(), told, accident, strict=True):
            case = _told(CASES[place], bool(why))
            if wordless:
                case = Case("other", "none", "none")
            elif harm and _in_danger(case):
                case = Case("complaint", "red", "safety")
            found.append(case)
        return found

    def kind(self) -> Scores:
        """Of each kind; the head that knows complaints alone from far more posts has its share in it."""
        kind = self.probability["kind"].copy()
        place, share = KINDS.index("complaint"), self.joints.complaint
        joined = (1 - share) * kind[:, place] + share * self.centred("complaint")
        rest = 1 - kind[:, place]
        kind *= np.where(rest > 1e-9, (1 - joined) / np.maximum(rest, 1e-9), 0.0)[:, None]
        kind[:, place] = joined
        return kind

    def centred(self, name: str) -> Scores:
        """The probability, moved so that one half is the line chosen for this language."""
        p, lines = self.probability[name][:, 0], self.joints.lines[name]
        line = np.array([lines.get(code, lines["*"]) for code in self.passed.languages])
        return np.asarray(np.where(p >= line, 0.5 + 0.5 * (p - line) / (1 - line), 0.5 * p / line))

    def grave_words(self) -> NDArray[np.bool_]:
        """Where words for self-harm or a threat stand: no model may overrule them."""
        return self.said("claims.self_harm") | self.said("claims.threat")

    def risks(self, case: Case, grave_words: bool) -> tuple[Risk, ...]:
        found = {case.risk} - {"none"} | ({"safety"} if grave_words else set())
        return tuple(risk for risk in RISKS if risk in found)

    def polarity(self, cases: Sequence[Case]) -> list[Any]:
        """News of no risk is negative where it weighs amber, and only there: that is what amber means in it."""
        p = self.probability["polarity"].copy()
        negative = POLARITIES.index("negative")
        for i, case in enumerate(cases):
            if case.kind == "news" and case.risk == "none":
                p[i, negative] = 2.0 if case.weight == "amber" else -1.0
        return [POLARITIES[i] for i in p.argmax(axis=1).tolist()]

    def claims(self, cases: Sequence[Case], grave: NDArray[np.bool_]) -> list[frozenset[str]]:
        said = {claim: self.said(f"claims.{claim}") for claim in CLAIMS if claim != "weighty"}
        weighs = self.probability["light"][:, WEIGHTS.index("amber") :].sum(axis=1)
        return [
            _claims(case, {c for c, where in said.items() if where[i]}, bool(grave[i]), float(weighs[i]))
            for i, case in enumerate(cases)
        ]


def _claims(case: Case, said: set[str], grave_words: bool, weighs: float) -> frozenset[str]:
    """The finer facts: those that words tell, as far as the decision about the whole text lets them stand."""
    found: set[str] = set()
    if grave_words:
        found |= said & {"self_harm", "threat"}
    if weighs >= _EVERYDAY:
        found |= said & _WORDS_ALONE
    if case.weight in ("amber", "red"):
        found |= said - {"self_harm", "threat", "press", "boycott", "fraud_system", "legal_filed"}
        found.add("weighty")
    if case.weight == "red":
        found |= said & {"press", "boycott"} | _of_red(case, said)
    return frozenset(found)


def _in_danger(case: Case) -> bool:
    """Red in a post of any kind: harm to oneself, or, where words of danger stand in it, an accident."""
    return case.weight == "red" and case.kind not in ("complaint", "attack", "news")


def _told(case: Case, told: bool) -> Case:
    """Red without a risk is a call to boycott, or the press on it: where nothing tells of either, it is amber."""
    return case if case.weight != "red" or case.risk != "none" or told else Case(case.kind, "amber", "none")


def _of_red(case: Case, said: set[str]) -> set[str]:
    """What makes it red, where the risk alone does not tell."""
    if case.kind not in ("complaint", "attack", "news"):
        return {"threat"} if "threat" in said else {"self_harm"}
    if case.risk in ("fraud", "legal"):
        return {"fraud_system" if case.risk == "fraud" else "legal_filed"}
    if case.risk == "none" and not said & {"press", "boycott"}:
        return {"boycott"}
    return set()


def _floats(values: Scores) -> Floats:
    return np.round(np.clip(values, 0, 1), 4).astype(np.float32)


def pack(joints: Joints) -> bytes:
    """The small layers as the file that is shipped."""
    buffer = BytesIO()
    settings = {
        "lines": joints.lines, "complaint": joints.complaint,
        "trust": {"together": joints.trust.together, "red": dict(joints.trust.red)},
        "signals": SIGNALS,
    }  # fmt: skip
    arrays = {f"w.{name}": weights.astype(np.float32) for name, weights in joints.weights.items()}
    np.savez_compressed(
        buffer, mean=joints.mean, scale=joints.scale,
        settings=np.frombuffer(json.dumps(settings, sort_keys=True).encode(), dtype=np.uint8),
        allow_pickle=False, **arrays,
    )  # fmt: skip
    return buffer.getvalue()


def unpack(packed: bytes, version: str) -> Joints:
    with np.load(BytesIO(packed), allow_pickle=False) as file:
        settings = json.loads(file["settings"].tobytes())
        trust = settings["trust"]
        return Joints(
            {name: file[f"w.{name}"].astype(np.float64) for name in JOINED}, file["mean"], file["scale"],
            settings["lines"], Trust(tuple(trust["together"]), trust["red"]),
            settings["complaint"], version, hashlib.sha256(packed).hexdigest(),
        )  # fmt: skip


def manifest() -> dict[str, Any]:
    """What the shipped weights were made from, and their checksums. Raises WeightsDamaged."""
    text = (resources.files("sereno.engine") / "weights" / "careful.json").read_bytes().decode("utf-8", "replace")
    try:
        found: dict[str, Any] = json.loads(text)
        if isinstance(found["version"], str) and found["encoder"]["sha256"] and found["joints"]["sha256"]:
            return found
    except (ValueError, KeyError, TypeError):
        pass
    raise WeightsDamaged("careful.json is damaged; install Sereno anew, or ./run train --data DIR makes it")


def encoder_checksum() -> str:
    """SHA-256 of the encoder's weights that the layers on top were made for. Raises WeightsDamaged."""
    return str(manifest()["encoder"]["sha256"])


def load_joints() -> Joints:
    """The shipped ones, after their checksum. Raises WeightsDamaged."""
    packed, made = (resources.files("sereno.engine") / "weights" / JOINTS).read_bytes(), manifest()
    if hashlib.sha256(packed).hexdigest() != made["joints"]["sha256"]:
        raise WeightsDamaged(f"{JOINTS} is not the file that careful.json names; install Sereno anew")
    return unpack(packed, made["version"])
