"""What the encoder is fine-tuned on, and who is held out with whom."""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from training.corpora import Row, auxiliary, drawn

FOLDS = 3
SHARE = {
    "xci": 0.8,
    "semeval": 0.4,
    "cyberbullying": 0.5,
    "goemotions": 0.3,
    "xed": 0.2,
    "banking77": 0.3,
    "crisis": 0.3,
}
"""How much a post of another set weighs against a seed."""
MOST = {"goemotions": 1200, "xed": 600, "crisis": 500, "harmless": 1600}
"""More of these teach little and cost hours."""


def others(data: Path) -> list[Row]:
    """Posts of the shippable sets, thinned."""
    counts = dict.fromkeys(MOST, 0)
    rows = []
    for row in auxiliary(data):
        name = row.group.partition("-")[0]
        limit = "harmless" if name == "cyberbullying" and not row.labels["hostile"] else name
        if limit in MOST:
            counts[limit] += 1
            if counts[limit] > MOST[limit]:
                continue
        rows.append(dataclasses.replace(row, weight=SHARE[name]))
    return rows


def of_known_domain(row: Row) -> bool:
    """Complaints that are held out although their domain is not: how the reader does where it knows the trade."""
    return row.group.startswith("xci-") and drawn(row.text) % 5 == 0


def folds(rows: Sequence[Row]) -> list[list[int]]:
    """Rows held out together: a sector in all its languages, a domain of complaints; other sets never are."""
    sectors = sorted({row.group for row in rows if row.weight == 1.0})
    domains = sorted({row.group for row in rows if row.group.startswith("xci-")})
    place = {group: i % FOLDS for groups in (sectors, domains) for i, group in enumerate(groups)}
    found: list[list[int]] = [[] for _ in range(FOLDS)]
    for i, row in enumerate(rows):
        if row.group in place:
            found[(place[row.group] + of_known_domain(row)) % FOLDS].append(i)
    return found


def stripped(text: str) -> str:
    """Without diacritics."""
    plain = unicodedata.normalize("NFD", text).replace("ł", "l").replace("Ł", "L")
    return unicodedata.normalize("NFC", "".join(c for c in plain if not unicodedata.combining(c) or c == "\u0338"))
