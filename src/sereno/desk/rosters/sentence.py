"""The one sentence at the top: who is on duty, until when, who follows, and the next gap."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sereno.desk.duty.queries import needs_of
from sereno.desk.duty.standing import rota_of
from sereno.desk.rosters.frame import Duty
from sereno.desk.rosters.gaps_told import GapTold, still_open
from sereno.desk.rosters.week import midnight
from sereno.desk.rosters.wording import when
from sereno.engine.duty.rota import Watchkeeping
from sereno.engine.duty.watch import Watch, watch

AHEAD = timedelta(days=14)


def on_duty(duty: Duty) -> str:
    """The desk's role: who stands where posts enter."""
    role = _desk_role(duty)
    if duty.standing.by_membership or role is None:
        return _("No roster yet: whoever holds a role is on duty day and night.")
    today = midnight(duty.now.astimezone(midnight(duty.now.date()).tzinfo).date())
    found = watch(rota_of(duty.standing, today - timedelta(days=1), today + AHEAD), role, duty.now)
    if not found.there:
        return _nobody(duty, role, found)
    names = _names(duty, found.there)
    if found.until is None:
        return _("%(names)s on duty.") % {"names": names}
    values = {"names": names, "until": when(found.until, duty.now), "next": _names(duty, found.next)}
    if found.next and found.next_from == found.until:
        return _("On duty until %(until)s: %(names)s; then %(next)s.") % values
    return _("On duty until %(until)s: %(names)s; then nobody.") % values


def _nobody(duty: Duty, role: str, found: Watch) -> str:
    values = {"role": duty.title(role), "names": _names(duty, found.next)}
    if found.next_from is None:
        return _("Nobody is on duty now (%(role)s).") % values
    values["at"] = when(found.next_from, duty.now)
    return _("Nobody is on duty now (%(role)s); from %(at)s: %(names)s.") % values


def next_gap(gaps: tuple[GapTold, ...]) -> str:
    found = still_open(gaps)
    if not found:
        return _("No gap in the next four weeks.")
    first = found[0]
    said = _("Gap %(when)s: %(what)s (%(role)s).") % {"when": first.when, "what": first.what, "role": first.title}
    more = len(found) - 1
    return (
        said
        if not more
        else f"{said} "
        + ngettext("%(n)s more in the next four weeks.", "%(n)s more in the next four weeks.", more) % {"n": more}
    )


def _desk_role(duty: Duty) -> str | None:
    needs = needs_of(duty.brand)
    return next((need.role for need in needs if need.desk), needs[0].role if needs else None)


def _names(duty: Duty, there: tuple[Watchkeeping, ...]) -> str:
    return ", ".join(dict.fromkeys(duty.name(each.person) for each in there))
