"""What is answered and how: the catalogue, the communication policy, and what may be offered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from sereno.engine.plan.parts.times import DutyHours
from sereno.engine.plan.parts.values import Language, Name, Part, Text


class Complaint(Part):
    """A catalogue entry: a type of complaint and the *substance* of its answer, not a text to paste."""

    type: Name
    topic: str
    title: Text
    examples: Mapping[Language, tuple[str, ...]] = Field(default_factory=dict)
    networks: tuple[str, ...] = ()
    """Only on these; an entry for a network goes before one for all. Empty: on every network."""
    substance: Text
    """The facts to give."""
    claim: Text | None = None
    """The route to a claim: where, how, by when we answer, and who may be turned to after us."""
    documents: Text | None = None
    """What we need from the person, asked for in private."""
    if_valid: Text
    if_false: Text
    decides: Name
    """The role that decides."""


class Tone(Part):
    """How we speak in one place or to one audience."""

    to: Name
    """A network, or one of the brand's audiences."""
    tone: Text


class Avoided(Part):
    """Words that no answer should hold."""

    words: Mapping[Language, tuple[str, ...]]
    """Per language; inflected forms are found by the guard, case and accents never matter."""
    why: Text
    instead: Text | None = None


class Policy(Part):
    """The communication policy: tone, words to use and to avoid, per network and audience."""

    tone: Text
    networks: tuple[Tone, ...] = ()
    audiences: tuple[Tone, ...] = ()
    use: Mapping[Language, tuple[str, ...]] = Field(default_factory=dict)
    """Words of this brand, per language."""
    avoid: tuple[Avoided, ...] = ()


Money = Annotated[str, Field(pattern=r"^[0-9]+(\.[0-9]{2})? [A-Z]{3}$")]
"""An amount with its currency: `50 EUR`."""


class Resource(Part):
    """Something that may be offered or called upon, and its limits."""

    resource: Name
    title: Text
    offered_by: Annotated[tuple[Name, ...], Field(min_length=1)]
    """Roles that may offer it by themselves."""
    up_to: Money | None = None
    """The most a case may get from them; None: without a limit in money."""
    above: Name | None = None
    """The role that decides beyond the limit."""
    legal_review: bool = False
    """Legal has to see it first."""
    hours: DutyHours | None = None
    """When the supplier or the place is open; None: always."""
    limits: Text | None = None
    """What else bounds it, in words."""
