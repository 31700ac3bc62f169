"""One splice of a plan's text each: what `edit.py` makes its edits of, and proves afterwards.

The text has been read before, so that it is known to be YAML, and the place to be there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sereno.engine.plan.nodes import Path
from sereno.engine.plan.refused import EditRefused
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
from sereno.engine.plan.written import WIDEST, block, entry, fits_a_line, inline, item, key, scalar

Value = str | int | float | bool | list[Any] | dict[str, Any] | None


def _spot(text: str, path: Path) -> tuple[Spot, list[tuple[Spot, Entry]]]:
    """The root, and each step down: the collection and the entry taken. Refuses aliases on the way."""
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


def replaced(text: str, path: Path, value: Value) -> str:
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


def with_key(text: str, path: Path, name: str, value: Value) -> str:
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


def with_item(text: str, path: Path, index: int, value: Value) -> str:
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


def without_entry(text: str, path: Path) -> str:
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


def moved(text: str, path: Path, to_index: int) -> str:
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
