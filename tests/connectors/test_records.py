"""Posts in our own format: JSON that is nearly right, rows of a table, played rounds."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.connectors.base import Malformed, NeedsPerson
from sereno.connectors.file.parse import body_of_row
from sereno.connectors.file.parse import parse as parse_line
from sereno.connectors.plain import storable, text_of_html
from sereno.connectors.playback.client import read
from sereno.connectors.webhook.parse import receive
from sereno.engine.post import BadPost
from tests.connectors.battery import NOON, CannedHttp


def row(**cells: str) -> bytes:
    return body_of_row({"id": "1", "text": "t", **{name.replace("__", "."): cell for name, cell in cells.items()}})


def test_dotted_columns_go_a_level_down() -> None:
    (post,) = parse_line(row(author__handle="@ana", author__followers="12000", engagement__likes="4", rating="4.5"), {})

    assert (post.author.handle, post.author.followers, post.engagement.likes, post.rating) == ("@ana", 12000, 4, 4.5)


def test_an_empty_cell_says_nothing() -> None:
    (post,) = parse_line(row(author__followers="", created_at=" "), {})

    assert post.author.followers is None
    assert post.created_at is None


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        ("2026-03-02 09:00", "2026-03-02T09:00:00"),
        ("2026-03-02", "2026-03-02T00:00:00"),
        ("2026-03-02T09:00:01Z", "2026-03-02T09:00:01+00:00"),
        ("2026-03-02 09:00:01 +01:00", "2026-03-02T09:00:01+01:00"),
    ],
)
def test_dates_as_spreadsheets_write_them(cell: str, iso: str) -> None:
    (post,) = parse_line(row(created_at=cell), {})

    assert post.created_at is not None
    assert post.created_at.isoformat() == iso


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"engagement": "many", "engagement__likes": "3"}, "contradict"),
        ({"own": "perhaps"}, "takes true or false"),
        ({"created_at": "tomorrow"}, "created_at"),
        ({"author__followers": "many"}, "followers"),
    ],
)
def test_a_wrong_cell_is_named(cells: dict[str, str], words: str) -> None:
    with pytest.raises((Malformed, BadPost), match=words):
        parse_line(row(**cells), {})


def test_a_text_cut_in_the_middle_of_an_emoji_survives() -> None:
    (post,) = parse_line(rb'{"id": "1", "text": "late again \ud83d", "author": {"name": "\udc00"}}', {})

    assert post.text == "late again \ufffd"
    assert post.author.name == "\ufffd"


@pytest.mark.parametrize(
    "body", [b"", b"null", b"[]", b"{", b'{"id":"1"}', b'{"id":1,"text":"x"}', b"\xff", b'"\\ud83d"']
)
def test_what_is_no_post_says_why(body: bytes) -> None:
    with pytest.raises(BadPost) as error:
        parse_line(body, {})
    assert str(error.value)


@pytest.mark.parametrize(
    "body", [b"", b"hello", b"3", b'"x"', b"null", b'{"posts": 3}', b"{", b"[1,", b"\xff\xfe", b"[" * 5000]
)
def test_a_delivery_that_is_none_is_refused(body: bytes) -> None:
    with pytest.raises(Malformed, match="send"):
        receive(body)


def test_a_delivery_keeps_the_very_bytes_of_each_record() -> None:
    items = receive(b'{"posts": [{"id":  "1"}, 7, {"text":"\xc5\xbc"}]}')

    assert [item.body for item in items] == [b'{"id":  "1"}', b"7", b'{"text":"\xc5\xbc"}']
    assert [item.place for item in items] == ["posts[0]", "posts[1]", "posts[2]"]


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
@settings(max_examples=200, deadline=None)
def test_no_bytes_at_all_make_a_connector_fail_otherwise_than_it_promised(body: bytes) -> None:
    for read_it in (lambda: parse_line(body, {}), lambda: receive(body)):
        with suppress(BadPost, Malformed):
            read_it()


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_plain_text_written_as_html_comes_back(text: str) -> None:
    import html

    plain = " ".join(storable(text).replace("\ufffd", "").split())
    printable = "".join(c for c in plain if c.isprintable())

    assert text_of_html(html.escape(printable)) == " ".join(printable.split())


def lines(path: Path, *posts: dict[str, object]) -> dict[str, str]:
    path.write_text("\n".join(json.dumps(post) for post in posts), encoding="utf-8")
    return {"file": str(path), "pause_seconds": "10"}


def test_a_playback_plays_through_time_and_goes_on_in_marked_rounds(tmp_path: Path) -> None:
    written = lines(
        tmp_path / "round.jsonl",
        {"after_seconds": 0, "id": "a", "text": "first", "author": {"handle": "ana"}},
        {"after_seconds": 5, "id": "b", "text": "second", "in_reply_to": "a"},
    )
    seen = []
    cursor: dict[str, object] = {}
    for second in (0, 4, 5, 6, 14, 15, 16, 20):
        page = read(written, None, cursor, CannedHttp(), NOON + timedelta(seconds=second))
        cursor = dict(page.cursor)
        seen += [(second, json.loads(item.body)) for item in page.items]

    assert [(second, post["id"]) for second, post in seen] == [(0, "a"), (5, "b"), (15, "a~2"), (20, "b~2")]
    assert seen[3][1]["in_reply_to"] == "a~2"
    assert seen[2][1]["author"] == {"handle": "ana", "id": "ana~2"}
    assert seen[1][1]["created_at"] == "2026-03-02T12:00:05+00:00"


def test_after_a_long_silence_no_rounds_are_made_up(tmp_path: Path) -> None:
    written = lines(tmp_path / "r.jsonl", *({"after_seconds": i, "id": str(i), "text": "x"} for i in range(3)))
    first = read(written, None, {}, CannedHttp(), NOON)

    after_a_week = read(written, None, first.cursor, CannedHttp(), NOON + timedelta(days=7))
    next_round = read(written, None, after_a_week.cursor, CannedHttp(), NOON + timedelta(days=7, seconds=1))

    assert [json.loads(item.body)["id"] for item in after_a_week.items] == ["1", "2"]
    assert [json.loads(item.body)["id"] for item in next_round.items] == ["0~2"]


@pytest.mark.parametrize("text", ['{"id": "1", "text": "x"}', "no json", '{"after_seconds": "soon", "id": "1"}'])
def test_a_playback_file_that_is_wrong_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "bad.jsonl").write_text(text, encoding="utf-8")

    with pytest.raises(NeedsPerson, match=r"bad\.jsonl"):
        read({"file": str(tmp_path / "bad.jsonl")}, None, {}, CannedHttp(), NOON)


def test_a_playback_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(NeedsPerson, match=r"none\.jsonl cannot be read"):
        read({"file": str(tmp_path / "none.jsonl")}, None, {}, CannedHttp(), NOON)
