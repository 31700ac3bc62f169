"""What kind of field each part of the plan's model asks for, told by its annotations alone.

    LightRule.guide: Name | None   →   FieldKind.REFER to `guides`, may stay empty

Where an annotation says too little (a `Name` that names a role, a text that is long) a small table says the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sereno.engine.plan.model import Hours, Plan, Text, When
from sereno.engine.read import CLAIMS, TOPICS


class FieldKind(StrEnum):
    LINE = "line"
    PARAGRAPH = "paragraph"
    NUMBER = "number"
    PERCENT = "percent"
    DECIMAL = "decimal"
    YES = "yes"
    SURE = "sure"
    """A condition that is given by being there: only `true` can be asked."""
    LENGTH = "length"
    HOURS = "hours"
    DATE = "date"
    MOMENT = "moment"
    CHOICE = "choice"
    CHOICES = "choices"
    LINES = "lines"
    """Several short texts, one a line."""
    TEXTS = "texts"
    """A text per language."""
    WORDS = "words"
    """Several short texts per language, one a line."""
    PER_NETWORK = "per_network"
    GROUP = "group"
    WHEN = "when"
    """A group of which only what is given is shown."""
    GROUPS = "groups"
    TEXT_ROWS = "text_rows"
    """Several texts, each per language, in order."""


ROWS = frozenset({FieldKind.GROUPS, FieldKind.TEXT_ROWS, FieldKind.PER_NETWORK})


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A field of a part, before it holds anything."""

    model: str
    """The part's class: labels are looked up by it."""
    key: str
    kind: FieldKind
    required: bool
    options: tuple[str, ...] = ()
    words: str = ""
    """The group of the engine's words that the options are called by."""
    refers: str = ""
    """The part of the plan whose names are the options."""
    part: type[BaseModel] | None = None
    default: Any = None


NAMED_BY: Mapping[str, str] = {
    "roles": "role", "areas": "area", "watches": "watch", "reach": "level", "lights": "rule", "guides": "guide",
    "targets": "degree", "statutory": "country", "chain": "step", "catalogue": "type", "resources": "resource",
    "scenarios": "scenario", "drills": "drill", "tests": "test", "accepted": "warning",
}  # fmt: skip
"""Lists of the plan, each with the key that names its entries."""

_REFERS: Mapping[str, str] = {
    "Role.deputy": "roles", "Area.owner": "roles", "Area.deputy": "roles", "Step.role": "roles", "Step.then": "chain",
    "Languages.unsupported_step": "chain", "Committee.members": "roles", "Committee.spokesperson": "roles",
    "Complaint.decides": "roles", "Resource.offered_by": "roles", "Resource.above": "roles",
    "FirstHourStep.role": "roles", "Scenario.spokesperson": "roles", "Drill.scenario": "scenarios",
    "Drill.roles": "roles", "LightRule.guide": "guides", "RuleRoute.role": "roles", "When.reach": "reach",
    "Statutory.types": "catalogue", "Expected.rule": "lights", "Expected.not_rule": "lights",
    "Expected.step": "chain", "Expected.role": "roles", "Expected.area": "areas", "Expected.called": "roles",
    "Expected.guide": "guides", "Expected.scenario": "scenarios",
}  # fmt: skip
_ALSO: Mapping[str, tuple[str, ...]] = {"Step.role": ("area_owner",), "Complaint.decides": ("area_owner",),
                                        "Expected.role": ("area_owner",)}  # fmt: skip
NETWORKS = (
    "x", "facebook", "instagram", "tiktok", "youtube", "reddit", "mastodon", "bluesky", "telegram", "linkedin",
    "whatsapp", "google", "google_reviews", "trustpilot", "wordpress", "email", "rss",
    "web", "news", "blog", "forum", "reviews",
)  # fmt: skip
LANGUAGES = ("en", "es", "pl", "ca", "cs", "de", "eu", "fr", "gl", "it", "nl", "pt", "ro", "sk", "uk")
_LISTED: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "topic": ("topic", TOPICS), "topics": ("topic", TOPICS), "claims": ("claim", tuple(CLAIMS)),
    "network": ("network", NETWORKS), "networks": ("network", NETWORKS),
    "language": ("language", LANGUAGES), "languages": ("language", LANGUAGES), "forms": ("language", LANGUAGES),
}  # fmt: skip
"""Keys whose values are known, though the format lets others stand: the group of words, and the values."""
_WORDS: Mapping[str, str] = {
    "kind": "kind", "risk": "risk", "severity": "severity", "polarity": "polarity", "about": "watch", "place": "place",
    "visibility": "visibility", "text_light": "light", "light": "light", "storm": "storm", "author_type": "author",
    "degree": "degree", "degrees": "degree", "clock": "clock", "chain": "call",
}  # fmt: skip
_LONG = frozenset({"Statutory.law", "Accepted.reason", "Watch.rule", "MadeUpPost.text"})


@lru_cache(maxsize=64)
def fields_of(model: type[BaseModel]) -> tuple[FieldSpec, ...]:
    """Every field of a part, in its order."""
    return tuple(_spec(model, key, field) for key, field in model.model_fields.items())


