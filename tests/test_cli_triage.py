"""`sereno triage`, through a real process: lines in, lines out."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from sereno.commands.output import cell
from sereno.commands.triage import output_schema

SCHEMA = json.loads((Path(__file__).parents[1] / "docs" / "output.schema.json").read_text("utf-8"))
POSTS = [
    {
        "id": "a",
        "text": "Your charger caught fire and burned my hand, I am furious.",
        "network": "x",
        "author": {"followers": 30000},
    },
    {
        "id": "b",
        "text": "¿A qué hora abren mañana?",
        "created_at": "2026-11-01T10:00:00",
        "label": 1,
        "extra": {"x": 2},
    },
    {"id": "c", "text": "Jesteście bandą złodziei i oszustów!", "lang": "pl"},
    {"id": "d", "text": ""},
]


def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sereno.cli", "triage", *arguments],
        input=stdin, capture_output=True, text=True, encoding="utf-8", check=False,
        env={**os.environ, "COLUMNS": "160"},
    )  # fmt: skip


def lines(posts: list[Any]) -> str:
    return "".join((post if isinstance(post, str) else json.dumps(post)) + "\n" for post in posts)


def test_every_line_gets_a_line_of_the_promised_format_in_order() -> None:
    done = run("-", "--all", "--format", "jsonl", stdin=lines(POSTS))
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr
    assert [row["id"] for row in rows] == ["a", "b", "c", "d"]
    for row in rows:
        jsonschema.validate(row, SCHEMA)
        assert list(row) == [
            "format", "id", "about", "language", "kind", "complaint", "polarity", "severity", "hostile",
            "call_to_action", "risks", "topic", "reach", "text_light", "light", "reasons", "evidence", "step", "plan",
            "model",
        ]  # fmt: skip
    assert rows[0]["light"] == "red"
    assert rows[0]["reach"]["followers"] == 30000
    assert "safety" in rows[0]["risks"]
    assert (rows[1]["language"], rows[1]["kind"], rows[1]["light"]) == ("es", "question", None)
    assert (rows[2]["kind"], rows[2]["light"]) == ("attack", "amber")
    assert "1 date had no time zone" in done.stderr


def test_evidence_spans_are_code_points_of_the_text() -> None:
    row = json.loads(
        run(
            "-",
            "--all",
            "--format",
            "jsonl",
            stdin=lines([{"id": "1", "text": "😡 Zażółć! Ładowarka się zapaliła, poparzyłam rękę"}]),
        ).stdout
    )
    words = {
        "😡 Zażółć! Ładowarka się zapaliła, poparzyłam rękę"[e["start"] : e["end"]]
        for e in row["evidence"]
        if e["signal"] == "risk.safety"
    }
    assert "poparzyłam" in words


def test_without_all_only_what_a_watch_matches_is_judged(tmp_path: Path) -> None:
    plan = Path(__file__).parents[1] / "plans" / "airline.yaml"
    done = run(
        "-",
        "--plan",
        str(plan),
        "--format",
        "jsonl",
        stdin=lines(
            [
                {"id": "1", "text": "nice weather"},
                {"id": "2", "text": "@united you lost my bag again and nobody answers my emails"},
            ]
        ),
    )
    first, second = map(json.loads, done.stdout.splitlines())
    assert first == {"format": 1, "id": "1", "about": []}
    jsonschema.validate(first, SCHEMA)
    assert second["about"][0]["kind"] == "brand"
    assert second["light"] is not None


def test_a_malformed_line_is_named_and_the_rest_is_judged(tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    file.write_text(lines([POSTS[1], "{nope", {"id": "x"}, POSTS[2]]), "utf-8")
    done = run(str(file), "--all", "--format", "jsonl")
    assert done.returncode == 1
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["b", "c"]
    assert f"{file}:2: not JSON" in done.stderr
    assert f"{file}:3: " in done.stderr
    assert "2 lines were no posts" in done.stderr


def test_reasons_come_in_the_readers_language() -> None:
    done = {
        code: json.loads(run("-", "--all", "--format", "jsonl", "--reasons-in", code, stdin=lines(POSTS[2:3])).stdout)
        for code in ("en", "es", "pl")
    }
    assert [done[code]["reasons"][0]["text"].split(" ·")[0] for code in ("en", "es", "pl")] == [
        "An attack",
        "Un ataque",
        "Atak",
    ]
    assert done["en"]["reasons"][0]["params"] == done["pl"]["reasons"][0]["params"]


def test_csv_runs_nothing_in_a_spreadsheet() -> None:
    done = run("-", "--all", "--format", "csv", stdin=lines([{"id": "=1+1", "text": "hello, is it open today?"}]))
    header, row = csv.reader(StringIO(done.stdout))
    assert header[:3] == ["format", "id", "about"]
    assert row[1] == "'=1+1"
    assert [cell(text) for text in ("+1", "-1", "@x", "\t=1", " =1", "fine")] == [
        "'+1",
        "'-1",
        "'@x",
        "'\t=1",
        "' =1",
        "fine",
    ]


def test_a_table_names_light_and_reason() -> None:
    done = run("-", "--all", "--format", "table", stdin=lines(POSTS[2:3]))
    assert "amber" in done.stdout
    assert "An attack" in done.stdout


def test_a_reader_that_leaves_is_no_crash() -> None:
    posts = lines([{"id": str(i), "text": "the bag is late"} for i in range(6000)])
    command = f"{sys.executable} -m sereno.cli triage - --all --format jsonl | head -1"
    done = subprocess.run(["/bin/sh", "-c", command], input=posts, capture_output=True, text=True, check=False)
    assert json.loads(done.stdout)["id"] == "0"
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--tz", "Mars/Base"), "no time zone"),
        (("--reasons-in", "xx"), "no reasons in 'xx'"),
        (("--plan", "nope"), "nor a shipped plan"),
    ],
)
def test_wrong_options_are_told_with_the_way_out(arguments: tuple[str, ...], says: str) -> None:
    done = run("-", *arguments)
    assert done.returncode != 0
    assert says in done.stderr


def test_the_published_schema_is_the_one_of_the_code() -> None:
    assert output_schema() == SCHEMA, "write it anew: python -m sereno.commands.triage > docs/output.schema.json"


def test_neither_triage_nor_help_starts_django() -> None:
    code = "import sys, sereno.cli, sereno.commands.triage, sereno.commands.plan; assert 'django' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("given", "says"), [("id;text\n1;a\n2;b\n", "is a table (CSV)"), ('[{"id": "1", "text": "a"}]\n', "jq -c")]
)
def test_what_is_no_file_of_lines_is_told_once(given: str, says: str) -> None:
    done = run("-", "--format", "jsonl", stdin=given)
    assert done.returncode == 1
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""


def test_where_nothing_is_about_us_the_way_out_is_told() -> None:
    done = run("-", "--format", "jsonl", stdin=lines(POSTS[:2]))
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 2
    assert "0 of 2 are about 'Your Brand'" in done.stderr
    assert "--all" in done.stderr
