"""Two at once, on a database where two can be: what a person does is never undone by a worker, nor doubled by two."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from sereno.desk.cases import actions
from sereno.desk.cases.models import Case
from sereno.desk.cases.settlement import Settlement
from tests.desk.stories import member
from tests.desk.street import NOON, Street

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor != 'postgresql'", reason="SQLite lets one write at a time; run on PostgreSQL"
    ),
]


def meanwhile(monkeypatch: pytest.MonkeyPatch, deed: Callable[[], object]) -> threading.Thread:
    """Start `deed` when the worker has made up its mind and is about to write; it goes on while the worker does."""
    write = Settlement.write

    def interrupted(self: Settlement) -> None:
        if not thread.is_alive() and thread.ident is None:
            thread.start()
            thread.join(1.0)  # long enough to do it, if nothing holds it back
        write(self)

    def run() -> None:
        try:
            deed()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    monkeypatch.setattr(Settlement, "write", interrupted)
    return thread


def test_an_overruling_at_the_moment_a_post_joins_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    street = Street()
    alice = member("Alice", street.brand)
    post = street.complaint("1", conversation="1")
    street.work()
    case = street.case_of(post)
    street.complaint("2", "acme, broken again", conversation="1", minutes=1)
    deed = meanwhile(monkeypatch, lambda: actions.overrule(case, light="red", reason="I know her", by=alice, now=NOON))

    street.work(minutes=2)
    deed.join(20)

    case.refresh_from_db()
    assert (case.light, case.posts_count) == ("red", 2)


def test_two_workers_open_one_case_for_one_person(monkeypatch: pytest.MonkeyPatch) -> None:
    street = Street()
    street.complaint("1")

    def another_worker() -> None:
        street.complaint("2", "acme, broken again", minutes=1)
        street.work(minutes=1)

    deed = meanwhile(monkeypatch, another_worker)
    street.work(minutes=2)
    deed.join(20)
    monkeypatch.undo()
    street.work(minutes=3)

    assert Case.objects.get().posts_count == 2
