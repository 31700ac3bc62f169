"""The accelerated path and the plain one: the same readings, to the last digit."""

from __future__ import annotations

import dataclasses
import json
import logging
import pickle
import random
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.engine.fold import fold
from sereno.engine.read import Readings
from sereno.engine.reading import accelerated
from sereno.engine.reading.accelerated import Accelerated
from sereno.engine.reading.fast import FastReader
from sereno.engine.reading.layout import Layout
from sereno.engine.reading.lexicon import Hits, Lexicon, load_lexicon, parse_language
from sereno.engine.reading.linear import load_weights
from sereno.engine.reading.plain import Plain

pytest.importorskip("numba", reason="the accelerated path needs the extra `accelerated`")

SEEDS = Path(__file__).parents[3] / "seeds"
PLAIN, FAST = FastReader(accelerate=False), FastReader(accelerate=True)
ODD = [
    "1.200 €", "£2,500", "S/ 320", "2 tys. zł", "https://x.example/a", "www.x.example", "@acme", "me@acme.example",
    "!!", "?", "😭", "it's", "½", "ﬁre", "ŁÓDŹ", ".", ",", "\n", "\0", "\ud800", "İ", "𝐟𝐫𝐚𝐮𝐝", "٣", "²", "a" * 70,
    "http://", "@", "x@y", "x@y.", "´`’", "ǆ", "你好", "ไฟไหม้", "ﷺ", "2nd", "not", "no", "nie", "only", "tylko",
]  # fmt: skip
KNOWN = sorted(
    {
        string
        for language in load_lexicon().languages.values()
        for found in language.entries.values()
        for entry in found
        for token in entry.tokens
        for string in (*token.words, *token.stems)
    }
)
"""Every word and stem of the lexicons."""
WORDS = st.one_of(st.sampled_from(ODD), st.sampled_from(KNOWN))
TEXTS = st.one_of(
    st.text(max_size=120),
    st.lists(WORDS, max_size=25).map(" ".join),
    st.lists(WORDS, max_size=25).map("".join),
)


def rows(readings: Readings) -> list[tuple[object, ...]]:
    columns = [getattr(readings, f.name) for f in dataclasses.fields(readings) if f.name not in ("model", "taught")]
    return [tuple(column[i] for column in columns) for i in range(len(readings))]


def both(texts: Sequence[str]) -> tuple[Readings, Readings]:
    hints = [None] * len(texts)
    return PLAIN.read(texts, hints), FAST.read(texts, hints)


@cache
def paths() -> tuple[Plain, Accelerated]:
    reader = FastReader()
    weights, head, lexicon = reader._weights, reader._head, reader._lexicon
    return Plain(weights, head, lexicon), Accelerated(weights, head, lexicon)


def hits_of(hits: Hits) -> set[tuple[int, ...]]:
    return set(zip(*(column.tolist() for column in hits.columns()), strict=True))


@given(st.lists(TEXTS, max_size=6))
@settings(deadline=None, max_examples=150)
def test_any_texts_get_the_same_readings_on_both_paths(texts: list[str]) -> None:
    plain, fast = both(texts)
    assert rows(plain) == rows(fast)


@given(st.lists(TEXTS, max_size=6))
@settings(deadline=None, max_examples=150)
def test_every_step_gives_the_same_numbers_on_both_paths(texts: list[str]) -> None:
    plain, fast = paths()
    one, two = plain.lay_out(texts), fast.lay_out(texts)
    for field in dataclasses.fields(Layout):
        first, second = getattr(one, field.name), getattr(two, field.name)
        assert list(first) == list(second), field.name
    grams, again = plain.grams(one), fast.grams(two)
    assert np.array_equal(grams.total, again.total)
    assert np.array_equal(grams.known, again.known)
    for field in dataclasses.fields(grams.heard):
        assert np.array_equal(getattr(grams.heard, field.name), getattr(again.heard, field.name)), field.name
    for code in ("en", "es", "pl", "und"):
        languages = [code] * len(texts)
        assert hits_of(plain.scan(one, grams, languages)) == hits_of(fast.scan(two, again, languages))


