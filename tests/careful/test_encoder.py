"""The shipped careful reader, whole: encoder, words and layers on top."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from sereno.careful import best_reader, missing
from sereno.careful.encoder import PackagedEncoder
from sereno.careful.process import EncoderProcess
from sereno.engine.context import Context, Contexts
from sereno.engine.judge import judge
from sereno.engine.plan.load import read_plan
from sereno.engine.read import Reader
from sereno.engine.reading.careful import CarefulReader, encoder_checksum
from training.careful.rows import stripped

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
SEEDS = Path(__file__).parents[2] / "seeds"
TOLERANCE = 0.08
"""Share of posts whose light may change where diacritics fall away or a picture is added. Capitals change none."""

# where programs are required, as in CI, a missing part is a failure and no reason to skip
pytestmark = pytest.mark.skipif(
    missing() is not None and os.environ.get("SERENO_REQUIRE_PROGRAMS") != "1", reason=str(missing())
)


@pytest.fixture(scope="module")
def careful() -> Iterator[Reader]:
    process = EncoderProcess(encoder_checksum())
    yield CarefulReader(process)
    process.close()


@pytest.fixture(scope="module")
def posts() -> list[str]:
    """Every hundredth seed, in all three languages."""
    lines = [line for path in sorted(SEEDS.glob("*/*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    return [json.loads(line)["text"] for line in lines[::100]]


def lights(reader: Reader, texts: list[str]) -> list[str | None]:
    read = reader.read(texts, [None] * len(texts))
    assert reader.trouble is None
    contexts = Contexts([Context(received_at=NOON, about=("brand",)) for _ in texts])
    return list(judge(read, contexts, read_plan("starter"), NOON).text_light)


@pytest.mark.parametrize(
    ("text", "light"),
    [
        ("The kettle you sold me melted its own plug and the socket is black. My daughter was holding it.", "red"),
        ("El hervidor que me vendieron soltó un fogonazo y mi hija acabó en urgencias con la mano quemada.", "red"),
        ("Czajnik od was stopił wtyczkę, a trzymała go moja córka.", "red"),
        ("Parcel came two days late, box fine.", "green"),
        ("El paquete llegó dos días tarde, nada más.", "green"),
        ("Paczka przyszła dwa dni po terminie, poza tym ok.", "green"),
        ("Lovely staff at the Leeds shop today, thank you!", None),
        ("¡Qué majas las chicas de la tienda, gracias!", None),
        ("Przemiła obsługa w sklepie, dziękuję!", None),
    ],
)
def test_plain_posts_get_the_light_that_anybody_would_give(careful: Reader, text: str, light: str | None) -> None:
    assert lights(careful, [text]) == [light]


def test_a_text_gets_the_same_scores_alone_and_in_company(posts: list[str]) -> None:
    encoder = PackagedEncoder()
    together = encoder.scores(posts[:8])
    assert all(np.array_equal(encoder.scores([text])[0], row) for text, row in zip(posts[:8], together, strict=True))


def test_capitals_change_no_light(careful: Reader, posts: list[str]) -> None:
    plain = [text for text in posts if text.upper().lower() == text.lower()]
    assert lights(careful, plain) == lights(careful, [text.upper() for text in plain])


@pytest.mark.parametrize("change", [stripped, lambda text: f"{text} 🙂", lambda text: f"  {text}\n"])
def test_missing_diacritics_and_an_added_picture_rarely_change_a_light(
    careful: Reader, posts: list[str], change: object
) -> None:
    before = lights(careful, posts)
    after = lights(careful, [change(text) for text in posts])  # type: ignore[operator]
    assert sum(a != b for a, b in zip(before, after, strict=True)) <= TOLERANCE * len(posts)


@pytest.mark.parametrize(
    "text", ["", "\0\ud83d", "a" * 1_000_000, "ż́́́" * 200_000, "👩‍👩‍👧‍👦" * 50_000, "no! " * 250_000]
)
def test_an_endless_or_odd_text_is_read_in_bounded_time(careful: Reader, text: str) -> None:
    began = time.monotonic()
    assert len(careful.read([text], [None])) == 1
    assert careful.trouble is None
    assert time.monotonic() - began < 20  # seconds on a loaded machine; far under one on a quiet one


def test_the_best_reader_is_the_careful_one_where_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERENO_READER", "auto")
    assert best_reader().model.startswith("careful-")


def test_the_fast_reader_can_be_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERENO_READER", "fast")
    assert best_reader().model.startswith("fast-")


def test_a_reader_of_another_name_is_told_what_there_is() -> None:
    with pytest.raises(ValueError, match="auto, careful or fast"):
        best_reader("best")
