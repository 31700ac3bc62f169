"""Raw records become posts.

    claim waiting records → parse each (pure) → merge what they say → write posts, sightings, observations in bulk

The claim is committed first (`claiming.py`), no transaction is open while records are parsed, and all that they say is
written in one: a worker killed in the middle leaves the records waiting. A record that cannot be understood becomes a
dead letter with an error in plain words, and the rest goes on. Where the *database* refuses a batch, its records are
written one by one, so that only the culprit dies.
"""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, InterfaceError, OperationalError, transaction

from sereno.connectors import connector_of
from sereno.connectors.base import ConnectorError, Malformed, understood
from sereno.connectors.faults import Fault, fault, fault_of
from sereno.connectors.plain import storable
from sereno.desk.intake.claiming import Claim, claim, give_back, still_ours
from sereno.desk.intake.models import RawBody, RawRecord
from sereno.desk.intake.sighted import Sighted, sighted
from sereno.desk.intake.storing import storable_fault
from sereno.desk.intake.writing import write
from sereno.engine.post import BadPost, Mended

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
    left_out: int = 0
    """Dates and numbers that could not be read; their posts are kept."""


@dataclass(frozen=True, slots=True)
class Dead:
    """Why a record could not be understood: in English, and as data."""

    said: str
    fault: Fault


def _dead(code: str, detail: str) -> Dead:
    found = fault(code, detail=detail)
    return Dead(str(found), found)


def understand(*, now: datetime, limit: int = 500) -> Understood:
    """Understand up to `limit` waiting records, the oldest first; none are left when it understands none."""
    claimed = claim(now=now, limit=limit)
    try:
        read = _read(claimed.records)
        done = _write(claimed, read)
    except BaseException:
        give_back(claimed)
        raise
    left_out = sum(len(words) for words in read.left_out.values())
    if left_out:
        log.warning("%s dates or numbers of %s records were left out", left_out, len(read.left_out))
    return Understood(done.records + claimed.dead, done.posts_new, done.posts_seen, done.dead + claimed.dead, left_out)


@dataclass(slots=True)
class _Read:
    """What records say, by their keys."""

    said: dict[int, list[Sighted]]
    dead: dict[int, Dead]
    left_out: dict[int, list[str]]
    """What was passed over in them, a sentence each."""


def _read(records: Sequence[RawRecord]) -> _Read:
    read = _Read({}, {}, {})
    for record in records:
        try:
            told = _parse(record)
        except (BadPost, ConnectorError) as error:
            read.dead[record.pk] = Dead(str(error), fault_of(error))
        except Exception as error:
            log.exception("record %s of source %s cannot be parsed", record.pk, record.source_id)
            read.dead[record.pk] = _dead("reader_failed", f"{type(error).__name__}: {error}")
        else:
            read.said[record.pk] = [sighting for sighting, _ in told]
            if left_out := [words for _, more in told for words in more]:
                read.left_out[record.pk] = left_out
    return read


@transaction.atomic
def _write(claimed: Claim, read: _Read) -> Understood:
    """Write what the records say that still wait: others may have been erased or set aside meanwhile."""
    ours = {record.pk: record for record in still_ours(claimed)}
    bodies = set(RawBody.objects.filter(record__in=ours).values_list("pk", flat=True))
    said = {pk: told for pk, told in read.said.items() if pk in bodies}
    dead = {pk: why for pk, why in read.dead.items() if pk in ours}
    dead |= {pk: _erased() for pk in ours if pk not in bodies}
    new = _write_all(said, dead)
    _close([record for pk, record in ours.items() if pk in dead], said, dead, new)
    for pk, words in read.left_out.items():
        if pk in said:
            RawRecord.objects.filter(pk=pk).update(error=storable("\n".join(words))[:2000])
    posts = sum(len(told) for told in said.values())
    return Understood(len(said) + len(dead), sum(new.values()), posts - sum(new.values()), len(dead))


def _erased() -> Dead:
    found = fault("erased")
    return Dead(str(found), found)


def _parse(record: RawRecord) -> list[tuple[Sighted, tuple[str, ...]]]:
    """What the record says of each post, and what was left out of it."""
    if not hasattr(record, "body"):
        raise Malformed(fault("erased"))
    source = record.source
    connector = connector_of(source.kind)
    told = []
    for post, without_zone in understood(connector, bytes(record.body.body), source.settings):
        old = connector.read is not None and _before(post.created_at, source.created_at - HISTORY)
        seen = sighted(
            post, brand=record.brand_id, source=record.source_id, record=record.pk, via=record.via,
            received_at=record.received_at, backfilled=record.backfilled or old, dates_without_zone=without_zone,
        )  # fmt: skip
        told.append((seen, post.left_out if isinstance(post, Mended) else ()))
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
            lease_until=None,
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
            record.lease_until = None
            record.save(update_fields=["state", "error", "fault", "lease_until"])
