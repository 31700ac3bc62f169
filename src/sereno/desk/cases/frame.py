"""What the cases add to the frame of every page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sereno.desk.accounts.models import Brand, User
from sereno.desk.cases.queries import counts, latest_event


def cases_frame(brand: Brand, person: User, now: datetime) -> dict[str, Any]:
    return {"counts": counts(brand, person=person, now=now), "event": latest_event(brand.pk)}
