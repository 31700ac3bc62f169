"""How the fast reader does on forty hand-made posts in each partial language, with its lexicon folder and without it.

    python bench/probe.py            figures
    python bench/probe.py --misses   and each post whose light or kind was missed

Forty posts tell the size of a figure, not its second digit: one post is 2.5 points. They were written by the author of
the lexicons, who saw none of the results while writing either.
"""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sklearn.metrics import f1_score

from sereno.engine.context import Context, Contexts
from sereno.engine.judge import judge
from sereno.engine.plan.load import read_plan
from sereno.engine.reading.fast import FastReader
from sereno.engine.reading.lexicon import Lexicon, load_lexicon

PROBE = Path(__file__).parent / "probe"
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)

Post = dict[str, Any]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--misses", action="store_true", help="show the posts whose light or kind was missed")
    show = arguments.parse_args().misses
    shipped = load_lexicon()
    print("language  folder   heard  kind  complaint  risk  light  red recall  red precision  false reds")
    for path in sorted(PROBE.glob("*.jsonl")):
        posts = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        others = [language for code, language in shipped.languages.items() if code != path.stem]
        for name, lexicon in (("with", shipped), ("without", Lexicon(others, "without"))):
            found = read(posts, FastReader(lexicon=lexicon))
            print(f"{path.stem:9} {name:8}", *figures(path.stem, posts, found))
            if show and name == "with":
                misses(posts, found)


def read(posts: list[Post], reader: FastReader) -> list[Post]:
    """What the reader says of each post, and the light of its text alone under the starter plan."""
    readings = reader.read([post["text"] for post in posts], [None] * len(posts))
    contexts = Contexts([Context(received_at=NOON, about=("brand",)) for _ in posts])
    lights = judge(readings, contexts, read_plan("starter"), NOON).text_light
    return [
        {
            "language": readings.language[i],
            "kind": readings.kind[i],
            "risk": readings.risks[i][0] if readings.risks[i] else "none",
            "light": lights[i],
        }
        for i in range(len(posts))
    ]


def figures(code: str, posts: list[Post], found: list[Post]) -> tuple[str, ...]:
    def both(name: str) -> tuple[list[str], list[str]]:
        return [str(post[name]) for post in posts], [str(post[name]) for post in found]

    kind, light, risk = both("kind"), both("light"), both("risk")
    heard = sum(post["language"] == code for post in found)
    red = [(truth == "red", said == "red") for truth, said in zip(*light, strict=True)]
    hit, truly, said = sum(t and s for t, s in red), sum(t for t, _ in red), sum(s for _, s in red)
    return (
        f"{heard:2}/{len(posts)}",
        f"{f1_score(*kind, average='macro', zero_division=0):6.2f}",
        f"{f1_score(*([k == 'complaint' for k in each] for each in kind), average='macro'):9.2f}",
        f"{f1_score(*([r != 'none' for r in each] for each in risk), zero_division=0):6.2f}",
        f"{f1_score(*light, average='macro', zero_division=0):6.2f}",
        f"{hit:8}/{truly}",
        f"{hit:11}/{said}",
        f"{sum(s and not t for t, s in red):11}",
    )


def misses(posts: list[Post], found: list[Post]) -> None:
    for post, said in zip(posts, found, strict=True):
        if post["light"] != said["light"] or post["kind"] != said["kind"]:
            print(
                f"    {post['kind']}/{post['light']} read as {said['kind']}/{said['light']} ({said['risk']}): "
                f"{post['text']}"
            )


if __name__ == "__main__":
    main()
