"""The crisis plan as a typed document: frozen values, nothing decided here.

Texts people read are given per language; `Plan.text` picks the reader's and falls back as the plan states.
Roles stand here, people never: a roster names them (ADR 6). The format is told in `docs/plan-format.md`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time, timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema

from sereno.engine.post import Place, Visibility
from sereno.engine.read import Kind, Polarity, Risk, Severity

Light = Literal["green", "amber", "red"]
LIGHTS: tuple[Light, ...] = ("green", "amber", "red")
Degree = Literal["none", "green", "amber", "red"]
"""A light, or `none` for posts without one (praise, a question…): they are routed too."""
WatchKind = Literal["brand", "product", "person", "competitor", "sector"]
OUR_KINDS: frozenset[WatchKind] = frozenset({"brand", "product", "person"})
AuthorType = Literal["journalist", "influencer", "competitor", "employee", "suspected_bot"]
StormLevel = Literal["stirring", "rising", "storm"]
STORM_LEVELS: tuple[StormLevel, ...] = ("stirring", "rising", "storm")
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


def parse_duration(value: object) -> timedelta:
    """`90m`, `4h`, `1h30m`, `2d` as a length of time. Raises ValueError with the way out."""
    if isinstance(value, timedelta):
        return value
    parts = re.findall(r"(\d+)\s*([mhd])", str(value)) if re.fullmatch(r"(\s*\d+\s*[mhd])+\s*", str(value)) else []
    if not parts:
        raise ValueError(f"'{value}' is no length of time; write minutes, hours or days: 30m, 4h, 1h30m, 2d")
    if sum(len(number) for number, _unit in parts) > 9:
        raise ValueError(f"'{value}' is longer than any deadline")
    return sum((int(number) * _UNITS[unit] for number, unit in parts), timedelta())


def write_duration(value: timedelta) -> str:
    """The inverse of `parse_duration`, in the largest whole units."""
    minutes = int(value.total_seconds() // 60)
    days, rest = divmod(minutes, 24 * 60) if minutes % (24 * 60) == 0 else (0, minutes)
    hours, minutes = divmod(rest, 60)
    return "".join(f"{n}{u}" for n, u in ((days, "d"), (hours, "h"), (minutes, "m")) if n) or "0m"


def parse_hours(value: object) -> tuple[time, time]:
    """`08:00-22:00` as opening and closing time; 24:00 closes at midnight (`time.max`)."""
    if isinstance(value, tuple | list) and len(value) == 2:
        return tuple(value)
    match = re.fullmatch(r"\s*(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})\s*", str(value))
    if not match:
        raise ValueError(f"'{value}' is no stretch of hours; write it as 08:00-22:00")
    h1, m1, h2, m2 = map(int, match.groups())
    closing = time.max if (h2, m2) == (24, 0) else _clock_time(h2, m2)
    opening = _clock_time(h1, m1)
    if closing <= opening:
        raise ValueError(
            f"'{value}' closes before it opens; split a night shift at midnight: 22:00-24:00 and 00:00-06:00"
        )
    return opening, closing


def _clock_time(hour: int, minute: int) -> time:
    if hour > 23 or minute > 59:
        raise ValueError(f"'{hour:02}:{minute:02}' is no time of day; hours go from 00:00 to 24:00")
    return time(hour, minute)


def _true(value: object) -> object:
    """The plan's text gives every scalar as it was written."""
    return True if value == "true" else value


def _number(value: object) -> object:
    return int(value) if isinstance(value, str) and value.isdecimal() else value


def _write_hours(hours: tuple[time, time]) -> str:
    closing = "24:00" if hours[1] == time.max else f"{hours[1]:%H:%M}"
    return f"{hours[0]:%H:%M}-{closing}"


