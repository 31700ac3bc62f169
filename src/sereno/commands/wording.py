"""Words that the commands share."""

from __future__ import annotations


def plural(count: int, one: str) -> str:
    return one if count == 1 else f"{one}s"
