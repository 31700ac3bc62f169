"""The plan's text as plain values that remember their lines.

Every scalar stays the text that was written: `version: 2026.10` is not the number 2026.1, and the term `no` is not
false. What a text means is the model's business. Only an empty value (or `~`) is None.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from sereno.engine.plan.compose import DEEPEST as DEEPEST
from sereno.engine.plan.compose import LONGEST_TEXT as LONGEST_TEXT
from sereno.engine.plan.compose import MOST_VALUES as MOST_VALUES
from sereno.engine.plan.compose import NULL, compose, line_of
from sereno.engine.plan.compose import Fault as Fault
from sereno.engine.plan.compose import Unreadable as Unreadable
from sereno.engine.plan.fault_words import Value

Path = tuple[str | int, ...]
_Child = tuple[Node | None, Node]
MOST_FAULTS = 1_000
"""More are counted, not told one by one."""
_PLAIN_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}" for name in ("null", "str", "int", "float", "bool", "timestamp", "seq", "map")
)


@dataclass(frozen=True, slots=True)
class Document:
    """Plain values, and where each of them stands."""

    values: Any
    root: Node
    _keys: dict[int, dict[str, _Child]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def line(self, path: Path, *, of_key: bool = False) -> int:
        """The line (from 1) of the value at `path`, or of its key; of the nearest place known, where there is none."""
        node, line = self.root, line_of(self.root)
        for number, name in enumerate(path):
            step = _child(node, name, self._keys)
            if step is None:
                # pydantic names union members inside the path; a missing key has no place of its own
                continue
            key, node = step
            is_last = number == len(path) - 1
            line = line_of(key) if key is not None and (of_key and is_last) else line_of(node)
            if key is not None and not isinstance(node, ScalarNode):
                line = line_of(key)
        return line


def read_nodes(text: str) -> Document:
    """Raises `Unreadable` with every fault found."""
    if len(text) > LONGEST_TEXT:
        raise Unreadable([Fault(1, "yaml-too-long", {"count": len(text), "most": LONGEST_TEXT})])
    root = compose(text)
    if root is None:
        raise Unreadable([Fault(1, "yaml-empty")])
    reading = _Reading()
    values = reading.plain(root, 0)
    if reading.faults:
        raise Unreadable([*reading.faults[:MOST_FAULTS], *_left_out(reading.faults)])
    return Document(values, root)


def _left_out(faults: list[Fault]) -> list[Fault]:
    left = faults[MOST_FAULTS:]
    return [Fault(left[0].line, "faults-left-out", {"count": len(left)})] if left else []


class _Reading:
    """Nodes to plain values, with duplicate keys, foreign tags, depth and size refused."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.values = 0

    def plain(self, node: Node, depth: int) -> Any:
        self.values += 1
        if self._too_much(node, depth):
            return None
        if str(node.tag) not in _PLAIN_TAGS:
            self.faults.append(Fault(line_of(node), "yaml-tag", {"tag": str(node.tag)}))
            return None
        if isinstance(node, MappingNode):
            return self._mapping(node, depth)
        if isinstance(node, SequenceNode):
            return [self.plain(item, depth + 1) for item in node.value]
        return None if node.tag == NULL else str(node.value)

    def _too_much(self, node: Node, depth: int) -> bool:
        if self.values > MOST_VALUES:
            if self.values == MOST_VALUES + 1:
                self.faults.append(Fault(line_of(node), "yaml-too-many", {"most": MOST_VALUES}))
            return True
        if depth > DEEPEST:
            if not any(fault.code == "yaml-too-deep" for fault in self.faults):
                self.faults.append(Fault(line_of(node), "yaml-too-deep", {"most": DEEPEST}))
            return True
        return False

    def _mapping(self, node: MappingNode, depth: int) -> dict[str, Any]:
        lines: dict[str, int] = {}
        values: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                self.faults.append(Fault(line_of(key), "yaml-key-no-word"))
                continue
            name = str(key.value)
            if name in lines:
                twice: dict[str, Value] = {"key": name, "line": str(lines[name])}
                self.faults.append(Fault(line_of(key), "yaml-key-twice", twice))
                continue
            lines[name] = line_of(key)
            values[name] = self.plain(value, depth + 1)
            if self.values > MOST_VALUES:
                break
        return values


def _child(node: Node, name: str | int, keys: dict[int, dict[str, _Child]]) -> _Child | None:
    """`keys`: of each mapping that was looked into, by its identity; a mapping may have thousands."""
    if isinstance(node, MappingNode):
        if id(node) not in keys:
            keys[id(node)] = {str(key.value): (key, value) for key, value in reversed(node.value)}
        return keys[id(node)].get(str(name))
    if isinstance(node, SequenceNode) and isinstance(name, int) and name < len(node.value):
        return None, node.value[name]
    return None


def paths(values: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every place of the document with its value, from the outside in."""
    yield path, values
    inside = values.items() if isinstance(values, dict) else enumerate(values) if isinstance(values, list) else ()
    for name, value in inside:
        yield from paths(value, (*path, name))
