"""What the sources add to the frame of every page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sereno.desk.accounts.models import Brand, User
from sereno.desk.intake.models import Source


def sources_frame(brand: Brand, person: User, now: datetime) -> dict[str, Any]:  # noqa: ARG001 — every part is told the same
    return {"troubles": Source.objects.filter(brand=brand, enabled=True, failures__gt=0).count()}
