"""Nobody of those who were called could be told: the next link is called at once, not when their time is over."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from sereno.desk.cases.models import Case
from sereno.desk.duty.chains import happened_to
from sereno.desk.duty.models import Line
from sereno.desk.duty.moving import Ground, append, move_on
from sereno.desk.notify.models import Notification, NotificationState
from sereno.desk.notify.outcome import Outcome
from sereno.engine.duty.escalation import Happening, standing


def heard(notification: Notification, outcome: Outcome, now: datetime) -> None:
    """Told by `notify` in the transaction that marks it. At the last link its next round comes anyway."""
    if outcome == "reached" or notification.line is None or notification.happening is None:
        return
    found = Line.objects.filter(pk=notification.line).values_list("case_id", flat=True).first()
    if found is None:
        return
    with transaction.atomic():
        case = Case.objects.select_for_update(of=("self",)).select_related("brand", "owner").filter(pk=found).first()
        line = Line.objects.select_related("brand", "plan_version").filter(pk=notification.line).first()
        if case is None or case.lines_due or line is None or line.over_at is not None:
            return
        _pass_on(line, case, notification, now)


def _pass_on(line: Line, case: Case, notification: Notification, now: datetime) -> None:
    last = line.happenings.order_by("-number").first()
    happened = happened_to(line)
    place = standing(happened).link
    if last is None or last.pk != notification.happening or last.what != "called" or place + 1 >= len(line.links):
        return
    others = Notification.objects.filter(line=line.pk, happening=last.pk).exclude(pk=notification.pk)
    if others.exclude(state__in=[NotificationState.UNREACHED, NotificationState.GIVEN_UP]).exists():
        return  # somebody was told, or is about to be
    ground = Ground(now)
    passed = Happening("passed", now, place, reason="unreached")
    append(line, case, [passed], ground, happened=happened)
    move_on(line, case, ground)
