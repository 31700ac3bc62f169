"""The first of the two pure steps: what each text says. Costly, so it is cached by model version (ADR 1).

Readings are columns: one batch of posts in, equal-length columns out. Nothing about reach, time or the plan is
in here; `judge.py` joins those.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Kind = Literal["complaint", "question", "praise", "suggestion", "news", "attack", "other"]
Polarity = Literal["negative", "neutral", "positive"]
Severity = Literal["no_explicit_reproach", "disapproval", "accusation", "blame"]
Risk = Literal["safety", "discrimination", "data", "fraud", "legal", "vulnerable", "mass"]

KINDS: tuple[Kind, ...] = ("complaint", "question", "praise", "suggestion", "news", "attack", "other")
POLARITIES: tuple[Polarity, ...] = ("negative", "neutral", "positive")
SEVERITIES: tuple[Severity, ...] = ("no_explicit_reproach", "disapproval", "accusation", "blame")
RISKS: tuple[Risk, ...] = ("vulnerable", "safety", "data", "discrimination", "fraud", "legal", "mass")
"""The gravest for people first (LABELLING: two risks in one text)."""
TOPICS: tuple[str, ...] = (
    "delivery", "product_defect", "assembly", "late_or_unfinished_service", "billing", "contract_price",
    "customer_service", "staff_behaviour", "app_website", "availability", "how_to_claim", "safety", "privacy",
    "other",
)  # fmt: skip

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """The words that decided: `signal` is what they speak for; the span counts code points of the whole text."""

    signal: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Change:
    """One value of a reading that the team's corrections changed; `None` stands for "not there"."""

    what: str
    """`kind`, `risk` or `claim`."""
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Taught:
    """That a brand's correction changed a reading, and what (ADR 13)."""

    correction: int
    """Its number within the brand."""
    decisions: int
    """How many overruled decisions it was made from."""
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Readings:
    """What each of n texts says; every column has length n.

    Values and their meaning are those of the labelling guide (`docs/labels.md`). Probabilities are calibrated as
    far as the model card says.
    """

    model: str
    """Version of the reader that gave them, e.g. `fast-2026.11`."""
    language: Sequence[str]
    """ISO 639-1, `und` where it cannot be told, `mul` where several are mixed."""
    kind: Sequence[Kind]
    kind_probability: Floats
    """Of the kind given."""
    complaint: Floats
    """Probability that the post is a complaint."""
    polarity: Sequence[Polarity]
    severity: Sequence[Severity | None]
    """Linguistic level, of complaints only."""
    hostile: Floats
    call_to_action: Floats
    risks: Sequence[tuple[Risk, ...]]
    """What the text claims, the gravest first."""
    claims: Sequence[frozenset[str]]
    """Finer facts that light rules may ask for: members of `CLAIMS`."""
    topic: Sequence[str]
    evidence: Sequence[tuple[Evidence, ...]]
    taught: Sequence[Taught | None] = ()
    """What a brand's correction changed in each; empty where no correction was at work."""

    def __len__(self) -> int:
        return len(self.language)


CLAIMS: dict[str, str] = {
    "self_harm": "the author speaks of harming themselves",
    "threat": "violence is threatened",
    "legal_filed": "legal steps, a claim with an authority or a regulator are already under way",
    "legal_threat": "legal steps or a claim with an authority are announced",
    "press": "the press is already on it",
    "fraud_system": "deceit is claimed as a system, or by several people",
    "mass": "many people are hit",
    "repeat_contact": "the author has written or called before, without a solution",
    "promised_answer": "an answer that was promised did not come",
    "real_harm": "real harm or a sum that hurts is claimed",
    "repeated_failure": "the same thing failed again and again",
    "lying": "lying or carelessness is plainly reproached",
    "leaving_loudly": "the author threatens to leave and to tell everyone",
    "boycott": "others are called to boycott",
    "weighty": "read as a whole, it weighs more than an everyday matter",
}


class ReaderBusy(RuntimeError):
    """The reader reads for others, and the time that this caller wanted to wait for it is over. Nothing was read."""


class Reader(Protocol):
    """Anything that reads texts: the fast reader, later the careful one, a fake in a test."""

    @property
    def model(self) -> str: ...

    @property
    def trouble(self) -> str | None:
        """Why the last batch was read by less than this reader; None where nothing is wrong."""
        ...

    def read(self, texts: Sequence[str], languages: Sequence[str | None]) -> Readings:
        """`languages` are the networks' hints, None where there is none."""
        ...
