"""Names: each part has one of its own, and a role that is named exists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sereno.engine.plan.check.issue import Issue, error, nearby
from sereno.engine.plan.model import AREA_OWNER, Plan
from sereno.engine.plan.nodes import Path


def duplicates(plan: Plan) -> Iterator[Issue]:
    policy = plan.policy
    named: tuple[tuple[Path, str, Sequence[str]], ...] = (
        (("roles",), "role", [role.role for role in plan.roles]),
        (("areas",), "area", [area.area for area in plan.areas]),
        (("watches",), "watch", [watch.watch for watch in plan.watches]),
        (("lights",), "rule", [rule.rule for rule in plan.lights]),
        (("guides",), "guide", [guide.guide for guide in plan.guides]),
        (("reach",), "level", [level.level for level in plan.reach]),
        (("chain",), "step", [step.step for step in plan.chain]),
        (("catalogue",), "type", [entry.type for entry in plan.catalogue]),
        (("brand", "audiences"), "audience", [audience.audience for audience in plan.brand.audiences]),
        (("resources",), "resource", [resource.resource for resource in plan.resources]),
        (("scenarios",), "scenario", [scenario.scenario for scenario in plan.scenarios]),
        (("drills",), "drill", [drill.drill for drill in plan.drills]),
        (("tests",), "test", [test.test for test in plan.tests]),
        (("policy", "networks"), "to", [tone.to for tone in policy.networks] if policy else []),
        (("policy", "audiences"), "to", [tone.to for tone in policy.audiences] if policy else []),
    )
    for part, key, names in named:
        seen: set[str] = set()
        for index, name in enumerate(names):
            if name in seen:
                where = ".".join(map(str, part))
                yield error((*part, index, key), "name-twice", key=key, name=name, where=where)
            seen.add(name)


def roles(plan: Plan) -> Iterator[Issue]:
    """Every role that is named anywhere exists."""
    known = {role.role: index for index, role in reversed(list(enumerate(plan.roles)))}
    for where, use, part, name, role in _named_roles(plan):
        may_be_area = where[0] in ("chain", "catalogue")
        if role not in known and not (may_be_area and role == AREA_OWNER):
            hint = nearby(role, [*reversed(known), *([AREA_OWNER] * may_be_area)])
            yield error(where, "role-unknown", use=use, part=part, name=name, role=role, **hint)
    if AREA_OWNER in known:
        yield error(("roles", known[AREA_OWNER], "role"), "role-named-area-owner", role=AREA_OWNER)


_Named = tuple[Path, str, str, str, str]


def _named_roles(plan: Plan) -> Iterator[_Named]:
    """Where a role is named: path, what for, in which part, the part's name, the role."""
    for i, role in enumerate(plan.roles):
        if role.deputy is not None:
            yield ("roles", i, "deputy"), "deputy", "role", role.role, role.deputy
    for i, step in enumerate(plan.chain):
        yield ("chain", i, "role"), "calls", "step", step.step, step.role
    for i, area in enumerate(plan.areas):
        yield ("areas", i, "owner"), "owner", "area", area.area, area.owner
        if area.deputy is not None:
            yield ("areas", i, "deputy"), "deputy", "area", area.area, area.deputy
    for i, rule in enumerate(plan.lights):
        if rule.route is not None:
            yield ("lights", i, "route", "role"), "calls", "rule", rule.rule, rule.route.role
    for i, entry in enumerate(plan.catalogue):
        yield ("catalogue", i, "decides"), "decides", "type", entry.type, entry.decides
    yield from _named_in_a_crisis(plan)


def _named_in_a_crisis(plan: Plan) -> Iterator[_Named]:
    for i, resource in enumerate(plan.resources):
        for n, role in enumerate(resource.offered_by):
            yield ("resources", i, "offered_by", n), "offers", "resource", resource.resource, role
        if resource.above is not None:
            yield ("resources", i, "above"), "decides", "resource", resource.resource, resource.above
    if plan.committee is not None:
        for n, role in enumerate(plan.committee.members):
            yield ("committee", "members", n), "member", "committee", "", role
        yield ("committee", "spokesperson"), "speaks", "committee", "", plan.committee.spokesperson
    for i, scenario in enumerate(plan.scenarios):
        if scenario.spokesperson is not None:
            yield ("scenarios", i, "spokesperson"), "speaks", "scenario", scenario.scenario, scenario.spokesperson
        for n, step in enumerate(scenario.first_hour):
            yield ("scenarios", i, "first_hour", n, "role"), "calls", "scenario", scenario.scenario, step.role
    for i, drill in enumerate(plan.drills):
        for n, role in enumerate(drill.roles):
            yield ("drills", i, "roles", n), "calls", "drill", drill.drill, role
