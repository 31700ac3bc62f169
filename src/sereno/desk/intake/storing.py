"""Raw first: what reached us is stored before anybody tries to understand it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from django.db import transaction

from sereno.connectors.base import Cursor, RawItem
from sereno.connectors.faults import Fault
from sereno.connectors.plain import storable
from sereno.desk.intake.going_first import going_first
from sereno.desk.intake.models import FileImport, RawBody, RawRecord, Source

AT_ONCE = 500
"""Rows a statement: SQLite bounds the number of its parameters."""

_Thing = TypeVar("_Thing")


@dataclass(frozen=True, slots=True)
class Stored:
    """What storing changed: `known` records had reached us before, byte for byte."""

    new: int
    known: int


@transaction.atomic
def store_raw(
    source: Source, items: Sequence[RawItem], *, now: datetime, via: str | None = None, cursor: Cursor | None = None,
    backfilled: bool = False, file_import: FileImport | None = None,
) -> Stored:  # fmt: skip
    """Store what is new of these records, their bodies, and the source's cursor, in one transaction.

    `via` overrides what the items say. The unique key (source, key) decides what is new, not a look beforehand: two
    workers may read the same page. `bulk_create(ignore_conflicts)` does not say which rows it made, so the bodies go to
    the rows of our keys that wait and have none. Such a row can only be ours: whoever else stored that key did so
    with its body, in a transaction that our insert waited for.
    """
    unique = {item.key: item for item in items}
    first = _first(source, list(unique.values()), backfilled=backfilled)
    new = 0
    for some in _chunks(list(unique.values()), AT_ONCE):
        RawRecord.objects.bulk_create(
            [
                _row(source, item, now, via, backfilled=backfilled, first=item.key in first, file_import=file_import)
                for item in some
            ],
            ignore_conflicts=True,
        )
        ours = RawRecord.objects.filter(source=source, key__in=[item.key for item in some], body__isnull=True)
        made = ours.exclude(state=RawRecord.State.UNDERSTOOD).values_list("pk", "key", "attempts")
        # a dead letter whose body was erased has been tried; ours have not
        bodies = [RawBody(record_id=pk, body=unique[key].body) for pk, key, attempts in made if attempts == 0]
        RawBody.objects.bulk_create(bodies)
        new += len(bodies)
    if cursor is not None:
        Source.objects.filter(pk=source.pk).update(cursor=dict(cursor))
        source.cursor = dict(cursor)
    return Stored(new, len(items) - new)


def _first(source: Source, items: Sequence[RawItem], *, backfilled: bool) -> set[str]:
    """History wakes nobody, and never goes first."""
    if backfilled:
        return set()
    return {item.key for item, first in zip(items, going_first(source, items), strict=True) if first}


def _row(
    source: Source, item: RawItem, now: datetime, via: str | None, *, backfilled: bool, first: bool,
    file_import: FileImport | None,
) -> RawRecord:  # fmt: skip
    return RawRecord(
        brand_id=source.brand_id,
        source=source,
        key=item.key[:80],
        via=via or item.via,
        received_at=now,
        backfilled=backfilled,
        first=first,
        state=RawRecord.State.DEAD if item.fault else RawRecord.State.WAITING,
        error=storable(str(item.fault)) if item.fault else "",
        fault=storable_fault(item.fault) if item.fault else {},
        unreadable=item.fault is not None,
        place=storable(item.place)[:300],
        file_import=file_import,
    )


def storable_fault(fault: Fault) -> dict[str, Any]:
    """A fault may quote what no database can hold, and at length."""
    params = {name: storable(value)[:500] if isinstance(value, str) else value for name, value in fault.params.items()}
    return Fault(fault.code, params).stored()


def _chunks(things: Sequence[_Thing], size: int) -> Iterator[list[_Thing]]:
    rest = iter(things)
    while some := list(islice(rest, size)):
        yield some
