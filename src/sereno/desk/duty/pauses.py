"""How a pause ends, and who hears of it.

By a person; at the moment that was set; and by itself where the person wrote again, the light became graver, or nobody
has the case any more. What the cases' own slice let run on (`cases/standstill.py`) is only written down here.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sereno.desk.accounts.models import User
from sereno.desk.audit.actions import record
from sereno.desk.cases.due import deadlines
from sereno.desk.cases.models import Case, CaseEvent, CaseState
from sereno.desk.cases.standstill import MOVING, STANDSTILL, run_on
from sereno.desk.cases.standstill import moved as moved
from sereno.desk.duty.chains import degree_of
from sereno.desk.duty.models import Pause
from sereno.desk.duty.telling import tell, urgency_of

Why = Literal["person", "time", "news", "deed", "nobody"]
"""Somebody ended it · its time is over · the person wrote again, or it became graver · somebody closed the case or set
its light · nobody has the case any more."""
CODES: dict[Why, str] = {
    "person": "pause_ended",
    "time": "pause_over",
    "news": "pause_news",
    "nobody": "pause_over",
}
"""Of what is told; a deed on the case says enough."""


def end_pause_by_itself(case: Case, now: datetime, *, told_anyway: bool = False) -> None:
    """End a pause that has no ground any more. In a transaction, under the case's lock.

    `told_anyway`: whoever has the case hears of what ended it in another message.
    """
    running = Pause.objects.filter(case=case, ends_at=None).select_related("by").first()
    if running is None:
        return
    why = _over(case, running, now)
    if why is not None:
        end_pause(running, case, None, now, why=why, told_anyway=told_anyway)


def _over(case: Case, running: Pause, now: datetime) -> Why | None:
    if case.paused_at is None:
        deeds = CaseEvent.objects.filter(case=case, at__gte=running.starts_at, kind__in=("closed", "overruled"))
        return "deed" if deeds.exists() else "news"
    if case.paused_until is not None and case.paused_until <= now:
        return "time"
    if case.state == CaseState.OPEN and case.owner_id is None:
        return "nobody"
    return None


def end_pause(
    running: Pause, case: Case, by: User | None, now: datetime, *, why: Why = "person", told_anyway: bool = False
) -> Pause:
    running.ends_at, running.ended_by_id = now, by.pk if by else None
    running.save(update_fields=["ends_at", "ended_by_id"])
    # a worker that was late counts until the moment that was set
    run_on(case, min(now, running.until) if running.until is not None else now)
    case.save(update_fields=[*MOVING, *STANDSTILL])
    CaseEvent.objects.create(
        brand_id=case.brand_id, case=case, at=now, by=by, kind="resumed", details={"pause": running.pk, "why": why}
    )
    record("case.resumed", case, by=by, at=now, brand_id=case.brand_id, pause=running.pk, why=why)
    if why in CODES:
        _tell(case, running, by, now, CODES[why], told_anyway)
    return running


def _tell(case: Case, running: Pause, by: User | None, now: datetime, code: str, told_anyway: bool) -> None:
    """Whoever has the case, and whoever stopped its clock."""
    knows = {by, case.owner} if told_anyway else {by}
    users = [user for user in (case.owner, running.by) if user is not None and user not in knows]
    degree, left = degree_of(case), deadlines(case)
    values = {
        "light": degree, "network": case.network, "deadline": left[0][1].isoformat() if left else None,
        "by": by.pk if by else None,
    }  # fmt: skip
    tell(
        users, brand=case.brand, code=code, values=values, urgency=urgency_of(degree), case=case, light=degree, now=now
    )  # fmt: skip
