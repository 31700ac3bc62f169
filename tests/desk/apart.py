"""A database of its own for processes that are killed: it outlives them, and no test's transaction holds it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


def run(code: str, env: dict[str, str]) -> str:
    """What a process of its own prints that runs this code."""
    done = subprocess.run([sys.executable, "-c", code], env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def migrated(folder: Path, url: str) -> dict[str, str]:
    """The environment of processes that work on the database at this address, whose tables are made."""
    env = {
        **os.environ,
        "DATABASE_URL": url,
        "SERENO_HOME": str(folder / "home"),
        "DJANGO_SETTINGS_MODULE": "sereno.desk.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    run(
        "import django; django.setup()\n"
        "from django.core.management import call_command; call_command('migrate', verbosity=0)",
        env,
    )
    return env


@contextmanager
def database_apart(folder: Path, name: str) -> Iterator[dict[str, str]]:
    """The environment of processes that work on it: SQLite in the folder, or a database on the run's own server."""
    postgres = connection.vendor == "postgresql"
    url = f"sqlite:///{folder / f'{name}.sqlite3'}"
    if postgres:
        name = f"{name}_{os.getpid()}"
        _on_server(f"CREATE DATABASE {name}")
        url = _server_url(name)
    try:
        yield migrated(folder, url)
    finally:
        if postgres:
            _on_server(f"DROP DATABASE {name} WITH (FORCE)")


def _on_server(statement: str) -> None:
    import psycopg

    with psycopg.connect(_server_url("postgres"), autocommit=True) as server:
        server.execute(statement)  # type: ignore[arg-type]


def _server_url(name: str) -> str:
    place = settings.DATABASES["default"]
    host = place["HOST"] or place["OPTIONS"]["host"]
    return f"postgres://{place['USER']}@/{name}?host={quote(str(host), safe='')}"
