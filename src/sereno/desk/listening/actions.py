"""Matching, reading and judging stored posts. Reading is idempotent and needs no lock; judging runs inside the
transaction of whoever claimed the posts (`cases/arrivals.py`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sereno.desk.audit.actions import digest
from sereno.desk.intake.models import Observation, Post
from sereno.desk.listening.models import Judgement, Mention, Reading
from sereno.desk.listening.stored import judgement_row, mention_row, reading_row, readings_of
from sereno.desk.plans.models import PlanVersion
from sereno.desk.plans.queries import plan_of, watcher_of
from sereno.engine.context import Context, Contexts
from sereno.engine.judge import judge
from sereno.engine.plan.model import WatchKind
from sereno.engine.read import Reader
from sereno.engine.watches.match import Mention as Match

SPEED_WINDOW = timedelta(hours=1)
"""Shares per hour are measured over at most this stretch before the post's last observation."""
SHORTEST_STRETCH = timedelta(minutes=10)


def read_posts(posts: Sequence[Post], reader: Reader) -> dict[int, Reading]:
    """The reading of each post by this reader, from the cache where the text was read before. Keyed by post id."""
    texts = {post.pk: post.text.whole() for post in posts}
    digests = {pk: digest(text) for pk, text in texts.items()}
    cached = _cached(digests, reader.model)
    unread = [post for post in posts if post.pk not in cached]
    if unread:
        readings = reader.read([texts[p.pk] for p in unread], [p.lang_hint or None for p in unread])
        rows = [reading_row(readings, i, post, texts[post.pk]) for i, post in enumerate(unread)]
        # another worker may have read the same posts meanwhile: its rows are as good as ours
        Reading.objects.bulk_create(rows, ignore_conflicts=True)
        # asked for by the name of who read them: where the careful reader failed, the fast one answered
        cached |= _cached({post.pk: digests[post.pk] for post in unread}, readings.model)
    return cached


def _cached(digests: Mapping[int, str], model: str) -> dict[int, Reading]:
    rows = Reading.objects.filter(post__in=list(digests), model=model)
    return {row.post_id: row for row in rows if row.text_digest == digests[row.post_id]}


@dataclass(frozen=True, slots=True)
class Judged:
    """A post with what was said of it, ready to become or join a case."""

    post: Post
    reading: Reading
    judgement: Judgement
    about_us: bool


def match_posts(posts: Sequence[Post], version: PlanVersion) -> list[tuple[Match, ...]]:
    return list(watcher_of(version).match([post.text.whole() for post in posts]))


def judge_posts(
    posts: Sequence[Post],
    matches: Sequence[tuple[Match, ...]],
    readings: Mapping[int, Reading],
    *,
    version: PlanVersion,
    ours: frozenset[int],
    repeats: Mapping[int, int],
    now: datetime,
) -> list[Judged]:
    """Judge the posts that are about somebody we watch and store mentions and judgements.

    `ours` are posts that are about us wherever no watch says so (a review page of ours, a thread we are in);
    `repeats` counts earlier posts of the same author in the same matter. Runs in the caller's transaction.
    """
    Mention.objects.filter(post__in=posts).delete()
    Mention.objects.bulk_create([mention_row(m, p) for p, found in zip(posts, matches, strict=True) for m in found])
    about = {post.pk: _about(found, ours=post.pk in ours) for post, found in zip(posts, matches, strict=True)}
    concerned = [post for post in posts if about[post.pk] and post.pk in readings]
    speeds = shares_per_hour(concerned)
    rows = [context_for(post, about[post.pk], repeats[post.pk], speeds[post.pk]) for post in concerned]
    columns = readings_of([readings[post.pk] for post in concerned])
    judgements = judge(columns, Contexts(rows), plan_of(version), now)
    stored = [
        judgement_row(judgements, i, post, reading=readings[post.pk], context=rows[i], version=version, now=now)
        for i, post in enumerate(concerned)
    ]
    Judgement.objects.filter(post__in=concerned, current=True).update(current=False)
    Judgement.objects.bulk_create(stored)
    return [
        Judged(post, readings[post.pk], judgement, about_us=_is_us(about[post.pk]))
        for post, judgement in zip(concerned, stored, strict=True)
    ]


def _about(found: Sequence[Match], *, ours: bool) -> tuple[WatchKind, ...]:
    kinds = dict.fromkeys(match.kind for match in found)
    return tuple(dict.fromkeys(["brand", *kinds])) if ours else tuple(kinds)


def _is_us(about: Sequence[WatchKind]) -> bool:
    return not {"brand", "product", "person"}.isdisjoint(about)


def context_for(post: Post, about: tuple[WatchKind, ...], repeats: int, speed: float) -> Context:
    """What is known about the post besides its text, now."""
    return Context(
        received_at=post.received_at,
        created_at=post.created_at,
        about=about,
        network=post.network,
        place=post.place,  # type: ignore[arg-type]  # stored from the engine's literal
        visibility=post.visibility,  # type: ignore[arg-type]
        followers=post.author.followers if post.author else None,
        rating=post.rating,
        shares=post.shares or 0,
        shares_per_hour=speed,
        repeat_contact=repeats,
        own=post.own,
        backfilled=post.backfilled,
    )


def shares_per_hour(posts: Sequence[Post]) -> dict[int, float]:
    """How fast each post is being shared, from its observations; 0 where it was seen once or not at all."""
    seen: dict[int, list[tuple[datetime, int]]] = {post.pk: [] for post in posts}
    observations = Observation.objects.filter(post__in=posts, kind=Observation.Kind.ENGAGEMENT, shares__isnull=False)
    for pk, at, shares in observations.order_by("post", "at").values_list("post_id", "at", "shares"):
        seen[pk].append((at, shares or 0))
    return {pk: _speed(points) for pk, points in seen.items()}


def _speed(points: Sequence[tuple[datetime, int]]) -> float:
    if len(points) < 2:
        return 0.0
    last_at, last = points[-1]
    within = [(at, shares) for at, shares in points[:-1] if last_at - at <= SPEED_WINDOW] or [points[-2]]
    first_at, first = within[0]
    # two sources count a little differently: a difference within seconds is no speed
    hours = max(last_at - first_at, SHORTEST_STRETCH).total_seconds() / 3600
    return max(0.0, (last - first) / hours)
