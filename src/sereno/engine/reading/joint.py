"""Kind, weight and risk are decided together, among those that the labelling guide lets stand together.

Three heads that each take their own best answer contradict each other: a danger to people that is green, a question
that is red, an attack without anything. Here every case that the guide allows is weighed as a whole: the logarithms of
what the three heads give to its parts are added, and a red one gets a bonus: a missed red costs more than a false one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sereno.engine.read import KINDS, RISKS, Kind, Risk

Scores = NDArray[np.float64]
WEIGHTS = ("none", "green", "amber", "red")
"""How much a text weighs by the guide, `none` where it is no matter for a light."""
RISKS_OR_NONE = ("none", *RISKS)
_ALWAYS_RED: tuple[Risk, ...] = ("vulnerable", "safety", "data", "discrimination", "mass")


@dataclass(frozen=True, slots=True)
class Case:
    kind: Kind
    weight: str
    risk: str


def _cases() -> tuple[Case, ...]:
    found = []
    for kind in KINDS:
        if kind not in ("complaint", "attack", "news"):
            # whoever speaks of harming themselves or others is red in any kind of post
            found += [Case(kind, "none", "none"), Case(kind, "red", "safety")]
            continue
        found += [Case(kind, "red", risk) for risk in _ALWAYS_RED]
        found += [Case(kind, "amber", "none"), Case(kind, "amber", "fraud"), Case(kind, "red", "fraud")]
        found.append(Case(kind, "red", "legal"))
        if kind != "news":
            found.append(Case(kind, "amber", "legal"))
        if kind != "attack":
            found.append(Case(kind, "green", "none"))
        if kind == "complaint":
            found.append(Case(kind, "red", "none"))
    return tuple(found)


CASES = _cases()
"""What the labelling guide lets stand together."""
_KIND = np.array([KINDS.index(case.kind) for case in CASES])
_WEIGHT = np.array([WEIGHTS.index(case.weight) for case in CASES])
_RISK = np.array([RISKS_OR_NONE.index(case.risk) for case in CASES])
_RED = np.array([case.weight == "red" for case in CASES])


@dataclass(frozen=True, slots=True)
class Trust:
    """How far each head is believed, and the bonus of red by language (`*`: of any other)."""

    kind: float
    weight: float
    risk: float
    red: Mapping[str, float]


def decide(kind: Scores, weight: Scores, risk: Scores, languages: Sequence[str], trust: Trust) -> NDArray[np.int64]:
    """The index in `CASES` of each post's likeliest case.

    `kind` (n × 7), `weight` (n × 4) and `risk` (n × 8) are probabilities; rows need not sum to one.
    """
    bonus = np.array([trust.red.get(code, trust.red["*"]) for code in languages]).reshape(-1, 1)
    total = (
        trust.kind * _log(kind)[:, _KIND]
        + trust.weight * _log(weight)[:, _WEIGHT]
        + trust.risk * _log(risk)[:, _RISK]
        + bonus * _RED
    )
    return np.asarray(total.argmax(axis=1))


def _log(probability: Scores) -> Scores:
    return np.log(np.maximum(probability, 1e-6))
