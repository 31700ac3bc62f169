"""pydantic's errors as codes with values: what, where in the plan, and the way out. Words are made at the edge."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sereno.engine.plan.nodes import MOST_FAULTS, Path
from sereno.engine.plan.parts.values import Unfit
from sereno.engine.plan.suggest import nearest

NAMED_BY = (
    "rule", "step", "shift", "person", "role", "area", "watch", "type", "level", "degree", "guide", "number", "drill",
    "scenario", "test", "resource", "audience", "warning", "to",
)  # fmt: skip
"""The key that names an entry of a list, as people call it: rule 'danger'."""

Values = Mapping[str, str | int | float]


@dataclass(frozen=True, slots=True)
class FormFault:
    """A value of the wrong form. `of_key`: the key is meant rather than the value."""

    path: Path
    of_key: bool
    code: str
    values: Values


def form_faults(error: ValidationError, values: Any, document: type[BaseModel]) -> Iterator[FormFault]:
    """Each error of pydantic that is worth a line; `document` is the model of the whole."""
    details = error.errors(include_url=False)
    told_inside = Counter(tuple(detail["loc"])[:depth] for detail in details for depth in range(len(detail["loc"]) + 1))
    worth = [detail for detail in details if not _is_echo(detail, told_inside)]
    for detail in worth[:MOST_FAULTS]:
        path = tuple(detail["loc"])
        code, told = _told(detail, path, document)
        yield FormFault(path, detail["type"] == "extra_forbidden", code, {**_place(path, values), **told})
    if left := worth[MOST_FAULTS:]:
        yield FormFault(tuple(left[0]["loc"]), False, "faults-left-out", {"count": len(left)})


def _is_echo(detail: ErrorDetails, told_inside: Mapping[Path, int]) -> bool:
    """A term may be a text or a mapping; where it is a faulty mapping, "it is no text" is not worth a line."""
    path = tuple(detail["loc"])
    if not path or path[-1] != "str" or not isinstance(detail["input"], Mapping):
        return False
    return told_inside[path[:-1]] > 1  # itself is one


def _place(path: Path, values: Any) -> Values:
    """The innermost named thing that holds the error: rule 'danger'."""
    named: Values = {}
    here = values
    for name in path:
        in_list = isinstance(here, list) and isinstance(name, int) and name < len(here)
        if not in_list and not (isinstance(here, dict) and name in here):
            continue
        here = here[name]
        if isinstance(here, dict):
            key = next((key for key in NAMED_BY if isinstance(here.get(key), str)), None)
            named = {"at_part": key, "at_name": _short(here[key])} if key else named
    return named


def _told(detail: ErrorDetails, path: Path, document: type[BaseModel]) -> tuple[str, Values]:
    """The code of one error, and what its sentence needs."""
    kind, given, context = detail["type"], detail["input"], detail.get("ctx", {})
    key = next((str(name) for name in reversed(path) if isinstance(name, str)), "the plan")
    if kind == "extra_forbidden":
        return "form-key-unknown", {"key": _short(key), **_near(key, _keys_at(path[:-1], document), "known")}
    if kind == "missing":
        return "form-key-missing", {"key": key}
    if kind == "literal_error":
        choices = re.findall(r"'([^']+)'", str(context.get("expected", ""))) or [str(context.get("expected"))]
        return "form-no-choice", {"key": key, "given": _short(given), **_near(str(given), choices, "choices")}
    if kind == "value_error" and isinstance(context.get("error"), Unfit):
        return context["error"].code, {"key": key, "given": _short(context["error"].given)}
    if kind == "string_pattern_mismatch":
        code = "form-key-no-language" if path[-1] == "[key]" else _PATTERNS.get(str(context.get("pattern")))
        return code or "form-refused", {"key": key, **_shown(given), **({} if code else {"said": detail["msg"]})}
    if kind in _LIMITS:
        code, limit = _LIMITS[kind]
        return code, {"key": key, **_shown(given), "limit": context[limit]}
    if kind in _TYPES:
        return _TYPES[kind], {"key": key, **_shown(given)}
    return "form-refused", {"key": key, **_shown(given), "said": f"{detail['msg'][:1].lower()}{detail['msg'][1:]}"}


_PATTERNS = {
    r"^[a-z][a-z0-9_-]*$": "form-no-name",
    r"^[a-z]{2,3}$": "form-no-language-code",
    r"^\+?[0-9][0-9 ]{1,20}$": "form-no-telephone",
    r"^[A-Z]{2}$": "form-no-country-code",
    r"^[0-9]+(\.[0-9]{2})? [A-Z]{3}$": "form-no-money",
}
_LIMITS = {
    "greater_than_equal": ("form-too-small", "ge"),
    "less_than_equal": ("form-too-large", "le"),
    "string_too_short": ("form-text-too-short", "min_length"),
    "string_too_long": ("form-text-too-long", "max_length"),
    "too_short": ("form-list-too-short", "min_length"),
}
_TYPES = {
    "string_type": "form-no-text",
    **dict.fromkeys(("int_parsing", "int_type", "int_from_float", "int_parsing_size"), "form-no-whole-number"),
    **dict.fromkeys(("float_parsing", "float_type", "finite_number"), "form-no-number"),
    **dict.fromkeys(("bool_parsing", "bool_type"), "form-no-truth"),
    "tuple_type": "form-no-list",
    **dict.fromkeys(("model_type", "model_attributes_type"), "form-no-mapping"),
    **dict.fromkeys(("dict_type", "mapping_type"), "form-no-texts"),
    **dict.fromkeys(("date_type", "date_parsing", "date_from_datetime_parsing"), "form-no-date"),
    "date_from_datetime_inexact": "form-no-date",
    **dict.fromkeys(("datetime_type", "datetime_parsing", "datetime_from_date_parsing"), "form-no-moment"),
}


def _near(name: str, known: list[str], otherwise: str) -> Values:
    near = nearest(name, known)
    return {otherwise: ", ".join(known), **({"near": near} if near else {})}


def _keys_at(path: Path, model: type[BaseModel]) -> list[str]:
    """The keys that the model knows at this place."""
    for name in path:
        if isinstance(name, str) and name in model.model_fields:
            model = _model_in(model.model_fields[name].annotation) or model
    return list(model.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for part in get_args(annotation) if (model := _model_in(part))), None)


def _shown(given: Any) -> Values:
    if given is None:
        return {"shape": "nothing"}
    if isinstance(given, str):
        return {"shape": "text", "given": _short(given)}
    return {"shape": "mapping" if isinstance(given, Mapping) else "list"}


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:60]}…"
