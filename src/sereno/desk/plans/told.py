"""The whole plan read aloud in the reader's language: what the page of a plan shows, chapter by chapter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sereno.desk.plans.sentences import (
    duty_week,
    guide_card,
    length,
    reach_thresholds,
    role_title,
    rule_sentence,
)
from sereno.desk.words import capital, language, names_of, word
from sereno.engine import messages
from sereno.engine.plan.explain import explain
from sereno.engine.plan.model import LIGHTS, Complaint, DutyHours, Plan, Resource, Scenario, When


@dataclass(frozen=True, slots=True)
class Chapter:
    """One part of the document; `name` is its template, `plans/chapters/<name>.html`, and its place on the page."""

    name: str
    title: str
    gist: str
    """In a few words what stands in it, for whoever leaves it folded."""
    told: Any

    @property
    def template(self) -> str:
        return f"plans/chapters/{self.name}.html"


def whole_plan(plan: Plan) -> tuple[Chapter, ...]:
    """The chapters that this plan has, in the order in which they are needed."""
    teller = _Teller(plan)
    chapters = (
        Chapter("lights", _("What makes a light"), teller.lights_gist(), teller.lights()),
        Chapter("guides", _("Guides"), _titles(teller.say(g.title) for g in plan.guides), teller.guides()),
        Chapter("chain", _("Who answers"), teller.chain_gist(), teller.chain()),
        Chapter("targets", _("By when"), teller.targets_gist(), teller.targets()),
        Chapter("statutory", _("Deadlines set by law"), teller.statutory_gist(), teller.statutory()),
        Chapter("catalogue", _("Common complaints"), _count(plan.catalogue, "complaint"), teller.catalogue()),
        Chapter("policy", _("How we speak"), teller.say(plan.policy.tone) if plan.policy else "", teller.policy()),
        Chapter("resources", _("What may be offered"), _count(plan.resources, "resource"), teller.resources()),
        Chapter("committee", _("The crisis committee"), teller.committee_gist(), teller.committee()),
        Chapter(
            "scenarios", _("Worst cases"), _titles(teller.say(s.title) for s in plan.scenarios), teller.scenarios()
        ),
        Chapter("drills", _("Drills"), _count(plan.drills, "drill"), teller.drills()),
        Chapter("reach", _("Reach"), _titles(teller.say(level.title) for level in plan.reach), teller.reach()),
        Chapter("areas", _("Areas"), _titles(teller.say(area.title) for area in plan.areas), teller.areas()),
        Chapter("roles", _("Roles and deputies"), _count(plan.roles, "role"), teller.roles()),
        Chapter("watches", _("What we look for"), _titles(w.watch for w in plan.watches), plan.watches),
        Chapter("tests", _("The plan's own tests"), _count(plan.tests, "test"), teller.tests()),
        Chapter("accepted", _("Accepted warnings"), _count(plan.accepted, "warning"), plan.accepted),
    )
    return tuple(chapter for chapter in chapters if chapter.told)


def brand_words(plan: Plan) -> dict[str, str]:
    """The brand's languages and audiences as lists in words."""
    named = [messages.language_name(code, language()) for code in plan.brand.languages]
    return {
        "languages": listed(named),
        "audiences": listed(names_of(a.title, plan.brand.languages) for a in plan.brand.audiences),
    }


def listed(words: Iterable[str]) -> str:
    """`Spanish, English and Polish`."""
    return str(format_list(list(words), locale=language()))


def _titles(titles: Iterable[str]) -> str:
    """The first titles of a chapter."""
    shown = list(titles)
    more = len(shown) - 4
    return ", ".join(shown[:4]) + (" " + _("and %(n)s more") % {"n": more} if more > 0 else "")


def _count(things: tuple[Any, ...], what: str) -> str:
    n = len(things)
    told = {
        "complaint": ngettext("%(n)s type of complaint, each with the substance of its answer",
                              "%(n)s types of complaint, each with the substance of its answer", n),
        "resource": ngettext("%(n)s thing, with its limits", "%(n)s things, with their limits", n),
        "drill": ngettext("%(n)s rehearsal in the calendar", "%(n)s rehearsals in the calendar", n),
        "role": ngettext("%(n)s role", "%(n)s roles", n),
        "test": ngettext("%(n)s made-up post with what must come out",
                         "%(n)s made-up posts with what must come out", n),
        "warning": ngettext("%(n)s warning that somebody lives with", "%(n)s warnings that somebody lives with", n),
    }  # fmt: skip
    return told[what] % {"n": n} if n else ""


