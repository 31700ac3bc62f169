"""Somebody was hurt, in plain words: both readers see the danger, whatever a model would make of the tone; and what
only sounds like it stays calm."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from sereno.careful import missing
from sereno.careful.process import EncoderProcess
from sereno.engine.read import Reader
from sereno.engine.reading.careful import CarefulReader, encoder_checksum
from sereno.engine.reading.fast import FastReader

HURT = (
    "Acme, your charger caught fire and burned my son's hand. Do something!",
    "my daughter is allergic and you served her nuts, she is in intensive care @acme",
    "Your Acme kettle exploded and scalded my wife",
    "a nail in the burger went through my son's cheek. four stitches",
    "Su repartidor de Acme atropelló a mi perro y se dio a la fuga",
    "Me llevaron a la UCI por vuestra salsa, soy alérgica a los cacahuetes y no lo pone en ningún sitio",
    "Córka po waszych lodach trafiła na OIOM, jest uczulona na orzechy",
    "Kurier Acme potrącił mojego psa pod domem i odjechał",
)
CALM = (
    "Acme burned me again with their fees lol",
    "This Acme sale is fire, best day ever with my son",
    "My son loves this, he was on fire at football wearing your boots",
    "Their new burger is the bomb, killed it guys",
    "Mi hija se muere de risa con vuestro anuncio",
    "Was in intensive care for a week, thank you Acme for sending flowers",
)

# where programs are required, as in CI, a missing part is a failure and no reason to skip
pytestmark = pytest.mark.skipif(
    missing() is not None and os.environ.get("SERENO_REQUIRE_PROGRAMS") != "1", reason=str(missing())
)


@pytest.fixture(scope="module", params=["fast", "careful"])
def reader(request: pytest.FixtureRequest) -> Iterator[Reader]:
    if request.param == "fast":
        yield FastReader()
        return
    process = EncoderProcess(encoder_checksum())
    yield CarefulReader(process)
    process.close()


def test_who_says_in_plain_words_that_somebody_was_hurt_is_read_as_in_danger(reader: Reader) -> None:
    readings = reader.read(HURT, [None] * len(HURT))
    for text, kind, risks in zip(HURT, readings.kind, readings.risks, strict=True):
        assert kind in ("complaint", "attack", "news"), text
        assert {"safety", "vulnerable"} & set(risks), text


def test_figures_of_speech_alarm_nobody(reader: Reader) -> None:
    readings = reader.read(CALM, [None] * len(CALM))
    alarmed = [
        text for text, kind, risks in zip(CALM, readings.kind, readings.risks, strict=True)
        if risks and kind in ("complaint", "attack", "news")
    ]  # fmt: skip
    assert alarmed == []
