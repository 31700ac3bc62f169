"""What the cases add to the frame of every page."""

from __future__ import annotations

import os
from datetime import datetime
from functools import lru_cache
from typing import Any

from sereno.careful import missing
from sereno.desk.accounts.models import Brand, User
from sereno.desk.cases.queries import counts, latest_event


def cases_frame(brand: Brand, person: User, now: datetime) -> dict[str, Any]:
    return {
        "counts": counts(brand, person=person, now=now),
        "event": latest_event(brand.pk),
        "fast_alone": _fast_alone(),
    }


@lru_cache(maxsize=1)
def _fast_alone() -> bool:
    """Whether posts are read by the fast reader although nobody chose so: told where the day begins."""
    return os.environ.get("SERENO_READER", "auto") == "auto" and missing() is not None
