"""Every relative link in what people read first leads to a file that is in the repository."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)")


def tracked() -> set[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if shutil.which("git") is None or listed.returncode:
        pytest.skip("not a git repository")
    return set(listed.stdout.splitlines())


def pages(files: set[str]) -> list[str]:
    first = [name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md") if name in files]
    return first + sorted(name for name in files if name.startswith("docs/") and name.endswith(".md"))


def test_every_relative_link_leads_to_a_tracked_file() -> None:
    files = tracked()
    folders = {str(parent) for name in files for parent in Path(name).parents}
    dead = []
    for page in pages(files):
        for target in LINK.findall((ROOT / page).read_text(encoding="utf-8")):
            place = target.partition("#")[0]
            if not place or re.match(r"[a-z][a-z0-9+.-]*:", place):
                continue
            path = (ROOT / page).parent.joinpath(place).resolve()
            name = str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else place
            if name not in files and name not in folders:
                dead.append(f"{page}: {target}")

    assert pages(files)
    assert dead == []
