"""Reads the sources that are due.

1. A source is due when it is enabled, its `next_poll_at` has come, and nobody holds its lease.
2. It is claimed by `UPDATE … SET lease_until WHERE` it is still so; whoever changes one row has it, others none.
3. No transaction is open while the network is read. A killed worker's lease runs out by itself.
4. Each page is stored in one transaction: raw records, cursor, and a look that the lease is still ours. Whoever lost
   it, by being slow, still stores what was read (unique keys stop doubles) but does not move the cursor.
5. A failure is counted and told in plain words; the next try comes later and later, never sooner than the network
   says.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.conf import settings as desk
from django.db import DatabaseError, transaction
from django.db.models import Q, QuerySet

from sereno.connectors import connector_of
from sereno.connectors.base import Connector, ConnectorError, Gone, Http, Page, RefusedByTerms, TryLater
from sereno.connectors.faults import fault
from sereno.connectors.fetch import SafeHttp
from sereno.connectors.plain import storable
from sereno.desk.intake.models import Source
from sereno.desk.intake.sources import secret_of
from sereno.desk.intake.storing import storable_fault, store_raw
from sereno.desk.keys import UnreadableSecret

log = logging.getLogger("sereno.intake")

LEASE = timedelta(minutes=5)
PAGES_A_POLL = 5
"""Then others have their turn; the rest is read in the next round."""
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
HOPELESS_WAIT = timedelta(hours=6)
"""Between tries of what only a person can mend: somebody may have mended it on the other side."""


def poll_due(*, now: datetime, limit: int = 8, http: Http | None = None) -> int:
    """Read up to `limit` sources that are due. Returns how many were read, well or not."""
    if http is not None:
        return sum(_poll(source, now, http) for source in _due(now)[:limit])
    due = list(_due(now)[:limit])
    if not due:
        return 0
    with SafeHttp(private=desk.SERENO_FETCH_PRIVATE) as safe:
        return sum(_poll(source, now, safe) for source in due)


def _due(now: datetime) -> QuerySet[Source]:
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    return Source.objects.filter(free, enabled=True, next_poll_at__lte=now).order_by("next_poll_at", "pk")


def _poll(source: Source, now: datetime, http: Http) -> bool:
    lease = now + LEASE
    if not _due(now).filter(pk=source.pk).update(lease_until=lease):
        return False  # another worker was faster
    source.refresh_from_db()
    try:
        connector = connector_of(source.kind)
        more = _read(source, connector, lease, now, http)
    except (ConnectorError, UnreadableSecret) as error:
        _failed(source, lease, now, error)
    except DatabaseError:
        raise  # not the source's fault: its lease runs out, and it is read again
    except Exception as error:
        log.exception("source %s (%s) cannot be read", source.pk, source.kind)
        _failed(
            source, lease, now, TryLater(fault("source_reader_failed", detail=f"{type(error).__name__}: {error}"[:500]))
        )
    else:
        every = timedelta(0) if more else connector.every
        _mine(source, lease).update(
            next_poll_at=now + every, lease_until=None, failures=0, last_error="", fault={}, last_ok_at=now
        )
    return True


def _mine(source: Source, lease: datetime) -> QuerySet[Source]:
    return Source.objects.filter(pk=source.pk, lease_until=lease)


def _read(source: Source, connector: Connector, lease: datetime, now: datetime, http: Http) -> bool:
    """Read and store page after page. Returns whether there is more to read now."""
    if connector.read is None:
        raise TryLater(f"'{source.kind}' sources are not read; they receive")
    secret = secret_of(source)
    for _ in range(PAGES_A_POLL):
        page = connector.read(source.settings, secret, source.cursor, http, now)
        if not _store(source, page, lease, now):
            return False
        if not page.more:
            return False
    return True


@transaction.atomic
def _store(source: Source, page: Page, lease: datetime, now: datetime) -> bool:
    still_ours = _mine(source, lease).select_for_update().exists()
    store_raw(source, page.items, now=now, cursor=page.cursor if still_ours else None)
    return still_ours


def _failed(source: Source, lease: datetime, now: datetime, error: Exception) -> None:
    failures = source.failures + 1
    at = now + wait_after(failures, error)
    if isinstance(error, TryLater) and error.at is not None:
        at = max(at, error.at)
    stored = storable_fault(error.fault) if isinstance(error, ConnectorError) else {}
    _mine(source, lease).update(
        next_poll_at=at, lease_until=None, failures=failures, last_error=storable(str(error))[:2000], fault=stored
    )


def wait_after(failures: int, error: Exception) -> timedelta:
    """How long to wait after so many failures in a row: half a minute, doubled each time, at most an hour."""
    if isinstance(error, Gone | RefusedByTerms):
        return HOPELESS_WAIT
    return min(LONGEST_WAIT, FIRST_WAIT * (1 << min(failures - 1, 10)))
