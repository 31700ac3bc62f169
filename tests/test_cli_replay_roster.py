"""`sereno replay --roster`: the same posts against whoever is on duty."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.plan.small import SMALL
from tests.test_cli_replay import post, posts_file, run, told, written

BURNS = "Acme, your charger burned my hand, it caught fire"
NIGHT = [
    post("night", BURNS, created_at="2026-11-20T02:00:00Z"),
    post("noon", BURNS, created_at="2026-11-20T12:00:00Z"),
]
ROSTER = """\
sereno_roster: 1
roster: team
version: 2026.11.7
timezone: Europe/Madrid
people:
  - {person: ann, name: Ann, roles: [committee]}
  - {person: bea, name: Bea, roles: [committee]}
shifts:
  - {shift: days, role: committee, hours: [08:00-20:00], people: [ann, bea]}
"""


@pytest.fixture(autouse=True)
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERENO_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SERENO_READER", "fast")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return written(tmp_path / "plan.yaml", SMALL)


@pytest.fixture
def stricter(tmp_path: Path) -> Path:
    """Whoever reaches 20,000 turns a complaint red."""
    return written(
        tmp_path / "stricter.yaml", SMALL.replace("when: {text_light: amber, ", "when: {text_light: green, ")
    )


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    return written(tmp_path / "team.yaml", ROSTER)


def test_a_red_post_at_night_is_late_where_the_roster_has_nobody(tmp_path: Path, plan: Path, roster: Path) -> None:
    def figures(*options: object) -> tuple[int, int, int]:
        done = run(posts_file(tmp_path, NIGHT), "--plan", plan, "--format", "jsonl", *options)
        assert done.exit_code == 0, done.output
        found = told(done)[-1]["difference"]
        (load,), (queue,) = found["load"], found["queues"]
        return queue["late"]["after"], load["nobody"]["after"], load["people"]

    assert figures() == (0, 0, 1)
    assert figures("--roster", roster) == (1, 1, 2)
    assert figures("--roster", roster, "--people", "committee=3") == (0, 0, 3)


@pytest.mark.parametrize(
    ("language", "nobody", "how", "number"),
    [
        (
            "en",
            "Nobody is on duty as Committee when the clock of a post begins to run: 1 post.",
            "those whom roster team@2026.11.7 puts there",
            "By a number instead of the roster, day and night: Committee 3.",
        ),
        (
            "es",
            "Nadie está de guardia como Committee cuando empieza a correr el plazo de 1 publicación.",
            "quienes el cuadrante team@2026.11.7 pone ahí",
            "Por un número en lugar del cuadrante, día y noche: Committee 3.",
        ),
        (
            "pl",
            "Nikt nie ma dyżuru jako Committee, gdy zaczyna biec termin 1 wpisu.",
            "które grafik team@2026.11.7 przewiduje",
            "Według liczby zamiast grafiku, dzień i noc: Committee 3.",
        ),
    ],
)
def test_text_and_page_say_on_which_roster_they_rest_and_where_nobody_is(
    tmp_path: Path, plan: Path, roster: Path, language: str, nobody: str, how: str, number: str
) -> None:
    asked = (posts_file(tmp_path, NIGHT), "--plan", plan, "--language", language)
    for form in ("table", "html"):
        by_roster = run(*asked, "--format", form, "--roster", roster).stdout
        by_number = run(*asked, "--format", form, "--roster", roster, "--people", "committee=3").stdout
        bare = run(*asked, "--format", form).stdout
        assert nobody in by_roster
        assert nobody not in by_number + bare
        assert how in by_roster
        assert "team@" not in bare
        assert number in by_number
        assert "0–2" in by_roster


def test_two_plans_tell_before_and_after_whom_nobody_is_there_for(
    tmp_path: Path, plan: Path, stricter: Path, roster: Path
) -> None:
    posts = [*NIGHT, post("loud", "My parcel from Acme is a week late and nobody answers",
                          author={"id": "2", "followers": 30000}, created_at="2026-11-20T03:00:00Z")]  # fmt: skip
    said = run(posts_file(tmp_path, posts), "--plan", stricter, "--against", plan, "--roster", roster).stdout
    assert "Nobody is on duty as Committee when the clock of a post begins to run; posts: 1 before, 2 after." in said
    assert "Nobody there" in said


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("committee", "comittee"), "fills none of the plan's roles (committee)"),
        (("people: [ann, bea]", "people: [anna, bea]"), "team.yaml:9: "),
        (("timezone: Europe/Madrid", "timezone: Europe/Madird"), "team.yaml:4: "),
    ],
)
def test_a_roster_that_does_not_fit_is_told(tmp_path: Path, plan: Path, change: tuple[str, str], says: str) -> None:
    broken = written(tmp_path / "team.yaml", ROSTER.replace(*change))
    done = run(posts_file(tmp_path, NIGHT), "--plan", plan, "--roster", broken)
    assert done.exit_code == 1
    assert says in done.stderr


def test_a_roster_that_is_not_there_is_named(tmp_path: Path, plan: Path) -> None:
    done = run(posts_file(tmp_path, NIGHT), "--plan", plan, "--roster", "nope", "--language", "es")
    assert done.exit_code == 1
    assert "no es un archivo ni un cuadrante incluido; cuadrantes incluidos: starter" in done.stderr
