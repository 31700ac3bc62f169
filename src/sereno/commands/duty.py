"""`sereno duty check | who | gaps | proof | simulate`: a roster asked about itself, without a server."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import click

from sereno.commands.duty_file import load_roster, moment
from sereno.commands.plan_file import fail, load
from sereno.commands.wording import plural
from sereno.engine.duty.gaps import Gap, gaps
from sereno.engine.duty.proof import Worst, worst, worst_of_all
from sereno.engine.duty.roster import Roster
from sereno.engine.duty.rota import Rota, Watchkeeping
from sereno.engine.duty.simulation import Habits, Outcome, simulate
from sereno.engine.duty.stretches import Stretch, length
from sereno.engine.duty.watch import Watch, watch, watches
from sereno.engine.plan.model import Plan
from sereno.engine.plan.suggest import did_you_mean

QUARTER = timedelta(days=91)
LONGEST = timedelta(days=3 * 366)
AROUND = timedelta(days=40)
"""So far ahead `who` looks for whoever comes next."""
SHOWN = 5
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
def check(roster: str, plan_name: str) -> None:
    """Whether ROSTER can be used with its plan; every fault with its line."""
    loaded = load_roster(roster, load(plan_name), tell_warnings=True)
    people, shifts = len(loaded.people), len(loaded.shifts)
    told = f"{people} {'person' if people == 1 else 'people'}, {shifts} {plural(shifts, 'shift')}"
    click.echo(f"{loaded.id}: {told}, no faults")


@duty.command()
@click.argument("roster")
@plan_option
@click.option("--at", help="Such as 2026-12-24T23:30; the roster's zone if none. Default: now.")
@click.option("--role", help="This role alone.")
@format_option
def who(roster: str, plan_name: str, at: str | None, role: str | None, form: str) -> None:
    """Who is on duty, until when, and who comes next."""
    plan = load(plan_name)
    loaded = load_roster(roster, plan)
    zone = ZoneInfo(loaded.timezone)
    when = moment(at, zone, "--at")
    known = [each.role for each in plan.roles]
    if role is not None and role not in known:
        fail(f"role '{role}' is not in the plan{did_you_mean(role, known) or ': ' + ', '.join(known)}")
    rota = Rota(loaded, when - timedelta(days=1), when + AROUND)
    found = (watch(rota, role, when),) if role is not None else watches(rota, when)
    if form == "json":
        click.echo(json.dumps([_watch_fields(each, zone) for each in found], indent=2))
        return
    click.echo(f"{when.astimezone(zone):%Y-%m-%d %H:%M %Z}")
    for each in found:
        click.echo(_told(each, loaded, zone))


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


def _told(each: Watch, roster: Roster, zone: ZoneInfo) -> str:
    until = f" until {_when(each.until, zone)}" if each.until else ""
    line = f"{each.role}: {_names(each.there, roster) or 'nobody'}{until}"
    if each.next and each.next_from:
        line += f"; then {_names(each.next, roster)}" + ("" if each.next_from == each.until else _from(each, zone))
    return line


def _from(each: Watch, zone: ZoneInfo) -> str:
    return f" from {_when(each.next_from, zone)}" if each.next_from else ""


def _names(standing: Sequence[Watchkeeping], roster: Roster) -> str:
    told = []
    for each in standing:
        name = roster.person(each.person).name
        told.append(f"{name} (for {roster.person(each.instead_of).name})" if each.instead_of else name)
    return ", ".join(dict.fromkeys(told))


def _when(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%a %d %b %H:%M}"


@duty.command("gaps")
@click.argument("roster")
@click.argument("start", metavar="FROM")
@click.argument("end", metavar="TO")
@plan_option
@click.option("--network", "networks", multiple=True, help="Somebody is wanted for it, too; may be given again.")
@format_option
def gaps_command(roster: str, start: str, end: str, plan_name: str, networks: tuple[str, ...], form: str) -> None:
    """Where nobody stands from FROM to TO, though the plan wants somebody. Ends with 1 where a gap is not accepted."""
    plan = load(plan_name)
    loaded = load_roster(roster, plan)
    zone = ZoneInfo(loaded.timezone)
    rota = _rota(loaded, moment(start, zone, "FROM"), moment(end, zone, "TO"))
    found = gaps(rota, plan, networks=networks)
    if form == "json":
        click.echo(json.dumps([_gap_fields(gap, zone) for gap in found], indent=2, ensure_ascii=False))
    else:
        for gap in found:
            click.echo(_gap_told(gap, zone))
        open_gaps = [gap for gap in found if gap.accepted is None]
        hours = length((gap.starts, gap.ends) for gap in open_gaps) / timedelta(hours=1)
        decided = len(found) - len(open_gaps)
        told = f"{len(open_gaps)} {plural(len(open_gaps), 'gap')}, {hours:g} h"
        click.echo(f"{loaded.id}: {told}{f'; {decided} more by decision' if decided else ''}")
    sys.exit(1 if any(gap.accepted is None for gap in found) else 0)


def _rota(roster: Roster, start: datetime, end: datetime) -> Rota:
    if not timedelta() < end - start <= LONGEST:
        fail("the end must come after the beginning, at most three years later")
    return Rota(roster, start, end)


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


def _gap_told(gap: Gap, zone: ZoneInfo) -> str:
    what = " ".join(part for part in (gap.network, gap.language) if part)
    missing = f"nobody for {what}" if what else "nobody"
    rest = "; the deputy is there" if gap.deputy_there else ""
    decided = f"; by decision: {gap.accepted}" if gap.accepted else ""
    return f"{_when(gap.starts, zone)} to {_when(gap.ends, zone)}  {gap.role}: {missing}{rest}{decided}"


@duty.command()
@click.argument("roster")
@plan_option
@click.option("--from", "start", help="Default: now.")
@click.option("--to", "end", help="Default: a quarter of a year later.")
@format_option
def proof(roster: str, plan_name: str, start: str | None, end: str | None, form: str) -> None:
    """The longest that anybody can wait for a human, per degree and area. Ends with 1 where a chain ends in nobody."""
    plan = load(plan_name)
    loaded = load_roster(roster, plan)
    zone = ZoneInfo(loaded.timezone)
    first = moment(start, zone, "--from")
    found = worst_of_all(plan, _rota(loaded, first, moment(end, zone, "--to") if end else first + QUARTER))
    if form == "json":
        click.echo(json.dumps([_worst_fields(each, zone) for each in found], indent=2))
    else:
        for each in found:
            click.echo(_worst_told(each, zone))
    sys.exit(1 if any(each.nobody for each in found) else 0)


def _worst_fields(each: Worst, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "degree": each.degree,
        "areas": list(each.areas),
        "first_call_seconds": each.first_call.total_seconds(),
        "first_call_at": _iso(each.first_call_at, zone),
        "last_link_seconds": each.last_link.total_seconds(),
        "last_link_at": _iso(each.last_link_at, zone),
        "off_duty": [[_iso(starts, zone), _iso(ends, zone)] for starts, ends in each.off_duty],
        "nobody": [[_iso(starts, zone), _iso(ends, zone)] for starts, ends in each.nobody],
    }


def _worst_told(each: Worst, zone: ZoneInfo) -> str:
    of = f"{each.degree}, {', '.join(each.areas)}" if each.areas else each.degree
    lines = [f"{of}: a human is called {_within(each.first_call, each.first_call_at, zone)}"]
    lines.append(f"  and the last step of the chain {_within(each.last_link, each.last_link_at, zone)}")
    if each.off_duty:
        lines.append(f"  nobody on duty is left: people off duty are called {_spans(each.off_duty, zone)}")
    if each.nobody:
        lines.append(f"  THE CHAIN ENDS IN NOBODY {_spans(each.nobody, zone)}")
    return "\n".join(lines)


def _within(wait: timedelta, at: datetime, zone: ZoneInfo) -> str:
    return f"within {_span(wait)} (arriving {_when(at, zone)})" if wait else "at once"


def _span(wait: timedelta) -> str:
    minutes = -(-wait // timedelta(minutes=1))
    hours, rest = divmod(minutes, 60)
    return " ".join([*([f"{hours} h"] if hours else []), *([f"{rest} min"] if rest or not hours else [])])


def _spans(stretches: Sequence[Stretch], zone: ZoneInfo) -> str:
    told = [f"{_when(starts, zone)} to {_when(ends, zone)}" for starts, ends in stretches[:SHOWN]]
    more = f", and {len(stretches) - SHOWN} more times" if len(stretches) > SHOWN else ""
    return ", ".join(told) + more


@duty.command("simulate")
@click.argument("roster")
@plan_option
@click.option("--cases", type=click.IntRange(1, 1_000_000), default=10_000, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed, the same cases.")
@click.option("--from", "start", help="Default: now.")
@click.option("--to", "end", help="Default: a quarter of a year later.")
def simulate_command(roster: str, plan_name: str, cases: int, seed: int, start: str | None, end: str | None) -> None:
    """Red cases thrown at the roster, with a worker that dies. Ends with 1 where one was missed, doubled or late."""
    plan = load(plan_name)
    loaded = load_roster(roster, plan)
    zone = ZoneInfo(loaded.timezone)
    first = moment(start, zone, "--from")
    last = moment(end, zone, "--to") if end else first + QUARTER
    # a case that arrives last still needs its days to come to an end
    came = _simulated(plan, _rota(loaded, first, last + timedelta(days=7)), last, cases, seed)
    for line in _outcome(came, plan):
        click.echo(line)
    sys.exit(1 if came.missed or came.doubled or came.late else 0)


def _simulated(plan: Plan, rota: Rota, last: datetime, cases: int, seed: int) -> Outcome:
    random = Random(seed)  # noqa: S311 — nothing secret: it must come out the same again
    seconds = int((last.astimezone(UTC) - rota.start).total_seconds())
    arrivals = sorted(rota.start + timedelta(seconds=random.randrange(seconds)) for _ in range(cases))
    return simulate(plan, rota, arrivals, bound=worst(plan, rota, "red"), habits=Habits(unreachable=0.0), seed=seed)


def _outcome(came: Outcome, plan: Plan) -> list[str]:
    rows = [
        ("red cases", f"{came.cases:,}"),
        ("acknowledged", f"{came.acknowledged:,}"),
        ("missed", f"{len(came.missed):,}"),
        ("doubled", f"{came.doubled:,}"),
        ("later than the proof says", f"{len(came.late):,}"),
        ("calls", f"{came.calls:,}"),
        ("the worker died", f"{came.deaths:,} times"),
        ("a second worker was refused", f"{came.races:,} times"),
    ]
    chain = [plan.step_for("red")]
    while chain[-1].then:
        chain.append(plan.step(chain[-1].then))
    rows += [(f"acknowledged at {step.step}", f"{came.by_link[n]:,}") for n, step in enumerate(chain)]
    return [f"{name:30} {value:>12}" for name, value in rows]
