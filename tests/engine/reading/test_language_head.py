"""The language head: sure of what it was taught, silent about the rest."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.engine.fold import fold
from sereno.engine.language import detect
from sereno.engine.reading.features import groups, prefix_sums
from sereno.engine.reading.language_head import OTHER, LanguageHead, load_language_head, pack, unpack
from sereno.engine.reading.layout import lay_out

SEEDS = Path(__file__).parents[3] / "seeds"


def sure(texts: Sequence[str]) -> list[str | None]:
    head, layout = load_language_head(), lay_out(texts)
    return head.sure(layout, head.hear(layout, list(groups(layout, prefix_sums(layout)))))


@pytest.mark.parametrize("code", ["en", "es", "pl"])
def test_the_head_is_sure_of_most_posts_and_never_of_another_language(code: str) -> None:
    files = sorted(SEEDS.glob(f"{code}/*"))
    texts = [json.loads(line)["text"] for path in files for line in path.read_text("utf-8").splitlines()]
    for part in (texts, [fold(text) for text in texts]):
        found = sure(part)
        told = [each for each in found if each is not None]
        assert len(told) >= 0.9 * len(part)
        assert sum(each != code for each in told) <= 0.002 * len(part)


@pytest.mark.parametrize(
    "text",
    [
        "Balíček dorazil poškozený a nikdo mi neodpovídá na e-maily, jsem velmi zklamaný",
        "Paketet kom aldrig fram och ingen svarar i telefonen, det är inte acceptabelt",
        "A csomag soha nem érkezett meg, és senki sem válaszol a leveleimre",
        "Coletul nu a ajuns niciodată și nimeni nu răspunde la telefon de trei zile",
        "Посылка так и не пришла, и никто не отвечает на мои письма",
        "荷物がまだ届きません。誰も電話に出ません。",
        "fire сегодня в магазине никто не отвечает great service",
        "", "ok", "😭😭😭", "!!! ??? !!!", "https://acme.example/the/and/of",
    ],
)  # fmt: skip
def test_what_it_was_not_taught_is_left_to_the_larger_model(text: str) -> None:
    assert sure([text]) == [None]


def test_two_languages_in_one_text_are_left_to_the_larger_model() -> None:
    spanish = "Llevo tres semanas esperando el paquete y nadie me contesta el teléfono, una vergüenza. "
    english = "I have been waiting for three weeks for the parcel and nobody answers the phone, shame on you. "
    assert sure([spanish + english, english + spanish]) == [None, None]
    assert sure([spanish + spanish, english + english]) == ["es", "en"]


@given(st.lists(st.text(max_size=200), max_size=5))
@settings(deadline=None, max_examples=60)
def test_a_text_is_heard_the_same_alone_as_in_a_batch(texts: list[str]) -> None:
    assert sure(texts) == [sure([text])[0] for text in texts]


def test_where_the_head_is_sure_its_word_stands() -> None:
    text = "My parcel never arrived and nobody answers the phone"
    assert sure([text]) == ["en"]
    assert detect([text], ["pl"]) == ["en"]


def test_the_head_is_packed_and_unpacked_whole() -> None:
    head = load_language_head()
    again = unpack(pack(head), head.checksum)
    for field in dataclasses.fields(LanguageHead):
        assert np.array_equal(getattr(head, field.name), getattr(again, field.name)), field.name
    assert OTHER in head.codes
