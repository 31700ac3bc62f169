"""Why an edit of a plan's text is refused, in the reader's words."""

from __future__ import annotations

from sereno.engine.messages import FALLBACK, phrase
from sereno.engine.plan.fault_words import say
from sereno.engine.plan.nodes import Fault


class EditRefused(ValueError):
    """The edit cannot be made without touching what it should not; `str()` says why in English, and what to do
    instead, `in_words` in another language."""

    def __init__(self, code: str, **values: str | int | float) -> None:
        super().__init__(phrase(f"edit-{code}", FALLBACK, **values))
        self.code = code
        self.values = values
        self.fault: Fault | None = None

    @classmethod
    def unreadable(cls, fault: Fault) -> EditRefused:
        """For a text that is no YAML: its first fault says where and why."""
        refused = cls("unreadable", line=str(fault.line), why=say(fault.code, fault.values))
        refused.fault = fault
        return refused

    def in_words(self, language: str) -> str:
        """Raises KeyError where nobody wrote the sentence."""
        values = self.values
        if self.fault is not None:
            values = {**values, "why": say(self.fault.code, self.fault.values, language)}
        return phrase(f"edit-{self.code}", language, **values)
