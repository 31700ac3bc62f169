"""Texts that people read stand in every language of the brand; where one is missing, another stands in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from sereno.engine.plan.check.issue import Issue, warning
from sereno.engine.plan.check.place import part_of, place_of
from sereno.engine.plan.model import Plan
from sereno.engine.plan.nodes import Path

_ANSWERS = ("substance", "claim", "documents", "if_valid", "if_false")


def texts(plan: Plan) -> Iterator[Issue]:
    for where, text in all_texts(plan):
        missing = [code for code in plan.brand.languages if not text.get(code, "").strip()]
        if missing:
            part, name, keys = part_of(where, plan)
            told = {"of_part": part, "of_name": name, "keys": ".".join(map(str, keys))}
            yield warning(where, _code(where), place=place_of(where, plan), codes=" ".join(missing), **told)


def _code(where: Path) -> str:
    if where[0] == "catalogue" and where[-1] in _ANSWERS:
        return "answer-missing"
    return "holding-statement-missing" if where[0] == "scenarios" and where[-1] == "holding" else "text-missing"


def all_texts(part: BaseModel, where: Path = ()) -> Iterator[tuple[Path, Mapping[str, str]]]:
    """Every text of the plan that stands per language, and its path."""
    for name in type(part).model_fields:
        yield from _texts_in(getattr(part, name), (*where, name))


def _texts_in(value: Any, where: Path) -> Iterator[tuple[Path, Mapping[str, str]]]:
    if isinstance(value, BaseModel):
        yield from all_texts(value, where)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _texts_in(item, (*where, index))
    elif isinstance(value, Mapping) and value and all(isinstance(text, str) for text in value.values()):
        yield where, value
