"""The report in words, for the terminal and the page alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from babel.numbers import format_decimal

from sereno.commands.replaying.run import Report
from sereno.engine.messages import phrase, spoken, word
from sereno.engine.replay.difference import Pair, RoleLoad

DEGREES = ("none", "green", "amber", "red")
"""In the order of the tables of lights."""


@dataclass(frozen=True, slots=True)
class Words:
    """A report in a language."""

    report: Report
    language: str

    def say(self, key: str, **values: str | int | float) -> str:
        return phrase(f"replay-{key}", self.language, **values)

    def number(self, value: int | float) -> str:
        return str(format_decimal(value, locale=spoken(self.language)))

    def light(self, light: str | None) -> str:
        return word("light", light or "none", self.language)

    def role(self, name: str) -> str:
        return self.report.role(name, self.language)

    def moment(self, at: datetime | None) -> str:
        """On the new plan's clock."""
        if at is None:
            return "–"
        local = at.astimezone(ZoneInfo(self.report.difference.zone))
        return str(format_datetime(local, "d MMM y, HH:mm", locale=spoken(self.language)))

    @property
    def title(self) -> str:
        return self.say("title-alone" if self.report.alone else "title")

    @property
    def plans(self) -> str:
        before, after = self.report.names
        return after if self.report.alone else self.say("plans", before=before, after=after)

    def sentences(self, *, figures: bool = True) -> list[str]:
        """The whole in a few sentences; without the figures, where those stand beside."""
        found = self.report.difference
        if not found.posts:
            return [self.say("none-about-us")]
        span = self.say("span", first=self.moment(found.first), last=self.moment(found.last), zone=found.zone)
        key = "lede-alone" if self.report.alone else "lede"
        said = [self.say(key, posts=found.posts, changed=found.changed), span]
        return [*said, *(self._figures() if figures else []), *self._decided(), *self._nobody()]

    def _figures(self) -> list[str]:
        found = self.report.difference
        if self.report.alone:
            return [self.say("woken-alone", after=found.woken.after)]
        return [
            self.say("red", more=found.becomes_red, less=found.stops_being_red),
            self.say("woken", before=found.woken.before, after=found.woken.after),
        ]

    def _decided(self) -> list[str]:
        decided = self.report.difference.decided
        return [self.say("decided-how", known=decided.known, red=decided.red)] if decided.known else []

    def _nobody(self) -> list[str]:
        """Where the roster puts nobody."""
        told = []
        for load in self.report.difference.load:
            counts = {"before": load.nobody.before, "after": load.nobody.after}
            if any(counts.values()):
                key = "nobody-alone" if self.report.alone else "nobody"
                told.append(self.say(key, role=self.role(load.role), **counts))
        return told

    def people(self, load: RoleLoad) -> str:
        """On duty at a time: `2`, or `0–2` by a roster."""
        few = load.people if load.least is None else load.least
        return self.number(few) if few == load.people else f"{self.number(few)}–{self.number(load.people)}"

    @property
    def by_roster(self) -> bool:
        return self.report.difference.roster is not None

    def _how_people(self) -> list[str]:
        found = self.report.difference
        if found.roster is None:
            return [self.say("how-people")]
        given = [f"{self.role(load.role)} {self.number(load.people)}" for load in found.load if load.given]
        said = [self.say("how-roster", roster=found.roster)]
        return [*said, self.say("how-given", given=", ".join(given))] if given else said

    def pair(self, pair: Pair) -> list[str]:
        """The figures of both plans, or of the one there is."""
        figures = [pair.after] if self.report.alone else [pair.before, pair.after]
        return [self.number(figure) for figure in figures]

    def how(self) -> list[str]:
        """How it was reckoned: what a reader must know before the figures are believed."""
        found, told = self.report.difference, self.report.material.told
        said = [
            self.say("how-model", model=found.model),
            self.say("how-contexts"),
            self.say("how-live"),
            self.say("how-load", minutes=self.number(found.minutes_per_answer)),
            self.say("how-queue"),
            *self._how_people(),
        ]
        return [*said, self.say("undated", count=told.undated)] if told.undated else said
