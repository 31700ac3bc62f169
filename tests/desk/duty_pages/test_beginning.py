"""A roster begins: each role with a proposal and why, changed or kept."""

from __future__ import annotations

import re

from sereno.desk.accounts.actions import give_role
from sereno.desk.accounts.models import Role
from sereno.desk.duty.queries import roster_in_force
from sereno.desk.duty.standing import standing_roster
from sereno.desk.plans.actions import put_in_force
from tests.desk.duty.watch import DEPUTY
from tests.desk.duty_pages.conftest import Desk
from tests.desk.street import NOON


def with_a_director(desk: Desk) -> Desk:
    """The chain ends in a managing director, who is no role of the desk; Ana owns the brand."""
    end = "     clock: always}\n"
    above = (
        "     clock: always, then: direction}\n"
        "  - {step: direction, title: {en: Direction}, role: director, acknowledge_within: 10m, clock: always}\n"
    )
    role = "roles:\n  - {role: director, title: {en: Managing director}}\n"
    plan = DEPUTY.replace(end, above).replace("roles:\n", role, 1).replace('version: "2"', 'version: "3"')
    put_in_force(desk.brand, text=plan, name="acme.yaml", by=None, now=NOON)
    give_role(desk.person("ana"), desk.brand, Role.OWNER, by=None, now=NOON)
    return desk


def fieldset(page: str, legend: str) -> str:
    return page.split(f"<legend>{legend}")[1].split("</fieldset>")[0]


def ticked(part: str) -> list[str]:
    boxes = re.findall(r"<label class=\"radio\">(.*?)</label>", part, re.S)
    return [re.sub("<[^>]+>", "", box).strip() for box in boxes if "checked" in box]


def test_the_last_step_is_the_owners_not_the_care_leads_and_the_page_says_why(without: Desk) -> None:
    seen = with_a_director(without).see("begin")
    part = fieldset(seen, "Managing director")
    assert ticked(part) == ["ana"]
    assert "The chain ends here, so it is the brand&#x27;s owners" in part.replace("’", "&#x27;")
    assert "as “Committee” at the desk" in fieldset(seen, "Committee member on duty")
    assert roster_in_force(without.brand) is None


def test_what_is_chosen_is_kept_and_nobody_else_holds_the_role(without: Desk) -> None:
    with_a_director(without)
    committee = next(each.person for each in standing_roster(without.brand).roster.people if each.name == "dia")
    seen = without.see("begin")
    fields = re.findall(r'name="(role-[\w-]+)" value="(\w+)"[^>]*checked', seen)
    told: dict[str, object] = {}
    for name, value in fields:
        told.setdefault(name, [])
        told[name].append(value)  # type: ignore[attr-defined]
    without.do("begin", chosen="1", **told | {"role-director": [committee]})
    roster = standing_roster(without.brand).roster
    assert [each.name for each in roster.in_role("director")] == ["dia"]


def test_a_choice_that_leaves_the_chain_without_an_end_is_told_by_its_title(without: Desk) -> None:
    seen = with_a_director(without).do("begin", status=422, chosen="1")
    assert "Managing director" in seen.split('id="toasts"')[1]
    assert roster_in_force(without.brand) is None
