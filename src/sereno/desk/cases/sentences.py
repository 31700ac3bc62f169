"""The one sentence at the top of a page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sereno.desk.cases.due import span
from sereno.desk.cases.filters import Filters
from sereno.desk.cases.queries import Situation


def situation_in_words(situation: Situation, now: datetime) -> str:
    """How bad, and what next: red first, then what is late, then what waits, then peace."""
    if situation.red:
        return _red(situation, now)
    if situation.red_taken:
        taken = ngettext(
            "One red case waits; somebody has it.", "%(n)s red cases wait; each is in somebody's hands.",
            situation.red_taken,
        ) % {"n": situation.red_taken}  # fmt: skip
        return f"{taken} {_first(situation.first_due, now)}".strip()
    if situation.late:
        late = ngettext("%(n)s case is late; none is red.", "%(n)s cases are late; none is red.", situation.late) % {
            "n": situation.late
        }
        return f"{late} {_first(situation.first_due, now)}".strip()
    if situation.open:
        waits = ngettext(
            "One case waits for an answer; it is not red.",
            "%(n)s cases wait for an answer; none is red.",
            situation.open,
        ) % {"n": situation.open}
        return f"{waits} {_first(situation.first_due, now)}".strip()
    if not situation.sources:
        return _("Sereno does not listen yet.")
    if not situation.listening:
        return _("Nobody waits for an answer, but every source is switched off.")
    return _("All quiet. Nobody waits for an answer.")


def _red(situation: Situation, now: datetime) -> str:
    """Red and not taken is what cannot wait: how many, and how long the nearest still has."""
    due = situation.first_red_due
    said: dict[str, Any] = {"n": situation.red}
    if due is None:
        return ngettext("One red case not taken.", "%(n)s red cases not taken.", situation.red) % said
    seconds = int((due - now).total_seconds())
    said["span"] = span(seconds)
    if seconds < 0:
        return ngettext(
            "One red case not taken, %(span)s late.", "%(n)s red cases not taken; the first is %(span)s late.",
            situation.red,
        ) % said  # fmt: skip
    return ngettext(
        "One red case not taken, %(span)s left.", "%(n)s red cases not taken; the next is due in %(span)s.",
        situation.red,
    ) % said  # fmt: skip


def _first(due: datetime | None, now: datetime) -> str:
    if due is None:
        return ""
    seconds = int((due - now).total_seconds())
    if seconds < 0:
        return _("The first is %(span)s late.") % {"span": span(seconds)}
    return _("The next deadline is in %(span)s.") % {"span": span(seconds)}


VIEW_TITLES = {
    "turn": lambda: _("My turn"),
    "open": lambda: _("Open"),
    "mine": lambda: _("Mine"),
    "unassigned": lambda: _("Nobody's yet"),
    "red": lambda: _("Red and open"),
    "breaching": lambda: _("Late or due within the hour"),
    "paused": lambda: _("Their clock stands still"),
    "answered": lambda: _("Answered, not yet solved"),
    "closed": lambda: _("Closed"),
    "all": lambda: _("All cases"),
}


def view_in_words(filters: Filters) -> str:
    return VIEW_TITLES[filters.view]()
