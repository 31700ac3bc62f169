"""A roster's file as commands take it: its faults go to stderr, each with its line, and end the command."""

from __future__ import annotations

import sys
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from sereno.commands.plan_file import fail
from sereno.engine.duty.load import find_roster, read_roster
from sereno.engine.duty.roster import Roster
from sereno.engine.plan.errors import PlanErrors
from sereno.engine.plan.model import Plan


def load_roster(name: str, plan: Plan, *, tell_warnings: bool = False) -> Roster:
    """The roster of a file, or a shipped one, checked against its plan."""
    try:
        roster, warnings = read_roster(find_roster(name), plan)
    except PlanErrors as errors:
        for error in errors.errors:
            click.echo(str(error), err=True)
        sys.exit(1)
    except (OSError, ValueError) as error:
        fail(str(error))
    for warning in warnings if tell_warnings else ():
        click.echo(str(warning), err=True)
    return roster


def moment(given: str | None, zone: ZoneInfo, option: str) -> datetime:
    """A day or a moment, in the zone where it names none; None: now."""
    if given is None:
        return datetime.now(zone).replace(microsecond=0)
    try:
        at = datetime.fromisoformat(given)
    except ValueError:
        fail(f"{option}: '{given}' is no moment; write it as 2026-12-24 or 2026-12-24T23:30")
    return at if at.tzinfo else at.replace(tzinfo=zone)
