"""Where each value stands in a plan's text, to the character.

`nodes.py` knows lines, which is enough for errors. Edits need the very span of a value, the dash or key before it, and
the comments that belong to it; block collections end with the last thing in them, not with the blank lines and comments
that follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from yaml.events import AliasEvent, CollectionEndEvent, MappingStartEvent, ScalarEvent, SequenceStartEvent

from sereno.engine.plan.compose import BREAK as BREAK
from sereno.engine.plan.compose import Unreadable, events
from sereno.engine.plan.nodes import Path
from sereno.engine.plan.refused import EditRefused

HEADING = re.compile(r"^ *#+ *[-=]{2,}", re.MULTILINE)
"""A comment that opens a section: `# -- amber ------`. It belongs to the section, not to the item that comes next."""


@dataclass(slots=True)
class Spot:
    """A value in the text: `text[start:end]`, without comments or blank lines after it."""

    kind: Literal["scalar", "mapping", "list", "alias"]
    start: int
    end: int
    in_flow: bool = False
    """Written in brackets or braces, or within such."""
    style: str | None = None
    """Of a scalar: its quote, `|`, `>`, or None where it is plain."""
    value: str = ""
    anchor: str | None = None
    entries: list[Entry] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Nothing stands there at all: `key:`."""
        return self.start == self.end

    def walk(self) -> Iterator[Spot]:
        yield self
        for entry in self.entries:
            if entry.key is not None:
                yield from entry.key.walk()
            yield from entry.value.walk()


@dataclass(slots=True)
class Entry:
    """A key with its value, or an item of a list."""

    mark: int
    """Where it begins: at the key, at the dash, or at the item itself where it has no dash."""
    after: int
    """Just behind the colon or the dash; `mark` where there is neither."""
    key: Spot | None
    value: Spot

    @property
    def end(self) -> int:
        return max(self.value.end, self.after)


def read_spots(text: str) -> Spot:
    """The whole text, which `read_nodes` has read before: neither its depth nor its form is checked again. Raises
    EditRefused where it is no YAML after all, as a part taken out of a text may not be."""
    try:
        nodes = [event for event in events(text) if _is_node(event)]
    except Unreadable as error:
        raise EditRefused.unreadable(error.faults[0]) from error
    root, _next = _build(nodes, 0, False)
    _settle(text, root)
    return root


def _is_node(event: Any) -> bool:
    return isinstance(event, AliasEvent | ScalarEvent | MappingStartEvent | SequenceStartEvent | CollectionEndEvent)


def _build(events: list[Any], at: int, in_flow: bool) -> tuple[Spot, int]:
    event = events[at]
    start, end, at = event.start_mark.index, event.end_mark.index, at + 1
    if isinstance(event, AliasEvent):
        return Spot("alias", start, end, in_flow, anchor=str(event.anchor)), at
    anchor = str(event.anchor) if event.anchor else None
    if isinstance(event, ScalarEvent):
        return Spot("scalar", start, end, in_flow, event.style or None, str(event.value), anchor), at
    is_mapping = isinstance(event, MappingStartEvent)
    flow = in_flow or bool(event.flow_style)
    spot = Spot("mapping" if is_mapping else "list", start, end, flow, anchor=anchor)
    while not isinstance(events[at], CollectionEndEvent):
        key = None
        if is_mapping:
            key, at = _build(events, at, flow)
        value, at = _build(events, at, flow)
        spot.entries.append(Entry(key.start if key else value.start, key.end if key else value.start, key, value))
    spot.end = events[at].end_mark.index
    return spot, at + 1


def _settle(text: str, spot: Spot) -> None:
    """Puts marks and ends where the eye sees them."""
    if spot.kind == "scalar" and spot.style in ("|", ">"):
        spot.end = _end_of_block_scalar(text, spot)
    cursor = spot.start
    for entry in spot.entries:
        if entry.key is not None:
            entry.mark = entry.key.start
            colon = next(find(text, ":", entry.key.end, len(text)), None) if not _has_no_colon(entry) else None
            entry.after = entry.key.end if colon is None else colon + 1
        elif not spot.in_flow:
            dash = next(find(text, "-", cursor, len(text)), entry.value.start)
            entry.mark, entry.after = dash, dash + 1
        if entry.value.kind == "scalar" and entry.value.is_empty and not (entry.key is None and spot.in_flow):
            entry.value.start = entry.value.end = entry.after
        _settle(text, entry.value)
        cursor = entry.end
    if spot.entries and not spot.in_flow:
        spot.end = spot.entries[-1].end


