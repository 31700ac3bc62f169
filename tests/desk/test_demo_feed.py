"""The demo brand Mirabela, as it is written: posts, plan, people and acts hold together."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from sereno.desk.demo import material
from sereno.engine.language import detect
from sereno.engine.plan.load import load_with_warnings
from sereno.engine.post import decode
from sereno.engine.watches.match import Watcher

FILES = ("past.jsonl", "past_pages.jsonl", "feed.jsonl", "feed_pages.jsonl")
OTHER_LANGUAGES = {"f44": "uk", "f51": "pt", "f96": "ar"}


def read_lines(*names: str) -> list[dict[str, Any]]:
    return [line for name in names for line in material.lines(material.FOLDER / name)]


def feed() -> list[dict[str, Any]]:
    return sorted(read_lines("feed.jsonl", "feed_pages.jsonl"), key=lambda line: line["after_seconds"])


def first_of_each(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without later sightings."""
    return list({line["id"]: line for line in reversed(lines)}.values())[::-1]


@pytest.mark.parametrize("name", FILES)
def test_every_line_is_a_post_in_our_format_with_a_time_in_place_of_dates(name: str) -> None:
    time = "minutes_ago" if name.startswith("past") else "after_seconds"

    for line in read_lines(name):
        post = decode(json.dumps(line))

        assert post.text.strip(), line["id"]
        assert post.network != "unknown", line["id"]
        assert post.author.name, line["id"]
        assert line[time] > 0, line["id"]
        assert "created_at" not in line, line["id"]


def test_an_id_comes_twice_only_where_a_post_of_the_feed_is_seen_again() -> None:
    counts = Counter(line["id"] for line in read_lines(*FILES))
    again = {line["id"] for line in feed() if counts[line["id"]] > 1}

    assert {name for name, count in counts.items() if count > 1} == again
    assert len(again) >= 4
    sightings = [[line for line in feed() if line["id"] == name] for name in sorted(again)]
    assert all(first["author"] == later["author"] for first, *others in sightings for later in others)
    assert sum(bool(line.get("edited")) for line in feed()) == 1
    assert sum(bool(line.get("deleted")) for line in feed()) == 1


def test_a_post_that_is_shared_on_never_loses_shares() -> None:
    seen: dict[str, int] = {}
    for line in feed():
        shares = line.get("engagement", {}).get("shares", 0)
        assert shares >= seen.get(line["id"], 0), line["id"]
        seen[line["id"]] = shares


def test_who_answers_answers_something_that_was_written_before() -> None:
    written: set[str] = set()
    for line in [*sorted(read_lines("past.jsonl", "past_pages.jsonl"), key=lambda line: -line["minutes_ago"]), *feed()]:
        for name in ("in_reply_to", "conversation"):
            assert line.get(name) is None or line[name] in written, f"{line['id']}: {name}"
        written.add(line["id"])


def test_the_feed_arrives_irregularly_and_begins_at_once() -> None:
    times = [line["after_seconds"] for line in feed()]
    gaps = [later - earlier for earlier, later in pairwise(times)]

    assert 165 <= len(first_of_each(feed())) <= 180
    assert times[2] <= 15
    assert 4 <= min(gaps) <= max(gaps) <= 40
    assert len(set(gaps)) > 8
    child = next(line for line in feed() if "cuatro años pasaba" in line["text"])
    assert child["after_seconds"] < 60


def test_the_posts_are_in_three_languages_and_a_few_in_others() -> None:
    posts = first_of_each(read_lines(*FILES))
    found = detect([line["text"] for line in posts], [line.get("lang") for line in posts])
    by_id = dict(zip((line["id"] for line in posts), found, strict=True))
    share = {code: count / len(posts) for code, count in Counter(found).items()}

    assert share["es"] == pytest.approx(0.40, abs=0.06)
    assert share["pl"] == pytest.approx(0.30, abs=0.06)
    assert share["en"] == pytest.approx(0.30, abs=0.06)
    assert {name: by_id[name] for name in OTHER_LANGUAGES} == OTHER_LANGUAGES


def test_no_two_posts_share_a_text_and_none_stands_in_the_training_seeds() -> None:
    texts = [line["text"] for line in first_of_each(read_lines(*FILES))]
    seeds = Path(__file__).parents[2] / "seeds"
    learned = {
        json.loads(line)["text"]
        for file in seeds.glob("*/*.jsonl")
        for line in file.read_text(encoding="utf-8").splitlines()
    }

    assert [text for text, count in Counter(texts).items() if count > 1 and "potaje" not in text] == []
    assert learned.isdisjoint(texts)


def test_hostile_input_is_among_them() -> None:
    lines = read_lines(*FILES)

    assert any(line["author"]["name"] == "<script>alert(1)</script>" for line in lines)
    assert any(max(map(len, line["text"].split())) > 150 for line in lines)
    assert any("\u0600" <= letter <= "\u06ff" for line in lines for letter in line["text"])
    assert any(not any(letter.isalpha() for letter in line["text"].replace("@mirabela", "")) for line in lines)


def test_the_plan_is_without_errors_and_warnings() -> None:
    plan, warnings = load_with_warnings(material.PLAN.read_text(encoding="utf-8"), material.PLAN.name)

    assert warnings == ()
    assert plan.brand.name == "Mirabela"
    assert {person.area for person in material.people() if person.area} <= {area.area for area in plan.areas}


def test_what_was_found_by_searching_matches_a_watch() -> None:
    plan, _ = load_with_warnings(material.PLAN.read_text(encoding="utf-8"), material.PLAN.name)
    lines = read_lines("past.jsonl", "feed.jsonl")
    mentions = Watcher(plan.watches).match([decode(json.dumps(line)).whole_text() for line in lines])

    unmatched = [line["id"] for line, found in zip(lines, mentions, strict=True) if not found]
    kinds = Counter(mention.kind for found in mentions for mention in found)

    assert unmatched == []
    assert set(kinds) == {"brand", "product", "person", "competitor", "sector"}


@pytest.mark.parametrize(
    ("text", "watch"),
    [
        ("Dałabym Mirabeli piątkę", "mirabela"),
        ("narzekałam na Mirabelę", "mirabela"),
        ("instrukcja do Tatry z szafą", "wardrobe-tatra"),
        ("#lumoboom", "oven-lumo"),
        ("sprzedawca z Meblarni Wschód", "meblarnia-wschod"),
    ],
)
def test_inflected_names_are_found(text: str, watch: str) -> None:
    plan, _ = load_with_warnings(material.PLAN.read_text(encoding="utf-8"), material.PLAN.name)

    assert watch in [mention.watch for mention in Watcher(plan.watches).match([text])[0]]


def test_clouds_and_mountains_are_no_furniture() -> None:
    plan, _ = load_with_warnings(material.PLAN.read_text(encoding="utf-8"), material.PLAN.name)

    assert [*Watcher(plan.watches).match(["una nube sobre la Tatra, y san Bosco mirando"])[0]] == []
