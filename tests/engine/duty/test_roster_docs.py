"""What the documentation says of the roster's keys is what the model knows; the shipped rosters are sound."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pydantic import BaseModel
from ruamel.yaml import YAML

from sereno.engine.duty import roster as model
from sereno.engine.duty.gaps import gaps
from sereno.engine.duty.load import find_roster, load_with_warnings
from sereno.engine.duty.rota import Rota
from sereno.engine.duty.schema import schema_text
from sereno.engine.plan.load import read_plan

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "roster-format.md").read_text(encoding="utf-8")
DEMO = ROOT / "src/sereno/desk/demo"
SECTIONS: dict[str, tuple[type[BaseModel], ...]] = {
    "The whole": (model.Roster,),
    "`rest`": (model.Rest,),
    "`people`": (model.Person, model.Authority),
    "`shifts`": (model.Shift, model.Rotation),
    "`overrides`": (model.Override,),
    "`absences`": (model.Absence,),
    "`gaps`": (model.AcceptedGap,),
}


def section(title: str) -> str:
    return re.split(r"^## ", PAGE.split(f"## {title}\n", 1)[1], maxsplit=1, flags=re.M)[0]


@pytest.mark.parametrize("title", SECTIONS)
def test_each_section_lists_exactly_the_keys_of_the_model(title: str) -> None:
    documented = re.findall(r"^\| `(\w+)` \|", section(title), flags=re.M)
    assert sorted(documented) == sorted(key for part in SECTIONS[title] for key in part.model_fields)


def test_every_part_of_the_model_has_its_section() -> None:
    parts = {part for part in vars(model).values() if isinstance(part, type) and issubclass(part, model.Part)}
    assert parts - {model.Part} == {part for documented in SECTIONS.values() for part in documented}


def test_the_schema_is_up_to_date() -> None:
    written = (ROOT / "docs" / "roster.schema.json").read_text(encoding="utf-8")
    assert written == schema_text(), "write it anew: python -m sereno.engine.duty.schema > docs/roster.schema.json"


@pytest.mark.parametrize("path", [find_roster("starter"), DEMO / "roster.yaml"], ids=["starter", "demo"])
def test_the_schema_accepts_the_shipped_rosters(path: Path) -> None:
    values: Any = YAML(typ="safe", pure=True)
    values.constructor.yaml_constructors.pop("tag:yaml.org,2002:timestamp", None)
    text = re.sub(r"#.*", "", path.read_text(encoding="utf-8"))
    quoted = re.sub(r"(?<=[:,\[{ ])(\d{4}-\d\d-\d\d(T\d\d:\d\d)?|\d\d:\d\d-\d\d:\d\d)", r"'\1'", text)
    quoted = re.sub(r"version: (\S+)", r"version: '\1'", quoted).replace("''", "'")
    jsonschema.validate(values.load(quoted), json.loads(schema_text()))


def test_the_starter_has_no_fault_no_warning_and_no_gap_that_nobody_accepted() -> None:
    plan = read_plan("starter")
    path = find_roster("starter")
    roster, warnings = load_with_warnings(path.read_text(encoding="utf-8"), path.name, plan=plan)
    assert [str(warning) for warning in warnings] == []
    year = Rota(roster, datetime(2026, 11, 1, tzinfo=UTC), datetime(2027, 11, 1, tzinfo=UTC))
    assert [gap for gap in gaps(year, plan) if gap.accepted is None] == []


def test_the_demo_shows_one_gap_polish_on_sunday_evenings() -> None:
    plan = read_plan(str(DEMO / "plan.yaml"))
    text = (DEMO / "roster.yaml").read_text(encoding="utf-8")
    roster, warnings = load_with_warnings(text, "roster.yaml", plan=plan)
    assert [(warning.code, warning.values["role"]) for warning in warnings] == [("roster-role-held-by-nobody", "legal")]
    week = Rota(roster, datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 30, tzinfo=UTC))
    (gap,) = gaps(week, plan)
    assert (gap.role, gap.language, gap.starts) == ("community_manager", "pl", datetime(2026, 11, 29, 14, tzinfo=UTC))


def test_everybody_of_the_demos_roster_has_an_account_there() -> None:
    people = (DEMO / "people.toml").read_text(encoding="utf-8")
    text = (DEMO / "roster.yaml").read_text(encoding="utf-8")
    accounts = re.findall(r'^email = "(.+)"', people, flags=re.M)
    _roster, warnings = load_with_warnings(text, plan=read_plan(str(DEMO / "plan.yaml")), accounts=accounts)
    assert [warning for warning in warnings if warning.code == "roster-account-missing"] == []
