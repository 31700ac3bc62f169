"""Reasons and values in words, in the reader's language (ADR 8).

The engine gives reasons as values; here they become a sentence, from `languages/<code>/messages.ftl` (Fluent: plurals
and numbers by locale). A new language is a folder with its own file; a test holds it to the same keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from functools import lru_cache
from importlib import resources
from typing import Any, Final, Literal

from babel import Locale, UnknownLocaleError
from babel.lists import format_list
from fluent.runtime import FluentBundle, FluentResource

from sereno.engine.fold import fold
from sereno.engine.judge import Condition, Reason
from sereno.engine.plan.model import Plan

FALLBACK: Final = "en"
BETWEEN: Final = " · "
_FILE = "messages.ftl"
_LONGEST_VALUE: Final = 500
_LARGEST_NUMBER: Final = 10**15
_CONJUNCTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "en": ("and", "or"),
    "es": ("y", "e", "o", "u"),
    "pl": ("i", "oraz", "lub", "albo"),
}
_QUOTES: Final = ("“", "«", "„", "‘", '"')
_INNER_QUOTES: Final[Mapping[str, tuple[str, str]]] = {"en": ("‘", "’"), "es": ("“", "”"), "pl": ("»", "«")}

# The group of words that a condition's values are looked up in.
_GROUPS: Final[Mapping[str, str]] = {
    "kind": "kind",
    "risk": "risk",
    "claims": "claim",
    "severity": "severity",
    "polarity": "polarity",
    "topic": "topic",
    "about": "watch",
    "network": "network",
    "place": "place",
    "visibility": "visibility",
    "text_light": "light",
    "storm": "storm",
    "author_type": "author",
}
_PROBABILITIES: Final = frozenset({"complaint", "hostile", "call_to_action"})


def say(reason: Reason, language: str, plan: Plan) -> str:
    """The reason as one calm sentence: `A complaint that many read · the author reaches 25,300 followers…`.

    A rule is called by its title in the plan; one that this version of the plan no longer has, by its name.
    """
    if reason.message != "rule":
        return _say_other(reason, language, plan)
    told = reason.conditions
    if len(told) > 1:
        # what kind of post it is goes without saying where the rule asks for more
        told = tuple(condition for condition in told if condition.signal != "kind")
    title = rule_title(reason.rule, language, plan)
    return BETWEEN.join([title, *(_found(c, language) for c in told if not _says_already(title, c, language))])


def _says_already(title: str, condition: Condition, language: str) -> bool:
    """Whether the rule's title is just the word for what was found: `Danger to people` needs no `danger to people`."""
    if condition.signal not in _GROUPS or not isinstance(condition.found, str):
        return False
    return fold(word(_GROUPS[condition.signal], condition.found, language)) in fold(title)


def rule_title(name: str, language: str, plan: Plan) -> str:
    """What the plan calls its rule."""
    rule = next((rule for rule in plan.lights if rule.rule == name), None)
    return plan.text(rule.title, spoken(language)) if rule else name


def role_words(name: str, language: str, plan: Plan) -> str:
    """What the plan calls its role."""
    role = next((role for role in plan.roles if role.role == name), None)
    return plan.text(role.title, spoken(language)) if role else name


def guide_words(name: str, language: str, plan: Plan) -> str:
    """What the plan calls its guide."""
    guide = next((guide for guide in plan.guides if guide.guide == name), None)
    return plan.text(guide.title, spoken(language)) if guide else name


def word(group: str, value: str, language: str) -> str:
    """The word for a value of the engine: `word("light", "red", "es")` is `rojo`.

    Groups: kind, light, degree, risk, claim, topic, severity, polarity, watch, author, storm, place, visibility,
    network. A value without a word (a network nobody told us of) stands as it is.
    """
    key = f"{group}-{value}"
    return phrase(key, language) if key in keys(spoken(language)) else value


def language_name(code: str, language: str) -> str:
    """`pl` in the reader's language: Polish, polaco, polski. A code nobody knows stands as it is."""
    try:
        return Locale.parse(code).get_language_name(spoken(language)) or code
    except (UnknownLocaleError, ValueError):
        return code


def country_name(code: str, language: str) -> str:
    """`PL` in the reader's language: Poland, Polonia, Polska. A code nobody knows stands as it is."""
    return str(Locale.parse(spoken(language)).territories.get(code, code))


