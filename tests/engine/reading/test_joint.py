"""Kind, weight and risk are decided together: nothing comes out that the labelling guide does not allow."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.engine.read import KINDS
from sereno.engine.reading.joint import CASES, RISKS_OR_NONE, WEIGHTS, Case, Trust, decide, together

NEUTRAL = (0.0,) * len(CASES)
chances = st.floats(0.001, 1.0)


def rows(width: int) -> st.SearchStrategy[list[float]]:
    return st.lists(chances, min_size=width, max_size=width)


def decided(kind: list[float], weight: list[float], risk: list[float], bonus: float = 0.0) -> Case:
    trust = Trust(NEUTRAL, {"*": bonus})
    (chosen,) = decide(np.array([kind]), np.array([weight]), np.array([risk]), ["en"], trust)
    return CASES[chosen]


def sure(labels: tuple[str, ...], label: str) -> list[float]:
    return [0.9 if each == label else 0.1 / (len(labels) - 1) for each in labels]


def test_a_danger_to_people_is_never_green() -> None:
    case = decided(sure(KINDS, "complaint"), sure(WEIGHTS, "green"), sure(RISKS_OR_NONE, "safety"))
    assert case in (Case("complaint", "red", "safety"), Case("complaint", "green", "none"))


def test_a_question_is_red_only_where_somebody_is_in_danger() -> None:
    assert {case.risk for case in CASES if case.kind == "question" and case.weight == "red"} == {"safety"}


def test_three_sure_heads_that_agree_are_followed() -> None:
    for case in CASES:
        assert decided(sure(KINDS, case.kind), sure(WEIGHTS, case.weight), sure(RISKS_OR_NONE, case.risk)) == case


@settings(deadline=None, max_examples=200)
@given(rows(7), rows(4), rows(8), st.floats(0, 3), st.floats(0, 3))
def test_a_larger_bonus_never_takes_a_red_away(
    kind: list[float], weight: list[float], risk: list[float], bonus: float, more: float
) -> None:
    before = decided(kind, weight, risk, bonus)
    after = decided(kind, weight, risk, bonus + more)
    assert not (before.weight == "red" and after.weight != "red")


@settings(deadline=None, max_examples=200)
@given(rows(7), rows(4), rows(8), st.floats(1, 50))
def test_a_likelier_red_never_makes_a_text_milder(
    kind: list[float], weight: list[float], risk: list[float], times: float
) -> None:
    before = decided(kind, weight, risk)
    redder = [*weight[:3], weight[3] * times]
    after = decided(kind, redder, risk)
    assert WEIGHTS.index(after.weight) >= WEIGHTS.index(before.weight)


def test_a_language_has_its_own_bonus() -> None:
    trust = Trust(NEUTRAL, {"*": 0.0, "pl": 5.0})
    kind, weight = np.array([sure(KINDS, "complaint")] * 2), np.array([[0.05, 0.6, 0.15, 0.2]] * 2)
    risk = np.array([sure(RISKS_OR_NONE, "none")] * 2)
    en, pl = decide(kind, weight, risk, ["en", "pl"], trust)
    assert (CASES[en].weight, CASES[pl].weight) == ("green", "red")


def test_parts_that_are_often_met_together_speak_for_each_other() -> None:
    met = [Case("complaint", "red", "safety")] * 30 + [Case("complaint", "green", "none")] * 60
    added = dict(zip(CASES, together(met, 1.0), strict=True))
    assert added[Case("complaint", "red", "safety")] > 0 > added[Case("complaint", "red", "none")]


def test_a_case_that_was_never_met_stays_possible() -> None:
    assert all(abs(value) < 20 for value in together([Case("news", "green", "none")] * 1000, 1.0))
