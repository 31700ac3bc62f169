"""What a judged post means for the cases: join one, reopen one, open one, answer one, or none of these.

A case is one person's matter. Somebody who writes again while their case is open adds to it; who writes again in the
thread of a closed one reopens it. A person on the team splits and merges what this rule got wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sereno.engine.judge import Route, entry_step, role_of
from sereno.engine.plan.deadlines import deadlines_for
from sereno.engine.plan.model import Degree, Light, Plan

REOPENS_WITHIN = timedelta(days=30)
"""An older closed case stays closed: what is written now is a new matter."""

CaseStanding = Literal["open", "answered", "closed"]


@dataclass(frozen=True, slots=True)
class KnownCase:
    """A case that a new post could belong to."""

    case: int
    standing: CaseStanding
    same_author: bool
    same_conversation: bool
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A new matter."""


@dataclass(frozen=True, slots=True)
class JoinCase:
    """The person wrote again in their matter; `reopen` where it was closed."""

    case: int
    reopen: bool


@dataclass(frozen=True, slots=True)
class AnswerCase:
    """One of our own accounts wrote in the case's conversation: that counts as an answer, wherever it was typed."""

    case: int


@dataclass(frozen=True, slots=True)
class NoCase:
    """Kept and judged, but nobody's turn: `own` (we wrote it ourselves) or `others` (not about us, and no light)."""

    why: Literal["own", "others"]


Intent = OpenCase | JoinCase | AnswerCase | NoCase


def settle(
    *, own: bool, about_us: bool, light: Light | None, known: Sequence[KnownCase], written_at: datetime
) -> Intent:
    """What becomes of one judged post, given the cases it could belong to (the newest first)."""
    if own:
        return _answered(known)
    mine = [case for case in known if case.same_author]
    living = next((case for case in mine if case.standing != "closed"), None)
    if living:
        return JoinCase(living.case, reopen=False)
    closed = next((case for case in mine if case.same_conversation and _recently_closed(case, written_at)), None)
    if closed:
        return JoinCase(closed.case, reopen=True)
    if not about_us and light is None:
        return NoCase("others")
    return OpenCase()


def _answered(known: Sequence[KnownCase]) -> Intent:
    """The case that our own post answers. Where several people wait in one thread and it is not clear whom we answered,
    we do not guess: a person must not look answered who was not."""
    thread = [case for case in known if case.same_conversation]
    living = [case for case in thread if case.standing != "closed"]
    candidates = living or thread
    return AnswerCase(candidates[0].case) if len(candidates) == 1 else NoCase("own")


def _recently_closed(case: KnownCase, written_at: datetime) -> bool:
    return case.closed_at is not None and written_at - case.closed_at <= REOPENS_WITHIN


def reroute(
    plan: Plan, light: Light | None, *, topic: str, language: str, complaint: bool, start: datetime,
    country: str | None, counts: bool,
) -> Route:  # fmt: skip
    """Whose turn a case is after a person overruled its light. `counts` is False for what was backfilled."""
    degree: Degree = light or "none"
    step = entry_step(plan, degree, language)
    area = plan.area_for(topic)
    deadlines = deadlines_for(plan, degree, start, country=country, topic=topic, complaint=complaint)
    return Route(
        step=step.step,
        role=role_of(step, area.owner if area else None),
        area=area.area if area else None,
        deadlines=deadlines if counts else None,
        wakes=counts and light == "red",
    )
