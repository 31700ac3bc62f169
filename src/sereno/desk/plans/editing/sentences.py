"""An entry of a draft as sentences, whatever else is wrong with it. The words are the engine's (`plan explain`)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from sereno.desk.plans.editing.document import (
    HEADING,
    document_of,
    entries_of,
    is_list,
    model_of,
    name_of,
    path_of,
    sketch_of,
)
from sereno.desk.plans.editing.form_shown import title_of
from sereno.desk.words import language, word
from sereno.engine.plan.explain import explain
from sereno.engine.plan.model import Plan
from sereno.engine.plan.written import as_read

_AMONG_OTHERS = frozenset({"chain", "roles"})
"""Lists whose entries name each other: one is told with the others around it."""


def sentences_of(sketch: Plan, part: str, entry: Any, index: int | None = None) -> tuple[str, ...]:
    """What this one entry says, which stands (or is to stand) at `index`, None: at the end.

    Nothing where it is not valid by itself, or names what the draft does not have.
    """
    if entry is None:
        return ()
    if part == HEADING:
        return _heading(entry)
    try:
        valid = model_of(part).model_validate(as_read(entry))
    except (ValidationError, ValueError):
        return ()
    others = list(getattr(sketch, part)) if part in _AMONG_OTHERS else []
    place = len(others) if index is None else min(index, len(others))
    told = (*others[:place], valid, *others[place + 1 :])
    alone = sketch.model_copy(update={part: told if is_list(part) else valid})
    try:
        sections = explain(alone, language(), [part])
    except (LookupError, StopIteration, AttributeError, RuntimeError):
        # a draft may name roles and steps that it does not have (yet): the check says so, at its line
        return ()
    said = [sentence for section in sections for sentence in section.sentences]
    return tuple(one.text for one in said if not others or one.path[1:2] == (place,))


def _heading(entry: Any) -> tuple[str, ...]:
    """The name and version, as judgements and the history tell them."""
    if not isinstance(entry, dict) or not (entry.get("plan") and entry.get("version")):
        return ()
    return (_("Judgements and the history call this plan %(id)s.") % {"id": f"{entry['plan']}@{entry['version']}"},)


def entry_title(part: str, entry: Any, order: tuple[str, ...]) -> str:
    """What an entry is called on screen: its title, else its name in the plan."""
    if not isinstance(entry, dict):
        return _("An entry that cannot be read")
    if part == "targets":
        return word("light", name_of(part, entry))
    return title_of(entry, order) or name_of(part, entry) or _("An entry without a name")


def rules_by_line(text: str) -> list[dict[str, Any]]:
    """Where each light rule stands in the text, and what it says: `{"from": 12, "to": 19, "says": "…"}`."""
    document = document_of(text)
    values = document.values if isinstance(document.values, dict) else {}
    sketch = sketch_of(values)
    rules = entries_of(values, "lights")
    starts = [document.line(path_of("lights", number)) for number in range(len(rules))]
    ends = [line - 1 for line in starts[1:]] + [_end(document, starts[-1])] if starts else []
    told = zip(rules, starts, ends, strict=True)
    return [
        {"from": start, "to": end, "says": " ".join(said)}
        for rule, start, end in told
        if (said := sentences_of(sketch, "lights", rule))
    ]


def _end(document: Any, start: int) -> int:
    """The last line of the list of rules."""
    ends = [value.end_mark.line for key, value in document.root.value if str(key.value) == "lights"]
    return max(start, ends[0]) if ends else start


def summary_of(said: tuple[str, ...], title: str, most: int = 220) -> str:
    """What an entry says, without the title that stands above it, cut where a thought ends if it is long."""
    first = said[0].split(". ", 1)[-1] if said and said[0][:1].isdecimal() else "".join(said[:1])
    if title and first.casefold().startswith(title.casefold()):
        first = first[len(title) :].lstrip(" :.,;→—–-")
    whole = first or " ".join(said[1:])
    whole = whole[:1].upper() + whole[1:]
    if len(whole) <= most:
        return whole
    cut = max(whole.rfind(mark, most // 2, most) for mark in (". ", "; ", ", ", ": "))
    return f"{whole[:cut] if cut > 0 else whole[: most - 1].rsplit(' ', 1)[0]}…"
