"""Whose turn a case is after somebody passed it on, and by when: the case says what its chain and its message say."""

from __future__ import annotations

from datetime import datetime

from sereno.desk.cases.models import Case
from sereno.desk.duty.chains import happened_to, read_links
from sereno.desk.duty.models import CHAIN, Line
from sereno.desk.plans.queries import plan_of
from sereno.engine.duty.escalation import standing
from sereno.engine.plan.deadlines import add_duty_time
from sereno.engine.plan.who import BY_NAME

TURN = ("step", "role", "chain_waits", "acknowledge_by")


def stands_where_its_chain_does(case: Case, line: Line) -> None:
    """The step of the chain that is called now has the turn. The caller saves `TURN`."""
    if line.name != CHAIN:
        return
    stands = standing(happened_to(line))
    link = read_links(line.links)[stands.link]
    case.role, case.chain_waits = link.role, link.step == BY_NAME
    if link.step != BY_NAME:
        case.step = link.step
    case.acknowledge_by = acknowledge_by(line) or case.acknowledge_by


def acknowledge_by(line: Line) -> datetime | None:
    """By when somebody should say that they have it, as the message says that calls them. Of a step that sleeps until
    its duty hours: counted from when it is called. None: nobody waits any more."""
    stands = standing(happened_to(line))
    if stands.over or line.due_at is None:
        return None
    if stands.waits_until is not None:
        return stands.waits_until
    link = read_links(line.links)[stands.link]
    if link.always:
        return line.due_at + link.within
    return add_duty_time(line.due_at, link.within, plan_of(line.plan_version))
