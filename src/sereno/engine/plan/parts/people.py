"""Who: roles, areas, the decision chain. People stand in the roster, never here (ADR 6)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sereno.engine.plan.parts.values import Degree, Duration, Name, Part, Positive, Text


class Role(Part):
    role: Name
    title: Text
    deputy: Name | None = None
    """The role that stands in where nobody of this one can be reached."""


class Area(Part):
    area: Name
    title: Text
    owner: Name
    deputy: Name | None = None
    topics: tuple[str, ...] = ()


class Step(Part):
    """One degree of the decision chain."""

    step: Name
    title: Text
    degrees: tuple[Degree, ...] = ()
    """Posts of these degrees enter the chain here."""
    role: Name
    """A role, or `area_owner`: the owner of the case's area."""
    acknowledge_within: Duration
    clock: Literal["duty", "always"] = "duty"
    then: Name | None = None
    """The step that follows when nobody acknowledges; None: the chain ends here, in its role."""


class Committee(Part):
    """The crisis committee: called for a crisis, in minutes, all of it."""

    members: Annotated[tuple[Name, ...], Field(min_length=1)]
    """Roles. A member who cannot be reached is stood in for by the role's deputy."""
    quorum: Positive
    """So many members, or their deputies, must be there to decide."""
    spokesperson: Name
    """The role that alone speaks for the brand while a crisis lasts."""
    assembles_within: Duration
    """From the call until the quorum is there, day and night."""
    meets: Text | None = None
    """Where: the room, the line, the link."""
