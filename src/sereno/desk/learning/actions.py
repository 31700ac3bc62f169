"""Learning, switching on, undoing. Each is one transaction with its audit row; nothing happens by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Max, QuerySet

from sereno.desk.accounts.models import Brand, User
from sereno.desk.audit.actions import record
from sereno.desk.intake.models import Post, Stage
from sereno.desk.learning.figures import figures, stored
from sereno.desk.learning.models import CorrectionState, LearnedCorrection
from sereno.desk.learning.queries import at_work, corrections, gather, others
from sereno.desk.plans.queries import plan_of, version_in_force
from sereno.engine.learning.decisions import TooFew
from sereno.engine.learning.lesson import learn
from sereno.engine.learning.moves import moves
from sereno.engine.read import Reader


class LearningRefused(ValueError):
    """It cannot be done as asked; `code` names why, and the interface says it in the person's language."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def propose(brand: Brand, *, reader: Reader, by: User | None, now: datetime) -> LearnedCorrection | TooFew:
    """Fit a correction to what the team decided, measure it, and keep both. It changes nothing yet.

    One that waited for a decision is thrown away for it. `reader` is the desk's own, without a correction.
    """
    version = version_in_force(brand)
    if version is None:
        raise LearningRefused("no-plan", f"{brand.slug} has no plan in force; put one in force first")
    plan = plan_of(version)
    gathered = gather(brand, reader)  # reading is cached and idempotent: it needs no lock
    lesson = learn(gathered.readings, gathered.decisions, plan, number=0)
    if isinstance(lesson, TooFew):
        return lesson
    rest = others(brand, reader, besides=gathered.posts)
    found = moves(rest.readings, rest.texts, rest.contexts, lesson.correction, plan)
    with transaction.atomic():
        _take_turn(brand)
        _end(corrections(brand).filter(state=CorrectionState.PROPOSED).first(), CorrectionState.DISCARDED, by, now)
        number = (corrections(brand).aggregate(last=Max("number"))["last"] or 0) + 1
        row = LearnedCorrection.objects.create(
            brand=brand, number=number, reader=reader.model, plan_version=version,
            decisions=lesson.correction.decisions, helps=lesson.effect.helps,
            figures=stored(figures(lesson, found, rest.posts)),
            weights=stored(replace(lesson.correction, number=number)), made_at=now, made_by_id=by.pk if by else None,
        )  # fmt: skip
        record(
            "learning.proposed", row, by=by, at=now, brand_id=brand.pk, number=number, decisions=row.decisions,
            helps=row.helps,
        )  # fmt: skip
    return row


@transaction.atomic
def activate(correction: LearnedCorrection, *, by: User | None, now: datetime) -> LearnedCorrection:
    """Let new posts be read with it. What was read before stays as it was."""
    row = _locked(correction)
    if row.state != CorrectionState.PROPOSED:
        raise LearningRefused("not-proposed", f"correction {row.number} waits for no decision; it is {row.state}")
    if not row.helps:
        raise LearningRefused("no-better", f"correction {row.number} was measured to be no better; it stays off")
    before = at_work(row.brand)
    if before is not None:
        before.state = CorrectionState.REPLACED
        before.save(update_fields=["state"])
    row.state, row.replaces = CorrectionState.ACTIVE, before
    row.activated_at, row.activated_by_id = now, by.pk if by else None
    row.save()
    record(
        "learning.activated", row, by=by, at=now, brand_id=row.brand_id, number=row.number,
        replaces=before.number if before else None,
    )  # fmt: skip
    return row


@transaction.atomic
def undo(correction: LearnedCorrection, *, by: User | None, now: datetime) -> LearnedCorrection | None:
    """Take it out of work. What was at work before it comes back; returned is that, or None."""
    row = _locked(correction)
    if row.state != CorrectionState.ACTIVE:
        raise LearningRefused("not-active", f"correction {row.number} is not at work; there is nothing to undo")
    _end(row, CorrectionState.UNDONE, by, now)
    earlier = row.replaces
    if earlier is not None and earlier.state == CorrectionState.REPLACED:
        earlier.state = CorrectionState.ACTIVE
        earlier.save(update_fields=["state"])
        record("learning.back_at_work", earlier, by=by, at=now, brand_id=row.brand_id, number=earlier.number)
        return earlier
    return None


@transaction.atomic
def discard(correction: LearnedCorrection, *, by: User | None, now: datetime) -> LearnedCorrection:
    """Throw a proposed one away."""
    row = _locked(correction)
    if row.state != CorrectionState.PROPOSED:
        raise LearningRefused("not-proposed", f"correction {row.number} waits for no decision; it is {row.state}")
    _end(row, CorrectionState.DISCARDED, by, now)
    return row


@transaction.atomic
def read_again(brand: Brand, *, by: User | None, now: datetime) -> int:
    """Let the worker read and judge the posts of cases that are not closed again. Returns how many posts.

    A light that a person set stays; the case's history tells every light that changes.
    """
    _take_turn(brand)
    posts = living_posts(brand).update(stage=Stage.STORED)
    record("learning.read_again", brand, by=by, at=now, brand_id=brand.pk, posts=posts)
    return posts


def living_posts(brand: Brand) -> QuerySet[Post]:
    return Post.objects.filter(
        brand=brand, own=False, deleted_at=None, stage=Stage.JUDGED, case_post__case__state__in=("open", "answered")
    )


def _end(row: LearnedCorrection | None, state: CorrectionState, by: User | None, now: datetime) -> None:
    if row is None:
        return
    row.state, row.ended_at, row.ended_by_id = state, now, by.pk if by else None
    row.save(update_fields=["state", "ended_at", "ended_by_id"])
    record(f"learning.{state}", row, by=by, at=now, brand_id=row.brand_id, number=row.number)


def _take_turn(brand: Brand) -> None:
    """Two people never switch at once."""
    Brand.objects.select_for_update().get(pk=brand.pk)


def _locked(correction: LearnedCorrection) -> LearnedCorrection:
    _take_turn(correction.brand)
    return LearnedCorrection.objects.select_related("brand", "replaces").get(
        pk=correction.pk, brand_id=correction.brand_id
    )
