"""Two plans → what differs, by names and in words; two texts → the lines that differ."""

# ruff: noqa: E501 — the rows of the tables are sentences

from __future__ import annotations

import copy
import re
from collections import defaultdict
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from sereno.engine.messages import keys, languages
from sereno.engine.plan.changes import Change, changes, say_change, unified
from sereno.engine.plan.edit import move
from sereno.engine.plan.load import find_plan
from sereno.engine.plan.model import Plan
from sereno.engine.plan.nodes import Path, paths, read_nodes
from tests.engine.plan.small import SMALL, changed

STARTER = find_plan("starter").read_text(encoding="utf-8")
VALUES = read_nodes(STARTER).values
PLAN = Plan.model_validate(VALUES)


def plan_of(text: str) -> Plan:
    return Plan.model_validate(read_nodes(text).values)


def told(before: str, after: str, language: str = "en") -> list[str]:
    old, new = plan_of(before), plan_of(after)
    return [say_change(change, language, new) for change in changes(old, new)]


# -- tables ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (("instagram: 10000", "instagram: 15000"), "Level of reach ‘Large reach’ (large) · followers · Instagram: 10,000 → 15,000"),
        (("default: 20000", "default: 5000"), "Level of reach ‘Large reach’ (large) · followers · elsewhere: 20,000 → 5,000"),
        (("version: 2026.10", "version: 2026.11"), "Version: 2026.10 → 2026.11"),
        (("  timezone: Europe/Madrid\n", ""), "Brand · time zone: Europe/Madrid → UTC"),
        (("  friday: [08:00-14:00, 16:00-20:00]\n", ""), "Duty hours · Friday: 08:00-14:00, 16:00-20:00 → nothing"),
        (("text_light: amber", "text_light: green"), "Rule ‘Loud’ (loud) · conditions: the text alone is amber or graver → the text alone is green or graver"),
        (("reach: large}", "shares: 5}"), "Rule ‘Loud’ (loud) · conditions: the author has Large reach or more → nothing"),
        (("light: amber", "light: red"), "Rule ‘Lying’ (lying) · light: amber → red"),
        (("acknowledge: 4h", "acknowledge: 90m"), "Target for ‘no light’ · acknowledged within: 4 hours → 1 hour 30 minutes"),
        (("owner: shop", "owner: duty"), "Area ‘Billing’ (billing) · owner: Shop → Community manager"),
        (("role: area_owner", "role: shop"), "Step ‘Owner’ (owner) · role: the owner of the area → Shop"),
        (("clock: always\nlang", "clock: duty\nlang"), "Step ‘Committee’ (committee) · clock: round the clock → in duty hours"),
        (("  - {role: shop, title: {en: Shop}}\n", ""), "Removed: role ‘Shop’ (shop)"),
        (("reach:\n", "resources:\n  - {resource: voucher, title: {en: Voucher}, offered_by: [duty]}\nreach:\n"), "Added: resource ‘Voucher’ (voucher)"),
        (("terms: [acme]", "terms: [acme, acmé]"), "Added: watch ‘acme’ · terms · ‘acmé’"),
        (("title: {en: Danger}", "title: {en: Danger, es: Peligro}"), "Rule ‘Danger’ (danger) · title · Spanish: nothing → Peligro"),
        (("languages: [en]", "languages: [en, pl]"), "Brand · languages: English → English, Polish"),
        (("unsupported_step: on-duty", "unsupported_step: owner"), "Other languages · step that takes them: on-duty → owner"),
    ],
)  # fmt: skip
def test_an_edit_is_told_by_names_and_in_words(edit: tuple[str, str], words: str) -> None:
    assert words in told(SMALL, changed(edit))


def test_the_same_is_told_in_spanish_and_polish() -> None:
    after = changed(("instagram: 10000", "instagram: 15000"), ("light: amber", "light: red"))
    assert told(SMALL, after, "es") == [
        "Nivel de alcance «Large reach» (large) · seguidores · Instagram: 10.000 → 15.000",
        "Regla «Lying» (lying) · luz: ámbar → rojo",
    ]
    assert told(SMALL, after, "pl") == [
        "Poziom zasięgu „Large reach” (large) · obserwujący · Instagram: 10\xa0000 → 15\xa0000",
        "Reguła „Lying” (lying) · światło: żółte → czerwone",
    ]


def test_an_entry_that_moved_is_told_once_and_the_others_not_at_all() -> None:
    after = move(SMALL, ("lights", 3), 0)
    assert told(SMALL, after) == ["Moved: rule ‘Loud’ (loud), from place 4 to place 1"]


def test_steps_of_a_guide_are_matched_with_what_stands_around_them() -> None:
    guide = "guides:\n  - {guide: g, title: {en: G}, steps: [{en: one}, {en: two}, {en: three}]}\n"
    before = SMALL + guide
    after = SMALL + guide.replace("{en: one}, ", "").replace("three", "four")
    assert told(before, after) == [
        "Guide ‘G’ (g) · steps · 1: English: one → nothing",
        "Guide ‘G’ (g) · steps · 2 · English: three → four",
    ]


def test_a_part_that_comes_whole_is_told_in_words() -> None:
    committee = (
        "committee:\n  members: [duty, committee]\n  quorum: 2\n  spokesperson: committee\n  assembles_within: 30m\n"
    )
    assert told(SMALL, SMALL + committee) == [
        "Crisis committee: nothing → members: Community manager, Committee; quorum: 2; spokesperson: Committee; "
        "assembled within: 30 minutes"
    ]


def test_long_texts_are_quoted_in_part() -> None:
    words = told(SMALL, changed(("title: {en: Danger}", "title: {en: " + "word " * 500 + "end}")))
    assert len(words) == 1
    assert "Danger → word word" in words[0]
    assert words[0].endswith("word…")


