"""What the plan calls its roles, areas and guides, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from sereno.desk.words import capital, language, names_of
from sereno.engine.messages import phrase
from sereno.engine.plan.model import AREA_OWNER, Guide, Plan


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


def role_title(plan: Plan | None, role: str) -> str:
    """The role in words; `area_owner` stands for whoever owns the case's area."""
    if role == AREA_OWNER:
        return capital(phrase("told-area-owner", language()))
    found = next((item for item in plan.roles if item.role == role), None) if plan else None
    return names_of(found.title, plan.brand.languages) if found and plan else role


def area_title(plan: Plan | None, area: str) -> str:
    found = next((item for item in plan.areas if item.area == area), None) if plan else None
    return names_of(found.title, plan.brand.languages) if found and plan else area
