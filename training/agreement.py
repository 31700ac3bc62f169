"""How far two labellings of the same seeds agree: python -m training.agreement

The second labels (`seeds/second-labels-<language>.jsonl`) were given to a third of the seeds, drawn by the digest of
their id, by somebody who had the guide and the texts and had not seen the first labels.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sklearn.metrics import cohen_kappa_score

ROOT = Path(__file__).resolve().parents[1] / "seeds"
LABELS = ("kind", "light", "risk", "hostile", "call_to_action", "polarity", "topic", "severity")


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def agreement(language: str) -> dict[str, tuple[float, float, int]]:
    """For each label Cohen's kappa, the share of equal labels, and how many posts both labelled."""
    first = {row["id"]: row for path in (ROOT / language).glob("*.jsonl") for row in rows(path)}
    pairs = [(first[row["id"]], row) for row in rows(ROOT / f"second-labels-{language}.jsonl")]
    found = {}
    for label in LABELS:
        # a severity belongs to complaints only: where just one called it so, that disagreement counts under kind
        both = [(a, b) for a, b in pairs if label != "severity" or a["kind"] == b["kind"] == "complaint"]
        one, other = [str(a[label]) for a, _ in both], [str(b[label]) for _, b in both]
        same = sum(x == y for x, y in zip(one, other, strict=True)) / len(both)
        found[label] = (float(cohen_kappa_score(one, other)), same, len(both))
    return found


def main() -> None:
    found = {language: agreement(language) for language in ("en", "es", "pl")}
    print("| kappa (share of equal labels) | en | es | pl |\n|---|---|---|---|")
    for label in LABELS:
        cells = [f"{found[code][label][0]:.2f} ({found[code][label][1]:.0%})" for code in found]
        print(f"| {label} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
