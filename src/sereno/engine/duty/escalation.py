"""One case on its way up the decision chain: what has happened, and what is due next. Nothing is done here.

    line (a snapshot of the chain) + what happened + rota + now  →  what happens next

A case takes a snapshot of the chain that governs it, so that a new plan does not move people about in the middle of the
night. Happenings are numbered and only ever appended; whoever carries them out stores each under its number, once. The
worker may die at any point: what was not stored has not happened, and is due again.

How a link is called
1. Whoever stands in its role, for this network and language; else whoever stands in it at all.
2. Nobody there, or nobody who can be reached: the role's deputy, in the same way.
3. Nobody there either: the next link, at once; it is told who was missing.
4. At the last link: everybody of the role, and of its deputy, on duty or not. A chain never ends in nobody as long as
   one of them can be reached; where nobody can, that is told loudly, again and again.

A link with the clock `duty` is called in duty hours, or when they begin; for green and no light every link is, unless
their target's clock is `always`: nobody is called at night for what can wait. Nobody acknowledged in time: the next
link; at the last one: again, round after round, and each round more widely.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from sereno.engine.duty.rota import Rota
from sereno.engine.judge import role_of
from sereno.engine.plan.deadlines import add_duty_time, can_wait, next_duty, on_duty
from sereno.engine.plan.model import Degree, Plan, Step
from sereno.engine.plan.who import BY_NAME

SHORTEST = timedelta(minutes=1)
RAREST = 5
"""Doublings: what can wait and was called every 10 minutes is called again after 10, 20, 40, … 320 minutes."""

Reachable = Callable[[str, datetime], bool]
"""Whether a person has an account and a way to be reached at this moment (quiet hours, leave of the account)."""


@dataclass(frozen=True, slots=True)
class Link:
    """One step of the chain as it was when the case entered it."""

    step: str
    role: str
    within: timedelta
    always: bool
    deputy: str | None = None

    @property
    def roles(self) -> tuple[str, ...]:
        """The role, and whoever stands in for it."""
        return (self.role, self.deputy) if self.deputy else (self.role,)


@dataclass(frozen=True, slots=True)
class Line:
    """One way up: the case's chain, or that of a role which a rule called by name."""

    links: tuple[Link, ...]
    starts_at: datetime
    network: str | None = None
    language: str | None = None
    patient: bool = False
    """It can wait: who was called in vain at its end is called again ever more rarely."""


How = Literal["on_duty", "deputy", "everybody", "owner"]
"""owner: whoever has the case is asked alone, before the link is called."""
What = Literal["called", "passed", "nobody", "acknowledged", "handed_back", "escalated", "lowered", "stopped"]


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened to a line; its number is its place in the order.

    called: people were called at a link · passed: nobody was there, the next link is called · nobody: nobody of the
    whole line can be reached · acknowledged, handed_back, escalated, lowered: a person did it · stopped: not needed.
    """

    what: What
    at: datetime
    link: int
    people: tuple[str, ...] = ()
    acknowledge_by: datetime | None = None
    how: How | None = None
    round: int = 0
    """How often the end of the line was called before."""
    by: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a line stands after all that happened."""

    link: int = 0
    round: int = 0
    waits_until: datetime | None = None
    """Then the next is called; None: not called yet."""
    people: tuple[str, ...] = ()
    over: bool = False
    """Acknowledged or stopped: nobody more is called."""
    alone: bool = False
    """Only whoever has the case was asked; the link itself is called after them."""


def line_of(
    plan: Plan, first: Step, at: datetime, *, area_owner: str | None, area_deputy: str | None = None,
    by_name: str | None = None, network: str | None = None, language: str | None = None,
    degree: Degree | None = None,
) -> Line:  # fmt: skip
    """The chain from `first` on, as it stands now. `by_name`: a role that a rule calls before it. `degree`: of the
    case; where it can wait, the whole chain keeps to duty hours."""
    links = []
    if by_name is not None:
        links.append(Link(BY_NAME, by_name, _within(first), True, _deputy(plan, by_name)))
    step: Step | None = first
    while step is not None:
        role = role_of(step, area_owner)
        deputy = area_deputy if step.role == "area_owner" and area_deputy else _deputy(plan, role)
        links.append(Link(step.step, role, _within(step), step.clock == "always", deputy))
        step = plan.step(step.then) if step.then else None
    patient = degree is not None and can_wait(plan, degree)
    if patient:
        links = [replace(link, always=False) for link in links]
    return Line(_each_role_once_in_a_row(links), at, network, language, patient)


