"""The whole plan read aloud, chapter by chapter: the page sets in type what `engine.plan.explain` says.

No sentence about a plan is made here, so that the page and `sereno plan explain` cannot come to differ. What the page
adds is form: chapters, a table, links to call, and the texts that the plan has in other languages, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sereno.desk.plans.titles import GuideCard, guide_card
from sereno.desk.words import language
from sereno.engine import messages
from sereno.engine.plan.explain import Section, Sentence, explain
from sereno.engine.plan.model import LIGHTS, Plan

_CHAPTERS: Final[tuple[tuple[str, ...], ...]] = (
    ("lights",), ("guides",), ("chain", "languages"), ("targets", "duty_hours"), ("statutory",), ("catalogue",),
    ("policy",), ("resources",), ("committee",), ("scenarios",), ("drills",), ("reach",), ("areas",), ("roles",),
    ("watches",), ("tests",), ("accepted",),
)  # fmt: skip
"""The plan's parts as chapters, in the order in which they are needed. The first part names its chapter."""
OPENING: Final = "brand"
"""Stands above all chapters. A test asks that every part has its place."""
_OWN_FORM: Final = frozenset({"lights", "guides", "chain", "targets", "catalogue", "scenarios"})
_IN_ALL_LANGUAGES: Final = {"catalogue": "examples", "scenarios": "holding"}
"""Texts that are given to the public: whoever reads the plan sees them in every language."""
_NOTES: Final[Mapping[str, Promise]] = {
    "lights": gettext_lazy("The gravest rule that fits gives the light. All conditions of a rule must hold."),
    "guides": gettext_lazy("What whoever opens such a case reads before anything is answered."),
    "statutory": gettext_lazy("Calendar days, counted from the day after the complaint arrived."),
    "catalogue": gettext_lazy("The substance of the answer, never a text to paste."),
    "roles": gettext_lazy("The plan names roles; the duty roster says who fills them."),
    "tests": gettext_lazy("A draft goes on only while all of these hold."),
}
"""How a part works in every plan."""
_TITLES_SHOWN: Final = 4


@dataclass(slots=True)
class Told:
    """A thing of the plan: its sentence, in which its title is set off, and the sentences that belong to it."""

    before: str
    title: str
    after: str
    more: list[str] = field(default_factory=list)
    elsewhere: tuple[tuple[str, str], ...] = ()
    """A text of it in the plan's other languages, by their codes."""
    light: str = ""
    guide: GuideCard | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the plan; `name` is its key in the plan."""

    name: str
    title: str
    note: str
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One part of the document, and what is read with it."""

    name: str
    parts: tuple[Part, ...]
    table: tuple[tuple[Any, ...], ...] = ()
    """Of the targets: each target, and its four lengths in words."""

    @property
    def title(self) -> str:
        return self.parts[0].title

    @property
    def template(self) -> str:
        return f"plans/chapters/{self.name if self.name in _OWN_FORM else 'sentences'}.html"

    @property
    def gist(self) -> str:
        """What stands in it, for whoever leaves it folded: its first titles, else its first sentence."""
        told = self.parts[0].told
        titles = [one.title for one in told if one.title]
        if not titles:
            return told[0].before
        more = len(titles) - _TITLES_SHOWN
        return ", ".join(titles[:_TITLES_SHOWN]) + (" " + _("and %(n)s more") % {"n": more} if more > 0 else "")

    @property
    def by_light(self) -> list[tuple[str, list[Told]]]:
        return [(light, [one for one in self.parts[0].told if one.light == light]) for light in reversed(LIGHTS)]


def whole_plan(plan: Plan) -> tuple[Chapter, ...]:
    """The chapters that this plan has."""
    parts = {section.part: _part(section, plan) for section in explain(plan, language())}
    return tuple(
        Chapter(names[0], tuple(parts[name] for name in names if name in parts), _table(names[0], plan))
        for names in _CHAPTERS
        if names[0] in parts
    )


def opening(plan: Plan) -> str:
    """Whose plan it is, in which languages it answers, and to whom."""
    return " ".join(one.text for section in explain(plan, language(), [OPENING]) for one in section.sentences)


def part_told(plan: Plan, name: str) -> tuple[Told, ...]:
    """One part by itself; nothing where the plan does not have it."""
    return tuple(one for section in explain(plan, language(), [name]) for one in _part(section, plan).told)


def _part(section: Section, plan: Plan) -> Part:
    told: list[Told] = []
    for sentence in section.sentences:
        if sentence.level:
            told[-1].more.append(sentence.text)
        else:
            told.append(_told(sentence, plan))
    return Part(section.part, section.title, str(_NOTES.get(section.part, "")), tuple(told))


def _told(sentence: Sentence, plan: Plan) -> Told:
    thing = _thing(sentence, plan)
    if thing is None:
        return Told(sentence.text, "", "")
    told = Told(*_set_off(sentence, _title(thing, plan)))
    if sentence.path[0] == "lights":
        told.light = thing.light
    if sentence.path[0] == "guides":
        told.guide = guide_card(thing, plan)
    texts = _IN_ALL_LANGUAGES.get(str(sentence.path[0]))
    if texts is not None and getattr(thing, texts):
        told.elsewhere = _elsewhere(getattr(thing, texts), plan)
    return told


def _thing(sentence: Sentence, plan: Plan) -> Any:
    """The entry of a list that a sentence is about."""
    part, *place = sentence.path
    return getattr(plan, str(part))[place[0]] if len(place) == 1 and isinstance(place[0], int) else None


def _title(thing: Any, plan: Plan) -> str:
    """What an entry is called: its title, else its name in the plan."""
    texts = getattr(thing, "title", None)
    return plan.text(texts, language()) if texts else str(getattr(thing, next(iter(type(thing).model_fields))))


def _set_off(sentence: Sentence, title: str) -> tuple[str, str, str]:
    """A sentence opens with its title; a step of the chain has its number before."""
    number = f"{int(sentence.path[1]) + 1}. " if sentence.path[0] == "chain" else ""
    said = sentence.text
    opens = said[len(number) : len(number) + len(title)]
    if not said.startswith(number) or opens.casefold() != title.casefold():
        return said, "", ""
    return number, opens, said[len(number) + len(title) :]


def _elsewhere(texts: Mapping[str, str | tuple[str, ...]], plan: Plan) -> tuple[tuple[str, str], ...]:
    """What the sentences do not say: they have one text, of examples those in the reader's language."""
    stands_in = next(code for code in (language(), *plan.brand.languages, *texts) if code in texts)
    return tuple(
        (code, one)
        for code, held in texts.items()
        for one in ((held,) if isinstance(held, str) else held)
        if code != (stands_in if isinstance(held, str) else language())
    )


def _table(name: str, plan: Plan) -> tuple[tuple[Any, ...], ...]:
    """A table is compared at a glance; its values stand in the sentences below it, too."""
    if name != "targets":
        return ()
    order = ("red", "amber", "green", "none")
    return tuple(
        (target, *(messages.length(each, language(), duty=target.clock == "duty") for each in
                   (target.acknowledge, target.first_answer, target.next_answer, target.resolution)))
        for target in sorted(plan.targets, key=lambda target: order.index(target.degree))
    )  # fmt: skip
