"""The crisis plan as a typed document: frozen values, nothing decided here.

Its parts stand in `parts/`, a file each; this page puts them together. Texts people read are given per language;
`Plan.text` picks the reader's and falls back as the plan states. Roles stand here, people never: a roster names them
(ADR 6). The format is told in `docs/plan-format.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from sereno.engine.plan.parts.answers import Avoided, Complaint, Policy, Resource, Tone
from sereno.engine.plan.parts.crisis import Drill, FirstHourStep, Scenario
from sereno.engine.plan.parts.lights import (
    STORM_LEVELS,
    TEXT_CONDITIONS,
    AuthorType,
    Guide,
    HelpNumber,
    LightRule,
    RuleRoute,
    StormLevel,
    When,
)
from sereno.engine.plan.parts.listening import OUR_KINDS, ReachLevel, Term, Watch, WatchKind
from sereno.engine.plan.parts.people import Area, Committee, Role, Step
from sereno.engine.plan.parts.proof import Accepted, Expected, MadeUpPost, PlanTest, ReadsAs
from sereno.engine.plan.parts.times import DutyHours, Statutory, Target
from sereno.engine.plan.parts.values import (
    AREA_OWNER,
    LIGHTS,
    WEEKDAYS,
    Degree,
    Duration,
    Hours,
    Language,
    Light,
    Name,
    Part,
    Text,
    Weekday,
    parse_duration,
    parse_hours,
    whole_number,
    write_duration,
)

__all__ = [
    "AREA_OWNER",
    "LIGHTS",
    "OUR_KINDS",
    "STORM_LEVELS",
    "TEXT_CONDITIONS",
    "WEEKDAYS",
    "Accepted",
    "Area",
    "Audience",
    "AuthorType",
    "Avoided",
    "Brand",
    "Committee",
    "Complaint",
    "Degree",
    "Drill",
    "Duration",
    "DutyHours",
    "Expected",
    "FirstHourStep",
    "Guide",
    "HelpNumber",
    "Hours",
    "Language",
    "Languages",
    "Light",
    "LightRule",
    "MadeUpPost",
    "Name",
    "Part",
    "Plan",
    "PlanTest",
    "Policy",
    "ReachLevel",
    "ReadsAs",
    "Resource",
    "Role",
    "RuleRoute",
    "Scenario",
    "Statutory",
    "Step",
    "StormLevel",
    "Target",
    "Term",
    "Text",
    "Tone",
    "Watch",
    "WatchKind",
    "Weekday",
    "When",
    "json_schema",
    "parse_duration",
    "parse_hours",
    "write_duration",
]


class Audience(Part):
    """People who are spoken to in their own way."""

    audience: Name
    title: Text
    networks: tuple[str, ...] = ()
    """Where they mostly are."""


class Brand(Part):
    name: str
    timezone: str = "UTC"
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    """ISO 3166-1. Its public holidays are no duty days; its law sets the deadlines where the customer's country is
    not known."""
    languages: tuple[Language, ...] = ("en",)
    """Languages the brand answers in; the first is the fallback of every text."""
    audiences: tuple[Audience, ...] = ()


class Languages(Part):
    """What to do with a post in a language the brand does not answer in."""

    unsupported_step: Name


class Plan(Part):
    """The whole crisis plan."""

    sereno_plan: Annotated[Literal[1], BeforeValidator(whole_number)]
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
    policy: Policy | None = None
    resources: tuple[Resource, ...] = ()
    committee: Committee | None = None
    scenarios: tuple[Scenario, ...] = ()
    drills: tuple[Drill, ...] = ()
    languages: Languages
    tests: tuple[PlanTest, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    """Warnings that the check no longer tells."""

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

    def role(self, name: str) -> Role:
        return next(role for role in self.roles if role.role == name)

    def scenario(self, name: str) -> Scenario:
        return next(scenario for scenario in self.scenarios if scenario.scenario == name)

    def entries_for(self, topic: str, network: str) -> tuple[Complaint, ...]:
        """The catalogue's entries for a topic on a network: those made for the network first."""
        fitting = [e for e in self.catalogue if e.topic == topic and (not e.networks or network in e.networks)]
        return tuple(sorted(fitting, key=lambda entry: not entry.networks))

    def area_for(self, topic: str) -> Area | None:
        """The area that looks after the topic; an area that lists no topic takes the rest."""
        named = next((area for area in self.areas if topic in area.topics), None)
        return named or next((area for area in self.areas if not area.topics), None)


def json_schema() -> dict[str, Any]:
    """The plan's published JSON Schema."""
    return Plan.model_json_schema()
