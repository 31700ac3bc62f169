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

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sereno.engine.plan.nodes import Path, Unreadable, read_nodes
from sereno.engine.plan.refused import EditRefused as EditRefused
from sereno.engine.plan.spots import (
    HEADING,
    Entry,
    Spot,
    break_of,
    column,
    dash_offset,
    entry_at,
    find,
    is_blank_line,
    line_end,
    line_start,
    next_line,
    own_start,
    read_spots,
    stands_first,
    stands_on_line,
    told,
)
from sereno.engine.plan.suggest import nearest
from sereno.engine.plan.written import (
    WIDEST,
    as_read,
    block,
    entry,
    fits_a_line,
    inline,
    item,
    key,
    scalar,
)

Value = str | int | float | bool | list[Any] | dict[str, Any] | None


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
    return mark + _proved(_become(text, path, value), wanted)


def remove(text: str, path: Path) -> str:
    """The text without the key or item at `path`; the last of a list leaves `[]`, of a mapping `{}`.
    Raises EditRefused."""
    mark, text = _bare(text)
    values = _values(text)
    _at(values, path)
    if not path:
        raise EditRefused("whole")
    return mark + _proved(_without_entry(text, path), _without(values, path))


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
        return mark + _proved(_become(text, path, [value]), wanted)
    return mark + _proved(_with_item(text, path, index, value), wanted)


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
    return mark + _proved(_moved(text, path, to_index), wanted)


# -- values -------------------------------------------------------------------------------------------------------


def _bare(text: str) -> tuple[str, str]:
    """The byte order mark that some editors put first, and the text."""
    return ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)


@lru_cache(maxsize=8)
def _values(text: str) -> Any:
    """The plan's values; shared, and never changed in place."""
    try:
        return read_nodes(text).values
    except Unreadable as error:
        raise EditRefused.unreadable(error.faults[0]) from error


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
            return _replaced(text, path[:-1], {str(path[-1]): value})
        return _with_key(text, path[:-1], str(path[-1]), value)
    old, new = _at(values, path), as_read(value)
    if old == new:
        return text
    if isinstance(old, dict) and isinstance(value, Mapping) and old.keys() & new.keys():
        return _become_mapping(text, path, value)
    if isinstance(old, list) and isinstance(value, Sequence) and not isinstance(value, str) and old and value:
        return _become_list(text, path, old, list(value))
    return _replaced(text, path, value)


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
            text = _without_entry(text, (*path, name))
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
        text = _without_entry(text, (*path, number))
    for number in range(same_first, min(changed_old, changed_new)):
        text = _become(text, (*path, number), value[number])
    for number in range(max(same_first, changed_old), changed_new):
        text = _with_item(text, path, number, value[number])
    return text


# -- one splice each ------------------------------------------------------------------------------------------------


def _spot(text: str, path: Path) -> tuple[Spot, list[tuple[Spot, Entry]]]:
    """The root, and each step down: the collection and the entry taken. Refuses aliases on the way."""
    _values(text)
    root = read_spots(text)
    used = {spot.anchor for spot in root.walk() if spot.kind == "alias"}
    steps: list[tuple[Spot, Entry]] = []
    here = root
    for name in path:
        _refuse_shared(here, used)
        taken = entry_at(here, name)
        if taken is None:
            raise EditRefused("missing", place=told(path))
        steps.append((here, taken))
        here = taken.value
    _refuse_shared(here, used)
    return root, steps


def _refuse_shared(spot: Spot, used: set[str | None]) -> None:
    if spot.kind == "alias":
        raise EditRefused("alias", anchor=str(spot.anchor))
    if spot.anchor is not None and spot.anchor in used:
        raise EditRefused("anchor", anchor=spot.anchor)


def _refuse_shared_inside(root: Spot, entry: Entry) -> None:
    used = {spot.anchor for spot in root.walk() if spot.kind == "alias"}
    for spot in (*(entry.key.walk() if entry.key else ()), *entry.value.walk()):
        _refuse_shared(spot, used)


