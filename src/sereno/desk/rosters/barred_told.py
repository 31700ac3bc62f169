"""People who go on duty in the next four weeks and may not take a case: their role at the desk only reads.

The roster's text cannot know it; who may do what stands with the accounts.
"""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from sereno.desk.accounts.models import Role
from sereno.desk.accounts.permissions import Action, may, roles_in
from sereno.desk.duty.standing import rota_of
from sereno.desk.rosters.frame import Duty
from sereno.desk.rosters.gaps_told import LOOK_AHEAD
from sereno.desk.rosters.week import midnight
from sereno.desk.rosters.wording import short_day


def barred_told(duty: Duty) -> tuple[str, ...]:
    """One line each, with the first day. Who has no account is told as such elsewhere."""
    if not duty.number:
        return ()
    starts = midnight(timezone.localtime(duty.now).date())
    first: dict[str, str] = {}
    for each in rota_of(duty.standing, starts, starts + LOOK_AHEAD + timedelta(days=1)).all:
        if each.ends > duty.now:
            first.setdefault(each.person, short_day(timezone.localtime(max(each.starts, duty.now)).date()))
    said = _(
        "%(name)s is on duty (first on %(day)s) and would be called, but may not take a case: their role at the desk "
        "is %(roles)s. An owner gives them a role that works on cases, or a lead puts somebody else on duty."
    )
    return tuple(
        said % {"name": duty.name(person), "day": day, "roles": _roles(duty, person)}
        for person, day in first.items()
        if person in duty.standing.users and not may(duty.standing.users[person], Action.WORK_CASES, duty.brand)
    )


def _roles(duty: Duty, person: str) -> str:
    held = roles_in(duty.standing.users[person], duty.brand)
    return ", ".join(str(role.label) for role in Role if role in held)
