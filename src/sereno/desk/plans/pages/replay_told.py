"""What came of a replay, as a short report: a sentence, the lights before and after, the load of each role by hour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from babel.dates import get_day_names
from babel.numbers import format_decimal
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sereno.desk.plans.models import PlanReplay
from sereno.desk.plans.results import Counts, counts_of, difference_of
from sereno.desk.plans.titles import role_title
from sereno.desk.words import capital, language
from sereno.engine.plan.model import Plan
from sereno.engine.replay.difference import Difference, Pair, RoleLoad, Week

LIGHTS = ("none", "green", "amber", "red")
"""In the order of the difference's tables."""
QUARTER = 6
"""Hours: a day has four parts when it is said at what time most of something falls."""
MOSTLY = 0.35
"""The share of what is added from which on one part of the week is named."""
FEW = 5
"""Fewer posts than this fall anywhere by chance."""
CHARTS = 4


@dataclass(frozen=True, slots=True)
class Chart:
    """What `parts/chart.html` shows."""

    id: str
    title: str
    said: str
    told: dict[str, Any]
    heads: list[str]
    rows: list[tuple[str, list[str]]]


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of a before/after table."""

    title: str
    before: int
    after: int

    @property
    def more(self) -> str:
        difference = self.after - self.before
        return f"+{grouped(difference)}" if difference > 0 else f"−{grouped(-difference)}" if difference else "="


@dataclass(frozen=True, slots=True)
class Report:
    replay: PlanReplay
    found: Difference
    counts: Counts
    sentence: str
    lights: list[tuple[str, list[tuple[str, int]], int]]
    """A row for each light before: light, its cells (light after, posts), their sum."""
    totals: list[int]
    """Posts per light after."""
    alarms: list[Figure]
    figures: list[tuple[str, str, list[Figure]]]
    """Title, what it is counted from, its lines."""
    staff: str
    """On whose being there the figures rest."""
    people: list[tuple[str, str]]
    """Role, and how many are on duty at a time: `2`, or `0–2` by a roster."""
    charts: list[Chart]
    other_loads: list[Figure]
    """Of roles whose hours stay as they are, or change the least: posts before and after."""
    models: tuple[str, ...]
    """Versions of the readers that read the posts."""


def grouped(number: int) -> str:
    return str(format_decimal(number, locale=language()))


def report_of(replay: PlanReplay, before: Plan, after: Plan) -> Report | None:
    """None until the replay is done. `before` and `after` are the two plans."""
    found = difference_of(replay)
    if found is None:
        return None
    teller = _Teller(found, before, after)
    loads = sorted(found.load, key=lambda load: -abs(load.posts.after - load.posts.before))
    moved = [load for load in loads if load.before != load.after][:CHARTS]
    others = [load for load in loads if load not in moved and (load.posts.before or load.posts.after)]
    return Report(
        replay=replay,
        found=found,
        counts=counts_of(replay),
        sentence=teller.sentence(),
        lights=[
            (light, [(other, found.lights[i][j]) for j, other in enumerate(LIGHTS)], sum(found.lights[i]))
            for i, light in enumerate(LIGHTS)
        ],
        totals=[sum(row[j] for row in found.lights) for j in range(len(LIGHTS))],
        alarms=[Figure(teller.role(a.role), a.before, a.after) for a in found.alarms],
        figures=teller.figures(),
        staff=teller.staff(counts_of(replay)),
        people=[(teller.role(load.role), people_of(load)) for load in found.load],
        charts=[teller.chart(load) for load in moved],
        other_loads=[Figure(teller.role(load.role), load.posts.before, load.posts.after) for load in others],
        models=tuple(counts_of(replay).models) or (found.model,),
    )


@dataclass(frozen=True, slots=True)
class _Teller:
    found: Difference
    before: Plan
    after: Plan

    def role(self, name: str) -> str:
        known = any(role.role == name for role in self.after.roles)
        return role_title(self.after if known else self.before, name)

    # the sentence at the top
    def sentence(self) -> str:
        found = self.found
        if not found.posts:
            return _("There are no stored posts to replay yet.")
        over = ngettext("Over %(posts)s post:", "Over %(posts)s posts:", found.posts) % {"posts": grouped(found.posts)}
        if not found.changed:
            return f"{over} {_('nothing would change.')}"
        said = [self._reds(), *self._woken()]
        return f"{over} {'; '.join(said)}."

    def _reds(self) -> str:
        more, fewer = self.found.becomes_red, self.found.stops_being_red
        if not more and not fewer:
            n = self.found.changed
            return ngettext(
                "%(n)s would go another way, none of them into or out of red",
                "%(n)s would go another way, none of them into or out of red",
                n,
            ) % {"n": grouped(n)}
        told = []
        if more:
            told.append(ngettext("%(n)s more would be red", "%(n)s more would be red", more) % {"n": grouped(more)})
        if fewer:
            told.append(
                ngettext("%(n)s would no longer be red", "%(n)s would no longer be red", fewer) % {"n": grouped(fewer)}
            )
        return ", ".join(told)

    def _woken(self) -> list[str]:
        """The role whose nights change the most."""
        moved = sorted(self.found.alarms, key=lambda alarm: -abs(alarm.after - alarm.before))
        if not moved or moved[0].after == moved[0].before:
            return [_("nobody would be called at once more or less often")]
        alarm = moved[0]
        n = alarm.after - alarm.before
        pattern = (
            ngettext("%(role)s: called at once %(n)s time more", "%(role)s: called at once %(n)s times more", n)
            if n > 0
            else ngettext("%(role)s: called at once %(n)s time less", "%(role)s: called at once %(n)s times less", -n)
        )
        load = next((load for load in self.found.load if load.role == alarm.role), None)
        when = mostly(load.before, load.after) if load else ""
        said = pattern % {"role": self.role(alarm.role), "n": grouped(abs(n))}
        return [f"{said} ({_('mostly %(when)s') % {'when': when}})" if when else said]

    # tables
    def figures(self) -> list[tuple[str, str, list[Figure]]]:
        found = self.found
        tables = [
            (_("Hours with more work than the people on duty can do"),
             _("Counted with %(n)s minutes an answer.") % {"n": grouped(round(found.minutes_per_answer))},
             [self._figure(load.role, load.overloaded) for load in found.load]),
            (_("Late first answers, by the answers that were really given"),
             ngettext("Known of %(n)s post.", "Known of %(n)s posts.", found.answered.known)
             % {"n": grouped(found.answered.known)},
             [Figure(_("Late"), found.answered.late.before, found.answered.late.after)]),
            (_("Late first answers, were each role's posts answered one after the other"),
             _("Counted with %(n)s minutes an answer.") % {"n": grouped(round(found.minutes_per_answer))},
             [self._figure(queue.role, queue.late) for queue in found.queues]),
            (_("Posts for which nobody of the role was on duty"),
             _("When their clock began to run."),
             [self._figure(load.role, load.nobody) for load in found.load]),
            (_("Against what the team decided in the end"),
             ngettext("Known of %(n)s post.", "Known of %(n)s posts.", found.decided.known)
             % {"n": grouped(found.decided.known)},
             [Figure(_("False alarms: red or called at once, decided milder"), *_both(found.decided.false_alarms)),
              Figure(_("Misses: decided red, but milder by the plan"), *_both(found.decided.misses))]),
        ]  # fmt: skip
        known = {tables[1][0]: found.answered.known, tables[4][0]: found.decided.known}
        kept = [(title, said, [f for f in lines if f.before or f.after]) for title, said, lines in tables]
        return [(title, said, lines) for title, said, lines in kept if lines or known.get(title)]

    def _figure(self, role: str, pair: Pair) -> Figure:
        return Figure(self.role(role), pair.before, pair.after)

    # people on duty
    def staff(self, counts: Counts) -> str:
        if counts.roster_unfit:
            return _(
                "Roster no. %(number)s does not fit these posts or this plan: one person of each role counts as on "
                "duty, day and night."
            ) % {"number": counts.roster}
        if self.found.roster is None:
            return _("By no roster: so many people of each role count as on duty, day and night.")
        said = _(
            "By roster no. %(number)s (%(name)s), in force when this was replayed: leave, holidays, swaps and gaps "
            "count. An answer waits where nobody of the role is there."
        ) % {"number": counts.roster, "name": self.found.roster}
        given = ", ".join(self.role(load.role) for load in self.found.load if load.given)
        exceptions = _("By a number instead: %(roles)s.") % {"roles": given}
        return f"{said} {exceptions}" if given else said

    # charts
    def chart(self, load: RoleLoad) -> Chart:
        names = {width: _days(width) for width in ("wide", "abbreviated")}
        change = load.posts.after - load.posts.before
        when = mostly(load.before, load.after)
        said = [f"{grouped(load.posts.before)} → {grouped(load.posts.after)}"]
        if when and change > 0:
            said.append(_("mostly %(when)s") % {"when": when})
        return Chart(
            id=f"load-{load.role}",
            title=self.role(load.role),
            said=", ".join(said),
            told={
                "kind": "week",
                "whole": True,
                "labels": [f"{capital(day)} {hour:02}:00" for day in names["wide"] for hour in range(24)],
                "days": [capital(day) for day in names["abbreviated"]],
                "series": [
                    {"name": _("before"), "as": "before", "values": [n for day in load.before for n in day]},
                    {"name": _("after"), "as": "after", "values": [n for day in load.after for n in day]},
                ],
            },
            heads=["", *(f"{hour:02}" for hour in range(24))],
            rows=[
                (capital(names["wide"][d]), [_cell(load.before[d][h], load.after[d][h]) for h in range(24)])
                for d in range(7)
            ],
        )


def people_of(load: RoleLoad) -> str:
    few = load.people if load.least is None else load.least
    return grouped(few) if few == load.people else f"{grouped(few)}–{grouped(load.people)}"


def mostly(before: Week, after: Week) -> str:
    """The part of the week in which most of what is added (or falls away) falls; empty where it is spread."""
    moved = [[abs(after[d][h] - before[d][h]) for h in range(24)] for d in range(7)]
    total = sum(map(sum, moved))
    parts = {(d, q): sum(moved[d][q * QUARTER : (q + 1) * QUARTER]) for d in range(7) for q in range(24 // QUARTER)}
    (day, quarter), most = max(parts.items(), key=lambda item: item[1])
    if total < FEW or most < MOSTLY * total:
        return ""
    return f"{_days('wide')[day]} {quarter * QUARTER:02}:00–{(quarter + 1) * QUARTER:02}:00"


def _days(width: Literal["wide", "abbreviated"]) -> list[str]:
    """From Monday on, as the weeks of a difference."""
    names = get_day_names(width, context="stand-alone", locale=language())
    return [names[day] for day in range(7)]


def _both(pair: Pair) -> tuple[int, int]:
    return pair.before, pair.after


def _cell(before: int, after: int) -> str:
    return "·" if not before and not after else grouped(after) if before == after else f"{before} → {after}"