def _each_role_once_in_a_row(links: Sequence[Link]) -> tuple[Link, ...]:
    """An area may be owned by the very role that stands at the next step (the head of care owns what is nobody else's):
    that is one link, which is called once and then goes up. A step that is called at other hours stays."""
    kept: list[Link] = []
    for link in links:
        if kept and (kept[-1].role, kept[-1].always) == (link.role, link.always):
            kept[-1] = replace(kept[-1], deputy=kept[-1].deputy or link.deputy)
        else:
            kept.append(link)
    return tuple(kept)


def _within(step: Step) -> timedelta:
    """Nobody acknowledges in no time at all, and nobody is called again and again within a moment."""
    return max(step.acknowledge_within, SHORTEST)


def _deputy(plan: Plan, role: str) -> str | None:
    return next((each.deputy for each in plan.roles if each.role == role), None)


def standing(happened: Sequence[Happening]) -> Standing:
    """What the happenings come to."""
    now = Standing()
    for each in happened:
        if each.what == "called":
            now = Standing(each.link, each.round, each.acknowledge_by, each.people, alone=each.how == "owner")
        elif each.what == "passed":
            now = Standing(each.link + (each.how != "owner"), each.round, None, now.people)
        elif each.what == "nobody":
            now = Standing(each.link, each.round, each.acknowledge_by)
        elif each.what in ("acknowledged", "stopped"):
            now = replace(now, over=True, waits_until=None)
        else:  # handed back, escalated, lowered: the link that it names is called anew
            now = Standing(each.link, 0, None)
    return now


def due_at(line: Line, happened: Sequence[Happening], plan: Plan) -> datetime | None:
    """When the next thing happens; None where nothing will."""
    now = standing(happened)
    if now.over:
        return None
    if now.waits_until is not None:
        # time is up as the desk closes, and the next sleeps as well: nobody is called until one of them wakes
        here = _callable_from(line.links[now.link], now.waits_until, plan)
        onward = line.links[min(now.link + 1, len(line.links) - 1)]
        return min(here, _callable_from(onward, now.waits_until, plan))
    return _callable_from(line.links[now.link], happened[-1].at if happened else line.starts_at, plan)


def _callable_from(link: Link, moment: datetime, plan: Plan) -> datetime:
    """Duty links are called in duty hours."""
    return moment if link.always or on_duty(moment, plan) else next_duty(moment, plan)


def next_happenings(
    line: Line, happened: Sequence[Happening], rota: Rota, plan: Plan, reachable: Reachable, now: datetime
) -> tuple[Happening, ...]:
    """What happens now, in order; empty where nothing is due. To be stored before anybody is told."""
    due = due_at(line, happened, plan)
    if due is None or due > now:
        return ()
    stands = standing(happened)
    if stands.waits_until is None:
        return _call(line, stands.link, stands.round, rota, plan, reachable, now)
    if stands.alone:
        return _call(line, stands.link, 0, rota, plan, reachable, now)
    if stands.link + 1 < len(line.links):
        onward = line.links[stands.link + 1]
        if _callable_from(onward, now, plan) > now:
            # the next link sleeps until its duty hours: whoever was called is called again
            return _call(line, stands.link, stands.round + 1, rota, plan, reachable, now)
        return _call(line, stands.link + 1, 0, rota, plan, reachable, now)
    return _call(line, stands.link, stands.round + 1, rota, plan, reachable, now)


def _call(
    line: Line, place: int, turn: int, rota: Rota, plan: Plan, reachable: Reachable, now: datetime
) -> tuple[Happening, ...]:
    """Call this link; where nobody is there, the next; at the end, everybody."""
    passed: list[Happening] = []
    while True:
        link = line.links[place]
        last = place == len(line.links) - 1
        people, how = _people(link, line, rota, reachable, now, everybody=last and turn > 0)
        if not people and last:
            people, how = _everybody(line, rota, reachable, now), "everybody"
        rarer = 1 << min(turn, RAREST) if line.patient else 1
        if people:
            return (*passed, Happening("called", now, place, people, _limit(link, now, plan, rarer), how, turn))
        if last:
            return (*passed, Happening("nobody", now, place, (), _limit(link, now, plan, rarer), None, turn))
        passed.append(Happening("passed", now, place, reason=f"nobody stands in {link.role}", round=0))
        place, turn = place + 1, 0
        if _callable_from(line.links[place], now, plan) > now:
            return tuple(passed)


