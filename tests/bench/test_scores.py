"""The figures of the bench, held to scikit-learn and to sums done by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import f1_score, recall_score

from bench.judging.scores import (
    confusion,
    f1_of,
    interval,
    macro_f1,
    macro_recall,
    per_thousand,
    precision_in_mix,
    precision_of,
    recall_of,
)

LIGHTS = st.sampled_from(["none", "green", "amber", "red"])
PAIRS = st.lists(st.tuples(LIGHTS, LIGHTS), min_size=1, max_size=60)


@given(PAIRS)
@settings(deadline=None, max_examples=60)
def test_figures_are_those_of_scikit_learn(pairs: list[tuple[str, str]]) -> None:
    truth, read = [t for t, _ in pairs], [r for _, r in pairs]
    table, true = confusion(truth, read, ["red"]), sorted(set(truth))
    assert macro_f1(table) == pytest.approx(f1_score(truth, read, labels=true, average="macro", zero_division=0))
    assert macro_recall(table) == pytest.approx(
        recall_score(truth, read, labels=true, average="macro", zero_division=0)
    )
    red = f1_score(truth, read, labels=["red"], average="macro", zero_division=0)
    assert f1_of("red")(table) == pytest.approx(red)


def test_precision_is_told_as_if_one_post_in_eight_were_red() -> None:
    # nine of ten reds are found, one of twenty others is read red: 0.9 / 8 right against 0.05 · 7 / 8 wrong
    truth = ["red"] * 10 + ["none"] * 20
    read = ["red"] * 9 + ["none"] + ["red"] + ["none"] * 19
    table = confusion(truth, read)
    assert precision_in_mix("red", 1 / 8)(table) == pytest.approx(0.9 / (0.9 + 0.05 * 7))
    assert precision_of("red")(table) == pytest.approx(9 / 10)


@given(PAIRS)
@settings(deadline=None, max_examples=60)
def test_in_the_mix_that_was_measured_both_precisions_are_one(pairs: list[tuple[str, str]]) -> None:
    truth, read = [t for t, _ in pairs], [r for _, r in pairs]
    table = confusion(truth, read, ["red"])
    share = truth.count("red") / len(truth)
    assert precision_in_mix("red", share)(table) == pytest.approx(precision_of("red")(table))


def test_rarer_reds_make_the_same_reader_less_precise() -> None:
    table = confusion(["red"] * 4 + ["none"] * 4, ["red", "red", "red", "none", "red", "none", "none", "none"])
    assert precision_in_mix("red", 1 / 100)(table) < precision_in_mix("red", 1 / 8)(table) < precision_of("red")(table)
    assert recall_of("red")(table) == pytest.approx(3 / 4)


def test_false_reds_count_by_the_thousand() -> None:
    table = confusion(["none"] * 400, ["red"] * 3 + ["none"] * 397)
    assert per_thousand("red")(table) == pytest.approx(7.5)


def test_a_reader_that_never_says_red_has_no_false_reds() -> None:
    assert per_thousand("red")(confusion(["none", "green"], ["none", "green"], ["red"])) == 0


def test_intervals_are_the_same_each_time_and_hold_the_figure() -> None:
    truth, read = ["yes", "no"] * 100, ["yes", "no", "yes", "yes"] * 50
    table = confusion(truth, read)
    low, high = interval(table, macro_f1)
    assert (low, high) == interval(table, macro_f1)
    assert low < float(macro_f1(table)) < high


def test_drawing_cells_is_drawing_posts() -> None:
    chance = np.random.default_rng(1)
    truth = chance.choice(["yes", "no"], 300)
    read = np.where(chance.random(300) < 0.8, truth, "no")
    posts = chance.integers(0, 300, (2000, 300))
    drawn = [float(macro_f1(confusion(list(truth[p]), list(read[p])))) for p in posts]
    told = interval(confusion(list(truth), list(read)), macro_f1, draws=4000)
    assert told == pytest.approx(np.quantile(drawn, [0.025, 0.975]), abs=0.01)


def test_no_posts_no_interval() -> None:
    assert interval(confusion([], [], ["red"]), recall_of("red")) == (0.0, 0.0)
