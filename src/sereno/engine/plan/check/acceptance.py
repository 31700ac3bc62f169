"""Warnings that the plan lives with: `accepted` takes them out of the list, and must itself be of use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from sereno.engine.plan.check.issue import Issue, error, warning
from sereno.engine.plan.check.place import place_of
from sereno.engine.plan.fault_words import codes
from sereno.engine.plan.model import Accepted, Plan
from sereno.engine.plan.nodes import Path
from sereno.engine.plan.suggest import nearest


def with_acceptances(plan: Plan, issues: Sequence[Issue]) -> Iterator[Issue]:
    """The issues; those that the plan accepts carry its reason. An acceptance that fits nothing is an issue itself."""
    standing: dict[tuple[str, str | None], list[int]] = {}
    for index, accepted in enumerate(plan.accepted):
        standing.setdefault((accepted.warning, accepted.at), []).append(index)
    used: set[tuple[str, str | None]] = set()
    for issue in issues:
        fitting = [key for key in _covering(issue, plan) if key in standing] if standing else []
        used.update(fitting)
        if fitting:
            yield replace(issue, accepted=plan.accepted[min(standing[key][0] for key in fitting)].reason)
        else:
            yield issue
    errors = frozenset(issue.code for issue in issues if issue.severity == "error")
    for index, accepted in enumerate(plan.accepted):
        if (accepted.warning, accepted.at) not in used:
            yield _unused(accepted, ("accepted", index), errors)


def _covering(issue: Issue, plan: Plan) -> Iterator[tuple[str, str | None]]:
    """What an acceptance of this issue may say: its code, and a place that holds it."""
    if issue.severity != "warning":
        return
    yield issue.code, None
    for place in (place_of(issue.where, plan), ".".join(map(str, issue.where))):
        words = place.split(".")
        for count in range(1, len(words) + 1):
            yield issue.code, ".".join(words[:count])


def _unused(accepted: Accepted, where: Path, errors: Set[str]) -> Issue:
    code = accepted.warning
    if code not in codes():
        near = nearest(code, sorted(codes()))
        return warning((*where, "warning"), "accepted-unknown", warning=code, **({"near": near} if near else {}))
    if code in errors:
        return error((*where, "warning"), "accepted-error", warning=code)
    if accepted.at is not None:
        return warning((*where, "at"), "accepted-nothing-there", warning=code, at=accepted.at)
    return warning((*where, "warning"), "accepted-nothing", warning=code)
