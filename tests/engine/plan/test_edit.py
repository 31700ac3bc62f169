"""A plan's text, edited in place: the values change as asked, every other character and comment stays."""

# ruff: noqa: E501 — the rows of the tables are lines of a plan

from __future__ import annotations

import copy
import re
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sereno.engine.messages import languages
from sereno.engine.plan.edit import EditRefused, insert, move, remove, set_value, value_at
from sereno.engine.plan.load import find_plan, shipped_plans
from sereno.engine.plan.nodes import Path, Unreadable, paths, read_nodes
from sereno.engine.plan.spots import next_line, own_start, read_spots
from sereno.engine.plan.written import as_read
from tests.engine.plan.documents import NAMES, SCALARS, VALUES, documents
from tests.engine.plan.small import SMALL

SHIPPED = {name: find_plan(name).read_text(encoding="utf-8") for name in sorted(shipped_plans())}
COMMENT = re.compile(r"#c\d+#")

BEES = """\
# top
a: 1  # one
b:   # bees
  - x: 'y'  # why
    z: 2
  # second
  - x: w

  # -- heading
  - {x: q}
# about c
c: [a, b, ]
d: {en: Hello, es: 'Hola, y'}
e:
f: []
# end
"""


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that went and those that came, between what is the same above and below."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    return old[first : len(old) - last], new[first : len(new) - last]


@lru_cache(maxsize=16)
def read(text: str) -> Any:
    return read_nodes(text).values


# -- tables ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "value", "went", "came"),
    [
        (("a",), 15000, "a: 1  # one\n", "a: 15000  # one\n"),
        (("a",), "it's: new", "a: 1  # one\n", "a: 'it''s: new'  # one\n"),
        (("a",), "2", "a: 1  # one\n", "a: 2  # one\n"),
        (("b", 0, "x"), "plain", "  - x: 'y'  # why\n", "  - x: 'plain'  # why\n"),
        (("b", 1, "x"), "2", "  - x: w\n", "  - x: '2'\n"),
        (("b", 0, "z"), ["p", "q, r"], "    z: 2\n", "    z: [p, 'q, r']\n"),
        (("d", "en"), "Hi, you", "d: {en: Hello, es: 'Hola, y'}\n", "d: {en: 'Hi, you', es: 'Hola, y'}\n"),
        (("d", "pl"), "Cześć 😀", "d: {en: Hello, es: 'Hola, y'}\n", "d: {en: Hello, es: 'Hola, y', pl: Cześć 😀}\n"),
        (("c", 1), "two\nlines", "c: [a, b, ]\n", 'c: [a, "two\\nlines", ]\n'),
        (("e",), True, "e:\n", "e: true\n"),
        (("b", 1, "n"), {"k": "v"}, "", "    n: {k: v}\n"),
        (("b",), "no list", "b:   # bees\n  - x: 'y'  # why\n    z: 2\n  # second\n  - x: w\n\n  # -- heading\n  - {x: q}\n", "b: no list   # bees\n"),
        (("f",), [{"a": 1}], "f: []\n", "f:\n  - a: 1\n"),
        (("g", "h"), [{"role": "x", "title": {"en": "T"}}], "", "g:\n  h:\n    - role: x\n      title: {en: T}\n"),
        (("e", "k"), 1, "e:\n", "e: {k: 1}\n"),
    ],
)  # fmt: skip
def test_a_value_is_set_in_its_place(path: Path, value: Any, went: str, came: str) -> None:
    assert tuple("".join(lines) for lines in changed_lines(BEES, set_value(BEES, path, value))) == (went, came)


@pytest.mark.parametrize(
    ("path", "went", "came"),
    [
        (("b", 1), "  # second\n  - x: w\n", ""),
        (("b", 2), "  - {x: q}\n", ""),
        (("b", 0, "x"), "  - x: 'y'  # why\n    z: 2\n", "  - z: 2\n"),
        (("b", 0, "z"), "    z: 2\n", ""),
        (("b", 1, "x"), "  - x: w\n", "  - {}\n"),
        (("c", 0), "c: [a, b, ]\n", "c: [b, ]\n"),
        (("c", 1), "c: [a, b, ]\n", "c: [a, ]\n"),
        (("d", "en"), "d: {en: Hello, es: 'Hola, y'}\n", "d: {es: 'Hola, y'}\n"),
        (("c",), "# about c\nc: [a, b, ]\n", ""),
    ],
)
def test_what_is_removed_takes_its_own_comments_along(path: Path, went: str, came: str) -> None:
    assert tuple("".join(lines) for lines in changed_lines(BEES, remove(BEES, path))) == (went, came)


