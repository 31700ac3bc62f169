"""Labels of the engine's values for lists, chips and filters: the engine's own words, with a capital letter."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from sereno.engine import messages
from sereno.engine.read import KINDS, TOPICS

LIGHTS = ("red", "amber", "green", "none")
STATES = ("open", "answered", "closed")

_GROUPS = {"light": "light", "kind": "kind", "topic": "topic", "network": "network", "place": "place", "watch": "watch"}


def language() -> str:
    """The reader's language, without its region."""
    return (get_language() or "en").split("-")[0]


def word(what: str, value: str | None) -> str:
    """The label of an engine value: `word("topic", "billing")` is `Billing`. A value nobody listed stands as it is."""
    if what == "state":
        return {"open": _("Open"), "answered": _("Answered"), "closed": _("Closed")}.get(value or "", value or "")
    if what == "case_state":
        # of one case: the views of many are called alike in English only
        words = {
            "open": pgettext("a case", "Open"),
            "answered": pgettext("a case", "Answered"),
            "closed": pgettext("a case", "Closed"),
        }
        return words.get(value or "", value or "")
    if what == "language":
        return language_label(value or "")
    return capital(messages.word(_GROUPS[what], value or ("none" if what == "light" else ""), language()))


def capital(text: str) -> str:
    """With a capital first letter and spaces; the rest stays as it is (names of networks)."""
    return (text[:1].upper() + text[1:]).replace("_", " ")


def language_label(code: str) -> str:
    if code in ("", "und"):
        return _("Language unknown")
    if code == "mul":
        return _("Several languages")
    return capital(messages.language_name(code, language()))


def pairs(what: str, values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, word(what, value)) for value in values]


def kinds() -> list[tuple[str, str]]:
    return pairs("kind", KINDS)


def topics() -> list[tuple[str, str]]:
    """In the order of the reader's alphabet, nearly: what is left over comes last."""
    found = pairs("topic", TOPICS)
    return sorted(found, key=lambda pair: (pair[0] == "other", pair[1].casefold()))


def names_of(texts: Mapping[str, str], order: tuple[str, ...]) -> str:
    """A plan's text in the reader's language; `order` is the fallback."""
    for code in (language(), *order):
        if code in texts:
            return texts[code]
    return next(iter(texts.values()), "")
