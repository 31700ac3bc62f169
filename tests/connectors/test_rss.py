"""RSS and Atom: a feed before → posts after."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from sereno.connectors.base import Gone, NeedsPerson, RefusedByTerms, TryLater
from sereno.connectors.rss import CONNECTOR, client, reading
from sereno.connectors.rss.client import entries_of, read, retry_after
from sereno.connectors.rss.parse import instant, parse
from sereno.connectors.rss.reading import feed_apart
from sereno.engine.post import Post
from tests.connectors.battery import NOON, CannedHttp

URL = "https://kitchen.example/feed"


def posts_of(body: bytes, url: str = URL, **settings: str) -> list[Post]:
    page = read({"url": url}, None, {}, CannedHttp(body), NOON)
    return [post for item in page.items for post in parse(item.body, settings)]


def sample(name: str) -> bytes:
    return (CONNECTOR.folder / "samples" / name).read_bytes()


def test_an_entry_becomes_an_article_with_its_whole_text() -> None:
    kettle = posts_of(sample("blog.xml"))[0]

    assert kettle.id == f"{URL}#post-41"
    assert kettle.text == (
        "Mirabela's kettle, three weeks on\n\nIt leaks. I wrote twice and nobody answered.\nWould I buy it again? No."
    )
    assert kettle.place == "article"
    assert kettle.url == "https://kitchen.example/kettle"
    assert kettle.author.name == "Ana & Co"
    assert kettle.created_at == datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
    assert kettle.lang == "en"


def test_an_id_stays_the_same_when_the_feed_declares_another_base() -> None:
    feed = sample("blog.xml")
    based = feed.replace(b'<rss version="2.0"', b'<rss version="2.0" xml:base="https://cdn.example/"')

    assert [post.id for post in posts_of(based)] == [post.id for post in posts_of(feed)]


def test_ids_of_two_feeds_never_meet() -> None:
    feed = sample("blog.xml")

    assert {p.id for p in posts_of(feed)}.isdisjoint(p.id for p in posts_of(feed, "https://other.example/feed"))


def test_an_entry_without_an_id_is_known_by_its_link() -> None:
    assert posts_of(sample("blog.xml"))[2].id.endswith("#/relative/link")


def test_an_id_too_long_for_a_column_becomes_its_digest() -> None:
    long = posts_of(sample("blog.xml").replace(b"post-41", b"x" * 900))[0]

    assert long.id.startswith("sha256:")


def test_atom_tells_when_an_entry_was_edited() -> None:
    (recall,) = posts_of(sample("news.atom"), place="article", network="news")

    assert recall.created_at == datetime(2026, 3, 2, 7, tzinfo=UTC)
    assert recall.edited_at == datetime(2026, 3, 2, 10, tzinfo=UTC)
    assert recall.author.name == "Zofia Łęcka"
    assert recall.network == "news"


def test_hostile_markup_becomes_text() -> None:
    first, second = posts_of(sample("hostile.xml"))

    assert first.text == "Nice\n\nafter"  # an svg shows no text of its own
    assert "bold" in second.text
    for post in (first, second):
        assert "alert(1)" not in post.text
        assert "javascript" not in post.text
        assert not re.search(r"<\w", post.text)


def test_an_answer_304_brings_nothing_and_keeps_the_cursor() -> None:
    http = CannedHttp(status=304)
    cursor = {"etag": '"abc"', "last-modified": "Mon, 02 Mar 2026 08:00:00 GMT"}

    page = read({"url": URL}, None, cursor, http, NOON)

    assert page.items == ()
    assert page.cursor == cursor
    assert http.asked == [(URL, {"if-none-match": '"abc"', "if-modified-since": "Mon, 02 Mar 2026 08:00:00 GMT"})]


def test_what_the_server_said_of_its_version_becomes_the_cursor() -> None:
    http = CannedHttp(sample("blog.xml"), headers={"etag": '"v2"'})

    assert read({"url": URL}, None, {}, http, NOON).cursor == {"etag": '"v2"'}


@pytest.mark.parametrize(
    ("status", "error", "words"),
    [
        (410, Gone, "gone for good"),
        (451, RefusedByTerms, "legal reasons"),
        (404, NeedsPerson, "answers 404"),
        (403, NeedsPerson, "refuses us"),
        (500, TryLater, "fault of its own"),
        (429, TryLater, "asks us to wait"),
    ],
)
def test_a_refusal_is_told_in_words(status: int, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        read({"url": URL}, None, {}, CannedHttp(status=status), NOON)


def test_a_page_that_is_no_feed_is_told_so() -> None:
    with pytest.raises(NeedsPerson, match="not with an RSS or Atom feed"):
        entries_of(b"<html><body>Welcome</body></html>", URL)


@pytest.mark.parametrize(
    ("value", "at"),
    [
        ("120", NOON + timedelta(seconds=120)),
        ("Mon, 02 Mar 2026 12:05:00 GMT", NOON + timedelta(minutes=5)),
        ("Mon, 02 Mar 2026 09:00:00 GMT", NOON),
        ("999999999", NOON + timedelta(days=1)),
        ("9" * 400, None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_server_may_say_when_to_come_back(value: str, at: datetime | None) -> None:
    assert retry_after(value, NOON) == at


@pytest.mark.parametrize("said", ["", "yesterday", "Mon, 99 Foo", "Fri, 31 Dec 99999", "0000-00-00"])
def test_a_date_that_is_none_is_none(said: str) -> None:
    assert instant(said) is None


@pytest.mark.parametrize("cut", [40, 200, 700, 1100])
def test_half_a_feed_gives_what_came_or_says_so(cut: int) -> None:
    try:
        posts = posts_of(sample("blog.xml")[:cut])
    except NeedsPerson:
        posts = []

    assert len(posts) <= 3


def feed(inside: bytes) -> bytes:
    return b'<rss version="2.0"><channel>' + inside + b"</channel></rss>"


@pytest.mark.parametrize(
    "body",
    [
        feed(b"<item><title>x</title><author>" + b"a." * 30_000 + b"</author></item>"),
        feed(b"<item><title>" + b"<" * 2_000_000),
        feed(b"<item><title>" + b"<b>" * 600_000),
    ],
)
def test_a_feed_that_would_never_be_read_is_given_up(body: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "feed_apart", partial(feed_apart, seconds=2))
    begun = time.monotonic()
    with pytest.raises(TryLater, match="cannot be read in reasonable time"):
        entries_of(body, URL)

    assert time.monotonic() - begun < 10


def test_a_feed_larger_than_any_is_not_read() -> None:
    with pytest.raises(NeedsPerson, match=r"a feed of 3\.0 MB; up to 2 MB are read"):
        entries_of(b"x" * 3 * 1024 * 1024, URL)


def test_of_a_feed_without_end_the_first_entries_are_read_and_the_log_says_so(
    caplog: pytest.LogCaptureFixture,
) -> None:
    items = b"".join(b"<item><guid>%d</guid><title>x</title></item>" % i for i in range(700))
    entries, whole = entries_of(feed(items), URL)

    assert [entry.id for entry in entries] == [str(i) for i in range(500)]
    assert whole
    assert "200 entries more" in caplog.text


def test_whoever_reads_a_feed_knows_no_secret_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []
    real = reading.subprocess.run

    def looking(*told: Any, **more: Any) -> Any:
        seen.append((told, more))
        return real(*told, **more)

    monkeypatch.setenv("SERENO_SECRET_KEY", "hush")
    monkeypatch.setenv("DATABASE_URL", "postgres://ana:hush@db/sereno")
    monkeypatch.setattr(reading.subprocess, "run", looking)
    entries_of(sample("blog.xml"), "https://ana:token@kitchen.example/feed")

    ((command,), more) = seen[0]
    assert "token" not in " ".join(command)
    assert "hush" not in str(more["env"])
