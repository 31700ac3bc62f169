"""Kind, weight and risk are decided together, among those that the labelling guide lets stand together.

Three heads that each take their own best answer contradict each other: a danger to people that is green, a question
that is red, an attack without anything. Here every case that the guide allows is weighed as a whole: the logarithms of
what the three heads give to its parts are added, with how much oftener than by chance the parts were met together, and
a red one gets a bonus: a missed red costs more than a false one.
"""

from __future__ import annotations

import math
from collections import Counter
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
WORDS: tuple[str, ...] = (*RISKS, "boycott")
"""What sure words can speak for in a decision."""
_SPOKEN = np.array(
    [[case.risk == risk for case in CASES] for risk in RISKS]
    + [[case.kind in ("complaint", "attack") and case.weight in ("amber", "red") for case in CASES]],
    dtype=np.float64,
)
_WORD = 3.0
"""What sure words add to the cases that they speak for: a risk must not be missed because a model was unsure.
Measured on held-out seeds: a point of precision for what is told in plain words."""
_PLACES = 2
"""Places that count: one is often a figure of speech, two seldom are ("caught fire … burned my son's hand")."""
_HARM = [WORDS.index("vulnerable"), WORDS.index("safety")]
"""Places of these count together: who was hurt, and by what."""
_BOYCOTT = 1.5
"""A call to boycott is told in its words, or not at all."""


@dataclass(frozen=True, slots=True)
class Trust:
    """How much is added to each case: how well its parts go together, and the bonus of red.

    `together` holds one number a case; `red` one a language (`*`: of any other).
    """

    together: tuple[float, ...]
    red: Mapping[str, float]


def decide(
    kind: Scores, weight: Scores, risk: Scores, languages: Sequence[str], trust: Trust,
    words: NDArray[np.int64] | None = None,
) -> NDArray[np.int64]:  # fmt: skip
    """The index in `CASES` of each post's likeliest case.

    `kind` (n × 7), `weight` (n × 4) and `risk` (n × 8) are probabilities; rows need not sum to one. `words` (n × 8)
    tells in how many places of each text sure entries of the lexicons speak for each of `WORDS`.
    """
    bonus = np.array([trust.red.get(code, trust.red["*"]) for code in languages]).reshape(-1, 1)
    parts = _log(kind)[:, _KIND] + _log(weight)[:, _WEIGHT] + _log(risk)[:, _RISK]
    total = parts + np.array(trust.together)[None, :] + bonus * _RED
    if words is not None:
        told = np.minimum(words, 1).astype(np.float64)
        told[:, _HARM] *= np.minimum(words[:, _HARM].sum(axis=1, keepdims=True), _PLACES)
        told[:, -1] *= _BOYCOTT
        total = total + _WORD * (told @ _SPOKEN)
    return np.asarray(total.argmax(axis=1))


def together(cases: Sequence[Case], share: float) -> tuple[float, ...]:
    """For each of `CASES` the logarithm of how much oftener than by chance its parts stand together among `cases`,
    times `share`; every case counts half a time more, so that none is impossible."""
    n, half = len(cases), 0.5
    kinds, weights, risks = (Counter(getattr(case, part) for case in cases) for part in ("kind", "weight", "risk"))
    seen = Counter(cases)

    def oftener(case: Case) -> float:
        by_chance = (kinds[case.kind] + half) * (weights[case.weight] + half) * (risks[case.risk] + half) / n**2
        return math.log((seen[case] + half) / by_chance)

    return tuple(round(share * oftener(case), 4) for case in CASES)


def _log(probability: Scores) -> Scores:
    return np.log(np.maximum(probability, 1e-6))
