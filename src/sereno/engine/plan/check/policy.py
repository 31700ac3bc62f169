"""The communication policy, and whether the plan keeps to it in its own answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sereno.engine.fold import fold
from sereno.engine.plan.check.issue import Issue, error, nearby
from sereno.engine.plan.check.place import place_of
from sereno.engine.plan.check.texts import all_texts
from sereno.engine.plan.model import Plan, Policy
from sereno.engine.plan.nodes import Path

_SAID_TO_PEOPLE = {
    "catalogue": frozenset({"substance", "claim", "documents", "if_valid", "if_false"}),
    "scenarios": frozenset({"holding"}),
    "guides": frozenset({"steps"}),
}
"""Texts from which answers are made; titles, tones and reasons may name what is avoided."""


def policy(plan: Plan) -> Iterator[Issue]:
    if plan.policy is None:
        return
    known = [audience.audience for audience in plan.brand.audiences]
    for index, tone in enumerate(plan.policy.audiences):
        if tone.to not in known:
            where: Path = ("policy", "audiences", index, "to")
            yield error(where, "audience-unknown", audience=tone.to, **nearby(tone.to, known))
    yield from _used_and_avoided(plan.policy)
    yield from _said(plan, plan.policy)


def _used_and_avoided(policy: Policy) -> Iterator[Issue]:
    used = {language: {_folded(word) for word in words} for language, words in policy.use.items()}
    for index, avoided in enumerate(policy.avoid):
        for language, words in avoided.words.items():
            for number, word in enumerate(words):
                where: Path = ("policy", "avoid", index, "words", language, number)
                if not _folded(word):
                    yield error(where, "avoided-word-empty")
                elif _folded(word) in used.get(language, ()):
                    yield error(where, "word-used-and-avoided", word=word, language=language)


def _said(plan: Plan, policy: Policy) -> Iterator[Issue]:
    """Avoided words in the plan's own answers, holding statements and guides."""
    looks = _looks(policy)
    for where, texts in all_texts(plan) if looks else ():
        if not _is_said_to_people(where):
            continue
        for language, text in texts.items():
            found = looks[language].search(_folded(text)) if language in looks else None
            if found:
                place, path = place_of(where, plan), (*where, language)
                yield error(path, "avoided-word-said", place=place, language=language, word=found.group())


def _is_said_to_people(where: Path) -> bool:
    keys = _SAID_TO_PEOPLE.get(str(where[0]), frozenset())
    return not keys.isdisjoint(name for name in where if isinstance(name, str))


def _looks(policy: Policy) -> Mapping[str, re.Pattern[str]]:
    """For each language one pattern for all the words that are avoided in it, folded, between word boundaries."""
    words: dict[str, set[str]] = {}
    for avoided in policy.avoid:
        for language, listed in avoided.words.items():
            words.setdefault(language, set()).update(filter(None, map(_folded, listed)))
    return {
        language: re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(listed, key=len, reverse=True)))})(?!\w)")
        for language, listed in words.items()
        if listed
    }


def _folded(text: str) -> str:
    return " ".join(fold(text).split())
