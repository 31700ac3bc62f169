"""`sereno duty check | who | gaps | proof | simulate`: a roster asked about itself, without a server."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import click

from sereno.commands.duty_file import load_roster, moment
from sereno.commands.duty_told import Told
from sereno.commands.plan_file import fail, load
from sereno.commands.wording import language_option
from sereno.engine.duty.gaps import Gap, gaps
from sereno.engine.duty.proof import Worst, worst, worst_of_all
from sereno.engine.duty.rota import Rota, Watchkeeping
from sereno.engine.duty.simulation import Habits, Outcome, simulate
from sereno.engine.duty.watch import Watch, watch, watches
from sereno.engine.messages import phrase
from sereno.engine.plan.model import Plan
from sereno.engine.plan.suggest import nearest

QUARTER = timedelta(days=91)
LONGEST = timedelta(days=3 * 366)
AROUND = timedelta(days=40)
"""So far ahead `who` looks for whoever comes next."""
Command = TypeVar("Command", bound=Callable[..., Any])


def plan_option(command: Command) -> Command:
    return click.option(
        "--plan", "plan_name", default="starter", show_default=True, help="The plan whose roles the roster fills."
    )(command)


format_option = click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True
)


@click.group()
def duty() -> None:
    """Check a duty roster, ask who is on duty, find where nobody is, prove how long anybody waits at worst."""


@duty.command()
@click.argument("roster")
@plan_option
@language_option
def check(roster: str, plan_name: str, language: str) -> None:
    """Whether ROSTER can be used with its plan; every fault with its line."""
    told = _told(roster, plan_name, language, tell_warnings=True)
    click.echo(told.sound())


def _told(roster: str, plan_name: str, language: str, *, tell_warnings: bool = False) -> Told:
    plan = load(plan_name, language=language)
    return Told(load_roster(roster, plan, tell_warnings=tell_warnings, language=language), plan, language)


@duty.command()
@click.argument("roster")
@plan_option
@click.option("--at", help="Such as 2026-12-24T23:30; the roster's zone if none. Default: now.")
@click.option("--role", help="This role alone.")
@language_option
@format_option
def who(roster: str, plan_name: str, at: str | None, role: str | None, language: str, form: str) -> None:
    """Who is on duty, until when, and who comes next."""
    told = _told(roster, plan_name, language)
    when = moment(at, told.zone, "--at", language)
    if role is not None:
        _must_be_a_role(role, told)
    rota = Rota(told.roster, when - timedelta(days=1), when + AROUND)
    found = (watch(rota, role, when),) if role is not None else watches(rota, when)
    if form == "json":
        click.echo(json.dumps([_watch_fields(each, told.zone) for each in found], indent=2))
        return
    click.echo(told.now(when))
    for each in found:
        click.echo(told.watch(each))


def _must_be_a_role(role: str, told: Told) -> None:
    known = [each.role for each in told.plan.roles]
    if role in known:
        return
    values = {"role": role, "plan": told.plan.id}
    if near := nearest(role, known):
        fail(phrase("duty-role-unknown-near", told.language, near=near, **values))
    fail(phrase("duty-role-unknown", told.language, known=", ".join(known), **values))


def _watch_fields(each: Watch, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "role": each.role,
        "people": [_person_fields(w) for w in each.there],
        "until": _iso(each.until, zone),
        "next": [_person_fields(w) for w in each.next],
        "next_from": _iso(each.next_from, zone),
    }


def _person_fields(each: Watchkeeping) -> dict[str, Any]:
    return {"person": each.person, "shift": each.shift or None, "via": each.via, "instead_of": each.instead_of}


def _iso(at: datetime | None, zone: ZoneInfo) -> str | None:
    return at.astimezone(zone).isoformat() if at else None


@duty.command("gaps")
@click.argument("roster")
@click.argument("begins", metavar="[FROM]", required=False)
@click.argument("stops", metavar="[TO]", required=False)
@click.option("--from", "start", help="The same as FROM. Default: now.")
@click.option("--to", "end", help="The same as TO. Default: a quarter of a year later.")
@plan_option
@click.option("--network", "networks", multiple=True, help="Somebody is wanted for it, too; may be given again.")
@language_option
@format_option
def gaps_command(
    roster: str, begins: str | None, stops: str | None, start: str | None, end: str | None, plan_name: str,
    networks: tuple[str, ...], language: str, form: str,
) -> None:  # fmt: skip
    """Where nobody stands from FROM to TO, though the plan wants somebody. Ends with 1 where a gap is not accepted."""
    told = _told(roster, plan_name, language)
    first, last = _span(start or begins, end or stops, told)
    found = gaps(Rota(told.roster, first, last), told.plan, networks=networks)
    if form == "json":
        click.echo(json.dumps([_gap_fields(gap, told.zone) for gap in found], indent=2, ensure_ascii=False))
    else:
        for gap in found:
            click.echo(told.gap(gap))
        click.echo(told.gaps(found))
    sys.exit(1 if any(gap.accepted is None for gap in found) else 0)


def _must_run_forward(start: datetime, end: datetime, told: Told) -> None:
    if not timedelta() < end - start <= LONGEST:
        fail(phrase("duty-span", told.language, start=told.moment(start), end=told.moment(end)))


def _gap_fields(gap: Gap, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "role": gap.role,
        "from": _iso(gap.starts, zone),
        "to": _iso(gap.ends, zone),
        "network": gap.network or None,
        "language": gap.language or None,
        "deputy_there": gap.deputy_there,
        "accepted": gap.accepted,
    }


@duty.command()
@click.argument("roster")
@plan_option
@click.option("--from", "start", help="Default: now.")
@click.option("--to", "end", help="Default: a quarter of a year later.")
@language_option
@format_option
def proof(roster: str, plan_name: str, start: str | None, end: str | None, language: str, form: str) -> None:
    """The longest that anybody can wait for a human, per degree and area, and for whom rules call by name.

    Ends with 1 where a chain, or a call by name, ends in nobody.
    """
    told = _told(roster, plan_name, language)
    first, last = _span(start, end, told)
    found = worst_of_all(told.plan, Rota(told.roster, first, last))
    if form == "json":
        click.echo(json.dumps([_worst_fields(each, told.zone) for each in found], indent=2))
    else:
        for said in told.worsts(found):
            click.echo(said)
    sys.exit(1 if any(each.nobody for each in found) else 0)


def _span(start: str | None, end: str | None, told: Told) -> tuple[datetime, datetime]:
    """From --from to --to."""
    first = moment(start, told.zone, "--from", told.language)
    last = moment(end, told.zone, "--to", told.language) if end else first + QUARTER
    _must_run_forward(first, last, told)
    return first, last


def _worst_fields(each: Worst, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "degree": each.degree,
        "areas": list(each.areas),
        "called_by_name": each.by_name or None,
        "beside_the_chain": each.beside,
        "first_call_seconds": each.first_call.total_seconds(),
        "first_call_at": _iso(each.first_call_at, zone),
        "last_link_seconds": each.last_link.total_seconds(),
        "last_link_at": _iso(each.last_link_at, zone),
        "off_duty": [[_iso(starts, zone), _iso(ends, zone)] for starts, ends in each.off_duty],
        "nobody": [[_iso(starts, zone), _iso(ends, zone)] for starts, ends in each.nobody],
    }


@duty.command("simulate")
@click.argument("roster")
@plan_option
@click.option("--cases", type=click.IntRange(1, 1_000_000), default=10_000, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed, the same cases.")
@click.option("--from", "start", help="Default: now.")
@click.option("--to", "end", help="Default: a quarter of a year later.")
@language_option
def simulate_command(
    roster: str, plan_name: str, cases: int, seed: int, start: str | None, end: str | None, language: str
) -> None:
    """Red cases thrown at the roster, with a worker that dies. Ends with 1 where one was missed, doubled or late."""
    told = _told(roster, plan_name, language)
    first, last = _span(start, end, told)
    # a case that arrives last still needs its days to come to an end
    came = _simulated(told.plan, Rota(told.roster, first, last + timedelta(days=7)), last, cases, seed)
    for line in told.simulated(came):
        click.echo(line)
    sys.exit(1 if came.missed or came.doubled or came.late else 0)


def _simulated(plan: Plan, rota: Rota, last: datetime, cases: int, seed: int) -> Outcome:
    random = Random(seed)  # noqa: S311 — nothing secret: it must come out the same again
    seconds = int((last.astimezone(UTC) - rota.start).total_seconds())
    arrivals = sorted(rota.start + timedelta(seconds=random.randrange(seconds)) for _ in range(cases))
    return simulate(plan, rota, arrivals, bound=worst(plan, rota, "red"), habits=Habits(unreachable=0.0), seed=seed)
