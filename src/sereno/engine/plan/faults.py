"""pydantic's errors in plain words: what, where in the plan, and the way out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sereno.engine.plan.model import Plan
from sereno.engine.plan.nodes import Path
from sereno.engine.plan.suggest import did_you_mean

_NAMED_BY = ("rule", "step", "role", "area", "watch", "type", "level", "degree", "guide", "number")
"""The key that names an entry of a list, as people call it: rule 'danger'."""


def in_plain_words(error: ValidationError, values: Any) -> Iterator[tuple[Path, bool, str]]:
    """For each error: its path, whether the key is meant rather than the value, and the sentence."""
    details = error.errors(include_url=False)
    for detail in details:
        path = tuple(detail["loc"])
        if _is_echo(detail, path, details):
            continue
        of_key = detail["type"] == "extra_forbidden"
        yield path, of_key, f"{_place(path, values)}{_sentence(detail, path)}"


def _is_echo(detail: ErrorDetails, path: Path, details: list[ErrorDetails]) -> bool:
    """A term may be a text or a mapping; where it is a faulty mapping, "it is no text" is not worth a line."""
    if not path or path[-1] != "str" or not isinstance(detail["input"], Mapping):
        return False
    return any(other is not detail and tuple(other["loc"])[: len(path) - 1] == path[:-1] for other in details)


def _place(path: Path, values: Any) -> str:
    """`rule 'danger': `, the innermost named thing that holds the error."""
    named, here = "", values
    for name in path:
        in_list = isinstance(here, list) and isinstance(name, int) and name < len(here)
        if not in_list and not (isinstance(here, dict) and name in here):
            continue
        here = here[name]
        if isinstance(here, dict):
            key = next((key for key in _NAMED_BY if isinstance(here.get(key), str)), None)
            named = f"{key} '{_short(here[key])}': " if key else named
    return named


def _sentence(detail: ErrorDetails, path: Path) -> str:
    kind, given, context = detail["type"], detail["input"], detail.get("ctx", {})
    key = next((str(name) for name in reversed(path) if isinstance(name, str)), "the plan")
    if kind == "extra_forbidden":
        known = _keys_at(path[:-1])
        return f"unknown key '{_short(key)}'{did_you_mean(key, known) or '; known here: ' + ', '.join(known)}"
    if kind == "missing":
        return f"'{key}' is missing"
    if kind == "literal_error":
        known = re.findall(r"'([^']+)'", str(context.get("expected", ""))) or [str(context.get("expected"))]
        return f"'{_short(given)}' is no {key}{did_you_mean(str(given), known)}; one of {', '.join(known)}"
    if kind == "value_error":
        return f"{key}: {detail['msg'].removeprefix('Value error, ')}"
    if kind == "string_pattern_mismatch":
        if path[-1] == "[key]":
            return f"'{_short(given)}' stands where a language code is wanted; a text with a comma in it needs quotes"
        return f"{key}: '{_short(given)}' {_PATTERNS.get(str(context.get('pattern')), 'has not the right form')}"
    if kind in _TYPES:
        return f"{key}: {_shown(given)} stands where {_TYPES[kind]}"
    return f"{key}: {_shown(given)} is refused: {detail['msg'][:1].lower()}{detail['msg'][1:]}"


_PATTERNS = {
    r"^[a-z][a-z0-9_-]*$": "is no name; use small letters, digits, _ and -, and begin with a letter",
    r"^[a-z]{2,3}$": "is no language code; write two or three small letters: en, es, pl",
    r"^\+?[0-9][0-9 ]{1,20}$": "is no telephone number; write digits and spaces, such as 112 or +34 900 000 000",
    r"^[A-Z]{2}$": "is no country code; write two capital letters: ES, PL, GB",
}
_TYPES = {
    "string_type": "a text is wanted",
    "int_parsing": "a whole number is wanted",
    "int_type": "a whole number is wanted",
    "int_from_float": "a whole number is wanted",
    "float_parsing": "a number is wanted",
    "float_type": "a number is wanted",
    "bool_parsing": "true or false is wanted",
    "bool_type": "true or false is wanted",
    "tuple_type": "a list is wanted: [one, two], or one a line after a dash",
    "model_type": "a mapping is wanted: `key: value` lines",
    "model_attributes_type": "a mapping is wanted: `key: value` lines",
    "dict_type": "a mapping is wanted, such as a text per language: {en: …, es: …}",
    "mapping_type": "a mapping is wanted, such as a text per language: {en: …, es: …}",
}


def _keys_at(path: Path) -> list[str]:
    """The keys that the model knows at this place."""
    model: type[BaseModel] = Plan
    for name in path:
        if isinstance(name, str) and name in model.model_fields:
            model = _model_in(model.model_fields[name].annotation) or model
    return list(model.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for part in get_args(annotation) if (model := _model_in(part))), None)


def _shown(given: Any) -> str:
    if given is None:
        return "nothing"
    if isinstance(given, str):
        return f"'{_short(given)}'"
    return "a mapping" if isinstance(given, Mapping) else "a list"


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:60]}…"
