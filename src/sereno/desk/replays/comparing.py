"""The figures of a replay, against the people whom the roster in force puts there at each hour of the past."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from sereno.desk.duty.standing import roster_in_force, roster_of
from sereno.desk.plans.models import PlanReplay
from sereno.desk.replays.storing import Side
from sereno.engine.duty.roster import Roster
from sereno.engine.plan.load import PlanErrors
from sereno.engine.replay import Past
from sereno.engine.replay.compare import compare
from sereno.engine.replay.difference import Difference
from sereno.engine.replay.staff import UnfitRoster

log = logging.getLogger("sereno.replays")


@dataclass(frozen=True, slots=True)
class OnDuty:
    """On which roster the figures rest."""

    number: int = 0
    """Of its version; 0: none was in force."""
    unfit: bool = False
    """It could not be used: as if there were none."""


def compared(replay: PlanReplay, past: Past, before: Side, after: Side) -> tuple[Difference, OnDuty]:
    """The difference, and the roster it rests on. A roster that does not fit this past keeps nobody from the rest."""
    version = roster_in_force(replay.brand)
    if version is None:
        return _compared(replay, past, before, after, None), OnDuty()
    try:
        return _compared(replay, past, before, after, roster_of(version)), OnDuty(version.number)
    except (UnfitRoster, PlanErrors) as unfit:
        log.warning("replay %s: roster no. %s is left aside: %s", replay.pk, version.number, unfit)
        return _compared(replay, past, before, after, None), OnDuty(version.number, unfit=True)


def _compared(replay: PlanReplay, past: Past, before: Side, after: Side, roster: Roster | None) -> Difference:
    return compare(
        past,
        before.outcome,
        after.outcome,
        plans=(before.plan, after.plan),
        people=replay.people,
        roster=roster,
        minutes_per_answer=replay.minutes_per_answer,
    )
