"""How many people of a role are on duty at each instant of the past: by a number, or by a roster.

By a number they are there day and night. By a roster they are those whom its shifts, leave, holidays, swaps and
overrides put there at that hour, counted as heads: whatever networks or languages they watch, in each role in which
they stand. Deputies are not counted for the role they stand in for.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from sereno.engine.columns import Instants, instants
from sereno.engine.duty.roster import Roster
from sereno.engine.duty.rota import Rota

Counts = NDArray[np.int64]
DAY = timedelta(days=1)
LONGEST = timedelta(days=20 * 366)
"""So long a past a roster is spread over."""
_HOUR = 3_600_000_000
_EVER = -(2**62)
_MINUTE = 60_000_000


class UnfitRoster(ValueError):
    """The roster cannot be laid over this past."""


@dataclass(frozen=True, slots=True, eq=False)
class Staff:
    """The people of one role, as a line of steps; instants in microseconds since 1970."""

    changes: Counts
    people: Counts
    """From each change on, until the next."""
    given: bool = False
    """A number that was asked for, whatever a roster says."""

    @classmethod
    def always(cls, number: int, *, given: bool = False) -> Staff:
        """So many, day and night."""
        return cls(np.array([_EVER]), np.array([number]), given)

    @classmethod
    def of(cls, rota: Rota, role: str) -> Staff:
        """As the rota puts them there; nobody before it begins and after it ends."""
        moments = rota.changes(role)
        heads = [len({each.person for each in rota.standing(role, at)}) for at in moments]
        at = instants(list(moments)).astype("datetime64[us]").astype(np.int64)
        return cls(np.concatenate([[_EVER], at]).astype(np.int64), np.array([0, *heads], dtype=np.int64))

    def at(self, moments: Instants) -> Counts:
        """How many are there at each of these instants."""
        place = np.searchsorted(self.changes, _microseconds(moments), side="right") - 1
        return self.people[place]

    def minutes(self, began: Instants) -> NDArray[np.float64]:
        """Minutes of work that they can do in the hour that begins at each of these instants."""
        start = _microseconds(began)
        return (self._worked(start + _HOUR) - self._worked(start)) / _MINUTE

    def span(self, first: np.datetime64, last: np.datetime64) -> tuple[int, int]:
        """The fewest and the most that are there at a time between the two, both included."""
        start, end = np.searchsorted(self.changes, _microseconds(np.array([first, last])), side="right") - 1
        there = self.people[start : end + 1]
        return int(there.min()), int(there.max())

    def _worked(self, at: Counts) -> Counts:
        """Person-microseconds up to each instant, counted from any one: only differences mean anything."""
        # from the first change on; before it nobody is there, or it is always so many
        changes = self.changes.copy()
        changes[0] = changes[1] if len(changes) > 1 else 0
        before = np.concatenate([[0], np.cumsum(np.diff(changes) * self.people[:-1])])
        place = np.searchsorted(self.changes, at, side="right") - 1
        worked: Counts = before[place] + (at - changes[place]) * self.people[place]
        return worked


def staff_of(
    roles: Collection[str], *, people: Mapping[str, int], roster: Roster | None, first: datetime, last: datetime
) -> dict[str, Staff]:
    """The people of each role from `first` to `last`: the number where one is given, else those of the roster; without
    a roster, one.

    Raises `UnfitRoster` for one that fills none of these roles, and for a past that is too long for any.
    """
    numbers = {role: Staff.always(number, given=True) for role, number in people.items()}
    if roster is None:
        return {role: numbers.get(role) or Staff.always(1) for role in roles}
    filled = {shift.role for shift in roster.shifts} | {each.role for each in roster.overrides}
    if roles and not filled & set(roles):
        raise UnfitRoster(
            f"roster '{roster.id}' fills none of the plan's roles ({', '.join(roles)}); give the plan's own roster"
        )
    if last - first > LONGEST:
        years = round(LONGEST / timedelta(days=366))
        raise UnfitRoster(
            f"the posts came between {first:%Y} and {last:%Y}, but a roster is spread over {years} years at most; "
            f"replay fewer years, or give numbers of people"
        )
    rota = Rota(roster, first.astimezone(UTC) - DAY, last.astimezone(UTC) + DAY)
    return {role: numbers.get(role) or Staff.of(rota, role) for role in roles}


def _microseconds(at: Instants) -> Counts:
    return at.astype("datetime64[us]").astype(np.int64)
