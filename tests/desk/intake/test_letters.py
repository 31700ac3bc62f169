"""What cannot be understood: replayed by the same checks, set aside with a reason, told in the reader's language."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from sereno.connectors.faults import SENTENCES, Fault, fault_of
from sereno.desk.accounts.models import Brand
from sereno.desk.audit.models import AuditRow
from sereno.desk.intake.actions import (
    IntakeRefused,
    add_source,
    continue_file_import,
    remove_source,
    rename_source,
    replay_dead,
    set_aside,
    start_file_import,
    summary,
    understand,
)
from sereno.desk.intake.cards import cards, dead_letters, letters
from sereno.desk.intake.fault_words import in_readers_words, say
from sereno.desk.intake.models import FileImport, Post, RawRecord, Source
from sereno.engine.post import BadPost, decode
from tests.desk.intake.desk import NOON, Intake


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> None:
    settings.HOME = tmp_path


def imported(brand: Brand, body: bytes) -> FileImport:
    begun = start_file_import(brand, file=io.BytesIO(body), file_name="t.csv", by=None, now=NOON)
    while begun.state == FileImport.State.RUNNING:
        continue_file_import(begun, now=NOON)
    understand(now=NOON)
    return begun


@pytest.mark.parametrize("bad", [b"2,one,two", b"2,\xff\xfe", b'2,"never closed', b'2,"a" b'])
def test_trying_again_lets_nothing_through_that_the_import_refused(acme: Brand, bad: bytes) -> None:
    imported(acme, b"id,text\n" + bad + b"\n")
    before = RawRecord.objects.get()

    assert not replay_dead(before, by=None, now=NOON)
    understand(now=NOON)
    after = RawRecord.objects.get()
    assert (after.state, after.error, after.fault) == ("dead", before.error, before.fault)
    assert not Post.objects.exists()


def test_a_row_with_too_many_cells_is_no_post_even_if_it_is_forced_through(acme: Brand) -> None:
    imported(acme, b"id,text\n2,one,two\n")
    RawRecord.objects.update(state="waiting", unreadable=False)
    understand(now=NOON)

    assert RawRecord.objects.get().fault["code"] == "row_cells"
    assert not Post.objects.exists()


def test_what_a_mended_reader_understands_is_tried_again(intake: Intake) -> None:
    record = intake.tells(b'{"id": "1"}')
    intake.understand()

    assert replay_dead(record, by=None, now=NOON)
    record.refresh_from_db()
    assert (record.state, record.fault) == ("waiting", {})


def test_what_is_set_aside_warns_nobody_and_is_kept(intake: Intake) -> None:
    record = intake.tells(b"nonsense")
    intake.understand()
    assert cards(intake.brand, NOON)[0].dead + cards(intake.brand, NOON)[1].dead == 1

    with pytest.raises(IntakeRefused, match="in a few words"):
        set_aside(record, why="  ", by=None, now=NOON)
    assert set_aside(record, why="a test of the sender", by=None, now=NOON)

    record.refresh_from_db()
    assert (record.state, record.set_aside_at, record.set_aside_why) == ("set_aside", NOON, "a test of the sender")
    assert bytes(record.body.body) == b"nonsense"
    assert not dead_letters(intake.brand).exists()
    assert [card.dead for card in cards(intake.brand, NOON)] == [0, 0]
    row = AuditRow.objects.get(action="record.set_aside")
    assert "a test" not in str(row.details)
    assert not set_aside(record, why="again", by=None, now=NOON)

    assert replay_dead(record, by=None, now=NOON)
    record.refresh_from_db()
    assert (record.state, record.set_aside_why) == ("waiting", "")


def test_a_column_author_is_the_authors_name_and_unknown_columns_are_named(acme: Brand) -> None:
    begun = imported(acme, b"id,text,author,stars\n1,it leaks,Ana,2\n2,thanks,Luis,5\n3,a,b,c,d\n")
    told = summary(begun)

    assert (told.posts_new, told.dead, told.columns_ignored) == (2, 1, ("stars",))
    author = Post.objects.get(external_id="1").author
    assert author is None or author.identity.name == "Ana"
    card = next(card for card in cards(acme, NOON) if card.imports)
    assert (card.imports[0].posts, card.imports[0].dead, card.imports[0].columns_ignored) == (2, 1, ("stars",))


@pytest.mark.parametrize(
    ("record", "code"),
    [
        ("nope", "not_json"),
        ("[]", "not_object"),
        ('{"id": "1"}', "post_missing"),
        ('{"id": "", "text": ""}', "post_empty"),
        ('{"id": "1", "text": 3}', "post_type"),
        ('{"id": "1", "text": "", "place": "moon"}', "post_choice"),
        ('{"id": "1", "text": "", "created_at": "monday"}', "post_date"),
        ('{"id": "1", "text": "", "engagement": {"likes": -1}}', "post_negative"),
        ('{"id": "%s", "text": ""}' % ("x" * 600), "post_too_long"),
    ],
)
def test_what_is_wrong_with_a_post_is_told_in_the_readers_language(record: str, code: str) -> None:
    with pytest.raises(BadPost) as bad:
        decode(record)
    found = fault_of(bad.value)
    assert found.code == code

    said = set()
    for language in ("en", "es", "pl"):
        with translation.override(language):
            said.add(say(found))
    assert len(said) == 3


def test_a_dead_letter_is_told_in_the_readers_language(intake: Intake) -> None:
    intake.tells(b'{"id": "1"}')
    intake.understand()

    with translation.override("es"):
        assert letters(list(dead_letters(intake.brand)))[0].why == (
            "falta «text»: cada publicación necesita un id y un text"
        )


def test_every_sentence_takes_its_parameters_in_every_language() -> None:
    import re

    for code, sentence in SENTENCES.items():
        fault = Fault(code, dict.fromkeys(re.findall(r"%\((\w+)\)s", sentence), "7"))
        for language in ("en", "es", "pl"):
            with translation.override(language):
                assert "%(" not in say(fault)
    assert in_readers_words({}, "as it was stored") == "as it was stored"
    assert in_readers_words({"code": "gone", "params": {}}, "otherwise") == "otherwise"


def test_a_file_that_is_refused_is_refused_in_the_readers_language(acme: Brand) -> None:
    with translation.override("pl"), pytest.raises(IntakeRefused) as refused:
        imported(acme, b"")
    assert "the file is empty" not in str(refused.value)


def test_a_source_is_renamed_and_goes_while_it_has_brought_nothing(intake: Intake) -> None:
    rename_source(intake.search, name="Portal", by=None, now=NOON)
    with pytest.raises(IntakeRefused, match="already"):
        rename_source(intake.notifications, name="Portal", by=None, now=NOON)
    remove_source(intake.notifications, by=None, now=NOON)
    assert [source.name for source in Source.objects.all()] == ["Portal"]

    intake.tells({})
    with pytest.raises(IntakeRefused, match="Switch it off"):
        remove_source(intake.search, by=None, now=NOON)
    assert set(AuditRow.objects.values_list("action", flat=True)) == {"source.renamed", "source.removed"}


@pytest.mark.parametrize("url", ["ftp://a.example/feed", "http://localhost/feed", "https://blog.example:22/feed"])
def test_an_address_that_is_never_read_is_refused_when_the_source_is_added(acme: Brand, url: str) -> None:
    with pytest.raises(IntakeRefused, match="rss: "):
        add_source(acme, kind="rss", name="x", settings={"url": url}, by=None, now=NOON)
    assert not Source.objects.exists()
