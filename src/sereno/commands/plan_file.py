"""A plan's file or folder as commands take it: its faults go to stderr, each with its line, and end the command."""

from __future__ import annotations

import sys
from typing import NoReturn

import click

from sereno.engine.messages import FALLBACK, phrase
from sereno.engine.plan.load import PlanError, PlanErrors, find_plan, load_from, say_fault, source_of
from sereno.engine.plan.model import Plan
from sereno.engine.plan.source import Source


def fail(message: str) -> NoReturn:
    click.echo(f"sereno: {message}", err=True)
    sys.exit(1)


def _told(fault: PlanError, language: str) -> str:
    """`str(fault)` in another language."""
    said = say_fault(fault, language)
    if fault.severity == "warning":
        said = f"{phrase('check-warning', language)}: {said} [{fault.code}]"
    return f"{fault.file}:{fault.line}: {said}"


def load(name: str, *, tell_warnings: bool = False, language: str = FALLBACK) -> Plan:
    """The plan of a file or folder, or a shipped one; its faults are told in `language`."""
    return load_with_source(name, tell_warnings=tell_warnings, language=language)[0]


def load_with_source(name: str, *, tell_warnings: bool = False, language: str = FALLBACK) -> tuple[Plan, Source]:
    """The plan, and its text."""
    try:
        source = source_of(find_plan(name))
        loaded, warnings = load_from(source)
    except PlanErrors as errors:
        for error in errors.errors:
            click.echo(_told(error, language), err=True)
        sys.exit(1)
    except (OSError, ValueError) as error:
        fail(str(error))
    if tell_warnings:
        for warning in warnings:
            click.echo(_told(warning, language), err=True)
    return loaded, source
