"""The packaged encoder is the one the weights were made for, or it is not used."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sereno.careful import packaged
from sereno.careful.packaged import EncoderMissing, Packaged, load, unpacked, where
from sereno.careful.pieces import WINDOW, WINDOWS, Splitter, prepared


@pytest.fixture(scope="module")
def real() -> Packaged:
    return load()


@pytest.fixture(scope="module")
def splitter(real: Packaged) -> Splitter:
    return Splitter(real)


def test_another_file_is_refused_by_its_checksum(tmp_path: Path) -> None:
    other = tmp_path / "e5-small-q4.bin"
    other.write_bytes(b"E5S1 of another release")
    with pytest.raises(EncoderMissing, match="SHA-256"):
        load(other)


def test_a_missing_package_is_told_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packaged, "PACKAGE", "no_such_package_anywhere")
    with pytest.raises(EncoderMissing, match="pip install"):
        where()


def test_four_bit_blocks_come_back_as_numbers() -> None:
    scale = np.array([0.5], dtype="<f2").view(np.uint8)
    block = np.concatenate([scale, np.full(16, 0x9F, dtype=np.uint8)])  # low half 15, high half 9
    (row,) = unpacked(block[None], 32)
    assert row.tolist() == [3.5] * 16 + [0.5] * 16


def test_pieces_are_those_of_the_vocabulary(splitter: Splitter, real: Packaged) -> None:
    ((pieces,), (count,)) = splitter.windows(["gracias"])
    spelled = "".join(real.pieces[i][0] for i in pieces[1:-1])
    assert (spelled, count) == ("▁query:▁gracias", 1)


def test_capitals_handles_and_addresses_do_not_reach_the_encoder() -> None:
    assert prepared("HOLA @mirabela mira https://a.b/c?d") == prepared("hola @otra mira")


def test_drawn_out_letters_are_shortened_and_ordinary_double_ones_are_not() -> None:
    assert prepared("noooooooo llama Anna") == "nooo llama anna"


def test_a_long_text_is_read_at_its_beginning_and_at_its_end(splitter: Splitter, real: Packaged) -> None:
    windows, (count,) = splitter.windows(["start " + "ja nie wiem " * 4000 + "finish"])
    assert count == len(windows) == WINDOWS
    assert all(len(window) <= WINDOW + 2 for window in windows)
    last = [real.pieces[i][0] for i in windows[-1]]
    assert "finish" in "".join(last)


@pytest.mark.parametrize("text", ["", " ", "\0", "👩‍👩‍👧‍👦" * 50, "\u202e\u0300" * 500, "a" * 1_000_000, "\ud83d"])
def test_any_text_has_at_least_one_window_and_not_many(splitter: Splitter, text: str) -> None:
    windows, (count,) = splitter.windows([text.encode("utf-8", "replace").decode()])
    assert 1 <= count <= WINDOWS
    assert len(windows) == count
