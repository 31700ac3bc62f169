"""A rule of the plan as a sentence, from the same words as the reasons.

Seen by many → amber, when the text alone is green or graver and the author has large reach or more
"""

from __future__ import annotations

from babel.lists import format_list

from sereno.engine.messages import BETWEEN, condition_words, guide_words, phrase, role_words, spoken, word
from sereno.engine.plan.model import Guide, LightRule, Plan


def rule_sentence(rule: LightRule, plan: Plan, language: str) -> str:
    """The rule in the reader's language."""
    conditions = [
        condition_words(name, getattr(rule.when, name), language, plan)
        for name in type(rule.when).model_fields
        if name in rule.when.asked
    ]
    sentence = phrase(
        "rule-sentence",
        language,
        title=plan.text(rule.title, spoken(language)),
        light=word("light", rule.light, language),
        conditions=str(format_list(conditions, style="standard", locale=spoken(language))),
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
