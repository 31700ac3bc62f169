"""What happened to a case, in words, in every language of the interface."""

from __future__ import annotations

import pytest
from django.utils import translation

from sereno.desk.cases.happenings import happened
from sereno.desk.cases.models import CaseEvent
from sereno.desk.duty.moving import EVENTS

KINDS = sorted(
    {*EVENTS.values(), "consulted", "paused", "resumed", "taken", "released", "opened", "reopened", "answered"}
)
PEOPLE = {7: "Ana Ruiz", 8: "Bo Żak"}


@pytest.mark.parametrize("kind", KINDS)
def test_each_event_is_told_in_each_language(kind: str) -> None:
    told = set()
    for language in ("en", "es", "pl"):
        with translation.override(language):
            told.add(happened(CaseEvent(kind=kind, details={"users": [7, 8]}), PEOPLE))

    assert len(told) == 3
    assert kind.replace("_", " ") not in told


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({"users": [7, 8], "how": "duty"}, "Called: Ana Ruiz, Bo Żak"),
        ({"users": [8], "how": "deputy"}, "Deputy called: Bo Żak"),
        ({"users": [7, 8], "how": "everybody"}, "Everybody of this chain called: Ana Ruiz, Bo Żak"),
        ({"users": [99]}, "Called: nobody with an account"),
    ],
)
def test_a_call_names_who_was_called_and_how(details: dict[str, object], words: str) -> None:
    assert happened(CaseEvent(kind="called", details=details), PEOPLE) == words
