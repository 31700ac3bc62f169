"""Putting a plan in force. Approval by a second person comes with the plan's life (a later issue)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from sereno.desk.accounts.models import Brand, User
from sereno.desk.audit.actions import digest, record
from sereno.desk.plans.models import PlanVersion
from sereno.engine.plan.load import load_plan


@transaction.atomic
def put_in_force(brand: Brand, *, text: str, name: str, by: User | None, now: datetime) -> PlanVersion:
    """Check the text and put it in force from now on; the version before it ends. The same text again changes nothing.

    Raises `PlanErrors` where the text is no valid plan.
    """
    plan = load_plan(text, name)
    Brand.objects.select_for_update().get(pk=brand.pk)
    before = PlanVersion.objects.filter(brand=brand, in_force_from__isnull=False, in_force_until__isnull=True).first()
    if before is not None and before.digest == digest(text):
        return before
    if before is not None:
        before.in_force_until = now
        before.save(update_fields=["in_force_until"])
    last = PlanVersion.objects.filter(brand=brand).aggregate(last=Max("number"))["last"] or 0
    version = PlanVersion.objects.create(
        brand=brand,
        number=last + 1,
        plan_id=plan.id,
        text=text,
        digest=digest(text),
        in_force_from=now,
        by_id=by.pk if by else None,
    )
    record("plan.put_in_force", version, by=by, at=now, brand_id=brand.pk, number=version.number, digest=version.digest)
    return version
