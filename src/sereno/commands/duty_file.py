"""A roster's file and moments as commands take them: what is wrong goes to stderr with its place and the way out, and
ends the command."""

from __future__ import annotations

import sys
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from sereno.commands.plan_file import fail, fail_to_find, fail_to_read, fault_told
from sereno.engine.duty.load import find_roster, read_roster, shipped_rosters
from sereno.engine.duty.roster import Roster
from sereno.engine.messages import FALLBACK, phrase
from sereno.engine.plan.errors import PlanErrors
from sereno.engine.plan.model import Plan

FIRST_YEAR, LAST_YEAR = 1970, 2199
"""Rosters are spread out between them: neither days before nor days after a moment leave the calendar."""


def load_roster(name: str, plan: Plan | None, *, tell_warnings: bool = False, language: str = FALLBACK) -> Roster:
    """The roster of a file, or a shipped one, checked against its plan where one is given; its faults are told in
    `language`."""
    try:
        roster, warnings = read_roster(find_roster(name), plan)
    except PlanErrors as errors:
        for error in errors.errors:
            click.echo(fault_told(error, language), err=True)
        sys.exit(1)
    except FileNotFoundError:
        fail_to_find("roster", name, shipped_rosters(), language)
    except OSError as error:
        fail_to_read(name, error, language)
    for warning in warnings if tell_warnings else ():
        click.echo(fault_told(warning, language), err=True)
    return roster


def moment(given: str | None, zone: ZoneInfo, option: str, language: str = FALLBACK) -> datetime:
    """A day or a moment, in the zone where it names none; None: now."""
    if given is None:
        return datetime.now(zone).replace(microsecond=0)
    try:
        at = datetime.fromisoformat(given)
    except ValueError:
        fail(phrase("duty-no-moment", language, option=option, given=given))
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        # years as text: nobody writes 2,199
        years = {"year": str(at.year), "first": str(FIRST_YEAR), "last": str(LAST_YEAR)}
        fail(phrase("duty-far-moment", language, option=option, **years))
    return at if at.tzinfo else at.replace(tzinfo=zone)
