"""Faults of a roster as its forms tell them: people by their names, roles by their titles, each at its field."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from sereno.desk.rosters.frame import Duty
from sereno.desk.rosters.wording import hour_of_day, short_day
from sereno.desk.words import language
from sereno.engine.plan.errors import PlanError, say_fault

PEOPLE = ("person", "other")
"""Values that name somebody by the roster's short name."""


def dated(fault: PlanError) -> PlanError:
    """With its day and hour as pages write them; they are those of the roster's wall."""
    values = dict(fault.values)
    for key in ("when", "day"):
        try:
            at = datetime.fromisoformat(str(values.get(key, "")))
        except ValueError:
            continue
        values[key] = f"{short_day(at.date())} {hour_of_day(at)}" if key == "when" else short_day(at.date())
    return replace(fault, values=values)


def fault_said(duty: Duty, fault: PlanError) -> str:
    values = {key: value for key, value in dated(fault).values.items() if "@" not in key}
    for key in PEOPLE:
        if key in values:
            values[key] = duty.name(str(values[key]))
    for key in ("role", "deputy"):
        if key in values:
            values[key] = duty.title(str(values[key]))
    if values.get("part") in ("person", "override", "absence"):
        values["name"] = duty.name(str(values.get("name", "")))
    if fault.code == "roster-role-not-held":
        return _not_held(values)
    return say_fault(replace(fault, values=values), language())


def _not_held(values: dict[str, str | int | float]) -> str:
    told = {"name": values["person"], "role": values["role"], "shift": values.get("name", "")}
    if values.get("part") == "shift":
        said = _("%(name)s does not hold the role “%(role)s”, as which the shift “%(shift)s” puts them on duty.")
    else:
        said = _("%(name)s does not hold the role “%(role)s”.")
    way_out = _("Add the role under People, or choose somebody who holds it.")
    return f"{said % told} {way_out}"


def field_of(fault: PlanError, part: str, index: int) -> str | None:
    """The name of the form's field; None: the fault lies elsewhere, or is about the whole entry."""
    if fault.path[:2] != (part, index) or len(fault.path) < 3:
        return None
    key = str(fault.path[2])
    return {"shift": "name", "person": "person" if part != "people" else "email"}.get(key, key)
