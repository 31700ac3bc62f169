"""The roster's versions in words: what each changed, and what differs between two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sereno.desk.accounts.models import User
from sereno.desk.duty.models import RosterVersion
from sereno.desk.duty.standing import roster_of
from sereno.desk.rosters.frame import Duty
from sereno.desk.rosters.told_entries import Entry, entries
from sereno.engine.duty.roster import Roster
from sereno.engine.plan.changes import unified
from sereno.engine.plan.errors import PlanErrors

MOST_LINES = 2000
PARTS = ("shifts", "absences", "overrides", "gaps", "people")
SORTS = {"same": ("same", " "), "removed": ("less", "−"), "added": ("more", "+")}

CHANGED: dict[str, str | Promise] = {
    "shifts-added": gettext_lazy("Shift added: %(what)s"),
    "shifts-changed": gettext_lazy("Shift changed: %(what)s"),
    "shifts-renamed": gettext_lazy("Shift renamed: %(was)s → %(what)s"),
    "shifts-removed": gettext_lazy("Shift removed: %(what)s"),
    "absences-added": gettext_lazy("Leave added: %(what)s"),
    "absences-changed": gettext_lazy("Leave changed: %(what)s"),
    "absences-removed": gettext_lazy("Leave removed: %(what)s"),
    "overrides-added": gettext_lazy("Somebody for once: %(what)s"),
    "overrides-changed": gettext_lazy("For once, changed: %(what)s"),
    "overrides-removed": gettext_lazy("For once, removed: %(what)s"),
    "gaps-added": gettext_lazy("A gap that is lived with: %(what)s"),
    "gaps-changed": gettext_lazy("A gap that is lived with, changed: %(what)s"),
    "gaps-removed": gettext_lazy("A gap is no longer lived with: %(what)s"),
    "people-added": gettext_lazy("Person added: %(what)s"),
    "people-changed": gettext_lazy("Person changed: %(what)s"),
    "people-removed": gettext_lazy("Person removed: %(what)s"),
}
NAMED = {"shifts": "shift", "absences": "person", "overrides": "person", "gaps": "role", "people": "name"}
"""What an entry is called by."""


@dataclass(frozen=True, slots=True)
class VersionTold:
    version: RosterVersion
    by: str
    what: str

    @property
    def in_force(self) -> bool:
        return self.version.in_force_until is None


@dataclass(frozen=True, slots=True)
class DiffLine:
    sort: str
    """`more`, `less`, `same`, or `place` between two stretches."""
    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Differing:
    words: tuple[str, ...]
    """One entry a line; empty where only comments, spaces or the order differ, or where a text has errors."""
    lines: tuple[DiffLine, ...]
    cut: bool
    readable: bool


def versions_told(duty: Duty, versions: list[RosterVersion]) -> list[VersionTold]:
    names = {user.pk: str(user) for user in User.objects.filter(pk__in={each.by_id for each in versions})}
    return [
        VersionTold(each, names.get(each.by_id or 0, _("command line")), what_changed(duty, each)) for each in versions
    ]


def what_changed(duty: Duty, version: RosterVersion) -> str:
    """`RosterVersion.change` as a sentence."""
    change: dict[str, Any] = version.change
    what = change.get("what", "")
    if what in CHANGED:
        part = what.rpartition("-")[0]
        called = _called(duty, part, change.get("value") or {})
        return str(CHANGED[what]) % {"what": called, "was": change.get("was", "—")}
    if what == "swap":
        names = " ↔ ".join(duty.name(each) for each in change.get("people", []))
        return _("A swap: %(names)s") % {"names": names}
    if what == "calendar":
        n = int(change.get("absences", 0))
        said = ngettext("%(n)s absence taken over from a calendar", "%(n)s absences taken over from a calendar", n)
        return said % {"n": n}
    if what == "brought-back":
        return _("Version %(n)s was brought back") % {"n": change.get("number", "")}
    if what == "begun" or version.number == 1:
        return _("The roster was begun")
    return _("The text was changed")


def _called(duty: Duty, part: str, value: dict[str, Any]) -> str:
    called = str(value.get(NAMED[part], ""))
    if part in ("absences", "overrides"):
        called = duty.name(called)
    if part in ("overrides", "gaps") and value.get("role"):
        title = duty.title(str(value["role"]))
        called = title if part == "gaps" else f"{called}, {title}"
    return called or "—"


def as_roster(version: RosterVersion) -> Roster | None:
    """None where today's Sereno finds errors in its text."""
    try:
        return roster_of(version)
    except PlanErrors:
        return None


def differing(duty: Duty, before: RosterVersion, after: RosterVersion) -> Differing:
    """Entry by entry in words, and the lines themselves."""
    old, new = as_roster(before), as_roster(after)
    lines = tuple(_lines(before.text, after.text))
    if old is None or new is None:
        return Differing((), lines[:MOST_LINES], len(lines) > MOST_LINES, False)
    return Differing(tuple(_words(duty, old, new)), lines[:MOST_LINES], len(lines) > MOST_LINES, True)


def _words(duty: Duty, old: Roster, new: Roster) -> Iterator[str]:
    if old.timezone != new.timezone:
        yield _("Time zone: %(before)s → %(after)s") % {"before": old.timezone, "after": new.timezone}
    was, now = _entries(duty, old), _entries(duty, new)
    for part in PARTS:
        gone, come = _only(was[part], now[part]), _only(now[part], was[part])
        for each in come:
            there = next((one for one in gone if one.title == each.title), None)
            renamed = next((one for one in gone if part == "shifts" and one.told == each.told), None)
            if there is None and renamed is not None:
                gone.remove(renamed)
                yield str(CHANGED["shifts-renamed"]) % {"was": renamed.title, "what": each.title}
                continue
            if there is None:
                yield _in_words(f"{part}-added", each)
                continue
            gone.remove(there)
            yield f"{_in_words(f'{part}-changed', Entry(part, 0, each.title, ''))}: {there.told} → {each.told}"
        for each in gone:
            yield _in_words(f"{part}-removed", each)


def _entries(duty: Duty, roster: Roster) -> dict[str, list[Entry]]:
    return entries(replace(duty, standing=replace(duty.standing, roster=roster)))


def _only(mine: list[Entry], theirs: list[Entry]) -> list[Entry]:
    """What stands in the first list and not, or less often, in the second."""
    left = Counter((each.title, each.told) for each in theirs)
    found = []
    for each in mine:
        if left[each.title, each.told]:
            left[each.title, each.told] -= 1
        else:
            found.append(each)
    return found


def _in_words(what: str, each: Entry) -> str:
    return str(CHANGED[what]) % {"what": f"{each.title} ({each.told})" if each.told else each.title}


def _lines(before: str, after: str) -> Iterator[DiffLine]:
    for place, hunk in enumerate(unified(before, after, context=2)):
        if place:
            yield DiffLine("place", "", "⋯")
        for line in hunk.lines:
            sort, mark = SORTS[line.kind]
            yield DiffLine(sort, mark, line.text)
