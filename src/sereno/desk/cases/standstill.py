"""The clock of a case that stands still, and how far its deadlines move when it runs on.

Each deadline is later by the time that passed on its own clock: duty hours where it counts those, all hours where it is
red. What the law sets does not move. Who stopped the clock, and why, is duty's (`duty/pausing.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sereno.desk.cases.models import Case, CaseEvent, CaseNote, CaseState
from sereno.desk.plans.queries import plan_of, version_in_force
from sereno.engine.plan.deadlines import add_duty_time, duty_between
from sereno.engine.plan.model import Degree, Plan

MOVING = ("acknowledge_by", "answer_by", "resolve_by")
STANDSTILL = ("paused_at", "paused_until")


def run_on(case: Case, now: datetime, *, degree: Degree | None = None) -> bool:
    """Let the clock run from now on; whether it stood still. The caller saves `MOVING` and `STANDSTILL`.

    `degree`: whose clock counted meanwhile, where the light has just changed.
    """
    start, case.paused_at, case.paused_until = case.paused_at, None, None
    if start is None:
        return False
    version = version_in_force(case.brand)
    if version is not None and case.state != CaseState.CLOSED:
        _move(case, start, now, plan_of(version), degree or _degree(case))
    return True


def move_by_past_standstills(case: Case, now: datetime) -> None:
    """Deadlines that were counted anew from the case's beginning know nothing of the times in which it stood still."""
    version = version_in_force(case.brand)
    if version is None:
        return
    events = CaseEvent.objects.filter(case=case, kind__in=("paused", "resumed")).order_by("id")
    start: datetime | None = None
    for kind, at in [*events.values_list("kind", "at"), ("resumed", now)]:
        if kind == "paused":
            start = at
        elif start is not None:
            _move(case, start, at, plan_of(version), _degree(case))
            start = None


def _move(case: Case, start: datetime, end: datetime, plan: Plan, degree: Degree) -> None:
    always = plan.target_for(degree).clock == "always"
    for name in MOVING:
        due = getattr(case, name)
        if due is not None and due > start:
            setattr(case, name, moved(due, start, end, plan, always=always))


def _degree(case: Case) -> Degree:
    return case.light or "none"  # type: ignore[return-value]  # lights of the engine


def moved(due: datetime, start: datetime, end: datetime, plan: Plan, *, always: bool) -> datetime:
    """The deadline after a standstill from `start` to `end`: later by the time that passed on its own clock."""
    if always:
        return due + (end - start)
    passed = sum((stops - begins for begins, stops in duty_between(plan, start, end)), timedelta())
    return add_duty_time(due, passed, plan)


def reasons_of_standstill(cases: Iterable[Case]) -> dict[int, str]:
    """Why the clock of each of these stands still, in the words of whoever stopped it. One query."""
    still = [case.pk for case in cases if case.paused_at is not None]
    if not still:
        return {}
    said = CaseNote.objects.filter(case__in=still, event__kind="paused").order_by("event")
    return dict(said.values_list("case_id", "text"))
