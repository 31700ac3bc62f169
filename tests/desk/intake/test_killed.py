"""`kill -9` at random moments, then the same command again: every post once, none lost. On the database of the run."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.desk.apart import ROOT, database_apart, run
from tests.desk.stories import PLAN

HERE = Path(__file__).resolve()


@pytest.fixture
def env(tmp_path: Path, db: None) -> Iterator[dict[str, str]]:
    """A database of its own that outlives the killed process, with a brand and its plan."""
    with database_apart(tmp_path, "killed") as env:
        run("import django; django.setup()\nfrom tests.desk.stories import brand; brand('acme')", env)
        yield env


def write_posts(path: Path, count: int) -> list[str]:
    """Posts of some hundred authors; each tenth is told a second time, with more likes."""
    names = []
    with path.open("w", encoding="utf-8") as file:
        for i in range(count):
            post: dict[str, Any] = {
                "id": f"p{i}", "network": "x", "text": f"Acme sent me kettle number {i}",
                "author": {"id": f"a{i % 307}", "followers": i}, "created_at": "2026-03-01T10:00:00Z",
                "engagement": {"likes": 1},
            }  # fmt: skip
            names.append(post["id"])
            file.write(json.dumps(post) + "\n")
            if i % 10 == 0:
                file.write(json.dumps({**post, "engagement": {"likes": 2}}) + "\n")
    return names


def import_until(seconds: float | None, file: Path, env: dict[str, str]) -> bool:
    """Run the import; kill it so many seconds after it took the file. Returns whether it came to its end."""
    log = (file.parent / "log").open("a+")
    began = time.time()
    process = subprocess.Popen(
        [sys.executable, str(HERE.parent / "import_once.py"), str(file), "acme"],
        env=env, cwd=ROOT, stdout=log, stderr=log,
    )  # fmt: skip
    try:
        while seconds is not None and process.poll() is None and not _took_the_file(env, began):
            time.sleep(0.01)
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return False
    finally:
        log.close()
    assert process.returncode == 0, (file.parent / "log").read_text()
    return True


def _took_the_file(env: dict[str, str], began: float) -> bool:
    uploads = Path(env["SERENO_HOME"]) / "uploads"
    kept = [path for path in uploads.glob("*") if not path.name.startswith("arriving-")]
    return any(path.stat().st_mtime >= began for path in kept)


COUNTS = """
import django; django.setup()
import json
from sereno.desk.intake.models import *
from sereno.desk.cases.models import CasePost
print(json.dumps({
    "posts": list(Post.objects.values_list("external_id", flat=True)),
    "likes_of_twice_told": sorted(set(Post.objects.filter(external_id__endswith="0").values_list("likes", flat=True))),
    "texts": PostText.objects.count(),
    "authors": Author.objects.count(),
    "records": dict(RawRecord.objects.values_list("state").annotate(n=models.Count("pk"))),
    "bodies": RawBody.objects.count(),
    "sightings": Sighting.objects.count(),
    "unjudged": Post.objects.filter(stage=0).count(),
    "cases_of_posts": CasePost.objects.count(),
    "imports": list(FileImport.objects.values_list("state", flat=True)),
}))
"""


def check(kills: int, count: int, longest: float, env: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    names = write_posts(file, count)
    chance = random.Random(count)
    killed, stood = 0, list[int]()
    # a busy machine stores its first line late: each kill that came before it makes the next one come later
    while (killed < kills or not any(stood)) and not import_until(
        chance.random() * longest * 2 ** stood.count(0), file, env
    ):
        killed += 1
        stood.append(sum(json.loads(run(COUNTS, env))["records"].values()))
    assert killed >= kills, f"the import was too fast to be killed more than {killed} times"
    assert any(stored for stored in stood), f"every kill came before the first line was stored: {stood}"
    assert import_until(None, file, env)
    told = json.loads(run(COUNTS, env))

    assert Counter(told["posts"]) == Counter(names)
    lines = count + len(range(0, count, 10))
    assert told["records"] == {"understood": lines}
    assert told["texts"] == count
    assert told["bodies"] == told["sightings"] == lines
    assert told["likes_of_twice_told"] == [2]
    assert told["authors"] == 307
    assert told["unjudged"] == 0
    assert told["imports"] == ["done"]


@pytest.mark.django_db(transaction=True)
def test_an_import_killed_three_times_brings_every_post_once(env: dict[str, str], tmp_path: Path) -> None:
    assert PLAN
    check(kills=3, count=3000, longest=1.2, env=env, tmp_path=tmp_path)


@pytest.mark.full
@pytest.mark.skipif(os.environ.get("SERENO_FULL") != "1", reason="long: ./run test --full")
@pytest.mark.django_db(transaction=True)
def test_fifty_thousand_posts_and_ten_kills(env: dict[str, str], tmp_path: Path) -> None:
    check(kills=10, count=50_000, longest=4, env=env, tmp_path=tmp_path)
