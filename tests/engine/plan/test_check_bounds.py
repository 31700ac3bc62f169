"""A hostile plan keeps nobody waiting: work is counted, not time."""

# ruff: noqa: E501

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from sereno.engine.messages import phrase
from sereno.engine.plan import suggest
from sereno.engine.plan.check import check_plan, implication
from sereno.engine.plan.check.counts import MOST_ENTRIES
from sereno.engine.plan.errors import PlanError, PlanErrors
from sereno.engine.plan.load import load_with_warnings
from sereno.engine.plan.nodes import MOST_FAULTS, read_nodes
from tests.engine.plan.small import SMALL, changed, small_plan

Calls = list[tuple[object, ...]]


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """Every name that two names were compared for."""
    calls: Calls = []
    close = difflib.get_close_matches

    def counted(name: str, known: list[str], **more: Any) -> list[str]:
        calls.extend((name, other) for other in known)
        return close(name, known, **more)

    monkeypatch.setattr(suggest, "get_close_matches", counted)
    return calls


def counted_in(owner: type, names: list[str], monkeypatch: pytest.MonkeyPatch) -> Calls:
    calls: Calls = []

    def counting(one: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any) -> Any:
            calls.append((one.__name__,))
            return one(*given)

        return call

    for name in names:
        monkeypatch.setattr(owner, name, counting(getattr(owner, name)))
    return calls


def faults_of(text: str) -> tuple[PlanError, ...]:
    try:
        return load_with_warnings.__wrapped__(text)[1]
    except PlanErrors as errors:
        return errors.errors


def with_lines(part: str, lines: Iterator[str]) -> str:
    return changed((f"{part}:\n", f"{part}:\n" + "".join(lines)))


def test_only_some_of_a_thousand_wrong_names_are_held_against_the_right_ones(compared: Calls) -> None:
    text = with_lines(
        "roles",
        (f"  - {{role: role-of-number-{k}, title: {{en: a}}, deputy: rol-of-numbr-{k}}}\n" for k in range(900)),
    )
    faults = faults_of(text)

    assert len([fault for fault in faults if fault.code == "role-unknown"]) == 900
    assert "did you mean 'role-of-number-0'?" in next(f.message for f in faults if f.code == "role-unknown")
    assert 0 < len(compared) <= 20 * 50


def test_only_some_unknown_keys_are_held_against_the_known_ones(compared: Calls) -> None:
    faults = faults_of(SMALL + "".join(f"key{k}: 1\n" for k in range(5_000)))

    assert len(faults) == MOST_FAULTS + 1
    assert [(f.code, f.values["count"]) for f in faults if f.code == "faults-left-out"] == [("faults-left-out", 4_000)]
    assert len(compared) <= 20 * 50


def test_a_wrong_name_among_many_is_still_told_with_the_one_that_was_meant() -> None:
    known = [f"role-{k}" for k in range(3_000)] + ["community-manager"]
    assert suggest.nearest("comunity-manager", known) == "community-manager"


def test_a_short_list_is_searched_as_before() -> None:
    for name in ("pres", "Press", "prsse", "", "x" * 5_000):
        known = ["press", "legal", "community-manager"]
        close = difflib.get_close_matches(name.lower(), known, n=1)
        assert suggest.nearest(name, known) == (close[0] if close else None)


def test_thousands_of_names_do_not_make_a_sentence_endless() -> None:
    roles = (f"  - {{role: r{k}, title: {{en: a}}}}\n" for k in range(1_500))
    (fault,) = [f for f in faults_of(with_lines("roles", roles).replace("owner: shop", "owner: 'zzzzzzzzzzz'")) if
                f.code == "role-unknown"]  # fmt: skip
    assert len(fault.message) < 400


def test_a_ring_of_deputies_is_walked_once_and_told_once() -> None:
    text = with_lines(
        "roles", (f"  - {{role: q{k}, title: {{en: a}}, deputy: q{(k + 1) % 1_900}}}\n" for k in range(1_900))
    )
    (fault,) = [fault for fault in faults_of(text) if fault.code == "deputies-in-a-circle"]
    assert fault.path == ("roles", 0, "deputy")
    assert "q0 → q1 → q2 → q3 → q4 → q5 → … → q0" in fault.message


def test_two_rings_and_ways_into_them_are_told_once_each() -> None:
    deputies = {"a": "c", "b": "c", "c": "d", "d": "c", "e": "f", "f": "f", "g": None, "h": "g"}
    lines = (f"  - {{role: {n}, title: {{en: a}}{f', deputy: {d}' if d else ''}}}\n" for n, d in deputies.items())
    ways = [f.values["way"] for f in faults_of(with_lines("roles", lines)) if f.code == "deputies-in-a-circle"]
    assert ways == ["c → d → c", "f → f"]


