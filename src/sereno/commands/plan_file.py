"""A plan's file as commands take it: its faults go to stderr, each with its line, and end the command."""

from __future__ import annotations

import sys
from typing import NoReturn

import click

from sereno.engine.plan.load import PlanErrors, find_plan, load_from, source_of
from sereno.engine.plan.model import Plan


def fail(message: str) -> NoReturn:
    click.echo(f"sereno: {message}", err=True)
    sys.exit(1)


def load(name: str, *, tell_warnings: bool = False) -> Plan:
    """The plan of a file or a folder, or a shipped one."""
    return load_with_text(name, tell_warnings=tell_warnings)[0]


def load_with_text(name: str, *, tell_warnings: bool = False) -> tuple[Plan, str, str]:
    """The plan, its text, and what its file or folder is called."""
    try:
        source = source_of(find_plan(name))
        loaded, warnings = load_from(source)
    except PlanErrors as errors:
        for error in errors.errors:
            click.echo(str(error), err=True)
        sys.exit(1)
    except (OSError, ValueError) as error:
        fail(str(error))
    if tell_warnings:
        for warning in warnings:
            click.echo(str(warning), err=True)
    return loaded, source.text, source.name
