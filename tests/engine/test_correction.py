"""What no correction can do, however it was taught; and that an empty one does nothing."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.engine.correction import REACH, Correction, Support, correct, look, part, text_ranks
from sereno.engine.plan.load import find_plan, load_plan
from sereno.engine.plan.model import LIGHTS
from sereno.engine.read import CLAIMS, KINDS, POLARITIES, RISKS, SEVERITIES, TOPICS, Readings
from tests.fakes import readings_of

_PATHS = [find_plan(name) for name in ("starter", "airline")]
PLANS = [load_plan(path.read_text(encoding="utf-8"), path.name) for path in _PATHS]
WORDS = ("late", "sofa", "burned", "lawyer", "kill", "myself", "child", "fire", "boycott", "great")
TRAITS = ("topic.delivery", "kind.complaint", "risk.safety", "claim.weighty")
WIDTH = 1 + len(WORDS) + len(TRAITS)
MANY = Support(40, 3, 40, 3)
TEXTS = (
    "the sofa is late", "your charger burned my child", "I want to kill myself", "I will kill you all", "fire sale",
    "my lawyer filed a claim against you", "boycott them", "great sofa", "",
    "my child was injured, the charger caught FIRE",
)  # fmt: skip


def anything(seed: int) -> tuple[float, ...]:
    return tuple(np.random.default_rng(seed).normal(0, 3.0, WIDTH).tolist())


DOWN, UP = ((weight,) + (0.0,) * (WIDTH - 1) for weight in (-80.0, 80.0))
weights = st.one_of(st.sampled_from([DOWN, UP]), st.integers(0, 1 << 30).map(anything))
corrections = st.builds(
    Correction,
    number=st.integers(1, 99),
    support=st.sampled_from([Support(), Support(40, 1, 40, 1), Support(40, 3, 2, 2), MANY]),
    words=st.just(WORDS),
    traits=st.just(TRAITS),
    kind=st.dictionaries(st.sampled_from(KINDS), weights, max_size=3),
    weighty=weights,
    risky=weights,
)
shares = st.floats(0, 1, width=32)


@st.composite
def read(draw: st.DrawFn) -> dict[str, Any]:
    kind, risks = draw(st.sampled_from(KINDS)), draw(st.frozensets(st.sampled_from(RISKS), max_size=2))
    return {
        "kind": kind,
        "kind_probability": draw(shares),
        "complaint": draw(shares),
        "polarity": draw(st.sampled_from(POLARITIES)),
        "severity": draw(st.sampled_from(SEVERITIES)) if kind == "complaint" else None,
        "risks": tuple(risk for risk in RISKS if risk in risks),
        "claims": draw(st.frozensets(st.sampled_from(sorted(CLAIMS)), max_size=3)),
        "topic": draw(st.sampled_from(TOPICS)),
    }


batches = st.lists(st.tuples(st.sampled_from(TEXTS), read()), min_size=1, max_size=4)
generous = settings(max_examples=60, deadline=None)


def rows(readings: Readings) -> list[tuple[Any, ...]]:
    names = [each.name for each in fields(Readings) if each.name not in ("model", "taught", "evidence")]
    return [tuple(getattr(readings, name)[i] for name in names) for i in range(len(readings))]


@generous
@given(batches, st.sampled_from(PLANS))
def test_an_empty_correction_changes_nothing(batch: Any, plan: Any) -> None:
    texts, readings = [t for t, _ in batch], readings_of([r for _, r in batch])
    corrected = correct(readings, texts, Correction(), plan)
    assert rows(corrected) == rows(readings)
    assert list(corrected.evidence) == list(readings.evidence)
    assert set(corrected.taught) == {None}


@generous
@given(batches, corrections, st.sampled_from([None, *PLANS]))
def test_whatever_changed_says_so_and_contradicts_nothing(batch: Any, correction: Correction, plan: Any) -> None:
    texts, readings = [t for t, _ in batch], readings_of([r for _, r in batch])
    corrected = correct(readings, texts, correction, plan)
    assert corrected.model == f"fake-1+brand{correction.number}"
    for i, (before, after) in enumerate(zip(rows(readings), rows(corrected), strict=True)):
        assert (before != after) == (corrected.taught[i] is not None)
        assert 0 <= corrected.complaint[i] <= 1
        assert 0 <= corrected.kind_probability[i] <= 1
        assert corrected.severity[i] is None or corrected.kind[i] == "complaint"
        if corrected.taught[i] is not None and corrected.kind[i] == "complaint" != readings.kind[i]:
            assert corrected.complaint[i] >= 0.5
        for evidence in corrected.evidence[i]:
            assert 0 <= evidence.start < evidence.end <= len(texts[i])


@generous
@given(batches, corrections, st.sampled_from(PLANS))
def test_who_is_in_danger_is_never_touched(batch: Any, correction: Correction, plan: Any) -> None:
    texts = ["I want to kill myself", "I will kill you all", *(t for t, _ in batch)]
    readings = readings_of(
        [{"kind": "other", "claims": {"self_harm"}}, {"kind": "praise", "claims": {"threat"}}, *(r for _, r in batch)]
    )
    corrected = correct(readings, texts, correction, plan)
    seen = look(texts, readings.language)
    assert "self_harm" in seen.sure_words(0)
    for i, claims in enumerate(readings.claims):
        # by the reading, or by the words where the reader missed them
        if not {"self_harm", "threat"}.isdisjoint(claims | seen.sure_words(i)):
            assert rows(corrected)[i] == rows(readings)[i]


@generous
@given(batches, corrections, st.sampled_from([None, *PLANS]))
def test_what_sure_words_say_is_never_taken_away(batch: Any, correction: Correction, plan: Any) -> None:
    texts = ["your charger burned my child", "my lawyer filed a claim against you", *(t for t, _ in batch)]
    danger = {"kind": "complaint", "risks": ("vulnerable", "safety", "legal"), "claims": {"weighty", "legal_filed"}}
    readings = readings_of([danger, danger, *(r for _, r in batch)])
    seen = look(texts, readings.language)
    corrected = correct(readings, texts, correction, plan)
    assert "vulnerable" in seen.sure_words(0)
    for i in range(len(texts)):
        held = seen.sure_words(i) & {*readings.risks[i], *readings.claims[i]}
        assert held <= {*corrected.risks[i], *corrected.claims[i]}
        if held and readings.kind[i] in ("complaint", "news", "attack"):
            assert corrected.kind[i] == readings.kind[i]
        for plan_ in (plan,) if plan and held else ():
            assert text_ranks(part(corrected, [i]), plan_)[0] >= text_ranks(part(readings, [i]), plan_)[0]


@generous
@given(batches, corrections)
def test_claims_that_need_words_are_neither_invented_nor_lost(batch: Any, correction: Correction) -> None:
    texts, readings = [t for t, _ in batch], readings_of([r for _, r in batch])
    corrected = correct(readings, texts, correction)
    free = {"weighty", "fraud_system", "legal_filed"}
    for i in range(len(texts)):
        assert corrected.claims[i] - free == readings.claims[i] - free
        assert corrected.claims[i] - readings.claims[i] <= {"weighty"}


@generous
@given(batches, corrections, st.sampled_from(PLANS))
def test_red_stays_red_until_enough_people_say_otherwise(batch: Any, correction: Correction, plan: Any) -> None:
    texts, readings = [t for t, _ in batch], readings_of([r for _, r in batch])
    before, after = (text_ranks(each, plan) for each in (readings, correct(readings, texts, correction, plan)))
    red, amber = before == LIGHTS.index("red"), LIGHTS.index("amber")
    support = correction.support
    if not support.may_soften:
        assert (after[red] == LIGHTS.index("red")).all()
    if not support.may_soften_below_amber:
        assert (after[red] >= amber).all()


@generous
@given(batches, corrections)
def test_the_neighbours_in_a_batch_do_not_matter(batch: Any, correction: Correction) -> None:
    texts, readings = [t for t, _ in batch], readings_of([r for _, r in batch])
    together = correct(readings, texts, correction)
    for i, text in enumerate(texts):
        assert rows(correct(part(readings, [i]), [text], correction)) == rows(part(together, [i]))


def heavy(**values: float) -> tuple[float, ...]:
    return (values.get("all", 0.0), *(values.get(word, 0.0) for word in (*WORDS, *TRAITS)))


def test_a_shift_is_bounded_so_that_a_firm_reading_stands() -> None:
    away = Correction(1, words=WORDS, traits=TRAITS, kind={"other": heavy(all=1e9)})
    firm, unsure = ({"kind": "praise", "kind_probability": p} for p in (0.98, 0.6))
    assert np.log(0.98 / (0.02 / 6)) > REACH
    assert correct(readings_of([firm, unsure]), ["great", "great"], away).kind == ["praise", "other"]


TO_NOTHING = {"kind": {"other": UP}, "weighty": DOWN, "risky": DOWN}
"""Drives every text towards chatter."""


@pytest.mark.parametrize("plan", [None, *PLANS])
@pytest.mark.parametrize("support", [Support(), Support(40, 3, 0, 0), MANY])
def test_however_strongly_taught_words_for_a_risk_keep_it_and_its_kind(support: Support, plan: Any) -> None:
    texts = ["my child was injured, the charger caught FIRE", "my lawyer filed a claim against you"]
    rows_ = [
        {"kind": "complaint", "kind_probability": 0.4, "risks": ("vulnerable", "safety"), "claims": {"weighty"}},
        {"kind": "news", "kind_probability": 0.4, "risks": ("legal",), "claims": {"legal_filed"}},
    ]
    readings = readings_of(rows_)
    away = Correction(1, support=support, words=WORDS, traits=TRAITS, **TO_NOTHING)
    corrected = correct(readings, texts, away, plan)
    seen = look(texts, readings.language)
    assert "safety" in seen.sure_words(0)
    assert {"legal_filed", "legal"} & seen.sure_words(1)
    for i, kind in enumerate(["complaint", "news"]):
        assert corrected.kind[i] == kind
        kept = seen.sure_words(i) & {*readings.risks[i], *readings.claims[i]}
        assert kept <= {*corrected.risks[i], *corrected.claims[i]}


def test_a_claim_that_words_stand_for_is_not_silenced_by_another_kind() -> None:
    text = "this is the third time I write to you"
    assert "repeat_contact" in look([text], ["en"]).sure_words(0)
    away = Correction(1, support=MANY, words=WORDS, traits=TRAITS, **TO_NOTHING)
    for claims, kind in (({"repeat_contact"}, "complaint"), (set(), "other")):
        read = {"kind": "complaint", "kind_probability": 0.4, "claims": claims}
        assert correct(readings_of([read]), [text], away).kind == [kind]


@pytest.mark.parametrize("plan", PLANS)
def test_without_support_a_model_alone_keeps_its_red_in_kind_and_weight(plan: Any) -> None:
    read = {"kind": "complaint", "kind_probability": 0.4, "risks": ("vulnerable",), "claims": {"weighty"}}
    readings = readings_of([read])
    away = Correction(1, words=WORDS, traits=TRAITS, **TO_NOTHING)
    assert rows(correct(readings, ["the sofa is late"], away)) == rows(readings)
    free = replace(away, support=MANY)
    assert rows(correct(readings, ["the sofa is late"], free, plan)) != rows(readings)


def test_whatever_a_plan_makes_red_stays_red() -> None:
    """A plan of its own in which any weighty complaint is red: the limits are those of its lights."""
    rules = tuple(
        rule.model_copy(update={"light": "red"}) if rule.rule == "weighs-more" else rule for rule in PLANS[0].lights
    )
    strict = PLANS[0].model_copy(update={"lights": rules})
    readings = readings_of([{"kind": "complaint", "kind_probability": 0.9, "claims": {"weighty"}}])
    milder = Correction(1, words=WORDS, traits=TRAITS, weighty=DOWN)
    for plan, light in ((strict, "red"), (PLANS[0], "green")):
        corrected = correct(readings, ["the sofa is late"], milder, plan)
        assert LIGHTS[text_ranks(corrected, plan)[0]] == light


@pytest.mark.parametrize(
    ("support", "lights"),
    [(Support(9, 2, 9, 2), "red"), (Support(10, 1, 10, 1), "red"), (Support(10, 2, 9, 2), "amber"), (MANY, "green")],
)
def test_ten_decisions_of_two_people_soften_a_red_that_a_model_alone_raised(support: Support, lights: str) -> None:
    read = {"kind": "complaint", "kind_probability": 0.9, "complaint": 0.9, "risks": ("vulnerable",)}
    milder = Correction(1, support=support, words=WORDS, traits=TRAITS, risky=heavy(late=-4.0))
    corrected = correct(readings_of([read]), ["the sofa is late"], milder, PLANS[0])
    assert LIGHTS[text_ranks(corrected, PLANS[0])[0]] == lights


def test_a_risk_is_raised_only_where_words_hint_at_it() -> None:
    graver = Correction(1, words=WORDS, traits=TRAITS, risky=heavy(all=4.0))
    read = {"kind": "complaint", "complaint": 0.9}
    corrected = correct(readings_of([read, read]), ["the sofa is late", "the stove caught fire"], graver, PLANS[0])
    assert corrected.risks[0] == ()
    assert "safety" in corrected.risks[1]


def test_damaged_weights_are_refused() -> None:
    with pytest.raises(ValueError, match="learn it anew"):
        correct(readings_of([{}]), ["x"], replace(Correction(1, words=WORDS), weighty=(1.0,)))
    with pytest.raises(ValueError, match="one text a reading"):
        correct(readings_of([{}]), [], Correction())
