"""Words that the commands share."""

from __future__ import annotations

import click

from sereno.engine.messages import languages

language_option = click.option(
    "--language",
    default="en",
    show_default=True,
    type=click.Choice(languages()),
    help="Language of the sentences.",
)


def plural(count: int, one: str) -> str:
    return one if count == 1 else f"{one}s"
