"""What a team decided, and what is told of a correction that was learnt from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sereno.engine.context import Context
from sereno.engine.correction import Correction
from sereno.engine.plan.model import Light
from sereno.engine.read import Kind


@dataclass(frozen=True, slots=True)
class Decision:
    """What the team made of one post."""

    text: str
    context: Context
    """As it stood when the post was judged."""
    light: Light | None
    """What the team says it is."""
    kind: Kind | None
    """What kind the team says it is; None where nobody said. Of one that stood: what it was read as."""
    overruled: bool
    """By a person, in so many words; else it was let stand: answered or closed as it was."""
    author: str
    event: str
    """What belongs together (a conversation, a story): never on both sides of a measurement. Empty for none."""
    by: int = 0
    """Who overruled."""


@dataclass(frozen=True, slots=True)
class TooFew:
    """There is not enough yet to learn from."""

    why: Literal["decisions", "events", "nothing_to_teach"]
    have: int
    needed: int

    @property
    def missing(self) -> int:
        return max(0, self.needed - self.have)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of `decided` held-out decisions, how many the software gave as the team did: without and with the correction."""

    of: str
    decided: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Effect:
    """Measured on decisions that the correction had not seen."""

    overruled: Agreement
    """Lights that were overruled. Before is not always nought: reader and plan may have changed since."""
    stood: Agreement
    lights: tuple[Agreement, ...]
    """All decisions, by the team's light."""
    kinds: tuple[Agreement, ...]
    """Decisions whose kind somebody told, or let stand, by that kind."""

    @property
    def light(self) -> Agreement:
        return _sum("all", self.lights)

    @property
    def kind(self) -> Agreement:
        return _sum("all", self.kinds)

    @property
    def helps(self) -> bool:
        """More decisions as the team made them, of lights and kinds together, and no red of the team's lost."""
        red = next((each for each in self.lights if each.of == "red"), None)
        both = self.light.before + self.kind.before, self.light.after + self.kind.after
        return both[1] > both[0] and (red is None or red.after >= red.before)


def _sum(of: str, parts: Sequence[Agreement]) -> Agreement:
    return Agreement(of, sum(p.decided for p in parts), sum(p.before for p in parts), sum(p.after for p in parts))


@dataclass(frozen=True, slots=True)
class Lesson:
    """A fitted correction, and what it was measured to do."""

    correction: Correction
    effect: Effect
    overruled: int
    stood: int
    people: int
    held_by_words: int
    """Overruled decisions against sure words of the text: those are for the plan, not for a correction."""
    beyond: int
    """Overruled decisions that no change of the reading would bring about: the plan has no rule for them, or reach and
    speed decided."""
