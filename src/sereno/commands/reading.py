"""Which reader a command uses, and what it says about it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sereno.engine.read import Reader

reader_option = click.option(
    "--reader",
    "wanted",
    type=click.Choice(["auto", "careful", "fast"]),
    help="Who reads: the careful reader, the fast one, or (auto) the best that is installed. Default: SERENO_READER, "
    "else auto.",
)


def chosen_reader(wanted: str | None = None) -> Reader:
    """The reader that is asked for; a line on stderr where the careful one is not installed and nobody chose."""
    from sereno.careful import EncoderMissing, best_reader, missing

    try:
        reader = best_reader(wanted)
    except (EncoderMissing, ValueError) as why:
        raise click.ClickException(str(why)) from why
    asked = wanted or os.environ.get("SERENO_READER", "auto")
    if asked == "auto" and (why_not := missing()):
        click.echo(f"The fast reader answers: {why_not}.", err=True)
    return reader


def tell_trouble(why: str | None) -> None:
    """A line on stderr where the careful reader failed and the fast one answered."""
    if why:
        click.echo(f"The careful reader failed, and the fast one answered instead: {why}", err=True)
