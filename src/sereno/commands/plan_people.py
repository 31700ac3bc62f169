"""The people whom a roster puts behind the roles of `sereno plan who`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sereno.engine.duty.roster import Roster
from sereno.engine.duty.rota import Rota
from sereno.engine.messages import phrase
from sereno.engine.plan.who import Call, Who

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Called:
    """Who is called at one step."""

    names: tuple[str, ...]
    """Empty: nobody stands there, the next step is called at once."""
    how: str
    """on_duty, deputy, nobody."""

    def told(self, language: str) -> str:
        if not self.names:
            return phrase("who-people-nobody", language)
        key = "who-people-deputy" if self.how == "deputy" else "who-people-on-duty"
        return phrase(key, language, people=", ".join(self.names))


def people_of(answer: Who, roster: Roster) -> list[Called]:
    """For each call of the chain, in its order, who stands there at the hour of the call."""
    last = max((call.called_at for call in answer.calls), default=answer.at)
    rota = Rota(roster, answer.at - DAY, last + DAY)
    return [_called(call, rota, answer) for call in answer.calls]


def _called(call: Call, rota: Rota, answer: Who) -> Called:
    for role, how in ((call.role, "on_duty"), (call.deputy, "deputy")):
        if role is None:
            continue
        fitting = rota.on(role, call.called_at, network=answer.network, language=answer.language)
        people = fitting or rota.on(role, call.called_at)
        if people:
            return Called(tuple(rota.roster.person(person).name for person in people), how)
    return Called((), "nobody")
