"""How long anybody can wait for a human, at worst: computed before a plan and a roster go live.

For every moment of arrival that can be the worst (`waits.py`), nobody ever acknowledging. `walk` is the same for one
case, by the chain itself.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np

from sereno.engine.columns import Mask
from sereno.engine.duty.escalation import Happening, Line, Link, Reachable, due_at, line_of, next_happenings
from sereno.engine.duty.quiet import NOBODYS, Own, Quiet
from sereno.engine.duty.rota import Rota
from sereno.engine.duty.stretches import Stretch, union
from sereno.engine.duty.waits import Ground, decisive, microseconds, moment, waits
from sereno.engine.plan.duty_clock import Microseconds
from sereno.engine.plan.model import AREA_OWNER, Degree, Plan

LONGEST_WALK = 20_000
"""Happenings of one walk: more than any chain has, even where it calls again and again until the next link wakes."""
DEGREES: tuple[Degree, ...] = ("red", "amber", "green", "none")


@dataclass(frozen=True, slots=True)
class Worst:
    """The longest waits of one degree, and the moments of arrival that bring them about.

    Of arrivals whose whole chain passes while the rota runs; where there is none, all is zero.
    """

    degree: Degree
    areas: tuple[str, ...]
    """The areas that this holds for: those whose owner and deputy are the same. Empty: the chain calls no owner."""
    first_call: timedelta
    """Until the first human is called."""
    first_call_at: datetime
    last_link: timedelta
    """Until the last link of the chain is called, where nobody acknowledges before."""
    last_link_at: datetime
    off_duty: tuple[Stretch, ...]
    """Arrivals for which nobody on duty is left in the whole chain: people off duty are called."""
    nobody: tuple[Stretch, ...]
    """Arrivals for which not one human can be called at the end of the chain. Empty: every chain ends in a person."""
    by_name: str = ""
    """The role that a rule of this light calls by name. Empty: this is the chain of every other post."""
    beside: bool = False
    """The chain is called at the same time, and this is of the role by name alone. Else the chain waits behind it."""


def worst(
    plan: Plan, rota: Rota, degree: Degree, *, reachable: Reachable | None = None,
    changes: Iterable[datetime] = (), area: str | None = None,
) -> Worst:  # fmt: skip
    """For posts of this degree that arrive while the rota runs; for an area where the chain calls its owner.

    `reachable`: who can be called when, with the moments at which that changes; None: as the roster has it.
    """
    found = next((each for each in plan.areas if each.area == area), None)
    owner, deputy = (found.owner, found.deputy) if found else (None, None)
    links = _links(plan, rota, degree, owner, deputy)
    ground = Ground(plan, rota, reachable, changes) if reachable else _by_roster(plan, rota)(degree)
    return _worst(degree, (area,) if area else (), links, ground, rota)


def worst_of_all(
    plan: Plan, rota: Rota, *, reachable: Reachable | None = None, changes: Iterable[datetime] = (),
    own: Own = NOBODYS, uncallable: Collection[str] = (),
) -> tuple[Worst, ...]:  # fmt: skip
    """Each degree; where its chain calls the area's owner, once for all areas that share owner and deputy. Then, of
    each light, every role that a rule calls by name.

    `own`: people's own quiet hours, beside the roster's; `uncallable`: people without an account.
    Where `reachable` says who can be called, it says all.
    """
    ground = _given(Ground(plan, rota, reachable, changes)) if reachable else _by_roster(plan, rota, own, uncallable)
    found = []
    for degree in DEGREES:
        for (owner, deputy), areas in _owners(plan, degree).items():
            links = _links(plan, rota, degree, owner, deputy)
            found.append(_worst(degree, tuple(areas), links, ground(degree), rota))
    return (*found, *_by_name(plan, rota, ground))


def _links(
    plan: Plan, rota: Rota, degree: Degree, owner: str | None, deputy: str | None, *, by_name: str | None = None
) -> tuple[Link, ...]:
    first = plan.step_for(degree)
    return line_of(
        plan, first, rota.start, area_owner=owner, area_deputy=deputy, by_name=by_name, degree=degree
    ).links  # fmt: skip


def _by_name(plan: Plan, rota: Rota, ground: Callable[[Degree], Ground]) -> Iterator[Worst]:
    routes = dict.fromkeys((rule.light, rule.route.role, rule.route.chain) for rule in plan.lights if rule.route)
    for degree, role, chain in routes:
        for (owner, deputy), areas in _owners(plan, degree).items():
            links = _links(plan, rota, degree, owner, deputy, by_name=role)
            beside = chain == "also"
            covered = () if beside else tuple(areas)
            found = _worst(degree, covered, links[:1] if beside else links, ground(degree), rota)
            yield replace(found, by_name=role, beside=beside)
            if beside:
                break  # no owner is called in it: it is the same for all areas


def _given(ground: Ground) -> Callable[[Degree], Ground]:
    return lambda _degree: ground


def _by_roster(
    plan: Plan, rota: Rota, own: Own = NOBODYS, uncallable: Collection[str] = ()
) -> Callable[[Degree], Ground]:
    """Red, which bends quiet hours, stands on another ground than the rest."""
    quiet = Quiet(rota, own)
    bent = Ground(plan, rota, lambda person, at: person not in uncallable and quiet.reachable(person, at, "red"))
    kept = Ground(
        plan,
        rota,
        lambda person, at: person not in uncallable and quiet.reachable(person, at, "green"),
        quiet.changes(),
    )
    return lambda degree: bent if degree == "red" else kept


def _owners(plan: Plan, degree: Degree) -> dict[tuple[str | None, str | None], list[str]]:
    if not _asks_owner(plan, degree):
        return {(None, None): []}
    owners: dict[tuple[str | None, str | None], list[str]] = {}
    for area in plan.areas:
        owners.setdefault((area.owner, area.deputy), []).append(area.area)
    return owners


def _asks_owner(plan: Plan, degree: Degree) -> bool:
    step = plan.step_for(degree)
    while True:
        if step.role == AREA_OWNER:
            return True
        if step.then is None:
            return False
        step = plan.step(step.then)


def _worst(degree: Degree, areas: tuple[str, ...], links: Sequence[Link], ground: Ground, rota: Rota) -> Worst:
    came = waits(links, ground, decisive(links, ground, rota.start, rota.end))
    known = np.maximum(came.first, came.last) <= microseconds(rota.end)
    first = _longest(came.arrivals, came.first, known, rota)
    last = _longest(came.arrivals, came.last, known, rota)
    return Worst(
        degree,
        areas,
        *first,
        *last,
        _stretches(came.arrivals, came.off_duty & known, rota),
        _stretches(came.arrivals, came.nobody & known, rota),
    )


def _longest(arrivals: Microseconds, called: Microseconds, known: Mask, rota: Rota) -> tuple[timedelta, datetime]:
    rows = np.flatnonzero(known & (called >= 0))
    if not len(rows):
        return timedelta(), rota.start
    at = rows[np.argmax(called[rows] - arrivals[rows])]
    return timedelta(microseconds=int(called[at] - arrivals[at])), moment(arrivals[at])


def _stretches(arrivals: Microseconds, holds: Mask, rota: Rota) -> tuple[Stretch, ...]:
    """From each arrival at which it holds to the next one looked at: between them nothing changes."""
    until = np.append(arrivals[1:], microseconds(rota.end))
    joined = union((moment(arrivals[row]), moment(until[row])) for row in np.flatnonzero(holds))
    # an instant that stands alone is where duty time ends exactly with the day
    return tuple(each for each in joined if each[1] - each[0] > timedelta(microseconds=1))


def walk(line: Line, rota: Rota, plan: Plan, reachable: Reachable) -> Iterator[Happening]:
    """What happens to a line that nobody ever acknowledges, until its last link was called once."""
    happened: list[Happening] = []
    while len(happened) < LONGEST_WALK:
        due = due_at(line, happened, plan)
        if due is None or due > rota.end:
            return
        for each in next_happenings(line, happened, rota, plan, reachable, due):
            happened.append(each)
            yield each
        if happened and happened[-1].what in ("called", "nobody") and happened[-1].link == len(line.links) - 1:
            return
