"""Red cases by the hundred thousand, thrown at a plan and a roster, with workers that die and race each other.

Is anybody missed or called twice, and does anybody wait longer than the proof said? The chain is the real one
(`escalation.py`). Around it stands what a desk has: a store that keeps each happening under its number, once; workers
that take due lines, decide, store, send what is to be sent, and may die between any two of these; a second worker that
decided on the same line from an older view and stores later; a receiver that knows a message by its key; and people who
acknowledge, or do not. Randomness comes from a seed, time from the simulation.

The measure can fail: without the store's unique numbers (`Habits.unique=False`) people are called twice, and a test
says so.
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
    races: float = 0.05
    """Probability that a second worker decides on the same line from the view that the first one had."""
    unique: bool = True
    """False: the store keeps a number twice. Only to show what its uniqueness is for."""


@dataclass(slots=True)
class Outcome:
    """What came of the cases."""

    cases: int = 0
    acknowledged: int = 0
    calls: int = 0
    deaths: int = 0
    races: int = 0
    """So often a second worker came too late and was refused."""
    resent: int = 0
    """Messages that went out again with the same key, as a worker died between sending and noting it."""
    missed: list[datetime] = field(default_factory=list)
    """Arrivals of cases that nobody was ever called for, or that never came to an end."""
    doubled: int = 0
    """Calls of the same person at the same link in the same round under another key: a second page for one thing."""
    late: list[tuple[datetime, timedelta]] = field(default_factory=list)
    """Arrivals with a call later than the proof allows, and how long it took."""
    longest_first_call: timedelta = timedelta()
    """This and the next without what the worker was behind."""
    longest_last_link: timedelta = timedelta()
    by_link: Counter[int] = field(default_factory=Counter)
    """At which link of the chain a case was acknowledged."""


@dataclass(slots=True)
class _Store:
    """What survives a death: happenings under their numbers, and which messages are noted as sent."""

    unique: bool
    happened: list[Happening] = field(default_factory=list)
    behind: dict[int, timedelta] = field(default_factory=dict)
    """For how long, in all, workers had been late with what was due when a number was stored."""
    noted: set[tuple[int, str]] = field(default_factory=set)
    inbox: Counter[tuple[int, str]] = field(default_factory=Counter)
    """The receiver's: how often each key came."""

    def keep(self, number: int, decided: Sequence[Happening], behind: timedelta) -> bool:
        """All of them, or none where the first number is taken: another worker was here."""
        if self.unique and number < len(self.happened):
            return False
        for each in decided:
            self.behind[len(self.happened)] = behind
            self.happened.append(each)
        return True


def simulate(
    plan: Plan, rota: Rota, arrivals: Sequence[datetime], *, bound: Worst, habits: Habits, seed: int
) -> Outcome:
    """Let red cases arrive at these moments. A call later than the bound and what the worker was behind is late."""
    random, outcome = Random(seed), Outcome()  # noqa: S311 — nothing secret: it must come out the same again
    first = plan.step_for("red")
    for at in arrivals:
        _case(line_of(plan, first, at, area_owner=None), rota, plan, bound, habits, random, outcome)
    return outcome


def _case(line: Line, rota: Rota, plan: Plan, bound: Worst, habits: Habits, random: Random, outcome: Outcome) -> None:
    store, now, behind = _Store(habits.unique), line.starts_at, timedelta()
    away = {p.person for p in rota.roster.people if random.random() < habits.unreachable}
    reachable = _all_but(away)
    outcome.cases += 1
    for _look in range(ROUNDS):
        due = due_at(line, store.happened, plan)
        if due is None:
            break
        now = max(now, due)
        before = len(store.happened)
        pause = _act(line, store, rota, plan, reachable, now, behind + (now - due), habits, random, outcome)
        if len(store.happened) > before:
            behind += now - due
        _people_answer(store, habits, random)
        now += pause + ROUND
    # the last life sends what the one before it could not
    _send(store, habits, random, outcome, mortal=False)
    _tell(line, store, bound, outcome)


def _act(
    line: Line, store: _Store, rota: Rota, plan: Plan, reachable: Reachable, now: datetime, behind: timedelta,
    habits: Habits, random: Random, outcome: Outcome,
) -> timedelta:  # fmt: skip
    """One look of a worker: decide, store, send; it may die after each. How long it then lay dead."""
    if _dies(habits, random, outcome):  # before anything was decided
        return _pause(random)
    number = len(store.happened)
    decided = next_happenings(line, store.happened, rota, plan, reachable, now)
    if _dies(habits, random, outcome):  # decided, not stored: as if it had never been
        return _pause(random)
    store.keep(number, decided, behind)
    if decided and random.random() < habits.races:
        outcome.races += not store.keep(number, decided, behind)
    if _dies(habits, random, outcome):  # stored, not sent: the rows are there, the next life sends
        return _pause(random)
    return _pause(random) if _send(store, habits, random, outcome) else timedelta()


def _all_but(away: set[str]) -> Reachable:
    return lambda person, _at: person not in away


def _dies(habits: Habits, random: Random, outcome: Outcome) -> bool:
    dead = random.random() < habits.dies
    outcome.deaths += dead
    return dead


def _pause(random: Random) -> timedelta:
    shortest, longest = AWAY
    return shortest + (longest - shortest) * random.random()


def _send(store: _Store, habits: Habits, random: Random, outcome: Outcome, *, mortal: bool = True) -> bool:
    """Send what is not noted as sent. The key of a message is its happening's number and the person. True: it died
    between sending and noting."""
    for number, each in enumerate(store.happened):
        for person in each.people if each.what == "called" else ():
            key = number, person
            if key in store.noted:
                continue
            store.inbox[key] += 1
            if mortal and _dies(habits, random, outcome):
                return True
            store.noted.add(key)
    return False


def _people_answer(store: _Store, habits: Habits, random: Random) -> None:
    last = store.happened[-1] if store.happened else None
    if last is None or last.what != "called" or last.acknowledge_by is None:
        return
    answering = [person for person in last.people if random.random() < habits.answers]
    if answering:
        moment = last.at + (last.acknowledge_by - last.at) * random.random()
        store.happened.append(acknowledge(store.happened, by=random.choice(answering), at=moment))


def _tell(line: Line, store: _Store, bound: Worst, outcome: Outcome) -> None:
    calls = [(number, each) for number, each in enumerate(store.happened) if each.what == "called"]
    called = [each for _number, each in calls]
    acknowledged = any(each.what == "acknowledged" for each in store.happened)
    outcome.acknowledged += acknowledged
    outcome.calls += len(store.inbox)
    outcome.resent += sum(count - 1 for count in store.inbox.values())
    pages = Counter((store.happened[number].link, store.happened[number].round, who) for number, who in store.inbox)
    outcome.doubled += sum(count - 1 for count in pages.values())
    if not called or not acknowledged:
        outcome.missed.append(line.starts_at)
        return
    outcome.by_link[called[-1].link] += 1
    waits = [(each, each.at - line.starts_at - store.behind[number]) for number, each in calls]
    first = waits[0][1]
    at_last = [wait for each, wait in waits if each.link == len(line.links) - 1 and not each.round]
    end = max(at_last, default=timedelta())
    outcome.longest_first_call = max(outcome.longest_first_call, first)
    outcome.longest_last_link = max(outcome.longest_last_link, end)
    if first > bound.first_call or end > bound.last_link:
        outcome.late.append((line.starts_at, max(first, end)))
