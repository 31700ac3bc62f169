"""One thing that a plan should not say: where, which (a code), and the values that its sentence needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from sereno.engine.plan.fault_words import Value, say
from sereno.engine.plan.nodes import Path
from sereno.engine.plan.suggest import nearest

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Issue:
    """`where` is the path of the value; its words are made from `code` in the reader's language (`fault_words.py`)."""

    severity: Severity
    where: Path
    code: str
    values: Mapping[str, Value] = field(default_factory=dict, hash=False)
    accepted: str | None = None
    """The reason for which the plan lives with this warning; None: it does not."""

    @property
    def message(self) -> str:
        """The sentence in English."""
        return say(self.code, self.values)


def error(where: Path, code: str, /, **values: Value) -> Issue:
    return Issue("error", where, code, values)


def warning(where: Path, code: str, /, **values: Value) -> Issue:
    return Issue("warning", where, code, values)


def nearby(name: str, known: Iterable[str]) -> dict[str, Value]:
    """What the sentence's way out is made of: the nearest known name, or else all that are known."""
    names = list(known)
    near = nearest(name, names)
    return {"near": near} if near else {"known": ", ".join(names) or "none"}
