"""What is answered and how: the catalogue, the communication policy, what may be offered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sereno.engine.plan.model import Avoided, Complaint, Resource
from sereno.engine.plan.told.times import hours_in_words
from sereno.engine.plan.told.voice import Sentence, Voice


def catalogue(voice: Voice) -> Iterator[Sentence]:
    for i, entry in enumerate(voice.plan.catalogue):
        topic, networks = voice.word("topic", entry.topic), voice.any_of(voice.words("network", entry.networks))
        key = "entry-on" if entry.networks else "entry"
        title = voice.text(entry.title)
        yield Sentence(voice.say(key, title=title, topic=topic, networks=networks), ("catalogue", i))
        for name, said in _entry(entry, voice):
            yield Sentence(said, ("catalogue", i, name), 1)


def _entry(entry: Complaint, voice: Voice) -> Iterator[tuple[str, str]]:
    examples = entry.examples.get(voice.locale, ())
    if examples:
        yield "examples", voice.say("entry-examples", examples=voice.all_of(voice.quoted(each) for each in examples))
    for name in ("substance", "claim", "documents", "if_valid", "if_false"):
        texts: Mapping[str, str] | None = getattr(entry, name)
        if texts is not None:
            yield name, voice.say(f"entry-{name.replace('_', '-')}", text=voice.text(texts))
    yield "decides", voice.say("entry-decides", role=voice.role(entry.decides))


def policy(voice: Voice) -> Iterator[Sentence]:
    rules = voice.plan.policy
    if rules is None:
        return
    yield Sentence(voice.say("tone", tone=voice.text(rules.tone)), ("policy", "tone"))
    for i, tone in enumerate(rules.networks):
        network = voice.word("network", tone.to)
        said = voice.say("tone-on", code=tone.to, network=network, tone=voice.text(tone.tone))
        yield Sentence(said, ("policy", "networks", i))
    audiences = {audience.audience: voice.text(audience.title) for audience in voice.plan.brand.audiences}
    for i, tone in enumerate(rules.audiences):
        said = voice.say("tone-to", audience=audiences.get(tone.to, tone.to), tone=voice.text(tone.tone))
        yield Sentence(said, ("policy", "audiences", i))
    for code, words in rules.use.items():
        quoted = voice.all_of(voice.quoted(word) for word in words)
        yield Sentence(voice.say("use", spoken=voice.language_name(code), words=quoted), ("policy", "use", code))
    for i, avoided in enumerate(rules.avoid):
        yield Sentence(_avoided(avoided, voice), ("policy", "avoid", i))


def _avoided(avoided: Avoided, voice: Voice) -> str:
    # all languages: whoever reads the plan in English must know what the Polish answers avoid
    words = voice.any_of(voice.quoted(word) for words in avoided.words.values() for word in words)
    said = voice.say("avoid", words=words, why=voice.text(avoided.why))
    return said if avoided.instead is None else f"{said} {voice.say('instead', text=voice.text(avoided.instead))}"


def resources(voice: Voice) -> Iterator[Sentence]:
    for i, resource in enumerate(voice.plan.resources):
        offered = voice.any_of(voice.roles(resource.offered_by))
        title = voice.text(resource.title)
        yield Sentence(voice.say("resource", title=title, roles=offered), ("resources", i))
        for name, said in _limits(resource, voice):
            yield Sentence(said, ("resources", i, name), 1)


def _limits(resource: Resource, voice: Voice) -> Iterator[tuple[str, str]]:
    if resource.up_to is not None:
        amount = voice.money(resource.up_to)
        if resource.above is None:
            yield "up_to", voice.say("resource-up-to", amount=amount)
        else:
            yield "up_to", voice.say("resource-up-to-above", amount=amount, role=voice.role(resource.above))
    if resource.legal_review:
        yield "legal_review", voice.say("resource-legal")
    if resource.hours is not None:
        for _day, said in hours_in_words(resource.hours, voice, none="closed"):
            yield "hours", voice.say("resource-hours", hours=said)
    if resource.limits is not None:
        yield "limits", voice.text(resource.limits)
