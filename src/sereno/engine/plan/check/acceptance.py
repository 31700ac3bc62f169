"""Warnings that the plan lives with: `accepted` takes them out of the list, and must itself be of use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sereno.engine.plan.check.issue import Issue, error, warning
from sereno.engine.plan.check.place import place_of
from sereno.engine.plan.fault_words import codes
from sereno.engine.plan.model import Accepted, Plan
from sereno.engine.plan.nodes import Path
from sereno.engine.plan.suggest import nearest


def with_acceptances(plan: Plan, issues: Sequence[Issue]) -> Iterator[Issue]:
    """The issues; those that the plan accepts carry its reason. An acceptance that fits nothing is an issue itself."""
    fits = dict.fromkeys(range(len(plan.accepted)), False)
    for issue in issues:
        place = place_of(issue.where, plan)
        fitting = [i for i, accepted in enumerate(plan.accepted) if _covers(accepted, issue, place)]
        fits.update(dict.fromkeys(fitting, True))
        yield replace(issue, accepted=plan.accepted[fitting[0]].reason) if fitting else issue
    for index, accepted in enumerate(plan.accepted):
        if not fits[index]:
            yield _unused(accepted, ("accepted", index), issues)


def _covers(accepted: Accepted, issue: Issue, place: str) -> bool:
    if issue.severity != "warning" or issue.code != accepted.warning:
        return False
    numbered = ".".join(map(str, issue.where))
    return accepted.at is None or any(_is_in(here, accepted.at) for here in (place, numbered))


def _is_in(place: str, wanted: str) -> bool:
    return place == wanted or place.startswith(f"{wanted}.")


def _unused(accepted: Accepted, where: Path, issues: Sequence[Issue]) -> Issue:
    code = accepted.warning
    if code not in codes():
        near = nearest(code, sorted(codes()))
        return warning((*where, "warning"), "accepted-unknown", warning=code, **({"near": near} if near else {}))
    if any(issue.code == code and issue.severity == "error" for issue in issues):
        return error((*where, "warning"), "accepted-error", warning=code)
    if accepted.at is not None:
        return warning((*where, "at"), "accepted-nothing-there", warning=code, at=accepted.at)
    return warning((*where, "warning"), "accepted-nothing", warning=code)
