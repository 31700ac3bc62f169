"""The directory of the data, its key, and what a wrong setting says."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from sereno.desk.keys import UnusableHome, installation_key
from sereno.desk.settings import database


def sereno(*arguments: str, home: Path, **env: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SERENO_", "DATABASE_"))}
    return subprocess.run(
        [sys.executable, "-m", "sereno.cli", *arguments],
        env={**kept, "SERENO_HOME": str(home), **env}, capture_output=True, text=True, check=False, umask=0o022,
    )  # fmt: skip


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_fresh_home_is_its_owners_alone(tmp_path: Path) -> None:
    home = tmp_path / "deep" / "home"
    done = sereno("brand", "list", home=home)

    assert done.returncode == 0, done.stderr
    assert "look into" not in done.stderr
    assert rights(home) == 0o700
    assert {path.name: rights(path) for path in home.iterdir()} == {"secret.key": 0o600, "sereno.sqlite3": 0o600}


def test_a_home_that_others_can_look_into_is_told(tmp_path: Path) -> None:
    home = tmp_path / "open home"
    home.mkdir()
    home.chmod(0o755)

    assert f"close it: chmod -R go= '{home}'" in sereno("brand", "list", home=home).stderr


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("postgres://u:hunter2@:nonsense:/x", "cannot be read"),
        ("postgres://u:hunt/er2@host/x", "DATABASE_URL"),
        ("nonsense://u:hunter2@host/x", "cannot be read"),
        ("mysql://u:hunter2@host/x", "neither SQLite nor PostgreSQL"),
        ("u:hunter2@host", "DATABASE_URL"),
        ("nonsense", "DATABASE_URL"),
    ],
)
def test_a_database_that_cannot_be_is_one_sentence_without_the_password(tmp_path: Path, url: str, words: str) -> None:
    done = sereno("brand", "list", home=tmp_path / "home", DATABASE_URL=url)

    assert done.returncode == 1
    assert done.stderr.startswith("Error: DATABASE_URL '")
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert "hunt" not in done.stderr
    with pytest.raises(ImproperlyConfigured):
        database(url)


def test_a_database_that_does_not_answer_is_one_sentence_without_the_password(tmp_path: Path) -> None:
    done = sereno("brand", "list", home=tmp_path / "home", DATABASE_URL="postgres://u:hunter2@127.0.0.1:1/x")

    assert done.returncode == 1
    assert "cannot be opened" in done.stderr
    assert "Traceback" not in done.stderr
    assert "hunter2" not in done.stderr


def test_a_home_that_is_a_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for home in (tmp_path / "file", tmp_path / "file" / "inside"):
        done = sereno("brand", "list", home=home)

        assert done.returncode == 1
        assert done.stderr.startswith(f"Error: SERENO_HOME {home} cannot be used")
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize("left", ["", "\n", "cut-off"])
def test_half_a_key_is_refused_with_the_way_out(tmp_path: Path, left: str) -> None:
    (tmp_path / "secret.key").write_text(left)
    with pytest.raises(UnusableHome, match="Put its backup in its place"):
        installation_key(tmp_path)

    (tmp_path / "secret.key").unlink()
    assert len(installation_key(tmp_path)) >= 32


def test_a_key_that_cannot_be_written_whole_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(UnusableHome, match="No space left"):
            installation_key(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_several_processes_at_the_first_start_have_one_key(tmp_path: Path) -> None:
    keys: list[str] = []
    threads = [threading.Thread(target=lambda: keys.append(installation_key(tmp_path))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(keys) == 8
    assert len(set(keys)) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]
