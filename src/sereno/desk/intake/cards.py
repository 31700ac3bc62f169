"""What the page of sources says of each: is it alive, what came last, what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sereno.desk.accounts.models import Brand, User
from sereno.desk.intake.fault_words import in_readers_words
from sereno.desk.intake.importing import columns_ignored
from sereno.desk.intake.models import FileImport, RawRecord, Source
from sereno.desk.intake.sources import removable

OVERDUE = timedelta(minutes=10)
"""A poll that is later than this means that nobody reads: the worker is not running."""
SILENT = timedelta(days=1)
"""A source that gave posts before and none for this long is worth a look."""
DEAD_SHOWN = 50

KINDS: dict[str, Promise] = {
    "rss": _("Feed (RSS or Atom)"),
    "webhook": _("Webhook"),
    "file": _("Uploaded files"),
    "playback": _("Recorded feed (demonstration)"),
}
WAYS_OUT: dict[str, Promise] = {
    "failing": _("It is tried again by itself, less and less often. Check the address, or switch the source off."),
    "overdue": _("Nobody is reading. Start the worker: “sereno up” runs everything in one process."),
    "silent": _("It answers, but nothing new came. Check that it is still the right place."),
    "quiet_webhook": _("Nothing was delivered lately. Check the sender's list of deliveries."),
    "never": _("Nothing came yet."),
    "off": _("Switched off: what is posted there meanwhile may be missed."),
}


@dataclass(frozen=True, slots=True)
class Imported:
    """A file that came, or is coming."""

    file: FileImport
    dead: int
    columns_ignored: tuple[str, ...]

    @property
    def posts(self) -> int:
        """One a line, but those that could not be understood."""
        return max(0, self.file.records_stored + self.file.records_known - self.dead)


@dataclass(frozen=True, slots=True)
class Card:
    source: Source
    state: str
    """alive, failing, overdue, silent, never, off."""
    way_out: str
    dead: int
    imports: list[Imported]
    removable: bool = False

    @property
    def error(self) -> str:
        return in_readers_words(self.source.fault, self.source.last_error)

    @property
    def kind(self) -> str:
        return str(KINDS.get(self.source.kind, self.source.kind))

    @property
    def address(self) -> str:
        return str(self.source.settings.get("url", "")) if isinstance(self.source.settings, dict) else ""


def state_of(source: Source, now: datetime) -> str:
    """How a source is, in one word."""
    tests: tuple[tuple[str, Callable[[], bool]], ...] = (
        ("off", lambda: not source.enabled),
        ("failing", lambda: source.failures > 0),
        ("overdue", lambda: source.next_poll_at is not None and source.next_poll_at < now - OVERDUE),
        ("never", lambda: source.last_post_at is None),
        ("silent", lambda: source.kind != "file" and source.last_post_at < now - SILENT),  # type: ignore[operator]
    )
    return next((state for state, holds in tests if holds()), "alive")


def _way_out(source: Source, state: str) -> str:
    name = "quiet_webhook" if state == "silent" and source.kind == "webhook" else state
    return str(WAYS_OUT.get(name, ""))


def cards(brand: Brand, now: datetime) -> list[Card]:
    sources = list(Source.objects.filter(brand=brand).order_by("name"))
    dead = _counted(dead_letters(brand), "source")
    unread = RawRecord.objects.filter(brand=brand, state__in=(RawRecord.State.DEAD, RawRecord.State.SET_ASIDE))
    of_file = _counted(unread, "file_import")
    imports: dict[int, list[Imported]] = {}
    for item in FileImport.objects.filter(brand=brand).order_by("-started_at")[:50]:
        told = Imported(item, of_file.get(item.pk, 0), columns_ignored(item))
        imports.setdefault(item.source_id, []).append(told)
    return [_card(source, now, dead.get(source.pk, 0), imports.get(source.pk, [])[:5]) for source in sources]


def _counted(records: QuerySet[RawRecord], by: str) -> dict[int, int]:
    counts = records.order_by().values_list(by).annotate(n=Count("pk"))
    return {key: n for key, n in counts if key is not None}


def _card(source: Source, now: datetime, dead: int, imports: list[Imported]) -> Card:
    state = state_of(source, now)
    return Card(source, state, _way_out(source, state), dead, imports, removable(source))


def troubled_sources(brand: Brand, now: datetime) -> list[Card]:
    """Those that need somebody: failing, unread, or silent."""
    sources = Source.objects.filter(brand=brand, enabled=True).order_by("name")
    found = [_card(source, now, 0, []) for source in sources]
    return [card for card in found if card.state in ("failing", "overdue", "silent")]


def dead_letters(brand: Brand) -> QuerySet[RawRecord]:
    """Records that could not be understood, the newest first."""
    return (
        RawRecord.objects.filter(brand=brand, state=RawRecord.State.DEAD)
        .select_related("source", "body")
        .order_by("-id")
    )


def set_aside_letters(brand: Brand) -> QuerySet[RawRecord]:
    """Those of which nothing more will come, the newest decision first."""
    aside = RawRecord.objects.filter(brand=brand, state=RawRecord.State.SET_ASIDE)
    return aside.select_related("source", "body").order_by("-set_aside_at", "-id")


@dataclass(frozen=True, slots=True)
class Letter:
    """A record that could not be understood, as the page shows it."""

    record: RawRecord
    why: str
    opening: str
    aside_by: str
    """Who set it aside; empty where nobody did."""


def letters(records: Sequence[RawRecord]) -> list[Letter]:
    people = User.objects.in_bulk({record.set_aside_by_id for record in records if record.set_aside_by_id})
    return [
        Letter(
            record,
            in_readers_words(record.fault, record.error),
            opening(record),
            str(people.get(record.set_aside_by_id or 0, "")),
        )
        for record in records
    ]


def opening(record: RawRecord, length: int = 400) -> str:
    """The start of what was received, as text."""
    body = getattr(record, "body", None)
    return bytes(body.body[:length]).decode("utf-8", "replace") if body is not None else ""
