"""Whose plan it is, what is looked for, how far an author reaches."""

from __future__ import annotations

from collections.abc import Iterator

from sereno.engine.plan.model import ReachLevel, Term, Watch
from sereno.engine.plan.told.voice import Sentence, Voice


def brand(voice: Voice) -> Iterator[Sentence]:
    whose = voice.plan.brand
    languages = voice.all_of(voice.language_name(code) for code in whose.languages)
    yield Sentence(voice.say("brand", brand=whose.name, languages=languages), ("brand",))
    if whose.country is None:
        yield Sentence(voice.say("brand-zone", zone=whose.timezone), ("brand", "timezone"))
    else:
        country = voice.country(whose.country)
        yield Sentence(voice.say("brand-zone-country", zone=whose.timezone, country=country), ("brand", "country"))
    for i, audience in enumerate(whose.audiences):
        title, networks = voice.text(audience.title), voice.all_of(voice.words("network", audience.networks))
        key = "audience-on" if audience.networks else "audience"
        yield Sentence(voice.say(key, audience=title, networks=networks), ("brand", "audiences", i))


def languages(voice: Voice) -> Iterator[Sentence]:
    step = voice.step(voice.plan.languages.unsupported_step)
    yield Sentence(voice.say("languages", step=step), ("languages",))


def watches(voice: Voice) -> Iterator[Sentence]:
    for i, watch in enumerate(voice.plan.watches):
        yield Sentence(_watch(watch, voice), ("watches", i))


def _watch(watch: Watch, voice: Voice) -> str:
    kind = voice.word("watch", watch.kind)
    if watch.rule is not None:
        said = voice.say("watch-rule", watch=watch.watch, kind=kind, rule=watch.rule)
    else:
        terms = voice.any_of(_term(term, voice) for term in watch.terms)
        said = voice.say("watch-terms", watch=watch.watch, kind=kind, terms=terms)
    never = voice.any_of(_term(term, voice) for term in watch.never)
    return " ".join([said, *([voice.say("watch-never", terms=never)] if watch.never else [])])


def _term(term: Term | str, voice: Voice) -> str:
    if isinstance(term, str):
        return voice.quoted(term)
    said = voice.quoted(term.term)
    if term.exact:
        return voice.say("term-exact", term=said)
    if term.forms:
        forms = voice.all_of(voice.language_name(code) for code in term.forms)
        return voice.say("term-forms", term=said, languages=forms)
    return said


def reach(voice: Voice) -> Iterator[Sentence]:
    for i, level in enumerate(voice.plan.reach):
        said = voice.say("reach", level=voice.text(level.title), lines=voice.all_of(_lines(level, voice)))
        yield Sentence(said, ("reach", i))


def _lines(level: ReachLevel, voice: Voice) -> Iterator[str]:
    for network, followers in level.followers.items():
        if network != "default":
            yield voice.say("reach-on", network=voice.word("network", network), followers=followers)
    if "default" in level.followers:
        yield voice.say("reach-elsewhere", followers=level.followers["default"])
