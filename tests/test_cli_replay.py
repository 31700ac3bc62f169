"""`sereno replay`: posts of a file under two plans → what is told of the difference."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from sereno.cli import main
from sereno.commands.replaying import cache
from sereno.commands.replaying.lines import replay_schema
from tests.engine.plan.small import SMALL

SCHEMA = json.loads((Path(__file__).parents[1] / "docs" / "replay.schema.json").read_text("utf-8"))
LATE = "My parcel from Acme is a week late and nobody answers"
BURNS = "Acme, your charger burned my hand, it caught fire"
LYING = "Acme, you lied to me, the parcel never left"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SERENO_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SERENO_READER", "fast")
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path / "home"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return written(tmp_path / "old.yaml", SMALL)


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """Whoever reaches 20,000 turns a complaint red."""
    changed = SMALL.replace("when: {text_light: amber, reach: large}", "when: {text_light: green, reach: large}")
    assert changed != SMALL
    return written(tmp_path / "new.yaml", changed.replace("version: 2026.10", "version: 2026.11"))


def written(file: Path, text: str) -> Path:
    file.write_text(text, "utf-8")
    return file


def post(name: str, text: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "text": text, "network": "x", "created_at": "2026-11-20T09:00:00Z", "lang": "en", **more}


POSTS = [
    post("small", LATE, author={"id": "1", "followers": 10}),
    post("loud", LATE, author={"id": "2", "followers": 30000}),
    post("burns", BURNS, author={"id": "3", "followers": 10}),
    post("stranger", "nice weather today"),
]


def posts_file(tmp_path: Path, posts: list[Any] | None = None) -> Path:
    lines = (each if isinstance(each, str) else json.dumps(each) for each in (POSTS if posts is None else posts))
    return written(tmp_path / "posts.jsonl", "".join(f"{line}\n" for line in lines))


def run(*arguments: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, ["replay", *map(str, arguments)], input=stdin)


def told(done: Result) -> list[dict[str, Any]]:
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    for row in rows:
        jsonschema.validate(row, SCHEMA)
    return rows


def test_what_changes_has_a_line_each_and_the_whole_comes_last(tmp_path: Path, old: Path, new: Path) -> None:
    done = run(posts_file(tmp_path), "--plan", new, "--against", old, "--format", "jsonl")
    assert done.exit_code == 0, done.output
    changed, summary = told(done)
    assert (changed["id"], changed["before"]["light"], changed["after"]["light"]) == ("loud", "green", "red")
    assert (changed["before"]["role"], changed["after"]["role"]) == ("duty", "committee")
    assert changed["after"]["first_answer_by"] == "2026-11-20T10:00:00Z"
    assert changed["after"]["reasons"][0]["text"].startswith("Loud · the text alone is green")
    assert (summary["type"], summary["plan"], summary["against"]) == ("summary", "small@2026.11", "small@2026.10")
    assert (summary["lines"], summary["difference"]["posts"]) == (4, 3)
    assert summary["difference"]["becomes_red"] == 1
    assert summary["difference"]["contexts_are"] == "recomputed"


def test_without_another_plan_each_lit_post_is_told(tmp_path: Path, old: Path) -> None:
    *posts, summary = told(run(posts_file(tmp_path), "--plan", old, "--format", "jsonl"))
    assert [(row["id"], row["after"]["light"]) for row in posts] == [
        ("burns", "red"),
        ("small", "green"),
        ("loud", "green"),
    ]
    assert all("before" not in row for row in posts)
    assert summary["against"] is None


def test_the_table_tells_it_in_words(tmp_path: Path, old: Path, new: Path) -> None:
    said = run(posts_file(tmp_path), "--plan", new, "--against", old).stdout
    assert "What would change: small@2026.11, against small@2026.10" in said
    assert "3 posts were replayed; 1 gets another light, route or deadline." in said
    assert "1 becomes red, none stops being red." in said
    assert "Posts that wake somebody: 1 before, 2 after." in said
    assert "green → red" in said
    assert "by the time of the events" in said
    polish = run(posts_file(tmp_path), "--plan", new, "--against", old, "--language", "pl").stdout
    assert "Odtworzono 3 wpisy; inne światło, drogę lub termin dostaje 1." in polish


def test_without_all_only_what_a_watch_finds_counts_and_with_all_every_post(tmp_path: Path, old: Path) -> None:
    def replayed(*options: str) -> int:
        figures: int = told(run(posts_file(tmp_path), "--plan", old, "--format", "jsonl", *options))[-1]["difference"][
            "posts"
        ]
        return figures

    assert (replayed(), replayed("--all")) == (3, 4)


def test_a_post_that_only_one_plan_listens_to_is_dark_under_the_other(tmp_path: Path, old: Path) -> None:
    wider = written(tmp_path / "wider.yaml", SMALL.replace("terms: [acme]", "terms: [acme, parcelco]"))
    posts = [post("ours", LATE), post("theirs", "My parcel from ParcelCo is a week late and nobody answers")]
    done = run(posts_file(tmp_path, posts), "--plan", wider, "--against", old, "--format", "jsonl")
    changed, summary = told(done)
    assert (changed["id"], changed["before"]) == ("theirs", None)
    assert changed["after"]["light"] == "green"
    assert summary["against"] == "small@2026.10 (old.yaml)"
    assert summary["difference"]["lights"] == [[0, 1, 0, 0], [0, 1, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]


def test_whoever_wrote_before_counts_in_the_order_of_events_not_of_lines(tmp_path: Path) -> None:
    rule = "  - {rule: again, light: amber, title: {en: Again}, when: {kind: [complaint], repeat_contact: 1}}\n"
    plan = written(tmp_path / "again.yaml", SMALL.replace("targets:\n", f"{rule}targets:\n"))
    author = {"id": "7"}
    later = post("later", LATE, author=author, created_at="2026-11-21T09:00:00Z")
    earlier = post("earlier", LYING, author=author)
    for posts in ([later, earlier], [earlier, later]):
        rows = told(run(posts_file(tmp_path, posts), "--plan", plan, "--format", "jsonl"))[:-1]
        again = {row["id"] for row in rows if "again" in {reason["rule"] for reason in row["after"]["reasons"]}}
        assert again == {"later"}


def test_a_malformed_line_is_named_in_every_run(tmp_path: Path, old: Path) -> None:
    file = posts_file(tmp_path, [POSTS[0], "{nope", {"id": "x"}, POSTS[2]])
    for _ in range(2):
        done = run(file, "--plan", old, "--format", "jsonl")
        assert done.exit_code == 1
        assert f"{file}:2: not JSON" in done.stderr
        assert f"{file}:3: " in done.stderr
        assert [row.get("id") for row in told(done)] == ["burns", "small", None]
        assert told(done)[-1]["malformed"] == 2


def test_posts_may_come_through_a_pipe(old: Path) -> None:
    done = run("-", "--plan", old, "--format", "jsonl", stdin=json.dumps(POSTS[2]) + "\n")
    assert [row.get("id") for row in told(done)] == ["burns", None]


def test_what_the_team_decided_is_held_against_both(tmp_path: Path, old: Path, new: Path) -> None:
    decided = written(
        tmp_path / "decided.jsonl",
        '{"id": "loud", "light": "green"}\n{"id": "small", "light": "red"}\n{"id": "gone", "light": "red"}\n'
        '{"id": "burns", "light": "red", "answered_at": "2026-11-20T12:00:00Z"}\n',
    )
    done = run(posts_file(tmp_path), "--plan", new, "--against", old, "--format", "jsonl", "--decided", decided)
    found = told(done)[-1]["difference"]
    assert found["decided"] == {
        "known": 3, "red": 2, "false_alarms": {"before": 0, "after": 1}, "misses": {"before": 1, "after": 1},
    }  # fmt: skip
    assert found["answered"]["late"] == {"before": 1, "after": 1}
    assert told(done)[0]["decided"] == "green"
    assert "1 decision of --decided are about posts that are not replayed" in done.stderr
    bad = written(tmp_path / "bad.jsonl", '{"id": "loud", "light": "purple"}\n')
    done = run(posts_file(tmp_path), "--plan", old, "--decided", bad, "--format", "jsonl")
    assert done.exit_code == 1
    assert f"{bad}:1: " in done.stderr


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--people", "duty"), "is written as role=number"),
        (("--people", "dutty=2"), "neither plan has a role 'dutty'; did you mean 'duty'?"),
        (("--people", "duty=0"), "has 1 to 10,000 people on duty"),
        (("--minutes-per-answer", "0"), "minutes for an answer make no sense"),
        (("--tz", "Mars/Base"), "no time zone"),
        (("--against", "nope"), "nor a shipped plan"),
        (("--out", "/nowhere/at/all.html"), "cannot be written"),
    ],
)
def test_wrong_options_are_told_with_the_way_out(
    tmp_path: Path, old: Path, options: tuple[str, ...], says: str
) -> None:
    done = run(posts_file(tmp_path), "--plan", old, *options)
    assert done.exit_code != 0
    assert says in done.stderr


def test_more_people_leave_fewer_overloaded_hours(tmp_path: Path, old: Path) -> None:
    posts = [post(f"p{i}", LATE) for i in range(8)]

    def overloaded(*options: str) -> int:
        rows = told(run(posts_file(tmp_path, posts), "--plan", old, "--format", "jsonl", *options))
        hours: int = rows[-1]["difference"]["load"][0]["overloaded"]["after"]
        return hours

    assert (overloaded(), overloaded("--people", "duty=2"), overloaded("--minutes-per-answer", "5")) == (1, 0, 0)


# -- the cache -----------------------------------------------------------------------------------------------------


def figures(done: Result) -> tuple[int, int]:
    summary = told(done)[-1]
    return summary["read_anew"], summary["from_cache"]


def test_texts_are_read_once(tmp_path: Path, old: Path, new: Path, home: Path) -> None:
    file = posts_file(tmp_path)
    assert figures(run(file, "--plan", old, "--format", "jsonl")) == (2, 1)  # two posts say the same
    assert figures(run(file, "--plan", new, "--against", old, "--format", "jsonl")) == (0, 3)
    posts_file(tmp_path, [*POSTS, post("more", LYING)])
    assert figures(run(file, "--plan", old, "--format", "jsonl")) == (1, 3)
    assert figures(run(file, "--plan", old, "--format", "jsonl", "--no-cache"))[0] == 3
    assert (home / "cache").stat().st_mode & 0o077 == 0


def test_the_cached_run_says_what_the_first_one_said(tmp_path: Path, old: Path, new: Path) -> None:
    arguments = (posts_file(tmp_path), "--plan", new, "--against", old, "--format", "jsonl")
    first, again, anew = run(*arguments), run(*arguments), run(*arguments, "--no-cache")
    *rows, summary = told(first)
    for other in (again, anew):
        *other_rows, other_summary = told(other)
        assert other_rows == rows
        assert other_summary["difference"] == summary["difference"]


@pytest.mark.parametrize("damage", [b"", b"no database at all" * 100])
def test_a_damaged_cache_is_made_anew(tmp_path: Path, old: Path, home: Path, damage: bytes) -> None:
    file = posts_file(tmp_path)
    first = run(file, "--plan", old, "--format", "jsonl")
    kept = [path for path in (home / "cache").iterdir() if path.suffix in (".sqlite3", ".zip")]
    assert len(kept) == 2
    for path in kept:
        path.write_bytes(damage)
    done = run(file, "--plan", old, "--format", "jsonl")
    assert done.exit_code == 0, done.output
    assert told(done)[:-1] == told(first)[:-1]
    assert figures(done) == (2, 1)
    assert figures(run(file, "--plan", old, "--format", "jsonl")) == (0, 3)


def test_a_past_that_is_cut_short_is_made_anew(tmp_path: Path, old: Path, home: Path) -> None:
    file = posts_file(tmp_path)
    first = run(file, "--plan", old, "--format", "jsonl")
    (past,) = (home / "cache").glob("past-*.zip")
    whole = past.read_bytes()
    for cut in (len(whole) // 3, len(whole) - 30):
        past.write_bytes(whole[:cut])
        assert told(run(file, "--plan", old, "--format", "jsonl"))[:-1] == told(first)[:-1]


def test_a_row_of_the_cache_that_makes_no_sense_is_read_anew(tmp_path: Path, old: Path, home: Path) -> None:
    file = posts_file(tmp_path)
    first = run(file, "--plan", old, "--format", "jsonl")
    (kept,) = (home / "cache").glob("readings-*.sqlite3")
    with sqlite3.connect(kept) as database:
        database.execute("UPDATE reading SET row = x'c1'")
    (past,) = (home / "cache").glob("past-*.zip")
    past.unlink()
    done = run(file, "--plan", old, "--format", "jsonl")
    assert (figures(done)[0], told(done)[:-1]) == (2, told(first)[:-1])


def test_where_nothing_can_be_kept_the_replay_still_runs(tmp_path: Path, old: Path, home: Path) -> None:
    written(home, "a file where the folder should be")
    done = run(posts_file(tmp_path), "--plan", old, "--format", "jsonl")
    assert done.exit_code == 0, done.output
    assert figures(done) == (2, 1)
    assert "cannot be used" in done.stderr


def test_two_runs_at_once_do_not_disturb_each_other(tmp_path: Path, old: Path) -> None:
    file = posts_file(tmp_path, [post(f"p{i}", f"{LATE} {i}") for i in range(300)])
    command = [sys.executable, "-m", "sereno.cli", "replay", str(file), "--plan", str(old), "--format", "jsonl"]

    def once(_: int) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, capture_output=True, text=True, check=False, env=dict(os.environ))

    with ThreadPoolExecutor(3) as hands:
        done = list(hands.map(once, range(3)))
    assert [each.returncode for each in done] == [0, 0, 0], done[0].stderr
    assert len({tuple(each.stdout.splitlines()[:-1]) for each in done}) == 1
    assert not any("cache" in each.stderr and "failed" in each.stderr for each in done)


def test_models_and_hints_of_language_are_kept_apart(tmp_path: Path) -> None:
    assert cache.digest_of("hola", "es") != cache.digest_of("hola", None)
    assert cache.digest_of("es\0hola", None) != cache.digest_of("hola", "es")
    rows = [cache.Reading("en", "praise", 1, 0, "positive", None, 0, 0, (), (), "other")]
    fast, careful = cache.ReadingsCache(tmp_path, "fast-1"), cache.ReadingsCache(tmp_path, "careful-1")
    fast.keep([b"x"], rows)
    assert (fast.find([b"x"]), careful.find([b"x"])) == ({b"x": rows[0]}, {})


# -- the page ------------------------------------------------------------------------------------------------------

HOSTILE = LATE + " <script>alert(1)</script> \"'><img src=x onerror=alert(1)> {{7*7}} \u202eevil\u202c </style>"


class _Seen(HTMLParser):
    """What a browser would make of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def seen(page: str) -> _Seen:
    parser = _Seen()
    parser.feed(page)
    return parser


