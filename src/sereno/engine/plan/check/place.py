"""The place of an issue by names instead of numbers: `catalogue.late-delivery.title`. `accepted` speaks so, since a
number changes with every line that is put in above."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from sereno.engine.plan.nodes import Path

NAMED_BY = (
    "rule", "step", "role", "area", "watch", "type", "level", "degree", "guide", "scenario", "drill", "test",
    "resource", "audience", "warning", "to", "country", "person", "shift",
)  # fmt: skip


def place_of(path: Path, document: BaseModel) -> str:
    """`("lights", 2, "title")` → `lights.danger.title`; an entry without a name keeps its number."""
    words: list[str] = []
    here: Any = document
    for name in path:
        here = _inside(here, name)
        words.append(_name_of(here) if isinstance(name, int) and isinstance(here, BaseModel) else "")
        words[-1] = words[-1] or str(name)
    return ".".join(words)


def part_of(path: Path, document: BaseModel) -> tuple[str, str, Path]:
    """The innermost named part that the path goes through, its name, and the way from there:
    `("roles", 2, "title")` → role, press, ("title",). Without one, the part of the plan itself: `policy`."""
    part, name, rest = str(path[0]), "", path[1:]
    here: Any = document
    for number, key in enumerate(path, 1):
        here = _inside(here, key)
        if isinstance(key, int) and isinstance(here, BaseModel) and _name_of(here):
            part, name, rest = next(iter(type(here).model_fields)), _name_of(here), path[number:]
    return part, name, rest


def _inside(here: Any, name: str | int) -> Any:
    if isinstance(here, BaseModel) and isinstance(name, str):
        return getattr(here, name, None)
    if isinstance(here, tuple) and isinstance(name, int) and name < len(here):
        return here[name]
    return None


def _name_of(part: BaseModel) -> str:
    # a part's own name is its first key
    first = next(iter(type(part).model_fields))
    return str(getattr(part, first)) if first in NAMED_BY else ""
