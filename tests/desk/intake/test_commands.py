"""`sereno import` and `sereno source`: what is typed before, what is said and stored after."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from sereno.commands.intake import bring_in, import_posts, source
from sereno.desk.accounts.models import Brand
from sereno.desk.cases.models import Case
from sereno.desk.intake.actions import Summary
from sereno.desk.intake.models import Post, Source
from tests.desk.stories import brand
from tests.fakes import FakeReader

BURNT = "the kettle burned my son"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> None:
    settings.HOME = tmp_path / "home"


@pytest.fixture
def acme(db: None) -> Brand:
    return brand("acme")


@pytest.fixture
def reader() -> FakeReader:
    reader = FakeReader()
    reader.says(BURNT, kind="complaint", risks=("safety",), topic="safety")
    return reader


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "posts.jsonl"
    lines = [
        {"id": "1", "text": BURNT, "created_at": "2026-03-01T10:00:00"},
        {"id": "2", "text": "hello"},
        {"no": "post"},
    ]
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return path


def brought(file: Path, brand: Brand, **more: Any) -> Summary:
    with file.open("rb") as opened:
        return bring_in(opened, brand, name=file.name, **more)


def test_an_import_judges_to_the_end_and_says_what_came(
    acme: Brand, reader: FakeReader, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = brought(file, acme, all_about_us=True, zone="Europe/Madrid", reader=reader)

    assert (told.posts_new, told.dead, told.waiting, told.dates_without_zone) == (2, 1, 0, 1)
    assert set(Post.objects.values_list("stage", flat=True)) == {1}
    case = Case.objects.get(light="red")
    assert case.backfilled
    assert case.answer_by is None
    said = capsys.readouterr()
    assert "2 posts new" in said.out
    assert "1 date without a zone, read as Europe/Madrid" in said.out
    assert "posts.jsonl:3" in said.err


def test_a_live_import_starts_deadlines(acme: Brand, reader: FakeReader, file: Path) -> None:
    brought(file, acme, all_about_us=True, live=True, reader=reader)

    case = Case.objects.get(light="red")
    assert not case.backfilled
    assert case.answer_by is not None


def test_the_same_file_again_says_so_and_changes_nothing(
    acme: Brand, reader: FakeReader, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    brought(file, acme, reader=reader)
    capsys.readouterr()
    brought(file, acme, reader=reader)

    said = capsys.readouterr()
    assert "posts.jsonl: This file was read already on" in said.err
    assert said.out == ""
    assert Post.objects.count() == 2


def test_other_options_for_the_same_source_are_refused_with_the_way_out(
    acme: Brand, reader: FakeReader, file: Path
) -> None:
    brought(file, acme, reader=reader)

    with pytest.raises(click.ClickException, match="asks for --tz Europe/Madrid; name another source") as refused:
        brought(file, acme, zone="Europe/Madrid", reader=reader)
    assert "{" not in str(refused.value)


def test_a_brand_without_a_plan_keeps_its_posts_and_is_told_the_way_out(
    db: None, reader: FakeReader, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = brand("bare", plan=None)
    brought(file, bare, reader=reader)

    assert Post.objects.filter(brand=bare, stage=0).count() == 2
    assert "sereno brand plan bare" in capsys.readouterr().err


def test_sources_are_added_and_listed(acme: Brand) -> None:
    added = CliRunner().invoke(source, ["add", "webhook", "--brand", "acme", "--name", "Portal"])
    assert added.exit_code == 0, added.output
    assert "whsec_" in added.output
    assert Source.objects.get().public_id in added.output

    listed = CliRunner().invoke(source, ["list", "--brand", "acme"])
    assert "acme\twebhook\tPortal\twell" in listed.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["add", "rss", "--brand", "acme", "--name", "x"], "'url' is missing"),
        (["add", "rss", "--brand", "acme", "--name", "x", "--set", "url"], "write NAME=VALUE"),
        (["add", "rss", "--brand", "nobody", "--name", "x"], "no brand 'nobody'"),
    ],
)
def test_a_source_that_cannot_be_added_says_why(acme: Brand, arguments: list[str], words: str) -> None:
    answer = CliRunner().invoke(source, arguments)

    assert answer.exit_code == 1
    assert words in answer.output


def test_a_pipe_is_imported_and_a_line_that_failed_ends_with_1(acme: Brand) -> None:
    good = CliRunner().invoke(import_posts, ["-", "--brand", "acme"], input='{"id": "1", "text": "x"}\n')
    assert good.exit_code == 0, good.output
    assert "standard input: 1 post\n" in good.output
    assert "1 post new" in good.output

    bad = CliRunner().invoke(import_posts, ["-", "--brand", "acme"], input="{nope\n")
    assert bad.exit_code == 1
    assert "standard input: 0 posts, 1 not understood" in bad.output


def test_a_table_is_counted_in_posts_and_its_unknown_columns_are_named(acme: Brand, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id,text,mood\n1,a,b\n2,c,d\n3,e,f,g\n")
    done = CliRunner().invoke(import_posts, [str(tmp_path / "t.csv"), "--brand", "acme"])

    assert "t.csv: 2 posts, 1 not understood, 1 unknown column ignored (mood)\n" in done.output
