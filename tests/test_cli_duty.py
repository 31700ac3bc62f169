"""`sereno duty`: a roster asked about itself."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result

from sereno.cli import main
from sereno.engine.duty.escalation import line_of
from sereno.engine.duty.load import read_roster
from sereno.engine.duty.proof import walk
from sereno.engine.duty.quiet import Quiet
from sereno.engine.duty.rota import Rota
from sereno.engine.plan.load import read_plan

ROOT = Path(__file__).parents[1]
STARTER = ROOT / "rosters" / "starter.yaml"
DEMO = ROOT / "src/sereno/desk/demo"
OF_DEMO = ("--plan", str(DEMO / "plan.yaml"))
AT = ("--at", "2026-12-24T23:30")
SPAN = ("--from", "2026-12-01", "--to", "2026-12-29")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["duty", *arguments])


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "my-roster.yaml"
    path.write_text(STARTER.read_text("utf-8"), "utf-8")
    return path


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")


def test_a_sound_roster_passes() -> None:
    done = run("check", "starter")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "no faults" in done.stdout


def test_faults_are_told_with_file_and_line(roster: Path) -> None:
    change(roster, "roles: [managing_director]", "roles: [managing_directr]")
    change(roster, "people: [pavel]", "people: [pawel]")
    done = run("check", str(roster))
    assert done.exit_code == 1
    assert all(line.startswith("my-roster.yaml:") for line in done.stderr.splitlines())
    assert "did you mean 'managing_director'?" in done.stderr
    assert "did you mean 'pavel'?" in done.stderr


@pytest.mark.parametrize("command", [("check",), ("who",), ("proof",), ("gaps", "2026-12-01", "2026-12-02")])
def test_a_roster_that_is_not_there_is_named(command: tuple[str, ...]) -> None:
    done = run(command[0], "no-such-roster", *command[1:])
    assert done.exit_code == 1
    assert "no-such-roster" in done.stderr
    assert "shipped rosters: starter" in done.stderr


def test_who_is_on_duty_until_when_and_who_is_next() -> None:
    told = run("who", "starter", *AT, "--role", "managing_director").stdout
    assert "Hugo Salas (for Sofía Marín) until Sun 27 Dec 2026, 08:00; then Sofía Marín" in told
    (found,) = json.loads(run("who", "starter", *AT, "--role", "community_manager", "--format", "json").stdout)
    assert [each["person"] for each in found["people"]] == ["olga"]
    assert found["until"] == found["next_from"] == "2026-12-25T07:00:00+01:00"
    assert [each["person"] for each in found["next"]] == ["lucia", "marek"]


def test_a_swap_holds_both_ways() -> None:
    def on(at: str) -> list[str]:
        (found,) = json.loads(
            run("who", "starter", "--at", at, "--role", "community_manager", "--format", "json").stdout
        )
        return [each["person"] for each in found["people"]]

    assert on("2026-12-08T03:00") == ["ben"]
    assert on("2026-12-09T03:00") == ["olga"]
    assert on("2026-12-15T03:00") == ["olga"]
    assert on("2026-12-16T03:00") == ["ben"]


def test_a_role_that_the_plan_lacks_is_told_with_the_nearest() -> None:
    done = run("who", "starter", "--role", "comittee_duty")
    assert done.exit_code == 1
    assert "--role: 'comittee_duty' is no role of plan starter@" in done.stderr
    assert "did you mean 'committee_duty'?" in done.stderr


def test_gaps_end_with_1_unless_somebody_decided_to_live_with_them() -> None:
    decided = run("gaps", "starter", "2026-12-01", "2027-01-01")
    assert decided.exit_code == 0
    assert "0 gaps, 0 h; 6 more by decision" in decided.stdout
    assert run("gaps", "starter", "--from", "2026-12-01", "--to", "2027-01-01").stdout == decided.stdout
    demo = run("gaps", str(DEMO / "roster.yaml"), "2026-12-01", "2026-12-08", *OF_DEMO)
    assert demo.exit_code == 1
    missing = "Community manager on duty (community_manager): nobody for Polish"
    assert f"Sun 6 Dec 2026, 15:00 to Sun 6 Dec 2026, 20:00  {missing}" in demo.stdout
    assert "1 gap, 5 h" in demo.stdout


def test_gaps_ask_for_a_time_that_runs_forward() -> None:
    done = run("gaps", "starter", "--from", "2026-12-02", "--to", "2026-12-01")
    assert done.exit_code == 1
    assert "the end must come after the beginning" in done.stderr


def test_the_proof_states_the_worst_wait_in_words() -> None:
    done = run("proof", "starter", *SPAN)
    assert done.exit_code == 0
    assert "Red: a human would be called at once" in done.stdout
    within = "within 36 hours (arriving Thu 24 Dec 2026, 22:00)"
    assert f"Care and everything else): a human would be called {within}" in done.stdout
    assert done.stdout.count("Amber (Delivery and stock, Products") == 1  # alike waits are told once
    # red; amber, green, and both again for the area whose owner stands at the next step too; the safety contact
    assert len(done.stdout.splitlines()) == 11
    assert "Red, Safety contact called by name: a human would be called at once" in done.stdout


def test_the_proof_ends_with_1_where_a_chain_ends_in_nobody(roster: Path) -> None:
    change(roster, "    quiet: [23:00-07:00]      # only red wakes them then\n", "")
    change(roster, "    roles: [", "    quiet: [07:00-23:30]\n    roles: [")
    done = run("proof", str(roster), *SPAN)
    assert done.exit_code == 1
    assert "THE CHAIN ENDS IN NOBODY" in done.stdout
    told = json.loads(run("proof", str(roster), *SPAN, "--format", "json").stdout)
    assert {each["degree"] for each in told if each["nobody"]} == {"amber", "green", "none"}  # red bends quiet hours


def test_red_cases_are_simulated_and_the_same_seed_is_the_same_story() -> None:
    first, again = (run("simulate", "starter", "--cases", "300", "--seed", "4", *SPAN) for _ in range(2))
    assert first.exit_code == 0
    assert first.stdout == again.stdout
    assert re.search(r"^missed +0$", first.stdout, re.MULTILINE)
    assert "times the worker died" in first.stdout


def test_the_plan_names_the_people_of_a_roster() -> None:
    asked = ["plan", "who", "starter", "--light", "red", *AT, "--roster", "starter"]
    told = CliRunner().invoke(main, asked).stdout
    assert "on duty: Rita Blanco" in told
    assert "on duty: Hugo Salas" in told
    assert "Roles only" not in told
    answer = json.loads(CliRunner().invoke(main, [*asked, "--format", "json"]).stdout)
    assert [call["people"] for call in answer["calls"]] == [["Rita Blanco"], ["Hugo Salas"]]
    bare = json.loads(CliRunner().invoke(main, [*asked[:-2], "--format", "json"]).stdout)
    assert "people" not in bare["calls"][0]


@pytest.mark.parametrize("light", ["red", "amber", "green", "none"])
@pytest.mark.parametrize("at", ["2026-12-24T21:00", "2026-12-25T12:00", "2026-12-27T23:59", "2026-12-29T11:00"])
def test_who_would_be_called_and_the_proof_say_the_same_on_holidays_too(light: str, at: str, roster: Path) -> None:
    gone = "absences:\n  - {person: elena, starts: 2026-12-26T00:00, ends: 2026-12-28T00:00}\n"
    change(roster, "absences:\n", gone)
    asked = ["plan", "who", "starter", "--light", light, "--area", "care", "--at", at, "--roster", str(roster)]
    calls = json.loads(CliRunner().invoke(main, [*asked, "--format", "json"]).stdout)["calls"]
    arrival = datetime.fromisoformat(at).replace(tzinfo=ZoneInfo("Europe/Madrid"))
    rota = Rota(read_roster(roster)[0], arrival, arrival + timedelta(weeks=2))
    plan = read_plan("starter")
    quiet = Quiet(rota)
    owner = plan.area_for("other").owner  # type: ignore[union-attr]
    line = line_of(plan, plan.step_for(light), arrival, area_owner=owner, degree=light)  # type: ignore[arg-type]
    walked = list(walk(line, rota, plan, lambda who, when: quiet.reachable(who, when, light)))  # type: ignore[arg-type]
    first = next(each for each in walked if each.what == "called")
    called = [datetime.fromisoformat(call["called_at"]) for call in calls if call["people"]]
    assert (called[0], called[-1]) == (first.at, walked[-1].at)


def test_a_step_where_nobody_stands_is_told_and_the_next_is_called_at_once(roster: Path) -> None:
    change(roster, "absences:\n", "absences:\n  - {person: rita, starts: 2026-12-24T00:00, ends: 2026-12-28T00:00}\n")
    asked = ["plan", "who", "starter", "--light", "red", "--at", "2026-12-25T12:00", "--roster", str(roster)]
    before = json.loads(CliRunner().invoke(main, [*asked[:-1], "starter", "--format", "json"]).stdout)["calls"]
    after = json.loads(CliRunner().invoke(main, [*asked, "--format", "json"]).stdout)["calls"]
    assert [call["called_at"][11:16] for call in before] == ["12:00", "12:10"]
    assert [call["called_at"][11:16] for call in after] == ["12:00", "12:00"]
    assert next(call["as"] for call in after) == "nobody"


QUESTIONS: tuple[tuple[str, ...], ...] = (
    ("check", "starter"),
    ("who", "starter", *AT),
    ("gaps", "starter", "2026-12-01", "2027-01-01"),
    ("gaps", str(DEMO / "roster.yaml"), "2026-12-01", "2026-12-08", *OF_DEMO),
    ("proof", "starter", *SPAN),
    ("simulate", "starter", "--cases", "50", *SPAN),
)
FAULTS: tuple[tuple[str, ...], ...] = (
    ("check", "no-such-roster"),
    ("check", "startre"),
    ("check", "starter", "--plan", "no-such-plan"),
    ("who", "starter", "--at", "yesterday"),
    ("who", "starter", "--at", "9999-12-31"),
    ("who", "starter", "--role", "comittee_duty"),
    ("who", "starter", "--role", "xxxxxxxx"),
    ("gaps", "starter", "2026-12-02", "2026-12-01"),
    ("proof", "starter", "--from", "2026-12-02", "--to", "2026-12-01"),
    ("simulate", "starter", "--from", "2026-12-02", "--to", "2026-12-01"),
)
WORDS = """the is are of and until nobody then with within must known mean called from there neither cannot moment gap
shift shifts people person faults after once arriving missed worker times hours minutes Mon Wed Thu Fri Sun Dec"""
ENGLISH = frozenset(WORDS.split())
"""Such as no name of a role, a plan or a file is."""


def english_in(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d]+", text)) & ENGLISH


@pytest.mark.parametrize("language", ["es", "pl"])
@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_answers_are_told_in_the_readers_language(question: tuple[str, ...], language: str) -> None:
    told, english = (run(*question, "--language", each) for each in (language, "en"))
    assert told.exit_code == english.exit_code
    assert told.stdout.count("\n") == english.stdout.count("\n")
    assert english_in(english.stdout)
    assert english_in(without_reasons(told.stdout)) == set()


def without_reasons(text: str) -> str:
    """What the roster's own text says stays in its own language."""
    return re.sub(r"(por decisión|z wyboru): [^\n]*", "", text)


