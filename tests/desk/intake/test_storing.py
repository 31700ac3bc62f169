"""Raw first: what arrives is stored once, with its body, and with the cursor behind it."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from sereno.connectors.base import RawItem
from sereno.connectors.faults import fault
from sereno.desk.intake.actions import store_raw
from sereno.desk.intake.models import RawBody, RawRecord
from sereno.desk.intake.storing import Stored
from tests.desk.intake.desk import NOON, Intake


def items(*names: str) -> list[RawItem]:
    return [RawItem(name, f"body of {name}".encode(), "feed") for name in names]


def bodies() -> dict[str, bytes]:
    return {body.record.key: bytes(body.body) for body in RawBody.objects.select_related("record")}


def test_each_new_record_gets_its_own_body(intake: Intake) -> None:
    assert store_raw(intake.search, items("a", "b"), now=NOON) == Stored(new=2, known=0)
    assert bodies() == {"a": b"body of a", "b": b"body of b"}


def test_a_record_that_is_known_keeps_the_body_it_had(intake: Intake) -> None:
    store_raw(intake.search, items("a"), now=NOON)
    changed = [RawItem("a", b"something else", "feed"), *items("b")]

    assert store_raw(intake.search, changed, now=NOON) == Stored(new=1, known=1)
    assert bodies() == {"a": b"body of a", "b": b"body of b"}


def test_a_record_twice_in_one_page_is_one(intake: Intake) -> None:
    assert store_raw(intake.search, items("a", "a", "b"), now=NOON) == Stored(new=2, known=1)
    assert RawRecord.objects.count() == RawBody.objects.count() == 2


def test_a_body_that_was_erased_does_not_come_back(intake: Intake) -> None:
    store_raw(intake.search, items("a"), now=NOON)
    RawRecord.objects.update(state=RawRecord.State.UNDERSTOOD, attempts=1)
    RawBody.objects.all().delete()

    assert store_raw(intake.search, items("a"), now=NOON) == Stored(new=0, known=1)
    assert bodies() == {}


def test_the_same_record_of_two_sources_is_two(intake: Intake) -> None:
    store_raw(intake.search, items("a"), now=NOON)

    assert store_raw(intake.notifications, items("a"), now=NOON) == Stored(new=1, known=0)


def test_more_records_than_one_statement_takes(intake: Intake) -> None:
    names = [f"r{i}" for i in range(1234)]

    assert store_raw(intake.search, items(*names), now=NOON) == Stored(new=1234, known=0)
    assert bodies() == {name: f"body of {name}".encode() for name in names}


def test_the_cursor_moves_with_the_records(intake: Intake) -> None:
    store_raw(intake.search, items("a"), now=NOON, cursor={"page": 2})
    intake.search.refresh_from_db()

    assert intake.search.cursor == {"page": 2}


@pytest.mark.django_db(transaction=True)
def test_the_cursor_stays_where_the_records_could_not_be_stored(
    intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise IntegrityError("the disk is full")

    monkeypatch.setattr(RawBody.objects, "bulk_create", broken)
    with pytest.raises(IntegrityError):
        store_raw(intake.search, items("a"), now=NOON, cursor={"page": 2})
    intake.search.refresh_from_db()

    assert intake.search.cursor == {}
    assert not RawRecord.objects.exists()


def test_a_record_with_a_fault_is_a_dead_letter_from_the_start(intake: Intake) -> None:
    store_raw(intake.search, [RawItem("a", b"{", "file", "posts.jsonl:7", fault("line_too_long", mb=4))], now=NOON)
    record = RawRecord.objects.get()

    assert (record.state, record.error, record.place) == (
        "dead", "the line is longer than 4 MB; its beginning is kept", "posts.jsonl:7",
    )  # fmt: skip
    assert record.fault == {"code": "line_too_long", "params": {"mb": 4}}
    assert record.unreadable
    assert bodies() == {"a": b"{"}
