"""Texts that nobody should have to read unprepared: what is hidden until a person chooses to read it, and why."""

from __future__ import annotations

from babel.lists import format_list
from django.utils.translation import gettext as _

from sereno.desk.listening.models import Judgement
from sereno.desk.words import language

HOSTILE = 0.5
"""Probability from which a text counts as hostile."""


def veil_words(judgement: Judgement | None) -> str:
    """Why a text is hidden: `a threat and hostile words`. Nothing where it may be shown at once."""
    if judgement is None:
        return ""
    reading = judgement.reading
    found = [
        words
        for holds, words in (
            ("self_harm" in reading.claims, _("words about self-harm")),
            ("threat" in reading.claims, _("a threat")),
            (reading.hostile >= HOSTILE, _("hostile words")),
        )
        if holds
    ]
    return str(format_list(found, locale=language())) if found else ""
