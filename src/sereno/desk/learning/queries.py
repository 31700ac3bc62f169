"""What a brand's team decided, gathered from where it stands: overruled lights and kinds, and what was let stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from django.db.models import F, QuerySet

from sereno.desk.accounts.models import Brand
from sereno.desk.audit.actions import digest
from sereno.desk.intake.models import Post
from sereno.desk.learning.models import CorrectionState, LearnedCorrection
from sereno.desk.listening.actions import read_posts
from sereno.desk.listening.models import Judgement, KindOverrule, Overrule
from sereno.desk.listening.stored import context_of, readings_of
from sereno.engine.context import Context
from sereno.engine.learning.decisions import Decision
from sereno.engine.learning.lesson import FEWEST_DECISIONS
from sereno.engine.plan.model import Light
from sereno.engine.read import Kind, Reader, Readings

MOST_STOOD = 600
"""Of the newest; more would only make learning slow."""
OTHERS = 1000
"""So many other posts are looked at before a correction is switched on."""
NO_OPINION = ("not_about_us", "spam", "duplicate")
"""Reasons for closing a case that say nothing of its light."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is to learn from."""

    lights: int
    kinds: int
    posts: int
    """With either overruled."""
    stood: int
    people: int

    @property
    def missing(self) -> int:
        return max(0, FEWEST_DECISIONS - self.posts)

    @property
    def needed(self) -> int:
        return FEWEST_DECISIONS


def counts(brand: Brand) -> Counts:
    lights, kinds = _overrules(brand)
    people = {row.by_id for row in lights.values()} | {row.by_id for row in kinds.values()}
    return Counts(len(lights), len(kinds), len(lights.keys() | kinds.keys()), stood(brand).count(), len(people))


def corrections(brand: Brand) -> QuerySet[LearnedCorrection]:
    return LearnedCorrection.objects.filter(brand=brand).order_by("-number")


def at_work(brand: Brand) -> LearnedCorrection | None:
    return corrections(brand).filter(state=CorrectionState.ACTIVE).first()


def proposed(brand: Brand) -> LearnedCorrection | None:
    return corrections(brand).filter(state=CorrectionState.PROPOSED).first()


@dataclass(frozen=True, slots=True)
class Gathered:
    """Decisions with the reader's own readings of their texts, row by row."""

    posts: list[int]
    readings: Readings
    decisions: list[Decision]


def gather(brand: Brand, reader: Reader) -> Gathered:
    """All that the team decided, read by `reader` without a correction."""
    lights, kinds = _overrules(brand)
    told = lights.keys() | kinds.keys()
    posts = [*_readable(Post.objects.filter(pk__in=told)), *_readable(stood(brand))[:MOST_STOOD]]
    judged = {j.post_id: j for j in _current(posts)}
    posts = [post for post in posts if post.pk in judged]
    decisions = [_decision(post, judged[post.pk], lights.get(post.pk), kinds.get(post.pk)) for post in posts]
    return Gathered([post.pk for post in posts], _read(posts, reader), decisions)


def _overrules(brand: Brand) -> tuple[dict[int, Overrule], dict[int, KindOverrule]]:
    """By post: what people said of the words as they stand now; what they said of other words is left out."""
    lights = Overrule.objects.filter(brand=brand, current=True, post__own=False)
    kinds = KindOverrule.objects.filter(brand=brand, current=True, post__own=False)
    related = ("post__text", "judgement__reading")
    return (
        {row.post_id: row for row in lights.select_related(*related) if _same_words(row)},
        {row.post_id: row for row in kinds.select_related(*related) if _same_words(row)},
    )


def _same_words(row: Overrule | KindOverrule) -> bool:
    text = getattr(row.post, "text", None)
    return text is not None and digest(text.whole()) == row.judgement.reading.text_digest


def stood(brand: Brand) -> QuerySet[Post]:
    """Posts that decided the light of a case that was answered or closed as it was, the newest first."""
    return (
        Post.objects.filter(
            brand=brand, own=False, case_post__case__state__in=("answered", "closed"),
            case_post__case__deciding_post=F("pk"),
        )
        .exclude(case_post__case__closure_reason__in=NO_OPINION)
        .exclude(overrules__current=True)
        .exclude(kind_overrules__current=True)
        .order_by("-pk")
    )  # fmt: skip


def _readable(posts: QuerySet[Post]) -> list[Post]:
    return list(posts.filter(text__isnull=False, deleted_at=None).select_related("text", "author").order_by("-pk"))


def _current(posts: Sequence[Post]) -> QuerySet[Judgement]:
    return Judgement.objects.filter(post__in=posts, current=True).select_related("reading")


def _decision(post: Post, judgement: Judgement, light: Overrule | None, kind: KindOverrule | None) -> Decision:
    overruled = light is not None or kind is not None
    told = kind.to_kind if kind else None if overruled else judgement.reading.kind
    given = light.to_light if light else (kind.judgement.light if kind else judgement.light)
    said_last = kind if kind is not None and (light is None or kind.at > light.at) else light
    thread = post.conversation or post.in_reply_to
    return Decision(
        text=post.text.whole(),
        context=context_of(judgement),
        light=cast("Light | None", given),
        kind=cast("Kind | None", told),
        overruled=overruled,
        author=str(post.author_id or ""),
        event=f"{post.network} {thread}" if thread else "",
        by=said_last.by_id if said_last else 0,
    )


def _read(posts: Sequence[Post], reader: Reader) -> Readings:
    found = read_posts(posts, reader)
    rows = [found[post.pk] for post in posts]
    for row in rows:
        row.model = reader.model  # where the careful reader failed, the fast one answered: both are what we have
    return readings_of(rows)


@dataclass(frozen=True, slots=True)
class Others:
    """Posts that nobody decided on, as they were judged last."""

    posts: list[int]
    readings: Readings
    texts: list[str]
    contexts: list[Context]


def others(brand: Brand, reader: Reader, *, besides: Sequence[int]) -> Others:
    newest = Post.objects.filter(brand=brand, own=False, judgements__current=True).exclude(pk__in=besides)
    posts = list(
        newest.filter(text__isnull=False, deleted_at=None).select_related("text", "author").order_by("-pk")[:OTHERS]
    )
    judged = {j.post_id: j for j in _current(posts)}
    return Others(
        [post.pk for post in posts],
        _read(posts, reader),
        [post.text.whole() for post in posts],
        [context_of(judged[post.pk]) for post in posts],
    )
