"""What a killed import runs: `python import_once.py FILE BRAND`. The environment names the database."""

from __future__ import annotations

import sys
from pathlib import Path

from sereno.commands.desk import start_django

if __name__ == "__main__":
    start_django()
    from sereno.commands.desk import find_brand
    from sereno.commands.intake import bring_in
    from tests.fakes import FakeReader

    reader = FakeReader()
    with Path(sys.argv[1]).open("rb") as file:
        bring_in(file, find_brand(sys.argv[2]), name=Path(sys.argv[1]).name, all_about_us=True, reader=reader)
