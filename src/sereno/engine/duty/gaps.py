"""Where nobody stands though the plan wants somebody: per role, and for the desk per network and language too.

What is wanted follows from the plan alone: a step with the clock `always` wants its role day and night, one with the
clock `duty` in duty hours. Where the area's owner is called, each area's owner is wanted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sereno.engine.duty.rota import Rota
from sereno.engine.duty.stretches import Stretch, cut, union, within, without
from sereno.engine.duty.wall import of_wall
from sereno.engine.plan.deadlines import duty_between
from sereno.engine.plan.model import AREA_OWNER, Plan


@dataclass(frozen=True, slots=True)
class Need:
    """The plan wants somebody in a role, at these hours."""

    role: str
    always: bool
    """Day and night; else in duty hours."""
    deputy: str | None
    """The role that stands in."""
    desk: bool
    """Posts enter here: then every language the brand answers in, and every network it is on, wants somebody."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Nobody stands in the role from `starts` to `ends`."""

    starts: datetime
    ends: datetime
    role: str
    network: str = ""
    language: str = ""
    """Empty: nobody at all. Else somebody is there, but not for this network or language."""
    deputy_there: bool = False
    """The deputy's role is filled all the while: it ends in a person, but not in the one who was meant."""
    accepted: str | None = None
    """Why somebody decided to live with it."""


def needs(plan: Plan) -> tuple[Need, ...]:
    """Whom the chain wants, each role once; the wider need wins."""
    wanted: dict[str, Need] = {}
    for step in plan.chain:
        roles = [(area.owner, area.deputy) for area in plan.areas] if step.role == AREA_OWNER else [(step.role, None)]
        for role, deputy in roles:
            before = wanted.get(role)
            wanted[role] = Need(
                role=role,
                always=step.clock == "always" or bool(before and before.always),
                deputy=deputy or (before.deputy if before else None) or _deputy(plan, role),
                desk=("none" in step.degrees or "green" in step.degrees) or bool(before and before.desk),
            )
    for rule in plan.lights:
        if rule.route is not None and rule.route.role not in wanted:
            wanted[rule.route.role] = Need(rule.route.role, True, _deputy(plan, rule.route.role), desk=False)
    return tuple(wanted.values())


def _deputy(plan: Plan, role: str) -> str | None:
    return next((each.deputy for each in plan.roles if each.role == role), None)


def gaps(rota: Rota, plan: Plan, *, networks: Sequence[str] = ()) -> tuple[Gap, ...]:
    """Every gap of the rota's time, in order. `networks` are those on which the brand is."""
    hours = [(rota.start, rota.end)]
    on_duty = list(duty_between(plan, rota.start, rota.end))
    found: list[Gap] = []
    for need in needs(plan):
        wanted = hours if need.always else within(hours, on_duty)
        there = union((w.starts, w.ends) for w in rota.all if w.role == need.role)
        stands_in = union((w.starts, w.ends) for w in rota.all if w.role == need.deputy) if need.deputy else []
        empty = without(wanted, there)
        found += _gaps(rota, empty, need.role, stands_in)
        if need.desk:
            found += _partial(rota, need.role, within(wanted, there), plan.brand.languages, networks)
    return tuple(sorted(found, key=lambda gap: (gap.starts, gap.ends, gap.role, gap.network, gap.language)))


def _partial(
    rota: Rota, role: str, wanted: Sequence[Stretch], languages: Sequence[str], networks: Sequence[str]
) -> list[Gap]:
    """Somebody is there, but nobody for this language, or nobody for this network."""
    stands = [w for w in rota.all if w.role == role]
    found: list[Gap] = []
    for language in languages:
        there = [(w.starts, w.ends) for w in stands if rota.takes(w, None, language)]
        found += _gaps(rota, without(wanted, there), role, (), language=language)
    for network in networks:
        there = [(w.starts, w.ends) for w in stands if rota.takes(w, network, None)]
        found += _gaps(rota, without(wanted, there), role, (), network=network)
    return found


def _gaps(
    rota: Rota, empty: Sequence[Stretch], role: str, stands_in: Sequence[Stretch], *, network: str = "",
    language: str = "",
) -> Iterator[Gap]:  # fmt: skip
    """The stretches as gaps, parted where an acceptance begins or ends."""
    zone = rota.roster.timezone
    decided = [
        (of_wall(each.starts, zone), of_wall(each.ends, zone), each.reason)
        for each in rota.roster.gaps
        if each.role == role and each.network in (None, network) and each.language in (None, language)
    ]
    edges = {edge for starts, ends, _reason in decided for edge in (starts, ends)}
    for starts, ends in cut(empty, edges):
        covered = bool(stands_in) and not without([(starts, ends)], stands_in)
        reason = next((why for begins, stops, why in decided if begins <= starts and ends <= stops), None)
        yield Gap(starts, ends, role, network, language, covered, reason)
