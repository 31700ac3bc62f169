"""A fault of a plan's or a roster's text, at its line, in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sereno.engine.plan.fault_words import Value, say
from sereno.engine.plan.nodes import Path


@dataclass(frozen=True, slots=True, order=True)
class PlanError:
    """One thing wrong in a text; a `warning` does not keep it from being used."""

    file: str
    line: int
    message: str
    """In English; `say_fault` tells it in another language."""
    severity: Literal["error", "warning"] = "error"
    code: str = ""
    """Which fault: docs/plan-checks.md lists them. A warning is accepted by it."""
    values: Mapping[str, Value] = field(default_factory=dict, compare=False)
    """What the sentence needs besides."""
    path: Path = field(default=(), compare=False)
    """Of the value in the document: ("lights", 3, "when", "reach")."""
    at: str = field(default="", compare=False)
    """The same by names, as `accepted` has it: `lights.large-reach.when.reach`."""

    def __str__(self) -> str:
        if self.severity == "warning":
            return f"{self.file}:{self.line}: warning: {self.message} [{self.code}]"
        return f"{self.file}:{self.line}: {self.message}"


class PlanErrors(ValueError):
    """Everything that is wrong with a plan or a roster, in the order of its lines."""

    def __init__(self, errors: Sequence[PlanError]) -> None:
        self.errors: tuple[PlanError, ...] = tuple(sorted(set(errors)))
        super().__init__("\n".join(map(str, self.errors)))


def plan_error(file: str, line: int, code: str, values: Mapping[str, Value], path: Path = ()) -> PlanError:
    """An error by its code; the English sentence is made here."""
    return PlanError(file, line, say(code, values), "error", code, values, path)


def say_fault(error: PlanError, language: str) -> str:
    """The fault's sentence in the reader's language, without file and line."""
    return say(error.code, error.values, language) if error.code else error.message
