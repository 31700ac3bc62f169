"""What we look for, and how far an author reaches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from sereno.engine.plan.parts.values import Language, Name, Part, Positive, Text

WatchKind = Literal["brand", "product", "person", "competitor", "sector"]
OUR_KINDS: frozenset[WatchKind] = frozenset({"brand", "product", "person"})


class Term(Part):
    """One thing to look for. Folded by default: `zabka` finds Żabka."""

    term: Annotated[str, Field(min_length=1)]
    exact: bool = False
    """Case and accents as written: Play, not play; año, not ano."""
    forms: tuple[Language, ...] = ()
    """Languages whose inflected forms count too: Żabka, Żabki, Żabce…"""


class Watch(Part):
    """What we look for: either a `rule` such as `acme AND (broken OR refund) NOT jobs`, or a list of `terms`."""

    watch: Name
    kind: WatchKind = "brand"
    rule: str | None = None
    terms: tuple[Term | str, ...] = ()
    never: tuple[Term | str, ...] = ()
    """Terms that rule a post out: negation lives here, never in light rules (ADR 2)."""


class ReachLevel(Part):
    """From how many followers an author has this level of reach, per network; `default` for the others."""

    level: Name
    title: Text
    followers: Mapping[str, Positive]
