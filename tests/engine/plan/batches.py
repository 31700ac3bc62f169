"""Readings and contexts for tests, one post a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec
import numpy as np

from sereno.engine.context import Context, Contexts
from sereno.engine.judge import Judgements, judge
from sereno.engine.plan.model import Plan
from sereno.engine.read import Evidence, Kind, Polarity, Readings, Risk, Severity

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Said:
    """What one text says; by default an ordinary complaint."""

    kind: Kind = "complaint"
    language: str = "en"
    complaint: float = 0.9
    polarity: Polarity = "negative"
    severity: Severity | None = None
    hostile: float = 0.0
    call_to_action: float = 0.0
    risks: tuple[Risk, ...] = ()
    claims: frozenset[str] = frozenset()
    topic: str = "delivery"
    evidence: tuple[Evidence, ...] = ()


def readings(rows: Sequence[Said]) -> Readings:
    def column(name: str) -> list[object]:
        return [getattr(row, name) for row in rows]

    def numbers(name: str) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
        return np.array(column(name), dtype=np.float32)

    return Readings(
        model="test",
        kind_probability=np.ones(len(rows), dtype=np.float32),
        complaint=numbers("complaint"),
        hostile=numbers("hostile"),
        call_to_action=numbers("call_to_action"),
        **{
            name: column(name)
            for name in ("language", "kind", "polarity", "severity", "risks", "claims", "topic", "evidence")
        },  # type: ignore[arg-type]
    )


def known(**values: object) -> Context:
    return replace_context(Context(received_at=NOW, about=("brand",)), **values)


def replace_context(context: Context, **values: object) -> Context:
    return msgspec.structs.replace(context, **values)


def judged(plan: Plan, *rows: tuple[Said, Context]) -> Judgements:
    return judge(readings([said for said, _ in rows]), Contexts([context for _, context in rows]), plan, NOW)


def one(plan: Plan, said: Said | None = None, context: Context | None = None) -> Judgements:
    return judged(plan, (said or Said(), context or known()))