def _replaced(text: str, path: Path, value: Value) -> str:
    root, steps = _spot(text, path)
    if not steps:
        return text[: root.start] + inline(value, in_flow=root.in_flow) + text[root.end :]
    holder, taken = steps[-1]
    _refuse_shared_inside(root, taken)
    old, offset = taken.value, dash_offset(root, text)
    if holder.in_flow or (old.in_flow and not _is_one_line(text, taken)):
        return _put_inline(text, taken, value, in_flow=holder.in_flow)
    left = WIDEST - column(text, taken.after) - 1
    if fits_a_line(value, left) and not _is_mapping_item(holder, taken, value):
        return _put_inline(text, taken, value, in_flow=False)
    return _put_block(text, taken, value, offset)


def _is_one_line(text: str, taken: Entry) -> bool:
    """A long mapping or list may leave the line where it stood, unless it stood in several lines, among comments."""
    return stands_on_line(text, taken.value.start, taken.value.end)


def _is_mapping_item(holder: Spot, taken: Entry, value: Value) -> bool:
    return holder.kind == "list" and isinstance(value, Mapping) and bool(value) and not taken.value.in_flow


def _put_inline(text: str, taken: Entry, value: Value, *, in_flow: bool) -> str:
    old = taken.value
    if isinstance(value, Mapping | list | tuple):
        words = inline(value, in_flow=in_flow)
    else:
        quoted = old.style if old.style in ("'", '"') and isinstance(value, str) else None
        before = old.value if old.kind == "scalar" and old.style is None else None
        words = scalar(value, in_flow=in_flow, like=quoted, plain_before=before)
    start, end = old.start, old.end
    if taken.key is not None and not stands_on_line(text, taken.after, start):
        # it stood below its key; what stands behind the key stays there
        text = text[: line_start(text, start)] + text[next_line(text, end) :]
        start = end = taken.after
    space = "" if start > taken.after or start == taken.mark else " "
    if taken.key is not None and taken.after == taken.key.end:
        space = ": "  # a key alone, as in {a, b}
    behind = " " if end < len(text) and text[end] == "#" else ""
    return text[:start] + space + words + behind + text[end:]


def _put_block(text: str, taken: Entry, value: Any, offset: int) -> str:
    depth = column(text, taken.mark)
    sep = break_of(text)
    if taken.key is None:
        lines = block(value, depth + 2, offset)
        start = taken.value.start if not taken.value.is_empty else taken.after
        space = "" if start > taken.after else " "
        return text[:start] + space + sep.join(lines) + text[taken.value.end :]
    inside = depth + (2 if isinstance(value, Mapping) else offset)
    lines = block(value, inside, offset)
    lines[0] = " " * inside + lines[0]
    text = text[: taken.after] + text[taken.value.end :]
    end = line_end(text, taken.after)
    return text[:end].rstrip(" \t") + sep + sep.join(lines) + text[end:]


def _with_key(text: str, path: Path, name: str, value: Value) -> str:
    root, steps = _spot(text, path)
    spot = steps[-1][1].value if steps else root
    if spot.kind != "mapping":
        raise EditRefused("no-keys", place=told(path), name=name)
    if spot.in_flow:
        words = f"{key(name)}: {inline(value, in_flow=True)}"
        return _into_flow(text, spot, len(spot.entries), words)
    depth = column(text, spot.entries[0].mark)
    lines = entry(name, value, depth, dash_offset(root, text))
    return _lines_at_end(text, spot, lines, depth)


def _with_item(text: str, path: Path, index: int, value: Value) -> str:
    root, steps = _spot(text, path)
    spot = steps[-1][1].value if steps else root
    if spot.in_flow:
        return _into_flow(text, spot, index, inline(value, in_flow=True))
    depth = column(text, spot.entries[0].mark)
    beside = spot.entries[max(0, index - 1)].value
    if isinstance(value, Mapping) and beside.kind == "mapping" and beside.in_flow and fits_a_line(value, WIDEST):
        lines = ["- " + inline(value, in_flow=False)]
    else:
        lines = item(value, depth, dash_offset(root, text))
    if index == len(spot.entries):
        return _lines_at_end(text, spot, lines, depth)
    return _lines_before(text, spot, index, lines, depth)


