"""The way out, where a name is nearly right."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that was probably meant, if any is near."""
    found = get_close_matches(name.lower(), list(known), n=1, cutoff=0.6)
    return found[0] if found else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """`; did you mean 'press'?`, or nothing where no known name is near."""
    near = nearest(name, known)
    return f"; did you mean '{near}'?" if near else ""
