"""By when: targets, deadlines of the law, duty hours."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sereno.engine.plan.parts.values import Degree, Duration, Hours, Name, Part, Positive


class Target(Part):
    """By when. `duty` hours by default; `always` runs round the clock, as red does."""

    degree: Degree
    acknowledge: Duration
    first_answer: Duration
    next_answer: Duration
    resolution: Duration
    clock: Literal["duty", "always"] = "duty"


class Statutory(Part):
    """A deadline that the law sets, in calendar days."""

    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    types: tuple[Name, ...] = ()
    """Complaint types of the catalogue; empty: every complaint."""
    days: Positive
    law: str


class DutyHours(Part):
    """When duty hours run, per weekday, in the brand's time zone; a day that is not given has none."""

    monday: tuple[Hours, ...] = ()
    tuesday: tuple[Hours, ...] = ()
    wednesday: tuple[Hours, ...] = ()
    thursday: tuple[Hours, ...] = ()
    friday: tuple[Hours, ...] = ()
    saturday: tuple[Hours, ...] = ()
    sunday: tuple[Hours, ...] = ()
    holidays: bool = False
    """True: public holidays are duty days like any other."""
