"""What the plan says about itself: tests that must hold, and warnings that were accepted with a reason."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from sereno.engine.plan.parts.lights import AuthorType, StormLevel
from sereno.engine.plan.parts.listening import WatchKind
from sereno.engine.plan.parts.values import Degree, Language, Name, Part, Positive, Probability
from sereno.engine.post import Place, Visibility
from sereno.engine.read import Kind, Polarity, Risk, Severity


class ReadsAs(Part):
    """What the text is taken to say, so that a test speaks of the plan alone and not of a reader."""

    kind: Kind
    language: Language | None = None
    """None: the first language of the brand."""
    topic: str = "other"
    risk: tuple[Risk, ...] = ()
    claims: tuple[str, ...] = ()
    severity: Severity | None = None
    polarity: Polarity = "negative"
    hostile: Probability = 0.0
    call_to_action: Probability = 0.0


class MadeUpPost(Part):
    """A made-up post: its text is read by the reader at work, or taken as `reads_as` says."""

    text: str = ""
    reads_as: ReadsAs | None = None
    network: str = "unknown"
    place: Place = "post"
    visibility: Visibility = "public"
    about: tuple[WatchKind, ...] = ("brand",)
    followers: int | None = None
    rating: float | None = None
    shares: int = 0
    shares_per_hour: float = 0.0
    repeat_contact: int = 0
    open_promise: bool = False
    story: Positive = 1
    storm: StormLevel | None = None
    author_type: AuthorType | None = None
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None


class Expected(Part):
    """What must come out; what is not given is not asked."""

    light: Degree | None = None
    """`none`: no light."""
    rule: Name | None = None
    """Stands among the reasons."""
    not_rule: Name | None = None
    """Does not stand among the reasons."""
    step: Name | None = None
    role: Name | None = None
    area: Name | None = None
    called: tuple[Name, ...] | None = None
    """Exactly these roles are called by name."""
    guide: Name | None = None
    wakes: bool | None = None
    first_answer_by: datetime | None = None
    """In the brand's time zone."""
    scenario: Name | None = None
    """This scenario would be proposed."""


class PlanTest(Part):
    """If this post at this moment, then this: the plan's own proof."""

    test: Name
    post: MadeUpPost
    at: datetime
    """In the brand's time zone."""
    expect: Expected


class Accepted(Part):
    """A warning of the check that somebody looked at and lives with."""

    warning: Name
    """Its code, as the check tells it."""
    at: str | None = None
    """Where: `catalogue.late-delivery.title`; None: wherever it comes up."""
    reason: Annotated[str, Field(min_length=3)]
