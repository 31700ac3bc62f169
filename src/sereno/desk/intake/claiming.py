"""Which records a worker understands next, and that nobody else does so meanwhile.

A claim is a lease on the row, committed before anything is read: reading a record must not hold the database's write
lock, and a record that kills whoever reads it must be known when the next worker comes.

- A round is bounded in records and in bytes.
- A lease that ran out tells that its worker never came back. The culprit is in that batch, so its records are taken in
  ever smaller portions, and the one that was begun alone dies.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce, Length

from sereno.connectors.faults import fault
from sereno.desk.intake.models import RawRecord

log = logging.getLogger("sereno.intake")

LEASE = timedelta(seconds=15)
"""A round takes a few seconds; after a crash its records wait so long."""
MAX_BYTES = 8 * 1024 * 1024
"""Of a round, unless a single record is larger."""
PORTIONS = (25, 1)
"""How many records are taken at once after they were begun once, twice and never finished."""


@dataclass(frozen=True, slots=True)
class Claim:
    records: Sequence[RawRecord]
    until: datetime
    dead: int = 0
    """Records that were given up instead."""


@transaction.atomic
def claim(*, now: datetime, limit: int) -> Claim:
    """Take waiting records, those that go first before the others, then the oldest; counts the attempt."""
    records = _portion(_free(now, limit))
    hopeless = [record for record in records if _never_finished(record) > len(PORTIONS)]
    for record in hopeless:
        why = fault("never_finished", times=record.attempts)
        record.state, record.lease_until = RawRecord.State.DEAD, None
        record.error, record.fault = str(why), why.stored()
        record.save(update_fields=["state", "lease_until", "error", "fault"])
    taken = [record for record in records if record not in hopeless]
    until = now + LEASE
    RawRecord.objects.filter(pk__in=_keys(taken)).update(lease_until=until, attempts=F("attempts") + 1)
    with_bodies = RawRecord.objects.filter(pk__in=_keys(taken)).select_related("source", "body")
    return Claim(list(with_bodies.order_by("id")), until, len(hopeless))


def _free(now: datetime, limit: int) -> list[RawRecord]:
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    waiting = RawRecord.objects.filter(free, state=RawRecord.State.WAITING)
    if connection.features.has_select_for_update_skip_locked:
        waiting = waiting.select_for_update(skip_locked=True, of=("self",))
    waiting = waiting.annotate(size=Coalesce(Length("body__body"), 0)).order_by("id")
    # two looks, each along an index of its own: sorting all that waits, each round, would keep everybody waiting
    first: list[RawRecord] = list(waiting.filter(first=True)[:limit])
    rest: list[RawRecord] = list(waiting.filter(first=False)[: max(1, limit - len(first))])
    # what a worker never came back from is not overtaken for ever: it is taken by itself, and shows its culprit
    lost_first = sorted((first, rest), key=lambda lane: not (lane and _never_finished(lane[0])))
    return [record for lane in lost_first for record in lane][:limit]


def _portion(records: list[RawRecord]) -> list[RawRecord]:
    """The first of them that may be taken together."""
    if not records:
        return []
    begun = _never_finished(records[0])
    most = PORTIONS[min(begun, len(PORTIONS)) - 1] if begun else len(records)
    taken: list[RawRecord] = []
    size = 0
    for record in records[:most]:
        size += int(getattr(record, "size", 0))  # annotated
        if taken and (size > MAX_BYTES or _never_finished(record) != begun):
            break
        taken.append(record)
    return taken


def _never_finished(record: RawRecord) -> int:
    """How often it was begun and nobody came back."""
    return record.attempts if record.lease_until is not None else 0


def still_ours(claimed: Claim) -> QuerySet[RawRecord]:
    """The claimed records that still wait and were not erased meanwhile, locked. Only within a transaction.

    Whoever was so slow that the lease ran out may write all the same: writing a record twice doubles nothing.
    """
    return RawRecord.objects.select_for_update(of=("self",)).filter(
        pk__in=_keys(claimed.records), state=RawRecord.State.WAITING
    )


def give_back(claimed: Claim) -> None:
    """The round failed, and not for the records' sake: they wait as before."""
    mine = RawRecord.objects.filter(
        pk__in=_keys(claimed.records), state=RawRecord.State.WAITING, lease_until=claimed.until
    )
    try:
        mine.update(lease_until=None, attempts=F("attempts") - 1)
    except DatabaseError:
        log.warning(
            "%s records cannot be given back; they are free again when their lease runs out", len(claimed.records)
        )


def _keys(records: Sequence[RawRecord]) -> list[int]:
    return [record.pk for record in records]
