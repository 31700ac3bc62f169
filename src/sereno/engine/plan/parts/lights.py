"""What makes a post green, amber or red, and what is read before it is answered."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from sereno.engine.plan.parts.listening import WatchKind
from sereno.engine.plan.parts.values import Light, Name, Part, Positive, Probability, Text, is_true
from sereno.engine.post import Place, Visibility
from sereno.engine.read import Kind, Polarity, Risk, Severity

AuthorType = Literal["journalist", "influencer", "competitor", "employee", "suspected_bot"]
StormLevel = Literal["stirring", "rising", "storm"]
STORM_LEVELS: tuple[StormLevel, ...] = ("stirring", "rising", "storm")


class HelpNumber(Part):
    """A telephone number that a guide gives."""

    number: Annotated[str, Field(pattern=r"^\+?[0-9][0-9 ]{1,20}$")]
    title: Text
    """Whose it is, and where it is answered."""


class Guide(Part):
    """What to do when a post is no everyday matter: a few careful steps, read before anything is answered."""

    guide: Name
    title: Text
    steps: tuple[Text, ...]
    """In order; the first is the most important."""
    numbers: tuple[HelpNumber, ...] = ()


class When(Part):
    """Conditions of a light rule; all that are given must hold. Each is *at least* or *any of*, never *not*, so
    that more reach, risk or hostility can never lower a light (ADR 2)."""

    # what the text says
    kind: tuple[Kind, ...] | None = None
    risk: tuple[Risk, ...] | None = None
    claims: tuple[str, ...] | None = None
    severity: Severity | None = None
    """At least this level."""
    polarity: tuple[Polarity, ...] | None = None
    complaint: Probability | None = None
    hostile: Probability | None = None
    call_to_action: Probability | None = None
    topic: tuple[str, ...] | None = None
    language: tuple[str, ...] | None = None
    # what the text does not say: the context
    about: tuple[WatchKind, ...] | None = None
    network: tuple[str, ...] | None = None
    place: tuple[Place, ...] | None = None
    visibility: Visibility | None = None
    text_light: Light | None = None
    """The light of the text alone is at least this."""
    reach: Name | None = None
    """The author's reach is at least this level of the plan's `reach`."""
    shares: Positive | None = None
    shares_per_hour: Positive | None = None
    repeat_contact: Positive | None = None
    """The author's earlier posts in the same matter, at least."""
    open_promise: Annotated[Literal[True], BeforeValidator(is_true)] | None = None
    story: Positive | None = None
    """Distinct authors telling the same, at least."""
    storm: StormLevel | None = None
    author_type: tuple[AuthorType, ...] | None = None
    rating: Annotated[float, Field(ge=0, le=5)] | None = None
    """Stars, at most."""

    @property
    def asked(self) -> frozenset[str]:
        """The conditions that are given."""
        return frozenset(name for name in self.model_fields_set if getattr(self, name) is not None)


TEXT_CONDITIONS = frozenset(
    {
        "kind",
        "risk",
        "claims",
        "severity",
        "polarity",
        "complaint",
        "hostile",
        "call_to_action",
        "topic",
        "language",
    }
)


class RuleRoute(Part):
    """Who is called at once for a post that a rule matched, besides the chain or before it."""

    role: Name
    chain: Literal["also", "waits"] = "also"
    """`also`: the step of the post's degree is called at the same time. `waits`: the step is called only where this
    role does not acknowledge within the step's own time; so the chain still ends in a person."""


class LightRule(Part):
    rule: Name
    light: Light
    title: Text
    when: When
    route: RuleRoute | None = None
    guide: Name | None = None
    """What whoever answers reads first; one of the plan's `guides`."""

    @property
    def of_text_alone(self) -> bool:
        """True where the rule needs no context: such rules give the text light."""
        return self.when.asked <= TEXT_CONDITIONS