@dataclass(frozen=True, slots=True)
class _Teller:
    plan: Plan

    def say(self, texts: Mapping[str, str] | None) -> str:
        return names_of(texts, self.plan.brand.languages) if texts else ""

    def role(self, name: str | None) -> str:
        return role_title(self.plan, name) if name else ""

    def words(self, per_language: Mapping[str, tuple[str, ...]]) -> list[tuple[str, tuple[str, ...]]]:
        """Words per language: the language's code, its words. The reader's own language stands first."""
        return sorted(per_language.items(), key=lambda pair: pair[0] != language())

    # lights
    def lights(self) -> list[tuple[str, list[Any]]]:
        sentences = [rule_sentence(rule, self.plan) for rule in self.plan.lights]
        return [(light, [s for s in sentences if s.light == light]) for light in reversed(LIGHTS)]

    def lights_gist(self) -> str:
        n = len(self.plan.lights)
        return ngettext("%(n)s rule; the gravest that fits gives the light",
                        "%(n)s rules; the gravest that fits gives the light", n) % {"n": n}  # fmt: skip

    def guides(self) -> list[Any]:
        return [guide_card(guide, self.plan) for guide in self.plan.guides]

    # who
    def chain(self) -> list[tuple[Any, str, str, str, str]]:
        return [
            (step, self.say(step.title), self.role(step.role), length(step.acknowledge_within, step.clock),
             self.say(self.plan.step(step.then).title) if step.then else "")
            for step in self.plan.chain
        ]  # fmt: skip

    def chain_gist(self) -> str:
        return " → ".join(self.say(step.title) for step in self.plan.chain)

    def roles(self) -> list[tuple[str, str]]:
        return [(self.say(role.title), self.role(role.deputy)) for role in self.plan.roles]

    def areas(self) -> list[tuple[str, str, str, list[str]]]:
        return [
            (self.say(area.title), self.role(area.owner), self.role(area.deputy),
             [word("topic", topic) for topic in area.topics])
            for area in self.plan.areas
        ]  # fmt: skip

    # when
    def targets(self) -> dict[str, Any]:
        order = ("red", "amber", "green", "none")
        return {
            "rows": [
                (t, *(length(each, t.clock) for each in (t.acknowledge, t.first_answer, t.next_answer, t.resolution)))
                for t in sorted(self.plan.targets, key=lambda t: order.index(t.degree))
            ],
            "week": duty_week(self.plan.duty_hours),
            "holidays": self.plan.duty_hours.holidays,
            "zone": self.plan.brand.timezone,
        }

    def targets_gist(self) -> str:
        red = next((t for t in self.plan.targets if t.degree == "red"), None)
        return (
            _("A red case: first answer within %(span)s") % {"span": length(red.first_answer, red.clock)} if red else ""
        )

    def statutory(self) -> list[tuple[str, str, int, str]]:
        titles = {entry.type: self.say(entry.title) for entry in self.plan.catalogue}
        return [
            (_country(s.country), listed(titles.get(t, t) for t in s.types) or _("every complaint"), s.days, s.law)
            for s in self.plan.statutory
        ]  # fmt: skip

    def statutory_gist(self) -> str:
        return listed(dict.fromkeys(_country(s.country) for s in self.plan.statutory))

    # answers
    def catalogue(self) -> list[dict[str, Any]]:
        return [self._complaint(entry) for entry in self.plan.catalogue]

    def _complaint(self, entry: Complaint) -> dict[str, Any]:
        return {
            "name": entry.type,
            "title": self.say(entry.title),
            "topic": word("topic", entry.topic),
            "networks": [word("network", network) for network in entry.networks],
            "examples": [(code, example) for code, examples in self.words(entry.examples) for example in examples],
            "parts": [
                (title, text)
                for title, text in (
                    (_("Facts to give"), self.say(entry.substance)),
                    (_("How to claim"), self.say(entry.claim)),
                    (_("What we need from the person"), self.say(entry.documents)),
                    (_("If it is true"), self.say(entry.if_valid)),
                    (_("If it is not"), self.say(entry.if_false)),
                    (_("Who decides"), self.role(entry.decides)),
                )
                if text
            ],
        }

    def policy(self) -> dict[str, Any] | None:
        policy = self.plan.policy
        if policy is None:
            return None
        audiences = {a.audience: self.say(a.title) for a in self.plan.brand.audiences}
        return {
            "tone": self.say(policy.tone),
            "networks": [(word("network", t.to), self.say(t.tone)) for t in policy.networks],
            "audiences": [(audiences.get(t.to, t.to), self.say(t.tone)) for t in policy.audiences],
            "use": self.words(policy.use),
            "avoid": [(self.words(a.words), self.say(a.why), self.say(a.instead)) for a in policy.avoid],
        }

    def resources(self) -> list[dict[str, Any]]:
        return [self._resource(resource) for resource in self.plan.resources]

    def _resource(self, resource: Resource) -> dict[str, Any]:
        return {
            "title": self.say(resource.title),
            "by": listed(self.role(role) for role in resource.offered_by),
            "up_to": resource.up_to,
            "above": self.role(resource.above),
            "legal": resource.legal_review,
            "hours": _open_hours(resource.hours) if resource.hours else "",
            "limits": self.say(resource.limits),
        }

    # the crisis
    def committee(self) -> dict[str, Any] | None:
        committee = self.plan.committee
        if committee is None:
            return None
        deputies = {role.role: role.deputy for role in self.plan.roles}
        return {
            "members": [
                (self.role(m), self.role(deputies.get(m)), m == committee.spokesperson) for m in committee.members
            ],
            "quorum": committee.quorum,
            "of": len(committee.members),
            "speaks": self.role(committee.spokesperson),
            "within": length(committee.assembles_within, "always"),
            "meets": self.say(committee.meets),
        }  # fmt: skip

    def committee_gist(self) -> str:
        committee = self.plan.committee
        if committee is None:
            return ""
        n = len(committee.members)
        return ngettext("%(n)s member; together within %(span)s", "%(n)s members; together within %(span)s", n) % {
            "n": n, "span": length(committee.assembles_within, "always"),
        }  # fmt: skip

    def scenarios(self) -> list[dict[str, Any]]:
        return [self._scenario(scenario) for scenario in self.plan.scenarios]

    def _scenario(self, scenario: Scenario) -> dict[str, Any]:
        return {
            "name": scenario.scenario,
            "title": self.say(scenario.title),
            "triggers": [self.conditions(trigger) for trigger in scenario.triggers],
            "steps": [(length(s.within, "always"), self.say(s.do), self.role(s.role)) for s in scenario.first_hour],
            "holding": sorted(scenario.holding.items(), key=lambda pair: pair[0] != language()),
            "speaks": self.role(scenario.spokesperson or self._spokesperson),
        }

    @property
    def _spokesperson(self) -> str | None:
        return self.plan.committee.spokesperson if self.plan.committee else None

    def conditions(self, when: When) -> str:
        """All that must hold, in one line."""
        asked = [(name, getattr(when, name)) for name in type(when).model_fields if name in when.asked]
        return listed(messages.condition_words(name, value, language(), self.plan) for name, value in asked)

    def drills(self) -> list[dict[str, Any]]:
        titles = {s.scenario: self.say(s.title) for s in self.plan.scenarios}
        return [
            {
                "title": titles.get(drill.scenario, drill.scenario),
                "scenario": drill.scenario,
                "first": format_date(drill.first, "long", locale=language()),
                "every": length(drill.every, "always") if drill.every else "",
                "roles": listed(self.role(role) for role in drill.roles),
                "announced": drill.announced,
            }
            for drill in self.plan.drills
        ]

    # listening
    def reach(self) -> list[tuple[str, list[tuple[str, str]]]]:
        return [(self.say(level.title), reach_thresholds(level)) for level in self.plan.reach]

    # proof
    def tests(self) -> list[str]:
        """Each as a sentence, in the words of `sereno plan explain`."""
        sections = explain(self.plan, language(), ["tests"])
        return [sentence.text for section in sections for sentence in section.sentences]


def _country(code: str) -> str:
    return str(Locale.parse(language()).territories.get(code, code))


def _open_hours(hours: DutyHours) -> str:
    """Days with the same hours told together: `Monday–Friday 08:00–20:00; Saturday 10:00–14:00`."""
    runs: list[tuple[str, str, str]] = []
    for day, told in duty_week(hours):
        if runs and runs[-1][2] == told:
            runs[-1] = (runs[-1][0], day, told)
        else:
            runs.append((day, day, told))
    none = _("no duty")
    said = [f"{first if first == last else f'{first}–{last}'} {told}" for first, last, told in runs if told != none]
    return capital("; ".join(said))
