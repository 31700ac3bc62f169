"""A text's YAML, as events and nodes that know their marks: the one place that calls a YAML parser.

libyaml reads (through PyYAML; its parser in Python where the C library is missing), so that a plan of thousands of
lines is read while somebody types. It is asked for events only, and for no more of them than a plan may have: nothing
here calls itself, however deep the text is nested, and a text made to be slow is left early.

Values are not resolved as YAML 1.1 would: `yes`, `on`, `<<`, `=` and dates are words. Lines are what editors count,
ended by LF, CR LF or CR: NEL, LS and PS, line breaks to YAML 1.1, are signs like any other, as in YAML 1.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.error import Mark, MarkedYAMLError, YAMLError
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    StreamEndEvent,
)
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from sereno.engine.plan.fault_words import Value, say

LONGEST_TEXT = 1_000_000
"""Characters. The starter plan, with every text in three languages, is about a quarter of it."""
MOST_VALUES = 50_000
"""Values once aliases are written out: ten lines of aliases of aliases could otherwise stand for billions."""
DEEPEST = 30
BREAK = re.compile("\r\n|[\n\r]")
"""A line break, as editors count lines."""
NULL = "tag:yaml.org,2002:null"

_STRING, _LIST, _MAPPING = (f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map"))
_NOTHING = frozenset(("", "~", "null", "Null", "NULL"))
_MOST_OPEN = 100
"""Nested so deep, a text is left at once; up to here it is read on, so that all its faults are told together."""
_MOST_DIRECTIVES = 100
"""libyaml compares each `%TAG` with all before it."""
_DIRECTIVE = re.compile("(?:^|[\n\r])%")
_NO_BREAKS_TO_US = "\x85\u2028\u2029"
_NO_TEXT = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong at a line (from 1); the sentence is made from the code (`fault_words.py`)."""

    line: int
    code: str
    values: Mapping[str, Value] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The sentence in English."""
        return say(self.code, self.values)


class Unreadable(ValueError):
    """The text is no YAML that a plan can be written in."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(fault.message for fault in faults))
        self.faults = faults


def line_of(place: Node | Event) -> int:
    """The line (from 1) on which it begins."""
    return _line(place.start_mark)


def compose(text: str) -> Node | None:
    """The root of the text's one document; None where there is none. An alias is the very node that it stands for.

    Raises `Unreadable`: what is no YAML, a second document, an alias of nothing, what is nested beyond all measure or
    holds more than `MOST_VALUES`.
    """
    composing = _Composing()
    for event in events(text):
        composing.take(event)
    return composing.root


def events(text: str) -> Iterator[Any]:
    """libyaml's events. Indices of marks count the text's characters, from behind a byte order mark.

    Raises `Unreadable` where the text is no YAML.
    """
    text = text.removeprefix("\ufeff")
    _refuse_what_is_no_text(text)
    there, back = _stand_ins(text)
    line, last = 1, len(BREAK.findall(text))
    loader = _LOADER(text.translate(there) if there else text)
    try:
        event: Any = None
        while not isinstance(event, StreamEndEvent):
            event = loader.get_event()
            if event.end_mark.line > last:
                _keep_inside(event, text, last)
            line = _line(event.end_mark)
            if back:
                _put_back(event, back)
            yield event
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = " ".join(part for part in (error.context, error.problem) if part)
        line = min(_line(mark), last + 1) if mark else line
        raise Unreadable([Fault(line, "yaml-broken", {"said": said})]) from error
    except (YAMLError, ValueError, IndexError, OverflowError) as error:
        # what has no mark: an escape in a tag that is no UTF-8, or where the parser in Python stumbles
        raise _unreadable(line, str(error).strip() or type(error).__name__) from error
    finally:
        loader.dispose()


def _keep_inside(event: Any, text: str, last: int) -> None:
    """libyaml begins a line of its own behind a last one that no line break ends."""
    end = Mark("", len(text), last, len(BREAK.split(text)[-1]), None, 0)
    event.end_mark = end
    if event.start_mark.line > last:
        event.start_mark = end


def _line(mark: Any) -> int:
    return int(mark.line) + 1


