"""Where the careful reader cannot be had, one sentence says why; nothing ends in a traceback."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from sereno import careful
from sereno.engine.reading import careful as reading

WEIGHTS = Path(reading.__file__).parents[1] / "weights"
PACKAGES = ("sereno.engine", "sereno.careful")
HERE = Path(careful.__file__).parent / "weights"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped weights that a test may break."""
    if careful.missing():
        pytest.skip("the careful reader is not installed")
    copied = tmp_path / "weights"
    copied.mkdir()
    for file in (*WEIGHTS.glob("*.*"), HERE / "careful.onnx"):
        (copied / file.name).write_bytes(file.read_bytes())
    (tmp_path / "languages").symlink_to(WEIGHTS.parent / "languages")
    monkeypatch.setattr(
        "importlib.resources.files", lambda package: tmp_path if package in PACKAGES else files(package)
    )
    return copied


def test_whole_weights_can_be_used(installed: Path) -> None:
    assert careful.missing() is None


@pytest.mark.parametrize("file", ["careful.json", "careful-joints.npz", "careful.onnx"])
def test_a_file_that_is_not_there_is_named(file: str, installed: Path) -> None:
    (installed / file).unlink()
    assert file in (careful.missing() or "")
    assert careful.best_reader().model.startswith("fast-")
    with pytest.raises(careful.EncoderMissing, match=file):
        careful.best_reader("careful")


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("careful.json", b""), ("careful.json", b"{}"), ("careful.json", b'["no"]'), ("careful.json", b"\xff{"),
        ("careful.json", b'{"version": "1", "encoder": null}'), ("careful-joints.npz", b"PK\x03\x04 cut off"),
    ],
)  # fmt: skip
def test_a_damaged_file_is_named_and_the_fast_reader_answers(file: str, content: bytes, installed: Path) -> None:
    (installed / file).write_bytes(content)
    assert (careful.missing() or "").startswith(file)
    assert careful.best_reader().model.startswith("fast-")
