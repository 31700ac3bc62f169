"""A rule of the plan as a sentence, from the same words as the reasons.

Seen by many → amber, when the text alone is green or graver and the author has large reach or more
"""

from __future__ import annotations

from babel.lists import format_list

from sereno.engine.messages import condition_words, phrase, spoken, word
from sereno.engine.plan.model import LightRule, Plan


def rule_sentence(rule: LightRule, plan: Plan, language: str) -> str:
    """The rule in the reader's language."""
    conditions = [
        condition_words(name, getattr(rule.when, name), language, plan)
        for name in type(rule.when).model_fields
        if name in rule.when.asked
    ]
    return phrase(
        "rule-sentence",
        language,
        title=plan.text(rule.title, spoken(language)),
        light=word("light", rule.light, language),
        conditions=str(format_list(conditions, style="standard", locale=spoken(language))),
    )