Duration = Annotated[
    timedelta,
    BeforeValidator(parse_duration),
    PlainSerializer(write_duration, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^(\s*\d+\s*[mhd])+\s*$"}),
]
Hours = Annotated[
    tuple[time, time],
    BeforeValidator(parse_hours),
    PlainSerializer(_write_hours, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^\s*\d{1,2}:\d{2}\s*-\s*\d{1,2}:\d{2}\s*$"}),
]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$", max_length=60)]
"""What the plan calls a thing: small letters, digits, _ and -."""
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
Text = Annotated[Mapping[Language, str], Field(min_length=1)]
Probability = Annotated[float, Field(ge=0.0, le=1.0)]
Positive = Annotated[int, Field(ge=1)]


class _Part(BaseModel):
    """A part of the plan: frozen, and unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class Brand(_Part):
    name: str
    timezone: str = "UTC"
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    """ISO 3166-1. Its public holidays are no duty days; its law sets the deadlines where the customer's country is
    not known."""
    languages: tuple[Language, ...] = ("en",)
    """Languages the brand answers in; the first is the fallback of every text."""


class Term(_Part):
    """One thing to look for. Folded by default: `zabka` finds Żabka."""

    term: Annotated[str, Field(min_length=1)]
    exact: bool = False
    """Case and accents as written: Play, not play; año, not ano."""
    forms: tuple[Language, ...] = ()
    """Languages whose inflected forms count too: Żabka, Żabki, Żabce…"""


class Watch(_Part):
    """What we look for: either a `rule` such as `acme AND (broken OR refund) NOT jobs`, or a list of `terms`."""

    watch: Name
    kind: WatchKind = "brand"
    rule: str | None = None
    terms: tuple[Term | str, ...] = ()
    never: tuple[Term | str, ...] = ()
    """Terms that rule a post out: negation lives here, never in light rules (ADR 2)."""


class Role(_Part):
    role: Name
    title: Text


class Area(_Part):
    area: Name
    title: Text
    owner: Name
    deputy: Name | None = None
    topics: tuple[str, ...] = ()


class HelpNumber(_Part):
    """A telephone number that a guide gives."""

    number: Annotated[str, Field(pattern=r"^\+?[0-9][0-9 ]{1,20}$")]
    title: Text
    """Whose it is, and where it is answered."""


class Guide(_Part):
    """What to do when a post is no everyday matter: a few careful steps, read before anything is answered."""

    guide: Name
    title: Text
    steps: tuple[Text, ...]
    """In order; the first is the most important."""
    numbers: tuple[HelpNumber, ...] = ()


class Complaint(_Part):
    """A catalogue entry: a type of complaint and the *substance* of its answer, not a text to paste."""

    type: Name
    topic: str
    title: Text
    examples: Mapping[Language, tuple[str, ...]] = Field(default_factory=dict)
    networks: tuple[str, ...] = ()
    """Empty: on every network."""
    substance: Text
    """Facts to give, route to claim, documents needed."""
    if_valid: Text
    if_false: Text
    decides: Name
    """The role that decides."""


class When(_Part):
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
    open_promise: Annotated[Literal[True], BeforeValidator(_true)] | None = None
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


class RuleRoute(_Part):
    """Who is called at once for a post that a rule matched, besides the chain or before it."""

    role: Name
    chain: Literal["also", "waits"] = "also"
    """`also`: the step of the post's degree is called at the same time. `waits`: the step is called only where this
    role does not acknowledge within the step's own time; so the chain still ends in a person."""


class LightRule(_Part):
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


class ReachLevel(_Part):
    """From how many followers an author has this level of reach, per network; `default` for the others."""

    level: Name
    title: Text
    followers: Mapping[str, Positive]


class Target(_Part):
    """By when. `duty` hours by default; `always` runs round the clock, as red does."""

    degree: Degree
    acknowledge: Duration
    first_answer: Duration
    next_answer: Duration
    resolution: Duration
    clock: Literal["duty", "always"] = "duty"


class Statutory(_Part):
    """A deadline that the law sets, in calendar days."""

    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    types: tuple[Name, ...] = ()
    """Complaint types of the catalogue; empty: every complaint."""
    days: Positive
    law: str


class Step(_Part):
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


class DutyHours(_Part):
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


class Languages(_Part):
    """What to do with a post in a language the brand does not answer in."""

    unsupported_step: Name


AREA_OWNER = "area_owner"


class Plan(_Part):
    """The whole crisis plan."""

    sereno_plan: Annotated[Literal[1], BeforeValidator(_number)]
    """Version of this format."""
    plan: str
    """Its name."""
    version: str
    brand: Brand
    duty_hours: DutyHours
    roles: tuple[Role, ...]
    areas: tuple[Area, ...]
    watches: tuple[Watch, ...]
    reach: tuple[ReachLevel, ...] = ()
    """From the smallest level to the largest."""
    lights: tuple[LightRule, ...]
    guides: tuple[Guide, ...] = ()
    targets: tuple[Target, ...]
    statutory: tuple[Statutory, ...] = ()
    chain: tuple[Step, ...]
    catalogue: tuple[Complaint, ...] = ()
    languages: Languages

    @property
    def id(self) -> str:
        """Name and version, as judgements carry it: `starter@2026.11.2`."""
        return f"{self.plan}@{self.version}"

    def text(self, texts: Mapping[str, str], language: str) -> str:
        """The reader's language, else the brand's languages in order, else whatever there is."""
        for code in (language, *self.brand.languages):
            if code in texts:
                return texts[code]
        return next(iter(texts.values()))

    def step_for(self, degree: Degree) -> Step:
        """The step at which posts of this degree enter the chain. Checked plans have exactly one."""
        return next(step for step in self.chain if degree in step.degrees)

    def step(self, name: str) -> Step:
        return next(step for step in self.chain if step.step == name)

    def guide(self, name: str) -> Guide:
        return next(guide for guide in self.guides if guide.guide == name)

    def target_for(self, degree: Degree) -> Target:
        return next(target for target in self.targets if target.degree == degree)

    def area_for(self, topic: str) -> Area | None:
        """The area that looks after the topic; an area that lists no topic takes the rest."""
        named = next((area for area in self.areas if topic in area.topics), None)
        return named or next((area for area in self.areas if not area.topics), None)


def json_schema() -> dict[str, Any]:
    """The plan's published JSON Schema."""
    return Plan.model_json_schema()
