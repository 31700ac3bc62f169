"""The worst cases, and when they are rehearsed."""

from __future__ import annotations

from collections.abc import Iterator

from sereno.engine.plan.model import Drill, Scenario
from sereno.engine.plan.told.voice import Sentence, Voice


def scenarios(voice: Voice) -> Iterator[Sentence]:
    for i, scenario in enumerate(voice.plan.scenarios):
        yield Sentence(voice.text(scenario.title), ("scenarios", i))
        for path, said in _scenario(scenario, voice):
            yield Sentence(said, ("scenarios", i, *path), 1)


def _scenario(scenario: Scenario, voice: Voice) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for i, trigger in enumerate(scenario.triggers):
        key = "scenario-trigger" if i == 0 else "scenario-or"
        yield ("triggers", i), voice.say(key, conditions=voice.conditions(trigger))
    for i, step in enumerate(scenario.first_hour):
        within, role = voice.length(step.within), voice.role(step.role)
        yield ("first_hour", i), voice.say("first-hour", length=within, role=role, do=voice.text(step.do))
    yield ("holding",), voice.say("holding", text=voice.text(scenario.holding))
    speaks = scenario.spokesperson or (voice.plan.committee.spokesperson if voice.plan.committee else None)
    if speaks is not None:
        yield ("spokesperson",), voice.say("scenario-speaks", role=voice.role(speaks))


def drills(voice: Voice) -> Iterator[Sentence]:
    for i, drill in enumerate(voice.plan.drills):
        yield Sentence(_drill(drill, voice), ("drills", i))


def _drill(drill: Drill, voice: Voice) -> str:
    title = next((voice.text(s.title) for s in voice.plan.scenarios if s.scenario == drill.scenario), drill.scenario)
    said = [voice.say("drill", scenario=title, date=voice.date(drill.first))]
    if drill.every is not None:
        said.append(voice.say("drill-every", length=voice.length(drill.every)))
    if drill.roles:
        said.append(voice.say("drill-roles", roles=voice.all_of(voice.roles(drill.roles))))
    else:
        said.append(voice.say("drill-committee"))
    said.append(voice.say("drill-announced" if drill.announced else "drill-surprise"))
    return " ".join(said)