def part_model(part: str) -> type[BaseModel]:
    """The class of a part of the plan: of its entries, where it is a list. Raises KeyError for no such part."""
    inner, _optional = _bare(Plan.model_fields[part].annotation)
    if get_origin(inner) is tuple:
        inner, _optional = _bare(get_args(inner)[0])
    if not _is_part(inner):
        raise KeyError(part)
    return inner  # type: ignore[no-any-return]  # just looked at


def _spec(model: type[BaseModel], key: str, field: FieldInfo) -> FieldSpec:
    name = f"{model.__name__}.{key}"
    kind, found = _kind(name, key, field)
    default = None if field.is_required() else field.get_default(call_default_factory=True)
    return FieldSpec(model.__name__, key, kind, field.is_required(), default=default, **found)


def _kind(name: str, key: str, field: FieldInfo) -> tuple[FieldKind, dict[str, Any]]:
    inner, optional = _bare(field.annotation)
    whole = Annotated[inner, *field.metadata] if field.metadata else field.annotation
    if _is_part(inner):
        return (FieldKind.WHEN if inner is When else FieldKind.GROUP), {"part": inner}
    if name == "Tone.to":
        # of the tones per audience the options are the brand's audiences (`form_shown`)
        return FieldKind.CHOICE, {"words": "network", "options": NETWORKS}
    if name in _REFERS:
        kind = FieldKind.CHOICES if get_origin(inner) is tuple else FieldKind.CHOICE
        return kind, {"refers": _REFERS[name], "options": _ALSO.get(name, ())}
    if get_origin(inner) is tuple:
        return _several(key, get_args(inner)[0])
    if key in _LISTED:
        words, options = _LISTED[key]
        return FieldKind.CHOICE, {"words": words, "options": options}
    if get_origin(inner) is Literal:
        return _literal(name, key, get_args(inner))
    if inner is bool and optional:
        return FieldKind.CHOICE, {"words": "yes", "options": ("true", "false")}
    if _is_mapping(inner):
        return _per_key(inner), {}
    return _single(name, inner, whole), {}


def _several(key: str, item: Any) -> tuple[FieldKind, dict[str, Any]]:
    if item == Hours:
        return FieldKind.HOURS, {}
    inner, _optional = _bare(item)
    part = next((one for one in (inner, *get_args(inner)) if _is_part(one)), None)
    if part:
        return FieldKind.GROUPS, {"part": part}
    if get_origin(inner) is Literal:
        return FieldKind.CHOICES, {"words": _words(key, get_args(inner)), "options": get_args(inner)}
    if key in _LISTED:
        words, options = _LISTED[key]
        return FieldKind.CHOICES, {"words": words, "options": options}
    if item == Text:
        return FieldKind.TEXT_ROWS, {}
    return FieldKind.LINES, {}


def _literal(name: str, key: str, options: tuple[Any, ...]) -> tuple[FieldKind, dict[str, Any]]:
    if options == (True,):
        return FieldKind.SURE, {}
    words = "watch" if name == "Watch.kind" else _words(key, options)
    return FieldKind.CHOICE, {"words": words, "options": tuple(str(option) for option in options)}


def _words(key: str, options: tuple[Any, ...]) -> str:
    return "degree" if "none" in options else _WORDS.get(key, "")


def _per_key(inner: Any) -> FieldKind:
    value = get_args(inner)[1]
    if get_origin(value) is tuple:
        return FieldKind.WORDS
    return FieldKind.TEXTS if _bare(value)[0] is str else FieldKind.PER_NETWORK


def _single(name: str, inner: Any, whole: Any) -> FieldKind:
    if inner is float:
        return FieldKind.PERCENT if _is_probability(whole) else FieldKind.DECIMAL
    found = {bool: FieldKind.YES, int: FieldKind.NUMBER, timedelta: FieldKind.LENGTH, datetime: FieldKind.MOMENT,
             date: FieldKind.DATE}.get(inner)  # fmt: skip
    return found or (FieldKind.PARAGRAPH if name in _LONG else FieldKind.LINE)


def _is_probability(whole: Any) -> bool:
    """`Probability`, with or without None: at most 1."""
    bounds = [item for item in _metadata(whole) if getattr(item, "le", None) is not None]
    return any(item.le == 1.0 for item in bounds)


def _metadata(whole: Any) -> list[Any]:
    found: list[Any] = []
    for item in (whole, *get_args(whole)):
        for one in getattr(item, "__metadata__", ()):
            found += one.metadata if isinstance(one, FieldInfo) else [one]
    return found


def _is_part(inner: Any) -> bool:
    return isinstance(inner, type) and issubclass(inner, BaseModel)


def _is_mapping(inner: Any) -> bool:
    return (
        get_origin(inner) is not None and isinstance(get_origin(inner), type) and issubclass(get_origin(inner), Mapping)
    )


def _bare(annotation: Any) -> tuple[Any, bool]:
    """The annotation without `Annotated` and without None; whether None was there."""
    optional = False
    while True:
        if get_origin(annotation) is Annotated:
            annotation = get_args(annotation)[0]
        elif get_origin(annotation) in (Union, UnionType) and NoneType in get_args(annotation):
            optional = True
            rest = tuple(arg for arg in get_args(annotation) if arg is not NoneType)
            annotation = rest[0] if len(rest) == 1 else Union[rest]  # noqa: UP007 — made of a tuple
        else:
            return annotation, optional