def _unreadable(line: int, said: str) -> Unreadable:
    return Unreadable([Fault(line, "yaml-unreadable", {"said": said.splitlines()[0]})])


def _refuse_what_is_no_text(text: str) -> None:
    if found := _NO_TEXT.search(text):
        line = len(BREAK.findall(text, 0, found.start())) + 1
        code = f"{ord(found.group()):04x}"
        raise _unreadable(line, f"unacceptable character #x{code}: special characters are not allowed")
    if len(_DIRECTIVE.findall(text)) > _MOST_DIRECTIVES:
        raise _unreadable(1, f"more than {_MOST_DIRECTIVES} lines begin with %")


def _stand_ins(text: str) -> tuple[dict[int, int], dict[int, int]]:
    """For each sign that libyaml would take for a line break, one for private use that the text does not hold; and
    the way back."""
    met = [ord(sign) for sign in _NO_BREAKS_TO_US if sign in text]
    if not met:
        return {}, {}
    used = set(text)
    # a text is shorter than all of these together are many, by some thousands
    free = (code for first in (0xF0000, 0x100000) for code in range(first, first + 0xFFFE) if chr(code) not in used)
    there = dict(zip(met, free, strict=False))
    return there, {code: sign for sign, code in there.items()}


def _put_back(event: Any, back: dict[int, int]) -> None:
    for name in ("value", "anchor", "tag"):
        written = getattr(event, name, None)
        if written is not None:
            setattr(event, name, written.translate(back))


class _Composing:
    """Events to nodes."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.open: list[CollectionNode] = []
        """The collections that have begun and not ended, from the outside in; keys and values one after the other."""
        self.anchors: dict[str, Node] = {}
        self.values = 0

    def take(self, event: Event) -> None:
        if isinstance(event, ScalarEvent):
            self._put(_scalar(event), event)
        elif isinstance(event, CollectionStartEvent):
            self._begin(event)
        elif isinstance(event, CollectionEndEvent):
            self._end(event)
        elif isinstance(event, AliasEvent):
            if event.anchor not in self.anchors:
                raise _broken(event, f"found undefined alias '{event.anchor}'")
            self._add(self.anchors[event.anchor], event)
        elif isinstance(event, DocumentStartEvent) and self.root is not None:
            raise _broken(event, "expected a single document in the stream but found another document")

    def _begin(self, event: Any) -> None:
        made, plain = (MappingNode, _MAPPING) if isinstance(event, MappingStartEvent) else (SequenceNode, _LIST)
        tag = plain if event.tag in (None, "!") else event.tag
        node = made(tag, [], event.start_mark, None, event.flow_style)
        self._put(node, event)
        self.open.append(node)
        if len(self.open) > _MOST_OPEN:
            raise Unreadable([Fault(line_of(self.open[DEEPEST + 1]), "yaml-too-deep", {"most": DEEPEST})])

    def _end(self, event: CollectionEndEvent) -> None:
        node = self.open.pop()
        node.end_mark = event.end_mark
        if isinstance(node, MappingNode):
            node.value = list(zip(node.value[::2], node.value[1::2], strict=True))

    def _put(self, node: Node, event: NodeEvent) -> None:
        # an anchor that is written again means the later place from there on
        if event.anchor is not None:
            self.anchors[event.anchor] = node
        self._add(node, event)

    def _add(self, node: Node, event: Event) -> None:
        if not self.open:
            self.root = node
            return
        holder = self.open[-1]
        is_key = isinstance(holder, MappingNode) and len(holder.value) % 2 == 0
        holder.value.append(node)
        self.values += not is_key
        # the root is a value too
        if self.values >= MOST_VALUES:
            raise Unreadable([Fault(line_of(event), "yaml-too-many", {"most": MOST_VALUES})])


def _scalar(event: Any) -> ScalarNode:
    tag = event.tag
    if tag is None or tag == "!":
        tag = NULL if (event.implicit[0] or tag == "!") and event.value in _NOTHING else _STRING
    return ScalarNode(tag, event.value, event.start_mark, event.end_mark, event.style)


def _broken(event: Event, said: str) -> Unreadable:
    return Unreadable([Fault(line_of(event), "yaml-broken", {"said": said})])
