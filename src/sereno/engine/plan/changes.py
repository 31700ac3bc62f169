"""What differs between two plans, by names and not by places in lists.

    rule 'large-reach' · when · reach: large → very_large
    role 'press' added
    area 'privacy' moved from place 6 to place 2

`say_change` (`change_words.py`) says one in the reader's language; `unified` (`lines.py`) compares the texts.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, Literal

from sereno.engine.plan.change import NAMED_BY, Change
from sereno.engine.plan.change_words import say_change
from sereno.engine.plan.lines import Hunk, Line, unified
from sereno.engine.plan.model import Plan

__all__ = ["Change", "Hunk", "Line", "changes", "say_change", "unified"]

_NARROWED_BY: Mapping[str, str] = {"accepted": "at", "statutory": "types"}
"""Where one name may stand for several entries: what tells them apart."""


def changes(before: Plan, after: Plan) -> tuple[Change, ...]:
    """Every difference, in the order of the plan's parts; nothing where both say the same."""
    old, new = before.model_dump(mode="json"), after.model_dump(mode="json")
    return tuple(change for part in Plan.model_fields for change in _part(part, old[part], new[part]))


def _part(part: str, old: Any, new: Any) -> Iterator[Change]:
    if old == new:
        return
    if part not in NAMED_BY:
        yield from _inside(Change(part, "changed"), old, new)
        return
    old_entries, new_entries = _by_name(part, old), _by_name(part, new)
    for name in dict.fromkeys([*old_entries, *new_entries]):
        was, now = old_entries.get(name), new_entries.get(name)
        here = Change(part, "changed", name, _title(was if now is None else now))
        yield from _inside(here, was, now)
    yield from _moves(part, old_entries, new_entries)


def _title(entry: Any) -> Mapping[str, str]:
    """What the entry is called in the plan, per language; nothing where it bears no title."""
    title = entry.get("title")
    return title if isinstance(title, dict) else {}


def _inside(here: Change, old: Any, new: Any) -> Iterator[Change]:
    """`here` is a change of this very place, with its kind and values still to be filled in."""
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys([*old, *new]):
            yield from _inside(_deeper(here, key), old.get(key), new.get(key))
    elif _has_entries(here, old, new):
        was, now = _by_name(here.where[-1], old), _by_name(here.where[-1], new)
        for name in dict.fromkeys([*was, *now]):
            yield from _inside(_deeper(here, name), was.get(name), now.get(name))
        if list(was) != list(now) and set(was) == set(now):
            yield _filled(here, list(was), list(now))
    elif _is_list_of_parts(old) and _is_list_of_parts(new):
        yield from _in_order(here, old, new)
    else:
        yield _filled(here, old, new)


def _deeper(here: Change, key: str) -> Change:
    return Change(here.part, here.kind, here.name, here.title, (*here.where, key))


def _filled(here: Change, old: Any, new: Any) -> Change:
    kind: Literal["added", "removed", "changed"] = "changed"
    if _is_nothing(old):
        kind = "added"
    elif _is_nothing(new):
        kind = "removed"
    return Change(here.part, kind, here.name, here.title, here.where, _kept(old), _kept(new))


def _is_nothing(value: Any) -> bool:
    return value is None or value == [] or value == {}


def _kept(value: Any) -> Any:
    """Without what was never given: an added rule is not told with thirty conditions that it does not have."""
    if isinstance(value, dict):
        return {key: _kept(inner) for key, inner in value.items() if not _is_nothing(inner)}
    return [_kept(inner) for inner in value] if isinstance(value, list) else value


def _has_entries(here: Change, old: Any, new: Any) -> bool:
    if not here.where or here.where[-1] not in NAMED_BY or not isinstance(old, list) or not isinstance(new, list):
        return False
    both = [*old, *new]
    return here.where[-1] in ("terms", "never") or (bool(both) and all(isinstance(each, dict) for each in both))


def _by_name(part: str, entries: Sequence[Any]) -> dict[str, Any]:
    """The entries by their names; a name that stands twice is numbered."""
    key, named = NAMED_BY[part], {}
    for entry in entries:
        name = str(entry.get(key, entry.get("to", ""))) if isinstance(entry, dict) else str(entry)
        narrower = entry.get(_NARROWED_BY.get(part, "")) if isinstance(entry, dict) else None
        if narrower:
            name += f" ({', '.join(narrower) if isinstance(narrower, list) else narrower})"
        count = 2
        plain = name
        while name in named:
            name, count = f"{plain} ({count})", count + 1
        named[name] = entry
    return named


def _is_list_of_parts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _in_order(here: Change, old: list[Any], new: list[Any]) -> Iterator[Change]:
    """Entries without names, such as the steps of a guide: what stands before and after tells which is which."""
    old_marks, new_marks = ([json.dumps(each, sort_keys=True) for each in entries] for entries in (old, new))
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old_marks, new_marks, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        for number in range(max(i2 - i1, j2 - j1)):
            was = old[i1 + number] if i1 + number < i2 else None
            now = new[j1 + number] if j1 + number < j2 else None
            place = (j1 if now is not None else i1) + number + 1
            yield from _inside(_deeper(here, str(place)), was, now)


def _moves(part: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """The fewest entries that must have moved for the others to keep their order."""
    stayed = [name for name in old if name in new]
    order = {name: number for number, name in enumerate(name for name in new if name in old)}
    unmoved = _longest_rising([order[name] for name in stayed])
    places_before = {name: number for number, name in enumerate(old, 1)}
    places_after = {name: number for number, name in enumerate(new, 1)}
    for name in sorted((name for name in stayed if order[name] not in unmoved), key=places_after.__getitem__):
        yield Change(part, "moved", name, _title(new[name]), (), places_before[name], places_after[name])


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """The members of a longest rising row of distinct numbers."""
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        place = bisect_left(ends, number)
        before[number] = ends[place - 1] if place else None
        ends[place : place + 1] = [number]
    row, last = set(), ends[-1] if ends else None
    while last is not None:
        row.add(last)
        last = before[last]
    return row
