"""What a batch of judged posts means for the cases: decided post by post in the order they were written (by
`engine.casework.settle`), written in bulk.

Runs in the transaction of `arrivals.py`, which holds the brand's turn: no other worker settles for this brand
meanwhile. The cases themselves are locked here, so that what a person does to one at the same moment is neither lost
nor undone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from sereno.desk.cases.called import joined
from sereno.desk.cases.models import LIGHT_RANKS, Case, CaseEvent, CasePost, CaseState
from sereno.desk.cases.routing import recompute_light, told_kind
from sereno.desk.cases.standstill import STANDSTILL, run_on
from sereno.desk.intake.models import Post, Stage
from sereno.desk.listening.actions import Judged
from sereno.desk.listening.models import Judgement, Overrule, Reading
from sereno.desk.listening.stored import reasons_of
from sereno.engine.casework import REOPENS_WITHIN, AnswerCase, JoinCase, KnownCase, OpenCase, settle
from sereno.engine.plan.model import Degree

Name = tuple[str, str]
"""A post or a thread as its network names it: (network, external id)."""


def written(post: Post) -> datetime:
    """When the post was written, as far as it can be believed: never later than it reached us."""
    return min(post.created_at, post.received_at) if post.created_at else post.received_at


class Settlement:
    """One batch of one brand. Make it, then `write` once."""

    def __init__(self, judged: Sequence[Judged], now: datetime) -> None:
        self.now = now
        self.judged = sorted(judged, key=lambda item: (written(item.post), item.post.pk))
        self.cases: dict[int, Case] = {}
        """Known and opened cases, by a handle of this batch (opened ones have no id yet)."""
        self.of_post: dict[int, int] = {}
        self.of_author: dict[int, list[int]] = defaultdict(list)
        self.of_name: dict[Name, int] = {}
        """The case that holds the post of this name."""
        self.in_thread: dict[Name, dict[int, None]] = defaultdict(dict)
        self.opened: list[Case] = []
        self.changed: dict[int, Case] = {}
        self.joined: list[tuple[Case, Post]] = []
        self.events: list[tuple[Case, str, dict[str, object]]] = []
        self._handles: dict[int, int] = {}
        self._look_up([item.post for item in self.judged])

    def write(self) -> None:
        for item in self.judged:
            self._settle(item)
        Case.objects.bulk_create(self.opened)
        # an upsert: bulk_update writes one CASE branch for each field and row, and took five times as long
        Case.objects.bulk_create(
            list(self.changed.values()), update_conflicts=True, unique_fields=["id"], update_fields=_MOVING_FIELDS
        )
        CasePost.objects.bulk_create([CasePost(case=case, post=post) for case, post in self.joined])
        CaseEvent.objects.bulk_create(
            [
                CaseEvent(brand_id=case.brand_id, case=case, at=self.now, kind=kind, details=details)
                for case, kind, details in self.events
            ]
        )
        self._wake_earlier_replies()

    # -- what is known before ------------------------------------------------------------------------------------

    def _look_up(self, posts: Sequence[Post]) -> None:
        """Lock and remember the cases that these posts could belong to: never a whole thread, which can be viral."""
        if not posts:
            return
        again = dict(CasePost.objects.filter(post__in=posts).values_list("post_id", "case_id"))
        authors = {post.author_id for post in posts if post.author_id and not post.own}
        theirs = Case.objects.filter(brand_id=posts[0].brand_id, author__in=authors).filter(
            ~Q(state=CaseState.CLOSED) | Q(closed_at__gte=self.now - 2 * REOPENS_WITHIN)
        )
        answered = self._answered_names([post for post in posts if post.own])
        wanted = {*again.values(), *answered.values(), *theirs.values_list("pk", flat=True)}
        for case in _locked(wanted):
            self._remember(case)
        for post, pk in again.items():
            self.of_post[post] = self._handles[pk]
        for name, pk in answered.items():
            self.of_name[name] = self._handles[pk]
        self._remember_threads()

    def _answered_names(self, own: Sequence[Post]) -> dict[Name, int]:
        """The cases that hold the posts which our own posts reply to, by the names of those posts."""
        names = {post.in_reply_to for post in own if post.in_reply_to}
        if not names:
            return {}
        held = CasePost.objects.filter(
            post__brand_id=own[0].brand_id, post__network__in={p.network for p in own}, post__external_id__in=names
        )
        return {
            (network, name): case
            for network, name, case in held.values_list("post__network", "post__external_id", "case_id")
        }

    def _remember(self, case: Case) -> int:
        handle = len(self.cases)
        self.cases[handle] = case
        if case.pk is not None:
            self._handles[case.pk] = handle
        if case.author_id:
            self.of_author[case.author_id].append(handle)
        return handle

    def _remember_threads(self) -> None:
        """In which threads the remembered cases stand."""
        stands = CasePost.objects.filter(case__in=list(self._handles), post__own=False)
        for case, network, *names in stands.values_list(
            "case_id", "post__network", "post__external_id", "post__conversation"
        ):
            for name in filter(None, names):
                self.in_thread[network, name][self._handles[case]] = None

    # -- one post after the other --------------------------------------------------------------------------------

    def _settle(self, item: Judged) -> None:
        post = item.post
        if post.pk in self.of_post:
            self._judged_again(self.cases[self.of_post[post.pk]], item)
            return
        intent = settle(
            own=post.own,
            about_us=item.about_us,
            light=item.judgement.light,  # type: ignore[arg-type]  # a light of the engine
            known=self._known(post),
            written_at=written(post),
        )
        if isinstance(intent, OpenCase):
            self._open(item)
        elif isinstance(intent, JoinCase):
            self._join(intent.case, item, reopen=intent.reopen)
        elif isinstance(intent, AnswerCase):
            self._answer(intent.case, post)

    def _known(self, post: Post) -> list[KnownCase]:
        threads = [(post.network, name) for name in (post.in_reply_to, post.conversation) if name]
        if post.own:
            handles: Iterable[int] = self._could_be_answered(post, threads)
        else:
            # the newest first: those opened in this batch, then the known ones
            handles = sorted(self.of_author.get(post.author_id or 0, ()), key=lambda h: -(self.cases[h].pk or 1 << 62))
        return [self._as_known(handle, post, threads) for handle in handles]

    def _could_be_answered(self, post: Post, threads: Sequence[Name]) -> list[int]:
        """Cases that our own post may answer: the one it replies to; else those of its conversation."""
        replied_to = self.of_name.get((post.network, post.in_reply_to)) if post.in_reply_to else None
        if replied_to is not None:
            return [replied_to]
        found = dict.fromkeys(handle for name in threads for handle in self.in_thread[name])
        if post.conversation:
            stands = Case.objects.filter(
                Q(case_posts__post__conversation=post.conversation)
                | Q(case_posts__post__external_id=post.conversation),
                case_posts__post__network=post.network,
                brand_id=post.brand_id,
            ).exclude(state=CaseState.CLOSED)
            # three are enough to know that it is not clear which one is meant
            ids = list(stands.order_by("-pk").values_list("pk", flat=True).distinct()[:3])
            new = [pk for pk in ids if pk not in self._handles]
            for case in _locked(new):
                self._remember(case)
            found |= dict.fromkeys(self._handles[pk] for pk in ids)
        return list(found)

    def _as_known(self, handle: int, post: Post, threads: Sequence[Name]) -> KnownCase:
        case = self.cases[handle]
        return KnownCase(
            case=handle,
            standing=case.state,  # type: ignore[arg-type]  # the states of CaseState
            same_author=not post.own and case.author_id is not None and case.author_id == post.author_id,
            same_conversation=post.own or any(handle in self.in_thread[name] for name in threads),
            closed_at=case.closed_at,
        )

    # -- what it means -------------------------------------------------------------------------------------------

    def _belongs(self, handle: int, post: Post) -> None:
        self.joined.append((self.cases[handle], post))
        self.of_post[post.pk] = handle
        self.of_name[post.network, post.external_id] = handle
        if not post.own:
            for name in filter(None, (post.external_id, post.conversation)):
                self.in_thread[post.network, name][handle] = None

    def _open(self, item: Judged) -> None:
        post, judgement = item.post, item.judgement
        case = Case(
            brand_id=post.brand_id, author_id=post.author_id, network=post.network, opened_at=post.received_at,
            latest_at=post.received_at, deciding_post=post, latest_post=post, backfilled=post.backfilled,
        )  # fmt: skip
        decide_by(case, judgement, item.reading)
        case.answer_by = judgement.first_answer_by
        self.opened.append(case)
        self._belongs(self._remember(case), post)
        self.events.append((case, "opened", {"post": post.pk, "light": judgement.light}))

    def _join(self, handle: int, item: Judged, *, reopen: bool) -> None:
        case, post, judgement = self.cases[handle], item.post, item.judgement
        self._belongs(handle, post)
        if not post.backfilled:
            run_on(case, self.now)  # whoever writes again waits again; what they start now is not moved
        case.posts_count += 1
        if post.received_at >= case.latest_at:
            case.latest_post, case.latest_at = post, post.received_at
        was_waiting = case.state == CaseState.OPEN
        case.state = CaseState.OPEN
        if reopen:
            case.closed_at, case.closed_by, case.closure_reason = None, None, ""
        rank = LIGHT_RANKS[judgement.light]
        if rank > case.light_rank:
            self._light_changed(case, judgement.light, post)
        if rank > case.light_rank or (rank == case.light_rank and judgement.called and not case.called):
            decide_by(case, judgement, item.reading)
        case.called = joined(case.called, more=judgement.called)
        if not post.backfilled:
            if reopen or case.backfilled:
                self._start_deadlines(case, judgement)
            case.backfilled = False
            due = judgement.first_answer_by if was_waiting else judgement.next_answer_by
            case.answer_by = _earlier(case.answer_by if was_waiting else None, due)
        kind = "reopened" if reopen else "post_joined"
        self.events.append((case, kind, {"post": post.pk, "light": judgement.light}))
        self._touch(case)

    def _start_deadlines(self, case: Case, judgement: Judgement) -> None:
        """A matter that was closed, or came in as history, is alive from this post on."""
        case.acknowledged_at = None
        case.acknowledge_by, case.resolve_by = judgement.acknowledge_by, judgement.resolve_by
        case.statutory_by = _earlier(case.statutory_by, judgement.statutory_by)
        case.law = case.law or judgement.law

    def _answer(self, handle: int, post: Post) -> None:
        case = self.cases[handle]
        self._belongs(handle, post)
        self.events.append((case, "answered", {"post": post.pk}))
        if written(post) < written(case.latest_post):
            return  # an older answer, found late: the person wrote again since and still waits
        case.answered_at = written(post)
        case.answer_by = None
        case.acknowledged_at = case.acknowledged_at or case.answered_at
        if case.state == CaseState.OPEN:
            case.state = CaseState.ANSWERED
        self._touch(case)

    def _judged_again(self, case: Case, item: Judged) -> None:
        """The post was edited, was shared more, or the plan changed: its case follows the new judgement."""
        before, rank = case.light, case.light_rank
        degree: Degree = before or "none"  # type: ignore[assignment]  # a light of the engine
        self._retire_overrule(case, item)
        recompute_light(case)
        if case.light != before:
            self._light_changed(case, case.light, item.post, before=before)
        if case.light_rank > rank:
            run_on(case, self.now, degree=degree)
        if case.light_rank > rank and case.deciding_post_id == item.post.pk:
            decide_by(case, item.judgement, item.reading)
            case.kind = told_kind(item.judgement)
            if case.state == CaseState.OPEN:
                case.answer_by = _earlier(case.answer_by, item.judgement.first_answer_by)
        if item.post.own and case.state == CaseState.OPEN and case.light is None:
            # it turned out to be our own: nobody waits for an answer
            case.state, case.answer_by = CaseState.ANSWERED, None
        self._touch(case)

    def _retire_overrule(self, case: Case, item: Judged) -> None:
        """What a person set was about the words they read: graver words end it. On the same words it stays; but they
        set it before new reasons were known, and should hear of those."""
        overrule = Overrule.objects.filter(post=item.post, current=True).select_related("judgement__reading").first()
        if overrule is None:
            return
        graver = LIGHT_RANKS[item.judgement.light] > LIGHT_RANKS[overrule.to_light]
        if graver and overrule.judgement.reading.text_digest != item.reading.text_digest:
            Overrule.objects.filter(pk=overrule.pk).update(current=False)
            return
        known = {reason["rule"] for reason in overrule.judgement.reasons}
        rules = [
            reason.rule
            for reason in reasons_of(item.judgement)
            if reason.rule not in known and LIGHT_RANKS[reason.light] > LIGHT_RANKS[overrule.to_light]
        ]
        if rules:
            run_on(case, self.now)
            self.events.append((case, "news_after_overrule", {"post": item.post.pk, "rules": rules}))

    def _light_changed(self, case: Case, to: str | None, post: Post, *, before: str | None = None) -> None:
        self.events.append((case, "light_changed", {"from": before or case.light, "to": to, "post": post.pk}))

    def _touch(self, case: Case) -> None:
        case.lines_due = True
        if case.pk is not None:
            self.changed[case.pk] = case

    def _wake_earlier_replies(self) -> None:
        """Replies that reached us before the post that made their thread ours are judged in the next round."""
        roots = [(case.brand_id, post.network, post.external_id) for case, post in self.joined if not post.conversation]
        roots += [
            (case.brand_id, post.network, post.external_id)
            for case, post in self.joined
            if post.conversation == post.external_id
        ]
        if roots:
            Post.objects.filter(
                brand_id=roots[0][0],
                network__in={network for _, network, _ in roots},
                conversation__in=[name for _, _, name in roots],
                stage=Stage.JUDGED,
                own=False,
                deleted_at=None,
                case_post=None,
                judgements=None,
            ).update(stage=Stage.STORED)


def _locked(ids: Iterable[int]) -> QuerySet[Case]:
    """The newest first; always in this order, so that two who lock several never wait for each other."""
    return (
        Case.objects.select_for_update(of=("self",))
        .filter(pk__in=list(ids))
        .select_related("latest_post", "brand")
        .order_by("-pk")
    )


_MOVING_FIELDS = [
    "state", "light", "light_rank", "kind", "topic", "language", "step", "role", "area", "called", "chain_waits",
    "deciding_post",
    "latest_post", "posts_count", "latest_at", "acknowledge_by", "acknowledged_at", "answer_by", "answered_at",
    "resolve_by", "statutory_by", "law", "closed_at", "closed_by", "closure_reason", "backfilled",
    "lines_due", *STANDSTILL,
]  # fmt: skip


def decide_by(case: Case, judgement: Judgement, reading: Reading) -> None:
    """Let this judgement decide the case's light, route and deadlines. Deadlines only ever come nearer."""
    # a chain that was called already is not sent away again
    fresh = case.pk is None or LIGHT_RANKS[judgement.light] > case.light_rank
    case.chain_waits = judgement.chain_waits and (fresh or case.chain_waits)
    case.called = joined(case.called, more=judgement.called)
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
