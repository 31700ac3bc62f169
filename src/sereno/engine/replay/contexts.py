"""Contexts for posts of a file, made again by event time: what could be known of each when it came.

A file tells reach, shares and stars as they were when it was written. It does not tell when cases were closed, which
promises were open, how fast a post was shared or what many people told at once. So an author's earlier posts are
counted over a stretch of time instead of a case, and the other signals stay silent: a plan that asks for them shows
less in such a replay than on duty. The order of the lines does not matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import msgspec

from sereno.engine.casework import REOPENS_WITHIN
from sereno.engine.context import Contexts, context_of
from sereno.engine.plan.model import OUR_KINDS, WatchKind
from sereno.engine.post import Post


def recompute(
    posts: Sequence[Post],
    about: Sequence[Sequence[WatchKind]],
    *,
    received_at: datetime,
    within: timedelta = REOPENS_WITHIN,
) -> Contexts:
    """One context a post. `about` are the kinds of the watches that it matched; `received_at` stands where a post tells
    neither when it was received nor when it was written. An author's posts are of one matter where they are not further
    apart than `within`.

    Posts came to us when they were written, unless the file says otherwise: a back-test asks what would have been if we
    had been there.
    """
    at = [_zoned(post.received_at or post.created_at or received_at) for post in posts]
    repeats = _repeats(posts, about, at, within)
    return Contexts(
        [
            msgspec.structs.replace(
                context_of(post, about=kinds, received_at=moment), received_at=moment, repeat_contact=earlier
            )
            for post, kinds, moment, earlier in zip(posts, about, at, repeats, strict=True)
        ]
    )


def _repeats(
    posts: Sequence[Post], about: Sequence[Sequence[WatchKind]], at: Sequence[datetime], within: timedelta
) -> list[int]:
    """For each post how many others the same author wrote to us before, in the order in which they were written."""
    mine: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, post in enumerate(posts):
        who = post.author.id or post.author.handle
        if who and not post.own and _to_us(about[i]):
            mine[post.network, who].append(i)
    counts = [0] * len(posts)
    for rows in mine.values():
        written = sorted((_written(posts[i], at[i]), posts[i].id, i) for i in rows)
        begin = 0
        for place, (moment, post_id, i) in enumerate(written):
            while moment - written[begin][0] > within:
                begin += 1
            # a post that stands in the file twice is one post
            counts[i] = len({earlier for _moment, earlier, _i in written[begin:place]} - {post_id})
    return counts


def _to_us(about: Sequence[WatchKind]) -> bool:
    return not about or not OUR_KINDS.isdisjoint(about)


def _written(post: Post, received: datetime) -> datetime:
    return _zoned(post.created_at) if post.created_at is not None else received


def _zoned(moment: datetime) -> datetime:
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
