"""Plain values written as YAML, the way the shipped plans are written.

Short things stand on one line (`{en: Shop, es: Tienda}`, `[es, pl]`), long ones a line each. A text stands plain where
that is safe, in single quotes where a sign in it needs them, in double quotes only where it holds a line break or a
sign that no YAML text may hold as it is.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.resolver import VersionedResolver

from sereno.engine.plan.nodes import DEEPEST
from sereno.engine.plan.refused import EditRefused

WIDEST = 120
"""A mapping or list that is wider than this in a block is written a line each."""

_PLAIN_START = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=<~.]|-(?=\w)|\.(?=\w)|<(?!<)|=(?=.)")
_ENDS_PLAIN = re.compile(r":(?=\s|$)|\s#|[^\S ]|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_FLOW_SIGNS = re.compile(r"[,\[\]{}]|:(?=['\"])|\?")
_UNWRITABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_OTHER = frozenset(f"tag:yaml.org,2002:{name}" for name in ("null", "bool", "int", "float", "merge", "value"))
_resolver = VersionedResolver()


def as_read(value: Any, depth: int = 0) -> Any:
    """The value as `read_nodes` would read it back: every scalar is a text. Raises EditRefused."""
    if depth > DEEPEST:
        raise EditRefused("too-deep", most=DEEPEST)
    if value is None:
        return None
    if isinstance(value, Mapping):
        return {_key(key): as_read(inner, depth + 1) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [as_read(inner, depth + 1) for inner in value]
    return _text(value)


def _key(key: object) -> str:
    if isinstance(key, bool) or not isinstance(key, str | int):
        raise EditRefused("key-type", name=repr(key))
    return _text(key)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise EditRefused("no-number", value=str(value))
        return repr(value)
    if isinstance(value, str):
        if any("\ud800" <= sign <= "\udfff" for sign in value):
            raise EditRefused("half-sign")
        return str(value)
    raise EditRefused("value-type", type=type(value).__name__)


def scalar(value: Any, *, in_flow: bool, like: str | None = None, plain_before: str | None = None) -> str:
    """One value on one line. `like` is the quote that stood there before ("'" or '"'): it is kept.

    A text that other readers of YAML would take for a number, such as '1984', is quoted, unless what stood there
    (`plain_before`) was of that sort too: `version: 2026.10` stays without quotes.
    """
    if value is None:
        return "~"
    text = _text(value)
    if not isinstance(value, str):
        return text
    if _UNWRITABLE.search(text):
        return _double(text)
    if like == '"':
        return _double(text)
    safe = _is_plain(text, in_flow) and (not _looks_other(text) or _same_sort(text, plain_before))
    return text if safe and like is None else "'" + text.replace("'", "''") + "'"


def _is_plain(text: str, in_flow: bool) -> bool:
    if not text or text != text.strip() or not _PLAIN_START.match(text) or _ENDS_PLAIN.search(text):
        return False
    return not (in_flow and _FLOW_SIGNS.search(text))


def _looks_other(text: str) -> bool:
    return _tag(text) in _OTHER


def _same_sort(text: str, before: str | None) -> bool:
    null = "tag:yaml.org,2002:null"
    return before is not None and _tag(text) != null and _tag(before) in _OTHER - {null}


def _tag(text: str) -> str:
    return str(_resolver.resolve(ScalarNode, text, (True, False)))


_ESCAPES = {"\0": "\\0", "\t": "\\t", "\n": "\\n", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def _double(text: str) -> str:
    def sign(match: re.Match[str]) -> str:
        found = match.group()
        return _ESCAPES.get(found) or (f"\\x{ord(found):02x}" if ord(found) < 256 else f"\\u{ord(found):04x}")

    return '"' + re.sub(f'["\\\\]|{_UNWRITABLE.pattern}', sign, text) + '"'


def inline(value: Any, *, in_flow: bool) -> str:
    """The whole value on one line: `{en: Shop, es: Tienda}`, `[a, b]`."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key(name)}: {inline(inner, in_flow=True)}" for name, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(inline(inner, in_flow=True) for inner in value) + "]"
    return scalar(value, in_flow=in_flow)


def key(name: str | int) -> str:
    return scalar(str(name), in_flow=True, plain_before=str(name))


def fits_a_line(value: Any, room: int) -> bool:
    """Whether the value is written on one line where `room` characters are left."""
    if not isinstance(value, Mapping | list | tuple) or not value:
        return True
    inner = list(value.values()) if isinstance(value, Mapping) else list(value)
    if isinstance(value, Mapping):
        simple = all(_is_simple(each) for each in inner)
    else:
        simple = not any(isinstance(each, Mapping | list | tuple) for each in inner)
    return simple and len(inline(value, in_flow=False)) <= room


def _is_simple(value: Any) -> bool:
    """A scalar, or a list of scalars."""
    if isinstance(value, list | tuple):
        return not any(isinstance(each, Mapping | list | tuple) for each in value)
    return not isinstance(value, Mapping)


def block(value: Mapping[Any, Any] | list[Any] | tuple[Any, ...], column: int, offset: int) -> list[str]:
    """The lines of a mapping or list that stands a line each, beginning at `column`; the first is not indented, so
    that it can follow a dash. `offset`: how far dashes stand to the right of their key."""
    pad = " " * column
    lines: list[str] = []
    if isinstance(value, Mapping):
        for name, inner in value.items():
            lines += entry(name, inner, column, offset)
    else:
        for inner in value:
            lines += item(inner, column, offset)
    return [line if number == 0 or not line else pad + line for number, line in enumerate(lines)]


def entry(name: str | int, value: Any, column: int, offset: int) -> list[str]:
    """`key: value` at `column`, or `key:` and what follows below it; no line is indented by `column` yet."""
    head = key(name)
    if fits_a_line(value, WIDEST - column - len(head) - 2):
        return [f"{head}: {inline(value, in_flow=False)}"]
    inside = 2 if isinstance(value, Mapping) else offset
    lines = block(value, column + inside, offset)
    lines[0] = " " * (column + inside) + lines[0]
    return [f"{head}:", *(line[column:] for line in lines)]


def item(value: Any, column: int, offset: int) -> list[str]:
    """`- value` at `column`; a mapping stands a key a line, behind the dash."""
    if (isinstance(value, Mapping) and value) or not fits_a_line(value, WIDEST - column - 2):
        lines = block(value, column + 2, offset)
        return ["- " + lines[0], *(line[column:] for line in lines[1:])]
    return ["- " + inline(value, in_flow=False)]