def test_the_page_is_one_file_that_fetches_nothing(tmp_path: Path, old: Path, new: Path) -> None:
    out = tmp_path / "report.html"
    done = run(posts_file(tmp_path), "--plan", new, "--against", old, "--format", "html", "--out", out)
    assert (done.exit_code, done.stdout) == (0, "")
    page = seen(out.read_text("utf-8"))
    assert not any({"src", "href", "style", "onclick"} & set(attrs) for _tag, attrs in page.tags)
    assert "url(" not in out.read_text("utf-8")
    policy = next(attrs["content"] for tag, attrs in page.tags if attrs.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert [tag for tag, _ in page.tags].count("script") == 1
    assert ("svg", "chart") in {(tag, attrs.get("class")) for tag, attrs in page.tags}
    assert LATE in page.text


def test_whatever_stands_in_a_post_or_a_plan_is_only_shown(tmp_path: Path, old: Path, new: Path) -> None:
    posts = [
        post("<b>id</b>", HOSTILE, author={"followers": 30000}, network="<i>x</i>"),
        post("half", f"{LATE} \u0000 \u2028", author={"followers": 30000}),
        post("long", LATE + " " + "x" * 5000, author={"followers": 30000}),
    ]
    titled = written(
        tmp_path / "hostile.yaml", new.read_text("utf-8").replace("title: {en: Committee}", "title: {en: '<u>C</u>'}")
    )
    plain = [post("plain", LATE, author={"followers": 30000})]
    tags = []
    for name, content, plan in (("a", posts, titled), ("b", plain, new)):
        out = tmp_path / f"{name}.html"
        done = run(posts_file(tmp_path, content), "--plan", plan, "--against", old, "--format", "html", "--out", out)
        assert done.exit_code == 0, done.output
        tags.append({tag for tag, _ in seen(out.read_text("utf-8")).tags})
        if name == "a":
            page = seen(out.read_text("utf-8"))
    assert tags[0] == tags[1]
    said = "".join(page.text)
    assert HOSTILE in said
    assert "<u>C</u>" in said
    assert "x" * 300 not in said


@pytest.mark.parametrize("language", ["en", "es", "pl"])
def test_the_page_speaks_the_readers_language_and_each_post_its_own(
    tmp_path: Path, old: Path, new: Path, language: str
) -> None:
    done = run(posts_file(tmp_path), "--plan", new, "--against", old, "--format", "html", "--language", language)
    page = seen(done.stdout)
    assert ("html", {"lang": language}) in page.tags
    assert ("bdi", {"dir": "auto", "lang": "en"}) in page.tags
    title = {"en": "What would change", "es": "Qué cambiaría", "pl": "Co by się zmieniło"}[language]
    assert title in page.text


@pytest.mark.parametrize("form", ["table", "html", "jsonl"])
@pytest.mark.parametrize("posts", [[], [POSTS[3]], ["{}"]])
def test_where_nothing_is_about_us_it_is_said(tmp_path: Path, old: Path, form: str, posts: list[Any]) -> None:
    done = run(posts_file(tmp_path, posts), "--plan", old, "--format", form)
    assert done.exception is None or isinstance(done.exception, SystemExit)
    if form != "jsonl":
        assert "No post is about the brand." in done.stdout
    if posts == [POSTS[3]]:
        assert "0 of 1 are about 'Acme'" in done.stderr


def test_the_published_schema_is_the_one_of_the_code() -> None:
    assert replay_schema() == SCHEMA, (
        "write it anew: python -m sereno.commands.replaying.lines > docs/replay.schema.json"
    )


def test_replay_does_not_start_django() -> None:
    code = "import sys, sereno.cli, sereno.commands.replay; assert 'django' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


KETTLE = [post("kettle", "the acme kettle is nice")]


def rival(term: str) -> str:
    """A competitor is listened to, and whatever is about one is red."""
    watched = f"  - {{watch: rival, kind: competitor, terms: [{term}]}}\nreach:\n"
    rule = "lights:\n  - {rule: rivals, light: red, title: {en: Rivals}, when: {about: [competitor]}}\n"
    text = SMALL.replace("reach:\n", watched, 1).replace("lights:\n", rule, 1)
    return text.replace("plan: small", f"plan: {term}")


def red_of(done: Result) -> tuple[int, int]:
    """How many posts are red under the plan before, and under the plan after."""
    lights = told(done)[-1]["difference"]["lights"]
    return sum(lights[3]), sum(row[3] for row in lights)


def test_with_all_each_plan_is_judged_by_what_its_own_watches_found(tmp_path: Path) -> None:
    kettle, zebra = (written(tmp_path / f"{term}.yaml", rival(term)) for term in ("kettle", "zebra"))
    posts = posts_file(tmp_path, KETTLE)
    asked = (posts, "--all", "--format", "jsonl")
    assert red_of(run(*asked, "--plan", zebra, "--against", kettle)) == (1, 0)
    assert red_of(run(*asked, "--plan", kettle, "--against", zebra)) == (0, 1)


def test_with_all_a_plan_is_not_given_what_the_watches_of_another_one_found(tmp_path: Path, home: Path) -> None:
    kettle, zebra = (written(tmp_path / f"{term}.yaml", rival(term)) for term in ("kettle", "zebra"))
    asked = (posts_file(tmp_path, KETTLE), "--all", "--format", "jsonl")
    assert red_of(run(*asked, "--plan", kettle)) == (1, 1)
    assert red_of(run(*asked, "--plan", zebra)) == (0, 0)  # not what is kept of the run before
    assert red_of(run(*asked, "--plan", kettle)) == (1, 1)


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "1970-01-01T00:00:00Z"])
@pytest.mark.parametrize("field", ["created_at", "received_at"])
def test_a_post_with_a_date_of_no_post_is_named_and_the_others_are_replayed(
    tmp_path: Path, new: Path, moment: str, field: str
) -> None:
    done = run(
        posts_file(tmp_path, [post("odd", BURNS, **{field: moment}), POSTS[2]]), "--plan", new, "--format", "jsonl"
    )
    assert done.exit_code == 1
    assert told(done)[-1]["difference"]["posts"] == 1
    assert f":1: `{field}` is {moment.replace('Z', '+00:00')}, which is no date of a post" in done.stderr


@pytest.mark.parametrize("number", ["0", "10001", "99999999999999", "9" * 5_000, "²"])
def test_people_beyond_all_measure_are_refused_kindly(tmp_path: Path, new: Path, number: str) -> None:
    done = run(posts_file(tmp_path), "--plan", new, "--people", f"duty={number}")
    assert done.exit_code == 2
    assert "--people" in done.stderr
    assert len(done.stderr) < 600
