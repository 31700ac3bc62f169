"""The engine is pure: in a fresh interpreter it loads no Django, no HTTP client, no database driver."""

from __future__ import annotations

import json
import subprocess
import sys

IMPURE = (
    "django",
    "httpx",
    "httpcore",
    "requests",
    "sqlite3",
    "psycopg",
    "uvicorn",
    "sereno.desk",
    "sereno.connectors",
)

PROBE = """
import json, pkgutil, sys, importlib
import sereno.engine
for module in pkgutil.walk_packages(sereno.engine.__path__, "sereno.engine."):
    importlib.import_module(module.name)
print(json.dumps(sorted(sys.modules)))
"""


def test_importing_the_whole_engine_loads_nothing_impure() -> None:
    printed = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, check=True).stdout
    loaded: list[str] = json.loads(printed)

    impure = [name for name in loaded if any(name == root or name.startswith(f"{root}.") for root in IMPURE)]

    assert "sereno.engine.judge" in loaded
    assert impure == []
