"""`sereno plan`: a plan asked about itself."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sereno.cli import main

STARTER = Path(__file__).parents[1] / "plans" / "starter.yaml"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["plan", *arguments])


def test_a_sound_plan_passes() -> None:
    done = run("check", str(STARTER))
    assert done.exit_code == 0
    assert "no faults" in done.stdout


def test_every_fault_is_told_with_its_line(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    text = (
        STARTER.read_text("utf-8").replace("risk: [safety]", "risk: [saftey]").replace("risk: [data]", "risc: [data]")
    )
    bad.write_text(text, "utf-8")
    done = run("check", str(bad))
    assert done.exit_code == 1
    told = done.stderr.splitlines()
    assert len(told) == 2
    for line in told:
        name, number, _ = line.split(":", 2)
        assert name == "bad.yaml"
        assert "ris" in text.splitlines()[int(number) - 1]


@pytest.mark.parametrize("command", [("check",), ("explain",), ("who", "--light", "red", "--at", "2026-12-24T23:30")])
def test_a_plan_that_is_not_there_is_named(command: tuple[str, ...]) -> None:
    done = run(command[0], "no-such-plan", *command[1:])
    assert done.exit_code == 1
    assert "no-such-plan" in done.stderr


def test_who_is_called_on_christmas_eve_at_night() -> None:
    done = run("who", str(STARTER), "--light", "red", "--at", "2026-12-24T23:30", "--format", "json")
    answer = json.loads(done.stdout)
    assert answer["on_duty"] is False
    assert answer["at"].startswith("2026-12-24T23:30")
    assert answer["calls"][0]["called_at"] == answer["at"]
    assert answer["calls"][-1]["role"]
    told = run("who", str(STARTER), "--light", "red", "--at", "2026-12-24T23:30").stdout
    assert all(call["role"] in told for call in answer["calls"])


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--light", "red", "--at", "christmas"), "write it as 2026-12-24T23:30"),
        (("--light", "red", "--at", "2026-12-24T23:30", "--area", "moon"), "moon"),
    ],
)
def test_wrong_questions_are_told_with_the_way_out(arguments: tuple[str, ...], says: str) -> None:
    done = run("who", str(STARTER), *arguments)
    assert done.exit_code == 1
    assert says in done.stderr


def test_rules_are_explained_gravest_first() -> None:
    done = run("explain", str(STARTER), "--language", "es")
    assert done.exit_code == 0
    assert "Peligro para las personas" in done.stdout
    assert done.stdout.index("Peligro para las personas") < done.stdout.index("Un ataque")


def test_help_lists_every_command() -> None:
    shown = CliRunner().invoke(main, ["--help"]).stdout
    for command in ("triage", "plan", "up", "demo", "import", "source", "brand", "person"):
        assert f"  {command} " in shown


def test_who_is_asked_about_now_where_no_moment_is_given() -> None:
    done = run("who", "starter", "--light", "red")
    assert done.exit_code == 0, done.output
    assert f"{datetime.now(UTC).year}-" in done.stdout


def test_what_one_rule_finds_calls_its_role_beside_the_chain() -> None:
    done = run("who", str(STARTER), "--rule", "self-harm", "--at", "2026-12-24T23:30", "--format", "json")
    first, second, *_ = json.loads(done.stdout)["calls"]
    assert [first["role"], second["role"]] == ["safety_contact", "committee_duty"]
    assert first["called_at"] == second["called_at"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--rule", "self-ham"), "rule 'self-ham' is not in the plan; did you mean 'self-harm'?"),
        ((), "say either --light, such as --light red, or --rule"),
        (("--rule", "threat", "--light", "red"), "say either --light, such as --light red, or --rule"),
    ],
)
def test_a_rule_or_a_light_is_asked_about(arguments: tuple[str, ...], says: str) -> None:
    done = run("who", str(STARTER), *arguments)
    assert done.exit_code == 1
    assert says in done.stderr


def test_explain_tells_who_is_called_by_name_and_reads_the_guides_aloud() -> None:
    told = run("explain", str(STARTER)).stdout
    assert "Safety contact is called at once, with the chain · the guide “When someone may harm themselves”" in told
    assert "  116 123: Emotional support" in told
