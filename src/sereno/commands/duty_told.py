"""What `sereno duty` says, in the reader's language; moments as they stand on the roster's clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from babel.numbers import format_decimal

from sereno.engine.duty.gaps import Gap
from sereno.engine.duty.proof import Worst
from sereno.engine.duty.roster import Roster
from sereno.engine.duty.rota import Watchkeeping
from sereno.engine.duty.simulation import Outcome
from sereno.engine.duty.stretches import Stretch, length
from sereno.engine.duty.watch import Watch
from sereno.engine.messages import language_name, phrase, role_words, spoken, word
from sereno.engine.messages import length as length_words
from sereno.engine.plan.model import Plan

SHOWN = 5
"""Stretches that are told of many."""
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Told:
    """A roster and its plan, told in a language."""

    roster: Roster
    plan: Plan
    language: str

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.roster.timezone)

    def say(self, key: str, **values: str | int | float) -> str:
        return phrase(f"duty-{key}", self.language, **values)

    def number(self, value: int | float) -> str:
        return str(format_decimal(value, locale=spoken(self.language)))

    def moment(self, at: datetime) -> str:
        return str(format_datetime(at.astimezone(self.zone), "EEE d MMM y, HH:mm", locale=spoken(self.language)))

    def now(self, at: datetime) -> str:
        """The moment that was asked for, with its zone."""
        return f"{self.moment(at)} {at.astimezone(self.zone):%Z}"

    def role(self, name: str) -> str:
        return self.say("role", title=role_words(name, self.language, self.plan), role=name)

    def sound(self) -> str:
        people, shifts = len(self.roster.people), len(self.roster.shifts)
        return self.say("sound", roster=self.roster.id, people=people, shifts=shifts)

    # -- who --------------------------------------------------------------------------------------------------------

    def watch(self, each: Watch) -> str:
        values = {"role": self.role(each.role), "people": self._names(each.there)}
        if each.until is None:
            return self.say("on", **values)
        values["until"] = self.moment(each.until)
        if each.next_from is None:
            return self.say("on-until", **values)
        values["next"] = self._names(each.next)
        if each.next_from == each.until:
            return self.say("on-then", **values)
        return self.say("on-then-from", **values, **{"from": self.moment(each.next_from)})

    def _names(self, standing: Sequence[Watchkeeping]) -> str:
        names = dict.fromkeys(self._name(each) for each in standing)
        return ", ".join(names) or self.say("nobody")

    def _name(self, each: Watchkeeping) -> str:
        name = self.roster.person(each.person).name
        if each.instead_of is None:
            return name
        return self.say("instead", name=name, other=self.roster.person(each.instead_of).name)

    # -- gaps -------------------------------------------------------------------------------------------------------

    def gap(self, gap: Gap) -> str:
        network = word("network", gap.network, self.language) if gap.network else ""
        language = language_name(gap.language, self.language) if gap.language else ""
        what = " ".join(filter(None, (network, language)))
        missing = self.say("gap-nobody-for", what=what) if what else self.say("gap-nobody")
        if gap.deputy_there:
            missing = self.say("gap-deputy", missing=missing)
        if gap.accepted:
            missing = self.say("gap-decided", missing=missing, reason=gap.accepted)
        return self.say("gap", stretch=self._stretch((gap.starts, gap.ends)), role=self.role(gap.role), missing=missing)

    def gaps(self, found: Sequence[Gap]) -> str:
        """All of them in sum."""
        left = [gap for gap in found if gap.accepted is None]
        hours = length((gap.starts, gap.ends) for gap in left) / timedelta(hours=1)
        said = self.say("gaps-sum", roster=self.roster.id, gaps=len(left), hours=self.number(round(hours, 2)))
        decided = len(found) - len(left)
        return self.say("gaps-decided", sum=said, decided=decided) if decided else said

    def _stretch(self, stretch: Stretch) -> str:
        return self.say("stretch", **{"from": self.moment(stretch[0]), "to": self.moment(stretch[1])})

    # -- proof ------------------------------------------------------------------------------------------------------

    def worsts(self, found: Sequence[Worst]) -> list[str]:
        """Alike waits are told once, with everything that waits so long."""
        alike: dict[tuple[str, ...], list[Worst]] = {}
        for each in found:
            alike.setdefault(self._waits(each), []).append(each)
        return [
            "\n".join(
                [self.say("worst", of=self._all_of(those, found), wait=waits[0]), *(f"  {line}" for line in waits[1:])]
            )
            for waits, those in alike.items()
        ]

    def _waits(self, each: Worst) -> tuple[str, ...]:
        lines = [self._called(each), *([] if each.beside else [self._last(each)])]
        if each.off_duty:
            lines.append(self.say("worst-off-duty", stretches=self._stretches(each.off_duty)))
        if each.nobody:
            lines.append(
                self.say("worst-name-nobody" if each.beside else "worst-nobody", stretches=self._stretches(each.nobody))
            )
        return tuple(lines)

    def _called(self, each: Worst) -> str:
        if not each.first_call:
            return self.say("worst-at-once")
        return self.say("worst-within", span=self._span(each.first_call), at=self.moment(each.first_call_at))

    def _last(self, each: Worst) -> str:
        if not each.last_link:
            return self.say("worst-last-at-once")
        return self.say("worst-last-within", span=self._span(each.last_link), at=self.moment(each.last_link_at))

    def _all_of(self, those: Sequence[Worst], found: Sequence[Worst]) -> str:
        """The lights, each with its areas unless all of them wait alike: `Amber, Products, Safety; Green`."""
        titles = {area.area: self.plan.text(area.title, spoken(self.language)) for area in self.plan.areas}
        said = []
        for kind in dict.fromkeys(map(_kind, those)):
            degree, by_name, _beside = kind
            light = word("light", degree, self.language)
            light = light[:1].upper() + light[1:]
            if by_name:
                light = self.say("worst-by-name", light=light, role=role_words(by_name, self.language, self.plan))
            mine = [each for each in those if _kind(each) == kind]
            areas = [titles.get(area, area) for each in mine for area in each.areas]
            if areas and len(mine) < sum(_kind(each) == kind for each in found):
                light = self.say("worst-of", light=light, areas=", ".join(areas))
            said.append(light)
        return "; ".join(said)

    def _span(self, wait: timedelta) -> str:
        """In whole minutes, never less than it is; hours, for a day of waiting is 24 of them."""
        return length_words(-(-wait // MINUTE) * MINUTE, self.language, duty=True)

    def _stretches(self, stretches: Sequence[Stretch]) -> str:
        told = ", ".join(self._stretch(stretch) for stretch in stretches[:SHOWN])
        more = len(stretches) - SHOWN
        return self.say("and-more", stretches=told, count=more) if more > 0 else told

    # -- simulate ---------------------------------------------------------------------------------------------------

    def simulated(self, came: Outcome) -> list[str]:
        figures = {
            "cases": came.cases, "acknowledged": came.acknowledged, "missed": len(came.missed),
            "doubled": came.doubled, "late": len(came.late), "calls": came.calls, "deaths": came.deaths,
            "races": came.races,
        }  # fmt: skip
        rows = [(self.say(f"simulated-{key}"), figure) for key, figure in figures.items()]
        steps = [self.plan.step_for("red")]
        while steps[-1].then:
            steps.append(self.plan.step(steps[-1].then))
        rows += [(self.say("simulated-at", step=step.step), came.by_link[n]) for n, step in enumerate(steps)]
        wide = max(len(name) for name, _figure in rows)
        return [f"{name:{wide}} {self.number(figure):>12}" for name, figure in rows]


def _kind(each: Worst) -> tuple[str, str, bool]:
    """Of what this is the wait: a light's chain, or a role that rules of the light call by name."""
    return each.degree, each.by_name, each.beside