def _has_no_colon(entry: Entry) -> bool:
    """`{a, b}`: a key alone."""
    return entry.key is not None and entry.value.is_empty and entry.value.start == entry.key.end


def _end_of_block_scalar(text: str, spot: Spot) -> int:
    head = BREAK.split(text[spot.start : spot.end], maxsplit=1)[0]
    if "+" in head.split("#")[0]:
        # `|+` keeps the blank lines after it; only the last line break is not its own
        stop = spot.end
        return stop - len(_last_break(text[spot.start : stop]))
    return spot.start + len(text[spot.start : spot.end].rstrip())


def _last_break(text: str) -> str:
    found = re.search(f"(?:{BREAK.pattern})\\Z", text)
    return found.group() if found else ""


def find(text: str, sign: str, start: int, stop: int) -> Iterator[int]:
    """Where `sign` stands between `start` and `stop`, comments left out."""
    at = start
    while at < stop:
        if text[at] == "#":
            found = BREAK.search(text, at, stop)
            at = found.end() if found else stop
            continue
        if text[at] == sign:
            yield at
        at += 1


def entry_at(spot: Spot, name: str | int) -> Entry | None:
    if spot.kind == "mapping":
        return next((entry for entry in spot.entries if entry.key is not None and entry.key.value == str(name)), None)
    if spot.kind == "list" and isinstance(name, int) and 0 <= name < len(spot.entries):
        return spot.entries[name]
    return None


def line_start(text: str, at: int) -> int:
    last = 0
    # only what stands on the same line is looked at: texts are long and lines are short
    for found in BREAK.finditer(text, _some_line_before(text, at), at):
        last = found.end()
    return last or _some_line_before(text, at)


def _some_line_before(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def line_end(text: str, at: int) -> int:
    """Where the line ends, before its line break."""
    found = BREAK.search(text, at)
    return found.start() if found else len(text)


def next_line(text: str, at: int) -> int:
    found = BREAK.search(text, at)
    return found.end() if found else len(text)


def column(text: str, at: int) -> int:
    return at - line_start(text, at)


def stands_first(text: str, at: int) -> bool:
    """Whether nothing but spaces stands before it on its line."""
    return not text[line_start(text, at) : at].strip(" \t")


def stands_on_line(text: str, first: int, second: int) -> bool:
    """Whether both places are on one line."""
    return BREAK.search(text, first, second) is None


def own_start(text: str, entry: Entry, floor: int) -> int:
    """Where the entry's own lines begin: with the comments directly above it, at its own depth; a heading is not its
    own. `floor`: where the thing before it ends."""
    start = line_start(text, entry.mark)
    if not stands_first(text, entry.mark):
        return entry.mark
    depth = column(text, entry.mark)
    while start > 0:
        above = line_start(text, start - 1 if not text.endswith("\r\n", 0, start) else start - 2)
        line = text[above : line_end(text, above)]
        if above < floor or not line.lstrip(" ").startswith("#") or HEADING.match(line):
            break
        if len(line) - len(line.lstrip(" ")) != depth:
            break
        start = above
    return start


def is_blank_line(text: str, at: int) -> bool:
    """Whether the line that begins at `at` is there and holds nothing."""
    return at < len(text) and not text[at : line_end(text, at)].strip()


def break_of(text: str) -> str:
    """The line break that the text is written with."""
    found = BREAK.search(text)
    return found.group() if found else "\n"


def dash_offset(spot: Spot, text: str) -> int:
    """How far the plan's dashes stand to the right of their keys: 2, unless the first list says otherwise."""
    for each in spot.walk():
        if each.kind != "mapping" or each.in_flow:
            continue
        for entry in each.entries:
            if entry.value.kind == "list" and not entry.value.in_flow and entry.value.entries:
                return max(0, column(text, entry.value.entries[0].mark) - column(text, entry.mark))
    return 2


def told(path: Path) -> str:
    """`lights[3].when.reach`, or `the plan`."""
    words = ""
    for name in path:
        words += f"[{name}]" if isinstance(name, int) else f".{name}" if words else str(name)
    return words or "the plan"
