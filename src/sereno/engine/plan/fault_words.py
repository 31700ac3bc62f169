"""The sentence for a code: `languages/<code>/checks.ftl` (Fluent), so that a fault is told in the reader's language.

A sentence may use the values of its issue, and what is made of them here:

    $what   the part that is meant, from `part` and `name`: rule 'danger'
    $hint   the way out, from `near` or `known`: ; did you mean 'press'?     (or the sentence's own `.otherwise`)
    $thing  which text of which part, from `of_part`, `of_name` and `keys`: title of role 'press'
    $shown  the value as it was given, from `shape` and `given`: 'soon', a list, nothing

Where `at_part` and `at_name` are given, the part that holds the fault goes before: `rule 'danger': …`;
`in_rule` and `character` do so for the rule of a watch.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any, Final

from fluent.runtime import FluentBundle, FluentResource

from sereno.engine.messages import FALLBACK, all_of, country_name, language_name, phrase, spoken

Value = str | int | float
_FILE: Final = "checks.ftl"
ROLE_VALUES: Final = ("role", "deputy")
"""Values that name a role; `role@es` holds its title in Spanish, where the role is in the plan."""
_LONGEST_VALUE: Final = 200
_LONGEST_LIST: Final = 900
_LISTS: Final = frozenset({"known", "choices", "languages", "topics", "way"})
"""Values that list what there is: the way out."""
_LARGEST_NUMBER: Final = 10**15
_SENTENCE: Final = "\ue000"
"""Stands for a whole sentence, which may be longer than Fluent takes."""
_PIECES: Final = ("part-", "hint-", "shape-")
"""Keys of pieces that sentences are made of; all other keys are codes."""


def say(code: str, values: Mapping[str, Value], language: str = FALLBACK) -> str:
    """The sentence for this code. Raises KeyError where nobody wrote it or a value is missing."""
    told = {
        name: _fitting(value, _LONGEST_LIST if name in _LISTS else _LONGEST_VALUE) for name, value in values.items()
    }
    if "part" in told:
        told["what"] = _part(str(told["part"]), str(told.get("name", "")), language)
    if "shape" in told:
        told["shown"] = _shown(str(told["shape"]), str(told.get("given", "")), language)
    if "keys" in told:
        told["thing"] = _thing(told, language)
    if "codes" in told:
        told["languages"] = all_of((language_name(code, language) for code in str(told["codes"]).split()), language)
    if "country" in told and code != "country-unknown":
        told["country"] = country_name(str(told["country"]), language)
    for key in ROLE_VALUES:
        if (title := told.get(f"{key}@{spoken(language)}")) is not None:
            told[key] = _phrase("part-role-titled", {"title": title, "name": told[key]}, language)
    told["hint"] = _hint(code, told, language)
    sentence = _phrase(code, told, language)
    if "in_rule" in told:
        sentence = _phrase("part-in-rule", {**told, "sentence": _SENTENCE}, language).replace(_SENTENCE, sentence)
    if "at_part" in told:
        return f"{_part(str(told['at_part']), str(told['at_name']), language)}: {sentence}"
    return sentence


def _fitting(value: Value, longest: int) -> Value:
    """A value as a sentence can hold it: Fluent takes no text of a thousand signs, Babel no number of 27 digits."""
    if isinstance(value, str):
        return value if len(value) <= longest else f"{value[:longest]}…"
    if -_LARGEST_NUMBER < value < _LARGEST_NUMBER:
        return value
    # Python writes no whole number of more than 4,300 digits
    return _fitting(str(value), longest) if isinstance(value, float) or value.bit_length() < 10_000 else "∞"


def codes(language: str = FALLBACK) -> frozenset[str]:
    """Every code that has a sentence in this language."""
    return frozenset(key for key in sentences(language) if not key.startswith(_PIECES))


@lru_cache(maxsize=16)
def sentences(language: str) -> Mapping[str, Any]:
    """The entries of a language's own file, by key."""
    return {str(entry.id.name): entry for entry in _resource(language).body if hasattr(entry, "id")}


def _thing(told: Mapping[str, Value], language: str) -> str:
    """The part of the plan that a text belongs to, and which of its texts: title of role 'press'."""
    words: list[str] = []
    for key in str(told["keys"]).split("."):
        if key.isdecimal():
            words[-1] += f" {int(key) + 1}"
        else:
            words.append(phrase(f"change-field-{key}", language))
    of = _part(str(told["of_part"]), str(told["of_name"]), language)
    return _phrase("part-field", {"field": ", ".join(words), "of": of}, language)


def _part(part: str, name: str, language: str) -> str:
    key = f"part-{part}"
    return _phrase(key if key in sentences(spoken(language)) else "part-any", {"part": part, "name": name}, language)


def _shown(shape: str, given: str, language: str) -> str:
    return f"'{given}'" if shape == "text" else _phrase(f"shape-{shape}", {}, language)


def _hint(code: str, values: Mapping[str, Value], language: str) -> str:
    if "near" in values:
        return _phrase("hint-near", values, language)
    message = _message(code, language)
    if "otherwise" in message.attributes:
        return _format(message.attributes["otherwise"], code, values, language)
    return _phrase("hint-known", values, language) if values.get("known") else ""


def _phrase(key: str, values: Mapping[str, Value], language: str) -> str:
    return _format(_message(key, language).value, key, values, language)


def _message(key: str, language: str) -> Any:
    bundle = _bundle(spoken(language))
    if not bundle.has_message(key):
        raise KeyError(f"no message '{key}' in {spoken(language)}/{_FILE}")
    return bundle.get_message(key)


def _format(pattern: Any, key: str, values: Mapping[str, Value], language: str) -> str:
    fitting = {name: _fitting(value, _LONGEST_LIST) for name, value in values.items()}
    said, faults = _bundle(spoken(language)).format_pattern(pattern, fitting)
    if faults:
        raise KeyError(f"message '{key}' in {spoken(language)}/{_FILE}: {faults[0]}")
    return str(said)


@lru_cache(maxsize=16)
def _bundle(language: str) -> Any:
    # isolation marks protect mixed directions; our values are plain words, and the marks would end up in exports
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(_resource(language))
    return bundle


@lru_cache(maxsize=16)
def _resource(language: str) -> Any:
    file = resources.files("sereno.engine") / "languages" / language / _FILE
    return FluentResource(file.read_text(encoding="utf-8"))
