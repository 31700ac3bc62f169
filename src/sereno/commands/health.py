"""`sereno health`: whether all is well, for a person and for cron, in the reader's language."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from sereno.commands.desk import start_django
from sereno.commands.plan_file import fail
from sereno.commands.wording import language_option
from sereno.engine.messages import phrase

if TYPE_CHECKING:
    from sereno.desk.duty.auditor import Audit


@click.command()
@click.option("--quiet", is_flag=True, help="Say nothing where all is well (for cron).")
@language_option
def health(quiet: bool, language: str) -> None:
    """Look whether all is well, run what is late, and tell the monitor at SERENO_HEARTBEAT_URL that all is well.

    Ends with 1 where something is wrong: somebody may not be called.
    """
    start_django()
    from django.db import DatabaseError
    from django.utils import timezone
    from django.utils.translation import override

    from sereno.desk.duty.auditor import audit

    # moments as the machine's clock shows them, as beside any other line of a terminal or a log
    with override(language), _findings_told_once(), timezone.override(datetime.now().astimezone().tzinfo):
        try:
            seen = audit(now=datetime.now(UTC), place="command")
            _tell(seen, language)
        except DatabaseError as error:
            fail(phrase("health-no-database", language, error=str(error).strip()))
    if not seen.well:
        raise SystemExit(1)
    if not quiet:
        click.echo(phrase("health-well-told" if seen.pinged else "health-well", language))


@contextmanager
def _findings_told_once() -> Iterator[None]:
    """The log would say in English what the command says; what broke with a traceback is logged all the same."""
    log = logging.getLogger("sereno.health")

    def broke(record: logging.LogRecord) -> bool:
        return record.exc_info is not None

    log.addFilter(broke)
    try:
        yield
    finally:
        log.removeFilter(broke)


def _tell(seen: Audit, language: str) -> None:
    """Each finding in the words of the health page, with its way out; what was run; what the monitor hears."""
    from django.conf import settings

    from sereno.desk.accounts.models import Brand
    from sereno.desk.duty.shown.health_words import told

    brands = {brand.pk: brand for brand in Brand.objects.filter(pk__in={finding.brand for finding in seen.findings})}
    for finding in sorted(seen.findings, key=lambda each: not each.wrong):
        words = told(finding, brands)
        values = {"severity": phrase(f"health-{finding.severity}", language), "what": words.what}
        key = "health-finding-of" if words.brand else "health-finding"
        click.echo(phrase(key, language, **values, brand=words.brand))
        click.echo(f"  {words.way_out}")
    if seen.ran:
        click.echo(phrase("health-ran", language, count=seen.ran))
    if seen.ping_fault:
        click.echo(phrase("health-not-told", language, fault=seen.ping_fault))
    if not seen.well and settings.SERENO_HEARTBEAT_URL:
        click.echo(phrase("health-withheld", language))
