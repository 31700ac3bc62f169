"""The chain walked for every moment of arrival at once: `escalation.py` for arrays of instants. Nobody acknowledges.

Between two moments at which anything changes, the wait of a later arrival is never longer than that of an earlier one:
a call stays where it is (it waits for the morning) or moves on with the arrival. So the longest waits begin where
something changes — a shift, duty hours, quiet hours — or so much before it as the steps above take. Backwards through
the chain, these are all the moments that can matter, and there are finitely many. Each is taken with the microsecond
after it, as duty time that ends exactly with the day ends then, and a moment later on the next.

A property test compares every answer with the chain itself, walked case by case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sereno.engine.columns import Mask
from sereno.engine.duty.escalation import Link, Reachable
from sereno.engine.duty.rota import Rota
from sereno.engine.plan.deadlines import HORIZON
from sereno.engine.plan.duty_clock import MICROSECOND, DutyClock, Microseconds
from sereno.engine.plan.model import Plan

EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
MOST_ROUNDS = 20_000
"""Calls of one link while the next one sleeps: a week of minutes, twice."""


def microseconds(at: datetime) -> int:
    return (at - EPOCH) // MICROSECOND


def moment(at: int) -> datetime:
    return EPOCH + int(at) * MICROSECOND


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """Something that holds or does not, from each moment to the next; before the first it does not."""

    at: Microseconds
    holds: Mask

    def of(self, moments: Microseconds) -> Mask:
        if not len(self.at):
            return np.zeros(len(moments), dtype=np.bool_)
        index = np.searchsorted(self.at, moments, side="right") - 1
        return (index >= 0) & self.holds[np.maximum(index, 0)]


@dataclass(frozen=True, slots=True, eq=False)
class Waits:
    """What comes of each arrival; moments are microseconds since 1970, -1 where there is none."""

    arrivals: Microseconds
    first: Microseconds
    """When the first human is called."""
    last: Microseconds
    """When the last link of the chain is called."""
    off_duty: Mask
    """Nobody on duty was left in the whole chain: people off duty are called."""
    nobody: Mask
    """The chain ends in nobody."""


class Ground:
    """Who can be called when, as arrays; kept for all chains of a plan."""

    def __init__(self, plan: Plan, rota: Rota, reachable: Reachable, changes: Iterable[datetime] = ()) -> None:
        """`changes`: the moments at which it changes whether somebody is reachable."""
        self._rota, self._reachable = rota, reachable
        self._changes = sorted({each for each in changes if rota.start < each < rota.end})
        first, last = rota.start.date() - timedelta(days=2), rota.end.date() + HORIZON
        self.clock = DutyClock.between(plan, first, last)
        self._standing: dict[str, Steps] = {}
        self._near: dict[frozenset[str], Steps] = {}

    def there(self, link: Link, at: Microseconds) -> Mask:
        """Whether somebody of the role, or of its deputy, stands there and can be reached."""
        found = self.standing(link.role).of(at)
        return found | self.standing(link.deputy).of(at) if link.deputy else found

    def standing(self, role: str) -> Steps:
        if role not in self._standing:
            self._standing[role] = self._steps(
                self._rota.changes(role),
                lambda at: any(self._reachable(person, at) for person in self._rota.on(role, at)),
            )
        return self._standing[role]

    def near(self, links: Sequence[Link]) -> Steps:
        """Whether anybody who holds one of these roles can be reached, on duty or not."""
        roles = frozenset(role for link in links for role in link.roles)
        if roles not in self._near:
            people = {person.person for role in roles for person in self._rota.roster.in_role(role)}
            self._near[roles] = self._steps(
                (self._rota.start,), lambda at: any(self._reachable(person, at) for person in people)
            )
        return self._near[roles]

    def _steps(self, changes: Iterable[datetime], holds: Callable[[datetime], bool]) -> Steps:
        moments = sorted({*changes, *self._changes})
        return Steps(
            np.array([microseconds(each) for each in moments], dtype=np.int64),
            np.array([holds(each) for each in moments], dtype=np.bool_),
        )

    # -- duty hours ---------------------------------------------------------------------------------------------------

    def callable_from(self, link: Link, at: Microseconds) -> Microseconds:
        return at if link.always else self.next_duty(at)

    def on_duty(self, at: Microseconds) -> Mask:
        index = np.searchsorted(self.clock.opens, at, side="right") - 1
        return (index >= 0) & (at < self._closes(index))

    def next_duty(self, at: Microseconds) -> Microseconds:
        if not len(self.clock.opens):
            raise ValueError("the plan has no duty hours; add some, or set the step's clock to 'always'")
        onward = np.minimum(np.searchsorted(self.clock.opens, at, side="right"), len(self.clock.opens) - 1)
        return np.where(self.on_duty(at), at, self.clock.opens[onward])

    def _closes(self, index: NDArray[np.intp]) -> Microseconds:
        return self.clock.closes[np.maximum(index, 0)] if len(self.clock.closes) else np.zeros_like(index)

    def limit(self, link: Link, called_at: Microseconds) -> Microseconds:
        """Until when whoever is called then may acknowledge."""
        within = link.within // MICROSECOND
        return called_at + within if link.always else self.clock.instant(self.clock.passed(called_at) + within)[0]


def waits(links: Sequence[Link], ground: Ground, arrivals: Microseconds) -> Waits:
    """The chain of each arrival, as `escalation.next_happenings` has it."""
    first = np.full(len(arrivals), -1, dtype=np.int64)
    now = ground.callable_from(links[0], arrivals)
    for link, onward in pairwise(links):
        waiting = np.ones(len(arrivals), dtype=np.bool_)
        for _round in range(MOST_ROUNDS):
            called = waiting & ground.there(link, now)
            first = np.where(called & (first < 0), now, first)
            after = np.where(called, ground.limit(link, now), now)
            ready = ground.callable_from(onward, after)
            # the next link sleeps: whoever was called is called again, until it wakes, unless they sleep too
            again = called & (ready > after) & link.always
            now = np.where(again, after, np.where(waiting, ready, now))
            waiting = again
            if not waiting.any():
                break
    on_duty = ground.there(links[-1], now)
    anybody = on_duty | ground.near(links).of(now)
    return Waits(
        arrivals,
        np.where((first < 0) & anybody, now, first),
        np.where(anybody, now, -1),
        (first < 0) & anybody & ~on_duty,
        ~anybody,
    )


def decisive(links: Sequence[Link], ground: Ground, start: datetime, end: datetime) -> Microseconds:
    """Every arrival between the two at which a wait can be the longest, or at which it changes whom it ends with."""
    low, high = microseconds(start), microseconds(end)
    turns = np.concatenate([ground.near(links).at, _own(links[-1], ground)])
    for number in range(len(links) - 2, -1, -1):
        link, onward = links[number], links[number + 1]
        own = np.concatenate([_own(link, ground), _own(onward, ground)])
        turns = _through(link, onward, np.unique(np.concatenate([own, turns])), ground)
        turns = turns[(turns >= low - 1) & (turns <= high)]
    both = np.unique(np.concatenate([[low], turns, turns + 1]).astype(np.int64))
    return both[(both >= low) & (both < high)]


def _own(link: Link, ground: Ground) -> Microseconds:
    """Moments at which this link itself answers differently."""
    parts = [ground.standing(role).at for role in link.roles]
    if not link.always:
        parts += [ground.clock.opens, ground.clock.closes]
    return np.concatenate(parts)


def _through(link: Link, onward: Link, turns: Microseconds, ground: Ground) -> Microseconds:
    """The turns, and the moments at which this link is called so that its limit comes upon one of them."""
    found = [turns]
    if not link.always:
        duty = ground.clock.passed(turns) - link.within // MICROSECOND
        duty = np.unique(duty[duty > 0])
        closing, _beyond = ground.clock.instant(duty)
        # the same duty time has passed all through the break that follows a closing hour
        found += [closing, ground.next_duty(closing)]
    elif onward.always:
        found.append(turns - link.within // MICROSECOND)
    else:
        before = turns
        for _round in range(MOST_ROUNDS):
            before = before - link.within // MICROSECOND
            found.append(before)
            before = before[~ground.on_duty(before) & (before >= ground.clock.opens[0])]
            if not len(before):
                break
    return np.unique(np.concatenate(found))
