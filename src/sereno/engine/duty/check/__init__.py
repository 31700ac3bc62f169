"""Does a well-formed roster mean anything, and does it go with its plan?

Each concern has a file; each check yields issues, as those of a plan do. What needs the roster spread out over days is
asked only where names and moments are sound, and where it is not too much to spread out. To add a check: write it, put
it below, give its code a sentence in `languages/*/checks.ftl` and a line in docs/plan-checks.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sereno.engine.duty.check.days import clock_changes, gaps_without_a_gap, overlaps, quiet_shifts, sample
from sereno.engine.duty.check.names import accounts_of, duplicates, known, people, places
from sereno.engine.duty.check.overrides import overrides
from sereno.engine.duty.check.roles import held, roles
from sereno.engine.duty.check.shifts import moments, shifts
from sereno.engine.duty.check.size import size
from sereno.engine.duty.roster import Roster
from sereno.engine.plan.check.issue import Issue
from sereno.engine.plan.model import Plan

__all__ = ["check_roster"]


def check_roster(
    roster: Roster, plan: Plan | None = None, accounts: Collection[str] | None = None
) -> tuple[Issue, ...]:
    """Every issue of the roster, errors and warnings. `accounts`: e-mails that have one; None: not known."""
    found = [*_of_the_text(roster, plan)]
    if accounts is not None:
        found += accounts_of(roster, accounts)
    if not any(issue.severity == "error" for issue in found):
        found += size(roster)
    if not any(issue.severity == "error" for issue in found):
        found += _of_the_days(roster, plan)
    return tuple(found)


def _of_the_text(roster: Roster, plan: Plan | None) -> Iterator[Issue]:
    yield from places(roster)
    yield from duplicates(roster)
    yield from people(roster)
    yield from known(roster)
    yield from shifts(roster)
    yield from moments(roster)
    if plan is not None:
        yield from roles(roster, plan)
        yield from held(roster, plan)


def _of_the_days(roster: Roster, plan: Plan | None) -> Iterator[Issue]:
    there = sample(roster)
    yield from overlaps(there, plan)
    yield from quiet_shifts(there)
    yield from overrides(roster)
    yield from clock_changes(roster)
    if plan is not None:
        yield from gaps_without_a_gap(roster, plan)
