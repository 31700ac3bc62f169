"""The careful reader joins the encoder's scores with words and the fast reader's scores."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.engine.read import CLAIMS, Floats
from sereno.engine.reading.careful import (
    COLUMNS,
    FIRST,
    HEADS,
    JOINED,
    CarefulReader,
    EncoderFailed,
    Joints,
    features,
    pack,
    unpack,
)
from sereno.engine.reading.fast import FastReader
from sereno.engine.reading.joint import CASES, Trust

fast = FastReader(accelerate=False)
passed = fast.passed(["a"], [None])
WIDTH = features(np.zeros((1, COLUMNS), np.float32), passed.scores, passed.lexical, passed.languages).shape[1]


class Told:
    """An encoder that says what it is told."""

    version = "told-1"

    def __init__(self, **sure: str) -> None:
        self.sure = {name.replace("_any", ".any"): label for name, label in sure.items()}

    def scores(self, texts: Sequence[str]) -> Floats:
        row = np.zeros(COLUMNS, dtype=np.float32)
        row[[FIRST[name] for name, labels in HEADS.items() if len(labels) == 1]] = -8.0
        for name, label in self.sure.items():
            row[FIRST[name] + HEADS[name].index(label)] = 8.0
        return np.tile(row, (len(texts), 1))


class Broken:
    version = "broken-1"

    def scores(self, texts: Sequence[str]) -> Floats:
        raise EncoderFailed("it is gone")


def joints_that_trust_the_encoder() -> Joints:
    weights = {}
    for name in JOINED:
        layer = np.zeros((WIDTH + 1, len(HEADS[name])))
        for place in range(len(HEADS[name])):
            layer[FIRST[name] + place, place] = 1.0
        weights[name] = layer
    lines = {name: {"*": 0.5} for name in ("complaint", "hostile", "call_to_action")}
    return Joints(
        weights, np.zeros(WIDTH), np.ones(WIDTH), lines, Trust((0.0,) * len(CASES), {"*": 0.0}), 0.5, "test", "digest"
    )


JOINTS = joints_that_trust_the_encoder()


def reader(encoder: Told | Broken) -> CarefulReader:
    return CarefulReader(encoder, JOINTS, fast)


def test_what_the_three_heads_say_together_is_what_is_read() -> None:
    read = reader(Told(kind="complaint", light="red", risk="data")).read(["I can see other people's bills"], [None])
    assert (read.kind[0], read.risks[0], "weighty" in read.claims[0]) == ("complaint", ("data",), True)


def test_fraud_of_one_is_amber_and_as_a_system_it_is_claimed_as_one() -> None:
    one = reader(Told(kind="complaint", light="amber", risk="fraud")).read(["they took my money"], [None])
    many = reader(Told(kind="complaint", light="red", risk="fraud")).read(["they took our money"], [None])
    assert ("fraud_system" in one.claims[0], "fraud_system" in many.claims[0]) == (False, True)


def test_somebody_in_danger_is_red_in_a_question_too() -> None:
    read = reader(Told(kind="question", light="red", risk="safety")).read(["what is the point"], [None])
    assert (read.kind[0], read.risks[0], read.claims[0] & {"self_harm", "threat"}) == (
        "question",
        ("safety",),
        {"self_harm"},
    )


def test_an_accident_told_in_any_kind_of_post_is_a_danger_and_no_self_harm() -> None:
    read = reader(Told(kind="question", light="red", risk="safety")).read(["there is smoke, who helps?"], ["en"])
    assert (read.kind[0], read.risks[0], "self_harm" in read.claims[0]) == ("complaint", ("safety",), False)


def test_red_without_a_risk_wants_a_call_to_boycott_or_the_press() -> None:
    red = {"kind": "complaint", "light": "red", "risk": "none"}
    bare = reader(Told(**red)).read(["it came late"], ["en"])
    called = reader(Told(**red, call_to_action="yes")).read(["it came late"], ["en"])
    assert ("weighty" in bare.claims[0], "boycott" in bare.claims[0]) == (True, False)
    assert "boycott" in called.claims[0]


def test_plain_words_of_a_risk_are_heard_though_the_encoder_is_unsure() -> None:
    class Unsure:
        version = "unsure-1"

        def scores(self, texts: Sequence[str]) -> Floats:
            row = np.zeros(COLUMNS, dtype=np.float32)
            row[FIRST["kind"] + HEADS["kind"].index("other")] = 1.0
            row[FIRST["risk"]] = 1.0
            return np.tile(row, (len(texts), 1))

    read = CarefulReader(Unsure(), JOINTS, fast).read(["huele a gas en la tienda"], ["es"])
    assert read.risks[0] == ("safety",)


def test_words_for_self_harm_are_heard_though_the_encoder_hears_praise() -> None:
    read = reader(Told(kind="praise", light="green", risk="none")).read(["me quiero morir"], ["es"])
    assert "safety" in read.risks[0]
    assert "self_harm" in read.claims[0]


def test_news_that_weighs_amber_is_negative_and_other_news_is_not() -> None:
    amber = reader(Told(kind="news", light="amber", polarity="neutral")).read(["they rank last"], [None])
    green = reader(Told(kind="news", light="green", polarity="negative")).read(["they open a shop"], [None])
    assert amber.polarity[0] == "negative"
    assert green.polarity[0] != "negative"


def test_pictures_alone_are_other() -> None:
    assert reader(Told(kind="complaint", light="red")).read(["😡😡😡"], [None]).kind[0] == "other"


def test_where_the_encoder_fails_the_fast_reader_answers_under_its_own_name_and_it_is_told() -> None:
    broken = reader(Broken())
    read = broken.read(["your charger caught fire"], ["en"])
    assert read.model == fast.model
    assert read.kind[0] == fast.read(["your charger caught fire"], ["en"]).kind[0]
    assert broken.trouble == "it is gone"


def test_a_reader_that_works_again_has_no_trouble() -> None:
    careful = reader(Broken())
    careful.read(["a"], [None])
    careful._encoder = Told(kind="praise", light="none", risk="none")
    careful.read(["a"], [None])
    assert careful.trouble is None


def test_the_version_changes_with_each_part() -> None:
    assert reader(Told()).model != reader(Broken()).model
    assert reader(Told()).model.startswith("careful-test+")


def test_layers_come_back_from_their_file() -> None:
    back = unpack(pack(JOINTS), "test")
    assert back.trust == JOINTS.trust
    assert all(np.allclose(back.weights[name], JOINTS.weights[name]) for name in JOINED)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.text(max_size=300), min_size=1, max_size=4),
    st.lists(st.floats(-20, 20), min_size=COLUMNS, max_size=COLUMNS),
)
def test_any_text_and_any_scores_give_a_whole_reading(texts: list[str], scores: list[float]) -> None:
    class Any:
        version = "any"

        def scores(self, texts: Sequence[str]) -> Floats:
            return np.tile(np.array(scores, dtype=np.float32), (len(texts), 1))

    read = CarefulReader(Any(), JOINTS, fast).read(texts, [None] * len(texts))
    assert len(read) == len(texts)
    for i in range(len(texts)):
        assert (read.kind[i] == "complaint") == bool(read.complaint[i] >= 0.5)
        assert (read.severity[i] is not None) == (read.kind[i] == "complaint")
        assert read.claims[i] <= set(CLAIMS)


@pytest.mark.parametrize("texts", [[], [""], ["a" * 1_000_000]])
def test_nothing_empty_or_endless_stops_it(texts: list[str]) -> None:
    assert len(reader(Told(kind="other")).read(texts, [None] * len(texts))) == len(texts)
