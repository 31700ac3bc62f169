"""A file before → records, posts and a summary after."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sereno.desk.accounts.models import Brand
from sereno.desk.intake import importing
from sereno.desk.intake.actions import (
    AlreadyImported,
    IntakeRefused,
    Summary,
    continue_file_import,
    continue_file_imports,
    start_file_import,
    summary,
    understand,
)
from sereno.desk.intake.lines import MAX_RECORD
from sereno.desk.intake.models import FileImport, Post, RawRecord, Source
from tests.desk.intake.desk import NOON


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> None:
    settings.HOME = tmp_path


def jsonl(*names: str, **fields: Any) -> bytes:
    return b"".join(json.dumps({"id": name, "text": f"words of {name}", **fields}).encode() + b"\n" for name in names)


def start(brand: Brand, body: bytes, name: str = "posts.jsonl", **more: Any) -> FileImport:
    return start_file_import(brand, file=io.BytesIO(body), file_name=name, by=None, now=NOON, **more)


def finish(begun: FileImport) -> Summary:
    while begun.state == FileImport.State.RUNNING:
        continue_file_import(begun, now=NOON)
    while understand(now=NOON).records:
        pass
    return summary(begun)


def posts() -> list[str]:
    return sorted(Post.objects.values_list("external_id", flat=True))


def test_every_line_becomes_a_post_that_wakes_nobody(acme: Brand) -> None:
    told = finish(start(acme, jsonl("a", "b", "c")))

    assert posts() == ["a", "b", "c"]
    assert all(Post.objects.values_list("backfilled", flat=True))
    assert told == Summary(lines=3, posts_new=3, posts_seen=0, lines_known=0, dead=0, waiting=0, dates_without_zone=0)


def test_posts_that_just_happened_are_live(acme: Brand) -> None:
    finish(start(acme, jsonl("a"), backfilled=False))

    assert not Post.objects.get().backfilled


def test_a_bad_line_is_named_and_the_rest_goes_on(acme: Brand) -> None:
    told = finish(start(acme, jsonl("a") + b"\n  \nnot json\n" + jsonl("b") + b'{"id": "c"}'))

    assert posts() == ["a", "b"]
    assert told.dead == 2
    dead = RawRecord.objects.filter(state="dead").order_by("id")
    assert [record.place for record in dead] == ["posts.jsonl:4", "posts.jsonl:6"]
    assert "one JSON object a line" in dead[0].error


def test_the_summary_counts_what_was_known_and_dates_without_a_zone(acme: Brand) -> None:
    finish(start(acme, jsonl("a", "b")))
    body = jsonl("a") + jsonl("a", "c", created_at="2026-03-01T10:00:00") + jsonl("c", lang="en")
    told = finish(start(acme, body))

    assert told == Summary(lines=4, posts_new=1, posts_seen=2, lines_known=1, dead=0, waiting=0, dates_without_zone=2)


def test_the_same_file_again_is_not_imported_twice_and_says_so(acme: Brand) -> None:
    first = start(acme, jsonl("a"))
    finish(first)

    with pytest.raises(AlreadyImported, match="read already on 2026-03-02 12:00") as refused:
        start(acme, jsonl("a"), "renamed.jsonl")
    assert refused.value.earlier == first
    assert FileImport.objects.count() == 1


def test_the_same_file_while_it_is_being_read_goes_on(acme: Brand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "CHUNK", 2)
    body = jsonl(*"abcde")
    first = start(acme, body)
    continue_file_import(first, now=NOON)
    again = start(acme, body)

    assert again == first
    assert again.line == 2
    finish(again)
    assert posts() == list("abcde")


def test_the_offset_moves_chunk_by_chunk_and_shows_progress(acme: Brand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "CHUNK", 2)
    begun = start(acme, jsonl(*"abcde"))
    seen = []
    while begun.state == FileImport.State.RUNNING:
        continue_file_import(begun, now=NOON)
        seen.append((begun.line, RawRecord.objects.count()))

    assert seen == [(2, 2), (4, 4), (5, 5)]
    assert begun.offset == begun.bytes_total
    assert begun.finished_at == NOON


def test_a_chunk_that_fails_moves_nothing(acme: Brand, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = start(acme, jsonl(*"abc"))

    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as patched:
        patched.setattr(FileImport, "save", broken)
        with pytest.raises(RuntimeError):
            continue_file_import(begun, now=NOON)
    begun.refresh_from_db()
    assert (begun.offset, RawRecord.objects.count()) == (0, 0)

    finish(begun)
    assert posts() == ["a", "b", "c"]


@pytest.mark.django_db(transaction=True)
def test_the_kept_file_goes_when_it_is_read(acme: Brand) -> None:
    begun = start(acme, jsonl("a"))
    assert [path.name for path in importing.uploads().iterdir()] == [begun.file_digest]
    assert (importing.uploads() / begun.file_digest).stat().st_mode & 0o077 == 0

    finish(begun)
    assert list(importing.uploads().iterdir()) == []


def test_a_kept_file_that_was_lost_is_told_and_can_be_given_again(acme: Brand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "CHUNK", 2)
    begun = start(acme, jsonl(*"abc"))
    continue_file_imports(now=NOON)
    (importing.uploads() / begun.file_digest).unlink()
    continue_file_imports(now=NOON)
    assert "upload the file again" in Source.objects.get().last_error

    finish(start(acme, jsonl(*"abc")))
    assert posts() == ["a", "b", "c"]


def test_one_import_that_cannot_go_on_does_not_stop_the_others(acme: Brand) -> None:
    bad = start(acme, jsonl("a"))
    FileImport.objects.filter(pk=bad.pk).update(layout={"format": "csv"})
    start(acme, jsonl("b"))

    assert continue_file_imports(now=NOON) == 1


def test_a_table_with_cells_of_several_lines(acme: Brand) -> None:
    body = (
        "\ufeffid;text;network;author.handle;author.followers;created_at\r\n"
        'c1;"Two lines,\r\none cell; ""quoted""";x;@ana;12000;2026-03-02 09:00\r\n'
        "\r\n"
        "c2;Gracias por nada;x;luis;;\r\n"
    ).encode()
    told = finish(start(acme, body, "table.csv"))

    assert posts() == ["c1", "c2"]
    first = Post.objects.select_related("text", "author").get(external_id="c1")
    assert first.text.text == 'Two lines,\r\none cell; "quoted"'
    assert first.author is not None
    assert first.author.followers == 12000
    assert told.dates_without_zone == 1
    assert list(RawRecord.objects.order_by("id").values_list("place", flat=True)) == ["table.csv:2", "table.csv:5"]