def test_a_heading_stays_where_it_is_when_the_item_below_it_goes() -> None:
    assert "  # -- heading\n# about c\n" in remove(BEES, ("b", 2))


def test_the_last_item_of_a_list_leaves_an_empty_list() -> None:
    text = "roles:  # who\n  # the only one\n  - role: duty\n    title: {en: Duty}\nend: 1\n"
    assert remove(text, ("roles", 0)) == "roles: []  # who\nend: 1\n"
    assert remove("- a\n", (0,)) == "[]\n"
    assert remove("a: [x, ]\n", ("a", 0)) == "a: []\n"


@pytest.mark.parametrize(
    ("path", "index", "value", "came"),
    [
        (("b",), 0, {"x": 1}, "  - x: 1\n"),
        (("b",), 1, {"x": 1, "t": {"en": "T"}}, "  - x: 1\n    t: {en: T}\n"),
        (("b",), 3, {"x": 1}, "  - {x: 1}\n"),
        (("c",), 2, "zz", "c: [a, b, zz, ]\n"),
        (("c",), 0, "zz", "c: [zz, a, b, ]\n"),
        (("f",), 0, "zz", "f: [zz]\n"),
        (("e",), 0, {"x": 1}, "  - x: 1\n"),
        (("g",), 0, {"x": 1}, "g:\n  - x: 1\n"),
    ],
)
def test_an_item_is_inserted_as_its_neighbours_are_written(path: Path, index: int, value: Any, came: str) -> None:
    assert "".join(changed_lines(BEES, insert(BEES, path, index, value))[1]) == came


def test_an_item_moves_with_its_comments() -> None:
    assert move(BEES, ("b", 1), 0).startswith(
        "# top\na: 1  # one\nb:   # bees\n  # second\n  - x: w\n  - x: 'y'  # why\n    z: 2\n\n  # -- heading\n"
    )
    assert "c: [b, a, ]" in move(BEES, ("c", 1), 0)


def test_items_that_are_set_off_by_blank_lines_stay_so() -> None:
    text = "list:\n  - a: 1\n\n  # two\n  - a: 2\n\n  - a: 3\n\nend: x\n"
    assert insert(text, ("list",), 3, {"a": 4}).endswith("  - a: 3\n\n  - a: 4\n\nend: x\n")
    assert insert(text, ("list",), 0, {"a": 0}).startswith("list:\n  - a: 0\n\n  - a: 1\n\n")
    assert remove(text, ("list", 1)) == "list:\n  - a: 1\n\n  - a: 3\n\nend: x\n"
    assert remove(text, ("list", 2)) == "list:\n  - a: 1\n\n  # two\n  - a: 2\n\nend: x\n"
    assert move(text, ("list", 2), 0) == "list:\n  - a: 3\n\n  - a: 1\n\n  # two\n  - a: 2\n\nend: x\n"


def test_a_whole_entry_set_anew_keeps_what_is_the_same() -> None:
    before = value_at(BEES, ("b", 0))
    after = set_value(BEES, ("b", 0), {**before, "z": 3, "n": ["k"]})
    assert changed_lines(BEES, after) == (["    z: 2\n"], ["    z: 3\n", "    n: [k]\n"])


