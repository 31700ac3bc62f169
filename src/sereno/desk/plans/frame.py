"""What the plan adds to the frame of every page: whether the person still has to read the version in force."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef

from sereno.desk.accounts.models import Brand, User
from sereno.desk.plans.models import PlanKnown, PlanVersion


def plans_frame(brand: Brand, person: User, now: datetime) -> dict[str, Any]:  # noqa: ARG001 — as every slice's part
    """One question for a page that is drawn often; `queries.pending_confirmation` asks the same, rights and all."""
    known = PlanKnown.objects.filter(brand=brand, user=person, version__digest=OuterRef("digest"))
    in_force = PlanVersion.objects.filter(brand=brand, in_force_from__isnull=False, in_force_until__isnull=True)
    return {"unread_plan": in_force.filter(~Exists(known)).exists()}
