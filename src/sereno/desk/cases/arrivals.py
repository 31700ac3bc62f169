"""The last stretch of the street: stored posts are read, judged, and become cases.

1. `work_through` picks stored posts of one brand that no worker has judged, and reads their texts. Reading is cached
   and idempotent, so it happens before any lock is taken.
2. In one transaction it takes the brand's turn (two workers that settle for one brand at once would give one person
   two cases), claims those posts, judges them, settles what each means for the cases (`settlement.py`), and moves them
   to `Stage.JUDGED`.

A worker killed before the commit leaves the posts as they were; the next tick takes them again. A post that cannot be
judged is set aside for a while, so that it never stops the others, of its own brand or of another.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet

from sereno.desk.accounts.models import Brand
from sereno.desk.cases.models import CasePost, CaseState
from sereno.desk.cases.settlement import Name, Settlement, written
from sereno.desk.intake.models import Post, Source, Stage
from sereno.desk.learning.readers import reader_for
from sereno.desk.listening.actions import judge_posts, match_posts, read_posts
from sereno.desk.listening.models import Reading
from sereno.desk.plans.models import PlanVersion
from sereno.engine.plan.model import OUR_KINDS
from sereno.engine.read import Reader
from sereno.engine.watches.match import Mention as Match

log = logging.getLogger("sereno.cases")

Matches = Mapping[int, tuple[Match, ...]]


@dataclass
class SetAside:
    """Posts that could not be judged, and when they are tried again. A worker keeps one; nothing is lost with it."""

    wait: timedelta = timedelta(minutes=10)
    until: dict[int, datetime] = field(default_factory=dict)

    def waiting(self, now: datetime) -> list[int]:
        self.until = {post: until for post, until in self.until.items() if until > now}
        return list(self.until)


def work_through(*, now: datetime, reader: Reader, limit: int = 500, aside: SetAside | None = None) -> int:
    """Judge up to `limit` stored posts of one brand and settle their cases. Returns how many were worked through.

    Posts of a brand that has no plan in force wait; the health of the desk says so. With `aside`, a post on which the
    judgement fails is set aside and the rest goes on; without it, the error is raised.
    """
    waiting = _waiting().exclude(pk__in=aside.waiting(now) if aside else []).order_by("id")
    first = waiting.first()
    if first is None:
        return 0
    ids = list(waiting.filter(brand_id=first.brand_id).values_list("pk", flat=True)[:limit])
    return _work(ids, reader, now, aside)


def _work(ids: Sequence[int], reader: Reader, now: datetime, aside: SetAside | None) -> int:
    """Judge these posts; where that fails, in halves, until the culprit stands alone."""
    try:
        return _judge(ids, reader, now)
    except DatabaseError:
        raise  # the database is busy or away, not a post at fault: the round is tried again
    except Exception:
        if aside is None:
            raise
        if len(ids) > 1:
            half = len(ids) // 2
            return _work(ids[:half], reader, now, aside) + _work(ids[half:], reader, now, aside)
        log.exception("post %s cannot be judged; it is tried again in %s", ids[0], aside.wait)
        aside.until[ids[0]] = now + aside.wait
        return 0


def _waiting() -> QuerySet[Post]:
    return Post.objects.filter(
        stage=Stage.STORED,
        brand__plan_versions__in_force_from__isnull=False,
        brand__plan_versions__in_force_until__isnull=True,
    )


def _judge(ids: Sequence[int], reader: Reader, now: datetime) -> int:
    posts = list(Post.objects.filter(pk__in=ids).select_related("text", "author").order_by("id"))
    if not posts:
        return 0
    version = PlanVersion.objects.get(
        brand_id=posts[0].brand_id, in_force_from__isnull=False, in_force_until__isnull=True
    )
    matches = dict(zip((p.pk for p in posts), match_posts(posts, version), strict=True))
    ours = _ours_anyway(posts, matches)
    concerned = [post for post in posts if matches[post.pk] or post.pk in ours]
    alive = [post for post in concerned if post.deleted_at is None]
    readings = read_posts(alive, reader_for(version, reader))
    return _judge_and_settle(posts, matches, readings, version=version, now=now)


@transaction.atomic
def _judge_and_settle(
    posts: Sequence[Post], matches: Matches, readings: Mapping[int, Reading], *, version: PlanVersion, now: datetime
) -> int:
    _take_turn(posts[0].brand_id)
    claimed = _claim(posts)
    texts = {post.pk: post.text.whole() for post in posts}
    ours = _ours_anyway(claimed, matches)
    # a text that was edited between reading and claiming waits for the next round: its reading is of the old words
    steady = [post for post in claimed if post.text.whole() == texts[post.pk]]
    gone = [post for post in steady if post.deleted_at is not None]
    alive = [post for post in steady if post.deleted_at is None]
    ready = [post for post in alive if post.pk in readings or not (matches[post.pk] or post.pk in ours)]
    judged = judge_posts(
        ready,
        [matches[post.pk] for post in ready],
        readings,
        version=version,
        ours=ours,
        repeats=_repeats(ready),
        now=now,
    )
    Settlement(judged, now).write()
    done = [post.pk for post in (*ready, *gone)]
    Post.objects.filter(pk__in=done).update(stage=Stage.JUDGED)
    return len(done)


def _take_turn(brand_id: int) -> None:
    """Wait until no other worker settles for this brand. On SQLite the transaction itself is the only writer."""
    # no_key: rows that refer to the brand can still be stored meanwhile
    Brand.objects.select_for_update(no_key=connection.features.has_select_for_no_key_update).get(pk=brand_id)


def _claim(posts: Sequence[Post]) -> list[Post]:
    query = Post.objects.filter(pk__in=[p.pk for p in posts], stage=Stage.STORED)
    if connection.features.has_select_for_update_skip_locked:
        query = query.select_for_update(skip_locked=True, of=("self",))
    return list(query.select_related("text", "author").order_by("id"))


def _ours_anyway(posts: Sequence[Post], matches: Matches) -> frozenset[int]:
    """Posts that are about us though no watch need match: from a source where all is about us, written by ourselves,
    to us in private, in a case already, or replies in a thread that began with a post about us."""
    if not posts:
        return frozenset()
    everything = Source.objects.filter(pk__in={p.source_id for p in posts}, settings__all_about_us=True)
    sources = set(everything.values_list("pk", flat=True))
    in_cases = set(CasePost.objects.filter(post__in=posts).values_list("post_id", flat=True))
    ours = {
        post.pk
        for post in posts
        if post.source_id in sources or post.own or post.visibility == "private" or post.pk in in_cases
    }
    roots = _posts_of_ours(posts)
    while True:
        roots |= {(p.network, p.external_id) for p in posts if p.pk in ours or _names_us(matches[p.pk])}
        more = {p.pk for p in posts if p.pk not in ours and not roots.isdisjoint(_replies_to(p))}
        if not more:
            return frozenset(ours | _going_on(posts))
        ours |= more


def _names_us(found: Sequence[Match]) -> bool:
    return any(match.kind in OUR_KINDS for match in found)


def _replies_to(post: Post) -> set[Name]:
    return {(post.network, name) for name in (post.conversation, post.in_reply_to) if name}


def _posts_of_ours(posts: Sequence[Post]) -> set[Name]:
    """Which of the posts that these reply to stand in a case, or are our own."""
    names = {name for post in posts for _, name in _replies_to(post)}
    about = Post.objects.filter(
        brand_id=posts[0].brand_id, network__in={p.network for p in posts}, external_id__in=names
    )
    held = about.filter(case_post__isnull=False) | about.filter(own=True)
    return set(held.values_list("network", "external_id"))


def _going_on(posts: Sequence[Post]) -> set[int]:
    """Posts of somebody who has a living case and writes on in its thread, under somebody else's first post."""
    authors = {post.author_id for post in posts if post.author_id and post.conversation and not post.own}
    stands = CasePost.objects.filter(post__author__in=authors, post__own=False).exclude(case__state=CaseState.CLOSED)
    threads = set(stands.values_list("post__author_id", "post__network", "post__conversation"))
    return {p.pk for p in posts if p.conversation and (p.author_id, p.network, p.conversation) in threads}


def _repeats(posts: Sequence[Post]) -> dict[int, int]:
    """How many earlier posts of the same author stand in a case that is not closed, for each of these posts."""
    authors = {post.author_id for post in posts if post.author_id and not post.own}
    earlier = dict.fromkeys(authors, 0)
    living = CasePost.objects.filter(post__author__in=authors, post__own=False).exclude(case__state=CaseState.CLOSED)
    mine = set(living.filter(post__in=posts).values_list("post_id", flat=True))
    for author in living.exclude(post__in=mine).values_list("post__author_id", flat=True):
        earlier[author] += 1
    counts: dict[int, int] = {}
    for post in sorted(posts, key=lambda post: (written(post), post.pk)):
        if post.author_id in earlier:
            counts[post.pk] = earlier[post.author_id]
            earlier[post.author_id] += 1
        else:
            counts[post.pk] = 0
    return counts
