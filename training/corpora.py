"""What the readers are trained on: the repository's seeds, and the sets of DIR whose licence lets weights be shipped.

A set that is marked *measure* or *share-alike* in DIR's README is never opened here.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SHIPPABLE = (
    "complaint_en", "sentiment_semeval17_en", "polarity_xed_8lang", "polarity_goemotions_en",
    "offence_cyberbullying_pl", "crisis_informative_multi", "intent_banking77_en",
)  # fmt: skip
SEVERITIES = (None, "no_explicit_reproach", "disapproval", "accusation", "blame")


@dataclass(frozen=True, slots=True)
class Row:
    text: str
    lang: str
    group: str
    """Rows of one group never stand on both sides of a split."""
    weight: float
    labels: dict[str, Any] = field(default_factory=dict)
    """By head; a head that is missing is not known of this row."""


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def drawn(text: str) -> int:
    """A number that depends on the text alone."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")


def for_measuring(text: str) -> bool:
    """A quarter of the Polish harmful posts is never trained on: the benchmark reads it."""
    return drawn(text) % 4 == 0


def checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def seeds(folder: Path) -> list[Row]:
    rows = []
    for path in sorted(folder.glob("*/*.jsonl")):
        for post in _lines(path):
            rows.append(Row(post["text"], path.parent.name, path.stem, 1.0, seed_labels(post)))
    return rows


def seed_labels(post: dict[str, Any]) -> dict[str, Any]:
    """The guide's labels, and those that follow from them (model card: which head learns from what)."""
    light, risk, kind = post["light"], post["risk"], post["kind"]
    labels = {
        "kind": kind,
        "complaint": kind == "complaint",
        "polarity": post["polarity"],
        "hostile": post["hostile"],
        "call_to_action": post["call_to_action"],
        "topic": post["topic"],
        "risk.any": risk != "none",
        "red": light == "red",
        "claims.fraud_system": risk == "fraud" and light == "red",
        "claims.legal_filed": risk == "legal" and light == "red",
        "light": light,
        "risk": risk,
        "severity_or_none": post["severity"],
    }
    labels.update({f"risk.{name}": risk == name for name in RISK_NAMES})
    if post["severity"]:
        labels["severity"] = post["severity"]
    if kind == "complaint":
        labels["weighty"] = light != "green"
    return labels


RISK_NAMES = ("vulnerable", "safety", "data", "discrimination", "fraud", "legal", "mass")


def auxiliary(folder: Path) -> list[Row]:
    """The shippable sets, each for the heads it can teach, thinned so that the seeds keep the last word."""
    rows: list[Row] = []
    for post in _lines(folder / "complaint_en.jsonl"):
        labels: dict[str, Any] = {"complaint": bool(post["label"])}
        if post["severity"]:
            labels["severity"] = SEVERITIES[post["severity"]]
        rows.append(Row(post["text"], "en", f"xci-{post['domain']}", 0.7, labels))
    for post in _lines(folder / "sentiment_semeval17_en.jsonl"):
        rows.append(Row(post["text"], "en", "semeval", 0.3, {"polarity": post["label"]}))
    for post in _lines(folder / "offence_cyberbullying_pl.jsonl"):
        text = post["text"].replace("@anonymized_account", "")
        if for_measuring(text):
            continue
        rows.append(Row(text, "pl", "cyberbullying", 0.3, {"hostile": bool(post["label"])}))
    for post in _thinned(folder / "polarity_goemotions_en.jsonl", 6000):
        if post["label"] in ("negative", "neutral", "positive"):
            rows.append(Row(post["text"], "en", "goemotions", 0.15, {"polarity": post["label"]}))
    subtitles = [p for p in _lines(folder / "polarity_xed_8lang.jsonl") if p["lang"] in ("en", "es", "pl")]
    for post in _thin(subtitles, 5000):
        if post["label"] in ("negative", "neutral", "positive"):
            rows.append(Row(post["text"], post["lang"], "xed", 0.1, {"polarity": post["label"]}))
    for post in _thinned(folder / "intent_banking77_en.jsonl", 1500):
        if (
            post["text"]
            .lower()
            .startswith(("how do", "how can", "how long", "what are", "can i", "do you", "where can"))
        ):
            labels = {"kind": "question", "complaint": False, "hostile": False, "red": False}
            rows.append(Row(post["text"], "en", "banking77", 0.1, labels))
    crisis = [p for p in _lines(folder / "crisis_informative_multi.jsonl") if p["label"] == "unrelated"]
    for post in _thin([p for p in crisis if p["lang"] in ("en", "es")], 1000):
        labels = {"kind": "other", "complaint": False, "red": False, "risk.any": False}
        rows.append(Row(post["text"], post["lang"], "crisis", 0.1, labels))
    return rows


def _thinned(path: Path, count: int) -> list[dict[str, Any]]:
    return _thin(list(_lines(path)), count)


def _thin(rows: list[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    return random.Random(20261101).sample(rows, min(count, len(rows)))
