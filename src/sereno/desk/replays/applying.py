"""Letting the plan in force judge the open cases again. Never by itself: a person asks for it, and the trail says who.

A light that a person set stays, a deadline only ever comes nearer, and the case's history tells every light that
changes. The judgements before stay for the record, each with the version that gave it.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.db.models import QuerySet

from sereno.desk.accounts.models import Brand, User
from sereno.desk.audit.actions import record
from sereno.desk.intake.models import Post, Stage
from sereno.desk.learning.actions import living_posts
from sereno.desk.plans.queries import version_in_force
from sereno.desk.plans.refused import PlanRefused


def open_posts(brand: Brand) -> QuerySet[Post]:
    """Posts of cases that are not closed, judged by another version than the one in force."""
    version = version_in_force(brand)
    judged = living_posts(brand).filter(judgements__current=True)
    return judged.exclude(judgements__current=True, judgements__plan_version=version) if version else judged.none()


@transaction.atomic
def apply_to_open_cases(brand: Brand, *, by: User, now: datetime) -> int:
    """Let the worker judge those posts by the plan in force. Returns how many; readings come from the cache."""
    Brand.objects.select_for_update(no_key=connection.features.has_select_for_no_key_update).get(pk=brand.pk)
    version = version_in_force(brand)
    if version is None:
        raise PlanRefused("no-plan")
    keys = list(open_posts(brand).values_list("pk", flat=True))
    posts = Post.objects.filter(pk__in=keys, stage=Stage.JUDGED).update(stage=Stage.STORED)
    record(
        "plan.applied_to_open_cases", version, by=by, at=now, brand_id=brand.pk, number=version.number, posts=posts
    )  # fmt: skip
    return posts
