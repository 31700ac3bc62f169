"""How a pause ends, and how far the deadlines move with it.

The person writes again, or the light becomes graver: the
clock runs on by itself. What the law sets does not move.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sereno.desk.accounts.models import User
from sereno.desk.audit.actions import record
from sereno.desk.cases.models import Case, CaseEvent
from sereno.desk.duty.chains import degree_of
from sereno.desk.duty.models import Pause
from sereno.desk.plans.queries import plan_of, version_in_force
from sereno.engine.plan.deadlines import add_duty_time, duty_between
from sereno.engine.plan.model import Plan

MOVING = ("acknowledge_by", "answer_by", "resolve_by")
NEWS = ("post_joined", "reopened", "light_changed", "news_after_overrule")


def end_pause_by_itself(case: Case, now: datetime) -> None:
    """The person wrote again, the light became graver, or the case was closed. In a transaction, under its lock."""
    running = Pause.objects.filter(case=case, ends_at=None).first()
    if running is None:
        return
    news = CaseEvent.objects.filter(case=case, at__gte=running.starts_at, kind__in=NEWS, by=None)
    over = CaseEvent.objects.filter(case=case, at__gte=running.starts_at, kind__in=("closed", "overruled"))
    paused = CaseEvent.objects.filter(case=case, kind="paused", details__pause=running.pk).order_by("-id").first()
    after = paused.pk if paused else 0
    if (news | over).filter(pk__gt=after).exists():
        end_pause(running, case, None, now)


def end_pause(running: Pause, case: Case, by: User | None, now: datetime) -> Pause:
    running.ends_at, running.ended_by_id = now, by.pk if by else None
    running.save(update_fields=["ends_at", "ended_by_id"])
    version = version_in_force(case.brand)
    if version is not None:
        _shift(case, running, plan_of(version), now)
    CaseEvent.objects.create(
        brand_id=case.brand_id, case=case, at=now, by=by, kind="resumed", details={"pause": running.pk}
    )
    record("case.resumed", case, by=by, at=now, brand_id=case.brand_id, pause=running.pk)
    return running


def _shift(case: Case, running: Pause, plan: Plan, now: datetime) -> None:
    for name in MOVING:
        due = getattr(case, name)
        if due is not None and due > running.starts_at:
            setattr(case, name, moved(due, running.starts_at, now, plan, always=_always(case, plan)))
    case.save(update_fields=list(MOVING))


def _always(case: Case, plan: Plan) -> bool:
    return plan.target_for(degree_of(case)).clock == "always"


def moved(due: datetime, start: datetime, end: datetime, plan: Plan, *, always: bool) -> datetime:
    """The deadline after a pause from `start` to `end`: later by the time that passed on its own clock."""
    if always:
        return due + (end - start)
    passed = sum((stops - begins for begins, stops in duty_between(plan, start, end)), timedelta())
    return add_duty_time(due, passed, plan)
