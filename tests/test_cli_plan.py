"""`sereno plan`: a plan asked about itself."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sereno.cli import main

STARTER = Path(__file__).parents[1] / "plans" / "starter.yaml"
AIRLINE = STARTER.with_name("airline.yaml")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["plan", *arguments])


def test_a_sound_plan_passes() -> None:
    done = run("check", str(STARTER))
    assert done.exit_code == 0
    assert "no faults" in done.stdout


def test_every_fault_is_told_with_its_line(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    text = (
        STARTER.read_text("utf-8")
        .replace("risk: [safety]", "risk: [saftey]", 1)
        .replace("risk: [data]", "risc: [data]", 1)
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


def test_who_is_called_is_told_in_the_readers_language_and_a_role_that_comes_twice_is_marked() -> None:
    question = ("who", str(STARTER), "--light", "none", "--post-language", "de", "--at", "2026-12-24T23:30")
    told = {language: run(*question, "--language", language).stdout.splitlines() for language in ("en", "es", "pl")}
    assert (
        told["es"][0] == "Sin luz, 2026-12-24 23:30 CET (fuera del horario de guardia), área: Atención y todo lo demás"
    )
    assert told["pl"][0].startswith("Bez światła, 2026-12-24 23:30 CET (poza godzinami dyżuru), obszar: Obsługa")
    assert told["en"][1].startswith(
        "1. Community manager on duty (community_manager): would be called Sat 26 Dec, 10:00, "
    )
    roles = [line.split("(")[1].split(")")[0] for line in told["es"] if line[0].isdigit()]
    marked = [line.endswith("(de nuevo)") for line in told["es"] if line[0].isdigit()]
    assert marked == [role in roles[:number] for number, role in enumerate(roles)]


@pytest.mark.parametrize(
    ("language", "words"),
    [("es", "no es un área del plan; ¿quería decir"), ("pl", "nie jest obszarem planu; czy chodzi o")],
)
def test_who_with_a_roster_holds_no_english_not_even_where_it_refuses(language: str, words: str) -> None:
    english = re.compile(r"\b(the|is|no|called|on duty|nobody|by|then|plan;|known)\b")
    question = ("who", str(STARTER), "--roster", "starter", "--at", "2026-12-24T23:30", "--language", language)
    answers = [run(*question, "--light", light) for light in ("red", "amber", "green", "none")]
    refusals = [
        run(*question, "--light", "amber", "--area", "produc"),
        run(*question, "--rule", "self-ham"),
        run(*question),
    ]

    assert all(done.exit_code == 0 for done in answers)
    assert words in refusals[0].stderr
    for done in answers:
        assert not english.search(done.stdout), done.stdout
    for done in refusals:
        assert done.exit_code == 1
        assert not re.search(r"\b(the|is no|did you|say)\b", done.stderr), done.stderr


def test_a_role_that_is_called_twice_is_marked_the_second_time(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"  # stock is the managing director's own, who also stands at the chain's end
    plan.write_text(STARTER.read_text("utf-8").replace("    owner: logistics\n", "    owner: managing_director\n", 1))
    told = run("who", str(plan), "--light", "amber", "--area", "logistics", "--at", "2026-12-24T23:30").stdout
    first, second = (line for line in told.splitlines() if "(managing_director): would be called" in line)
    assert second.endswith(" (again)")
    assert "again" not in first


@pytest.mark.parametrize(
    ("language", "sound"), [("en", "watch, no faults"), ("es", "sin errores"), ("pl", "bez błędów")]
)
def test_a_sound_plan_is_told_so_in_the_readers_language(language: str, sound: str) -> None:
    assert sound in run("check", str(STARTER), "--language", language).stdout


def test_faults_are_told_in_the_readers_language(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(STARTER.read_text("utf-8").replace("then: area\n", "then: aera\n", 1), "utf-8")
    assert "bad.yaml:" in (told := run("check", str(bad), "--language", "es").stderr)
    assert "sigue en 'aera', que no existe; ¿quiso decir 'area'?" in told


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--light", "red", "--at", "christmas"), "write it as 2026-12-24 or 2026-12-24T23:30"),
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
        (("--rule", "self-ham"), "--rule: 'self-ham' is no light rule of the plan; did you mean 'self-harm'?"),
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


TESTED = """
tests:
  - test: a-bag
    post: {reads_as: {kind: complaint, topic: delivery}, network: x, followers: 30000}
    at: 2026-11-21T23:30
    expect: {light: green, step: committee}
  - test: praise
    post: {reads_as: {kind: praise, polarity: positive}}
    at: 2026-11-21T23:30
    expect: {light: none}
"""


def with_tests(folder: Path, *changes: tuple[str, str]) -> Path:
    """The airline's plan, with tests of its own."""
    text = AIRLINE.read_text("utf-8").split("\ntests:")[0] + TESTED
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    file = folder / "mine.yaml"
    file.write_text(text, "utf-8")
    return file


def test_a_test_that_fails_is_told_with_its_line_what_came_and_why(tmp_path: Path) -> None:
    file = with_tests(tmp_path)
    done = run("test", str(file))
    assert done.exit_code == 1
    first, second, *why, sums = done.stdout.splitlines()
    line = next(n for n, line in enumerate(file.read_text("utf-8").splitlines(), 1) if "step: committee}" in line)
    assert first == f"mine.yaml:{line}: test 'a-bag': Light: expected green; what came: amber"
    assert second.startswith(f"mine.yaml:{line}: test 'a-bag': Step of the chain: expected Crisis committee on duty; ")
    assert why[0].startswith("    why: Seen by many · the text alone is green · the author reaches 30,000 followers")
    assert sums.endswith(": 2 tests, 1 passed, 1 failed")


def test_tests_that_hold_pass(tmp_path: Path) -> None:
    file = with_tests(tmp_path, ("{light: green, step: committee}", "{light: amber, role: baggage}"))
    done = run("test", str(file))
    assert (done.exit_code, done.stdout.splitlines()) == (0, [done.stdout.strip()])
    assert "2 tests, all passed" in done.stdout


def test_failing_tests_as_json(tmp_path: Path) -> None:
    done = run("test", str(with_tests(tmp_path)), "--format", "json", "--language", "pl")
    told = json.loads(done.stdout)
    assert (done.exit_code, told["passed"], told["failed"]) == (1, 1, 1)
    missed = told["tests"][0]["missed"][0]
    assert missed["text"] == "Światło: oczekiwano: zielone; wyszło: żółte"
    assert (missed["expected"], missed["came"]) == ("green", "amber")


def test_the_text_of_a_test_is_read_by_the_reader_that_is_asked_for(tmp_path: Path) -> None:
    text = "{text: '@united it smells of smoke in the cabin, my daughter was burned by the seat'}"
    file = with_tests(
        tmp_path,
        ("{reads_as: {kind: complaint, topic: delivery}, network: x, followers: 30000}", text),
        ("{light: green, step: committee}", "{light: red}"),
    )
    done = run("test", str(file), "--reader", "fast")
    assert done.exit_code == 0, done.output
    assert "texts read by fast-" in done.stdout
