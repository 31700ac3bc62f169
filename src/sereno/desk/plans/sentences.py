"""The plan read aloud: each rule as a sentence, durations and hours in words. The words are the engine's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta

from babel.dates import get_day_names
from babel.numbers import format_decimal
from django.utils.translation import gettext as _

from sereno.desk.words import capital, language, names_of, word
from sereno.engine import messages
from sereno.engine.plan import explain
from sereno.engine.plan.model import WEEKDAYS, DutyHours, Guide, LightRule, Plan, ReachLevel


@dataclass(frozen=True, slots=True)
class RuleSentence:
    rule: str
    light: str
    title: str
    conditions: tuple[str, ...]
    follows: tuple[str, ...]
    """Who is called by name, and the guide to read first."""


def rule_sentence(rule: LightRule, plan: Plan) -> RuleSentence:
    """A light rule as its title and the conditions that must all hold."""
    asked = {name: getattr(rule.when, name) for name in type(rule.when).model_fields}
    said = tuple(
        messages.condition_words(name, value, language(), plan) for name, value in asked.items() if value is not None
    )
    follows = tuple(explain.rule_follows(rule, plan, language()))
    return RuleSentence(rule.rule, rule.light, names_of(rule.title, plan.brand.languages), said, follows)


@dataclass(frozen=True, slots=True)
class Number:
    shown: str
    dial: str
    """As a telephone link wants it."""
    title: str


@dataclass(frozen=True, slots=True)
class GuideCard:
    name: str
    title: str
    steps: tuple[str, ...]
    numbers: tuple[Number, ...]
    folded: bool
    """The matter is closed, or a person said that the light is milder: still at hand, no longer in front."""


def guide_card(guide: Guide, plan: Plan, *, folded: bool = False) -> GuideCard:
    """The guide in the reader's language."""

    def say(texts: object) -> str:
        return names_of(texts, plan.brand.languages)  # type: ignore[arg-type]  # a text per language

    return GuideCard(
        name=guide.guide,
        title=say(guide.title),
        steps=tuple(say(step) for step in guide.steps),
        numbers=tuple(Number(n.number, n.number.replace(" ", ""), say(n.title)) for n in guide.numbers),
        folded=folded,
    )


def length(value: timedelta, clock: str) -> str:
    """`clock` is the plan's: duty time is told in hours, since a duty day is not 24 hours long."""
    return messages.length(value, language(), duty=clock == "duty")


def _clock(moment: time) -> str:
    return "24:00" if moment == time.max else f"{moment:%H:%M}"


def duty_week(duty: DutyHours) -> list[tuple[str, str]]:
    """Each weekday with its hours."""
    names = get_day_names("wide", context="stand-alone", locale=language())
    return [
        (capital(names[number]), ", ".join(f"{_clock(a)}–{_clock(b)}" for a, b in getattr(duty, day)) or _("no duty"))
        for number, day in enumerate(WEEKDAYS)
    ]


def reach_thresholds(level: ReachLevel) -> list[tuple[str, str]]:
    """Per network: from more than how many followers."""
    counts = sorted(level.followers.items(), key=lambda pair: (pair[0] == "default", pair[0]))
    return [
        (_("Elsewhere") if network == "default" else word("network", network), format_decimal(count, locale=language()))
        for network, count in counts
    ]


def role_title(plan: Plan | None, role: str) -> str:
    """The role in words; `area_owner` stands for whoever owns the case's area."""
    if role == "area_owner":
        return _("Owner of the area")
    found = next((item for item in plan.roles if item.role == role), None) if plan else None
    return names_of(found.title, plan.brand.languages) if found and plan else role


def area_title(plan: Plan | None, area: str) -> str:
    found = next((item for item in plan.areas if item.area == area), None) if plan else None
    return names_of(found.title, plan.brand.languages) if found and plan else area