def _people(
    link: Link, line: Line, rota: Rota, reachable: Reachable, now: datetime, *, everybody: bool
) -> tuple[tuple[str, ...], How]:
    if everybody:
        return _holders(link.roles, rota, reachable, now), "everybody"
    for role in link.roles:
        fitting = rota.on(role, now, network=line.network, language=line.language)
        for there in (fitting, rota.on(role, now)):
            people = tuple(person for person in there if reachable(person, now))
            if people:
                return people, "on_duty" if role == link.role else "deputy"
    return (), "on_duty"


def _holders(roles: Sequence[str], rota: Rota, reachable: Reachable, now: datetime) -> tuple[str, ...]:
    """Whoever holds one of these roles, on duty or not; people on leave only where nobody else is left."""
    held = dict.fromkeys(p.person for role in roles for p in rota.roster.in_role(role) if reachable(p.person, now))
    return tuple(person for person in held if not rota.away(person, now)) or tuple(held)


def _everybody(line: Line, rota: Rota, reachable: Reachable, now: datetime) -> tuple[str, ...]:
    """Everybody of the last link, else of the link before it, and so on: on duty or not."""
    for link in reversed(line.links):
        people = _holders(link.roles, rota, reachable, now)
        if people:
            return people
    return ()


def _limit(link: Link, called_at: datetime, plan: Plan, times: int = 1) -> datetime:
    within = link.within * times
    return called_at + within if link.always else add_duty_time(called_at, within, plan)


def ask_owner(
    line: Line, happened: Sequence[Happening], plan: Plan, *, people: tuple[str, ...], at: datetime, reason: str
) -> Happening:
    """Whoever has the case is asked first, and has the link's time; then the link is called. `people`: their name in
    the roster, where they have one."""
    place = standing(happened).link
    return Happening("called", at, place, people, _limit(line.links[place], at, plan), "owner", reason=reason)


def pass_on(
    line: Line, happened: Sequence[Happening], rota: Rota, plan: Plan, reachable: Reachable, now: datetime, *,
    reason: str,
) -> tuple[Happening, ...]:  # fmt: skip
    """Nobody of those who were called hears it: the next link is called at once. Empty at the last: its next round
    comes. Where the next sleeps until its duty hours, everybody else of this link is called meanwhile."""
    stands = standing(happened)
    if stands.alone:
        return (Happening("passed", now, stands.link, how="owner", reason=reason),)
    if stands.link + 1 >= len(line.links):
        return ()
    if _callable_from(line.links[stands.link + 1], now, plan) <= now:
        return (Happening("passed", now, stands.link, reason=reason),)
    link, turn = line.links[stands.link], stands.round + 1
    here = [each for each in happened if each.what == "called" and each.link == stands.link]
    in_vain = {person for each in here for person in each.people}
    others = _holders(link.roles, rota, lambda person, at: person not in in_vain and reachable(person, at), now)
    if others:
        return (Happening("called", now, stands.link, others, _limit(link, now, plan), "everybody", turn),)
    return (Happening("nobody", now, stands.link, (), _limit(link, now, plan), None, turn),)


def acknowledge(happened: Sequence[Happening], *, by: str, at: datetime) -> Happening:
    """Somebody has it: nobody more is called."""
    return Happening("acknowledged", at, standing(happened).link, by=by)


def hand_back(happened: Sequence[Happening], *, by: str, at: datetime, reason: str) -> Happening:
    """Whoever had it gives it back: the same link is called anew."""
    return Happening("handed_back", at, standing(happened).link, by=by, reason=reason)


def escalate(line: Line, happened: Sequence[Happening], *, by: str, at: datetime, reason: str) -> Happening:
    """Up to the next link, at once. Raises ValueError at the end of the line."""
    place = standing(happened).link + 1
    if place >= len(line.links):
        raise ValueError(f"'{line.links[-1].step}' is the last step of the chain; nobody stands above it")
    return Happening("escalated", at, place, by=by, reason=reason)


def lower(line: Line, happened: Sequence[Happening], *, by: str, at: datetime, reason: str) -> Happening:
    """Down to the link before, at once. Raises ValueError at the beginning of the line."""
    place = standing(happened).link - 1
    if place < 0:
        raise ValueError(f"'{line.links[0].step}' is the first step of the chain; nobody stands below it")
    return Happening("lowered", at, place, by=by, reason=reason)


def stop(happened: Sequence[Happening], *, at: datetime, reason: str) -> Happening:
    """It is no longer needed: answered, closed, or another line took over."""
    return Happening("stopped", at, standing(happened).link, reason=reason)
