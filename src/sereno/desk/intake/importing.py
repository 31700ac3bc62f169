"""Files of posts on their way in.

The file is kept under SERENO_HOME/uploads until it is read; a chunk of lines becomes raw records, and the offset behind
them moves in the same transaction. So an import that was killed goes on where it stood, in any worker, and the same
file is recognised by its digest.
"""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings as desk
from django.db import DatabaseError, connection, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from sereno.connectors.faults import fault
from sereno.connectors.records import unknown_columns
from sereno.desk.accounts.models import Brand, User
from sereno.desk.audit.actions import record
from sereno.desk.intake.fault_words import say
from sereno.desk.intake.lines import NotAFileOfPosts, Position, layout_of, records
from sereno.desk.intake.models import FileImport, RawRecord, Source
from sereno.desk.intake.sources import IntakeRefused, add_source
from sereno.desk.intake.storing import store_raw

log = logging.getLogger("sereno.intake")

CHUNK = 1000
CHUNK_BYTES = 8 * 1024 * 1024
UPLOADS = "File uploads"


class Readable(Protocol):
    def read(self, size: int = ..., /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Summary:
    """What an import has brought so far."""

    lines: int
    posts_new: int
    posts_seen: int
    """Posts that we knew already, or that stood in the file twice."""
    lines_known: int
    """Lines that had been read before, byte for byte."""
    dead: int
    waiting: int
    dates_without_zone: int
    columns_ignored: tuple[str, ...] = ()
    """Of a table: those that the post format has no place for."""


def columns_ignored(file_import: FileImport) -> tuple[str, ...]:
    return tuple(unknown_columns(file_import.layout.get("columns", ())))


def uploads() -> Path:
    return Path(desk.HOME) / "uploads"


def start_file_import(
    brand: Brand, *, file: Readable, file_name: str, now: datetime, by: User | None, source: Source | None = None,
    backfilled: bool = True,
) -> FileImport:  # fmt: skip
    """Keep the file and begin its import; a worker, or `continue_file_import`, reads it.

    A file that is still being read goes on; one that was read to the end is refused with the day it was read. Without
    a source it belongs to the brand's own for uploads. Raises `IntakeRefused`.
    """
    path, digest = _keep(file)
    try:
        with path.open("rb") as kept:
            layout, start = layout_of(kept)
    except NotAFileOfPosts as error:
        path.unlink(missing_ok=True)
        raise IntakeRefused(f"{file_name}: {say(error.fault)}") from error
    with transaction.atomic():
        source = source or _upload_source(brand, by=by, now=now)
        begun, created = FileImport.objects.get_or_create(
            source=source,
            file_digest=digest,
            defaults={
                "brand": brand,
                "file_name": file_name[-255:],
                "bytes_total": path.stat().st_size,
                "offset": start.offset,
                "line": start.line,
                "layout": layout,
                "backfilled": backfilled,
                "by_id": by.pk if by else None,
                "started_at": now,
            },
        )
        if created:
            record("file.import_started", begun, by=by, at=now, brand_id=brand.pk, digest=digest)
    if begun.state == FileImport.State.DONE:
        _forget(digest)
        day = begun.finished_at or begun.started_at
        raise AlreadyImported(
            _("This file was read already on %(day)s; nothing was imported again.") % {"day": f"{day:%Y-%m-%d %H:%M}"},
            begun,
        )
    return begun


class AlreadyImported(IntakeRefused):
    """The same file was read to the end before."""

    def __init__(self, message: str, earlier: FileImport) -> None:
        super().__init__(message)
        self.earlier = earlier


def _upload_source(brand: Brand, *, by: User | None, now: datetime) -> Source:
    found = Source.objects.filter(brand=brand, kind="file", name=UPLOADS).first()
    return found or add_source(brand, kind="file", name=UPLOADS, settings={}, by=by, now=now)[0]


def _keep(file: Readable) -> tuple[Path, str]:
    """Copy the file under its digest, whole or not at all."""
    uploads().mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = hashlib.sha256()
    descriptor, name = tempfile.mkstemp(dir=uploads(), prefix="arriving-")
    try:
        with os.fdopen(descriptor, "wb") as kept:
            while block := file.read(1024 * 1024):
                digest.update(block)
                kept.write(block)
            kept.flush()
            os.fsync(kept.fileno())
        path = _path(digest.hexdigest())
        Path(name).replace(path)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(name).unlink()
        raise
    return path, digest.hexdigest()


def _path(digest: str) -> Path:
    return uploads() / digest


def _forget(digest: str) -> None:
    """The file goes when nobody reads it any more: its lines stand in the raw records, where they can be erased."""
    if not FileImport.objects.filter(file_digest=digest, state=FileImport.State.RUNNING).exists():
        _path(digest).unlink(missing_ok=True)


def continue_file_imports(*, now: datetime, limit: int = 20) -> int:
    """Read a chunk of up to `limit` imports that are under way. Returns how many lines were read."""
    under_way = FileImport.objects.filter(state=FileImport.State.RUNNING).order_by("pk").values_list("pk", flat=True)
    read = 0
    for pk in under_way[:limit]:
        try:
            read += _next_chunk(pk, now)
        except DatabaseError:
            raise
        except Exception:
            log.exception("file import %s cannot go on; the others do", pk)
    return read


def continue_file_import(file_import: FileImport, *, now: datetime) -> int:
    """Read one chunk of this import. Returns how many lines were read; 0 where there is nothing left, or another
    worker is at it."""
    read = _next_chunk(file_import.pk, now)
    file_import.refresh_from_db()
    return read


def _next_chunk(pk: int, now: datetime) -> int:
    with transaction.atomic():
        claimed = FileImport.objects.filter(pk=pk, state=FileImport.State.RUNNING)
        if connection.features.has_select_for_update_skip_locked:
            claimed = claimed.select_for_update(skip_locked=True, of=("self",))
        found = claimed.select_related("source").first()
        if found is None:
            return 0
        before = found.line
        try:
            with _path(found.file_digest).open("rb") as file:
                _read_chunk(found, file, now)
        except FileNotFoundError:
            _lost(found, now)
        if found.state == FileImport.State.DONE:
            transaction.on_commit(lambda: _forget(found.file_digest))
    return found.line - before


def _read_chunk(found: FileImport, file: BinaryIO, now: datetime) -> None:
    items, position = [], Position(found.offset, found.line)
    size = 0
    for each in islice(records(file, found.layout, position, found.file_name), CHUNK):
        position = each.after
        if each.item is not None:
            items.append(each.item)
            size += len(each.item.body)
        if size > CHUNK_BYTES:
            break
    # a kept file that became shorter has no more lines: it ends where it ends
    ended = position.offset >= found.bytes_total or position.offset == found.offset
    stored = store_raw(found.source, items, now=now, backfilled=found.backfilled, file_import=found)
    found.offset, found.line = position.offset, position.line
    found.records_stored += stored.new
    found.records_known += stored.known
    if ended:
        found.state, found.finished_at = FileImport.State.DONE, now
    found.save(update_fields=["offset", "line", "records_stored", "records_known", "state", "finished_at"])


def _lost(found: FileImport, now: datetime) -> None:
    """The kept file is gone: say so on the source, and let the same file be given again."""
    source = found.source
    lost = fault("file_lost", file=found.file_name, line=found.line)
    source.last_error, source.fault = str(lost), lost.stored()
    source.save(update_fields=["last_error", "fault"])
    record("file.import_lost", found, by=None, at=now, brand_id=found.brand_id)
    found.delete()


def summary(file_import: FileImport) -> Summary:
    """What the import has brought so far; complete when it is done and nothing is waiting."""
    of_it = RawRecord.objects.filter(file_import=file_import)
    sums = of_it.aggregate(
        new=Sum("posts_new", default=0), seen=Sum("posts_seen", default=0), zones=Sum("dates_without_zone", default=0)
    )
    return Summary(
        lines=file_import.line,
        posts_new=sums["new"],
        posts_seen=sums["seen"],
        lines_known=file_import.records_known,
        dead=of_it.filter(state=RawRecord.State.DEAD).count(),
        waiting=of_it.filter(state=RawRecord.State.WAITING).count(),
        dates_without_zone=sums["zones"],
        columns_ignored=columns_ignored(file_import),
    )


def dead_of(file_import: FileImport, limit: int = 10) -> Iterator[RawRecord]:
    """The first lines of an import that could not be understood."""
    return (
        RawRecord.objects.filter(file_import=file_import, state=RawRecord.State.DEAD).order_by("pk")[:limit].iterator()
    )
