"""Nobody of those who were called could be told: the next link is called at once, not when their time is over."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from sereno.desk.cases.models import Case
from sereno.desk.duty.lines import compare
from sereno.desk.duty.models import Line
from sereno.desk.duty.moving import Ground, pass_on
from sereno.desk.notify.models import Notification, NotificationState
from sereno.desk.notify.outcome import Outcome


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
        if case is None or line is None:
            return
        ground = Ground(now)
        if case.lines_due:
            compare(case, ground)
        for each in Line.objects.filter(case=case, over_at=None).select_related("brand", "plan_version").order_by("pk"):
            if _nobody_heard(each, line, notification):
                pass_on(each, case, "unreached", ground)


def _nobody_heard(each: Line, line: Line, notification: Notification) -> bool:
    """Whether none of those whom this line called last was told, nor is about to be. Who was called by two lines at
    once had one message for both."""
    last = each.happenings.order_by("-number").first()
    if last is None or last.what != "called":
        return False
    if each.pk == line.pk and last.pk != notification.happening:
        return False
    if each.pk != line.pk and (last.at != notification.created_at or notification.user_id not in last.users):
        return False
    told = Notification.objects.filter(case=each.case_id, user__in=last.users, created_at=last.at, line__isnull=False)
    told |= Notification.objects.filter(happening=last.pk)
    lost = [NotificationState.UNREACHED, NotificationState.GIVEN_UP]
    return not told.exclude(pk=notification.pk).exclude(state__in=lost).exists()
