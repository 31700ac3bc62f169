"""What the documentation says of the plan's keys is what the model knows."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest
from pydantic import BaseModel
from ruamel.yaml import YAML

from sereno.engine.plan import model
from sereno.engine.plan.load import find_plan, shipped_plans
from sereno.engine.plan.schema import schema_text
from sereno.engine.post import Place, Visibility
from sereno.engine.read import CLAIMS, KINDS, POLARITIES, RISKS, SEVERITIES, TOPICS
from tests.engine.plan.small import SMALL

DOCS = Path(__file__).parents[3] / "docs"
PAGE = (DOCS / "plan-format.md").read_text(encoding="utf-8")
SECTIONS: dict[str, tuple[type[BaseModel], ...]] = {
    "The whole": (model.Plan,),
    "`brand`": (model.Brand, model.Audience),
    "`duty_hours`": (model.DutyHours,),
    "`roles`": (model.Role,),
    "`areas`": (model.Area,),
    "`watches`": (model.Watch, model.Term),
    "`reach`": (model.ReachLevel,),
    "`lights`": (model.LightRule, model.RuleRoute, model.When),
    "`guides`": (model.Guide, model.HelpNumber),
    "`targets`": (model.Target,),
    "`statutory`": (model.Statutory,),
    "`chain`": (model.Step,),
    "`catalogue`": (model.Complaint,),
    "`policy`": (model.Policy, model.Tone, model.Avoided),
    "`resources`": (model.Resource,),
    "`committee`": (model.Committee,),
    "`scenarios`": (model.Scenario, model.FirstHourStep),
    "`drills`": (model.Drill,),
    "`tests`": (model.PlanTest, model.MadeUpPost, model.ReadsAs, model.Expected),
    "`accepted`": (model.Accepted,),
    "`languages`": (model.Languages,),
}


def section(title: str) -> str:
    return re.split(r"^## ", PAGE.split(f"## {title}\n", 1)[1], maxsplit=1, flags=re.M)[0]


@pytest.mark.parametrize("title", SECTIONS)
def test_each_section_lists_exactly_the_keys_of_the_model(title: str) -> None:
    first_cells = re.findall(r"^\| (`[^|]*?) \|", section(title), flags=re.M)
    documented = [key for cell in first_cells for key in re.findall(r"`(\w+)`", cell)]
    known = [key for part in SECTIONS[title] for key in part.model_fields]
    assert sorted(documented) == sorted(known)


def test_every_part_of_the_model_has_its_section() -> None:
    parts = {part for part in vars(model).values() if isinstance(part, type) and issubclass(part, model.Part)}
    assert parts - {model.Part} == {part for documented in SECTIONS.values() for part in documented}


@pytest.mark.parametrize(
    ("title", "values"),
    [
        ("`areas`", TOPICS),
        ("`lights`", (*KINDS, *RISKS, *CLAIMS, *POLARITIES, *SEVERITIES, *model.LIGHTS, *model.STORM_LEVELS)),
        ("`lights`", (*get_args(Place), *get_args(model.AuthorType), *get_args(Visibility))),
        ("`watches`", get_args(model.WatchKind)),
        ("`targets`", get_args(model.Degree)),
    ],
)
def test_every_value_a_plan_may_use_is_documented(title: str, values: tuple[str, ...]) -> None:
    assert [value for value in values if f"`{value}`" not in section(title)] == []


def test_the_schema_is_up_to_date() -> None:
    written = (DOCS / "plan.schema.json").read_text(encoding="utf-8")
    assert written == schema_text(), "write it anew: python -m sereno.engine.plan.schema > docs/plan.schema.json"


def yaml(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


@pytest.mark.parametrize("name", sorted(shipped_plans()))
def test_the_schema_accepts_the_shipped_plans(name: str) -> None:
    jsonschema.validate(yaml(find_plan(name).read_text(encoding="utf-8")), json.loads(schema_text()))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("light: green", "light: blue"),
        ("acknowledge: 4h", "acknowledge: soon"),
        ("plan: small", "plan: small\nextra: 1"),
        ("[08:00-20:00]", "[8-20]"),
    ],
)
def test_the_schema_refuses_what_the_loader_refuses(before: str, after: str) -> None:
    text = SMALL.replace("version: 2026.10", "version: '2026.10'")
    jsonschema.validate(yaml(text), json.loads(schema_text()))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(yaml(text.replace(before, after, 1)), json.loads(schema_text()))