def test_line_breaks_of_windows_stay_and_a_missing_last_one_stays_missing() -> None:
    assert set_value("a: 1\r\nb: 2", ("c",), 3) == "a: 1\r\nb: 2\r\nc: 3"
    assert insert("a:\r\n  - x\r\n", ("a",), 1, "y") == "a:\r\n  - x\r\n  - y\r\n"
    assert move("- a # 1\n- b", (1,), 0) == "- b\n- a # 1"


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda text: set_value(text, ("copy", "x"), 2), r"'\*q' stands here for what is written at '&q'"),
        (lambda text: set_value(text, ("first", "x"), 2), r"'&q' is used in other places too"),
        (lambda text: remove(text, ("first",)), r"'&q' is used in other places too"),
        (lambda text: remove(text, ("copy",)), r"'\*q' stands here"),
        (lambda text: set_value(text, ("frist",), {1.5: 2}), "cannot be a key"),  # type: ignore[dict-item]
        (lambda text: remove(text, ("frist",)), "there is no frist in the plan; did you mean 'first'"),
        (lambda text: set_value(text, ("list", 7), "x"), r"there is no list\[7\] in the plan; the list has 1 items"),
        (lambda text: insert(text, ("list",), 3, "x"), "list has 1 items; there is no place 3 in it"),
        (lambda text: insert(text, ("first",), 0, "x"), "first is no list"),
        (lambda text: move(text, ("first", "x"), 0), "is no item of a list"),
        (lambda text: remove(text, ()), "the whole plan cannot be removed"),
        (lambda text: set_value(text, ("list", 0), object()), "object has no place in a plan"),  # type: ignore[arg-type]
        (lambda text: set_value(text, ("list", 0), float("nan")), "nan is no number"),
        (lambda text: set_value(text, ("list", 0), "\ud800"), "lone surrogate"),
    ],
)  # fmt: skip
def test_what_cannot_be_edited_is_refused_in_words(act: Any, words: str) -> None:
    with pytest.raises(EditRefused, match=words) as caught:
        act("first: &q {x: 1}\ncopy: *q\nlist: [a]\n")
    assert len({caught.value.in_words(language) for language in languages()}) == len(languages())


# -- properties -----------------------------------------------------------------------------------------------------


def with_value(values: Any, path: Path, new: Any) -> Any:
    if not path:
        return new
    values = copy.deepcopy(values)
    at(values, path[:-1])[path[-1]] = new
    return values


def at(values: Any, path: Path) -> Any:
    for name in path:
        values = values[name]
    return values


def places(values: Any, kind: type | tuple[type, ...] = object) -> list[Path]:
    return [path for path, value in paths(values) if path and isinstance(value, kind)]


def items(values: Any) -> list[Path]:
    """Places in lists."""
    return [path for path, _value in paths(values) if path and isinstance(path[-1], int)]


def chosen(data: st.DataObject, of: list[Path]) -> Path:
    assume(of)
    return data.draw(st.sampled_from(of))


def comments(text: str) -> set[str]:
    return set(COMMENT.findall(text))


SOURCES = st.one_of(documents(), documents(), documents(), st.sampled_from([SMALL, BEES]))


@settings(max_examples=100, deadline=None)
@given(st.data(), SOURCES, VALUES)
def test_a_value_set_anywhere_is_read_back(data: st.DataObject, text: str, value: Any) -> None:
    old = read(text)
    path = chosen(data, places(old))
    new = set_value(text, path, value)
    assert read(new) == with_value(old, path, as_read(value))
    if not isinstance(at(old, path), dict | list):
        assert comments(new) >= comments(text)


@settings(max_examples=100, deadline=None)
@given(st.data(), SOURCES, SCALARS)
def test_setting_a_scalar_touches_no_other_character(data: st.DataObject, text: str, value: Any) -> None:
    document = read_nodes(text)
    path = chosen(data, places(document.values, str))
    node = document.root
    for name in path:
        inside = node.value
        node = inside[name] if isinstance(name, int) else next(v for k, v in inside if str(k.value) == name)
    start, end = node.start_mark.index, node.end_mark.index
    new = set_value(text, path, value)
    bare, new = text.removeprefix("\ufeff"), new.removeprefix("\ufeff")
    assert new.startswith(bare[:start])
    assert new.endswith(bare[end:])


@settings(max_examples=100, deadline=None)
@given(st.data(), SOURCES, NAMES, VALUES)
def test_a_missing_key_comes_to_the_end_of_its_mapping(data: st.DataObject, text: str, name: str, value: Any) -> None:
    old = read(text)
    path = chosen(data, [path for path, inside in paths(old) if isinstance(inside, dict)])
    assume(name not in at(old, path))
    new = set_value(text, (*path, name), value)
    assert at(read(new), (*path, name)) == as_read(value)
    assert list(at(read(new), path))[-1] == name
    assert read(remove(new, (*path, name))) == old
    assert comments(new) == comments(text)


@settings(max_examples=100, deadline=None)
@given(st.data(), SOURCES, VALUES)
def test_an_inserted_item_is_read_back_and_no_line_is_lost(data: st.DataObject, text: str, value: Any) -> None:
    old = read(text)
    path = chosen(data, [path for path, inside in paths(old) if isinstance(inside, list)])
    there = at(old, path)
    index = data.draw(st.integers(0, len(there)))
    new = insert(text, path, index, value)
    assert at(read(new), path) == [*there[:index], as_read(value), *there[index:]]
    assert read(remove(new, (*path, index))) == old
    assert comments(new) == comments(text)


