"""A person's quiet hours in words: those of the roster and their own, which add up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from babel.dates import get_day_names
from django.utils.translation import gettext as _

from sereno.desk.rosters.frame import Duty
from sereno.desk.rosters.wording import locale
from sereno.engine.duty.roster import Person


def quiet_told(duty: Duty, person: Person, own: Iterable[Mapping[str, Any]]) -> list[str]:
    zone = person.timezone or duty.standing.roster.timezone
    found = [
        _("%(from)s–%(until)s every day (roster, hours of %(zone)s)")
        % {"from": f"{begins:%H:%M}", "until": f"{stops:%H:%M}", "zone": zone}
        for begins, stops in person.quiet
    ]
    return [*found, *(own_told(each) for each in own)]


def own_told(each: Mapping[str, Any]) -> str:
    values = {"from": each["from"], "until": each["until"], "days": _days(each["days"])}
    return _("%(from)s–%(until)s, %(days)s (own setting)") % values


def _days(days: list[int]) -> str:
    if len(days) == 7:
        return _("every day")
    names = get_day_names("abbreviated", locale=locale())
    return ", ".join(names[day] for day in days)
