"""Records before → posts after."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DataError

from sereno.desk.audit.models import AuditRow
from sereno.desk.intake import understanding
from sereno.desk.intake.actions import Understood, replay_dead
from sereno.desk.intake.models import (
    Author,
    Observation,
    ObservedText,
    Post,
    PostText,
    RawBody,
    RawRecord,
    Sighting,
    Stage,
)
from tests.desk.intake.desk import NOON, Intake


def judged(intake: Intake) -> None:
    Post.objects.update(stage=Stage.JUDGED)


def test_a_record_becomes_a_post_with_its_author_and_text(intake: Intake) -> None:
    intake.tells(
        {
            "text": "Żółty czajnik przecieka",
            "url": "https://x.example/p",
            "created_at": "2026-03-02T10:00:00+01:00",
            "author": {"id": "7", "handle": "@Ola_K", "name": "Ola", "followers": 12000, "verified": True},
            "engagement": {"likes": 3, "shares": 1},
            "media": [{"kind": "image", "alt": "kałuża"}, {"transcript": "słychać krople"}],
            "lang": "pl",
        }
    )

    assert intake.understand() == Understood(records=1, posts_new=1)
    post = intake.post()
    assert post.text.whole() == "Żółty czajnik przecieka\nkałuża\nsłychać krople"
    assert post.text.folded == "zolty czajnik przecieka\nkaluza\nslychac krople"
    assert post.created_at == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert post.received_at == NOON
    assert (post.likes, post.shares, post.views, post.lang_hint) == (3, 1, None, "pl")
    assert post.stage == Stage.STORED
    assert (post.author.external_id, post.author.followers, post.author.verified) == ("7", 12000, True)
    assert (post.author.identity.handle, post.author.identity.name) == ("Ola_K", "Ola")


def test_the_same_post_by_search_and_by_notification_is_one_post_with_two_sightings(intake: Intake) -> None:
    intake.tells({"lang": "en"}, source=intake.search, via="search")
    intake.tells({"lang": "pl"}, source=intake.notifications, via="notification", minutes=1)
    intake.understand()

    assert Post.objects.count() == 1
    assert set(Sighting.objects.values_list("via", flat=True)) == {"search", "notification"}
    assert intake.post().source == intake.search


@pytest.mark.parametrize("at_once", [True, False])
def test_newer_values_win_whatever_was_understood_first(intake: Intake, at_once: bool) -> None:
    for minutes, likes in [(5, 50), (1, 10), (9, 90), (2, 20)]:
        intake.tells({"engagement": {"likes": likes}, "author": {"id": "7", "followers": likes}}, minutes=minutes)
        if not at_once:
            intake.understand()
    intake.understand()

    post = intake.post()
    assert post.likes == 90
    assert post.author.followers == 90
    assert post.received_at == NOON + timedelta(minutes=1)
    assert post.author.first_seen_at == NOON + timedelta(minutes=1)
    assert sorted(Observation.objects.values_list("likes", flat=True)) == [10, 20, 50, 90]


def test_what_a_sighting_does_not_say_it_does_not_change(intake: Intake) -> None:
    intake.tells({"engagement": {"likes": 5}, "rating": 1, "conversation": "t", "author": {"id": "7", "name": "Ana"}})
    intake.tells({"engagement": {"shares": 2}}, minutes=5)
    intake.understand()

    post = intake.post()
    assert (post.likes, post.shares, post.rating, post.conversation) == (5, 2, 1, "t")
    assert post.author.identity.name == "Ana"


def test_an_edit_keeps_the_old_words_and_is_judged_again(intake: Intake) -> None:
    intake.tells({"text": "It leaks"})
    intake.understand()
    judged(intake)
    intake.tells({"text": "It leaks and smokes", "edited_at": "2026-03-02T12:05:00Z"}, minutes=6)
    intake.understand()

    post = intake.post()
    assert post.text.text == "It leaks and smokes"
    assert post.text.folded == "it leaks and smokes"
    assert post.stage == Stage.STORED
    assert list(ObservedText.objects.values_list("text", flat=True)) == ["It leaks"]
    assert Observation.objects.get(kind="edit").at == NOON + timedelta(minutes=6)


def test_an_edit_within_one_batch_is_seen_too(intake: Intake) -> None:
    intake.tells({"text": "It leaks"})
    intake.tells({"text": "It leaks and smokes"}, minutes=1)
    intake.understand()

    assert intake.post().text.text == "It leaks and smokes"
    assert list(ObservedText.objects.values_list("text", flat=True)) == ["It leaks"]


def test_an_older_wording_that_arrives_late_changes_nothing_and_is_kept(intake: Intake) -> None:
    intake.tells({"text": "new words"}, minutes=10)
    intake.understand()
    judged(intake)
    intake.tells({"text": "old words"}, minutes=1)
    intake.understand()

    assert intake.post().text.text == "new words"
    assert intake.post().stage == Stage.JUDGED
    assert list(ObservedText.objects.values_list("text", flat=True)) == ["old words"]


def test_more_shares_are_judged_again_and_more_likes_are_not(intake: Intake) -> None:
    intake.tells({"engagement": {"likes": 1, "shares": 1}})
    intake.understand()
    judged(intake)
    intake.tells({"engagement": {"likes": 9, "shares": 1}}, minutes=1)
    intake.understand()
    assert intake.post().stage == Stage.JUDGED

    intake.tells({"engagement": {"likes": 9, "shares": 40}}, minutes=2)
    intake.understand()
    assert intake.post().stage == Stage.STORED


def test_a_deletion_erases_the_words_everywhere_and_keeps_the_row(intake: Intake) -> None:
    intake.tells({"text": "It leaks", "url": "https://x.example/p", "author": {"id": "7"}})
    intake.tells({"text": "It leaks!"}, minutes=1)
    intake.understand()
    judged(intake)
    intake.tells({"text": "", "deleted_at": "2026-03-02T12:30:00Z"}, minutes=31)
    intake.understand()

    post = intake.post()
    assert post.deleted_at == NOON + timedelta(minutes=30)
    assert (post.text.text, post.text.folded, post.text.url) == ("", "", "")
    assert not ObservedText.objects.exists()
    assert not RawBody.objects.exists()
    assert Observation.objects.filter(kind="deletion").count() == 1
    assert post.stage == Stage.JUDGED
    assert post.author is not None


@pytest.mark.parametrize("minutes", [1, 60])
def test_nothing_brings_a_deleted_text_back(intake: Intake, minutes: int) -> None:
    intake.tells({"text": "", "deleted_at": "2026-03-02T12:30:00Z"}, minutes=31)
    intake.understand()
    intake.tells({"text": "It leaks", "url": "https://x.example/p"}, minutes=minutes)
    intake.understand()

    post = intake.post()
    assert (post.text.text, post.text.folded, post.text.url) == ("", "", "")
    assert not RawBody.objects.exists()
    assert not PostText.objects.filter(text__contains="leaks").exists()


def test_a_post_deleted_before_we_knew_it_is_nobodys_turn(intake: Intake) -> None:
    intake.tells({"text": "", "deleted_at": "2026-03-02T11:30:00Z"})
    intake.understand()

    assert intake.post().stage == Stage.JUDGED


def test_handle_and_id_of_one_author_end_at_the_id(intake: Intake) -> None:
    intake.tells({"author": {"id": "7", "handle": "ana"}}, minutes=1)
    intake.tells({"author": {"handle": "@Ana"}}, minutes=5)
    intake.understand()

    assert intake.post().author.external_id == "7"


def test_two_people_with_one_name_are_two(intake: Intake) -> None:
    intake.tells({"id": "a", "author": {"name": "Anna"}})
    intake.tells({"id": "b", "author": {"name": "Anna"}})
    intake.understand()

    assert intake.post("a").author != intake.post("b").author
    assert intake.post("a").author.identity.name == "Anna"


def test_brands_and_networks_never_mix(intake: Intake) -> None:
    from sereno.desk.accounts.models import Brand

    other = Intake(Brand.objects.create(slug="other", name="Other"))
    intake.tells({"network": "X"})
    intake.tells({"network": "facebook"})
    intake.understand()
    other.tells({"network": "x", "text": "theirs"})
    other.understand()

    assert sorted(Post.objects.values_list("brand__slug", "network")) == [
        ("acme", "facebook"),
        ("acme", "x"),
        ("other", "x"),
    ]


def test_history_stays_history_until_somebody_sees_it_live(intake: Intake) -> None:
    intake.tells({"text": "old", "received_at": "2025-01-05T10:00:00Z"}, backfilled=True)
    intake.understand()
    judged(intake)
    assert intake.post().backfilled
    assert intake.post().received_at == datetime(2025, 1, 5, 10, tzinfo=UTC)

    intake.tells({"text": "old", "lang": "en"}, minutes=1)
    intake.understand()
    assert not intake.post().backfilled
    assert intake.post().stage == Stage.STORED


def test_a_live_sender_cannot_move_our_clock(intake: Intake) -> None:
    intake.tells({"received_at": "2025-01-05T10:00:00Z"})
    intake.understand()

    assert intake.post().received_at == NOON


def test_what_a_feed_wrote_before_it_was_added_is_history(intake: Intake) -> None:
    feed = intake.source("feed", kind="playback", settings={"file": "none"})
    type(feed).objects.filter(pk=feed.pk).update(created_at=NOON)
    intake.tells({"id": "old", "created_at": "2026-02-27T12:00:00Z"}, source=feed)
    intake.tells({"id": "fresh", "created_at": "2026-03-02T09:00:00Z"}, source=feed)
    intake.understand()

    assert intake.post("old").backfilled
    assert not intake.post("fresh").backfilled


def test_dates_without_a_zone_are_read_in_the_zone_of_the_source_and_counted(intake: Intake) -> None:
    intake.search.settings = {"timezone": "Europe/Madrid"}
    intake.search.save()
    record = intake.tells(
        {"created_at": "2026-03-02T10:00:00", "author": {"id": "1", "created_at": "2020-01-01T00:00:00"}}
    )
    intake.understand()
    record.refresh_from_db()

    assert intake.post().created_at == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert record.dates_without_zone == 2


def test_a_record_that_is_no_post_dies_readable_and_the_rest_goes_on(intake: Intake) -> None:
    bad = intake.tells(b'{"text": "no id"}')
    worse = intake.tells(b"not json at all")
    intake.tells({})

    assert intake.understand() == Understood(records=3, posts_new=1, dead=2)
    bad.refresh_from_db()
    worse.refresh_from_db()
    assert bad.state == worse.state == "dead"
    assert "every post needs an `id` and a `text`" in bad.error
    assert "not JSON" in worse.error
    assert intake.understand() == Understood()


def test_a_connector_with_a_bug_kills_its_record_alone(intake: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = intake.tells({"id": "bad"})
    intake.tells({"id": "good"})
    real = understanding.understood

    def buggy(connector: object, body: bytes, settings: object) -> object:
        if b'"bad"' in body:
            raise ZeroDivisionError("oops")
        return real(connector, body, settings)  # type: ignore[arg-type]

    monkeypatch.setattr(understanding, "understood", buggy)
    intake.understand()
    bad.refresh_from_db()

    assert bad.error == "our reader failed on it (ZeroDivisionError: oops); please report it"
    assert intake.post("good")


def test_what_the_database_refuses_dies_alone(intake: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
    records = {name: intake.tells({"id": name}) for name in ("a", "bad", "c")}
    real = understanding.write

    def refusing(sightings: list) -> object:  # type: ignore[type-arg]
        if any(each.external_id == "bad" for each in sightings):
            Post.objects.create(
                brand=intake.brand, network="x", external_id="half", source=intake.search, received_at=NOON
            )
            raise DataError("value out of range")
        return real(sightings)

    monkeypatch.setattr(understanding, "write", refusing)
    assert intake.understand() == Understood(records=3, posts_new=2, dead=1)
    records["bad"].refresh_from_db()

    assert records["bad"].error == "the database refuses it (value out of range)"
    assert sorted(Post.objects.values_list("external_id", flat=True)) == ["a", "c"]


def test_a_dead_letter_lives_again_when_its_cause_is_mended(intake: Intake) -> None:
    source = intake.source("mars", settings={"timezone": "Mars/North"})
    record = intake.tells({}, source=source)
    intake.understand()
    record.refresh_from_db()
    assert record.error == "no such time zone 'Mars/North'; write it as Europe/Warsaw"

    source.settings = {}
    source.save()
    assert replay_dead(record, by=None, now=NOON)
    assert not replay_dead(record, by=None, now=NOON)
    assert intake.understand() == Understood(records=1, posts_new=1)
    assert AuditRow.objects.filter(action="record.replayed").count() == 1


def test_understanding_a_record_again_doubles_nothing(intake: Intake) -> None:
    intake.tells({"engagement": {"likes": 1}, "text": "a"})
    intake.tells({"engagement": {"likes": 2}, "text": "b"}, minutes=1)
    intake.understand()
    before = list(Post.objects.values())
    RawRecord.objects.update(state=RawRecord.State.WAITING)
    intake.understand()

    assert list(Post.objects.values()) == before
    assert Sighting.objects.count() == 2
    assert Observation.objects.filter(kind="engagement").count() == 2
    assert Author.objects.count() == 0


HOSTILE = {
    "NUL": {"text": "a\x00b", "author": {"id": "\x00", "name": "x\x00"}, "url": "https://x\x00"},
    "a megabyte": {"text": "słowo ładne 😡 " * 70_000},
    "a megabyte without a space": {"text": "ż" * 1_000_000},
    "numbers beyond any integer": {"engagement": {"likes": 10**30}, "author": {"id": "7", "followers": 10**25}},
    "the year 1": {"created_at": "0001-01-01T00:00:00+14:00", "edited_at": "9999-12-31T23:59:59-14:00"},
    "the far future": {"created_at": "2199-01-01T00:00:00Z", "received_at": "2199-01-01T00:00:00Z"},
    "a long handle": {"author": {"handle": "h" * 5000, "name": "n" * 5000}},
    "a long author id": {"author": {"id": "i" * 5000}},
    "a long thread": {"conversation": "c" * 5000, "in_reply_to": "r" * 5000, "repost_of": "o" * 5000},
    "a long language": {"lang": "l" * 5000},
    "a long address": {"url": "https://x.example/" + "u" * 50_000},
    "bidi and zero width": {"text": "\u202etxet\u202c \u200bhidden\u2066"},
    "an id of one space": {"id": " "},
    "a rating beyond": {"rating": 1e308},
    "Greek sigma and dotted i": {"text": "ΣΑΣ İ ſ ŉ", "author": {"handle": "İSTANBUL" * 40}},
    "a deletion in the far past": {"deleted_at": "0001-01-01T00:00:00Z"},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_post_survives(intake: Intake, name: str) -> None:
    told = {"id": "p", "network": "x", "text": "t", **HOSTILE[name]}
    record = intake.tells(json.dumps(told).encode())
    intake.understand()
    record.refresh_from_db()

    assert record.state == "understood", record.error
    assert Post.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'{"id": "1", "text": "x", "network": "' + b"n" * 41 + b'"}', "longer than 40"),
        (b'{"id": "", "text": "x"}', "id"),
        (b'{"id": "' + b"i" * 600 + b'", "text": "x"}', "512"),
        (b'{"id": "1", "text": 5}', "text"),
        (b'{"id": "1", "text": "x", "deleted_at": "yesterday"}', "deleted_at"),
        (b'{"id":"b4","text":"t","a":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "too deep"),
        (b'{"id": "1", "text": "x", "rating": 1e999}', "rating"),
        (b"[" * 100_000, "JSON"),
        (b"\xff\xfe\x00", "JSON"),
        (b"\x00", "JSON"),
        (b"", "JSON"),
    ],
)
def test_a_record_that_cannot_survive_dies_readable(intake: Intake, body: bytes, words: str) -> None:
    record = intake.tells(body)
    intake.understand()
    record.refresh_from_db()

    assert record.state == "dead"
    assert words in record.error


def test_counts_beyond_any_integer_are_the_largest_one(intake: Intake) -> None:
    intake.tells({"engagement": {"likes": 10**30}})
    intake.understand()

    assert intake.post().likes == 2**63 - 1


def test_a_date_that_cannot_be_true_is_left_out(intake: Intake) -> None:
    intake.tells({"created_at": "2199-01-01T00:00:00Z"})
    intake.understand()

    assert intake.post().created_at is None


@pytest.mark.parametrize(
    "told",
    [
        {"created_at": "yesterday"}, {"created_at": 1700000000}, {"edited_at": []}, {"rating": "five"},
        {"engagement": {"likes": -1}}, {"author": {"id": "7", "followers": "many"}},
    ],
)  # fmt: skip
def test_a_date_or_number_that_cannot_be_read_is_left_out_and_told(intake: Intake, told: dict[str, Any]) -> None:
    record = intake.tells({"text": "It leaks", **told})

    assert intake.understand() == Understood(records=1, posts_new=1, left_out=1)
    record.refresh_from_db()
    assert intake.post().text.text == "It leaks"
    assert record.state == "understood"
    assert "was left out" in record.error
