"""Writes what sightings say, in bulk: authors, posts, texts, sightings, observations. Runs in the caller's transaction.

Unique keys decide what is new. Known rows are locked in the order of their keys, missing ones inserted in that order,
so that two workers never wait for each other; where another worker inserted one of them meanwhile, our insert fails,
and the round starts again with that row among the known ones.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import reduce

from django.db import IntegrityError, transaction
from django.db.models import Count, Model, Q

from sereno.desk.intake import rows
from sereno.desk.intake.merging import AuthorState, PostState, merge, merge_authors
from sereno.desk.intake.models import (
    Author,
    AuthorIdentity,
    Observation,
    ObservedText,
    Post,
    PostText,
    RawBody,
    Sighting,
    Source,
)
from sereno.desk.intake.sighted import Sighted

ATTEMPTS = 5

Key = tuple[int, str, str]


def write(sightings: Sequence[Sighted]) -> Counter[int]:
    """Returns how many posts each record, by its number, was the first to tell of."""
    if not sightings:
        return Counter()
    authors = _authors(sightings)
    by_post: dict[Key, list[Sighted]] = defaultdict(list)
    for each in sightings:
        by_post[each.key].append(each)
    known = _known_posts(by_post)
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with transaction.atomic():
                made = _insert_posts({key: by_post[key] for key in by_post if key not in known}, authors)
            break
        except IntegrityError:
            if attempt == ATTEMPTS:
                raise
            known = _known_posts(by_post)
    olds: dict[Key, PostState] = {}
    _update_posts({key: by_post[key] for key in known}, known, authors, olds)
    posts = known | made
    _append(sightings, posts, olds)
    _erase([posts[key] for key in posts if posts[key].deleted_at is not None])
    _notice(sightings)
    return Counter(by_post[key][0].record for key in made)


def _merged(told: Iterable[Sighted]) -> PostState:
    return reduce(merge, (each.post for each in told))


# --- authors ---------------------------------------------------------------------------------------------------------


def _authors(sightings: Sequence[Sighted]) -> dict[Key, Author]:
    told: dict[Key, AuthorState] = {}
    for each in sightings:
        if each.author is not None and (key := each.author_key) is not None:
            told[key] = merge_authors(told[key], each.author) if key in told else each.author
    known = _known_authors(told)
    for attempt in range(1, ATTEMPTS + 1):
        missing = sorted(key for key in told if key not in known)
        try:
            with transaction.atomic():
                made = Author.objects.bulk_create([rows.author_row(key, told[key]) for key in missing])
                AuthorIdentity.objects.bulk_create(
                    [rows.identity_row(author, told[key]) for key, author in zip(missing, made, strict=True)]
                )
            break
        except IntegrityError:
            if attempt == ATTEMPTS:
                raise
            known = _known_authors(told)
    _update_authors(told, known)
    return known | dict(zip(missing, made, strict=True))


def _known_authors(keys: Iterable[Key]) -> dict[Key, Author]:
    found = Author.objects.filter(_among(keys)).select_related("identity").select_for_update(of=("self",))
    return {(a.brand_id, a.network, a.external_id): a for a in found.order_by("pk")}


def _update_authors(told: dict[Key, AuthorState], known: dict[Key, Author]) -> None:
    changed = []
    for key, author in known.items():
        before = rows.author_state(author)
        after = merge_authors(before, told[key])
        if after != before:
            rows.put_author(author, after)
            changed.append(author)
    _overwrite(changed, rows.AUTHOR_COLUMNS)
    _overwrite([author.identity for author in changed if hasattr(author, "identity")], rows.IDENTITY_COLUMNS)


def _overwrite(changed: Sequence[Model], columns: Sequence[str]) -> None:
    """`bulk_update`, ten times faster: rows that are there, and locked by us, are written by INSERT … ON CONFLICT DO
    UPDATE, where Django would write a CASE with a branch for each row and column."""
    if changed:
        table = type(changed[0])
        table._default_manager.bulk_create(
            changed, update_conflicts=True, update_fields=columns, unique_fields=[table._meta.pk.attname]
        )


# --- posts -----------------------------------------------------------------------------------------------------------


def _among(keys: Iterable[Key]) -> Q:
    """Rows with one of these keys: (brand, network) one by one, since they are few; the ids in one list."""
    places: dict[tuple[int, str], list[str]] = defaultdict(list)
    for brand, network, external_id in keys:
        places[brand, network].append(external_id)
    wanted = Q(pk__in=[])
    for (brand, network), ids in places.items():
        wanted |= Q(brand_id=brand, network=network, external_id__in=ids)
    return wanted


def _known_posts(keys: Iterable[Key]) -> dict[Key, Post]:
    found = Post.objects.filter(_among(keys)).select_related("text", "author").select_for_update(of=("self",))
    return {(p.brand_id, p.network, p.external_id): p for p in found.order_by("pk")}


def _insert_posts(told: dict[Key, list[Sighted]], authors: dict[Key, Author]) -> dict[Key, Post]:
    keys = sorted(told)
    states = [_merged(told[key]) for key in keys]
    made = Post.objects.bulk_create(
        [rows.post_row(key, state, authors) for key, state in zip(keys, states, strict=True)]
    )
    PostText.objects.bulk_create([rows.text_row(post, state) for post, state in zip(made, states, strict=True)])
    return dict(zip(keys, made, strict=True))


def _update_posts(
    told: dict[Key, list[Sighted]], known: dict[Key, Post], authors: dict[Key, Author], olds: dict[Key, PostState]
) -> None:
    changed, reworded = [], []
    for key, post in known.items():
        before = olds[key] = rows.post_state(post)
        after = merge(before, _merged(told[key]))
        if after == before:
            continue
        if (before.text, before.media_text, before.said.get("url")) != (
            after.text,
            after.media_text,
            after.said.get("url"),
        ):
            reworded.append(post)
        rows.put_post(post, before, after, authors)
        changed.append(post)
    _overwrite(changed, rows.POST_COLUMNS)
    _overwrite([post.text for post in reworded], rows.TEXT_COLUMNS)


# --- history ---------------------------------------------------------------------------------------------------------


def _append(sightings: Sequence[Sighted], posts: dict[Key, Post], olds: dict[Key, PostState]) -> None:
    """A sighting for each record, and an observation for each count, edit and deletion. A replayed record adds none."""
    seen: list[Sighting] = []
    observed: list[Observation] = []
    edits: list[tuple[Observation, str]] = []
    texts = {key: [olds[key].text] if key in olds else [] for key in posts}
    gone = {key for key in olds if olds[key].deleted_at is not None}
    for each in sightings:
        post = posts[each.key]
        seen.append(rows.sighting_row(each, post))
        if each.counted:
            observed.append(rows.counts_row(each, post))
        if each.post.deleted_at is not None and each.key not in gone:
            gone.add(each.key)
            observed.append(rows.observation_row(each, post, Observation.Kind.DELETION))
        elif post.deleted_at is None and texts[each.key] and each.post.text not in texts[each.key]:
            edit = rows.observation_row(each, post, Observation.Kind.EDIT)
            edits.append((edit, _other_text(each, post, texts[each.key][-1])))
        texts[each.key].append(each.post.text)
    Sighting.objects.bulk_create(seen, ignore_conflicts=True)
    Observation.objects.bulk_create(observed, ignore_conflicts=True)
    for edit, before in edits:  # edits are few, and their texts need the rows' numbers
        stored, created = Observation.objects.get_or_create(
            post=edit.post,
            record_id=edit.record_id,
            kind=edit.kind,
            defaults={"brand_id": edit.brand_id, "at": edit.at},
        )
        if created:
            ObservedText.objects.create(observation=stored, text=before)


def _other_text(each: Sighted, post: Post, before: str) -> str:
    """What an edit replaced; of an older text that arrived late, the older text itself."""
    return each.post.text if post.text.text != each.post.text else before


def _erase(posts: Sequence[Post]) -> None:
    """The words of deleted posts go, everywhere: old versions, and raw bodies that spoke of nothing else."""
    if not posts:
        return
    ObservedText.objects.filter(observation__post__in=posts).delete()
    records = Sighting.objects.filter(post__in=posts).values("record")
    shared = (
        Sighting.objects.filter(record__in=records)
        .values("record")
        .annotate(living=Count("post", filter=Q(post__deleted_at__isnull=True)))
        .filter(living__gt=0)
        .values("record")
    )
    RawBody.objects.filter(record__in=records).exclude(record__in=shared).delete()


def _notice(sightings: Sequence[Sighted]) -> None:
    latest: dict[int, Sighted] = {}
    for each in sightings:
        if each.source not in latest or each.seen_at > latest[each.source].seen_at:
            latest[each.source] = each
    for source, each in latest.items():
        Source.objects.filter(Q(last_post_at__isnull=True) | Q(last_post_at__lt=each.seen_at), pk=source).update(
            last_post_at=each.seen_at
        )
