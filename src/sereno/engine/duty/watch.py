"""Who stands in a role now, until when, and who comes next."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime

from sereno.engine.duty.rota import Rota, Watchkeeping


@dataclass(frozen=True, slots=True)
class Watch:
    """A role at one moment."""

    role: str
    there: tuple[Watchkeeping, ...]
    """Empty: nobody."""
    until: datetime | None
    """When it changes who stands there; None: not while the rota runs."""
    next: tuple[Watchkeeping, ...]
    """Who stands there after the next time that somebody comes."""
    next_from: datetime | None


def watch(rota: Rota, role: str, at: datetime) -> Watch:
    """The role at this moment. A change of shift that leaves the same people there is none."""
    there = rota.standing(role, at)
    moments = rota.changes(role)
    before, until = _people(there), None
    for moment in moments[bisect_right(moments, at) :]:
        if moment >= rota.end:
            break  # the rota ends here, not somebody's duty
        coming = rota.standing(role, moment)
        if until is None and _people(coming) != before:
            until = moment
        if until is not None and coming:
            return Watch(role, there, until, coming, moment)
    return Watch(role, there, until, (), None)


def watches(rota: Rota, at: datetime) -> tuple[Watch, ...]:
    """Every role that the roster's shifts and overrides know, in their order."""
    roles = [shift.role for shift in rota.roster.shifts] + [each.role for each in rota.roster.overrides]
    return tuple(watch(rota, role, at) for role in dict.fromkeys(roles))


def _people(standing: tuple[Watchkeeping, ...]) -> frozenset[str]:
    return frozenset(each.person for each in standing)
