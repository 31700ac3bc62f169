"""Between the rows of a line and the engine's values; and which lines a case calls for. Reads; writes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, cast

from sereno.desk.cases.called import roles_in
from sereno.desk.cases.models import Case
from sereno.desk.duty.models import CHAIN, Line, LineHappening
from sereno.engine.duty import escalation
from sereno.engine.duty.escalation import Happening, How, Link, What, line_of
from sereno.engine.judge import entry_step
from sereno.engine.plan.model import Degree, Plan, Step


def degree_of(case: Case) -> Degree:
    return cast(Degree, case.light or "none")


def wanted_lines(case: Case, plan: Plan, at: datetime) -> dict[str, escalation.Line]:
    """By name: the chain, and each role that rules call by name. Where the chain waits for the first of these, it is
    one line, with that role in front."""
    called = roles_in(case.called)
    front = called[0] if case.chain_waits and called else None
    area = next((area for area in plan.areas if area.area == case.area), None) or plan.area_for(case.topic)
    first = _first_step(case, plan)
    owner = area.owner if area else None
    chain = line_of(
        plan, first, at, area_owner=owner, area_deputy=area.deputy if area else None,
        by_name=front, network=case.network or None, language=case.language or None, degree=degree_of(case),
    )  # fmt: skip
    lines = {CHAIN: chain}
    for role in called:
        if role != front:
            whole = line_of(
                plan, first, at, area_owner=owner, by_name=role, network=chain.network, language=chain.language,
                degree=degree_of(case),
            )  # fmt: skip
            # the chain is called beside it: behind the role stands nobody but its deputy
            lines[role] = escalation.Line(whole.links[:1], at, chain.network, chain.language, whole.patient)
    return lines


def _first_step(case: Case, plan: Plan) -> Step:
    known = {step.step: step for step in plan.chain}
    return known.get(case.step) or entry_step(plan, degree_of(case), case.language)


# -- rows and values --------------------------------------------------------------------------------------------------


def written_links(links: Iterable[Link]) -> list[dict[str, Any]]:
    return [{**asdict(link), "within": link.within.total_seconds()} for link in links]


def read_links(stored: Iterable[dict[str, Any]]) -> tuple[Link, ...]:
    return tuple(Link(**{**link, "within": timedelta(seconds=link["within"])}) for link in stored)


def as_line(row: Line) -> escalation.Line:
    links = read_links(row.links)
    patient = row.degree in ("none", "green") and not any(link.always for link in links)
    return escalation.Line(links, row.starts_at, row.network or None, row.language or None, patient)


def as_happening(row: LineHappening) -> Happening:
    return Happening(
        what=cast(What, row.what), at=row.at, link=row.link, people=tuple(row.people),
        acknowledge_by=row.acknowledge_by, how=cast("How | None", row.how or None), round=row.round,
        by=str(row.by_id) if row.by_id else None, reason=row.reason,
    )  # fmt: skip


def happened_to(row: Line) -> list[Happening]:
    return [as_happening(each) for each in row.happenings.order_by("number")]
