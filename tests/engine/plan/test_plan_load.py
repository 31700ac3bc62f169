"""A plan's text → the plan, or every error with its line and the way out."""

# ruff: noqa: E501 — the rows of the tables are sentences

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.engine.plan.load import (
    PlanError,
    PlanErrors,
    find_plan,
    load_plan,
    load_with_warnings,
    read_plan,
    shipped_plans,
)
from tests.engine.plan.small import SMALL, changed, small_plan

BAD_PLANS = sorted((Path(__file__).parent.parent / "bad_plans").glob("*.yaml"))


def errors_of(text: str, name: str = "plan.yaml") -> list[str]:
    with pytest.raises(PlanErrors) as caught:
        load_plan(text, name)
    return [str(error) for error in caught.value.errors]


def outcome(text: str) -> tuple[PlanError, ...]:
    """The errors, or none where the text is a plan; anything but PlanErrors fails the test."""
    try:
        load_plan(text)
    except PlanErrors as error:
        return error.errors
    return ()


def line_of(text: str, words: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


def test_a_whole_plan_loads() -> None:
    plan = small_plan()
    assert plan.id == "small@2026.10", "a version stays the text that was written, 2026.10 is not 2026.1"
    assert plan.step_for("red").role == "committee"


def test_scalars_stay_as_written() -> None:
    plan = small_plan(("terms: [acme]", "terms: [no, 1984, 'true', {term: on, exact: true}]"))
    terms = plan.watches[0].terms
    assert terms[:3] == ("no", "1984", "true")
    assert (terms[3].term, terms[3].exact) == ("on", True)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("role: committee, title", "rol: committee, title", "unknown key 'rol'; did you mean 'role'?"),
        ("light: green", "light: gren", "rule 'complaint': 'gren' is no light; did you mean 'green'?; one of green, amber, red"),
        ("acknowledge: 4h", "acknowledge: soon", "degree 'none': acknowledge: 'soon' is no length of time; write minutes, hours or days: 30m, 4h, 1h30m, 2d"),
        ("monday: [08:00-20:00]", "monday: [20:00-08:00]", "monday: '20:00-08:00' closes before it opens; split a night shift at midnight: 22:00-24:00 and 00:00-06:00"),
        ("country: ES", "country: Spain", "country: 'Spain' is no country code; write two capital letters: ES, PL, GB"),
        ("step: owner", "step: The Owner", "step 'The Owner': step: 'The Owner' is no name; use small letters, digits, _ and -, and begin with a letter"),
        ("instagram: 10000", "instagram: many", "level 'large': instagram: 'many' stands where a whole number is wanted"),
        ("title: {en: Danger}", "title: Danger", "rule 'danger': title: 'Danger' stands where a mapping is wanted, such as a text per language: {en: …, es: …}"),
        ("kind: [complaint]}}", "kind: complaint}}", "rule 'complaint': kind: 'complaint' stands where a list is wanted: [one, two], or one a line after a dash"),
        ("sereno_plan: 1", "sereno_plan: 2", "'2' is no sereno_plan; one of 1"),
    ],
)  # fmt: skip
def test_each_error_of_form_has_its_line_and_the_way_out(before: str, after: str, message: str) -> None:
    text = changed((before, after))
    assert f"plan.yaml:{line_of(text, after)}: {message}" in errors_of(text)


def test_a_missing_key_is_named_at_the_entry_that_lacks_it() -> None:
    text = changed(("    acknowledge_within: 10m\n", ""))
    assert errors_of(text) == [
        f"plan.yaml:{line_of(text, 'step: committee')}: step 'committee': 'acknowledge_within' is missing"
    ]


def test_a_faulty_term_is_one_error() -> None:
    text = changed(("terms: [acme]", "terms: [{term: acme, exat: true}]"))
    assert errors_of(text) == [
        f"plan.yaml:{line_of(text, 'exat')}: watch 'acme': unknown key 'exat'; did you mean 'exact'?"
    ]


def test_all_errors_are_told_at_once() -> None:
    text = changed(("light: green", "light: blue"), ("country: ES", "country: es"), ("degree: none", "degre: none"))
    assert len(errors_of(text)) == 4, "blue, es, the unknown key, and the degree that is missing for it"


