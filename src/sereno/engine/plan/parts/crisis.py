"""The worst cases: what each one is known by, its first hour, what is said first; and when they are rehearsed."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from sereno.engine.plan.parts.lights import When
from sereno.engine.plan.parts.values import Duration, Name, Part, Text


class FirstHourStep(Part):
    """One thing to do in the first hour."""

    do: Text
    role: Name
    within: Duration
    """Since the crisis was declared, day and night."""


class Scenario(Part):
    """A worst case that the committee has thought through before it happens."""

    scenario: Name
    title: Text
    triggers: Annotated[tuple[When, ...], Field(min_length=1)]
    """Conditions as those of a light rule; where one of these holds for a red post, this scenario is proposed."""
    first_hour: Annotated[tuple[FirstHourStep, ...], Field(min_length=1)]
    """In the order of their times."""
    holding: Text
    """The holding statement: true while next to nothing is known; adapted and approved by people before it is said."""
    spokesperson: Name | None = None
    """The role that speaks in this case; None: the committee's."""


class Drill(Part):
    """A rehearsal in the calendar."""

    drill: Name
    scenario: Name
    first: date
    every: Duration | None = None
    """Again after so many days; None: once."""
    roles: tuple[Name, ...] = ()
    """Who takes part; empty: the whole committee."""
    announced: bool = True
