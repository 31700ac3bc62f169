"""`sereno brand` and a fresh home: what is typed → what is said, in a process and a home of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SERENO_HOME")}
    return subprocess.run(
        [sys.executable, "-m", "sereno.cli", *arguments],
        capture_output=True, text=True, encoding="utf-8", check=False,
        env={**environment, "SERENO_HOME": str(home), "DJANGO_SETTINGS_MODULE": "sereno.desk.settings"},
    )  # fmt: skip


def test_the_first_command_of_a_fresh_home_makes_the_database(tmp_path: Path) -> None:
    done = run(tmp_path, "brand", "plan", "acme", "starter")

    assert done.returncode == 1
    assert "no brand 'acme' (there are: none yet)" in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "sereno.sqlite3").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("Ácme Ñu", "--name", "Ácme Ñu"), "such as 'acme-nu'"),
        (("acme.com", "--name", "Acme"), "cannot stand in an address"),
        (("acme",), "still says 'Your Brand'"),
    ],
)
def test_a_brand_that_would_not_work_is_refused_in_a_sentence(
    tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    done = run(tmp_path, "brand", "add", *arguments)

    assert done.returncode == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert run(tmp_path, "brand", "list").stdout == ""


def test_the_starter_plan_listens_to_the_name_that_was_given(tmp_path: Path) -> None:
    added = run(tmp_path, "brand", "add", "acme-nu", "--name", 'Ácme, "Ñu"')
    assert added.returncode == 0, added.stderr

    file = tmp_path / "posts.jsonl"
    file.write_text('{"id": "1", "text": "the kettle of Ácme, \\"Ñu\\" burned my hand"}\n', encoding="utf-8")
    assert run(tmp_path, "import", str(file), "--brand", "acme-nu").returncode == 0
    asked = (
        "from sereno.commands.desk import start_desk; start_desk()\n"
        "from sereno.desk.listening.models import Mention; print(Mention.objects.count())"
    )
    counted = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True,
        env={**os.environ, "SERENO_HOME": str(tmp_path), "DATABASE_URL": ""},
    )  # fmt: skip
    assert counted.stdout.strip() == "1"


@pytest.mark.parametrize("command", ["up", "demo"])
def test_a_taken_port_is_told_before_anything_is_set_up(tmp_path: Path, command: str) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = run(tmp_path / "home", command, "--port", str(port))

    assert done.returncode == 1
    assert f"cannot listen on 127.0.0.1:{port}" in done.stderr
    assert "--port" in done.stderr
    assert done.stdout == ""
    assert not (tmp_path / "home").exists()
