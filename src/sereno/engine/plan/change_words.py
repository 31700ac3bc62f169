"""A difference between two plans as a sentence: what, from what, to what.

Rule ‘Seen by many’ (large-reach) · conditions: the author has large reach → the author has very large reach
"""

from __future__ import annotations

from typing import Any

from babel.dates import get_day_names
from babel.numbers import format_decimal

from sereno.engine.messages import (
    BETWEEN,
    condition_words,
    country_name,
    keys,
    language_name,
    length,
    phrase,
    spoken,
    word,
)
from sereno.engine.plan.change import NAMED_BY, Change
from sereno.engine.plan.model import AREA_OWNER, WEEKDAYS, Plan, When, parse_duration

LONGEST = 300
"""Characters of a value that a sentence quotes."""
_DURATIONS = frozenset(
    {
        "acknowledge",
        "first_answer",
        "next_answer",
        "resolution",
        "acknowledge_within",
        "assembles_within",
        "within",
        "every",
    }
)
_ROLES = frozenset(
    {"role", "roles", "owner", "deputy", "decides", "above", "spokesperson", "offered_by", "members", "called"}
)
_LANGUAGES = frozenset({"language", "languages", "forms"})
_GROUPS = {
    "light": "light", "text_light": "light", "degree": "degree", "degrees": "degree", "kind": "kind", "risk": "risk",
    "claims": "claim", "topic": "topic", "topics": "topic", "severity": "severity", "polarity": "polarity",
    "about": "watch", "network": "network", "networks": "network", "place": "place", "visibility": "visibility",
    "storm": "storm", "author_type": "author", "clock": "change-clock", "chain": "change-chain",
}  # fmt: skip


def say_change(change: Change, language: str, plan: Plan | None = None) -> str:
    """The difference in the reader's language. With the `plan` after it, roles and levels bear their titles."""
    what = _what(change, language)
    if change.kind == "moved":
        return phrase("change-moved", language, what=what, before=change.before, after=change.after)
    if change.kind != "changed" and _is_named_entry(change):
        return phrase(f"change-entry-{change.kind}", language, what=what)
    values = {
        side: _value(change, value, language, plan)
        for side, value in (("before", change.before), ("after", change.after))
    }
    return phrase(f"change-{change.kind}", language, what=what[:1].upper() + what[1:], **values)


def _is_named_entry(change: Change) -> bool:
    """Whether it came or went as a whole, under a name that says it all."""
    if not change.where:
        return bool(change.name)
    return len(change.where) > 1 and change.where[-2] in NAMED_BY


def _what(change: Change, language: str) -> str:
    part = phrase(f"change-part-{change.part}", language)
    if change.name:
        named = {"part": part, "name": _name(change, language)}
        title = change.title.get(spoken(language)) or next(iter(change.title.values()), "")
        key = "change-entry-titled" if title else "change-entry"
        part = phrase(key, language, **named, **({"title": title} if title else {}))
    return BETWEEN.join([part, *(_step(change, number, language) for number in range(len(_told_steps(change))))])


def _name(change: Change, language: str) -> str:
    if change.part == "statutory":
        return country_name(change.name, language)
    return word("degree", change.name, language) if change.part == "targets" else change.name


def _told_steps(change: Change) -> tuple[str, ...]:
    """The steps inside, without the condition itself: its words tell it."""
    return change.where[:-1] if _condition(change) else change.where


def _condition(change: Change) -> str | None:
    """The condition that the change is about, where it is about one."""
    where = change.where
    inside = (where[:1] == ("when",) and len(where) == 2) or (where[:1] == ("triggers",) and len(where) == 3)
    return where[-1] if inside and where[-1] in When.model_fields else None


def _step(change: Change, number: int, language: str) -> str:
    """One key or name on the way in."""
    name, above = change.where[number], change.where[number - 1] if number else change.part
    if above in NAMED_BY and number > 0:
        return f"‘{word('network', name, language)}’"
    if name.isdecimal():
        return name
    if above == "followers" and name == "default":
        return phrase("change-default", language)
    if name in WEEKDAYS:
        return str(get_day_names("wide", locale=spoken(language))[WEEKDAYS.index(name)])
    if f"change-field-{name}" in keys(spoken(language)) and above != "followers":
        return phrase(f"change-field-{name}", language)
    return word("network", name, language) if above == "followers" else language_name(name, language)


def _value(change: Change, value: Any, language: str, plan: Plan | None) -> str:
    condition = _condition(change)
    if condition is not None and value is not None and (plan is not None or condition != "reach"):
        asked = tuple(value) if isinstance(value, list) else value
        return condition_words(condition, asked, language, plan)  # type: ignore[arg-type]
    return _short(_said(change.where[-1] if change.where else change.part, value, language, plan))


def _short(words: str) -> str:
    """Long texts stand whole in the comparison of lines."""
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rstrip()}…"


def _said(name: str, value: Any, language: str, plan: Plan | None) -> str:
    """A plain value in words, as its field wants it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return phrase(f"change-value-{str(value).lower()}", language)
    if isinstance(value, int | float):
        return str(format_decimal(value, locale=spoken(language)))
    if isinstance(value, dict):
        return "; ".join(f"{_key(key, language)}: {_said(key, inner, language, plan)}" for key, inner in value.items())
    if isinstance(value, list):
        return ", ".join(_said(name, inner, language, plan) for inner in value)
    return _text(name, str(value), language, plan)


def _key(key: str, language: str) -> str:
    if key == "default":
        return phrase("change-default", language)
    known = f"change-field-{key}"
    return phrase(known, language) if known in keys(spoken(language)) else language_name(key, language)


def _text(name: str, text: str, language: str, plan: Plan | None) -> str:
    if name in _DURATIONS:
        return length(parse_duration(text), language)
    if name in _ROLES:
        return _role(text, language, plan)
    if name == "country":
        return country_name(text, language)
    if name in _LANGUAGES:
        return language_name(text, language)
    return word(_GROUPS[name], text, language) if name in _GROUPS else text


def _role(name: str, language: str, plan: Plan | None) -> str:
    if name == AREA_OWNER:
        return phrase("change-area_owner", language)
    role = next((role for role in plan.roles if role.role == name), None) if plan else None
    return plan.text(role.title, spoken(language)) if plan and role else name
