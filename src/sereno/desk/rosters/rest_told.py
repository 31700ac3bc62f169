"""Who has too little rest in the next four weeks, in words: advice, by the thresholds of the roster."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from sereno.desk.duty.standing import rota_of
from sereno.desk.rosters.frame import Duty
from sereno.desk.rosters.gaps_told import LOOK_AHEAD
from sereno.desk.rosters.week import midnight
from sereno.desk.rosters.wording import number, short_day
from sereno.engine.duty.rest import tired

HOUR = timedelta(hours=1)


def rest_told(duty: Duty) -> tuple[str, ...]:
    """One line for each person and reason. Without a roster nobody's hours are known."""
    if not duty.number:
        return ()
    today = timezone.localtime(duty.now).date()
    starts = midnight(today)
    rest = duty.standing.roster.rest
    said = {
        "rest": _("%(name)s has less than %(limit)s h of rest, first on %(day)s: on duty within %(hours)s h."),
        "week": _("%(name)s has %(hours)s h of duty in the week of %(day)s; more than %(limit)s h is too much."),
    }
    limits = {"rest": rest.between, "week": rest.a_week}
    return tuple(
        said[each.why]
        % {
            "name": duty.name(each.person), "limit": number(limits[each.why] / HOUR),
            "hours": number(each.hours / HOUR), "day": short_day(timezone.localtime(each.at).date()),
        }
        for each in tired(rota_of(duty.standing, starts, starts + LOOK_AHEAD))
    )  # fmt: skip
