"""Commands that bring posts in: files, and the sources that the worker reads."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from sereno.commands.desk import find_brand, start_desk
from sereno.commands.reading import chosen_reader
from sereno.commands.wording import plural

if TYPE_CHECKING:
    from sereno.desk.accounts.models import Brand
    from sereno.desk.intake.actions import Summary
    from sereno.desk.intake.importing import Readable
    from sereno.desk.intake.models import FileImport, Source
    from sereno.engine.read import Reader


@click.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--brand", "slug", required=True, help="The brand's short name.")
@click.option("--source", "source_name", help="The source that the posts belong to. Default: File imports.")
@click.option("--live", is_flag=True, help="The posts just happened: they wake people and start deadlines.")
@click.option("--tz", "zone", help="Zone of dates that carry none, such as Europe/Madrid. Default: UTC.")
@click.option("--all-about-us", is_flag=True, help="Every post is about the brand, whatever words it uses.")
def import_posts(
    file: BinaryIO, slug: str, source_name: str | None, live: bool, zone: str | None, all_about_us: bool
) -> None:
    """Bring a JSONL or CSV FILE of posts into the inbox (- for standard input).

    Posts are taken as history unless --live says otherwise. Killed and run again, it goes on where it stood. Ends with
    1 where a line could not be understood; the others are in.
    """
    start_desk()
    given = getattr(file, "name", "<stdin>")  # a pipe need not have one
    name = "standard input" if given in ("-", "<stdin>") else Path(given).name
    told = bring_in(
        file, find_brand(slug), name=name, source_name=source_name, live=live, zone=zone, all_about_us=all_about_us,
        reader=chosen_reader(),
    )  # fmt: skip
    sys.exit(1 if told.dead else 0)


def bring_in(
    file: Readable, brand: Brand, *, name: str, source_name: str | None = None, live: bool = False,
    zone: str | None = None, all_about_us: bool = False, reader: Reader,
) -> Summary:  # fmt: skip
    """Import a file to the end: stored, understood, judged. Prints what came of it."""
    from sereno.desk.intake.actions import AlreadyImported, IntakeRefused, start_file_import, summary

    now = datetime.now(UTC)
    try:
        settings = _settings(zone, all_about_us)
        source = _source(brand, source_name or "File imports", settings, now)
        begun = start_file_import(
            brand, file=file, file_name=name, now=now, by=None, source=source, backfilled=not live
        )  # fmt: skip
    except AlreadyImported as refused:
        click.echo(f"{name}: {refused}", err=True)
        _work(refused.earlier, reader)  # what was read may still wait to be judged
        return summary(refused.earlier)
    except IntakeRefused as refused:
        raise click.ClickException(str(refused)) from refused
    if begun.line and begun.state == begun.State.RUNNING and begun.offset:
        _say(f"Going on after line {begun.line:,}.")
    _work(begun, reader)
    told = summary(begun)
    _print(begun, told)
    return told


def _settings(zone: str | None, all_about_us: bool) -> dict[str, Any]:
    return {**({"timezone": zone} if zone else {}), **({"all_about_us": True} if all_about_us else {})}


def _options(settings: Mapping[str, Any]) -> str:
    """Settings as they are typed."""
    zone = [f"--tz {settings['timezone']}"] if settings.get("timezone") else []
    return " ".join([*zone, *(["--all-about-us"] if settings.get("all_about_us") else [])]) or "no --tz"


def _source(brand: Brand, name: str, settings: dict[str, Any], now: datetime) -> Source:
    from sereno.desk.intake.actions import add_source
    from sereno.desk.intake.models import Source

    found = Source.objects.filter(brand=brand, name=name).first()
    if found is None:
        return add_source(brand, kind="file", name=name, settings=settings, by=None, now=now)[0]
    if found.kind != "file":
        raise click.ClickException(f"source '{name}' is no source of files ({found.kind}); name another with --source")
    if settings and found.settings != settings:
        raise click.ClickException(
            f"source '{name}' was set up with {_options(found.settings)}, and this import asks for "
            f"{_options(settings)}; name another source with --source"
        )
    return found


def _work(begun: FileImport, reader: Reader) -> None:
    """Store, understand and judge to the end, in turns, so that the first posts stand in the inbox at once.

    Another worker may be at the same rows: then there is nothing to claim for a while, but something still waits.
    """
    from sereno.desk.cases.arrivals import work_through
    from sereno.desk.intake.actions import continue_file_import, understand

    with _progress(begun.bytes_total) as move:
        while True:
            now = datetime.now(UTC)
            did = 0
            if begun.state == begun.State.RUNNING:
                did += continue_file_import(begun, now=now)
                move(begun.offset, "reading")
            did += understand(now=now, limit=1000).records
            did += work_through(now=now, reader=reader, limit=500)
            if did:
                if begun.state != begun.State.RUNNING:
                    move(begun.bytes_total, f"judging, {_to_judge(begun):,} left")
                continue
            if begun.state != begun.State.RUNNING and not _unfinished(begun):
                return
            time.sleep(0.2)
            begun.refresh_from_db()


def _unfinished(begun: FileImport) -> bool:
    """Whether something of this import waits for a worker: records, or posts of a brand that has a plan."""
    from sereno.desk.intake.models import RawRecord
    from sereno.desk.plans.queries import version_in_force

    if RawRecord.objects.filter(file_import=begun, state=RawRecord.State.WAITING).exists():
        return True
    return version_in_force(begun.brand) is not None and _to_judge(begun) > 0


def _to_judge(begun: FileImport) -> int:
    from sereno.desk.intake.models import Post, Stage

    return Post.objects.filter(brand_id=begun.brand_id, source_id=begun.source_id, stage=Stage.STORED).count()


class _progress:  # noqa: N801 — used as a verb
    """A progress bar on a terminal, nothing in a pipe."""

    def __init__(self, total: int) -> None:
        self.total = total

    def __enter__(self) -> Any:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        console = Console(stderr=True)
        self.bar = Progress(
            TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"), TimeElapsedColumn(),
            console=console, disable=not console.is_terminal, transient=True,
        )  # fmt: skip
        self.bar.start()
        task = self.bar.add_task("reading", total=self.total)
        return lambda done, what: self.bar.update(task, completed=done, description=what)

    def __exit__(self, *_: object) -> None:
        self.bar.stop()


def _print(begun: FileImport, told: Summary) -> None:
    from sereno.desk.intake.importing import dead_of
    from sereno.desk.plans.queries import version_in_force

    click.echo(_first_line(begun, told))
    click.echo(f"  {told.posts_new:>9,} {plural(told.posts_new, 'post')} new")
    if told.posts_seen:
        click.echo(f"  {told.posts_seen:>9,} {plural(told.posts_seen, 'sighting')} of posts that were known")
    if told.lines_known:
        click.echo(f"  {told.lines_known:>9,} {plural(told.lines_known, 'line')} read before, byte for byte")
    if told.dates_without_zone:
        zone = begun.source.settings.get("timezone", "UTC")
        dates = plural(told.dates_without_zone, "date")
        click.echo(f"  {told.dates_without_zone:>9,} {dates} without a zone, read as {zone}")
    if told.dead:
        verb = "it waits" if told.dead == 1 else "they wait"
        click.echo(f"  {told.dead:>9,} not understood; {verb} among the dead letters")
        for record in dead_of(begun):
            click.echo(f"            {record.place}: {record.error}", err=True)
    if version_in_force(begun.brand) is None:
        click.echo(
            f"The posts wait: '{begun.brand.slug}' has no plan in force, and only a plan can judge. "
            f"Next: sereno brand plan {begun.brand.slug} starter",
            err=True,
        )


def _first_line(begun: FileImport, told: Summary) -> str:
    posts = told.posts_new + told.posts_seen + told.lines_known
    parts = [f"{posts:,} {plural(posts, 'post')}"]
    parts += [f"{told.dead:,} not understood"] if told.dead else []
    if ignored := told.columns_ignored:
        parts.append(f"{len(ignored)} unknown {plural(len(ignored), 'column')} ignored ({', '.join(ignored)})")
    return f"{begun.file_name}: {', '.join(parts)}"


def _say(text: str) -> None:
    if sys.stderr.isatty():
        click.echo(text, err=True)


@click.group()
def source() -> None:
    """Sources: add one, list them."""


@source.command("add")
@click.argument("kind")
@click.option("--brand", "slug", required=True, help="The brand's short name.")
@click.option("--name", required=True, help="As the team will call it.")
@click.option("--set", "pairs", multiple=True, metavar="NAME=VALUE", help="A setting, such as url=https://…")
def source_add(kind: str, slug: str, name: str, pairs: tuple[str, ...]) -> None:
    """Add a source of KIND: rss, webhook, file, playback."""
    start_desk()
    from sereno.desk.intake.actions import IntakeRefused, add_source

    brand = find_brand(slug)
    try:
        added, secret = add_source(
            brand, kind=kind, name=name, settings=_pairs(pairs), by=None, now=datetime.now(UTC)
        )  # fmt: skip
    except IntakeRefused as refused:
        raise click.ClickException(str(refused)) from refused
    click.echo(f"{added.name} added to {brand.name}.")
    if secret:
        click.echo(f"  address  /hooks/{added.public_id}")
        click.echo(f"  secret   {secret}")
        click.echo("  The secret is shown this once; give it to whoever delivers.")


def _pairs(pairs: tuple[str, ...]) -> dict[str, Any]:
    settings: dict[str, Any] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise click.ClickException(f"--set {pair}: write NAME=VALUE, such as url=https://example.org/feed")
        settings[name] = {"true": True, "false": False}.get(value, value)
    return settings


@source.command("list")
@click.option("--brand", "slug", help="Of this brand only.")
def source_list(slug: str | None) -> None:
    """The sources, and how they are."""
    start_desk()
    from sereno.desk.intake.models import Source

    found = Source.objects.select_related("brand").order_by("brand__slug", "name")
    for each in found.filter(brand=find_brand(slug)) if slug else found:
        state = "off" if not each.enabled else f"failing: {each.last_error}" if each.failures else "well"
        click.echo(f"{each.brand.slug}\t{each.kind}\t{each.name}\t{state}")