@pytest.mark.parametrize("chunk", [1, 2, 3, 1000])
def test_a_table_is_cut_the_same_wherever_it_is_interrupted(
    acme: Brand, chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "CHUNK", chunk)
    rows = ["id,text", '1,"a\nb\nc"', "2,plain", "", '3,"x""y"', '4,"żółć\n"', "5,last"]
    finish(start(acme, "\n".join(rows).encode(), "t.csv"))

    assert posts() == ["1", "2", "3", "4", "5"]
    assert Post.objects.get(external_id="4").text.text == "żółć\n"


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (b'2,"never closed', "double a quotation mark"),
        (b'2,"a" b', "double a quotation mark"),
        (b"2,one,two", "3 cells, the header 2"),
        (b"2,\xff\xfe", "not UTF-8"),
        (b",no id", "every post needs"),
    ],
)
def test_a_bad_row_dies_alone(acme: Brand, bad: bytes, words: str) -> None:
    told = finish(start(acme, b"id,text\n1,first\n" + bad + b"\n3,third\n", "t.csv"))

    assert posts() == ["1", "3"]
    assert told.dead == 1
    dead = RawRecord.objects.get(state="dead")
    assert dead.place == "t.csv:3"
    assert words in dead.error
    assert bytes(dead.body.body)


def test_a_line_without_end_dies_alone(acme: Brand) -> None:
    body = jsonl("a") + b'{"id": "' + b"x" * (2 * MAX_RECORD) + b'"}\n' + jsonl("b")
    told = finish(start(acme, body))

    assert posts() == ["a", "b"]
    assert told.dead == 1
    assert "longer than 4 MB" in RawRecord.objects.get(state="dead").error


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b'[{"id": "1"}]', "without brackets"),
        (b"name,message\n1,2\n", "missing .'id', 'text'."),
        (b"id,text,text\n", "'text' twice"),
        ("id,text\n".encode("utf-16"), "UTF-16"),
        (b"\x89PNG\r\n\x1a\n", "not UTF-8"),
    ],
)
def test_a_file_that_is_no_file_of_posts_is_refused_at_once(acme: Brand, body: bytes, words: str) -> None:
    with pytest.raises(IntakeRefused, match=words):
        start(acme, body, "x.bin")
    assert not FileImport.objects.exists()
    assert list(importing.uploads().iterdir()) == []


def test_two_imports_take_turns(acme: Brand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "CHUNK", 2)
    start(acme, jsonl(*"abcd"))
    start(acme, jsonl(*"efgh"))
    continue_file_imports(now=NOON + timedelta(seconds=1))

    assert sorted(FileImport.objects.values_list("line", flat=True)) == [2, 2]
