"""A plan's file or folder as commands take it: its faults go to stderr, each with its line, and end the command."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Literal, NoReturn

import click

from sereno.engine.messages import FALLBACK, phrase
from sereno.engine.plan.load import PlanError, PlanErrors, find_plan, load_from, say_fault, shipped_plans, source_of
from sereno.engine.plan.model import Plan
from sereno.engine.plan.source import Source
from sereno.engine.plan.suggest import nearest


def fail(message: str) -> NoReturn:
    click.echo(f"sereno: {message}", err=True)
    sys.exit(1)


def fail_to_find(what: Literal["plan", "roster"], name: str, shipped: Iterable[str], language: str) -> NoReturn:
    """It is neither a file nor shipped: the nearest that is, or all of them."""
    known = list(shipped)
    if near := nearest(name, known):
        fail(phrase(f"file-unknown-{what}-near", language, name=name, near=near))
    fail(phrase(f"file-unknown-{what}", language, name=name, known=", ".join(known) or "–"))


def fail_to_read(name: str, error: OSError, language: str) -> NoReturn:
    fail(phrase("file-unreadable", language, name=name, why=error.strerror or type(error).__name__))


def fault_told(fault: PlanError, language: str) -> str:
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
            click.echo(fault_told(error, language), err=True)
        sys.exit(1)
    except FileNotFoundError:
        fail_to_find("plan", name, shipped_plans(), language)
    except OSError as error:
        fail_to_read(name, error, language)
    if tell_warnings:
        for warning in warnings:
            click.echo(fault_told(warning, language), err=True)
    return loaded, source
