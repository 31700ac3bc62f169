"""Events of a case in words, and what they add up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sereno.desk.accounts.models import User
from sereno.desk.cases.models import Case, CaseEvent, ClosureReason
from sereno.desk.words import word

_LET_GO = frozenset({"released", "handed_back", "escalated", "lowered", "closed", "reopened"})
"""After these nobody has the case."""


def one_for_each_act(events: Sequence[CaseEvent]) -> list[CaseEvent]:
    """One act, one line: that nobody more is called goes with taking the case, giving it back with calling anew; two
    chains of one case that are passed on move at once. What is left has the words that people gave."""
    acts: defaultdict[tuple[Any, Any], set[str]] = defaultdict(set)
    for event in events:
        acts[event.at, event.by_id].add(_kind(event))
    doubled: set[int] = set()
    has_it: int | None = None
    for event in sorted(events, key=lambda each: each.pk):
        beside, kind = acts[event.at, event.by_id], _kind(event)
        says_it = {"released": "handed_back", "handed_back": "left"}.get(kind)
        twice = kind in ("handed_back", "escalated", "lowered") and f"{kind} told" in beside
        known = kind == "acknowledged" and has_it is not None and event.by_id == has_it
        if twice or known or says_it in beside:
            doubled.add(event.pk)
        beside.add(f"{kind} told")
        if kind in ("taken", "acknowledged"):
            has_it = event.by_id
        elif event.kind in _LET_GO:
            has_it = None
    return [event for event in events if event.pk not in doubled]


def _kind(event: CaseEvent) -> str:
    return "left" if event.kind == "released" and event.details.get("why") == "left" else event.kind


def happened(event: CaseEvent, people: dict[int, str]) -> str:
    """One event in words. Genderless on purpose: the person's name stands beside it."""
    details: dict[str, Any] = event.details
    if event.kind == "assigned":
        to = people.get(details.get("to") or 0, "")
        return _("Handed to %(person)s") % {"person": to} if to else _("Handed over")
    if event.kind == "released" and details.get("why") == "left":
        who = people.get(details.get("from") or 0)
        gone = _("Given back: %(person)s is no longer in the team") % {"person": who}
        return gone if who else _("Given back: who had it is no longer in the team")
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
    if event.kind in ("called", "consulted"):
        return _called(event.kind, details, people)
    plain = {
        "opened": _("Case opened"),
        "post_joined": _("Wrote again"),
        "reopened": _("Opened again"),
        "answered": _("We answered"),
        "taken": _("Taken"),
        "released": _("Given back"),
        "returned": _("Given back"),
        "noted": _("Note"),
        "call_passed": _("Nobody reached here: the next step is called"),
        "call_nobody": _("Nobody of the chain can be reached: the leads are told"),
        "acknowledged": _("Taken"),
        "handed_back": _("Given back: the same step is called anew"),
        "escalated": _("Passed up"),
        "lowered": _("Passed down"),
        "paused": _("The clock stands still"),
        "resumed": _("The clock runs again"),
    }
    return plain.get(event.kind, event.kind.replace("_", " "))


def named_in(events: Sequence[CaseEvent]) -> dict[int, str]:
    """Names of the people that these events speak of, by id. One query, however many events."""
    named = {event.details.get("to") for event in events if event.kind == "assigned"}
    named |= {event.details.get("from") for event in events if event.details.get("why") == "left"}
    for event in events:
        if event.kind in ("called", "consulted"):
            named.update(event.details.get("users") or ())
    return dict(User.objects.filter(pk__in=[pk for pk in named if isinstance(pk, int)]).values_list("pk", "name"))


def _called(kind: str, details: dict[str, Any], people: dict[int, str]) -> str:
    """Who was called or asked, by name; somebody whose account is gone has none."""
    names = [people[user] for user in details.get("users") or () if user in people]
    said = {"names": ", ".join(names) or _("nobody with an account")}
    if kind == "consulted":
        return _("Asked: %(names)s") % said
    if details.get("how") == "everybody":
        return _("Everybody of this chain called: %(names)s") % said
    if details.get("how") == "deputy":
        return _("Deputy called: %(names)s") % said
    return _("Called: %(names)s") % said


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
