"""The people whom a roster puts behind the roles of `sereno plan who`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from sereno.engine.duty.escalation import Happening, Line, Link
from sereno.engine.duty.proof import walk
from sereno.engine.duty.quiet import Quiet
from sereno.engine.duty.roster import Roster
from sereno.engine.duty.rota import Rota
from sereno.engine.messages import phrase
from sereno.engine.plan.deadlines import can_wait
from sereno.engine.plan.model import Degree, Plan
from sereno.engine.plan.who import BY_NAME, Call, Who

DAY = timedelta(days=1)
LATER = timedelta(weeks=2)
"""Where a step sleeps, the one before it is called again and again until it wakes."""


@dataclass(frozen=True, slots=True)
class Called:
    """Who is called at one step."""

    names: tuple[str, ...]
    """Empty: nobody stands there, the next step is called at once."""
    how: str
    """on_duty, deputy, everybody, nobody."""

    def told(self, language: str) -> str:
        if not self.names:
            return phrase("who-people-nobody", language)
        key = f"who-people-{self.how.replace('_', '-')}"
        return phrase(key, language, people=", ".join(self.names))


def with_people(answer: Who, roster: Roster, plan: Plan, *, waits: bool) -> tuple[Who, list[Called]]:
    """The chain by the roster, walked as a case walks it: where nobody stands, the next step is called at once.

    `waits`: the chain waits for the role that is called by name. Quiet hours count, as in `sereno duty proof`.
    """
    last = max((call.called_at for call in answer.calls), default=answer.at)
    rota = Rota(roster, answer.at - DAY, last + LATER)
    quiet = Quiet(rota)
    chain = [call for call in answer.calls if call.step != BY_NAME]
    links = [_link(call, plan, answer.degree, first=chain[0]) for call in answer.calls]
    apart = 1 if answer.calls[0].step == BY_NAME and not waits else 0
    met: list[Happening | None] = []
    for part in filter(None, (links[:apart], links[apart:])):
        line = Line(tuple(part), answer.at, answer.network, answer.language, can_wait(plan, answer.degree))
        found: dict[int, Happening] = {}
        for each in walk(line, rota, plan, lambda person, at: quiet.reachable(person, at, answer.degree)):
            found.setdefault(each.link, each)
        met += [found.get(place) for place in range(len(part))]
    calls = [_at(call, each) for call, each in zip(answer.calls, met, strict=True)]
    return replace(answer, calls=tuple(calls)), [_called(each, roster) for each in met]


def _link(call: Call, plan: Plan, degree: Degree, *, first: Call) -> Link:
    """The link of the case's line that this call is; a role by name has the time of the chain's first step."""
    step = plan.step(first.step if call.step == BY_NAME else call.step)
    always = call.step == BY_NAME or (step.clock == "always" and not can_wait(plan, degree))
    return Link(call.step, call.role, step.acknowledge_within, always, call.deputy)


def _at(call: Call, each: Happening | None) -> Call:
    return call if each is None else replace(call, called_at=each.at, acknowledge_by=each.acknowledge_by or each.at)


def _called(each: Happening | None, roster: Roster) -> Called:
    if each is None or each.what != "called":
        return Called((), "nobody")
    return Called(tuple(roster.person(person).name for person in each.people), each.how or "on_duty")
