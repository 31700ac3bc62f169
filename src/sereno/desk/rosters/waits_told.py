"""Whom a change of the roster makes wait longer for a human, at worst: before → after, by the engine's proof.

Until the first human, that is. The last step of a chain is called later whenever somebody stands before it who was not
there: nobody waits longer for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from sereno.desk.duty.shown.worst import span_words, worst_ahead
from sereno.desk.plans.titles import role_title
from sereno.desk.rosters.frame import Duty
from sereno.engine.duty.load import load_roster
from sereno.engine.duty.proof import Worst
from sereno.engine.duty.stretches import length, union
from sereno.engine.plan.model import Degree


@dataclass(frozen=True, slots=True)
class Longer:
    """One thing that becomes worse."""

    degree: Degree
    by_name: str
    """Title of the role that rules of this light call by name; empty: of the chain of all other posts."""
    what: str
    before: str
    after: str
    at: datetime | None
    """A post that came then would wait so long."""


def longer_waits(duty: Duty, text: str) -> tuple[Longer, ...]:
    """Between the roster in force and this text, over the same weeks. Raises `PlanErrors` where it is no roster."""
    if duty.plan is None:
        return ()
    after = worst_ahead(duty.plan, duty.standing.with_roster(load_roster(text)), duty.now)
    before = worst_ahead(duty.plan, duty.standing, duty.now)
    kinds = dict.fromkeys((each.degree, each.by_name, each.beside) for each in after)
    return tuple(
        replace(each, by_name=role_title(duty.plan, role) if role else "")
        for degree, role, beside in kinds
        for each in _longer(
            degree,
            *([one for one in all_ if (one.degree, one.by_name, one.beside) == (degree, role, beside)]
              for all_ in (before, after)),
        )
    )  # fmt: skip


def _longer(degree: Degree, before: list[Worst], after: list[Worst]) -> Iterator[Longer]:
    if not before or not after:
        return
    was, now = _in_nobody(before), _in_nobody(after)
    if now > was:
        none = _("never, in the next eight weeks")
        of = _("for %(span)s of the next eight weeks")
        yield Longer(
            degree, "", _("Nobody can be called"), of % {"span": span_words(was)} if was else none,
            of % {"span": span_words(now)}, next((stretch[0] for one in after for stretch in one.nobody), None),
        )  # fmt: skip
    old, new = max(before, key=lambda one: one.first_call), max(after, key=lambda one: one.first_call)
    if new.first_call > old.first_call:
        yield Longer(
            degree, "", _("Until the first human is called"), span_words(old.first_call), span_words(new.first_call),
            new.first_call_at,
        )  # fmt: skip


def _in_nobody(all_: Iterable[Worst]) -> timedelta:
    return length(union(stretch for one in all_ for stretch in one.nobody))
