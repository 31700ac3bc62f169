"""How long anybody can wait for a human, at worst: computed before a plan and a roster go live.

The chain itself is asked (`escalation.next_happenings`), with nobody ever acknowledging, from every moment that could
be the worst: who is called changes only where a shift begins or ends or duty hours open or close, so the worst starts
lie at those moments, or so much before them as the steps above take.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate

from sereno.engine.duty.escalation import Happening, Line, Reachable, due_at, line_of, next_happenings
from sereno.engine.duty.rota import Rota
from sereno.engine.plan.deadlines import duty_between
from sereno.engine.plan.model import AREA_OWNER, Degree, Plan

LONGEST_WALK = 64
"""Happenings of one walk: more than any chain has links."""
MOMENT = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Worst:
    """The longest waits of one degree, and the moments of arrival that bring them about."""

    degree: Degree
    area: str | None
    first_call: timedelta
    """Until the first human is called."""
    first_call_at: datetime
    last_link: timedelta
    """Until the last link of the chain is called, where nobody acknowledges before."""
    last_link_at: datetime
    off_duty: int
    """At so many of the moments looked at, nobody on duty was left in the whole chain: people off duty are called."""
    nobody_at: tuple[datetime, ...]
    """Moments at which not one human of the whole chain can be called. Empty: every chain ends in a person."""


def worst(plan: Plan, rota: Rota, degree: Degree, *, reachable: Reachable, area: str | None = None) -> Worst:
    """For posts of this degree that arrive while the rota runs; for an area where the chain calls its owner."""
    found = next((each for each in plan.areas if each.area == area), None)
    owner, deputy = (found.owner, found.deputy) if found else (None, None)
    first = plan.step_for(degree)

    def line(at: datetime) -> Line:
        return line_of(plan, first, at, area_owner=owner, area_deputy=deputy)

    longest_first, longest_last = (timedelta(-1), rota.start), (timedelta(-1), rota.start)
    off_duty, nobody = 0, []
    for at in _starts(plan, rota, line(rota.start)):
        walked = list(walk(line(at), rota, plan, reachable))
        called = [each for each in walked if each.what == "called"]
        if not called or any(each.what == "nobody" for each in walked):
            nobody.append(at)
        if called:
            longest_first = max(longest_first, (called[0].at - at, at), key=lambda pair: pair[0])
            longest_last = max(longest_last, (called[-1].at - at, at), key=lambda pair: pair[0])
            off_duty += called[0].how == "everybody"
    return Worst(degree, area, *longest_first, *longest_last, off_duty, tuple(nobody))


def worst_of_all(plan: Plan, rota: Rota, *, reachable: Reachable) -> tuple[Worst, ...]:
    """Each degree once; for every area where its chain calls the area's owner."""
    found = []
    for degree in ("red", "amber", "green", "none"):
        areas = [area.area for area in plan.areas] if _asks_owner(plan, degree) else [None]
        found += [worst(plan, rota, degree, reachable=reachable, area=area) for area in areas]
    return tuple(found)


def _asks_owner(plan: Plan, degree: Degree) -> bool:
    step = plan.step_for(degree)
    while True:
        if step.role == AREA_OWNER:
            return True
        if step.then is None:
            return False
        step = plan.step(step.then)


def walk(line: Line, rota: Rota, plan: Plan, reachable: Reachable) -> Iterator[Happening]:
    """What happens to a line that nobody ever acknowledges, once through."""
    happened: list[Happening] = []
    while len(happened) < LONGEST_WALK:
        due = due_at(line, happened, plan)
        if due is None or due > rota.end:
            return
        for each in next_happenings(line, happened, rota, plan, reachable, due):
            if each.round:
                return
            happened.append(each)
            yield each
        if happened and happened[-1].what == "nobody":
            return


def _starts(plan: Plan, rota: Rota, line: Line) -> list[datetime]:
    """Arrivals that can be the worst, within the rota's time less what the whole chain may take at most."""
    turns = {rota.start, *_turning_points(plan, rota, line)}
    before = [timedelta(), *accumulate(link.within for link in line.links)]
    candidates = {turn - wait + nudge for turn in turns for wait in before for nudge in (-MOMENT, timedelta(), MOMENT)}
    last = rota.end - timedelta(days=5)
    return sorted(at for at in candidates if rota.start <= at <= max(last, rota.start))


def _turning_points(plan: Plan, rota: Rota, line: Line) -> Iterable[datetime]:
    for link in line.links:
        yield from rota.changes(link.role)
        if link.deputy:
            yield from rota.changes(link.deputy)
    if any(not link.always for link in line.links):
        for opens, closes in duty_between(plan, rota.start, rota.end):
            yield opens
            yield closes
