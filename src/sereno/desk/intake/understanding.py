"""Raw records become posts.

    claim waiting records → parse each (pure) → merge what they say → write posts, sightings, observations in bulk

All of it in one transaction: a worker killed in the middle leaves the records waiting. A record that cannot be
understood becomes a dead letter with an error in plain words, and the rest goes on. Where the *database* refuses a
batch, its records are written one by one, so that only the culprit dies.
"""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.db.models import F

from sereno.connectors import connector_of
from sereno.connectors.base import ConnectorError, Malformed, understood
from sereno.connectors.faults import Fault, fault, fault_of
from sereno.connectors.plain import storable
from sereno.desk.intake.models import RawRecord
from sereno.desk.intake.sighted import Sighted, sighted
from sereno.desk.intake.storing import storable_fault
from sereno.desk.intake.writing import write
from sereno.engine.post import BadPost

log = logging.getLogger("sereno.intake")

HISTORY = timedelta(days=1)
"""What a feed tells that was written this long before the feed was added is history: it wakes nobody. Otherwise adding
a feed would start the clock for last month's complaints."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What a round of understanding did."""

    records: int = 0
    posts_new: int = 0
    posts_seen: int = 0
    dead: int = 0


@dataclass(frozen=True, slots=True)
class Dead:
    """Why a record could not be understood: in English, and as data."""

    said: str
    fault: Fault


def _dead(code: str, detail: str) -> Dead:
    found = fault(code, detail=detail)
    return Dead(str(found), found)


@transaction.atomic
def understand(*, now: datetime, limit: int = 500) -> Understood:  # noqa: ARG001 — every duty is told the time
    """Understand up to `limit` waiting records, the oldest first."""
    records = _claim(limit)
    said: dict[int, list[Sighted]] = {}
    errors: dict[int, Dead] = {}
    for record in records:
        try:
            said[record.pk] = _parse(record)
        except (BadPost, ConnectorError) as error:
            errors[record.pk] = Dead(str(error), fault_of(error))
        except Exception as error:
            log.exception("record %s of source %s cannot be parsed", record.pk, record.source_id)
            errors[record.pk] = _dead("reader_failed", f"{type(error).__name__}: {error}")
    new = _write_all(said, errors)
    _close(records, said, errors, new)
    posts = sum(len(told) for told in said.values())
    return Understood(len(records), sum(new.values()), posts - sum(new.values()), len(errors))


def _claim(limit: int) -> list[RawRecord]:
    waiting = RawRecord.objects.filter(state=RawRecord.State.WAITING)
    if connection.features.has_select_for_update_skip_locked:
        waiting = waiting.select_for_update(skip_locked=True, of=("self",))
    return list(waiting.select_related("source", "body").order_by("id")[:limit])


def _parse(record: RawRecord) -> list[Sighted]:
    if not hasattr(record, "body"):
        raise Malformed(fault("erased"))
    source = record.source
    connector = connector_of(source.kind)
    told = []
    for post, without_zone in understood(connector, bytes(record.body.body), source.settings):
        old = connector.read is not None and _before(post.created_at, source.created_at - HISTORY)
        told.append(
            sighted(
                post, brand=record.brand_id, source=record.source_id, record=record.pk, via=record.via,
                received_at=record.received_at, backfilled=record.backfilled or old, dates_without_zone=without_zone,
            )
        )  # fmt: skip
    return told


def _before(at: datetime | None, limit: datetime) -> bool:
    return at is not None and at < limit


def _write_all(said: dict[int, list[Sighted]], errors: dict[int, Dead]) -> Counter[int]:
    """Write what all records say; where that fails, one record at a time. Returns the new posts of each record."""
    try:
        with transaction.atomic():
            return write([each for told in said.values() for each in told])
    except (OperationalError, InterfaceError):
        raise  # the database is busy or away, not the records at fault: the round is tried again
    except (DatabaseError, ValueError, OverflowError) as error:
        log.warning("a batch of %s records was refused (%s); writing them one by one", len(said), error)
    new: Counter[int] = Counter()
    for pk, told in list(said.items()):
        try:
            with transaction.atomic():
                new += write(told)
        except (OperationalError, InterfaceError):
            raise
        except (DatabaseError, ValueError, OverflowError) as error:
            del said[pk]
            errors[pk] = _dead("database_refuses", str(error))
    return new


def _close(
    records: Sequence[RawRecord], said: dict[int, list[Sighted]], errors: dict[int, Dead], new: Counter[int]
) -> None:
    alike: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for pk, told in said.items():
        alike[new[pk], len(told) - new[pk], sum(each.dates_without_zone for each in told)].append(pk)
    for (posts_new, posts_seen, without_zone), pks in alike.items():
        RawRecord.objects.filter(pk__in=pks).update(
            state=RawRecord.State.UNDERSTOOD,
            attempts=F("attempts") + 1,
            error="",
            fault={},
            posts_new=posts_new,
            posts_seen=posts_seen,
            dates_without_zone=without_zone,
        )
    for record in records:
        if record.pk in errors:
            dead = errors[record.pk]
            record.state, record.error = RawRecord.State.DEAD, storable(dead.said)[:2000]
            record.fault = storable_fault(dead.fault)
            record.attempts += 1
            record.save(update_fields=["state", "error", "fault", "attempts"])
