"""A fault in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from sereno.connectors.faults import SENTENCES, Fault


def say(fault: Fault) -> str:
    return in_readers_words(fault.stored(), str(fault))


def in_readers_words(stored: Mapping[str, Any], otherwise: str) -> str:
    """A stored fault as a sentence; `otherwise` where it was stored without a code, or by a newer version."""
    sentence = SENTENCES.get(str(stored.get("code")))
    if sentence is None:
        return otherwise
    try:
        return str(gettext(sentence) % stored["params"])
    except (KeyError, TypeError, ValueError):
        return otherwise