def length(value: timedelta, language: str, *, duty: bool = False) -> str:
    """A length of time in whole minutes: `1 hour 30 minutes`.

    Duty time has no days: a duty day is not 24 hours long, so `42 hours`, never `1 day 18 hours`.
    """
    minutes = int(value.total_seconds() // 60)
    days, rest = (0, minutes) if duty else divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    parts = [("day", days), ("hour", hours), ("minute", minutes)]
    spoken_parts = [phrase(f"unit-{unit}", language, count=count) for unit, count in parts if count]
    return " ".join(spoken_parts) or phrase("unit-minute", language, count=0)


def any_of(words: Iterable[str], language: str) -> str:
    """`complaint, attack or news`."""
    return _listed(list(words), "or", language)


def all_of(words: Iterable[str], language: str) -> str:
    """`delivery and availability`; `billing; and contract and price`, where a word holds a conjunction itself."""
    return _listed(list(words), "standard", language)


def _listed(words: list[str], style: Literal["or", "standard"], language: str) -> str:
    inner = _CONJUNCTIONS.get(spoken(language), ())
    if len(words) > 1 and any(_holds(word, inner) for word in words):
        key = "told-list-or" if style == "or" else "told-list-and"
        return phrase(key, language, rest="; ".join(words[:-1]), last=words[-1])
    told = str(format_list(words, style=style, locale=spoken(language)))
    return _with_spanish_sound(told, words[-1], style) if spoken(language) == "es" and len(words) > 1 else told


def _holds(word: str, conjunctions: Sequence[str]) -> bool:
    """Whether an unquoted word would tear the list apart."""
    return not word.startswith(_QUOTES) and any(f" {each} " in f"{word} " for each in conjunctions)


def _with_spanish_sound(told: str, last: str, style: str) -> str:
    """`Facebook e Instagram`, `rojo u otro`: the conjunction gives way to a word that begins with its own sound."""
    before, after, clash = ("o", "u", ("o", "ho", "8")) if style == "or" else ("y", "e", ("i", "hi", "í"))
    start = last.lower()
    if not start.startswith(clash) or start.startswith(("hie", "hia", "io")):
        return told
    return f"{told[: -len(last)].removesuffix(f' {before} ')} {after} {last}"


def quoted(text: str, language: str) -> str:
    """The text in the language's quotation marks; those inside it give way to the inner ones: «Dijo “mañana”»."""
    opens, closes = _INNER_QUOTES.get(spoken(language), _INNER_QUOTES[FALLBACK])
    inner = re.sub(r"[“„«»]([^“”„«»]*)[”“»«]", rf"{opens}\1{closes}", text)
    inner = re.sub(r'"([^"]*)"', rf"{opens}\1{closes}", inner)
    return phrase("told-quoted", language, text=inner)


def phrase(key: str, language: str, **values: str | int | float) -> str:
    """A message by its key. Raises KeyError for one that no language has."""
    bundle = _bundle(spoken(language))
    if not bundle.has_message(key):
        raise KeyError(f"no message '{key}' in {spoken(language)}/{_FILE}")
    pattern = bundle.get_message(key).value
    # Fluent refuses values of more than a thousand characters; a plan's texts may be longer
    long = {f"\ue000{name}\ue001": value for name, value in values.items() if _is_long(value)}
    short = {name: f"\ue000{name}\ue001" if _is_long(value) else value for name, value in values.items()}
    short = {name: str(value) if _is_huge(value) else value for name, value in short.items()}
    text, errors = bundle.format_pattern(pattern, short)
    if errors:
        raise KeyError(f"message '{key}' in {spoken(language)}/{_FILE}: {errors[0]}")
    said = str(text)
    for mark, value in long.items():
        said = said.replace(mark, str(value))
    return said


def _is_long(value: object) -> bool:
    return isinstance(value, str) and len(value) > _LONGEST_VALUE


def _is_huge(value: object) -> bool:
    # Babel's decimals hold 26 digits, and no sentence tells numbers so large
    return isinstance(value, int | float) and not -_LARGEST_NUMBER < value < _LARGEST_NUMBER


@lru_cache(maxsize=64)
def spoken(language: str) -> str:
    """The language that stands in for `language`: itself, its root (`es` for `es-mx`), else English."""
    root = language.replace("_", "-").split("-")[0].lower()
    return root if root in languages() else FALLBACK


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Languages that the engine speaks."""
    folder = resources.files("sereno.engine") / "languages"
    return tuple(sorted(entry.name for entry in folder.iterdir() if (entry / _FILE).is_file()))


@lru_cache(maxsize=32)
def keys(language: str) -> frozenset[str]:
    """Every key of a language's own file."""
    return frozenset(str(entry.id.name) for entry in _resource(language).body if hasattr(entry, "id"))


@lru_cache(maxsize=32)
def _bundle(language: str) -> Any:
    # isolation marks protect mixed directions; our values are plain words, and the marks would end up in exports
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(_resource(language))
    return bundle


@lru_cache(maxsize=32)
def _resource(language: str) -> Any:
    file = resources.files("sereno.engine") / "languages" / language / _FILE
    return FluentResource(file.read_text(encoding="utf-8"))


def _say_call(reason: Reason, language: str, plan: Plan) -> str:
    """Who is called by name, and what they read first."""
    found = {condition.signal: str(condition.found) for condition in reason.conditions}
    said = []
    if "role" in found:
        said.append(phrase(f"reason-{reason.message}", language, role=role_words(found["role"], language, plan)))
    if "guide" in found:
        said.append(phrase("reason-guide", language, guide=guide_words(found["guide"], language, plan)))
    return BETWEEN.join(said)


def _say_other(reason: Reason, language: str, plan: Plan) -> str:
    if reason.message in ("called-also", "called-first", "guide"):
        return _say_call(reason, language, plan)
    condition = reason.conditions[0] if reason.conditions else None
    found, asked = (str(condition.found), str(condition.asked)) if condition else ("", "")
    if reason.message == "no-light":
        return phrase("reason-no-light", language, kind=word("kind", found, language))
    if reason.message == "another-party":
        return phrase(
            "reason-another-party", language, about=any_of(_words("about", _split(found), language), language)
        )
    if reason.message == "unsupported-language":
        return phrase(
            "reason-unsupported-language",
            language,
            written=language_name(found, language),
            languages=any_of((language_name(code, language) for code in _split(asked)), language),
        )
    return phrase(f"reason-{reason.message}", language)


def _found(condition: Condition, language: str) -> str:
    """What one condition found, beside what the plan asks."""
    name = condition.signal
    if name in _PROBABILITIES:
        found, asked = round(float(condition.found) * 100), round(float(condition.asked) * 100)
        return phrase(f"found-{name}", language, found=found, asked=asked)
    if name == "reach" and condition.network not in (None, "unknown"):
        network = word("network", str(condition.network), language)
        return phrase("found-reach-network", language, network=network, found=condition.found, asked=condition.asked)
    return phrase(
        f"found-{name}",
        language,
        found=_value(name, condition.found, language),
        asked=_value(name, condition.asked, language),
    )


def _value(name: str, value: str | int | float | bool, language: str) -> str | int | float:
    if isinstance(value, bool):
        return str(value)
    return any_of(_words(name, _split(value), language), language) if isinstance(value, str) else value


def _words(name: str, values: Sequence[str], language: str) -> list[str]:
    if name == "language":
        return [language_name(value, language) for value in values]
    group = _GROUPS.get(name)
    return [word(group, value, language) if group else value for value in values]


def condition_words(name: str, asked: Any, language: str, plan: Plan) -> str:
    """What a rule asks for, as a part of a sentence: `the text alone is amber or graver`."""
    if name in _PROBABILITIES:
        return phrase(f"asks-{name}", language, asked=round(asked * 100))
    if name == "reach":
        level = next((level for level in plan.reach if level.level == asked), None)
        title = plan.text(level.title, spoken(language)) if level else str(asked)
        return phrase("asks-reach", language, asked=title)
    if isinstance(asked, tuple):
        return phrase(f"asks-{name}", language, asked=any_of(_words(name, [str(a) for a in asked], language), language))
    return phrase(f"asks-{name}", language, asked=_value(name, asked, language))


def _split(values: str | int | float) -> list[str]:
    return str(values).split(" | ")
