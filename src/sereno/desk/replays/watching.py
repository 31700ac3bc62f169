"""Where two plans watch for different things: whom each stored text is about, sought anew with the new watches.

The past then has two sides of equal length. A post that a plan's watches do not find stands on its side as one of our
own would: without light, without deadlines, waking nobody, since nobody would have seen it.

What no watch decides stays as it was: posts from a place where all is about us, to us in private, our own, and those
that were taken for ours by their thread. A post that no watch had found was never judged: it is read now (from the
cache where it can be), and its context is made from the post as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from django.db.models import Exists, OuterRef

from sereno.desk.intake.models import Post, Source, Stage
from sereno.desk.learning.readers import reader_for
from sereno.desk.listening.actions import context_for, read_posts, shares_per_hour
from sereno.desk.listening.models import Reading
from sereno.desk.listening.stored import readings_of
from sereno.desk.plans.models import PlanReplay
from sereno.engine.columns import Coded, Indices
from sereno.engine.context import Contexts
from sereno.engine.plan.model import Plan, WatchKind
from sereno.engine.read import Reader
from sereno.engine.replay import Past
from sereno.engine.watches.match import Watcher

TEXTS = 5_000
READ_AT_ONCE = 200

About = tuple[WatchKind, ...]


@dataclass
class Sought:
    """What was found out so far."""

    searched: int = 0
    judged: int = 0
    """Of these, posts that had been judged; the others of the past have no text any more."""
    about: dict[int, About] = field(default_factory=dict)
    """Per post that was judged and is about others now; empty: nobody would see it."""
    newly: list[int] = field(default_factory=list)
    """Posts that no watch had found."""
    kinds: dict[int, About] = field(default_factory=dict)
    """Whom those are about."""
    read_anew: int = 0


def differ(before: Plan, after: Plan) -> bool:
    return before.watches != after.watches


def seek(replay: PlanReplay, past: Past, posts: Indices, plans: tuple[Plan, Plan], sought: Sought) -> Iterator[int]:
    """Look through every stored text, a page at a time; yields how many were looked through."""
    watchers = [Watcher(plan.watches) for plan in plans]
    all_ours = set(
        Source.objects.filter(brand_id=replay.brand_id, settings__all_about_us=True).values_list("pk", flat=True)
    )
    stored = Post.objects.filter(brand_id=replay.brand_id, text__isnull=False, stage=Stage.JUDGED).order_by("pk")
    if replay.since is not None:
        stored = stored.filter(received_at__gte=replay.since)
    row_of = {post: i for i, post in enumerate(posts.tolist())}
    last = 0
    while page := list(
        stored.filter(pk__gt=last).values_list(
            "pk", "text__text", "text__media_text", "own", "visibility", "source_id", "deleted_at"
        )[:TEXTS]
    ):
        texts = [f"{text}\n{media}" if media else text for _, text, media, *_ in page]
        found = [[_kinds(matches) for matches in watcher.match(texts)] for watcher in watchers]
        for (post, _, _, own, visibility, source, deleted), was, now in zip(page, *found, strict=True):
            row = row_of.get(post)
            if row is None:
                if now and not was and deleted is None:
                    sought.newly.append(post)
                    sought.kinds[post] = now
                continue
            sought.judged += 1
            stands: About = past.columns.about[row]  # type: ignore[assignment]  # stored from the same literal
            ours = own or visibility == "private" or source in all_ours or ("brand" in stands and "brand" not in was)
            about: About = tuple(dict.fromkeys(("brand", *now))) if ours else now
            if set(about) != set(stands):
                sought.about[post] = about
        last = page[-1][0]
        sought.searched += len(page)
        yield sought.searched


def _kinds(matches: Sequence[object]) -> About:
    return tuple(dict.fromkeys(match.kind for match in matches))  # type: ignore[attr-defined]


def read_newly(replay: PlanReplay, sought: Sought, reader: Reader) -> Iterator[tuple[Indices, Past]]:
    """Read the posts that no watch had found, some at a time; their past as the new plan sees it."""
    corrected = reader_for(replay.against, reader)
    for start in range(0, len(sought.newly), READ_AT_ONCE):
        keys = sought.newly[start : start + READ_AT_ONCE]
        posts = list(Post.objects.filter(pk__in=keys).select_related("text", "author").order_by("pk"))
        cached = Reading.objects.filter(post=OuterRef("pk"), model=corrected.model)
        sought.read_anew += Post.objects.filter(pk__in=keys).exclude(Exists(cached)).count()
        readings = read_posts(posts, corrected)
        speeds = shares_per_hour(posts)
        contexts = [context_for(post, sought.kinds[post.pk], 0, speeds[post.pk]) for post in posts]
        past = Past.of(
            [str(post.pk) for post in posts], readings_of([readings[post.pk] for post in posts]), Contexts(contexts)
        )
        yield np.array([post.pk for post in posts], dtype=np.intp), past


def unseen(past: Past, rows: Indices) -> Past:
    """The past of a plan that finds these rows nowhere."""
    own = past.columns.own.copy()
    own[rows] = True
    return _with(past, own=own)


def about_others(past: Past, posts: Indices, about: Mapping[int, About]) -> Past:
    """The past with these posts about others than they were."""
    values = past.columns.about.values()
    for row in np.flatnonzero(np.isin(posts, np.fromiter(about, dtype=np.intp, count=len(about)))).tolist():
        values[row] = about[int(posts[row])]
    return _with(past, about=Coded.of(values))


def _with(past: Past, **columns: object) -> Past:
    return replace(past, columns=replace(past.columns, **columns))  # type: ignore[arg-type]
