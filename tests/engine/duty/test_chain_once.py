"""An area that the role of the next step owns: its chain calls that role once, and then goes up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from sereno.engine.duty.escalation import Happening, line_of, next_happenings
from sereno.engine.duty.roster import Roster
from sereno.engine.duty.rota import Rota
from sereno.engine.plan.load import load_plan
from sereno.engine.plan.model import Plan
from sereno.engine.plan.who import who

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PLANS = sorted(Path("plans").glob("*.yaml"))


def _plan(path: Path) -> Plan:
    return load_plan(path.read_text(encoding="utf-8"))


def _links(plan: Plan, area: str) -> list[tuple[str, str]]:
    found = next(each for each in plan.areas if each.area == area)
    line = line_of(plan, plan.step_for("amber"), NOON, area_owner=found.owner, area_deputy=found.deputy)
    return [(link.step, link.role) for link in line.links]


def test_the_head_of_care_stood_twice_in_the_chain_of_what_care_owns_itself() -> None:
    plan = _plan(Path("plans/starter.yaml"))
    others = [role for _step, role in _links(plan, "product")]
    care = [role for _step, role in _links(plan, next(a.area for a in plan.areas if a.owner == "care_lead"))]
    assert others[1] == "care_lead"
    assert care == others[1:]


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_no_chain_calls_the_same_role_twice_in_a_row_and_the_plan_says_so_in_advance(path: Path) -> None:
    plan = _plan(path)
    for area in plan.areas:
        for degree in ("none", "green", "amber", "red"):
            line = line_of(plan, plan.step_for(degree), NOON, area_owner=area.owner, area_deputy=area.deputy)  # type: ignore[arg-type]
            stands = [(link.role, link.always) for link in line.links]
            assert all(one != other for one, other in pairwise(stands)), (area.area, degree)
            told = who(plan, degree, NOON, area=area.area).calls  # type: ignore[arg-type]
            assert [call.role for call in told] == [role for role, _always in stands]


def test_each_link_is_one_call_and_then_the_next_role_is_called() -> None:
    plan = _plan(Path("plans/starter.yaml"))
    area = next(each for each in plan.areas if each.owner == "care_lead")
    roles = ["care_lead", "committee_duty", "managing_director"]
    roster = Roster.model_validate({
        "sereno_roster": 1, "roster": "r", "version": "1", "timezone": "UTC",
        "people": [{"person": role, "name": role, "roles": [role]} for role in roles],
        "shifts": [{"shift": role, "role": role, "hours": ["00:00-00:00"], "people": [role]} for role in roles],
    })  # fmt: skip
    rota = Rota(roster, NOON - timedelta(days=1), NOON + timedelta(days=1))
    line = line_of(plan, plan.step_for("amber"), NOON, area_owner=area.owner)
    happened: list[Happening] = []
    for minutes in range(60):
        now = NOON + timedelta(minutes=minutes)
        happened += next_happenings(line, happened, rota, plan, lambda _person, _at: True, now)
    called = [each.people for each in happened if each.what == "called"]
    assert called[:3] == [("care_lead",), ("committee_duty",), ("managing_director",)]
