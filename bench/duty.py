"""A million red cases over two years: how many were missed, called twice, or waited longer than the proof had said?

With rotations, leave, swaps, holidays, both changes of the clock, workers that die and workers that race each other.

    ./run bench duty                     a million cases, forty rosters in eight time zones, on each processor
    ./run bench duty --cases 20000

Rosters are made up by a seed and differ in all that a roster can differ in; a third of them has holes on purpose (no
night shift, a committee that is on leave). The chain is the starter plan's, in the roster's own zone. People, deaths of
the worker and arrivals are made up, too: this shows that the chain's logic holds, not how people behave.
"""

from __future__ import annotations

import argparse
import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from time import perf_counter
from typing import Any

from sereno.engine.duty.proof import worst
from sereno.engine.duty.roster import Roster
from sereno.engine.duty.rota import Rota
from sereno.engine.duty.simulation import Habits, simulate
from sereno.engine.plan.load import find_plan, load_plan
from sereno.engine.plan.model import Plan

ZONES = (
    "Europe/Madrid", "Europe/Warsaw", "America/Mexico_City", "America/New_York", "Asia/Kathmandu", "Pacific/Auckland",
    "Australia/Lord_Howe", "America/St_Johns",
)  # fmt: skip
COUNTRIES = ("ES", "PL", "MX", "US", None, "NZ", "AU", "CA")
BEGIN, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
ROSTERS = 40


@dataclass(frozen=True, slots=True)
class Came:
    """What came of one roster's cases."""

    zone: str
    cases: int
    missed: int
    doubled: int
    late: int
    deaths: int
    races: int
    calls: int
    first: tuple[timedelta, timedelta]
    """Until the first human: as the proof says, and the longest that came about."""
    last: tuple[timedelta, timedelta]
    """The same until the last step of the chain."""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--cases", type=int, default=1_000_000)
    arguments.add_argument("--seed", type=int, default=5)
    asked = arguments.parse_args()
    each = asked.cases // ROSTERS
    began = perf_counter()
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        came = list(pool.map(one_roster, [(asked.seed * 1000 + n, each) for n in range(ROSTERS)]))
    print(
        "| zone | cases | missed | doubled | late | calls | deaths | races | first call: proof, longest | last step |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    for row in came:
        first, last = (", ".join(str(each).split(".")[0] for each in pair) for pair in (row.first, row.last))
        print(
            f"| {row.zone} | {row.cases:,} | {row.missed} | {row.doubled} | {row.late} | {row.calls:,} "
            f"| {row.deaths:,} | {row.races:,} | {first} | {last} |"
        )
    names = ("cases", "missed", "doubled", "late", "calls", "deaths", "races")
    cases, missed, doubled, late, calls, deaths, races = (sum(getattr(row, name) for row in came) for name in names)
    print(
        f"\n{cases:,} red cases, {calls:,} calls: {missed} missed, {doubled} doubled, {late} later than the proof "
        f"said; workers died {deaths:,} times and {races:,} times came second; {perf_counter() - began:.0f} s"
    )


def one_roster(asked: tuple[int, int]) -> Came:
    seed, cases = asked
    random = Random(seed)
    place = random.randrange(len(ZONES))
    plan = starter_in(ZONES[place], COUNTRIES[place])
    rota = Rota(made_up(random, ZONES[place], COUNTRIES[place]), BEGIN, END)
    bound = worst(plan, rota, "red", reachable=lambda _person, _at: True)
    span = int((END - BEGIN - timedelta(days=7)).total_seconds())
    arrivals = sorted(BEGIN + timedelta(seconds=random.randrange(span)) for _ in range(cases))
    # everybody can be reached: that is what the proof says of, too
    came = simulate(plan, rota, arrivals, bound=bound, habits=Habits(unreachable=0.0), seed=seed)
    return Came(
        ZONES[place], came.cases, len(came.missed), came.doubled, len(came.late), came.deaths, came.races,
        came.calls, (bound.first_call, came.longest_first_call), (bound.last_link, came.longest_last_link),
    )  # fmt: skip


def starter_in(zone: str, country: str | None) -> Plan:
    text = find_plan("starter").read_text("utf-8").replace("timezone: Europe/Madrid", f"timezone: {zone}", 1)
    return load_plan(text.replace("country: ES ", f"country: {country} " if country else "country: IE ", 1))


def made_up(random: Random, zone: str, country: str | None) -> Roster:
    """People, shifts, leave and overrides by chance."""
    duty = [f"manager{n}" for n in range(random.randint(2, 5))]
    committee = [f"member{n}" for n in range(random.randint(2, 4))]
    people: list[dict[str, Any]] = [{"person": p, "name": p, "roles": ["community_manager"]} for p in duty]
    people += [{"person": p, "name": p, "roles": ["committee_duty"]} for p in committee]
    people += [{"person": "director", "name": "director", "roles": ["managing_director"]}]
    hole = random.random() < 1 / 3
    desk = {"role": "community_manager", "people": duty, "rotate": turn(random)}
    shifts: list[dict[str, Any]] = [
        {"shift": "morning", "hours": ["06:00-14:00"], **desk},
        {"shift": "late", "hours": ["14:00-22:00"], **desk},
        {"shift": "committee", "role": "committee_duty", "hours": [random.choice(["09:00-09:00", "02:30-02:30"])],
         "people": committee, "rotate": turn(random)},
    ]  # fmt: skip
    if hole:
        shifts[2]["hours"] = ["08:00-22:00"]
        shifts[2]["holidays"] = False
    return Roster.model_validate(
        {
            "sereno_roster": 1, "roster": "made-up", "version": "1", "timezone": zone, "country": country,
            "people": people, "shifts": shifts,
            "absences": [leave(random, person) for person in (*duty, *committee) for _ in range(4)],
            "overrides": [swap(random, committee) for _ in range(60)],
        }
    )  # fmt: skip


def turn(random: Random) -> dict[str, Any]:
    return {
        "every": random.choice(["1d", "2d", "7d"]),
        "since": date(2025, 12, 1) + timedelta(days=random.randrange(28)),
    }


def leave(random: Random, person: str) -> dict[str, Any]:
    starts = datetime(2026, 1, 1) + timedelta(days=random.randrange(700))  # noqa: DTZ001 — wall time of the roster
    return {"person": person, "starts": starts, "ends": starts + timedelta(days=random.randint(1, 14))}


def swap(random: Random, committee: list[str]) -> dict[str, Any]:
    starts = datetime(2026, 1, 1) + timedelta(hours=random.randrange(700 * 24))  # noqa: DTZ001
    taken, given = random.sample(committee, 2)
    return {
        "person": taken, "instead_of": given, "role": "committee_duty", "starts": starts,
        "ends": starts + timedelta(hours=random.randint(1, 36)), "swap": True,
    }  # fmt: skip


if __name__ == "__main__":
    main()
