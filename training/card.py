"""Writes the figures of the manifest into the model card: python -m training.card"""

from __future__ import annotations

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CARD = ROOT / "docs" / "model-card.md"


def main() -> None:
    manifest = json.loads((ROOT / "src/sereno/engine/weights/manifest.json").read_text("utf-8"))
    lines = ["| | en | es | pl |", "|---|---|---|---|"]
    lines += [f"| {task} | {' | '.join(figures.values())} |" for task, figures in manifest["held_out"].items()]
    table = "\n".join(["<!-- figures -->", *lines, "<!-- /figures -->"])
    card = CARD.read_text("utf-8")
    CARD.write_text(re.sub(r"<!-- figures -->.*<!-- /figures -->", lambda _: table, card, flags=re.DOTALL), "utf-8")


if __name__ == "__main__":
    main()