def rule(k: int, light: str, when: str) -> str:
    return f"  - {{rule: r{k}, light: {light}, title: {{en: a}}, when: {{{when}}}}}\n"


@pytest.mark.parametrize("most", [120, 900])
def test_proofs_about_rules_end_after_so_many_steps(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    of_text = (rule(k, "amber", f"kind: [question], hostile: 0.{k + 1000}") for k in range(most))
    of_context = (rule(most + k, "red", f"kind: [complaint], text_light: amber, shares: {k + 2}") for k in range(most))
    plan = small_plan(("lights:\n", "lights:\n" + "".join([*of_text, *of_context])))
    steps = counted_in(implication.Facts, ["joined", "imply"], monkeypatch)

    check_plan(plan)

    # three proofs, and each step of one joins or compares facts a few times at most
    assert 0 < len(steps) <= 3 * 4 * implication.MOST_STEPS


def test_a_plan_with_too_many_rules_is_told_so_and_nothing_else() -> None:
    text = with_lines("lights", (rule(k, "red", f"shares: {k + 2}, reach: nowhere") for k in range(MOST_ENTRIES)))
    (fault,) = faults_of(text)
    assert (fault.code, fault.path) == ("too-many", ("lights",))
    assert fault.message == "'lights' has 2,004 entries; more than 2,000 are refused"


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("members", "committee: {members: [%s], quorum: 1, spokesperson: duty, assembles_within: 1h}\n", ("committee", "members")),
        ("avoid", "policy: {tone: {en: a}, avoid: [{words: {en: [%s]}, why: {en: a}}]}\n", ("policy", "avoid")),
    ],
)  # fmt: skip
def test_lists_inside_parts_are_bounded_too(old: str, new: str, where: tuple[str, ...]) -> None:
    (fault,) = faults_of(SMALL + new % ", ".join(f"n{k}" for k in range(600)))
    assert (fault.code, fault.path) == ("too-many", where), old


def test_a_thousand_warnings_are_listed_and_the_others_counted() -> None:
    roles = (f"  - {{role: r{k}, title: {{pl: a}}}}\n" for k in range(1_500))
    faults = faults_of(with_lines("roles", roles))
    assert len(faults) == MOST_FAULTS + 1
    assert {fault.severity for fault in faults} == {"warning"}


def test_keys_that_stand_twice_are_listed_a_thousand_times_at_most() -> None:
    assert len(faults_of("a: 1\n" * 20_000)) == MOST_FAULTS + 1


def test_a_line_is_found_among_thousands_of_keys_by_looking_once() -> None:
    document = read_nodes("".join(f"k{k}: 1\n" for k in range(9_000)))
    assert [document.line((f"k{k}",)) for k in (0, 4_500, 8_999)] == [1, 4_501, 9_000]
    assert len(document._keys) == 1


LONG = "k" * 1_300


@pytest.mark.parametrize(
    "text",
    [
        SMALL + f"\n{LONG}: 1\n",
        SMALL + f"\n{LONG}: 1\n{LONG}: 2\n",
        SMALL + f"\nx: !{LONG} 1\n",
        changed(("kind: [complaint]}}\n", f"severity: {LONG}}}}}\n")),
        changed(("terms: [acme]", f"rule: '{'(' * 3000}a{')' * 3000}'")),
        changed(("terms: [acme]", f"rule: 'a AND {LONG} ANDD )'")),
        changed(("terms: [acme]", f"terms: ['{LONG} AND b']")),
        changed(("Europe/Madrid", LONG)),
        changed(("title: {en: Community manager}", f"title: {{en: {LONG}}}, deputy: nobody")),
        changed(("instagram: 10000", "instagram: " + "9" * 30)),
        changed(("default: 20000, instagram: 10000", "default: " + "9" * 30 + ", instagram: " + "9" * 29)),
        changed(("instagram: 10000", "instagram: " + "9" * 4_000)),
        changed(("when: {risk: [safety]}", "when: {repeat_contact: " + "9" * 40 + "}")),
        SMALL + f"\naccepted:\n  - {{warning: {LONG}, reason: x}}\n",
        with_lines(
            "roles",
            (f"  - {{role: {'q' * 57}{k:03}, title: {{en: a}}, deputy: {'q' * 57}{(k + 1) % 50:03}}}\n" for k in range(50)),
        ),
    ],
)  # fmt: skip
def test_whatever_the_values_a_plan_is_loaded_or_refused_in_words(text: str) -> None:
    for fault in faults_of(text):
        assert 0 < len(fault.message) < 2_000


def test_a_number_beyond_all_measure_is_told_as_it_is() -> None:
    assert "9" * 30 in phrase("found-shares", "es", found=int("9" * 30), asked=5)
