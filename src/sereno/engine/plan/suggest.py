"""The way out, where a name is nearly right.

Comparing names sign by sign is slow, and a hostile text may hold thousands of wrong ones: so only the names that may be
near are compared, and within `suggestions()` only so many wrong names are given one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from difflib import get_close_matches

MOST_SUGGESTIONS = 20
"""Wrong names of one check that are looked for among the right ones."""
_NEAR_ENOUGH = 0.6
_LONGEST_NAME = 60
_MOST_COMPARED = 50

_left: ContextVar[list[int] | None] = ContextVar("suggestions_left", default=None)


@contextmanager
def suggestions(most: int = MOST_SUGGESTIONS) -> Iterator[None]:
    """In here `nearest` looks for no more than `most` names. Those within those share what is left."""
    if _left.get() is not None:
        yield
        return
    before = _left.set([most])
    try:
        yield
    finally:
        _left.reset(before)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that was probably meant, if any is near."""
    left = _left.get()
    if left is not None:
        if left[0] <= 0:
            return None
        left[0] -= 1
    wanted = name[:_LONGEST_NAME].lower()
    found = get_close_matches(wanted, _maybe_near(wanted, known), n=1, cutoff=_NEAR_ENOUGH)
    return found[0] if found else None


def _maybe_near(wanted: str, known: Iterable[str]) -> list[str]:
    """Names of about the same length; where these are many, those that begin alike."""
    fitting = [name for name in known if len(name) <= 2 * _LONGEST_NAME and _may_be_near(len(wanted), len(name))]
    if len(fitting) <= _MOST_COMPARED:
        return fitting
    return sorted(fitting, key=lambda name: _unlike(wanted, name))[:_MOST_COMPARED]


def _may_be_near(one: int, other: int) -> bool:
    # what `SequenceMatcher` gives at best for two texts of these lengths
    return bool(one or other) and 2 * min(one, other) >= _NEAR_ENOUGH * (one + other)


def _unlike(wanted: str, name: str) -> tuple[int, int]:
    alike = _begun_alike(wanted, name) + _begun_alike(wanted[::-1], name[::-1])
    return -alike, abs(len(wanted) - len(name))


def _begun_alike(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (left, right) in pairs if left != right), min(len(one), len(other)))


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """`; did you mean 'press'?`, or nothing where no known name is near."""
    near = nearest(name, known)
    return f"; did you mean '{near}'?" if near else ""
