"""`sereno triage`: posts in, judgements out, one line each. The format is told in `docs/output-format.md`.

lines → batches of 2,000 → Posts → those a watch matches are read and judged → lines, in the order they came
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from itertools import islice
from typing import IO, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click
import msgspec

from sereno.commands.output import FORMATS, Row
from sereno.commands.plan_file import fail, load
from sereno.commands.reading import chosen_reader, reader_option, tell_trouble
from sereno.commands.wording import plural
from sereno.engine.context import Contexts, context_of
from sereno.engine.judge import Judgements, Reason, judge
from sereno.engine.messages import languages, say
from sereno.engine.plan.model import Plan
from sereno.engine.post import BadPost, Post, decode, in_zone
from sereno.engine.read import Reader, Readings
from sereno.engine.watches import Mention, Watcher

BATCH = 2_000


@dataclass(slots=True)
class Summary:
    """What is told at the end, on stderr."""

    posts: int = 0
    judged: int = 0
    malformed: int = 0
    naive_dates: int = 0
    lights: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("red", "amber", "green", "none"), 0))


@dataclass(frozen=True, slots=True)
class Bad:
    """A line that is no post."""

    line: int
    message: str


class Triage:
    """Judges batches of lines; holds the plan, its watches and the reader."""

    def __init__(self, plan: Plan, reader: Reader, *, every: bool, language: str, zone: tzinfo, now: datetime) -> None:
        self.plan, self.reader, self.every, self.language, self.zone, self.now = (
            plan,
            reader,
            every,
            language,
            zone,
            now,
        )
        self.watcher = Watcher(plan.watches)
        self.summary = Summary()
        self.trouble: str | None = None
        """Why some of the posts were read by less than the reader that was asked for."""
        self._said: dict[Any, str] = {}

    def rows(self, lines: Sequence[tuple[int, bytes]]) -> list[Row | Bad]:
        """One row for each line of the batch, in order."""
        out: list[Row | Bad | None] = []
        posts: list[Post] = []
        places: list[int] = []
        for number, line in lines:
            try:
                post, naive = in_zone(decode(line), self.zone)
            except BadPost as error:
                self.summary.malformed += 1
                out.append(Bad(number, str(error)))
                continue
            self.summary.naive_dates += naive
            places.append(len(out))
            posts.append(post)
            out.append(None)
        self.summary.posts += len(posts)
        for place, row in zip(places, self._judged(posts), strict=True):
            out[place] = row
        return [row for row in out if row is not None]

    def _judged(self, posts: Sequence[Post]) -> list[Row]:
        texts = [post.whole_text() for post in posts]
        mentions = self.watcher.match(texts)
        about = [i for i, found in enumerate(mentions) if found or self.every]
        rows = [Row(format=1, id=post.id, about=[]) for post in posts]
        if not about:
            return rows
        readings = self.reader.read([texts[i] for i in about], [posts[i].lang for i in about])
        self.trouble = self.trouble or self.reader.trouble
        contexts = Contexts([context_of(posts[i], about=self._kinds(mentions[i]), received_at=self.now) for i in about])
        judged = judge(readings, contexts, self.plan, self.now)
        for place, i in enumerate(about):
            rows[i] = self._row(posts[i], mentions[i], readings, judged, place)
        self.summary.judged += len(about)
        return rows

    def _kinds(self, found: Sequence[Mention]) -> tuple[Any, ...]:
        kinds = tuple(dict.fromkeys(mention.kind for mention in found))
        return ("brand", *(kind for kind in kinds if kind != "brand")) if self.every else kinds

    def _row(self, post: Post, found: Sequence[Mention], read: Readings, judged: Judgements, i: int) -> Row:
        light = judged.light[i]
        self.summary.lights[light or "none"] += 1
        return Row(
            format=1,
            id=post.id,
            about=[{"watch": m.watch, "kind": m.kind, "terms": list(m.terms)} for m in found],
            language=read.language[i],
            kind=read.kind[i],
            complaint=_rounded(read.complaint[i]),
            polarity=read.polarity[i],
            severity=read.severity[i],
            hostile=_rounded(read.hostile[i]),
            call_to_action=_rounded(read.call_to_action[i]),
            risks=list(read.risks[i]),
            topic=read.topic[i],
            reach={"followers": post.author.followers, "level": judged.reach_level[i]},
            text_light=judged.text_light[i],
            light=light,
            reasons=[self._reason(reason) for reason in judged.reasons[i]],
            evidence=[{"signal": e.signal, "start": e.start, "end": e.end} for e in read.evidence[i]],
            step=judged.route[i].step,
            plan=judged.plan,
            model=judged.model,
        )

    def _reason(self, reason: Reason) -> dict[str, Any]:
        params = {c.signal: {"found": c.found, "asked": c.asked} for c in reason.conditions}
        key = (reason.rule, reason.message, tuple((c.signal, c.found, c.asked) for c in reason.conditions))
        if key not in self._said:
            if len(self._said) > 10_000:
                self._said.clear()
            self._said[key] = say(reason, self.language, self.plan)
        return {"rule": reason.rule, "message": reason.message, "params": params, "text": self._said[key]}


def _rounded(value: Any) -> float:
    return round(float(value), 4)


def batches(file: Iterable[bytes]) -> Iterator[list[tuple[int, bytes]]]:
    """Numbered lines, some at a time; empty ones left out."""
    numbered = ((number, line) for number, line in enumerate(file, 1) if line.strip())
    while batch := list(islice(numbered, BATCH)):
        yield [(number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line) for number, line in batch]


def read_zone(name: str) -> tzinfo:
    try:
        return UTC if name.upper() == "UTC" else ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise click.BadParameter(f"'{name}' is no time zone; such as Europe/Madrid", param_hint="--tz") from error


@click.command()
@click.argument("posts", type=click.File("rb"))
@click.option("--plan", "plan_name", default="starter", show_default=True, help="A file, or a shipped plan's name.")
@click.option("--all", "every", is_flag=True, help="Take each post as about our brand, whatever words it uses.")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), help="Default: table on a terminal, else jsonl.")
@click.option("--reasons-in", "language", default="en", show_default=True, help="Language of the reasons.")
@click.option("--tz", "zone", default="UTC", show_default=True, help="Zone of dates that carry none.")
@reader_option
def triage(
    posts: IO[bytes], plan_name: str, every: bool, form: str | None, language: str, zone: str, wanted: str | None
) -> None:
    """Judge POSTS, one JSON object a line (- for standard input): a line comes out for every post that goes in.

    A line that is no post is named on stderr with its number and has no line of its own; the command then ends with 1.
    Only posts that a watch of the plan matches are judged; others come out with an empty `about`. --all judges all.
    """
    if language not in languages():
        raise click.BadParameter(
            f"no reasons in '{language}'; there are {', '.join(languages())}", param_hint="--reasons-in"
        )
    reader = chosen_reader(wanted)
    run = Triage(load(plan_name), reader, every=every, language=language, zone=read_zone(zone), now=datetime.now(UTC))
    try:
        write = FORMATS[form or ("table" if sys.stdout.isatty() else "jsonl")](sys.stdout.buffer)
        with _progress() as step:
            for batch in batches(posts):
                if not run.summary.posts and not run.summary.malformed:
                    must_be_lines_of_json(batch[0][1], posts.name)
                rows = run.rows(batch)
                write([row for row in rows if isinstance(row, Row)])
                for row in rows:
                    if isinstance(row, Bad):
                        click.echo(f"{posts.name}:{row.line}: {row.message}", err=True)
                step(len(batch))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # whoever reads us has seen enough; Python's own last flush must not complain
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    _tell(run.summary)
    tell_trouble(run.trouble)
    if run.summary.posts and not run.summary.judged:
        _tell_that_nothing_matched(run)
    sys.exit(1 if run.summary.malformed else 0)


def must_be_lines_of_json(first: bytes, name: str) -> None:
    """A table, or one long list, is told once, instead of every line of it."""
    opening = first.strip()
    if opening.startswith(b"["):
        fail(f"{name} is one JSON list; one JSON object a line is read. Convert it with: jq -c '.[]' FILE")
    for delimiter in (b",", b";", b"\t"):
        columns = {cell.strip().strip(b'"') for cell in opening.split(delimiter)}
        if {b"id", b"text"} <= columns:
            fail(
                f"{name} is a table (CSV); one JSON object a line is read. `sereno import` takes tables; "
                f"docs/post-format.md tells how a line looks"
            )


def _progress() -> AbstractContextManager[Any]:
    if not sys.stderr.isatty() or sys.stdout.isatty():
        return nullcontext(lambda _count: None)
    from sereno.commands.progress import counting

    return counting()


def _tell_that_nothing_matched(run: Triage) -> None:
    click.echo(
        f"0 of {run.summary.posts} are about '{run.plan.brand.name}'; give your own --plan, or --all to take each post "
        f"as about you",
        err=True,
    )


def _tell(summary: Summary) -> None:
    if not (sys.stderr.isatty() or summary.naive_dates or summary.malformed):
        return
    lights = ", ".join(f"{count} {light}" for light, count in summary.lights.items())
    posts = f"{summary.posts} {plural(summary.posts, 'post')}"
    click.echo(f"{posts}, {summary.judged} about us: {lights}", err=True)
    if summary.naive_dates:
        dates = f"{summary.naive_dates} {plural(summary.naive_dates, 'date')}"
        click.echo(f"{dates} had no time zone and were read in --tz", err=True)
    if summary.malformed:
        one = summary.malformed == 1
        left = (
            "1 line was no post and was left out"
            if one
            else f"{summary.malformed} lines were no posts and were left out"
        )
        click.echo(left, err=True)


def output_schema() -> dict[str, Any]:
    """The JSON Schema of an output line, made from the type."""
    return msgspec.json.schema(Row)


if __name__ == "__main__":
    click.echo(msgspec.json.format(msgspec.json.encode(output_schema())).decode())
