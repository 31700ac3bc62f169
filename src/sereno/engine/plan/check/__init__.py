"""Does a well-formed plan mean anything? Names that lead somewhere, a chain that ends in a person, rules that can
decide, words that keep to the policy.

Each concern has a file; each check is a small function that yields issues. To add one, write it, put it into
`_CHECKS`, give its code a sentence in `languages/*/checks.ftl` and a line in docs/plan-checks.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from sereno.engine.messages import languages
from sereno.engine.plan.check.acceptance import with_acceptances
from sereno.engine.plan.check.answers import catalogue, resources
from sereno.engine.plan.check.brand import brand
from sereno.engine.plan.check.chain import DEGREES, chain, degrees, haste
from sereno.engine.plan.check.counts import counts
from sereno.engine.plan.check.crisis import committee, drills, scenarios
from sereno.engine.plan.check.guides import IN_DANGER, guides
from sereno.engine.plan.check.issue import Issue, at_most
from sereno.engine.plan.check.lights import conditions
from sereno.engine.plan.check.listening import networks, reach, watches
from sereno.engine.plan.check.names import duplicates, roles
from sereno.engine.plan.check.people import area_deputies, areas, deputies
from sereno.engine.plan.check.policy import policy
from sereno.engine.plan.check.rules import never_decides, never_holds, triggers
from sereno.engine.plan.check.texts import texts
from sereno.engine.plan.check.times import duty_hours, statutory, targets
from sereno.engine.plan.check.trials import trials
from sereno.engine.plan.fault_words import ROLE_VALUES
from sereno.engine.plan.model import AREA_OWNER, Plan
from sereno.engine.plan.suggest import suggestions

__all__ = ["DEGREES", "IN_DANGER", "Issue", "at_most", "check_plan"]


def check_plan(plan: Plan) -> tuple[Issue, ...]:
    """Every issue of the plan, errors and warnings; a warning that the plan accepts carries the reason given.

    The time it takes grows with the length of the text, whoever wrote it: a plan with too many entries of a part is
    told so and looked at no further, proofs about rules stop where they take too long, and only some wrong names are
    held against the right ones.
    """
    if too_many := tuple(counts(plan)):
        return too_many
    titles = {role.role: role.title for role in plan.roles if role.role != AREA_OWNER}
    with suggestions():
        found = [_with_titles(issue, titles, plan) for check in _CHECKS for issue in check(plan)]
    return tuple(with_acceptances(plan, found))


def _with_titles(issue: Issue, titles: Mapping[str, Mapping[str, str]], plan: Plan) -> Issue:
    """With the titles of the roles that it names: nobody knows a colleague as `care_lead`."""
    told = {
        f"{key}@{language}": plan.text(titles[str(issue.values[key])], language)
        for key in ROLE_VALUES
        if issue.values.get(key) in titles
        for language in languages()
    }
    return replace(issue, values={**issue.values, **told}) if told else issue


_CHECKS: tuple[Callable[[Plan], Iterator[Issue]], ...] = (
    brand,
    duplicates,
    roles,
    deputies,
    areas,
    area_deputies,
    watches,
    reach,
    networks,
    conditions,
    never_holds,
    never_decides,
    guides,
    degrees,
    chain,
    haste,
    duty_hours,
    targets,
    statutory,
    catalogue,
    policy,
    resources,
    committee,
    scenarios,
    triggers,
    drills,
    trials,
    texts,
)