def test_a_key_that_stands_twice_is_refused() -> None:
    text = changed(("version: 2026.10\n", "version: 2026.10\nplan: other\n"))
    assert errors_of(text) == ["plan.yaml:4: key 'plan' stands here a second time (first on line 2); keep one"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the plan is empty"),
        ("# nothing but a comment\n", "the plan is empty"),
        ("just words", "stands where a mapping is wanted"),
        ("- a\n- b", "stands where a mapping is wanted"),
        ("plan: [1, 2", "this is no YAML"),
        ("a: 1\n---\na: 2", "this is no YAML"),
        ("plan: !!python/object:os.system x", "has no place here"),
        ("? [a, b]\n: c", "a key must be a single word"),
        ("a: &a [x]\nb: *c", "this is no YAML"),
        ("[" * 3000, "plan.yaml:1"),
        ("a: " + "x" * 1_000_001, "more than 1,000,000 are refused"),
    ],
)  # fmt: skip
def test_what_is_no_plan_is_refused_kindly(text: str, words: str) -> None:
    assert words in "\n".join(errors_of(text))


def test_a_bomb_of_aliases_is_refused_quickly() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    assert any("once its aliases are written out" in error for error in errors_of("\n".join(lines)))


def test_an_alias_of_itself_is_refused() -> None:
    assert any("deeper than" in error for error in errors_of("a: &a [*a]"))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_at_all_gives_a_plan_or_errors(text: str) -> None:
    assert all(error.line >= 1 and error.message for error in outcome(text))


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, len(SMALL) - 1), st.integers(0, 40), st.text("abc:-[]{}&*!|>'\"#%@`,? \n\t\x00\ud7ff", max_size=8)
)
def test_a_mutilated_plan_gives_a_plan_or_errors(start: int, length: int, put: str) -> None:
    text = SMALL[:start] + put + SMALL[start + length :]
    lines = len(re.split(r"\r\n|[\n\r]", text))
    assert all(1 <= error.line <= lines for error in outcome(text))


@pytest.mark.parametrize("path", BAD_PLANS, ids=lambda path: path.stem)
def test_the_bad_plans_say_what_their_first_lines_claim(path: Path) -> None:
    """Each file begins with `# LINE: message`, once for each error that it shows; or, where it can be used, with
    `# LINE: warning: message [code]` for the warnings it is named after."""
    text = path.read_text(encoding="utf-8")
    claimed = [f"{path.name}:{line[2:]}" for line in text.splitlines() if line.startswith("# ") and line[2].isdigit()]
    assert claimed, f"{path.name} claims nothing"
    if re.match(r"[^:]+:\d+: warning: ", claimed[0]):
        _plan, warnings = load_with_warnings(text, path.name)
        assert [claim for claim in claimed if claim not in map(str, warnings)] == []
    else:
        assert errors_of(text, path.name) == claimed


def test_there_are_bad_plans_enough() -> None:
    assert len(BAD_PLANS) >= 45


def test_a_shipped_plan_is_found_by_name_and_any_other_by_path(tmp_path: Path) -> None:
    assert find_plan().name == "starter.yaml"
    assert find_plan("airline") == shipped_plans()["airline"]
    mine = tmp_path / "mine.yaml"
    mine.write_text(SMALL, encoding="utf-8")
    assert find_plan(str(mine)) == mine
    assert read_plan(str(mine)).plan == "small"


def test_a_plan_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(FileNotFoundError, match=r"did you mean 'starter'\?; shipped plans: airline, starter"):
        find_plan("startr")


def test_a_plan_in_another_encoding_is_refused_at_its_line(tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_bytes("a: 1\nb: łódź\n".encode("iso-8859-2"))
    with pytest.raises(PlanErrors, match=r"old.yaml:2: .*UTF-8"):
        read_plan(str(tmp_path / "old.yaml"))


@pytest.mark.parametrize("name", sorted(shipped_plans()))
def test_every_shipped_plan_loads_without_a_warning(name: str) -> None:
    path = find_plan(name)
    _plan, warnings = load_with_warnings(path.read_text(encoding="utf-8"), path.name)
    assert [str(warning) for warning in warnings] == []
