"""The faults of a draft's text, in the reader's language, with their line and their place in the plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sereno.desk.plans.checking import Checked, check_text
from sereno.desk.words import language
from sereno.engine.plan.errors import PlanError, say_fault
from sereno.engine.plan.nodes import Path


@dataclass(frozen=True, slots=True)
class FaultTold:
    line: int
    severity: str
    code: str
    message: str
    path: Path
    at: str
    """The place as an acceptance would name it."""
    values: Mapping[str, str | int | float] = field(default_factory=dict, compare=False)
    """What the sentence was made of."""

    def as_json(self) -> dict[str, Any]:
        return {"line": self.line, "severity": self.severity, "code": self.code, "message": self.message, "at": self.at}


def faults_told(text: str) -> tuple[FaultTold, ...]:
    """Errors and warnings by line. Where the text is no YAML only that is told; meaning is looked at last."""
    checked = _checked(text)
    return tuple(told(each) for each in sorted((*checked.errors, *checked.warnings), key=lambda error: error.line))


def within(faults: Iterable[FaultTold], path: Path) -> list[FaultTold]:
    """Those of one entry: of everything below its path."""
    return [fault for fault in faults if fault.path[: len(path)] == path]


def counted(faults: Sequence[FaultTold]) -> dict[str, int]:
    errors = sum(fault.severity == "error" for fault in faults)
    return {"errors": errors, "warnings": len(faults) - errors}


@lru_cache(maxsize=8)
def _checked(text: str) -> Checked:
    # a page asks more than once, and a text with faults is not remembered below
    return check_text(text, with_tests=False)


def told(error: PlanError) -> FaultTold:
    return FaultTold(
        error.line, error.severity, error.code, say_fault(error, language()), tuple(error.path), error.at, error.values
    )
