"""Stand-ins that make tests read like stories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sereno.engine.read import Evidence, Readings

_SILENT: dict[str, Any] = {
    "language": "en",
    "kind": "other",
    "kind_probability": 0.9,
    "complaint": 0.0,
    "polarity": "neutral",
    "severity": None,
    "hostile": 0.0,
    "call_to_action": 0.0,
    "risks": (),
    "claims": frozenset(),
    "topic": "other",
    "evidence": (),
}


@dataclass
class FakeReader:
    """A reader that says what it was told to say: `reader.says("It burns", kind="complaint", risks=("safety",))`."""

    model: str = "fake-1"
    trouble: str | None = None
    sayings: dict[str, dict[str, Any]] = field(default_factory=dict)
    read_texts: list[str] = field(default_factory=list)
    """Every text it was asked to read, in order: a cached reading is not asked for again."""

    def says(self, text: str, **fields: Any) -> str:
        unknown = set(fields) - set(_SILENT)
        assert not unknown, f"a reading has no {unknown}"
        if fields.get("kind") == "complaint":
            fields = {"complaint": 0.95, "polarity": "negative", "severity": "disapproval", **fields}
        self.sayings[text] = fields
        return text

    def read(self, texts: Sequence[str], languages: Sequence[str | None]) -> Readings:
        self.read_texts.extend(texts)
        rows = [{**_SILENT, **self.sayings.get(text, {})} for text in texts]
        return readings_of(rows, model=self.model)


def readings_of(rows: Sequence[dict[str, Any]], *, model: str = "fake-1") -> Readings:
    """Readings from one mapping a post; what is left out is silent."""
    whole = [{**_SILENT, **row} for row in rows]

    def floats(name: str) -> Any:
        return np.array([row[name] for row in whole], dtype=np.float32)

    return Readings(
        model=model,
        language=[row["language"] for row in whole],
        kind=[row["kind"] for row in whole],
        kind_probability=floats("kind_probability"),
        complaint=floats("complaint"),
        polarity=[row["polarity"] for row in whole],
        severity=[row["severity"] for row in whole],
        hostile=floats("hostile"),
        call_to_action=floats("call_to_action"),
        risks=[tuple(row["risks"]) for row in whole],
        claims=[frozenset(row["claims"]) for row in whole],
        topic=[row["topic"] for row in whole],
        evidence=[tuple(Evidence(*e) if not isinstance(e, Evidence) else e for e in row["evidence"]) for row in whole],
    )
