"""Any interleaving, repetition and order of sightings ends in the same rows; two workers at once too."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import close_old_connections, connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sereno.desk.accounts.models import Brand
from sereno.desk.intake.actions import understand
from sereno.desk.intake.models import Author, Observation, Post, RawRecord, Sighting, Source
from tests.desk.intake.desk import NOON, Intake

_counts = st.dictionaries(st.sampled_from(["likes", "shares"]), st.integers(0, 3), max_size=2)
_tellings = st.fixed_dictionaries(
    {"id": st.sampled_from(["p", "q"]), "text": st.sampled_from(["one", "two"]), "engagement": _counts},
    optional={
        "author": st.sampled_from([{"id": "7", "followers": 1}, {"id": "7", "followers": 2}, {"handle": "ana"}]),
        "edited_at": st.sampled_from(["2026-03-02T12:01:00Z", "2026-03-02T12:05:00Z"]),
        "deleted_at": st.just("2026-03-02T12:06:00Z"),
        "own": st.just(True),
    },
)


def end(brand: Brand) -> dict[str, Any]:
    """What stands in the tables, without numbers of rows."""
    posts = Post.objects.filter(brand=brand).select_related("text", "author", "source").order_by("external_id")
    return {
        "posts": [
            (
                post.external_id, post.text.text, post.text.folded, post.likes, post.shares, post.own, post.edited_at,
                post.deleted_at, post.received_at, post.source.name, post.author and post.author.external_id,
            )
            for post in posts
        ],
        "authors": sorted(
            Author.objects.filter(brand=brand).values_list("external_id", "followers", "first_seen_at"), key=str
        ),
        "sightings": Sighting.objects.filter(brand=brand).count(),
        "counts": sorted(
            Observation.objects.filter(brand=brand, kind="engagement").values_list("at", "likes", "shares"), key=str
        ),
    }  # fmt: skip


@given(st.lists(_tellings, min_size=1, max_size=5), st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_interleaving_ends_in_the_same_rows(db: None, told: list[dict[str, Any]], data: st.DataObject) -> None:
    for table in (Post, RawRecord, Author, Source, Brand):
        table.objects.all().delete()
    ends = []
    timed = list(enumerate(told))
    for name, order in (("one", timed), ("two", data.draw(st.permutations(timed)))):
        intake = Intake(Brand.objects.create(slug=name, name=name))
        for minute, telling in order:
            source = intake.search if minute % 2 else intake.notifications
            for _ in range(data.draw(st.integers(1, 2))):
                intake.tells({**telling, "lang": f"x{minute}"}, minutes=minute, source=source)
            if data.draw(st.booleans()):
                understand(now=NOON, limit=data.draw(st.integers(1, 3)))
        while understand(now=NOON, limit=data.draw(st.integers(1, 3))).records:
            pass
        ends.append(end(intake.brand))

    assert ends[0] == ends[1]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("workers", [4])
def test_workers_at_once_leave_what_one_would_have_left(workers: int) -> None:
    """On PostgreSQL they work side by side; on SQLite they take turns."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory has one connection; test_killed.py runs it in several processes")
    intake = Intake(Brand.objects.create(slug="acme", name="Acme"))
    for i in range(120):
        telling = {"id": f"p{i % 30}", "engagement": {"likes": i}, "author": {"id": f"a{i % 7}", "followers": i}}
        intake.tells(telling, minutes=i)
    failed: list[Exception] = []

    def work() -> None:
        try:
            while understand(now=NOON, limit=5).records:
                pass
        except Exception as error:  # noqa: BLE001 — told to the test below
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, daemon=True) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    close_old_connections()
    understand(now=NOON, limit=500)

    assert failed == []
    assert dict(Post.objects.values_list("external_id", "likes")) == {f"p{i}": 90 + i for i in range(30)}
    assert sorted(Author.objects.values_list("followers", flat=True)) == list(range(113, 120))
    assert RawRecord.objects.filter(state="understood").count() == Sighting.objects.count() == 120
    assert Source.objects.count() == 2
