"""The committee, the scenarios and their drills."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sereno.engine.plan.check.issue import Issue, error, nearby, warning
from sereno.engine.plan.model import Committee, Plan, write_duration
from sereno.engine.plan.nodes import Path

FIRST_HOUR = timedelta(hours=1)
_A_YEAR = timedelta(days=366)


def committee(plan: Plan) -> Iterator[Issue]:
    if plan.committee is None:
        yield warning((), "committee-missing")
        return
    members = plan.committee.members
    for index, member in enumerate(members):
        if member in members[:index]:
            yield error(("committee", "members", index), "member-twice", role=member)
    if plan.committee.quorum > len(set(members)):
        where: Path = ("committee", "quorum")
        yield error(where, "quorum-too-large", quorum=plan.committee.quorum, members=len(set(members)))
    yield from _stand_ins(plan, plan.committee)


def _stand_ins(plan: Plan, committee: Committee) -> Iterator[Issue]:
    deputy = {role.role: role.deputy for role in plan.roles}
    index = {role.role: number for number, role in enumerate(plan.roles)}
    for member in dict.fromkeys(committee.members):
        stands_in = deputy.get(member)
        if stands_in is not None and stands_in in committee.members and stands_in != member:
            where: Path = ("roles", index[member], "deputy")
            yield warning(where, "deputy-is-member", role=member, deputy=stands_in)
    speaker = committee.spokesperson
    if speaker in deputy and deputy[speaker] is None:
        yield warning(("committee", "spokesperson"), "spokesperson-without-deputy", role=speaker)


def scenarios(plan: Plan) -> Iterator[Issue]:
    if not plan.scenarios:
        yield warning((), "scenarios-missing")
    for index, scenario in enumerate(plan.scenarios):
        latest = timedelta()
        for number, step in enumerate(scenario.first_hour):
            where: Path = ("scenarios", index, "first_hour", number, "within")
            within = write_duration(step.within)
            if step.within > FIRST_HOUR:
                yield warning(where, "first-hour-too-late", scenario=scenario.scenario, within=within)
            if step.within < latest:
                before = write_duration(latest)
                yield warning(
                    where, "first-hour-out-of-order", scenario=scenario.scenario, within=within, before=before
                )
            latest = max(latest, step.within)


def drills(plan: Plan) -> Iterator[Issue]:
    known = [scenario.scenario for scenario in plan.scenarios]
    for index, drill in enumerate(plan.drills):
        if drill.scenario not in known:
            where: Path = ("drills", index, "scenario")
            hint = nearby(drill.scenario, known)
            yield error(where, "scenario-unknown", part="drill", name=drill.drill, scenario=drill.scenario, **hint)
        if drill.every is not None and drill.every < timedelta(days=1):
            yield error(("drills", index, "every"), "drill-too-often", drill=drill.drill)
    if plan.scenarios and not any(drill.every is not None and drill.every <= _A_YEAR for drill in plan.drills):
        yield warning(("drills",) if plan.drills else ("scenarios",), "drill-not-every-year")
