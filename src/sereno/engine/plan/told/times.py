"""By when: duty hours, targets, deadlines of the law."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from itertools import groupby

from sereno.engine.plan.model import WEEKDAYS, DutyHours, Statutory
from sereno.engine.plan.told.voice import Sentence, Voice, clock

_WHOLE_DAY = ((time(0), time.max),)


def duty_hours(voice: Voice) -> Iterator[Sentence]:
    duty = voice.plan.duty_hours
    for day, said in hours_in_words(duty, voice):
        yield Sentence(said, ("duty_hours", day))
    country = voice.plan.brand.country
    if duty.holidays:
        yield Sentence(voice.say("holidays-count"), ("duty_hours", "holidays"))
    elif country is not None:
        yield Sentence(voice.say("holidays-free", country=voice.country(country)), ("duty_hours",))


def hours_in_words(duty: DutyHours, voice: Voice, *, none: str = "no-hours") -> Iterator[tuple[str, str]]:
    """Days in a row with the same hours are told together; each with the first day's key. `none` is the message for
    days without hours."""
    for hours, days in groupby(enumerate(WEEKDAYS), key=lambda day: getattr(duty, day[1])):
        numbers = [number for number, _ in days]
        first, last = voice.weekday(numbers[0]), voice.weekday(numbers[-1])
        when = first if len(numbers) == 1 else voice.say("days", first=first, last=last)
        yield WEEKDAYS[numbers[0]], voice.say("hours", days=when, hours=_hours(hours, voice, none))


def _hours(hours: tuple[tuple[time, time], ...], voice: Voice, none: str) -> str:
    if not hours:
        return voice.say(none)
    if hours == _WHOLE_DAY:
        return voice.say("whole-day")
    return voice.all_of(f"{clock(opens)}\N{EN DASH}{clock(closes)}" for opens, closes in hours)


def targets(voice: Voice) -> Iterator[Sentence]:
    for i, target in enumerate(voice.plan.targets):
        duty = target.clock == "duty"
        lengths = {
            name: voice.length(getattr(target, name), duty=duty)
            for name in ("acknowledge", "first_answer", "next_answer", "resolution")
        }
        said = voice.say(
            "target",
            degree=voice.word("light", target.degree),
            acknowledge=lengths["acknowledge"],
            first=lengths["first_answer"],
            next=lengths["next_answer"],
            resolution=lengths["resolution"],
            clock=voice.say(f"clock-{target.clock}"),
        )
        yield Sentence(said, ("targets", i))


def statutory(voice: Voice) -> Iterator[Sentence]:
    for i, rule in enumerate(voice.plan.statutory):
        yield Sentence(
            voice.say(
                "statutory" if rule.types else "statutory-all",
                country=voice.country(rule.country),
                types=voice.any_of(_types(rule, voice)),
                days=rule.days,
                law=rule.law,
            ),
            ("statutory", i),
        )


def _types(rule: Statutory, voice: Voice) -> Iterator[str]:
    titles = {entry.type: entry.title for entry in voice.plan.catalogue}
    for name in rule.types:
        yield voice.quoted(voice.text(titles[name])) if name in titles else name
