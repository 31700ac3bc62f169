"""What a plan to come would make of the roster in force, told where somebody approves it or puts it in force."""

from __future__ import annotations

from dataclasses import replace

from sereno.desk.accounts.models import Brand
from sereno.desk.rosters.faults_told import fault_said
from sereno.desk.rosters.frame import Duty, duty_in
from sereno.engine.duty.load import load_with_warnings
from sereno.engine.plan.errors import PlanError, PlanErrors
from sereno.engine.plan.load import load_plan
from sereno.engine.plan.model import Plan


def unfit(brand: Brand, text: str) -> tuple[str, ...]:
    """`DESK_UNFIT`: where the roster in force does not fit this plan, in words; what is so already is left out.

    Empty too where no roster is in force, or the text is no plan.
    """
    duty = duty_in(brand)
    if duty.standing.version is None:
        return ()
    try:
        plan = load_plan(text)
    except PlanErrors:
        return ()
    before = {(fault.code, fault.path) for fault in _faults(duty, duty.plan)}
    found = [fault for fault in _faults(duty, plan) if (fault.code, fault.path) not in before]
    then = replace(duty, plan=plan)
    return tuple(dict.fromkeys(fault_said(then, fault) for fault in found))


def _faults(duty: Duty, plan: Plan | None) -> tuple[PlanError, ...]:
    assert duty.standing.version is not None
    try:
        return load_with_warnings(duty.standing.version.text, plan=plan)[1]
    except PlanErrors as faulty:
        return tuple(faulty.errors)
