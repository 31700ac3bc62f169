"""Sources that are due are read, once, and told of in plain words when they fail. Real servers of this machine."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from sereno.connectors.base import Gone, NeedsPerson, TryLater
from sereno.connectors.rss import CONNECTOR as RSS
from sereno.desk.accounts.models import Brand
from sereno.desk.intake import polling
from sereno.desk.intake.actions import IntakeRefused, add_source, poll_due, secret_of, set_source_enabled, understand
from sereno.desk.intake.models import Observation, Post, RawRecord, Sighting, Source
from tests.connectors.battery import CannedHttp
from tests.connectors.test_fetch import serving
from tests.desk.intake.desk import NOON

FEED = (RSS.folder / "samples" / "blog.xml").read_bytes()


class FeedServer:
    """A feed that knows ETags; what it answers can be changed."""

    def __init__(self) -> None:
        self.body, self.etag, self.status = FEED, '"1"', 200
        self.headers: dict[str, str] = {}
        self.answered: list[int] = []

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        fresh = self.status == 200 and handler.headers.get("if-none-match") == self.etag
        status = 304 if fresh else self.status
        body = b"" if fresh else self.body
        self.answered.append(status)
        handler.send_response(status)
        for name, value in {"etag": self.etag, "content-length": str(len(body)), **self.headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)


@pytest.fixture
def feed() -> FeedServer:
    return FeedServer()


@pytest.fixture
def source(acme: Brand, feed: FeedServer, settings: Any) -> Iterator[Source]:
    with serving(feed) as place:
        settings.SERENO_FETCH_PRIVATE = frozenset({place})
        added, _ = add_source(
            acme, kind="rss", name="blog", settings={"url": f"http://{place}/feed"}, by=None, now=NOON
        )
        yield added


def poll(source: Source, minutes: float) -> Source:
    at = NOON + timedelta(minutes=minutes)
    poll_due(now=at)
    understand(now=at)
    source.refresh_from_db()
    return source


def test_a_feed_is_read_and_its_entries_become_posts(source: Source) -> None:
    poll(source, 0)

    assert Post.objects.count() == 3
    assert (source.failures, source.last_error, source.last_ok_at) == (0, "", NOON)
    assert source.next_poll_at == NOON + RSS.every
    assert source.lease_until is None
    assert source.cursor == {"etag": '"1"'}


def test_the_same_feed_read_twice_is_asked_conditionally_and_changes_nothing(source: Source, feed: FeedServer) -> None:
    poll(source, 0)
    poll(source, 5)

    assert feed.answered == [200, 304]
    assert Post.objects.count() == RawRecord.objects.count() == Sighting.objects.count() == 3


def test_the_same_feed_without_a_version_is_still_the_same(source: Source, feed: FeedServer) -> None:
    poll(source, 0)
    feed.etag = '"2"'
    poll(source, 5)

    assert feed.answered == [200, 200]
    assert Post.objects.count() == RawRecord.objects.count() == 3


def test_an_edited_entry_is_an_edit_of_its_post(source: Source, feed: FeedServer) -> None:
    poll(source, 0)
    feed.body, feed.etag = FEED.replace(b"nobody answered", b"they called back"), '"2"'
    poll(source, 5)

    kettle = Post.objects.get(external_id__endswith="#post-41")
    assert Post.objects.count() == 3
    assert "they called back" in kettle.text.text
    assert Observation.objects.get(kind="edit").post == kettle


def test_a_source_that_is_not_due_is_left_alone(source: Source, feed: FeedServer) -> None:
    poll(source, 0)
    poll(source, 4)

    assert len(feed.answered) == 1


def test_a_source_that_is_switched_off_is_left_alone(source: Source, feed: FeedServer) -> None:
    set_source_enabled(source, enabled=False, by=None, now=NOON)
    poll(source, 0)
    assert feed.answered == []

    set_source_enabled(source, enabled=True, by=None, now=NOON)
    poll(source, 1)
    assert feed.answered == [200]


def test_a_feed_with_a_fault_is_tried_again_later_and_later_and_heals(source: Source, feed: FeedServer) -> None:
    feed.status = 500
    waits = []
    minutes = 0.0
    for _ in range(4):
        poll(source, minutes)
        assert source.next_poll_at is not None
        waits.append((source.next_poll_at - NOON).total_seconds() / 60 - minutes)
        minutes += waits[-1]
    assert waits == [0.5, 1, 2, 4]
    assert source.failures == 4
    assert "fault of its own (500)" in source.last_error

    feed.status = 200
    poll(source, minutes)
    assert (source.failures, source.last_error) == (0, "")
    assert Post.objects.count() == 3


def test_a_feed_that_says_when_to_come_back_is_left_until_then(source: Source, feed: FeedServer) -> None:
    feed.status, feed.headers = 429, {"retry-after": "1800"}
    poll(source, 0)

    assert source.next_poll_at == NOON + timedelta(minutes=30)


def test_a_dead_server_is_told_in_plain_words(acme: Brand, settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        place = f"127.0.0.1:{gone.getsockname()[1]}"
    settings.SERENO_FETCH_PRIVATE = frozenset({place})
    source, _ = add_source(acme, kind="rss", name="dead", settings={"url": f"http://{place}/"}, by=None, now=NOON)
    poll(source, 0)

    assert "cannot be reached" in source.last_error
    assert source.lease_until is None


def test_a_feed_on_a_private_address_is_refused_with_the_way_out(
    source: Source, feed: FeedServer, settings: Any
) -> None:
    settings.SERENO_FETCH_PRIVATE = frozenset()
    poll(source, 0)

    assert feed.answered == []
    assert "SERENO_FETCH_PRIVATE" in source.last_error


def test_a_redirect_to_a_private_address_is_refused(source: Source, feed: FeedServer) -> None:
    feed.status, feed.headers = 302, {"location": "http://127.0.0.1:9009/latest/meta-data"}
    poll(source, 0)

    assert "private network" in source.last_error
    assert not Post.objects.exists()


def test_a_gzip_bomb_is_refused(source: Source, feed: FeedServer) -> None:
    feed.body, feed.headers = gzip.compress(b"\0" * 100_000_000), {"content-encoding": "gzip"}
    poll(source, 0)

    assert "no feed is that large" in source.last_error


def test_half_a_feed_brings_what_came_and_the_next_reading_the_rest(source: Source, feed: FeedServer) -> None:
    feed.body = FEED[: FEED.index(b"A date without a zone")]
    poll(source, 0)
    some = Post.objects.count()
    feed.body = FEED  # under the same ETag
    poll(source, 10)

    assert some == 1
    assert Post.objects.count() == 3


def test_a_source_somebody_else_reads_is_left_to_them_until_the_lease_runs_out(
    source: Source, feed: FeedServer
) -> None:
    Source.objects.update(lease_until=NOON + polling.LEASE)
    poll(source, 1)
    assert feed.answered == []

    poll(source, 6)
    assert feed.answered == [200]


def test_whoever_lost_the_lease_stores_what_was_read_and_leaves_the_cursor(source: Source, feed: FeedServer) -> None:
    class Slow(CannedHttp):
        def get(self, url: str, headers: Any = None) -> Any:
            Source.objects.update(lease_until=NOON + timedelta(hours=1), cursor={"etag": "theirs"})
            return super().get(url, headers)

    poll_due(now=NOON, http=Slow(FEED, headers={"etag": "mine"}))
    source.refresh_from_db()

    assert RawRecord.objects.count() == 3
    assert source.cursor == {"etag": "theirs"}
    assert source.lease_until == NOON + timedelta(hours=1)


def test_a_connector_with_a_bug_fails_its_source_alone(acme: Brand, source: Source, feed: FeedServer) -> None:
    class Buggy(CannedHttp):
        def get(self, url: str, headers: Any = None) -> Any:
            raise ZeroDivisionError("oops")

    poll_due(now=NOON, http=Buggy())
    source.refresh_from_db()

    assert "our reader failed (ZeroDivisionError: oops)" in source.last_error
    assert source.lease_until is None


@pytest.mark.parametrize(
    ("failures", "error", "wait"),
    [
        (1, TryLater(""), timedelta(seconds=30)),
        (3, NeedsPerson(""), timedelta(minutes=2)),
        (50, TryLater(""), timedelta(hours=1)),
        (1, Gone(""), timedelta(hours=6)),
    ],
)
def test_how_long_to_wait(failures: int, error: Exception, wait: timedelta) -> None:
    assert polling.wait_after(failures, error) == wait


def test_a_playback_arrives_through_the_real_intake(acme: Brand, tmp_path: Path) -> None:
    from sereno.connectors.playback import CONNECTOR

    file = CONNECTOR.folder / "samples" / "round.jsonl"
    source, _ = add_source(acme, kind="playback", name="demo", settings={"file": str(file)}, by=None, now=NOON)
    for minutes in (0, 0.1, 0.2):
        poll(source, minutes)

    assert Post.objects.count() == 2
    shared = Post.objects.get(external_id="p-1")
    assert shared.shares == 40
    assert not shared.backfilled


# --- adding


def test_a_secret_is_kept_encrypted_and_given_once(acme: Brand) -> None:
    source, secret = add_source(acme, kind="webhook", name="portal", settings={}, by=None, now=NOON)

    assert secret is not None
    assert secret.startswith("whsec_")
    assert secret.encode() not in bytes(source.secret)
    assert secret_of(Source.objects.get(pk=source.pk)) == secret
    assert source.next_poll_at is None


@pytest.mark.parametrize(
    ("kind", "settings", "words"),
    [
        ("tweeter", {}, "no connector 'tweeter'"),
        ("rss", {}, "'url' is missing"),
        ("rss", {"url": "https://x.example", "ulr": "y"}, "no such setting 'ulr'"),
        ("file", {"timezone": "Mars/North"}, "no such time zone"),
    ],
)
def test_a_source_that_cannot_work_is_refused(acme: Brand, kind: str, settings: dict[str, str], words: str) -> None:
    with pytest.raises(IntakeRefused, match=words):
        add_source(acme, kind=kind, name="x", settings=settings, by=None, now=NOON)


def test_a_name_is_given_once(acme: Brand) -> None:
    add_source(acme, kind="file", name="drop", settings={}, by=None, now=NOON)

    with pytest.raises(IntakeRefused, match="“drop” already"):
        add_source(acme, kind="file", name="drop", settings={}, by=None, now=NOON)


def test_nobody_adds_a_file_of_this_machine_from_the_web(acme: Brand) -> None:
    from tests.desk.stories import member

    with pytest.raises(IntakeRefused, match="nobody adds it by hand"):
        add_source(
            acme, kind="playback", name="x", settings={"file": "/etc/passwd"}, by=member("Alice", acme), now=NOON
        )
