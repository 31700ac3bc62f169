"""Who: roles, areas, the decision chain, the committee."""

from __future__ import annotations

from collections.abc import Iterator

from sereno.engine.plan.model import Area, Step
from sereno.engine.plan.told.voice import Sentence, Voice


def roles(voice: Voice) -> Iterator[Sentence]:
    for i, role in enumerate(voice.plan.roles):
        title = voice.text(role.title)
        said = voice.say("role", role=title)
        if role.deputy is not None:
            said = voice.say("role-deputy", role=title, deputy=voice.role(role.deputy))
        yield Sentence(said, ("roles", i))


def areas(voice: Voice) -> Iterator[Sentence]:
    for i, area in enumerate(voice.plan.areas):
        yield Sentence(_area(area, voice), ("areas", i))


def _area(area: Area, voice: Voice) -> str:
    title, owner = voice.text(area.title), voice.role(area.owner)
    topics = voice.all_of(voice.words("topic", area.topics))
    key = "area" if area.topics else "area-rest"
    said = [voice.say(key, area=title, owner=owner, topics=topics)]
    if area.deputy is not None:
        said.append(voice.say("area-deputy", deputy=voice.role(area.deputy)))
    return " ".join(said)


def chain(voice: Voice) -> Iterator[Sentence]:
    for i, step in enumerate(voice.plan.chain):
        yield Sentence(voice.say("step", number=i + 1, step=voice.text(step.title)), ("chain", i))
        for said in _step(step, voice):
            yield Sentence(said, ("chain", i), 1)


def _step(step: Step, voice: Voice) -> Iterator[str]:
    if step.degrees:
        yield voice.say("step-enters", degrees=voice.any_of(voice.words("light", step.degrees)))
    length = voice.length(step.acknowledge_within, duty=step.clock == "duty")
    yield voice.say("step-calls", role=voice.role(step.role), length=length, clock=voice.say(f"clock-{step.clock}"))
    yield voice.say("step-ends") if step.then is None else voice.say("step-then", step=voice.step(step.then))


def committee(voice: Voice) -> Iterator[Sentence]:
    called = voice.plan.committee
    if called is None:
        return
    members = voice.all_of(_member(name, voice) for name in called.members)
    yield Sentence(voice.say("committee-members", members=members), ("committee", "members"))
    within = voice.length(called.assembles_within)
    yield Sentence(
        voice.say("committee-quorum", quorum=called.quorum, members=len(called.members), length=within),
        ("committee", "quorum"),
    )
    speaks = voice.say("committee-spokesperson", role=voice.role(called.spokesperson))
    yield Sentence(speaks, ("committee", "spokesperson"))
    if called.meets is not None:
        yield Sentence(voice.say("committee-meets", where=voice.text(called.meets)), ("committee", "meets"))


def _member(name: str, voice: Voice) -> str:
    deputy = next((role.deputy for role in voice.plan.roles if role.role == name), None)
    role = voice.role(name)
    return role if deputy is None else voice.say("member-deputy", role=role, deputy=voice.role(deputy))
