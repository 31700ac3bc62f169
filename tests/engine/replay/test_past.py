"""The past as columns: rows go in, the same rows come out."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.engine.columns import COLUMNS, moments
from sereno.engine.context import Context, Contexts
from sereno.engine.replay import NOT_DECIDED, BadPast, Past
from tests.engine.plan.batches import Said, known, readings
from tests.engine.replay.pasts import PASTS, Row, past_of


def as_rows(past: Past) -> list[tuple[Any, ...]]:
    """Everything a past holds, row by row."""
    read, contexts = past.rows(range(len(past)))
    said = zip(
        read.language, read.kind, read.polarity, read.severity, read.topic, read.risks, read.claims,
        read.complaint, read.hostile, read.call_to_action, strict=True,
    )  # fmt: skip
    return list(zip(past.ids, said, contexts.rows, past.decided.tolist(), moments(past.answered_at), strict=True))


def expected(rows: list[Row]) -> list[tuple[Any, ...]]:
    return [
        (
            f"post-{i}",
            (r.said.language, r.said.kind, r.said.polarity, r.said.severity, r.said.topic, r.said.risks, r.said.claims,
             r.said.complaint, r.said.hostile, r.said.call_to_action),
            r.context, r.decided, r.answered_at,
        )
        for i, r in enumerate(rows)
    ]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(PASTS)
def test_rows_that_go_in_come_out(rows: list[Row]) -> None:
    assert as_rows(past_of(rows)) == expected(rows)


@settings(max_examples=40, deadline=None)
@given(PASTS, st.data())
def test_some_rows_in_some_order_are_a_past_of_their_own(rows: list[Row], draws: st.DataObject) -> None:
    if not rows:
        return
    order = draws.draw(st.lists(st.integers(0, len(rows) - 1), max_size=8))
    past = past_of(rows)
    assert as_rows(past.take(order)) == [expected(rows)[i] for i in order]
    assert list(past.rows(order)[1].rows) == [rows[i].context for i in order]


@settings(max_examples=40, deadline=None)
@given(st.lists(PASTS, min_size=1, max_size=3))
def test_pasts_are_joined_one_after_the_other(parts: list[list[Row]]) -> None:
    joined = Past.joined([past_of(rows) for rows in parts])
    assert as_rows(joined) == [row for rows in parts for row in expected(rows)]


@settings(max_examples=40, deadline=None)
@given(PASTS)
def test_what_is_saved_is_loaded(rows: list[Row]) -> None:
    past, file = past_of(rows), io.BytesIO()
    past.save(file)
    file.seek(0)
    loaded = Past.load(file)
    assert as_rows(loaded) == expected(rows)
    assert (loaded.model, loaded.contexts_are) == (past.model, past.contexts_are)
    for name, column in past.columns.each_column().items():
        assert type(loaded.columns.each_column()[name]) is type(column)


def test_a_past_is_saved_under_its_own_name(tmp_path: Path) -> None:
    past_of([]).save(tmp_path / "year.past")
    assert [path.name for path in tmp_path.iterdir()] == ["year.past"]
    assert len(Past.load(tmp_path / "year.past")) == 0


def _an_array() -> bytes:
    file = io.BytesIO()
    np.save(file, np.arange(3))
    return file.getvalue()


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 torn", b"\x93NUMPY torn", _an_array()])
def test_a_file_that_holds_no_past_is_named_with_the_way_out(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "year.npz"
    path.write_bytes(content)
    with pytest.raises(BadPast, match=r"year\.npz holds no past .* make it again"):
        Past.load(path)


@pytest.mark.parametrize("missing", ["told", "ids", "kind", "answered_at"])
def test_an_archive_that_lacks_a_column_holds_no_past(missing: str) -> None:
    file, less = io.BytesIO(), io.BytesIO()
    past_of([]).save(file)
    file.seek(0)
    with np.load(file) as arrays:
        np.savez(less, **{name: arrays[name] for name in arrays.files if name != missing})
    less.seek(0)
    with pytest.raises(BadPast, match=missing):
        Past.load(less)


def test_a_past_of_tomorrows_format_is_refused() -> None:
    file, other = io.BytesIO(), io.BytesIO()
    past_of([]).save(file)
    file.seek(0)
    with np.load(file) as arrays:
        told = json.loads(arrays["told"].tobytes()) | {"format": 99}
        encoded = np.frombuffer(json.dumps(told).encode(), dtype=np.uint8)
        np.savez(other, **{name: arrays[name] for name in arrays.files if name != "told"}, told=encoded)
    other.seek(0)
    with pytest.raises(BadPast, match="format is 99"):
        Past.load(other)


def test_nothing_is_decided_nor_answered_unless_told() -> None:
    past = Past.of(["a"], readings([Said()]), Contexts([known()]))
    assert (past.decided.tolist(), moments(past.answered_at)) == ([NOT_DECIDED], [None])


def test_moments_of_any_zone_are_kept_as_instants() -> None:
    warsaw = datetime(2026, 11, 23, 10, tzinfo=timezone(timedelta(hours=1)))
    past = Past.of(["a"], readings([Said()]), Contexts([known(received_at=warsaw)]))
    (context,) = past.rows([0])[1].rows
    assert context.received_at == warsaw
    assert context.received_at.tzinfo is UTC


def test_columns_of_different_lengths_make_no_past() -> None:
    with pytest.raises(ValueError, match="of one length"):
        Past.of(["a", "b"], readings([Said()]), Contexts([known()]))
    with pytest.raises(ValueError, match="of one length"):
        Past.of(["a"], readings([Said()]), Contexts([known()]), decided=[1, 2])


def test_pasts_of_two_readers_name_both_and_of_two_kinds_of_contexts_are_not_joined() -> None:
    one = Past.of(["a"], readings([Said()]), Contexts([known()]))
    other = Past.of(["b"], replace(readings([Said()]), model="careful"), Contexts([known()]))
    assert Past.joined([one, other, one]).model == "careful · test"
    with pytest.raises(ValueError, match="recomputed"):
        Past.joined([one, replace(other, contexts_are="recomputed")])
    with pytest.raises(ValueError, match="none"):
        Past.joined([])


def test_every_value_of_a_context_has_a_column() -> None:
    assert set(Context.__struct_fields__) < set(COLUMNS)