@pytest.mark.parametrize("language", ["es", "pl"])
@pytest.mark.parametrize("question", FAULTS, ids=lambda question: " ".join(map(str, question))[-40:])
def test_what_is_wrong_is_told_in_the_readers_language_with_its_place(question: tuple[str, ...], language: str) -> None:
    told = run(*question, "--language", language)
    assert (told.exit_code, told.stdout) == (1, "")
    assert told.stderr.startswith("sereno: ")
    assert "Traceback" not in told.stderr
    assert english_in(told.stderr) == set()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "nobody until Mon 28 Dec 2026, 08:00; then Inés Torres"),
        ("es", "nadie hasta el lun 28 dic 2026, 08:00; después, Inés Torres"),
        ("pl", "nikt do pon. 28 gru 2026, 08:00; potem Inés Torres"),
    ],
)
def test_moments_stand_in_the_readers_form(language: str, said: str) -> None:
    assert said in run("who", "starter", *AT, "--language", language).stdout


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "did you mean 'pavel'?"), ("es", "¿quiso decir 'pavel'?"), ("pl", "może chodziło o 'pavel'?")],
)
def test_faults_of_a_roster_are_told_in_the_readers_language(roster: Path, language: str, said: str) -> None:
    change(roster, "people: [pavel]", "people: [pawel]")
    told = run("check", str(roster), "--language", language).stderr
    assert told.startswith("my-roster.yaml:")
    assert said in told


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "on duty: Rita Blanco"), ("es", "de guardia: Rita Blanco"), ("pl", "na dyżurze: Rita Blanco")],
)
def test_people_behind_the_roles_of_a_plan_are_told_in_the_readers_language(language: str, said: str) -> None:
    asked = ["plan", "who", "starter", "--light", "red", *AT, "--roster", "starter", "--language", language]
    assert said in CliRunner().invoke(main, asked).stdout
