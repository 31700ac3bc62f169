"""Who may learn from what, what a sentiment stands for, and which mistakes are told first."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from bench.judging.anchors import by_sentiment
from bench.judging.answers import Answers, each_of, truth_of
from bench.judging.mistakes import COSTS, KIND, page, worst
from bench.judging.outside import Outside, sample, spelled
from bench.judging.rows import Measure, lines, measured
from bench.judging.scores import macro_f1, per_thousand
from bench.judging.unseen import Split
from sereno.engine.reading.fast import FastReader
from training.careful.rows import folds, of_known_domain
from training.corpora import Row, seeds
from training.crossval import HeldOut

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@pytest.fixture(scope="module")
def split() -> Split:
    own = [Row(f"post {i}", "en", f"sector-{i % 6}", 1.0) for i in range(60)]
    complaints = [Row(f"complaint {i}", "en", f"xci-{i % 5}", 0.7) for i in range(200)]
    rows = [*own, *complaints, Row("a subtitle", "en", "xed", 0.1)]
    return Split(rows, 60, 260, folds(rows), [])


def test_nobody_learns_from_a_sector_that_is_held_out(split: Split) -> None:
    for part in split.parts:
        sectors = {split.rows[i].group for i in part if i < split.seeds}
        assert sectors.isdisjoint(split.rows[i].group for i in split.taught(part))


def test_a_new_domain_is_new_in_every_post(split: Split) -> None:
    for part in split.parts:
        new = {split.rows[i].group for i in part if split.of_new_domain(i)}
        assert new
        assert new.isdisjoint(split.rows[i].group for i in split.taught(part))


def test_a_known_domain_is_known_by_other_posts(split: Split) -> None:
    for part in split.parts:
        known = {split.rows[i].group for i in part if of_known_domain(split.rows[i])}
        assert known <= {split.rows[i].group for i in split.taught(part)}


def test_every_post_is_held_out_once_and_other_sets_never(split: Split) -> None:
    assert sorted(i for part in split.parts for i in part) == list(range(split.judged))
    assert all(split.judged in split.taught(part) for part in split.parts)


def test_a_sentiment_stands_for_complaint_praise_and_light() -> None:
    score = {"awful": -0.9, "poor": -0.2, "so": 0.0, "good": 0.6}
    said = by_sentiment(list(score), score.__getitem__)
    assert list(said.of["kind"]) == ["complaint", "complaint", "other", "praise"]
    assert list(said.of["light"]) == ["red", "green", "none", "none"]
    assert list(said.of["polarity"]) == ["negative", "negative", "neutral", "positive"]


def test_a_goal_is_held_against_the_careful_reader_where_it_answers() -> None:
    truth = Answers({"light": np.array(["none"] * 4, dtype=object)})
    said = {
        "fast": Answers({"light": np.array(["none"] * 4, dtype=object)}),
        "careful": Answers({"light": np.array(["red", "none", "none", "none"], dtype=object)}),
    }
    measure = Measure("false reds", "light", range(4), per_thousand("red"), 5.0, True, True, ("red",))
    found = measured(measure, truth, said, draws=50)
    assert (found.cells["fast"].value, found.cells["careful"].value, found.met) == (0.0, 250.0, False)
    assert measured(measure, truth, {"fast": said["fast"]}, draws=50).met is True


def test_a_reader_without_an_answer_leaves_its_cell_empty() -> None:
    truth = Answers({"topic": np.array(["billing", "other"], dtype=object)})
    row = measured(Measure("topic", "topic", range(2), macro_f1), truth, {"VADER": Answers(), "fast": truth}, draws=20)
    assert row.cells.keys() == {"fast"}
    assert lines([row])[-1].startswith("| topic | 2 | – | – | – | 1.000 (")


@pytest.fixture(scope="module")
def held() -> HeldOut:
    rows = [row for row in seeds(SEEDS) if row.lang == "en"][:120]
    readings = each_of(FastReader(accelerate=False).read([row.text for row in rows], [None] * len(rows)))
    # every light is turned round, so that there is a mistake of each cost
    turned = {"red": None, "amber": "green", "green": "red", None: "red"}
    return HeldOut(rows, readings, [turned[row.labels["light"]] for row in rows])


def test_missed_reds_are_told_first_the_surest_first(held: HeldOut) -> None:
    red = np.linspace(-1, 1, len(held.rows))
    told = worst(held, truth_of(held.rows), red, "en", most=1000)
    order = [*(what for what, _, _ in COSTS), KIND]
    assert [order.index(each.what) for each in told] == sorted(order.index(each.what) for each in told)
    missed = [each.place for each in told if each.what == COSTS[0][0]]
    assert missed == sorted(missed)
    assert {held.rows[i].labels["light"] for i in missed} == {"red"}


def test_a_page_of_mistakes_is_one_table_row_a_mistake(held: HeldOut) -> None:
    told = page("the fast reader", held, truth_of(held.rows), np.zeros(len(held.rows)), "en")
    rows = [line for line in told[told.index("## Mistakes") :] if line.startswith("| ")][1:]
    assert len(rows) == 20
    assert all(line.replace("\\|", "").count("|") == 7 for line in rows)


def test_a_post_that_was_learnt_under_another_name_is_left_out(tmp_path: Path) -> None:
    posts = [
        {
            "text": "@user The gate was closed before boarding began! http://t.co/1",
            "lang": "en",
            "label": "negative",
        },
        {"text": "Lovely crew on the morning flight to Porto", "lang": "en", "label": "positive"},
        {"text": "thank you!", "lang": "en", "label": "positive"},
    ]
    (tmp_path / "set.jsonl").write_text("\n".join(map(json.dumps, posts)), "utf-8")
    source = Outside("a set", "set", "en", "polarity")
    learnt = {spelled("the gate was closed before boarding began"), spelled("Thank you")}
    assert set(sample(source, tmp_path, 10, learnt).texts) == {posts[1]["text"], posts[2]["text"]}
    assert sample(source, tmp_path, 2).texts == sample(source, tmp_path, 2).texts
