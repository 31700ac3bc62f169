"""A worker process of a test: rounds on a fast clock, until it is killed or (with `end`) everything was called twice.

It says that it is in the midst of calling by making a file.
"""

from __future__ import annotations

import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import django

django.setup()

from sereno.desk import worker  # noqa: E402
from sereno.desk.cases.arrivals import SetAside  # noqa: E402
from sereno.desk.cases.models import Case  # noqa: E402
from sereno.desk.duty.acting import Aside  # noqa: E402
from sereno.desk.duty.models import Line  # noqa: E402
from sereno.desk.intake.models import Post, Stage  # noqa: E402
from tests.desk.street import NOON  # noqa: E402
from tests.fakes import FakeReader  # noqa: E402

BURNT = "the acme kettle burned my son"
FASTER = 300
"""Ten minutes, after which somebody else is called, pass in two seconds."""


def clock(began: float) -> datetime:
    return NOON + timedelta(seconds=(time.time() - began) * FASTER)


def main(mode: str, began: float, ready: Path) -> None:
    reader = FakeReader()
    reader.says(BURNT, kind="complaint", risks=("safety",), topic="safety")
    aside, calls = SetAside(), Aside()
    while True:
        done = worker.tick(now=clock(began), reader=reader, aside=aside, calls=calls)
        if done.errors:
            sys.stderr.write(f"{done.errors}\n")
        if done.called:
            ready.touch()
        waits = Post.objects.filter(stage=Stage.STORED).exists() or Case.objects.filter(lines_due=True).exists()
        if mode == "end" and not waits and not Line.objects.exclude(happenings__number=2).exists():
            return
        time.sleep(0.01)


def feed(count: int, began: float) -> None:
    """Posts that turn red, one after another."""
    from sereno.desk.intake.models import Author, PostText, Source

    source = Source.objects.get()
    for number in range(count):
        at = clock(began)
        author = Author.objects.create(brand=source.brand, network="x", external_id=f"a{number}", first_seen_at=at)
        post = Post(
            brand=source.brand, network="x", external_id=f"p{number}", source=source, author=author, received_at=at,
            created_at=at, stage=Stage.JUDGED,
        )  # fmt: skip
        post.save()
        PostText.objects.create(post=post, text=BURNT, folded=BURNT)
        Post.objects.filter(pk=post.pk).update(stage=Stage.STORED)
        time.sleep(0.02)


if __name__ == "__main__":
    if sys.argv[1] == "feed":
        feed(int(sys.argv[2]), float(sys.argv[3]))
    else:
        main(sys.argv[1], float(sys.argv[2]), Path(sys.argv[3]))