def _into_flow(text: str, spot: Spot, index: int, words: str) -> str:
    if text[spot.end - 1 : spot.end] not in ("]", "}"):
        raise EditRefused("layout")
    if not spot.entries:
        return text[: spot.end - 1].rstrip(" ") + words + text[spot.end - 1 :]
    if index < len(spot.entries):
        at = spot.entries[index].mark
        return f"{text[:at]}{words}, {text[at:]}"
    at = spot.entries[-1].end
    return f"{text[:at]}, {words}{text[at:]}"


def _lines_at_end(text: str, spot: Spot, lines: list[str], depth: int) -> str:
    """After the last line of the collection's last entry: comments below that belong to what follows."""
    sep = break_of(text)
    at = next_line(text, spot.end)
    body = sep.join(_indented(lines, depth))
    if _is_spaced(text, spot, len(spot.entries)):
        body = sep + body
    if at == len(text) and not _ends_with_break(text):
        return text + sep + body
    return text[:at] + body + sep + text[at:]


def _lines_before(text: str, spot: Spot, index: int, lines: list[str], depth: int) -> str:
    sep = break_of(text)
    next_entry = spot.entries[index]
    at = own_start(text, next_entry, _floor(text, spot, index))
    if at == next_entry.mark and not stands_first(text, at):
        indented = _indented(lines, depth)
        return text[:at] + sep.join([indented[0].lstrip(" "), *indented[1:]]) + sep + " " * depth + text[at:]
    gap = sep if _is_spaced(text, spot, index) else ""
    return text[:at] + sep.join(_indented(lines, depth)) + sep + gap + text[at:]


def _indented(lines: list[str], depth: int) -> list[str]:
    """The first line begins at `depth`; those that follow are already where they belong relative to it."""
    return [" " * depth + line if line else line for line in lines]


def _is_spaced(text: str, spot: Spot, index: int) -> bool:
    """Whether a blank line stands between the entries around place `index`, as people set off long ones. One that
    goes before a heading sets off the heading."""
    if len(spot.entries) < 2:
        return False
    number = min(max(index, 1), len(spot.entries) - 1)
    above, below = next_line(text, spot.entries[number - 1].end), line_start(text, spot.entries[number].mark)
    return is_blank_line(text, above) and above < below and not HEADING.search(text, above, below)


def _ends_with_break(text: str) -> bool:
    return text == "" or line_start(text, len(text)) == len(text)


def _floor(text: str, spot: Spot, index: int) -> int:
    """Comments above this place belong to what comes before the entry."""
    if index > 0:
        return next_line(text, spot.entries[index - 1].end)
    return 0


def _without_entry(text: str, path: Path) -> str:
    root, steps = _spot(text, path)
    spot, taken = steps[-1]
    _refuse_shared_inside(root, taken)
    if spot.in_flow:
        return _without_flow_entry(text, spot, spot.entries.index(taken))
    if len(spot.entries) == 1:
        return _emptied(text, spot, taken, steps)
    return _without_lines(text, spot, spot.entries.index(taken))


def _without_flow_entry(text: str, spot: Spot, index: int) -> str:
    taken = spot.entries[index]
    after = spot.entries[index + 1].mark if index + 1 < len(spot.entries) else spot.end - 1
    before = spot.entries[index - 1].end if index else spot.start + 1
    comma = next(find(text, ",", taken.end, after), None)
    if index + 1 < len(spot.entries):
        stop = (comma if comma is not None else taken.end) + 1
        stop = after if not text[stop:after].strip(" \t") else stop
        return text[: taken.mark] + text[stop:]
    if index == 0:
        stop = taken.end if comma is None else comma + 1
        return text[: taken.mark] + text[stop:].lstrip(" ")
    if not text[before : taken.mark].replace(",", "", 1).strip():
        return text[:before] + text[taken.end :]
    first = next(find(text, ",", before, taken.mark), before)
    return text[:first] + text[first + 1 : taken.mark] + text[taken.end :]


