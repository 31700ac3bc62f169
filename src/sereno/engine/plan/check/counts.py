"""How much a plan may hold. What is checked is compared with each other, in the process that answers people: a plan
beyond these numbers is refused before anything else is looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import BaseModel

from sereno.engine.plan.check.issue import Issue, error
from sereno.engine.plan.model import Plan
from sereno.engine.plan.nodes import Path

MOST_ENTRIES: Final = 2_000
"""Of any list or mapping that is not named below."""
_MOST: Final[Mapping[str, int]] = {"chain": 200, "targets": 50, "reach": 50, "avoid": 200, "members": 200}
_WITHOUT_BOUND: Final = frozenset({"terms", "never"})
"""The terms of a watch: looked at one by one, and bounded by the length of the text."""
MOST_AVOIDED: Final = 500
"""Words of one language that the policy avoids: each is looked for in every answer."""


def counts(plan: Plan) -> Iterator[Issue]:
    """Parts with too many entries."""
    yield from _in_part(plan, ())
    avoided: dict[str, int] = {}
    for tone in plan.policy.avoid if plan.policy else ():
        for language, words in tone.words.items():
            avoided[language] = avoided.get(language, 0) + len(words)
    for language, count in avoided.items():
        if count > MOST_AVOIDED:
            yield _too_many(("policy", "avoid"), f"avoid ({language})", count, MOST_AVOIDED)


def _in_part(part: BaseModel, where: Path) -> Iterator[Issue]:
    for name in type(part).model_fields:
        yield from _in_value(getattr(part, name), (*where, name), name)


def _in_value(value: Any, where: Path, name: str) -> Iterator[Issue]:
    if isinstance(value, BaseModel):
        yield from _in_part(value, where)
        return
    if not isinstance(value, tuple | Mapping) or name in _WITHOUT_BOUND:
        return
    most = _MOST.get(name, MOST_ENTRIES)
    if len(value) > most:
        yield _too_many(where, name, len(value), most)
        return
    for key, inner in value.items() if isinstance(value, Mapping) else enumerate(value):
        if not isinstance(inner, str):
            yield from _in_value(inner, (*where, key), name)


def _too_many(where: Path, key: str, count: int, most: int) -> Issue:
    return error(where, "too-many", key=key, count=count, most=most)
