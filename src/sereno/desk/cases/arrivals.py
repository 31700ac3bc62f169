"""The last stretch of the street: stored posts are read, judged, and become cases.

1. `work_through` picks stored posts that no worker has judged, and reads their texts. Reading is cached and
   idempotent, so it happens before any lock is taken.
2. In one transaction it claims those posts (`FOR UPDATE SKIP LOCKED` on PostgreSQL; on SQLite the transaction itself
   is the only writer), judges them, settles what each means for the cases, and moves them to `Stage.JUDGED`.

A worker killed before the commit leaves the posts as they were; the next tick takes them again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from sereno.desk.cases.models import LIGHT_RANKS, Case, CaseEvent, CasePost, CaseState
from sereno.desk.cases.routing import recompute_light
from sereno.desk.intake.models import Post, Source, Stage
from sereno.desk.listening.actions import Judged, judge_posts, match_posts, read_posts
from sereno.desk.listening.models import Judgement, Overrule, Reading
from sereno.desk.listening.stored import reasons_of
from sereno.desk.plans.models import PlanVersion
from sereno.engine.casework import AnswerCase, JoinCase, KnownCase, OpenCase, settle
from sereno.engine.read import Reader
from sereno.engine.watches.match import Mention as Match


def work_through(*, now: datetime, reader: Reader, limit: int = 500) -> int:
    """Judge up to `limit` stored posts of one brand and settle their cases. Returns how many were worked through.

    Posts of a brand that has no plan in force wait; the health of the desk says so.
    """
    waiting = _waiting().order_by("id").first()
    if waiting is None:
        return 0
    version = PlanVersion.objects.get(
        brand_id=waiting.brand_id, in_force_from__isnull=False, in_force_until__isnull=True
    )
    posts = list(_waiting().filter(brand_id=waiting.brand_id).select_related("text", "author").order_by("id")[:limit])
    matches = dict(zip((p.pk for p in posts), match_posts(posts, version), strict=True))
    ours = _ours_anyway(posts)
    concerned = [post for post in posts if matches[post.pk] or post.pk in ours]
    readings = read_posts(concerned, reader)
    return _judge_and_settle(posts, matches, readings, version=version, now=now)


def _waiting() -> QuerySet[Post]:
    return Post.objects.filter(
        stage=Stage.STORED,
        brand__plan_versions__in_force_from__isnull=False,
        brand__plan_versions__in_force_until__isnull=True,
    )


@transaction.atomic
def _judge_and_settle(
    posts: Sequence[Post],
    matches: Mapping[int, tuple[Match, ...]],
    readings: Mapping[int, Reading],
    *,
    version: PlanVersion,
    now: datetime,
) -> int:
    claimed = _claim(posts)
    texts = {post.pk: post.text for post in posts}
    ours = _ours_anyway(claimed)
    # a text that was edited between reading and claiming waits for the next round: its reading is of the old words
    steady = [post for post in claimed if post.text.whole() == texts[post.pk].whole()]
    ready = [post for post in steady if post.pk in readings or not (matches[post.pk] or post.pk in ours)]
    judged = judge_posts(
        ready,
        [matches[post.pk] for post in ready],
        readings,
        version=version,
        ours=ours,
        repeats=_repeats(ready),
        now=now,
    )
    _Settlement(judged, now).write()
    Post.objects.filter(pk__in=[post.pk for post in ready]).update(stage=Stage.JUDGED)
    return len(ready)


def _claim(posts: Sequence[Post]) -> list[Post]:
    query = Post.objects.filter(pk__in=[p.pk for p in posts], stage=Stage.STORED)
    if connection.features.has_select_for_update_skip_locked:
        query = query.select_for_update(skip_locked=True, of=("self",))
    return list(query.select_related("text", "author").order_by("id"))


def _ours_anyway(posts: Sequence[Post]) -> frozenset[int]:
    """Posts that are about us though no watch need match: from a source where all is about us, written by ourselves,
    to us in private, or in the thread of a case."""
    all_ours = set(
        Source.objects.filter(pk__in={p.source_id for p in posts}, settings__all_about_us=True).values_list(
            "pk", flat=True
        )
    )
    threads = _case_threads(posts)
    return frozenset(
        post.pk
        for post in posts
        if post.source_id in all_ours
        or post.own
        or post.visibility == "private"
        or (post.network, post.conversation) in threads
        or (post.network, post.in_reply_to) in threads
    )


def _thread_ids(posts: Sequence[Post]) -> set[str]:
    return {name for post in posts for name in (post.external_id, post.conversation, post.in_reply_to) if name}


def _case_posts_near(posts: Sequence[Post]) -> QuerySet[CasePost]:
    """Case posts in the threads of these posts."""
    names = list(_thread_ids(posts))
    return CasePost.objects.filter(
        Q(post__external_id__in=names) | Q(post__conversation__in=names),
        # brand and network too, so that the search walks the unique key's index
        post__brand_id__in={p.brand_id for p in posts},
        post__network__in={p.network for p in posts},
    )


def _case_threads(posts: Sequence[Post]) -> set[tuple[str, str]]:
    if not posts:
        return set()
    near = _case_posts_near(posts).values_list("post__network", "post__external_id", "post__conversation")
    return {(network, name) for network, *names in near for name in names if name}


def _repeats(posts: Sequence[Post]) -> dict[int, int]:
    """How many earlier posts of the same author stand in a case that is not closed, for each of these posts."""
    authors = {post.author_id for post in posts if post.author_id and not post.own}
    earlier = dict.fromkeys(authors, 0)
    living = CasePost.objects.filter(post__author__in=authors, post__own=False).exclude(case__state=CaseState.CLOSED)
    mine = set(living.filter(post__in=posts).values_list("post_id", flat=True))
    for author in living.exclude(post__in=mine).values_list("post__author_id", flat=True):
        earlier[author] += 1
    counts: dict[int, int] = {}
    for post in sorted(posts, key=_written):
        if post.author_id in earlier:
            counts[post.pk] = earlier[post.author_id]
            earlier[post.author_id] += 1
        else:
            counts[post.pk] = 0
    return counts


def _written(post: Post) -> tuple[datetime, int]:
    return (post.created_at or post.received_at, post.pk)


class _Settlement:
    """What a batch of judged posts means for the cases: decided one by one in the order they were written (by
    `engine.casework.settle`), written in bulk."""

    def __init__(self, judged: Sequence[Judged], now: datetime) -> None:
        self.now = now
        self.judged = sorted(judged, key=lambda item: _written(item.post))
        posts = [item.post for item in self.judged]
        self.case_of_post: dict[int, Case] = {}
        self.by_author: dict[int, list[Case]] = defaultdict(list)
        self.by_thread: dict[tuple[str, str], list[Case]] = defaultdict(list)
        self.opened: list[Case] = []
        self.changed: dict[int, Case] = {}
        self.joined: list[tuple[Case, Post]] = []
        self.events: list[tuple[Case, str, dict[str, object]]] = []
        self._remember_known(posts)

    def write(self) -> None:
        for item in self.judged:
            self._settle(item)
        Case.objects.bulk_create(self.opened)
        changed = [case for case in self.changed.values() if case not in self.opened]
        # as bulk_update, but an upsert: where a batch joins many cases, Django's CASE WHEN takes most of the time
        Case.objects.bulk_create(changed, update_conflicts=True, update_fields=_MOVING_FIELDS, unique_fields=["id"])
        CasePost.objects.bulk_create([CasePost(case=case, post=post) for case, post in self.joined])
        CaseEvent.objects.bulk_create(
            [
                CaseEvent(brand_id=case.brand_id, case=case, at=self.now, kind=kind, details=details)
                for case, kind, details in self.events
            ]
        )

    def _remember_known(self, posts: Sequence[Post]) -> None:
        if not posts:
            return
        authors = {post.author_id for post in posts if post.author_id}
        near = list(_case_posts_near(posts).select_related("case", "post").order_by("-case_id"))
        by_author = list(
            CasePost.objects.filter(post__author__in=authors, post__own=False)
            .filter(Q(case__state__in=[CaseState.OPEN, CaseState.ANSWERED]) | Q(pk__in=[c.pk for c in near]))
            .select_related("case", "post")
            .order_by("-case_id")
        )
        cases: dict[int, Case] = {}
        for case_post in [*near, *by_author]:
            case = cases.setdefault(case_post.case_id, case_post.case)
            self._remember(case, case_post.post)
        for case_post in CasePost.objects.filter(post__in=posts).select_related("case"):
            self.case_of_post[case_post.post_id] = cases.setdefault(case_post.case_id, case_post.case)

    def _remember(self, case: Case, post: Post) -> None:
        if post.author_id and not post.own and case not in self.by_author[post.author_id]:
            self.by_author[post.author_id].append(case)
        for name in (post.external_id, post.conversation):
            if name and case not in self.by_thread[post.network, name]:
                self.by_thread[post.network, name].append(case)

    def _known(self, post: Post) -> tuple[list[KnownCase], dict[int, Case]]:
        mine = self.by_author[post.author_id] if post.author_id and not post.own else []
        thread = [
            case
            for name in (post.in_reply_to, post.conversation)
            if name
            for case in self.by_thread[post.network, name]
        ]
        candidates = list({id(case): case for case in [*mine, *thread]}.values())
        handles = dict(enumerate(candidates))
        known = [
            KnownCase(
                case=handle,
                standing=case.state,  # type: ignore[arg-type]  # the states of CaseState
                same_author=case in mine,
                same_conversation=case in thread,
                closed_at=case.closed_at,
            )
            for handle, case in handles.items()
        ]
        return known, handles

    def _settle(self, item: Judged) -> None:
        post = item.post
        if post.pk in self.case_of_post:
            self._judged_again(self.case_of_post[post.pk], item)
            return
        known, handles = self._known(post)
        intent = settle(
            own=post.own,
            about_us=item.about_us,
            light=item.judgement.light,  # type: ignore[arg-type]  # a light of the engine
            known=known,
            written_at=post.created_at or post.received_at,
        )
        if isinstance(intent, OpenCase):
            self._open(item)
        elif isinstance(intent, JoinCase):
            self._join(handles[intent.case], item, reopen=intent.reopen)
        elif isinstance(intent, AnswerCase):
            self._answer(handles[intent.case], post)

    def _open(self, item: Judged) -> None:
        post, judgement = item.post, item.judgement
        case = Case(
            brand_id=post.brand_id, author_id=post.author_id, network=post.network, opened_at=post.received_at,
            latest_at=post.received_at, deciding_post=post, latest_post=post, backfilled=post.backfilled,
        )  # fmt: skip
        decide_by(case, judgement, item.reading)
        case.answer_by = judgement.first_answer_by
        self.opened.append(case)
        self.joined.append((case, post))
        self.case_of_post[post.pk] = case
        self._remember(case, post)
        self.events.append((case, "opened", {"post": post.pk, "light": judgement.light}))

    def _join(self, case: Case, item: Judged, *, reopen: bool) -> None:
        post, judgement = item.post, item.judgement
        self.joined.append((case, post))
        self.case_of_post[post.pk] = case
        self._remember(case, post)
        case.posts_count += 1
        if post.received_at >= case.latest_at:
            case.latest_post, case.latest_at = post, post.received_at
        if reopen:
            case.closed_at, case.closed_by, case.closure_reason = None, None, ""
        was_waiting = case.state == CaseState.OPEN
        case.state = CaseState.OPEN
        if LIGHT_RANKS[judgement.light] > case.light_rank:
            self.events.append((case, "light_changed", {"from": case.light, "to": judgement.light, "post": post.pk}))
            decide_by(case, judgement, item.reading)
        if not post.backfilled:
            case.backfilled = False
            due = judgement.first_answer_by if was_waiting else judgement.next_answer_by
            case.answer_by = _earlier(case.answer_by if was_waiting else None, due)
        kind = "reopened" if reopen else "post_joined"
        self.events.append((case, kind, {"post": post.pk, "light": judgement.light}))
        self._touch(case)

    def _answer(self, case: Case, post: Post) -> None:
        self.joined.append((case, post))
        self.case_of_post[post.pk] = case
        written = post.created_at or post.received_at
        self.events.append((case, "answered", {"post": post.pk}))
        if written < (case.latest_post.created_at or case.latest_at):
            return  # an older answer, found late: the person wrote again since and still waits
        case.answered_at = written
        case.answer_by = None
        case.acknowledged_at = case.acknowledged_at or written
        if case.state == CaseState.OPEN:
            case.state = CaseState.ANSWERED
        self._touch(case)

    def _judged_again(self, case: Case, item: Judged) -> None:
        """The post was edited, or the plan changed: its case follows the new judgement."""
        before = case.light
        if case.pk is not None:
            recompute_light(case)
            self._tell_worse_news(case, item)
        if case.light != before:
            self.events.append((case, "light_changed", {"from": before, "to": case.light, "post": item.post.pk}))
        self._touch(case)

    def _tell_worse_news(self, case: Case, item: Judged) -> None:
        """What a person set stays; but they set it before these reasons were known, and should hear of them."""
        overrule = Overrule.objects.filter(post=item.post, current=True).select_related("judgement").first()
        if overrule is None:
            return
        known = {reason["rule"] for reason in overrule.judgement.reasons}
        rules = [
            reason.rule
            for reason in reasons_of(item.judgement)
            if reason.rule not in known and LIGHT_RANKS[reason.light] > LIGHT_RANKS[overrule.to_light]
        ]
        if rules:
            self.events.append((case, "news_after_overrule", {"post": item.post.pk, "rules": rules}))

    def _touch(self, case: Case) -> None:
        if case.pk is not None:
            self.changed[case.pk] = case


_MOVING_FIELDS = [
    "state", "light", "light_rank", "kind", "topic", "language", "step", "role", "area", "deciding_post",
    "latest_post", "posts_count", "latest_at", "acknowledge_by", "acknowledged_at", "answer_by", "answered_at",
    "resolve_by", "statutory_by", "law", "closed_at", "closed_by", "closure_reason", "backfilled",
]  # fmt: skip


def decide_by(case: Case, judgement: Judgement, reading: Reading) -> None:
    """Let this judgement decide the case's light, route and deadlines. Deadlines only ever come nearer."""
    case.deciding_post_id = judgement.post_id
    case.light, case.light_rank = judgement.light, LIGHT_RANKS[judgement.light]
    case.kind, case.topic, case.language = reading.kind, reading.topic, reading.language
    case.step, case.role, case.area = judgement.step, judgement.role, judgement.area
    case.acknowledge_by = _earlier(case.acknowledge_by, judgement.acknowledge_by)
    case.resolve_by = _earlier(case.resolve_by, judgement.resolve_by)
    if judgement.statutory_by and (case.statutory_by is None or judgement.statutory_by < case.statutory_by):
        case.statutory_by, case.law = judgement.statutory_by, judgement.law


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((moment for moment in (one, other) if moment is not None), default=None)
