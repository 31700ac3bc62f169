"""Any text at all gives a plan or errors; any plan of the right form can be checked."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from sereno.engine.plan.check import check_plan
from sereno.engine.plan.check.place import place_of
from sereno.engine.plan.fault_words import say
from sereno.engine.plan.load import PlanErrors, find_plan, load_with_warnings, shipped_plans
from sereno.engine.plan.model import Plan
from sereno.engine.plan.nodes import Path, paths, read_nodes

TEXTS = {name: find_plan(name).read_text(encoding="utf-8") for name in sorted(shipped_plans())}
BREAK = r"\r\n|[\n\r]"
ODD = (
    "~", "''", "[]", "{}", "0", "-1", "1e999", "nan", ".inf", "true", "yes", "no", "99999999999999999999999999", "0x1F",
    "2026-02-30", "24:00-24:00", "999999999d", "0m", "[a, b]", "{en: a}", "{a: {b: {c: d}}}", "!!str x", "&a b", "*a",
    "'\u0000'", "\ud800", "\u2028", "|\n", "area_owner", "default", "*", "%x", "? a", "<<: {a: b}", "= ", "9" * 5000,
)  # fmt: skip


def told(text: str) -> None:
    """A plan or errors, each at a line that there is, with a sentence in every language; anything else fails."""
    lines = len(re.split(BREAK, text))
    try:
        faults = load_with_warnings(text)[1]
    except PlanErrors as errors:
        faults = errors.errors
    for fault in faults:
        assert 1 <= fault.line <= lines
        assert all(say(fault.code, fault.values, language) for language in ("en", "es", "pl"))


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A part of a shipped plan, since what is cut away is short, with lines taken out, swapped, doubled or changed."""
    lines = TEXTS[draw(st.sampled_from(sorted(TEXTS)))].splitlines()
    # texts of the catalogue are long and alike: a few keep the fuzz quick
    start = draw(st.integers(0, len(lines) - 1))
    lines = lines[:130] + lines[start : start + 60]
    for _ in range(draw(st.integers(1, 4))):
        at, other = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["delete", "swap", "double", "value", "indent", "character"])):
            case "delete":
                lines[at] = ""
            case "swap":
                lines[at], lines[other] = lines[other], lines[at]
            case "double":
                lines[at] += "\n" + lines[at]
            case "value":
                lines[at] = (
                    re.sub(r": .*", lambda _: ": " + odd, lines[at]) if (odd := draw(st.sampled_from(ODD))) else ""
                )
            case "indent":
                lines[at] = " " * draw(st.integers(0, 9)) + lines[at]
            case _:
                lines[at] += draw(st.characters())
    return "\n".join(lines)


@settings(max_examples=60, deadline=None)
@given(mutated())
def test_a_mutilated_shipped_plan_gives_a_plan_or_errors(text: str) -> None:
    told(text)


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 5000,
        "a: " + "{b: " * 5000,
        "- " * 5000 + "a",
        "\n".join(" " * n + "a:" for n in range(400)),
        "sereno_plan: " + "9" * 5000,
        "sereno_plan: 1.0",
        "? ? ? a",
        "%YAML 9.9\n---\na: b",
        "%TAG ! tag:x,2026:\n---\na: !b c",
        "\ufeffplan: a",
        "a: 'b\n\n\nc'\n\td: e",
        "<<: [*a]\n",
        "&a a: *a",
        "a: !!binary xx\nb: !!set {c}\nd: !!omap [e: f]",
        "a: |9\n b",
        "a: \x00",
        "a: \x85b\u2028c: d",
        "\t- a",
        "plan: \ud83d",
    ],
)
def test_odd_yaml_gives_a_plan_or_errors(text: str) -> None:
    told(text)


def places(values: Any) -> list[Path]:
    return [path for path, _value in paths(values) if path]


STARTER = read_nodes(TEXTS["starter"]).values
PLACES = places(STARTER)
PUT: tuple[Any, ...] = (
    None, "", "0", "1", "-1", "nan", "1e308", "9" * 30, "true", "area_owner", "default", "a", "amber", "red",
    "999999999d", "0m", "00:00-24:00", "complaint", "UTC", "XX", "en", "self_harm", "2026-11-28T23:30+14:00",
    "0001-01-01", "9999-12-31", [], {}, ["a"], ["red"], ["complaint"], [["a"]], {"en": "a"}, {"a": "1"},
    {"default": "1"}, {"en": ["a", ""]}, "\x00",
)  # fmt: skip


def is_in(here: Any, name: str | int) -> bool:
    if isinstance(here, list):
        return isinstance(name, int) and name < len(here)
    return isinstance(here, dict) and name in here


def with_changes(changes: list[tuple[Path, Any]]) -> Any:
    """The starter plan's values with others put in; a place that a change before took away is passed over."""

    def copy(here: Any) -> Any:
        if isinstance(here, dict):
            return {key: copy(value) for key, value in here.items()}
        return [copy(value) for value in here] if isinstance(here, list) else here

    values = copy(STARTER)
    for path, put in changes:
        here: Any = values
        for name in path[:-1]:
            here = here[name] if is_in(here, name) else None
        if isinstance(here, dict) or is_in(here, path[-1]):
            here[path[-1]] = put
    return values


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(PUT)), min_size=1, max_size=4))
def test_any_plan_of_the_right_form_can_be_checked(changes: list[tuple[Path, Any]]) -> None:
    try:
        plan = Plan.model_validate(with_changes(changes))
    except ValidationError:
        return
    for issue in check_plan(plan):
        assert issue.message
        assert isinstance(place_of(issue.where, plan), str)


def test_a_plan_with_nothing_in_it_can_be_checked() -> None:
    nothing = {"sereno_plan": 1, "plan": "", "version": "", "brand": {"name": "", "languages": []}, "duty_hours": {}}
    empty = dict.fromkeys(("roles", "areas", "watches", "lights", "targets", "chain"), ())
    plan = Plan.model_validate({**nothing, **empty, "languages": {"unsupported_step": "a"}})
    assert {"brand-without-language", "degree-without-step", "committee-missing"} <= {i.code for i in check_plan(plan)}
