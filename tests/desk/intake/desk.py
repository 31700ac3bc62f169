"""Verbs for stories of the intake: `intake.tells({...})` lets a record arrive, `intake.understand()` reads it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from sereno.connectors.base import RawItem, digest_of
from sereno.desk.accounts.models import Brand
from sereno.desk.intake.actions import Understood, store_raw, understand
from sereno.desk.intake.models import Post, RawRecord, Source

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Intake:
    def __init__(self, brand: Brand) -> None:
        self.brand = brand
        self.search = self.source("search")
        self.notifications = self.source("notifications")

    def source(self, name: str, kind: str = "webhook", **fields: Any) -> Source:
        return Source.objects.create(
            brand=self.brand, kind=kind, name=name, public_id=f"{self.brand.slug}-{name}", **fields
        )

    def tells(
        self, told: dict[str, Any] | bytes, *, minutes: float = 0, source: Source | None = None, via: str = "search",
        backfilled: bool = False,
    ) -> RawRecord:  # fmt: skip
        """A record arrives that many minutes after noon."""
        body = (
            told if isinstance(told, bytes) else json.dumps({"id": "p", "network": "x", "text": "t", **told}).encode()
        )
        source = source or self.search
        store_raw(
            source, [RawItem(digest_of(body), body, "search")], now=NOON + timedelta(minutes=minutes), via=via,
            backfilled=backfilled,
        )  # fmt: skip
        return RawRecord.objects.get(source=source, key=digest_of(body))

    def understand(self) -> Understood:
        return understand(now=NOON, limit=1000)

    def post(self, name: str = "p") -> Post:
        return Post.objects.select_related("text", "author").get(brand=self.brand, external_id=name)
