"""Red cases by the hundred thousand, thrown at a plan and a roster, with a worker that dies.

Is anybody missed or called twice, and does anybody wait longer than the proof said? The chain is the real one
(`escalation.py`). Around it stands what a desk has: a store that keeps each happening under its number, once; a worker
that takes due lines, decides, stores, hands over what is to be sent, and may die between any two of these; and people
who acknowledge, or do not. Randomness comes from a seed, time from the simulation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from sereno.engine.duty.escalation import Happening, Line, Reachable, acknowledge, due_at, line_of, next_happenings
from sereno.engine.duty.proof import Worst
from sereno.engine.duty.rota import Rota
from sereno.engine.plan.model import Plan

ROUND = timedelta(seconds=5)
"""The worker looks this often; a worker that died is back after `AWAY`."""
AWAY = (timedelta(seconds=5), timedelta(minutes=5))
ROUNDS = 400
"""A case that so many looks do not bring to an end is reported as missed."""


@dataclass(frozen=True, slots=True)
class Habits:
    """How people and machines behave."""

    answers: float = 0.6
    """Probability that somebody who is called acknowledges in time."""
    dies: float = 0.05
    """Probability that the worker dies at each of the points at which it can."""
    unreachable: float = 0.02
    """Probability that a person cannot be reached for the whole of a case."""


@dataclass(slots=True)
class Outcome:
    """What came of the cases."""

    cases: int = 0
    acknowledged: int = 0
    calls: int = 0
    deaths: int = 0
    missed: list[datetime] = field(default_factory=list)
    """Arrivals of cases that nobody was ever called for, or that never came to an end."""
    doubled: int = 0
    """Calls that were stored, or handed over as new, twice."""
    late: list[tuple[datetime, timedelta]] = field(default_factory=list)
    """Arrivals with a first call later than the proof allows, and how long it took."""
    longest_first_call: timedelta = timedelta()
    by_link: Counter[int] = field(default_factory=Counter)
    """At which link of the chain a case was acknowledged."""


@dataclass(slots=True)
class _Store:
    """What survives a death: happenings under their numbers, and what was handed over for sending."""

    happened: list[Happening] = field(default_factory=list)
    sent: Counter[tuple[int, str]] = field(default_factory=Counter)

    def keep(self, number: int, each: Happening) -> bool:
        """False where the number is taken: another worker, or this one in its life before, was here."""
        if number < len(self.happened):
            return False
        self.happened.append(each)
        return True


def simulate(
    plan: Plan, rota: Rota, arrivals: Sequence[datetime], *, bound: Worst, habits: Habits, seed: int
) -> Outcome:
    """Let red cases arrive at these moments. A first call later than the bound, deaths of the worker added, is late."""
    random, outcome = Random(seed), Outcome()  # noqa: S311 — nothing secret: it must come out the same again
    first = plan.step_for("red")
    for at in arrivals:
        _case(line_of(plan, first, at, area_owner=None), rota, plan, bound, habits, random, outcome)
    return outcome


def _case(line: Line, rota: Rota, plan: Plan, bound: Worst, habits: Habits, random: Random, outcome: Outcome) -> None:
    store, now, delays = _Store(), line.starts_at, timedelta()
    away = {p.person for p in rota.roster.people if random.random() < habits.unreachable}
    reachable = _all_but(away)
    outcome.cases += 1
    for _look in range(ROUNDS):
        due = due_at(line, store.happened, plan)
        if due is None:
            break
        now = max(now, due)
        if _dies(habits, random, outcome):  # before anything was decided
            pause = _pause(random)
            now, delays = now + pause, delays + pause
            continue
        decided = next_happenings(line, store.happened, rota, plan, reachable, now)
        if _dies(habits, random, outcome):  # decided, not stored: as if it had never been
            pause = _pause(random)
            now, delays = now + pause, delays + pause
            continue
        number = len(store.happened)
        for offset, each in enumerate(decided):
            if not store.keep(number + offset, each):
                outcome.doubled += 1
        if _dies(habits, random, outcome):  # stored, not handed over: the outbox rows are there, the next life sends
            pause = _pause(random)
            now, delays = now + pause, delays + pause
        _hand_over(store, outcome)
        _people_answer(store, habits, random)
        now += ROUND
    _tell(line, store, delays, bound, outcome)


def _all_but(away: set[str]) -> Reachable:
    return lambda person, _at: person not in away


def _dies(habits: Habits, random: Random, outcome: Outcome) -> bool:
    dead = random.random() < habits.dies
    outcome.deaths += dead
    return dead


def _pause(random: Random) -> timedelta:
    shortest, longest = AWAY
    return shortest + (longest - shortest) * random.random()


def _hand_over(store: _Store, outcome: Outcome) -> None:
    """Send what is stored and not sent. The key of a message is its happening's number and the person."""
    for number, each in enumerate(store.happened):
        for person in each.people if each.what == "called" else ():
            if not store.sent[number, person]:
                store.sent[number, person] += 1
                outcome.calls += 1


def _people_answer(store: _Store, habits: Habits, random: Random) -> None:
    last = store.happened[-1] if store.happened else None
    if last is None or last.what != "called" or last.acknowledge_by is None:
        return
    answering = [person for person in last.people if random.random() < habits.answers]
    if answering:
        moment = last.at + (last.acknowledge_by - last.at) * random.random()
        store.happened.append(acknowledge(store.happened, by=random.choice(answering), at=moment))


def _tell(line: Line, store: _Store, delays: timedelta, bound: Worst, outcome: Outcome) -> None:
    called = [each for each in store.happened if each.what == "called"]
    acknowledged = any(each.what == "acknowledged" for each in store.happened)
    outcome.acknowledged += acknowledged
    if not called or not acknowledged:
        outcome.missed.append(line.starts_at)
        return
    outcome.by_link[called[-1].link] += 1
    waited = called[0].at - line.starts_at
    outcome.longest_first_call = max(outcome.longest_first_call, waited)
    if waited > bound.first_call + delays + ROUND:
        outcome.late.append((line.starts_at, waited))
    outcome.doubled += sum(count - 1 for count in store.sent.values() if count > 1)
