"""Inflected forms of a term: Żabka → Żabki, Żabce, Żabkę… One table of rules a language, `languages/*/forms.toml`.

Brand names stand in no dictionary, so the ending of a word decides; the first rule that fits is taken. A rule
gives more forms than the word may have (Orlena beside Orlenu): a form nobody writes matches nothing.

In a term of several words all stand in the same slot (case and number), and each may also stay as it is:
Poczta Polska → Poczty Polskiej; Fabryka Wedla → Fabryki Wedla.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any

_INFLECTED = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*")
"""Words of letters; @handles, numbers and AT&T stay as they are."""
_SHORTEST = 3
_NOTHING = "-"
_MOST_WORDS = 6
"""Longer terms are phrases, and each word doubles the forms."""


@dataclass(frozen=True, slots=True)
class _Rule:
    ends: re.Pattern[str]
    cut: int
    """How many letters fall away."""
    slots: dict[str, tuple[str, ...]]
    """What is put there instead, by case and number."""


@dataclass(frozen=True, slots=True)
class _Table:
    rules: tuple[_Rule, ...]
    unchanged: frozenset[str]


@cache
def languages_with_forms() -> tuple[str, ...]:
    """Codes of the languages whose folder has a `forms.toml`, in order."""
    folders = (files("sereno.engine") / "languages").iterdir()
    return tuple(sorted(folder.name for folder in folders if (folder / "forms.toml").is_file()))


@cache
def forms_of(term: str, language: str) -> tuple[str, ...]:
    """The term and its inflected forms, the term first, none twice.

    Raises ValueError where the language ships no forms.
    """
    table = _table(language)
    words = term.split()
    by_word = [_forms_of_word(word, table) for word in words]
    slots = list(dict.fromkeys(slot for forms in by_word for slot in forms))
    found = {term: None}
    for slot in slots if len(words) <= _MOST_WORDS else ():
        choices = [(word, *forms.get(slot, ())) for word, forms in zip(words, by_word, strict=True)]
        found.update(dict.fromkeys(" ".join(choice) for choice in product(*choices)))
    return tuple(found)


def _forms_of_word(word: str, table: _Table) -> dict[str, list[str]]:
    small = word.lower()
    # lower() may lengthen a word (İ); then cutting letters would cut the wrong ones
    if len(word) < _SHORTEST or len(small) != len(word) or small in table.unchanged or not _INFLECTED.fullmatch(word):
        return {}
    rule = next((rule for rule in table.rules if rule.ends.search(small)), None)
    if rule is None:
        return {}
    stem = word[: len(word) - rule.cut]
    return {
        slot: [stem + ending for e in endings for ending in _cases(e, word)] for slot, endings in rule.slots.items()
    }


def _cases(ending: str, word: str) -> tuple[str, ...]:
    """ORLEN: both ORLENU and ORLENu are written."""
    return (ending, ending.upper()) if word.isupper() and ending else (ending,)


@cache
def _table(language: str) -> _Table:
    if language not in languages_with_forms():
        raise ValueError(f"no inflected forms for language '{language}'; there are {', '.join(languages_with_forms())}")
    text = (files("sereno.engine") / "languages" / language / "forms.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    rules = tuple(_rule(rule, f"languages/{language}/forms.toml, rule {n}") for n, rule in enumerate(table["rule"], 1))
    return _Table(rules, frozenset(table.get("unchanged", ())))


def _rule(rule: dict[str, Any], place: str) -> _Rule:
    unknown = rule.keys() - {"ends", "cut", "forms", "example"}
    if unknown or "ends" not in rule or "forms" not in rule:
        raise ValueError(
            f"{place}: a rule has `ends` and `forms`, and may have `cut` and `example`; unknown: {sorted(unknown)}"
        )
    slots = {
        slot: tuple("" if ending == _NOTHING else ending for ending in endings.split())
        for slot, endings in rule["forms"].items()
    }
    return _Rule(re.compile(f"(?:{rule['ends']})$"), rule.get("cut", 0), slots)
