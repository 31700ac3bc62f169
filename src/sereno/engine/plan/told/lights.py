"""What makes a post green, amber or red, and the guides that are read first.

Seen by many → amber, when the text alone is green or graver and the author has large reach or more
"""

from __future__ import annotations

from collections.abc import Iterator

from sereno.engine.messages import BETWEEN, guide_words, phrase, role_words, spoken, word
from sereno.engine.plan.model import LIGHTS, Guide, LightRule, Plan
from sereno.engine.plan.told.voice import Sentence, Voice


def lights(voice: Voice) -> Iterator[Sentence]:
    """The rules, the gravest first."""
    for light in reversed(LIGHTS):
        for i, rule in enumerate(voice.plan.lights):
            if rule.light == light:
                yield Sentence(rule_sentence(rule, voice.plan, voice.language), ("lights", i))


def guides(voice: Voice) -> Iterator[Sentence]:
    for i, guide in enumerate(voice.plan.guides):
        title, *lines = guide_lines(guide, voice.plan, voice.language)
        yield Sentence(title, ("guides", i))
        for line in lines:
            yield Sentence(line.strip(), ("guides", i), 1)


def rule_sentence(rule: LightRule, plan: Plan, language: str) -> str:
    """The rule in the reader's language."""
    sentence = phrase(
        "rule-sentence",
        language,
        title=plan.text(rule.title, spoken(language)),
        light=word("light", rule.light, language),
        conditions=Voice(plan, language).conditions(rule.when),
    )
    return BETWEEN.join([sentence, *rule_follows(rule, plan, language)])


def rule_follows(rule: LightRule, plan: Plan, language: str) -> list[str]:
    """What the rule brings besides its light: who is called by name, and the guide to read first."""
    said = []
    if rule.route is not None:
        key = "rule-calls-also" if rule.route.chain == "also" else "rule-calls-first"
        said.append(phrase(key, language, role=role_words(rule.route.role, language, plan)))
    if rule.guide is not None:
        said.append(phrase("rule-guide", language, guide=guide_words(rule.guide, language, plan)))
    return said


def guide_lines(guide: Guide, plan: Plan, language: str) -> list[str]:
    """The guide read aloud: its title, its steps, its numbers."""
    lines = [plan.text(guide.title, spoken(language))]
    lines += [f"  {number}. {plan.text(step, spoken(language))}" for number, step in enumerate(guide.steps, 1)]
    lines += [f"  {line.number}: {plan.text(line.title, spoken(language))}" for line in guide.numbers]
    return lines
