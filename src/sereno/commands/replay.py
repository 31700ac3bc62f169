"""`sereno replay`: what a plan would have done with the posts of a file, and what another one would have done instead.

posts → what they say (cached) → past → one plan or two over it → difference → table | jsonl | html
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import click

from sereno.commands.duty_file import load_roster
from sereno.commands.plan_file import fail, load
from sereno.commands.reading import chosen_reader, reader_option, tell_trouble
from sereno.commands.replaying.cache import cache_folder
from sereno.commands.replaying.decided import Decisions, read_decisions
from sereno.commands.replaying.lines import lines
from sereno.commands.replaying.material import Material, material_of, watch_set
from sereno.commands.replaying.run import Report, report_of
from sereno.commands.replaying.words import Words
from sereno.commands.triage import must_be_lines_of_json, read_zone
from sereno.commands.wording import language_option, plural
from sereno.engine.duty.roster import Roster
from sereno.engine.plan.model import Plan
from sereno.engine.replay.compare import DEFAULT_MINUTES, MOST_PEOPLE


@click.command()
@click.argument("posts", type=click.Path(dir_okay=False, allow_dash=True))
@click.option("--plan", "plan_name", required=True, help="The new plan: a file, or a shipped plan's name.")
@click.option("--against", help="The plan it is held against. Default: what the new one would have done.")
@click.option("--all", "every", is_flag=True, help="Take each post as about our brand, whatever words it uses.")
@click.option(
    "--format", "form", type=click.Choice(["table", "jsonl", "html"]), help="Default: table.", default="table"
)
@click.option("--decided", type=click.File("rb"), help="What the team decided then, JSONL: id, light, answered_at.")
@click.option(
    "--people",
    multiple=True,
    metavar="ROLE=N",
    help="On duty at a time, day and night. May be repeated. Default: those of --roster; without one 1.",
)
@click.option(
    "--roster", "roster_name", metavar="ROSTER", help="Who is on duty at each hour: a file, or a shipped roster."
)
@click.option(
    "--minutes-per-answer",
    "minutes",
    type=float,
    default=DEFAULT_MINUTES,
    show_default=True,
    help="Of work for a post.",
)
@click.option("--tz", "zone", default="UTC", show_default=True, help="Zone of dates that carry none.")
@language_option
@click.option(
    "--out", type=click.Path(dir_okay=False, writable=True), help="A file to write to. Default: standard output."
)
@click.option("--no-cache", is_flag=True, help="Read every text anew, and keep nothing.")
@reader_option
def replay(
    posts: str, plan_name: str, against: str | None, every: bool, form: str, decided: IO[bytes] | None,
    people: tuple[str, ...], roster_name: str | None, minutes: float, zone: str, language: str, out: str | None,
    no_cache: bool, wanted: str | None,
) -> None:  # fmt: skip
    """Replay a plan over POSTS, one JSON object a line (- for standard input).

    What the texts say is kept in a cache, so a second replay takes seconds. A line that is no post is named on stderr,
    and the command ends with 1; the others are replayed.
    """
    new, old = load(plan_name), load(against) if against else None
    roster = load_roster(roster_name, None, language=language) if roster_name is not None else None
    on_duty, kept = _people(people), None if no_cache else cache_folder()
    decisions = _decisions(decided)
    with _as_file(posts) as path:
        _must_be_posts(path, posts)
        plans = [new] if old is None else [new, old]
        reader = chosen_reader(wanted)
        with _progress("lines", _count_of_lines(path)) as step:
            material = material_of(
                path, plans, reader, every=every, zone=read_zone(zone), folder=kept, step=step, now=datetime.now(UTC)
            )
        sets = (0, 0) if old is None else (watch_set(plans, new), watch_set(plans, old))
        total = len(material.places) * len(plans)
        with _progress("posts replayed", total) as step:
            report = _report(
                material,
                (new, old),
                _names(new, old, plan_name, against),
                sets,
                every,
                decisions,
                on_duty,
                roster,
                minutes,
                step,
            )
        _write(report, form, language, out)
    _tell(report, posts, kept)
    tell_trouble(reader.trouble)
    sys.exit(1 if material.told.bad or (decisions and decisions[1]) else 0)


def _report(
    material: Material, plans: tuple[Plan, Plan | None], names: tuple[str, str], sets: tuple[int, int], every: bool,
    decisions: tuple[Decisions, int] | None, people: dict[str, int], roster: Roster | None, minutes: float,
    step: Callable[[int], object],
) -> Report:  # fmt: skip
    try:
        return report_of(
            material, plans, names, sets, every=every, decisions=decisions[0] if decisions else None, people=people,
            roster=roster, minutes=minutes, step=step,
        )  # fmt: skip
    except ValueError as error:
        fail(str(error))


def _names(new: Plan, old: Plan | None, plan_name: str, against: str | None) -> tuple[str, str]:
    """What the plans are called, before and after: their ids, with the file where the two ids are the same."""
    if old is None or against is None:
        return new.id, new.id
    if old.id != new.id:
        return old.id, new.id
    return f"{old.id} ({Path(against).name})", f"{new.id} ({Path(plan_name).name})"


def _people(given: Sequence[str]) -> dict[str, int]:
    people = {}
    for each in given:
        role, equals, number = each.partition("=")
        if not equals or not number.isdecimal():
            raise click.BadParameter(
                f"'{each[:60]}' is written as role=number, such as community_manager=2", param_hint="--people"
            )
        if len(number) > 9 or not 1 <= int(number) <= MOST_PEOPLE:
            raise click.BadParameter(
                f"'{role[:60]}' has 1 to {MOST_PEOPLE:,} people on duty at a time, not {number[:20]}",
                param_hint="--people",
            )
        people[role] = int(number)
    return people


def _decisions(file: IO[bytes] | None) -> tuple[Decisions, int] | None:
    """What was decided, and how many lines said nothing."""
    if file is None:
        return None
    decisions, bad = read_decisions(file)
    for number, message in bad:
        click.echo(f"{file.name}:{number}: {message}", err=True)
    return decisions, len(bad)


@contextmanager
def _as_file(posts: str) -> Iterator[Path]:
    """The file of posts; what comes through a pipe is written to one first, for it is looked into more than once."""
    if posts != "-":
        path = Path(posts)
        if not path.is_file():
            fail(f"there is no file {posts}; give a file of posts, one JSON object a line, or - for standard input")
        yield path
        return
    stdin = sys.stdin.buffer
    with tempfile.NamedTemporaryFile(prefix="sereno-replay-") as spooled:
        for piece in iter(lambda: stdin.read(1 << 20), b""):
            spooled.write(piece)
        spooled.flush()
        yield Path(spooled.name)


def _must_be_posts(path: Path, given: str) -> None:
    try:
        with path.open("rb") as file:
            first = next((line for line in file if line.strip()), b"")
    except OSError as error:
        fail(f"{given} cannot be read ({error.strerror})")
    must_be_lines_of_json(first.removeprefix(b"\xef\xbb\xbf"), given)


def _count_of_lines(path: Path) -> int | None:
    """So that a bar can fill; counted only where somebody looks."""
    if not sys.stderr.isatty():
        return None
    with path.open("rb") as file:
        return sum(piece.count(b"\n") for piece in iter(lambda: file.read(1 << 22), b""))


@contextmanager
def _progress(what: str, total: int | None = None) -> Iterator[Callable[[int], Any]]:
    """A counter on stderr where somebody looks at a terminal."""
    if not sys.stderr.isatty():
        yield lambda _count: None
        return
    from sereno.commands.progress import counting

    with counting(what, total) as step:
        yield step


def _write(report: Report, form: str, language: str, out: str | None) -> None:
    try:
        if out is None:
            raw = sys.stdout.buffer
            _write_to(raw, report, form, language)
            raw.flush()
        else:
            with Path(out).open("wb") as file:
                _write_to(file, report, form, language)
    except BrokenPipeError:
        # whoever reads us has seen enough; Python's own last flush must not complain
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        fail(f"{out} cannot be written ({error.strerror}); choose another place with --out")


def _write_to(raw: IO[bytes], report: Report, form: str, language: str) -> None:
    if form == "jsonl":
        for line in lines(report, language):
            raw.write(line + b"\n")
        return
    words = Words(report, language)
    if form == "html":
        from sereno.commands.replaying.page import page

        raw.write(page(words).encode())
        return
    from sereno.commands.replaying.tell import tell

    text = io.TextIOWrapper(raw, encoding="utf-8", write_through=True)
    tell(words, text)
    text.detach()


def _tell(report: Report, given: str, kept: Path | None) -> None:
    """What must be known besides the report, on stderr."""
    material = report.material
    for line, message in material.told.bad:
        click.echo(f"{given}:{line}: {message}", err=True)
    for trouble in material.trouble:
        click.echo(f"sereno: {trouble}", err=True)
    found = report.difference.posts
    if material.told.lines and not found:
        brand = report.plans[1].brand.name
        click.echo(
            f"0 of {material.told.lines} are about '{brand}'; give your own --plan, or --all to take each post as "
            f"about you",
            err=True,
        )
    if report.undecided:
        said = f"{report.undecided} {plural(report.undecided, 'decision')}"
        click.echo(f"{said} of --decided are about posts that are not replayed", err=True)
    if material.told.naive:
        dates = f"{material.told.naive} {plural(material.told.naive, 'date')}"
        click.echo(f"{dates} had no time zone and were read in --tz", err=True)
    if material.told.bad:
        left = f"{len(material.told.bad)} {plural(len(material.told.bad), 'line')}"
        click.echo(f"{left} could not be read as a post and were left out", err=True)
    if sys.stderr.isatty() or material.read_anew:
        where = f"cache: {kept}" if kept else "nothing is kept"
        click.echo(
            f"{material.told.lines} lines, {found} replayed: {material.read_anew} texts read, "
            f"{material.from_cache} known ({where})",
            err=True,
        )