def _emptied(text: str, spot: Spot, taken: Entry, steps: list[tuple[Spot, Entry]]) -> str:
    """The last entry goes: `[]` or `{}` stands where the list or mapping was."""
    empty = "[]" if spot.kind == "list" else "{}"
    holder = steps[-2][1] if len(steps) > 1 else None
    if holder is None or not stands_first(text, taken.mark):
        return text[: spot.start] + empty + text[spot.end :]
    start = own_start(text, taken, next_line(text, holder.after))
    stop = next_line(text, taken.end)
    return f"{text[: holder.after]} {empty}{text[holder.after : start]}{text[stop:]}"


def _without_lines(text: str, spot: Spot, index: int) -> str:
    start, stop = _own_lines(text, spot, index)
    if not stands_first(text, spot.entries[index].mark):
        return _without_first_on_dash(text, spot, index)
    if index + 1 == len(spot.entries):
        # the blank line above set it off from the others
        above = next_line(text, spot.entries[index - 1].end)
        if is_blank_line(text, above) and not text[above:start].strip():
            start = above
    else:
        while is_blank_line(text, stop) and (index == 0 or is_blank_line(text, line_start(text, max(0, start - 1)))):
            stop = next_line(text, stop)
    return text[:start] + text[stop:]


def _own_lines(text: str, spot: Spot, index: int) -> tuple[int, int]:
    taken = spot.entries[index]
    return own_start(text, taken, _floor(text, spot, index)), next_line(text, taken.end)


def _without_first_on_dash(text: str, spot: Spot, index: int) -> str:
    """`- a: 1` with `b: 2` below it becomes `- b: 2`, unless a comment stands between: then the dash stands alone."""
    taken, following = spot.entries[index], spot.entries[index + 1]
    stop = line_end(text, taken.end)
    if not text[stop : following.mark].strip():
        return text[: taken.mark] + text[following.mark :]
    return text[: taken.mark].rstrip(" \t") + text[stop:]


def _moved(text: str, path: Path, to_index: int) -> str:
    root, steps = _spot(text, path)
    spot, taken = steps[-1]
    for each in spot.entries:
        _refuse_shared_inside(root, each)
    index = spot.entries.index(taken)
    if spot.in_flow:
        return _moved_in_flow(text, spot, index, to_index)
    if not stands_first(text, spot.entries[0].mark):
        raise EditRefused("shared-line")
    start, stop = _own_lines(text, spot, index)
    lines = text[start:stop]
    if not _ends_with_break(lines):
        lines += break_of(text)
    had_break = _ends_with_break(text)
    rest = _without_lines(text, spot, index)
    result = _put_lines(rest, path[:-1], to_index, lines)
    if not had_break and _ends_with_break(result):
        result = result[: len(result) - len(break_of(text))]
    return result


def _put_lines(text: str, path: Path, index: int, lines: str) -> str:
    """Lines that are indented already, before item `index` or after the last."""
    root, steps = _spot(text, path)
    spot = steps[-1][1].value if steps else root
    sep = break_of(text)
    gap = sep if _is_spaced(text, spot, index) else ""
    if index < len(spot.entries):
        at = own_start(text, spot.entries[index], _floor(text, spot, index))
        return text[:at] + lines + gap + text[at:]
    at = next_line(text, spot.end)
    before = "" if _ends_with_break(text[:at]) else sep
    return text[:at] + before + gap + lines + text[at:]


def _moved_in_flow(text: str, spot: Spot, index: int, to_index: int) -> str:
    """The items change places; commas, line breaks and comments between them stay."""
    order = [number for number in range(len(spot.entries)) if number != index]
    order.insert(to_index, index)
    parts, cursor = [], 0
    for slot, number in zip(spot.entries, order, strict=True):
        parts += [text[cursor : slot.mark], text[spot.entries[number].mark : spot.entries[number].end]]
        cursor = slot.end
    return "".join(parts) + text[cursor:]
