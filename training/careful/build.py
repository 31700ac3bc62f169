"""Rebuilds the careful reader's weights: the encoder, and the small layers on top."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sereno.careful.encoder import WEIGHTS as ENCODER
from sereno.careful.packaged import FILE, PACKAGE, SHA256
from sereno.engine.reading.careful import pack
from training.careful.crossval import read_unseen, unseen
from training.careful.encode import say, shipped_net
from training.careful.export import export
from training.careful.joints import fit_joints
from training.careful.rows import others
from training.corpora import Row
from training.figures import table as figures

VERSION = "2026.11.1"
ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "src" / "sereno" / "careful" / "weights" / ENCODER
JOINTS = ROOT / "src" / "sereno" / "engine" / "weights"


def build(own: Sequence[Row], data: Path, work: Path, at_once: int, sources: dict[str, str], *, check: bool) -> bool:
    """Whether the shipped weights come out; writes them unless `check`."""
    work.mkdir(parents=True, exist_ok=True)
    rows = [*own, *others(data)]
    say(f"careful: {len(own)} seeds, {len(rows) - len(own)} posts of other sets; this takes an hour or two")
    seen = unseen(own, rows, data, work, at_once)
    held = read_unseen(seen, VERSION)
    lines = figures(held.of(range(len(own))))
    joints = fit_joints(seen.table, seen.rows, VERSION)
    model = work / ENCODER
    export(shipped_net(rows, work), model)
    packed = pack(joints)
    manifest: dict[str, Any] = {
        "version": VERSION,
        "encoder": {"sha256": _sha256(model.read_bytes()), "package": PACKAGE, "file": FILE, "of": SHA256},
        "joints": {"sha256": _sha256(packed)},
        "trained_on": sources,
        "held_out": {line[0]: dict(zip(("en", "es", "pl"), line[1:], strict=True)) for line in lines},
    }
    for line in lines:
        print(f"{line[0]:34}", *(f"{cell:22}" for cell in line[1:]))
    if check:
        shipped = json.loads((JOINTS / "careful.json").read_text("utf-8"))
        same = all(shipped[part]["sha256"] == manifest[part]["sha256"] for part in ("encoder", "joints"))
        print("the shipped careful weights come out" if same else "the shipped careful weights are others")
        return same
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(model.read_bytes())
    (JOINTS / "careful-joints.npz").write_bytes(packed)
    (JOINTS / "careful.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", "utf-8")
    return True


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