@settings(max_examples=100, deadline=None)
@given(st.data(), SOURCES)
def test_what_is_removed_is_gone_and_nothing_else(data: st.DataObject, text: str) -> None:
    old = read(text)
    path = chosen(data, places(old))
    new = remove(text, path)
    wanted = copy.deepcopy(old)
    del at(wanted, path[:-1])[path[-1]]
    assert read(new) == wanted
    assert comments(text) - comments(new) <= own_comments(text, path)


def own_comments(text: str, path: Path) -> set[str]:
    """Comments from just above the entry to the end of its last line, found through the lines of what stands around."""
    text = text.removeprefix("\ufeff")
    spot = read_spots(text)
    for name in path:
        holder, spot = (
            spot,
            next(
                entry.value
                for number, entry in enumerate(spot.entries)
                if name == (number if entry.key is None else entry.key.value)
            ),
        )
    taken = next(entry for entry in holder.entries if entry.value is spot)
    return comments(text[own_start(text, taken, 0) : next_line(text, taken.end)])


@settings(max_examples=100, deadline=None)
@given(st.data(), SOURCES)
def test_an_item_is_moved_with_every_comment_kept(data: st.DataObject, text: str) -> None:
    old = read(text)
    path = chosen(data, items(old))
    there = at(old, path[:-1])
    to_index = data.draw(st.integers(0, len(there) - 1))
    try:
        new = move(text, path, to_index)
    except EditRefused as refused:
        assert "begins on the line of another" in str(refused)  # noqa: PT017 — `- - a`
        return
    wanted = list(there)
    wanted.insert(to_index, wanted.pop(path[-1]))  # type: ignore[arg-type]
    assert at(read(new), path[:-1]) == wanted
    assert comments(new) == comments(text)


@settings(max_examples=5, deadline=None)
@given(st.data(), st.sampled_from(sorted(SHIPPED)), VALUES)
def test_in_the_shipped_plans_an_edit_changes_its_own_lines_only(data: st.DataObject, name: str, value: Any) -> None:
    text = SHIPPED[name]
    path = chosen(data, places(read(text)))
    went, _came = changed_lines(text, set_value(text, path, value))
    first, last = lines_of(text, path)
    assert len(went) <= last - first + 1
    assert "".join(went) in "".join(text.splitlines(keepends=True)[first - 1 : last])


def lines_of(text: str, path: Path) -> tuple[int, int]:
    """The first and the last line of what stands there."""
    node = read_nodes(text).root
    line = 1
    for name in path:
        key, node = (
            (None, node.value[name])
            if isinstance(name, int)
            else next((k, v) for k, v in node.value if str(k.value) == name)
        )
        line = (key or node).start_mark.line + 1
    return line, node.end_mark.line + 1


ACTS = st.sampled_from(
    [
        lambda text, path, n: set_value(text, path, n),
        lambda text, path, n: set_value(text, path, {"x": [n]}),
        lambda text, path, n: remove(text, path),
        lambda text, path, n: insert(text, path, n, "x"),
        lambda text, path, n: move(text, path, n),
    ]
)
PATHS = st.lists(st.one_of(st.sampled_from(["a", "b", "brand", "roles", "lights"]), st.integers(-1, 3)), max_size=3)


@settings(max_examples=100, deadline=None)
@given(
    ACTS,
    PATHS.map(tuple),
    st.integers(-1, 4),
    st.one_of(
        st.text(max_size=60),
        st.text("ab:-[]{}&*!|>'\"#%@`,? \n\t", max_size=40),
        st.tuples(st.integers(0, len(BEES)), st.text("ab:-[]{}&*!|>'\"#%, \n\t", max_size=6)).map(
            lambda cut: BEES[: cut[0]] + cut[1] + BEES[cut[0] + 2 :]
        ),
    ),
)
def test_any_text_is_edited_or_refused(act: Any, path: Path, number: int, text: str) -> None:
    try:
        read(text)
        is_readable = True
    except Unreadable:
        is_readable = False
    try:
        new = act(text, path, number)
    except EditRefused as refused:
        assert all(refused.in_words(language) for language in languages())  # noqa: PT017
    else:
        assert is_readable
        read(new)
