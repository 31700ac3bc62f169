"""The whole plan in plain words, in the reader's language: the command line and the pages tell the same.

    explain(plan, "es")                    every part that the plan has
    explain(plan, "pl", ["chain"])         one of them

Sentences are made in `told/`, a file for each kind of part, from the same words as the reasons.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from sereno.engine.plan.model import Plan
from sereno.engine.plan.told import answers, crisis, lights, listening, people, proof, times
from sereno.engine.plan.told.lights import guide_lines, rule_follows, rule_sentence
from sereno.engine.plan.told.voice import Section, Sentence, Voice

__all__ = ["PARTS", "Section", "Sentence", "explain", "guide_lines", "rule_follows", "rule_sentence"]

_TOLD: Final[Mapping[str, Callable[[Voice], Iterator[Sentence]]]] = {
    "brand": listening.brand,
    "duty_hours": times.duty_hours,
    "roles": people.roles,
    "areas": people.areas,
    "watches": listening.watches,
    "reach": listening.reach,
    "lights": lights.lights,
    "guides": lights.guides,
    "targets": times.targets,
    "statutory": times.statutory,
    "chain": people.chain,
    "languages": listening.languages,
    "catalogue": answers.catalogue,
    "policy": answers.policy,
    "resources": answers.resources,
    "committee": people.committee,
    "scenarios": crisis.scenarios,
    "drills": crisis.drills,
    "tests": proof.tests,
    "accepted": proof.accepted,
}
"""One line for each part of the plan; a test compares the two lists."""

PARTS: Final = tuple(_TOLD)
"""In the order in which a reader wants them."""
_BEGIN_WITH_NAMES: Final = frozenset({"watches", "tests"})
"""Names are written as the plan writes them."""


def explain(plan: Plan, language: str, parts: Iterable[str] = PARTS) -> tuple[Section, ...]:
    """The plan's parts as sentences; a part that the plan does not have is left out.

    Raises KeyError for a part that no plan has.
    """
    voice = Voice(plan, language)
    sections = (Section(part, voice.say(f"part-{part}"), _sentences(part, voice)) for part in parts)
    return tuple(section for section in sections if section.sentences)


def _sentences(part: str, voice: Voice) -> tuple[Sentence, ...]:
    said = _TOLD[part](voice)
    return tuple(said) if part in _BEGIN_WITH_NAMES else tuple(replace(each, text=_opened(each.text)) for each in said)


def _opened(text: str) -> str:
    """A sentence opens with a capital, also where it opens with a title of the plan."""
    return text[:1].upper() + text[1:]
