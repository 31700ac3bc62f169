"""The fast reader as a whole."""

from __future__ import annotations

import dataclasses
import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.engine.fold import fold
from sereno.engine.read import CLAIMS, KINDS, POLARITIES, RISKS, SEVERITIES, TOPICS, Readings
from sereno.engine.reading.fast import FastReader

READER = FastReader()
LANGUAGES = Path(__file__).parents[3] / "src/sereno/engine/languages"
ENTRIES = [
    (path.parent.name, json.loads(line))
    for path in sorted(LANGUAGES.glob("*/examples.jsonl"))
    for line in path.read_text("utf-8").splitlines()
]


def rows(readings: Readings) -> list[tuple[object, ...]]:
    columns = [getattr(readings, f.name) for f in dataclasses.fields(readings) if f.name not in ("model", "taught")]
    return [tuple(column[i] for column in columns) for i in range(len(readings))]


@pytest.mark.parametrize(("language", "example"), ENTRIES, ids=[e["text"][:40] for _, e in ENTRIES])
def test_examples_of_each_language_get_the_labels_they_claim(language: str, example: dict[str, object]) -> None:
    read = READER.read([str(example["text"])], [None])
    assert read.language[0] == language
    if "kind" in example:
        assert read.kind[0] == example["kind"]
    if "risk" in example:
        assert example["risk"] in read.risks[0]
    if "claim" in example:
        assert example["claim"] in read.claims[0]


@given(st.lists(st.text(max_size=120), max_size=4))
@settings(deadline=None, max_examples=60)
def test_any_text_is_read_and_the_same_alone_as_in_a_batch(texts: list[str]) -> None:
    read = READER.read(texts, [None] * len(texts))
    assert rows(read) == [rows(READER.read([text], [None]))[0] for text in texts]
    for i, text in enumerate(texts):
        assert read.kind[i] in KINDS
        assert read.polarity[i] in POLARITIES
        assert read.severity[i] in (None, *SEVERITIES)
        assert (read.severity[i] is None) == (read.kind[i] != "complaint")
        assert read.topic[i] in TOPICS
        assert set(read.risks[i]) <= set(RISKS)
        assert read.claims[i] <= set(CLAIMS)
        for evidence in read.evidence[i]:
            assert 0 <= evidence.start < evidence.end <= len(text)
    for column in (read.complaint, read.hostile, read.call_to_action, read.kind_probability):
        assert column.dtype == np.float32
        assert ((column >= 0) & (column <= 1)).all()


@given(st.sampled_from([e["text"] for _, e in ENTRIES] or [""]), st.data())
@settings(deadline=None, max_examples=40)
def test_capitals_and_missing_diacritics_change_no_reading(text: str, data: st.DataObject) -> None:
    language = READER.read([text], [None]).language
    changed = data.draw(st.sampled_from([text.upper(), fold(text), text.title()]))
    before, after = READER.read([text], [None]), READER.read([changed], [None])
    if after.language == language:  # a text of few words may lose its language with its accents
        assert (before.kind, before.risks, before.claims) == (after.kind, after.risks, after.claims)


@pytest.mark.parametrize(
    "text", ["", "\0", "\ud800", "a" * 1_000_000, "fire " * 200_000, "!" * 1_000_000, "😭" * 250_000, "7" * 500_000]
)
def test_odd_and_huge_texts_are_read_in_bounded_time(text: str) -> None:
    READER.read(["warm"], [None])
    start = time.perf_counter()
    assert len(READER.read([text], [None])) == 1
    assert time.perf_counter() - start < 5.0


def test_no_texts_give_no_readings() -> None:
    assert len(READER.read([], [])) == 0


def test_threads_share_one_reader() -> None:
    texts = [str(e["text"]) for _, e in ENTRIES]
    expected = rows(READER.read(texts, [None] * len(texts)))
    with ThreadPoolExecutor(4) as pool:
        for read in pool.map(lambda _: READER.read(texts, [None] * len(texts)), range(8)):
            assert rows(read) == expected


def test_the_version_names_date_and_digest() -> None:
    assert READER.model.startswith("fast-2026.")
    assert FastReader().model == READER.model
    assert len(READER.model.split("+")[1]) == 8
