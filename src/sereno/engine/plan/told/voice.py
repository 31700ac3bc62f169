"""What the parts are told with: sentences with their place in the plan, and one voice for a plan in a language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_currency

from sereno.engine import messages
from sereno.engine.plan.model import AREA_OWNER, Plan, When

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence about the plan, and what it is about."""

    text: str
    path: Path
    """Where that stands in the plan."""
    level: int = 0
    """How deep it stands below its heading: 0 for a thing itself, 1 for what belongs to it."""


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the plan in words."""

    part: str
    """Its key in the plan."""
    title: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """Tells a plan in a language."""

    plan: Plan
    language: str

    @property
    def locale(self) -> str:
        return messages.spoken(self.language)

    def say(self, key: str, **values: str | int | float) -> str:
        return messages.phrase(f"told-{key}", self.language, **values)

    def word(self, group: str, value: str) -> str:
        return messages.word(group, value, self.language)

    def words(self, group: str, values: Iterable[str]) -> list[str]:
        return [self.word(group, value) for value in values]

    def text(self, texts: Mapping[str, str]) -> str:
        return self.plan.text(texts, self.locale)

    def role(self, name: str) -> str:
        """The role's title; the owner of the area has none of its own."""
        return self.say("area-owner") if name == AREA_OWNER else messages.role_words(name, self.language, self.plan)

    def roles(self, names: Iterable[str]) -> list[str]:
        return [self.role(name) for name in names]

    def step(self, name: str) -> str:
        return self.text(self.plan.step(name).title)

    def quoted(self, text: str) -> str:
        return messages.quoted(text, self.language)

    def all_of(self, words: Iterable[str]) -> str:
        return messages.all_of(words, self.language)

    def any_of(self, words: Iterable[str]) -> str:
        return messages.any_of(words, self.language)

    def length(self, value: timedelta, *, duty: bool = False) -> str:
        return messages.length(value, self.language, duty=duty)

    def conditions(self, when: When) -> str:
        """What must hold, in one clause."""
        clauses = [
            messages.condition_words(name, getattr(when, name), self.language, self.plan)
            for name in type(when).model_fields
            if name in when.asked
        ]
        return str(format_list(clauses, style="standard", locale=self.locale))

    def language_name(self, code: str) -> str:
        return messages.language_name(code, self.language)

    def country(self, code: str) -> str:
        return messages.country_name(code, self.language)

    def weekday(self, number: int) -> str:
        """0 is Monday."""
        return str(Locale.parse(self.locale).days["stand-alone"]["wide"][number])

    def date(self, day: date) -> str:
        return str(format_date(day, "full", locale=self.locale))

    def moment(self, at: datetime) -> str:
        """As the plan writes it: on the brand's own clock."""
        return f"{self.date(at)}, {at:%H:%M}"

    def money(self, amount: str) -> str:
        number, currency = amount.split(" ")
        try:
            return str(format_currency(Decimal(number), currency, locale=self.locale))
        except UnknownLocaleError:
            return amount


def clock(value: time) -> str:
    """A time of day; midnight at the end of a day is 24:00."""
    return "24:00" if value == time.max else f"{value:%H:%M}"
