"""What follows from the conditions of a rule, by logic alone: no reader, no post.

`Facts` are what is certain of every post for which conditions hold. Two sets of conditions are joined by narrowing;
where nothing is left, they exclude each other. `text_light: amber` means that some rule of the text alone, amber or
graver, holds too: so it is taken apart into one case for each such rule. All of this agrees with `judge.py`; a
property test compares them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import get_args

from sereno.engine.plan.model import LIGHTS, OUR_KINDS, STORM_LEVELS, TEXT_CONDITIONS, Plan, When
from sereno.engine.post import Place, Visibility
from sereno.engine.read import KINDS, POLARITIES, SEVERITIES, TOPICS

_EVERY: Mapping[str, frozenset[str]] = {
    "kind": frozenset(KINDS),
    "polarity": frozenset(POLARITIES),
    "topic": frozenset(TOPICS),
    "place": frozenset(get_args(Place)),
    "visibility": frozenset(get_args(Visibility)),
    "language": frozenset(),
    "network": frozenset(),
    "author_type": frozenset(),
}
"""Conditions of which a post has one value, with all the values there are; empty: nobody knows them all."""
_MEETS = ("risk", "claims", "about")
"""Conditions of which a post may have several values: one of those asked for is enough."""
MOST_STEPS = 50_000
"""Of one proof, for all rules of a plan: the editor asks with each key that is pressed."""
_AT_LEAST = ("complaint", "hostile", "call_to_action", "shares", "shares_per_hour", "repeat_contact", "story")


@dataclass(frozen=True)
class Facts:
    """What is certain of a post."""

    one_of: Mapping[str, frozenset[str]] = field(default_factory=dict)
    meets: Mapping[str, tuple[frozenset[str], ...]] = field(default_factory=dict)
    """Each of these sets has a value in common with the post's."""
    at_least: Mapping[str, float] = field(default_factory=dict)
    rating: float | None = None
    """At most."""

    def joined(self, other: Facts) -> Facts | None:
        """What is certain where both hold; None where they exclude each other."""
        one_of = dict(self.one_of)
        for name, values in other.one_of.items():
            one_of[name] = one_of[name] & values if name in one_of else values
            if not one_of[name]:
                return None
        meets = {name: self.meets.get(name, ()) + other.meets.get(name, ()) for name in {*self.meets, *other.meets}}
        at_least = dict(self.at_least)
        for name, value in other.at_least.items():
            at_least[name] = max(value, at_least.get(name, value))
        ratings = [rating for rating in (self.rating, other.rating) if rating is not None]
        return Facts(one_of, meets, at_least, min(ratings, default=None))

    def imply(self, other: Facts) -> bool:
        """Whether every post of these facts has the other ones too. The text light is not looked at."""
        return (
            all(
                (name in self.one_of and self.one_of[name] <= values) or bool(_EVERY[name] and values >= _EVERY[name])
                for name, values in other.one_of.items()
            )
            and all(
                any(own <= values for own in self.meets.get(name, ()))
                for name, all_values in other.meets.items()
                for values in all_values
            )
            and all(
                self.at_least.get(name, 1 if name == "story" else 0) >= value for name, value in other.at_least.items()
            )
            and (other.rating is None or (self.rating is not None and self.rating <= other.rating))
        )


@dataclass(frozen=True)
class Conditions:
    """A rule's conditions as facts: those of the text, those of the context, and the text light apart."""

    text: Facts
    context: Facts
    text_light: int
    """The rank that is asked for, -1 for none."""

    @cached_property
    def all(self) -> Facts:
        # the two never speak of the same condition
        return self.text.joined(self.context) or self.text


def conditions_of(when: When, plan: Plan) -> Conditions | None:
    """None where something unknown is asked for: nothing can be said of it."""
    levels = [level.level for level in plan.reach]
    if when.reach is not None and when.reach not in levels:
        return None
    context = _facts(when, text=False)
    if when.reach is not None:
        context = replace(context, at_least={**context.at_least, "reach": levels.index(when.reach) + 1})
    return Conditions(_facts(when, text=True), context, _rank(LIGHTS, when.text_light))


