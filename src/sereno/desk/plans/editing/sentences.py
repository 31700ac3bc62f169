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


def sentences_of(sketch: Plan, part: str, entry: Any) -> tuple[str, ...]:
    """What this one entry says; nothing where it is not valid by itself, or names what the draft does not have."""
    if part == HEADING or entry is None:
        return ()
    try:
        valid = model_of(part).model_validate(as_read(entry))
    except (ValidationError, ValueError):
        return ()
    alone = sketch.model_copy(update={part: (valid,) if is_list(part) else valid})
    try:
        sections = explain(alone, language(), [part])
    except (LookupError, StopIteration, AttributeError, RuntimeError):
        # a draft may name roles and steps that it does not have (yet): the check says so, at its line
        return ()
    return tuple(sentence.text for section in sections for sentence in section.sentences)


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


def first_words(said: tuple[str, ...], most: int = 220) -> str:
    whole = said[0] if said else ""
    return whole if len(whole) <= most else f"{whole[: most - 1].rsplit(' ', 1)[0]}…"
