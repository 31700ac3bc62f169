"""Two people at one case. Every form carries the last event that its page showed; what colleagues did since then is
said before anything is decided over their heads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from sereno.desk.accounts.models import Brand, User
from sereno.desk.cases.happenings import happened, named_in, one_for_each_act
from sereno.desk.cases.models import Case, CaseEvent

OWNERSHIP = ("taken", "assigned", "released", "returned")
UNMOVED = ("opened", "called", "call_passed", "call_nobody", "acknowledged")
"""Events that change nothing for whoever looks at the case."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What others did with a case since somebody's page was drawn, in words; the newest last."""

    told: tuple[str, ...]

    def __str__(self) -> str:
        return _("This case changed meanwhile: %(what)s. Please look again, then confirm.") % {
            "what": "; ".join(self.told)
        }


def last_event(case: Case) -> int:
    return CaseEvent.objects.filter(case=case).order_by("-id").values_list("id", flat=True).first() or 0


def news(case: Case, *, seen: int, person: User) -> list[CaseEvent]:
    """What happened to the case after event `seen` through anybody but this person."""
    since = CaseEvent.objects.filter(case=case, id__gt=seen).exclude(by=person).exclude(kind__in=UNMOVED)
    return list(since.select_related("by").order_by("id")[:20])


def moved(case: Case, *, seen: int, person: User) -> Moved | None:
    """What to tell before a decision that was made on an older state of the case; None where it still stands."""
    told = said(news(case, seen=seen, person=person))
    return Moved(told) if told else None


def taken_meanwhile(case: Case, *, seen: int, person: User) -> str:
    """Says who holds the case now, where that is somebody else and the page did not know yet; else nothing."""
    holder = case.owner
    if holder is None or holder.pk == person.pk:
        return ""
    if not any(event.kind in OWNERSHIP for event in news(case, seen=seen, person=person)):
        return ""
    return _("%(who)s has had it for a moment. Take it over?") % {"who": holder}


def said(events: Iterable[CaseEvent]) -> tuple[str, ...]:
    found = one_for_each_act(list(events))
    people = named_in(found)
    return tuple(
        f"{words} ({event.by})" if event.by else words for event in found for words in [happened(event, people)]
    )


def lost(brand: Brand, *, after: int, person: User) -> list[str]:
    """Cases that others took from this person after an event, in words."""
    events = (
        CaseEvent.objects.filter(Q(kind="taken") | Q(kind="assigned"), brand=brand, id__gt=after)
        .filter(details__from=person.pk)
        .exclude(by=person)
        .select_related("by", "case__author__identity", "case__owner")
        .order_by("id")[:5]
    )
    return [_lost(event) for event in events]


def _lost(event: CaseEvent) -> str:
    from sereno.desk.cases.rows import author_name

    return _("The case of %(author)s is now with %(owner)s.") % {
        "author": author_name(event.case.author),
        "owner": event.case.owner or "—",
    }
