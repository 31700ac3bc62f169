"""What differs between two plans, by names and not by places in lists; and between their texts, line by line.

rule 'large-reach' · when · reach: large → very_large
role 'press' added
area 'privacy' moved from place 6 to place 2
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, Literal

from msgspec import Struct, field

from sereno.engine.plan.model import Plan
from sereno.engine.plan.spots import BREAK

NAMED_BY: Mapping[str, str] = {
    "roles": "role",
    "areas": "area",
    "watches": "watch",
    "reach": "level",
    "lights": "rule",
    "guides": "guide",
    "targets": "degree",
    "chain": "step",
    "catalogue": "type",
    "resources": "resource",
    "scenarios": "scenario",
    "drills": "drill",
    "tests": "test",
    "statutory": "country",
    "accepted": "warning",
    "audiences": "audience",
    "networks": "to",
    "numbers": "number",
    "terms": "term",
    "never": "term",
}
"""The list, and the key that names its entries. In the policy, audiences are named by `to` too."""

_NARROWED_BY: Mapping[str, str] = {"accepted": "at", "statutory": "types"}
"""Where one name may stand for several entries: what tells them apart."""

MOST_LINES = 5_000
"""Beyond so many changed lines on both sides, a text is told as replaced: comparing each with each takes too long."""


class Change(Struct, frozen=True):
    """One difference, JSON-able."""

    part: str
    """The key of the plan: `lights`, `brand`, `version`."""
    kind: Literal["added", "removed", "changed", "moved"]
    name: str = ""
    """Of the entry, where the part is a list: `large-reach`."""
    title: Mapping[str, str] = field(default_factory=dict)
    """What the entry is called in the plan, per language."""
    where: tuple[str, ...] = ()
    """Inside the part or entry, keys and names: ("when", "reach"), ("followers", "instagram"), ("steps", "2")."""
    before: Any = None
    """Plain values as the plan's text has them; None: was not there. Of `moved`: the place, from 1."""
    after: Any = None


class Line(Struct, frozen=True):
    """One line of a comparison of texts."""

    kind: Literal["same", "removed", "added"]
    old: int | None
    """Its number (from 1) in the text before; None: it was not there."""
    new: int | None
    text: str


class Hunk(Struct, frozen=True):
    """Lines that differ, with some that do not around them."""

    lines: tuple[Line, ...]


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


def _title(entry: Mapping[str, Any]) -> Mapping[str, str]:
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


def unified(before: str, after: str, context: int = 3) -> tuple[Hunk, ...]:
    """The lines that differ, with `context` lines around them; nothing where the texts have the same lines."""
    old, new = BREAK.split(before), BREAK.split(after)
    if old == new:
        return ()
    hunks = []
    for group in _grouped(_steps(old, new), context):
        lines: list[Line] = []
        for kind, i1, i2, j1, j2 in group:
            if kind == "equal":
                lines += [Line("same", i + 1, j1 + i - i1 + 1, old[i]) for i in range(i1, i2)]
                continue
            lines += [Line("removed", i + 1, None, old[i]) for i in range(i1, i2)]
            lines += [Line("added", None, j + 1, new[j]) for j in range(j1, j2)]
        hunks.append(Hunk(tuple(lines)))
    return tuple(hunks)


_Step = tuple[str, int, int, int, int]


def _steps(old: list[str], new: list[str]) -> list[_Step]:
    shorter = min(len(old), len(new))
    first = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    last = next((i for i in range(shorter - first) if old[-1 - i] != new[-1 - i]), shorter - first)
    middle = old[first : len(old) - last], new[first : len(new) - last]
    steps: list[_Step] = [("equal", 0, first, 0, first)]
    if min(map(len, middle)) > MOST_LINES:
        steps.append(("replace", first, len(old) - last, first, len(new) - last))
    else:
        found = SequenceMatcher(None, *middle, autojunk=False).get_opcodes()
        steps += [(kind, i1 + first, i2 + first, j1 + first, j2 + first) for kind, i1, i2, j1, j2 in found]
    steps.append(("equal", len(old) - last, len(old), len(new) - last, len(new)))
    return [step for step in steps if step[1] < step[2] or step[3] < step[4]]


def _grouped(steps: list[_Step], context: int) -> Iterator[list[_Step]]:
    """Cut where more lines are the same than are shown."""
    group: list[_Step] = []
    for number, (kind, i1, i2, j1, j2) in enumerate(steps):
        if kind != "equal":
            group.append((kind, i1, i2, j1, j2))
            continue
        is_first, is_last = number == 0, number == len(steps) - 1
        if (group and i2 - i1 > 2 * context) or is_last:
            if group:
                stop = min(context, i2 - i1)
                yield [*group, ("equal", i1, i1 + stop, j1, j1 + stop)]
            group = []
        if not is_last and (is_first or not group):
            start = min(context, i2 - i1)
            group = [("equal", i2 - start, i2, j2 - start, j2)]
        elif not is_last:
            group.append((kind, i1, i2, j1, j2))
    if any(step[0] != "equal" for step in group):
        yield group