def test_the_seeds_get_the_same_readings_on_both_paths() -> None:
    posts = [line for path in sorted(SEEDS.glob("*/*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    texts = [json.loads(line)["text"] for line in random.Random(3).sample(posts, 400)]
    texts += [fold(text) for text in texts[:50]] + [text.upper() for text in texts[50:100]]
    plain, fast = both(texts)
    assert rows(plain) == rows(fast)


@pytest.mark.parametrize(
    "text", ["", "\0", "a" * 1_000_000, "fire " * 200_000, "no fire @a 2 € " * 2000, "\0" * 30_000]
)
def test_odd_and_huge_texts_get_the_same_readings_on_both_paths(text: str) -> None:
    plain, fast = both(["before it", text, "after it"])
    assert rows(plain) == rows(fast)


def test_more_hits_than_there_was_room_for_are_all_found() -> None:
    plain, fast = paths()
    texts = ["fire " * 4000]
    one, two = plain.lay_out(texts), fast.lay_out(texts)
    grams = plain.grams(one)
    found = plain.scan(one, grams, ["en"])
    assert len(found) >= 4000
    assert hits_of(found) == hits_of(fast.scan(two, grams, ["en"]))


def test_threads_may_meet_new_letters_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accelerated, "_FOLDING", accelerated._Folding())
    texts = [chr(code) + "x fire" for code in range(0x3300, 0x3400)]  # each folds to several letters
    expected = dict(zip(texts, rows(PLAIN.read(texts, [None] * len(texts))), strict=True))

    def read(seed: int) -> None:
        mixed = random.Random(seed).sample(texts, len(texts))
        for at in range(0, len(mixed), 16):
            part = mixed[at : at + 16]
            assert rows(FAST.read(part, [None] * len(part))) == [expected[text] for text in part]

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(read, range(4))) == [None] * 4


def test_the_loops_know_the_signs_of_the_layout() -> None:
    from sereno.engine.reading import kernel, layout

    for name in ("SPACE", "END", "ZERO", "APOSTROPHE"):
        assert getattr(kernel, name) == getattr(layout, name)


def test_a_reader_says_which_path_it_takes() -> None:
    assert FastReader().path == "accelerated"
    assert FastReader(accelerate=False).path == "plain"
    assert FastReader().model == FastReader(accelerate=False).model


def test_few_posts_do_not_load_the_accelerated_path() -> None:
    code = (
        "import sys; from sereno.engine.reading.fast import FastReader;"
        "FastReader().read(['hello there'], [None]); assert 'numba' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_where_numba_does_not_work_the_plain_path_reads_on(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ImportError("numba needs another numpy")

    monkeypatch.setattr(accelerated, "Accelerated", broken)
    with caplog.at_level(logging.WARNING):
        reader = FastReader()
        assert reader.path == "plain"
    assert "numba needs another numpy" in caplog.text
    assert len(reader.read(["x"] * 300, [None] * 300)) == 300


def test_without_numba_the_plain_path_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accelerated, "installed", lambda: False)
    assert FastReader().path == "plain"


def test_a_cache_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    code = (
        # numba finds no folder for what has no file
        "from sereno.engine.reading.kernel import compiled\nassert compiled(lambda x: x + 1)(1) == 2\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=tmp_path)


def test_evidence_is_a_column_like_the_others() -> None:
    texts = ["Your charger caught fire, I am furious", "Thanks a lot", "El cargador se incendió"] * 30
    read = FAST.read(texts, [None] * len(texts))
    column = read.evidence
    assert len(column) == len(texts)
    assert column[-1] == column[len(texts) - 1]
    assert column[3:5] == [column[3], column[4]]
    assert list(column) == [column[i] for i in range(len(texts))]
    assert column == list(column)
    assert pickle.loads(pickle.dumps(read)).evidence == list(column)
    assert column[0] == FAST.read(texts[:1], [None]).evidence[0]
    with pytest.raises(IndexError):
        column[len(texts)]


def test_weights_join_as_before_whichever_way_their_columns_are_added() -> None:
    weights = load_weights()
    plain, fast = paths()
    dense = np.random.default_rng(1).integers(0, 3, size=(20, weights.dense.shape[0]))
    assert np.array_equal(plain.lexical(dense), dense @ weights.dense)
    assert np.array_equal(fast.lexical(dense), dense @ weights.dense)


@pytest.mark.parametrize("phrase", ["2nd", "24h", "%", "90%", "£", "b2b"])
def test_entries_of_digits_and_signs_are_found_on_both_paths(phrase: str) -> None:
    language = parse_language(
        f"[risk.fraud]\nphrases = '{phrase}'", "code = 'en'\nnegation = {words = [], reach = 0}\nmoney = {}", "own"
    )
    reader = FastReader()
    lexicon = Lexicon([language], "own")
    texts = [f"so {phrase} it is", "nothing here", phrase.upper()]
    for path in (Plain(reader._weights, reader._head, lexicon), Accelerated(reader._weights, reader._head, lexicon)):
        layout = path.lay_out(texts)
        assert path.scan(layout, path.grams(layout), ["en"] * 3).text.tolist() == [0, 2], path.name
