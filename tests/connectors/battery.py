"""What every connector is put through: its samples, cut into raw items the way the desk cuts them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sereno.connectors import ALL
from sereno.connectors.base import Answer, Connector, RawItem
from sereno.desk.intake.lines import layout_of, records

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)

SAMPLES = [
    pytest.param(connector, sample, id=f"{connector.kind}-{sample.name}")
    for connector in ALL
    for sample in connector.samples()
]


@dataclass
class CannedHttp:
    """Answers every address with the same bytes."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        self.asked.append((url, dict(headers or {})))
        return Answer(self.status, dict(self.headers), self.body, url)


def settings_for(sample: Path) -> dict[str, str]:
    return {"url": "https://sample.example/feed", "file": str(sample)}


def items_of(connector: Connector, sample: Path) -> list[RawItem]:
    """The sample as raw items: received, read from a server that answers with it, or cut from a file."""
    if connector.receive is not None:
        return list(connector.receive(sample.read_bytes()))
    if connector.read is not None:
        later = datetime(2026, 3, 2, 13, tzinfo=UTC)
        http = CannedHttp(sample.read_bytes())
        first = connector.read(settings_for(sample), None, {}, http, NOON)
        rest = connector.read(settings_for(sample), None, first.cursor, http, later)
        return list({item.key: item for item in [*first.items, *rest.items]}.values())
    with sample.open("rb") as file:
        layout, start = layout_of(file)
        return [each.item for each in records(file, layout, start, sample.name) if each.item is not None]
