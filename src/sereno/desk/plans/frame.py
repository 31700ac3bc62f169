"""What the plan adds to the frame of every page: whether the person still has to read the version in force."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sereno.desk.accounts.models import Brand, User
from sereno.desk.plans.queries import pending_confirmation


def plans_frame(brand: Brand, person: User, now: datetime) -> dict[str, Any]:  # noqa: ARG001 — as every slice's part
    return {"unread_plan": pending_confirmation(person, brand)}
