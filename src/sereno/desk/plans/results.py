"""What came of a replay, for pages and exports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from django.db.models import F, Q, QuerySet

from sereno.desk.plans.models import PlanDraft, PlanReplay, ReplayedPost
from sereno.engine.judge import Reason
from sereno.engine.plan.model import LIGHTS
from sereno.engine.replay.difference import Difference

MOST_STORED = 50_000
"""Of the posts that change, the gravest; more than anybody reads. `PlanReplay.changed` counts all."""


class Counts(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a replay was counted from."""

    posts: int = 0
    contexts: str = "stored"
    """Contexts are those that were stored beside each judgement: what was known at that moment."""
    by_this_version: int = 0
    """Posts whose light in the inbox was given by the very version that is compared against…"""
    as_they_stand: int = 0
    """…and so many of them come out of the replay with the light, step, role and deadlines that stand there."""
    models: dict[str, int] = {}
    """Per model version, how many posts it read: each keeps the reading it was judged by."""
    overruled: int = 0
    """What the team decided: a person set the light…"""
    stood: int = 0
    """…or it decided a case that was answered or closed as it was (closed as spam, a duplicate or not about us says
    nothing)."""
    answered: int = 0
    """Posts after which an answer of ours is known."""
    watches_changed: bool = False
    """Then whom each text is about was sought anew with the new watches, in the texts as they stand…"""
    searched: int = 0
    """…in so many texts."""
    about_changed: int = 0
    no_longer_found: int = 0
    """No watch of the new plan finds them: nobody would have seen them."""
    newly_found: int = 0
    """No watch had found them: they were never judged, so their contexts are made from the posts as they stand."""
    newly_read: int = 0
    """Of these, not read before by this reader."""
    roster: int = 0
    """The number of the roster version by which people were on duty; 0: none was in force."""
    roster_unfit: bool = False
    """It could not be laid over this past, so one person of each role counts as on duty."""
    without_text: int = 0
    """Erased meanwhile: what they were about is taken as it was."""


ORDERS: dict[str, tuple[str, ...]] = {
    "gravest": ("-rank_after", "-rank_change", "post_id"),
    "rises": ("-rank_change", "-rank_after", "post_id"),
    "falls": ("rank_change", "-rank_before", "post_id"),
    "newest": ("-received_at", "-post_id"),
    "oldest": ("received_at", "post_id"),
    "network": ("network", "-rank_after", "post_id"),
    "before": ("-rank_before", "-rank_after", "post_id"),
}

FILTERS: dict[str, Q] = {
    "becomes_red": Q(rank_after=2) & ~Q(rank_before=2),
    "stops_being_red": Q(rank_before=2) & ~Q(rank_after=2),
    "graver": Q(rank_change__gt=0),
    "milder": Q(rank_change__lt=0),
    "same_light": Q(rank_change=0),
    "other_role": ~Q(role_before=F("role_after")),
    "wakes": Q(wakes_after=True, wakes_before=False),
    "wakes_no_more": Q(wakes_before=True, wakes_after=False),
    "false_alarm": (Q(rank_after=2) | Q(wakes_after=True)) & Q(decided__isnull=False, decided__lt=2),
    "missed": Q(decided=2, rank_after__lt=2),
    "newly_found": Q(watched_before=False),
    "no_longer_found": Q(watched_after=False),
}


def latest_replay(draft: PlanDraft) -> PlanReplay | None:
    """The last one that was asked for, whatever became of it."""
    return PlanReplay.objects.filter(draft=draft).select_related("against").order_by("-pk").first()


def difference_of(replay: PlanReplay) -> Difference | None:
    """None until it is done."""
    return msgspec.convert(replay.result, Difference) if replay.result is not None else None


def counts_of(replay: PlanReplay) -> Counts:
    return msgspec.convert(replay.counts, Counts)


def changed_posts(replay: PlanReplay, *, order: str = "gravest", only: str | None = None) -> QuerySet[ReplayedPost]:
    """The posts that change, sorted (`ORDERS`) and chosen (`FILTERS`); with text, author and case where there are any.

    Unknown names mean the first order and no choice: they come from an address.
    """
    rows = ReplayedPost.objects.filter(replay=replay).select_related(
        "post__text", "post__author__identity", "post__case_post__case"
    )
    chosen = rows.filter(FILTERS[only]) if only in FILTERS else rows
    return chosen.order_by(*ORDERS.get(order, ORDERS["gravest"]))


def reasons_of_post(row: ReplayedPost, *, before: bool) -> tuple[Reason, ...]:
    """Gravest first; empty where no watch of that plan finds the post."""
    return msgspec.convert(row.reasons_before if before else row.reasons_after, tuple[Reason, ...])


def light_of(rank: int | None) -> str | None:
    return LIGHTS[rank] if rank is not None and rank >= 0 else None


def export_rows(replay: PlanReplay, *, order: str = "gravest", only: str | None = None) -> Iterator[dict[str, Any]]:
    """Each changed post as plain values, without its text, for CSV or JSON lines; one at a time."""
    for row in changed_posts(replay, order=order, only=only).iterator(chunk_size=2000):
        yield {
            "network": row.network,
            "post": row.post.external_id,
            "received_at": row.received_at.isoformat(),
            "light_before": light_of(row.rank_before) or "none",
            "light_after": light_of(row.rank_after) or "none",
            "decided": (light_of(row.decided) or "none") if row.decided is not None else "",
            "step_before": row.step_before,
            "step_after": row.step_after,
            "role_before": row.role_before,
            "role_after": row.role_after,
            "wakes_before": row.wakes_before,
            "wakes_after": row.wakes_after,
            "first_answer_by_before": row.first_answer_before.isoformat() if row.first_answer_before else "",
            "first_answer_by_after": row.first_answer_after.isoformat() if row.first_answer_after else "",
            "rules_before": " ".join(reason["rule"] for reason in row.reasons_before),
            "rules_after": " ".join(reason["rule"] for reason in row.reasons_after),
        }