@pytest.mark.parametrize("language", languages())
def test_every_part_and_field_of_the_model_has_its_words(language: str) -> None:
    assert {f"change-part-{part}" for part in Plan.model_fields} <= keys(language)
    days = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
    missing = {f"change-field-{name}" for name in field_names(Plan) - set(Plan.model_fields) - days} - keys(language)
    assert not missing


def field_names(model: type[BaseModel], seen: frozenset[type] = frozenset()) -> set[str]:
    names = set(model.model_fields)
    for field in model.model_fields.values():
        for inner in models_in(field.annotation):
            if inner not in seen:
                names |= field_names(inner, seen | {model})
    return names


def models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in models_in(part)]


# -- properties -----------------------------------------------------------------------------------------------------


def _kin() -> dict[str, list[Any]]:
    """Values by the last key of their place: what may stand there instead."""
    found: dict[str, list[Any]] = defaultdict(list)
    for path, value in paths(VALUES):
        key = next((name for name in reversed(path) if isinstance(name, str)), "")
        if not isinstance(value, dict | list) and value not in found[key]:
            found[key].append(value)
    return found


KIN = _kin()
PLACES = [path for path, _value in paths(VALUES) if path]


def edited(path: Path, act: str, data: st.DataObject) -> Any:
    """The starter plan's values after one edit."""
    after = copy.deepcopy(VALUES)
    holder = after
    for name in path[:-1]:
        holder = holder[name]
    if act == "move" and isinstance(holder, list):
        holder.insert(data.draw(st.integers(0, len(holder) - 1)), holder.pop(path[-1]))  # type: ignore[arg-type]
    elif act == "remove" or isinstance(holder[path[-1]], dict | list):
        del holder[path[-1]]
    else:
        key = next(name for name in reversed(path) if isinstance(name, str))
        holder[path[-1]] = data.draw(st.sampled_from([*KIN[key], "other words"]))
    return after


@settings(max_examples=60, deadline=None)
@given(st.data(), st.sampled_from(sorted(VALUES)), st.sampled_from(["other", "remove", "move"]))
def test_each_edit_is_told_in_the_part_where_it_was_made_and_in_no_other(
    data: st.DataObject, part: str, act: str
) -> None:
    path = data.draw(st.sampled_from([path for path in PLACES if path[0] == part]))
    values = edited(path, act, data)
    try:
        after = Plan.model_validate(values)
    except ValidationError:
        assume(False)
    found = changes(PLAN, after)
    assert {change.part for change in found} == ({path[0]} if after != PLAN else set())
    assert {change.part for change in changes(after, PLAN)} == {change.part for change in found}
    for change in found:
        assert msgspec.json.decode(msgspec.json.encode(change), type=Change) == change
        for language in languages():
            words = say_change(change, language, after)
            assert words
            assert say_change(change, language)
            assert change.name in words or change.part in ("targets", "statutory")


@pytest.mark.parametrize("text", [SMALL, STARTER], ids=["small", "starter"])
def test_a_plan_does_not_differ_from_itself(text: str) -> None:
    assert changes(plan_of(text), plan_of(text)) == ()
    assert unified(text, text) == ()


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(4)), st.permutations(range(4)))
def test_moving_the_entries_told_as_moved_gives_the_other_order(old: list[int], new: list[int]) -> None:
    rules = re.findall(r"(?m)^  - \{rule: .*\n", SMALL)
    before, after = (SMALL.replace("".join(rules), "".join(rules[i] for i in order)) for order in (old, new))
    found = changes(plan_of(before), plan_of(after))
    names = [rule.rule for rule in plan_of(after).lights]
    moved = {change.name for change in found}
    assert all(change.kind == "moved" and names[change.after - 1] == change.name for change in found)
    assert [rule.rule for rule in plan_of(before).lights if rule.rule not in moved] == [
        name for name in names if name not in moved
    ], "what is not told as moved keeps its order"


LINES = st.lists(st.sampled_from(["a", "b", "c", "", "  d"]), max_size=30)


@settings(max_examples=200, deadline=None)
@given(LINES, LINES, st.integers(0, 4))
def test_the_hunks_turn_the_one_text_into_the_other(old: list[str], new: list[str], context: int) -> None:
    hunks = unified("\n".join(old), "\n".join(new), context)
    old, new = "\n".join(old).split("\n"), "\n".join(new).split("\n")
    result: list[str] = []
    cursor = 0
    for hunk in hunks:
        first = hunk.lines[0]
        start = next((line.old for line in hunk.lines if line.old is not None), None)
        before = (start - 1) if start is not None else cursor + (first.new or 1) - 1 - len(result)
        result += old[cursor:before]
        cursor = before
        for line in hunk.lines:
            if line.kind != "added":
                assert line.old == cursor + 1
                assert old[cursor] == line.text
                cursor += 1
            if line.kind != "removed":
                result.append(line.text)
                assert line.new == len(result)
        around = [line.kind == "same" for line in hunk.lines]
        assert not all(around)
        assert around[: context + 1] != [True] * (context + 1), "no more of the same than was asked for"
    assert result + old[cursor:] == new


def test_two_texts_without_a_line_in_common_are_compared_in_time() -> None:
    hunks = unified("a\n" * 100_000, "b\n" * 100_000)
    assert sum(len(hunk.lines) for hunk in hunks) > 200_000


def test_texts_of_the_same_few_lines_are_not_compared_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sereno.engine.plan.lines.SequenceMatcher", None)
    hunks = unified("b\n" + "a\nb\n" * 1_500, "c\n" + "b\na\n" * 1_400 + "d")
    assert sum(len(hunk.lines) for hunk in hunks) > 5_000
