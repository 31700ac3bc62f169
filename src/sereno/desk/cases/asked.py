"""Questions to colleagues about a case that nobody whom they were put to has answered with a note yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sereno.desk.accounts.models import User
from sereno.desk.cases.models import Case, CaseEvent, CaseNote


@dataclass(frozen=True, slots=True)
class Question:
    by: User | None
    at: datetime
    words: str
    users: frozenset[int]
    """Who was asked, by id."""
    names: str


def open_questions(case: Case) -> list[Question]:
    """The oldest first."""
    asked = list(CaseEvent.objects.filter(case=case, kind="consulted").select_related("by", "note").order_by("id"))
    if not asked:
        return []
    notes = list(CaseEvent.objects.filter(case=case, kind="noted", pk__gt=asked[0].pk).values_list("pk", "by"))
    waits = [event for event in asked if not any(pk > event.pk and by in _asked(event) for pk, by in notes)]
    people = {user.pk: str(user) for user in User.objects.filter(pk__in={pk for each in waits for pk in _asked(each)})}
    return [
        Question(
            event.by, event.at, _words(event), _asked(event),
            ", ".join(people[pk] for pk in sorted(_asked(event)) if pk in people),
        )
        for event in waits
    ]  # fmt: skip


def _asked(event: CaseEvent) -> frozenset[int]:
    """Nobody answers their own question."""
    return frozenset(event.details.get("users") or ()) - {event.by_id}


def _words(event: CaseEvent) -> str:
    note: CaseNote | None = getattr(event, "note", None)
    return note.text if note is not None else ""
