"""libyaml reads what ruamel.yaml read before it, at the same places; and no text is too much for it."""

from __future__ import annotations

import time
import warnings
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from sereno.engine.plan import compose as composing
from sereno.engine.plan.compose import BREAK, DEEPEST, Unreadable, compose
from sereno.engine.plan.load import find_plan, shipped_plans
from sereno.engine.plan.nodes import read_nodes
from tests.engine.plan.documents import documents
from tests.engine.plan.small import SMALL

TEXTS = {name: find_plan(name).read_text(encoding="utf-8") for name in sorted(shipped_plans())}
LOADERS = [getattr(yaml, "CSafeLoader", yaml.SafeLoader), yaml.SafeLoader]
NULL = "tag:yaml.org,2002:null"


@pytest.fixture(params=LOADERS, ids=["libyaml", "python"])
def _either_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composing, "_LOADER", request.param)


either_parser = pytest.mark.usefixtures("_either_parser")


def by_ruamel(text: str) -> Any:
    """The root as ruamel.yaml composes it, or its error."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an anchor that is written twice
        try:
            return YAML(typ="safe", pure=True).compose(text.removeprefix("\ufeff"))
        except Exception as error:  # noqa: BLE001 — it leaves by many doors
            return error


def by_us(text: str) -> Any:
    try:
        return compose(text)
    except Unreadable as error:
        return error


def told(node: Any, seen: tuple[int, ...] = ()) -> Any:
    """A node, ours or ruamel's, with all that is read from it: kind, tag, words, and the places where it begins and
    ends. Where nothing is written, there is no place: libyaml puts it behind the colon, ruamel behind the comment."""
    if node is None or id(node) in seen:
        return None
    seen = (*seen, id(node))
    start, end = node.start_mark, node.end_mark
    begins = (start.index, start.line)
    kind = type(node).__name__
    if kind == "MappingNode":
        inside = [(told(key, seen), told(value, seen)) for key, value in node.value]
        return kind, str(node.tag), begins, end.line, inside
    if kind == "SequenceNode":
        return kind, str(node.tag), begins, end.line, [told(item, seen) for item in node.value]
    tag = "null" if str(node.tag) == NULL else "text"
    place = (begins, (end.index, end.line)) if node.value or node.style else None
    return kind, tag, place, str(node.value), node.style or None


def has_empty_key(root: Any) -> bool:
    found = told(root)
    waiting = [found]
    while waiting:
        here = waiting.pop()
        if here is None or here[0] == "ScalarNode":
            continue
        for inside in here[-1]:
            if here[0] == "MappingNode":
                if inside[0] is not None and inside[0][:2] == ("ScalarNode", "null"):
                    return True
                waiting += inside
            else:
                waiting.append(inside)
    return False


# -- the same as before ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_a_shipped_plan_is_read_as_ruamel_reads_it(name: str) -> None:
    assert told(compose(TEXTS[name])) == told(by_ruamel(TEXTS[name]))


@settings(max_examples=150, deadline=None)
@given(documents())
def test_a_made_up_document_is_read_as_ruamel_reads_it(text: str) -> None:
    assert told(compose(text)) == told(by_ruamel(text))


SIGNS = ":-[]{}&*!|>'\"#%@`,? \n\t~=<.ab0\r\\/"
LINES = [line for text in TEXTS.values() for line in text.splitlines()]


@st.composite
def mutilated(draw: st.DrawFn) -> str:
    start = draw(st.integers(0, len(LINES) - 1))
    text = draw(st.sampled_from([SMALL, "\n".join(LINES[start : start + 12])]))
    for _ in range(draw(st.integers(1, 2))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.text(SIGNS, max_size=3)) + text[at + draw(st.integers(0, 3)) :]
    return text


@settings(max_examples=150, deadline=None)
@given(mutilated())
def test_a_mutilated_plan_is_read_as_ruamel_reads_it_where_both_read_it(text: str) -> None:
    """The two part where one refuses. libyaml refuses, ruamel reads: anchors with other signs than letters, digits, -
    and _ (`&ó`); half a pair in an escape (`"\\ud83d"`); `{a b:}`. ruamel refuses, libyaml reads: a tab behind a
    value; a `/` or `%` behind a colon or tab in brackets; `>#` as a block text; NEL, LS and PS in a block text; `<<`
    and `=` as values, which are words now.
    They read two things into a key that is not there, in braces: that is no plan to either, and left out here."""
    ours, before = by_us(text), by_ruamel(text)
    assume(isinstance(ours, Exception) or not has_empty_key(ours))
    if not isinstance(ours, Exception) and not isinstance(before, Exception):
        assert told(ours) == told(before)


# -- both parsers, lines, words -------------------------------------------------------------------------------------


@either_parser
def test_words_of_older_yaml_are_words() -> None:
    text = "a: [yes, no, on, off, y, =, <<, 2026-01-02, 0x1F, 1_000, 012, 1:30, .inf]\n<<: x\n=: y\n"
    values = read_nodes(text).values
    assert values["a"] == text.partition("[")[2].partition("]")[0].split(", ")
    assert (values["<<"], values["="]) == ("x", "y")
    assert read_nodes("[~, null, Null, NULL, '', '~', nULL, !!null x, !!str ~]\n").values == [
        *[None] * 4, "", "~", "nULL", None, "~",
    ]  # fmt: skip
    assert read_nodes("- !\n- ! ~\n- ! a").values == [None, None, "a"]
    assert read_nodes("a:\nb: &x {c: }\nd: *x\n").values == {"a": None, "b": {"c": None}, "d": {"c": None}}


@either_parser
def test_an_anchor_written_again_means_the_later_place() -> None:
    assert read_nodes("[&a 1, *a, &a 2, *a]").values == ["1", "1", "2", "2"]


@either_parser
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_lines_are_those_that_editors_count(end: str, mark: str) -> None:
    lines = ["a: 'x\x85y'", "# \u2028 a: z", "b: 😀 \u2028 ok", "c: [\u2029, '\ufeff']", "d: 😀"]
    document = read_nodes(mark + end.join(lines))
    assert [document.line((name,)) for name in "abcd"] == [1, 3, 4, 5]
    assert document.values == {"a": "x\x85y", "b": "😀 \u2028 ok", "c": ["\u2029", "\ufeff"], "d": "😀"}


@either_parser
@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("a: 1\nb: 'x\ny\n", 4, "yaml-broken"),
        ("roles: [", 1, "yaml-broken"),
        ("a: 1\r\nb: [1, 2\r\nc: d", 3, "yaml-broken"),
        ("a: 1\n---\nb: 2\n", 2, "yaml-broken"),
        ("a: 1\n\tb: 2\n", 2, "yaml-broken"),
        ("a: 1\nb: *c\n", 2, "yaml-broken"),
        ("a: 1\rb: \x00\n", 2, "yaml-unreadable"),
        ("a: 😀\nb: \ud83d\n", 2, "yaml-unreadable"),
        ("%TAG !a! b\n" * 101 + "--- a", 1, "yaml-unreadable"),
        ("# nothing\n", 1, "yaml-empty"),
        ("a: 1\nb: !!python/name:os x", 2, "yaml-tag"),
    ],
)
def test_a_fault_is_told_at_its_line(text: str, line: int, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_nodes(text)
    assert [(fault.line, fault.code) for fault in caught.value.faults] == [(line, code)]
    assert line <= len(BREAK.findall(text)) + 1


@either_parser
def test_a_place_behind_the_last_line_is_on_the_last_line() -> None:
    assert read_nodes("a: 1\n? b").line(("b",)) <= 2


def test_an_escape_in_a_tag_that_is_no_text_is_a_fault() -> None:
    with pytest.raises(Unreadable):
        read_nodes("a: !%ED%A0%80 x")


@either_parser
@pytest.mark.parametrize("opened", ["[", "{b: ", "- ", "? ", "{? ", "[[\n"])
def test_a_hundred_thousand_levels_are_a_fault_at_once(opened: str) -> None:
    began = time.process_time()
    with pytest.raises(Unreadable) as caught:
        read_nodes(opened * 100_000)
    assert caught.value.faults[0].code in ("yaml-too-deep", "yaml-broken")
    assert time.process_time() - began < 2


def test_what_is_nested_as_deep_as_allowed_is_read_and_one_more_is_told_with_the_other_faults() -> None:
    assert read_nodes("[" * DEEPEST + "a" + "]" * DEEPEST).values
    with pytest.raises(Unreadable) as caught:
        read_nodes("- " + "[" * (DEEPEST + 5) + "]" * (DEEPEST + 5) + "\n- !x y\n")
    assert [fault.code for fault in caught.value.faults] == ["yaml-too-deep", "yaml-tag"]


def test_too_many_values_are_left_early() -> None:
    with pytest.raises(Unreadable) as caught:
        read_nodes("- a\n" * 200_000)
    assert [(fault.line, fault.code) for fault in caught.value.faults] == [(50_000, "yaml-too-many")]
