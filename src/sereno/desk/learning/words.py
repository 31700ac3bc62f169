"""What was learnt, in the reader's words."""

from __future__ import annotations

from babel.lists import format_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sereno.desk.words import language
from sereno.engine import messages
from sereno.engine.read import Change, Taught

_GROUPS = ("topic", "kind", "polarity", "severity", "risk", "claim")


def taught_words(taught: Taught | None) -> str:
    """`Your team's corrections changed this reading (12 decisions): complaint → question.` Empty where none did."""
    if taught is None:
        return ""
    said = ngettext(
        "Your team's corrections changed this reading (%(n)s decision): %(changes)s.",
        "Your team's corrections changed this reading (%(n)s decisions): %(changes)s.",
        taught.decisions,
    )
    changes = format_list([_change(change) for change in taught.changes], locale=language())
    return said % {"n": taught.decisions, "changes": changes}


def _change(change: Change) -> str:
    before, after = (
        messages.word(change.what, name, language()) if name else "" for name in (change.before, change.after)
    )
    if before and after:
        return f"{before} → {after}"
    return _("no longer “%(what)s”") % {"what": before} if before else _("now “%(what)s”") % {"what": after}


def lesson_words(names: tuple[str, ...]) -> list[str]:
    """Features of a correction as people know them: words as they are, traits in words."""
    told = []
    for name in names:
        group, dot, value = name.partition(".")
        known = dot and group in _GROUPS
        told.append(messages.word(group, value, language()) if known else _("“%(word)s”") % {"word": name})
    return told