def _facts(when: When, *, text: bool) -> Facts:
    asked = {name for name in when.asked if (name in TEXT_CONDITIONS) is text}
    one_of = {
        name: frozenset([value]) if isinstance(value := getattr(when, name), str) else frozenset(value)
        for name in asked & _EVERY.keys()
    }
    at_least = {name: float(getattr(when, name)) for name in asked.intersection(_AT_LEAST)}
    if "severity" in asked:
        at_least["severity"] = _rank(SEVERITIES, when.severity) + 1
    if "storm" in asked:
        at_least["storm"] = _rank(STORM_LEVELS, when.storm) + 1
    if "open_promise" in asked:
        at_least["open_promise"] = 1
    meets = {name: (frozenset(getattr(when, name)),) for name in asked.intersection(_MEETS)}
    return Facts(one_of, meets, at_least, when.rating if "rating" in asked else None)


def _rank(values: Sequence[str], value: str | None) -> int:
    return values.index(value) if value is not None else -1


class TooLong(Exception):
    """A proof would take longer than it is worth."""


class Rules:
    """The plan's rules of the text alone, and what follows from them.

    Raises `TooLong` where that is asked for more than `MOST_STEPS` comparisons in all.
    """

    def __init__(self, plan: Plan) -> None:
        self.steps = MOST_STEPS
        of_text = [(LIGHTS.index(rule.light), rule) for rule in plan.lights if rule.of_text_alone and rule.when.asked]
        self.of_text = [(rank, _facts(rule.when, text=True)) for rank, rule in of_text]

    def cases(self, conditions: Conditions) -> Iterator[Facts]:
        """Every way in which these conditions can hold; none where they never do."""
        if conditions.text_light < 0:
            yield conditions.all
            return
        for rank, facts in self.of_text:
            self._step()
            if rank >= conditions.text_light and (together := conditions.all.joined(facts)) is not None:
                yield together

    def gives(self, text_light: int) -> bool:
        """Whether any rule of the text alone gives this light or a graver one."""
        return any(rank >= text_light for rank, _ in self.of_text)

    def implies(self, one: Conditions, other: Conditions) -> bool:
        """Whether, wherever `one` gives its light, `other` gives its own too."""
        self._step()
        if not one.context.imply(other.context) or not _may_light(one, other):
            return False
        if one.text_light < 0 and not one.text.imply(other.text):
            return False
        cases = list(self.cases(one))
        return bool(cases) and all(self._case_implies(facts, one.text_light, other) for facts in cases)

    def _case_implies(self, facts: Facts, text_light: int, other: Conditions) -> bool:
        self._step()
        if not facts.imply(other.text):
            return False
        return text_light >= other.text_light or any(
            rank >= other.text_light and self._implied(facts, text) for rank, text in self.of_text
        )

    def _implied(self, facts: Facts, others: Facts) -> bool:
        self._step()
        return facts.imply(others)

    def together(self, one: Conditions, other: Conditions) -> bool:
        """Whether a post can have both."""
        for first in self.cases(one):
            for second in self.cases(other):
                self._step()
                if first.joined(second) is not None:
                    return True
        return False

    def _step(self) -> None:
        self.steps -= 1
        if self.steps < 0:
            raise TooLong


def _may_light(one: Conditions, other: Conditions) -> bool:
    """Posts about another party are lit only by rules that ask for `about`."""
    asked_by_other = other.context.meets.get("about", ())
    asked_by_one = one.context.meets.get("about", ())
    if asked_by_other or not asked_by_one:
        return True  # that `about` follows was looked at with the context
    return any(kinds <= OUR_KINDS for kinds in asked_by_one)
