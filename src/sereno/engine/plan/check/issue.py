"""One thing that a plan should not say: where, which (a code), and the values that its sentence needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sereno.engine.plan.fault_words import Value, say
from sereno.engine.plan.nodes import MOST_FAULTS, Path
from sereno.engine.plan.suggest import nearest

Severity = Literal["error", "warning"]
MOST_KNOWN = 20
"""Names that a sentence lists."""
MOST_ON_THE_WAY = 8


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


def at_most(issues: Sequence[Issue], most: int = MOST_FAULTS) -> list[Issue]:
    """The first of them, and of the others how many they are."""
    left = issues[most:]
    if not left:
        return list(issues)
    return [*issues[:most], Issue(left[0].severity, left[0].where, "faults-left-out", {"count": len(left)})]


def nearby(name: str, known: Iterable[str]) -> dict[str, Value]:
    """What the sentence's way out is made of: the nearest known name, or else all that are known."""
    names = list(known)
    near = nearest(name, names)
    if near:
        return {"near": near}
    return {"known": ", ".join([*names[:MOST_KNOWN], *(["…"] if len(names) > MOST_KNOWN else [])]) or "none"}


def way(names: Sequence[str]) -> str:
    """From name to name: `press → duty → press`; of a long way the beginning and the end."""
    shown = names if len(names) <= MOST_ON_THE_WAY else [*names[: MOST_ON_THE_WAY - 2], "…", names[-1]]
    return " → ".join(shown)
