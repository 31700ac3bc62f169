"""Surgical edits of a plan's text: the place changes, every other character and every comment stays.

    set_value(text, ("reach", 0, "followers", "instagram"), 15000)
    insert(text, ("roles",), 2, {"role": "press", "title": {"en": "Press office"}})
    move(text, ("lights", 7), 3)
    remove(text, ("catalogue", 4))

A path holds keys and positions from 0, as `read_nodes` gives the values. Values are plain: text, whole number, number,
true or false, None, list, mapping.

Comments: those directly above an item at its own depth, and the one behind it on its last line, belong to it; they go
where it goes, and with it. A heading (`# -- amber ----`) and a comment set off by a blank line belong to nobody and
stay. A mapping or list that is set anew keeps what is the same in it, with its comments.

Every edit is read back before it is given: the new text holds exactly the old values with the edit applied, or
`EditRefused` is raised. Nothing else is ever raised. Anchors and aliases are not followed: what changes in one place
would change in another unseen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Any

from yaml.nodes import MappingNode

from sereno.engine.plan.nodes import Document, Path, Unreadable, read_nodes
from sereno.engine.plan.refused import EditRefused as EditRefused
from sereno.engine.plan.splices import Value as Value
from sereno.engine.plan.splices import moved, replaced, with_item, with_key, without_entry
from sereno.engine.plan.spots import told
from sereno.engine.plan.suggest import nearest
from sereno.engine.plan.written import as_read


def value_at(text: str, path: Path) -> Any:
    """What stands there now, as plain values (every scalar as its text). Raises EditRefused where nothing does."""
    return _at(_values(text), path)


def set_value(text: str, path: Path, value: Value) -> str:
    """The text with `value` at `path`. A key that is missing comes at the end of its mapping; where the mapping is
    missing too, it is made. Raises EditRefused."""
    mark, text = _bare(text)
    new, values = as_read(value), _values(text)
    known = _deepest(values, path)
    if not all(isinstance(name, str) for name in path[known:]):
        _at(values, path)
    wanted = _with(values, path, new)
    return mark + _spliced(text, path, wanted, lambda part: _become(part, path, value))


def remove(text: str, path: Path) -> str:
    """The text without the key or item at `path`; the last of a list leaves `[]`, of a mapping `{}`.
    Raises EditRefused."""
    mark, text = _bare(text)
    values = _values(text)
    _at(values, path)
    if not path:
        raise EditRefused("whole")
    wanted = _without(values, path)
    if len(path) == 1:
        return mark + _proved(without_entry(text, path), wanted)
    return mark + _spliced(text, path, wanted, lambda part: without_entry(part, path))


def insert(text: str, path: Path, index: int, value: Value) -> str:
    """The text with `value` as item number `index` (from 0) of the list at `path`; the list is made where the key is
    missing or empty. `index` is at most the length of the list: then it comes last. Raises EditRefused."""
    mark, text = _bare(text)
    values = _values(text)
    there = _list_at(values, path)
    if not 0 <= index <= len(there):
        raise EditRefused("no-place", place=told(path), count=len(there), index=str(index))
    new = as_read(value)
    wanted = _with(values, path, [*there[:index], new, *there[index:]])
    if not there:
        return mark + _spliced(text, path, wanted, lambda part: _become(part, path, [value]))
    return mark + _spliced(text, path, wanted, lambda part: with_item(part, path, index, value))


def move(text: str, path: Path, to_index: int) -> str:
    """The text with the item at `path` as number `to_index` (from 0) of its list. Raises EditRefused."""
    mark, text = _bare(text)
    values = _values(text)
    _at(values, path)
    there = _at(values, path[:-1]) if path else None
    if not isinstance(there, list) or not isinstance(path[-1], int):
        raise EditRefused("no-item", place=told(path))
    if not 0 <= to_index < len(there):
        raise EditRefused("no-place", place=told(path[:-1]), count=len(there), index=str(to_index))
    if to_index == path[-1]:
        return mark + text
    order = [number for number in range(len(there)) if number != path[-1]]
    order.insert(to_index, path[-1])
    wanted = _with(values, path[:-1], [there[number] for number in order])
    return mark + _spliced(text, path, wanted, lambda part: moved(part, path, to_index))


# -- values -------------------------------------------------------------------------------------------------------


def _bare(text: str) -> tuple[str, str]:
    """The byte order mark that some editors put first, and the text."""
    return ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)


@lru_cache(maxsize=8)
def _document(text: str) -> Document:
    """Shared, and never changed in place."""
    try:
        return read_nodes(text)
    except Unreadable as error:
        raise EditRefused.unreadable(error.faults[0]) from error


def _values(text: str) -> Any:
    return _document(text).values


def _spliced(text: str, path: Path, wanted: Any, act: Callable[[str], str]) -> str:
    """The edit made on the part of the plan that it is in, or on the whole where that is not enough.

    A whole plan takes seconds to be read as often as a form's edit needs it; a part takes milliseconds.
    """
    bounds = _part_of(text, path)
    if bounds is not None:
        start, stop = bounds
        # a part whose anchors are used in others, say: the whole text knows better, and says what is in the way
        with suppress(EditRefused):
            return _proved(text[:start] + act(text[start:stop]) + text[stop:], wanted)
    return _proved(act(text), wanted)


def _part_of(text: str, path: Path) -> tuple[int, int] | None:
    """From the first key of the path to the next key of the plan; None where the text has no such lines."""
    root = _document(text).root
    if not path or not isinstance(root, MappingNode) or root.flow_style:
        return None
    starts = [key.start_mark.index for key, _value in root.value] + [len(text)]
    found = next((n for n, (key, _value) in enumerate(root.value) if key.value == str(path[0])), None)
    return None if found is None else (starts[found], starts[found + 1])


def _proved(text: str, wanted: Any) -> str:
    try:
        found = _values(text)
    except EditRefused as error:
        raise EditRefused("layout") from error
    if found != wanted:
        raise EditRefused("layout")
    return text


def _at(values: Any, path: Path) -> Any:
    here = values
    for number, name in enumerate(path):
        if isinstance(here, dict) and str(name) in here:
            here = here[str(name)]
        elif isinstance(here, list) and isinstance(name, int) and 0 <= name < len(here):
            here = here[name]
        else:
            raise _missing(path[: number + 1], here)
    return here


def _missing(path: Path, inside: Any) -> EditRefused:
    near = nearest(str(path[-1]), inside) if isinstance(inside, dict) else None
    if near is not None:
        return EditRefused("missing-near", place=told(path), near=near)
    if isinstance(inside, list):
        return EditRefused("missing-item", place=told(path), count=len(inside))
    return EditRefused("missing", place=told(path))


def _list_at(values: Any, path: Path) -> list[Any]:
    here = values
    for name in path:
        if here is None or (isinstance(here, dict) and str(name) not in here):
            return []
        here = _at(here, (name,))
    if here is not None and not isinstance(here, list):
        raise EditRefused("no-list", place=told(path))
    return here or []


def _with(values: Any, path: Path, new: Any) -> Any:
    """The values with `new` at `path`; what is given is not changed."""
    if not path:
        return new
    name, rest = path[0], path[1:]
    if values is None or (isinstance(values, dict) and str(name) not in values):
        return {**(values or {}), name: _with(None, rest, new)}
    _at(values, (name,))
    if isinstance(values, dict):
        return {**values, str(name): _with(values[str(name)], rest, new)}
    return [_with(each, rest, new) if number == name else each for number, each in enumerate(values)]


def _without(values: Any, path: Path) -> Any:
    name, rest = path[0], path[1:]
    if isinstance(values, dict):
        if rest:
            return {**values, str(name): _without(values[str(name)], rest)}
        return {key: each for key, each in values.items() if key != str(name)}
    if rest:
        return [_without(each, rest) if number == name else each for number, each in enumerate(values)]
    return [each for number, each in enumerate(values) if number != name]


# -- steps that together make a set_value ---------------------------------------------------------------------------


def _become(text: str, path: Path, value: Value) -> str:
    """What is the same stays as it is written; only what differs is written anew."""
    values = _values(text)
    known = _deepest(values, path)
    if known < len(path):
        for name in reversed(path[known + 1 :]):
            value = {str(name): value}
        path = path[: known + 1]
        if _at(values, path[:-1]) is None:
            return replaced(text, path[:-1], {str(path[-1]): value})
        return with_key(text, path[:-1], str(path[-1]), value)
    old, new = _at(values, path), as_read(value)
    if old == new:
        return text
    if isinstance(old, dict) and isinstance(value, Mapping) and old.keys() & new.keys():
        return _become_mapping(text, path, value)
    if isinstance(old, list) and isinstance(value, Sequence) and not isinstance(value, str) and old and value:
        return _become_list(text, path, old, list(value))
    return replaced(text, path, value)


def _deepest(values: Any, path: Path) -> int:
    """How many names of the path are there."""
    for number, name in enumerate(path):
        if isinstance(values, dict) and str(name) in values:
            values = values[str(name)]
        elif isinstance(values, list) and isinstance(name, int) and 0 <= name < len(values):
            values = values[name]
        else:
            return number
    return len(path)


def _become_mapping(text: str, path: Path, value: Mapping[str, Any]) -> str:
    wanted = {str(name): each for name, each in value.items()}
    for name in _at(_values(text), path):
        if name not in wanted:
            text = without_entry(text, (*path, name))
    for name, each in wanted.items():
        text = _become(text, (*path, name), each)
    return text


def _become_list(text: str, path: Path, old: list[Any], value: list[Any]) -> str:
    new = as_read(value)
    shorter = min(len(old), len(new))
    same_first = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    same_last = next((i for i in range(shorter - same_first) if old[-1 - i] != new[-1 - i]), shorter - same_first)
    changed_old, changed_new = len(old) - same_last, len(new) - same_last
    for number in range(changed_old - 1, max(same_first, changed_new) - 1, -1):
        text = without_entry(text, (*path, number))
    for number in range(same_first, min(changed_old, changed_new)):
        text = _become(text, (*path, number), value[number])
    for number in range(max(same_first, changed_old), changed_new):
        text = with_item(text, path, number, value[number])
    return text
