"""What a form says, as an edit of the roster's text: one place changes, every other character stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sereno.desk.rosters.beginning import short_name
from sereno.engine.duty.roster import Person, Roster, Shift
from sereno.engine.plan.edit import insert, move, remove, set_value, value_at
from sereno.engine.plan.parts.values import WEEKDAYS

Edit = Callable[[str], str]
Values = Mapping[str, Any]
LISTS = ("people", "shifts", "overrides", "absences", "gaps")


def put(part: str, index: int | None, value: Values, roster: Roster) -> Edit:
    """The entry at its place, or as the last one."""
    if index is None:
        return lambda text: insert(text, (part,), len(getattr(roster, part)), dict(value))
    return lambda text: set_value(text, (part, index), _kept(text, part, index) | dict(value))


def turn_before(index: int, place: int) -> Edit:
    """Whoever stands at this place of a rotation changes with the one before."""
    return lambda text: move(text, ("shifts", index, "people", place), place - 1)


def take_out(part: str, index: int) -> Edit:
    return lambda text: remove(text, (part, index))


def _kept(text: str, part: str, index: int) -> dict[str, Any]:
    """What no form shows stays as it is."""
    shown = {
        "shifts": ("shift", "role", "hours", "days", "people", "rotate", "languages", "holidays"),
        "people": ("roles", "languages", "areas", "quiet"),
    }.get(part, ("person", "role", "starts", "ends", "instead_of", "reason", "kind", "network", "language"))
    there = value_at(text, (part, index))
    return {key: value for key, value in there.items() if key not in shown}


def shift_value(values: Values, roster: Roster, old: Shift | None) -> dict[str, Any]:
    others = [each.shift for each in roster.shifts if each is not old]
    # a name that stands stays as it was written
    name = old.shift if old and values["name"] == old.shift else short_name(values["name"], others)
    written: dict[str, Any] = {"shift": name, "role": values["role"], "hours": values["hours"]}
    if tuple(values["days"]) != WEEKDAYS:
        written["days"] = [day for day in WEEKDAYS if day in values["days"]]
    written["people"] = _in_order(values["people"], old)
    if values["rotate"]:
        together = {"together": old.rotate.together} if old and old.rotate and old.rotate.together > 1 else {}
        written["rotate"] = {"every": f"{values['rotate']}d", "since": values["since"].isoformat(), **together}
    if values["languages"]:
        written["languages"] = values["languages"]
    if not values["holidays"]:
        written["holidays"] = False
    return written


def _in_order(people: list[str], old: Shift | None) -> list[str]:
    """Turns go by the order of people: those who stood there keep theirs, new ones come last."""
    before = [each for each in old.people if each in people] if old else []
    return before + [each for each in people if each not in before]


def leave_value(values: Values) -> dict[str, Any]:
    return {"person": values["person"], **_stretch(values), "kind": values["kind"]}


def override_value(values: Values) -> dict[str, Any]:
    written = {"person": values["person"], "role": values["role"], **_stretch(values)}
    return written | {key: values[key] for key in ("instead_of", "reason") if values[key]}


def gap_value(values: Values) -> dict[str, Any]:
    written = {"role": values["role"], **_stretch(values)}
    return written | {key: values[key] for key in ("network", "language", "reason") if values[key]}


def person_value(values: Values, name: str, roster: Roster, old: Person | None) -> dict[str, Any]:
    short = old.person if old else short_name(name, [each.person for each in roster.people])
    written: dict[str, Any] = {"person": short, "name": name, "email": values["email"], "roles": values["roles"]}
    return written | {key: values[key] for key in ("areas", "languages", "quiet") if values.get(key)}


def _stretch(values: Values) -> dict[str, str]:
    return {key: _wall(values[key]) for key in ("starts", "ends")}


def _wall(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M")
