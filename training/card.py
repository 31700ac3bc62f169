"""Writes the figures of the manifests into the model card: python -m training.card"""

from __future__ import annotations

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CARD = ROOT / "docs" / "model-card.md"
WEIGHTS = ROOT / "src" / "sereno" / "engine" / "weights"


def main() -> None:
    card = CARD.read_text("utf-8")
    for mark, manifest in (("figures", "manifest.json"), ("careful-figures", "careful.json")):
        held_out = json.loads((WEIGHTS / manifest).read_text("utf-8"))["held_out"]
        lines = ["| | en | es | pl |", "|---|---|---|---|"]
        lines += [f"| {task} | {' | '.join(figures.values())} |" for task, figures in held_out.items()]
        table = "\n".join([f"<!-- {mark} -->", *lines, f"<!-- /{mark} -->"])
        card = re.sub(rf"<!-- {mark} -->.*<!-- /{mark} -->", lambda _, table=table: table, card, flags=re.DOTALL)
    CARD.write_text(card, "utf-8")


if __name__ == "__main__":
    main()
