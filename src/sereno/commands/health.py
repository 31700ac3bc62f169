"""`sereno health`: whether all is well, for a person and for cron."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from sereno.commands.desk import start_django


@click.command()
@click.option("--quiet", is_flag=True, help="Say nothing where all is well (for cron).")
def health(quiet: bool) -> None:
    """Look whether all is well, run what is late, and tell the monitor at SERENO_HEARTBEAT_URL that all is well.

    Ends with 1 where something is wrong: somebody may not be called.
    """
    start_django()
    from django.db import DatabaseError

    from sereno.desk.duty.auditor import CODES, audit

    try:
        seen = audit(now=datetime.now(UTC), place="command")
    except DatabaseError as error:
        raise click.ClickException(f"the database cannot be asked ({error}); look at DATABASE_URL") from error
    for finding in seen.findings:
        values = ", ".join(f"{name} {value}" for name, value in finding.values.items() if value is not None)
        click.echo(f"{finding.severity}: {CODES[finding.code][1]}" + (f" ({values})" if values else ""))
    if seen.ran:
        click.echo(f"{seen.ran} late steps were run just now.")
    if seen.ping_fault:
        click.echo(f"look: the monitor outside could not be told: {seen.ping_fault}")
    if not seen.well:
        raise SystemExit(1)
    if not quiet:
        click.echo("All is well." + (" The monitor outside was told." if seen.pinged else ""))
