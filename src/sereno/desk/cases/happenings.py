"""Events of a case in words, and what they add up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sereno.desk.cases.models import Case, CaseEvent, ClosureReason
from sereno.desk.words import word


def happened(event: CaseEvent, people: dict[int, str]) -> str:
    """One event in words. Genderless on purpose: the person's name stands beside it."""
    details: dict[str, Any] = event.details
    if event.kind == "assigned":
        to = people.get(details.get("to") or 0, "")
        return _("Handed to %(person)s") % {"person": to} if to else _("Handed over")
    if event.kind in ("overruled", "light_changed"):
        said = (
            _("Light overruled: %(before)s → %(after)s")
            if event.kind == "overruled"
            else _("Light: %(before)s → %(after)s")
        )
        return said % {"before": word("light", details.get("from")), "after": word("light", details.get("to"))}
    if event.kind == "kind_overruled":
        said = _("Read anew as: %(before)s → %(after)s")
        return said % {"before": word("kind", details.get("from")), "after": word("kind", details.get("to"))}
    if event.kind == "closed":
        reason = details.get("reason", "")
        label = ClosureReason(reason).label if reason in ClosureReason.values else reason
        return _("Closed: %(reason)s") % {"reason": label}
    if event.kind == "news_after_overrule":
        return news_in_words(len(details.get("rules") or ()))
    plain = {
        "opened": _("Case opened"),
        "post_joined": _("Wrote again"),
        "reopened": _("Opened again"),
        "answered": _("We answered"),
        "taken": _("Taken"),
        "released": _("Given back"),
        "returned": _("Given back"),
        "noted": _("Note"),
    }
    return plain.get(event.kind, event.kind.replace("_", " "))


def news_in_words(count: int) -> str:
    """Worse news after a person lowered the light: how many reasons are new."""
    return ngettext("Since the correction: %(n)s new reason", "Since the correction: %(n)s new reasons", count) % {
        "n": count
    }


def news_since_correction(cases: Iterable[Case]) -> dict[int, int]:
    """By case: how many reasons are new since a person last set its light. One query, however many cases."""
    kinds = ("overruled", "news_after_overrule")
    events = CaseEvent.objects.filter(case__in=[case.pk for case in cases], kind__in=kinds).order_by("id")
    rules: defaultdict[int, set[str]] = defaultdict(set)
    for case, kind, details in events.values_list("case_id", "kind", "details"):
        if kind == "overruled":
            rules[case].clear()
        else:
            rules[case].update(details.get("rules") or ())
    return {case: len(found) for case, found in rules.items() if found}
