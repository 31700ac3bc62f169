"""Commands that run the desk: set it up, keep it up, show it."""

from __future__ import annotations

import logging
import os
import re
import shlex
import signal
import socket
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sereno.commands.reading import chosen_reader
from sereno.engine.fold import fold
from sereno.engine.plan.starter import PLACEHOLDER, named

if TYPE_CHECKING:  # their import needs Django running
    from sereno.desk.accounts.models import Brand
    from sereno.engine.plan.model import Plan
    from sereno.engine.read import Reader

log = logging.getLogger("sereno.up")


def start_django() -> None:
    """Load the desk's settings and models. Only commands that need a database call it.

    What they write belongs to whoever runs them: posts and keys are nobody else's on this machine.
    """
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sereno.desk.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise click.ClickException(str(error)) from None
    from django.conf import settings

    from sereno.desk.keys import open_to_others

    if open_to_others(settings.HOME):
        home = shlex.quote(str(settings.HOME))
        click.echo(f"Others on this machine can look into {home}; close it: chmod -R go= {home}", err=True)


def start_desk() -> None:
    """`start_django`, with the database brought up to date: the first command of a fresh home makes it."""
    start_django()
    from django.core.management import call_command
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as error:
        where = connection.settings_dict["NAME"]
        raise click.ClickException(f"the database {where} cannot be opened ({error}); look at DATABASE_URL") from error


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--no-work", is_flag=True, help="Pages and webhooks alone: `sereno work` does the rest.")
def up(host: str, port: int, no_work: bool) -> None:
    """Web, worker and scheduler in one process."""
    must_be_free(host, port)
    start_desk()
    if no_work:
        serve_pages(host, port)
    else:
        serve(host, port, one_reader())


@click.command()
def work() -> None:
    """The worker in a process of its own, beside `sereno up --no-work`: for a desk that hears a lot.

    Reads sources, judges, calls people, carries messages, audits. Several at once are safe. Ends on Ctrl+C or SIGTERM.
    """
    start_desk()
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    hands = begin_work(stop, one_reader())
    stop.wait()
    for each in hands:
        each.join(timeout=10)


def must_be_free(host: str, port: int) -> None:
    """Before anything is set up: a taken port is told first, not after the sign-ins."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise click.ClickException(
            f"cannot listen on {host}:{port} ({why}); is a Sereno running there already? Choose another with --port"
        ) from error


def one_reader() -> Reader:
    """The one that seeds, works and answers pages in this process: each encoder takes half a gigabyte."""
    from sereno.desk.learning.readers import share

    reader = chosen_reader()
    share(reader)
    return reader


def serve(host: str, port: int, reader: Reader) -> None:
    """Serve the desk until interrupted; beside it the worker, who calls people, who carries messages, and the auditor.

    Each has a thread of its own: a source that hangs delays nobody's call, and the auditor looks where the others hang.
    """
    stop = threading.Event()
    hands = begin_work(stop, reader)
    try:
        serve_pages(host, port)
    finally:
        stop.set()
        for each in hands:
            each.join(timeout=10)


def serve_pages(host: str, port: int) -> None:
    import uvicorn

    uvicorn.run("sereno.desk.asgi:application", host=host, port=port, log_level="warning", timeout_graceful_shutdown=3)


def begin_work(stop: threading.Event, reader: Reader) -> list[threading.Thread]:
    """The threads that work until `stop` is set; given back are those that are worth waiting for."""
    from sereno.desk import worker
    from sereno.desk.duty import acting, auditor
    from sereno.desk.notify.delivering import Courier

    hands = threading.Thread(target=worker.run, args=(stop, reader), name="worker", daemon=True)
    courier = threading.Thread(target=Courier().run, args=(stop,), name="courier", daemon=True)
    caller = threading.Thread(target=acting.run, args=(stop,), name="caller", daemon=True)
    watcher = threading.Thread(target=auditor.run, args=(stop,), name="auditor", daemon=True)
    for each in (hands, courier, caller, watcher):
        each.start()
    return [hands, courier]


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--fresh", is_flag=True, help="Throw away the last demo first.")
def demo(host: str, port: int, fresh: bool) -> None:
    """A fictional brand, seeded and alive."""
    must_be_free(host, port)
    home = Path(os.environ.setdefault("SERENO_HOME", "var/demo"))
    os.environ["DATABASE_URL"] = f"sqlite:///{(home / 'demo.sqlite3').resolve()}"
    if fresh:
        for old in home.glob("demo.sqlite3*"):
            old.unlink()
    start_desk()
    from sereno.desk.demo.seed import seed

    click.echo("Seeding Mirabela, a fictional brand…", err=True)
    reader = one_reader()
    sign_ins = seed(now=datetime.now(UTC), reader=reader)
    click.echo(f"\n  Sereno is at  http://{host}:{port}\n")
    for person in sign_ins.people:
        click.echo(f"  {person.email:<28} {person.name} · {person.what}")
    click.echo(f"\n  password for all: {sign_ins.password}   (this demo listens on your machine alone)")
    click.echo("  Commands reach it with:")
    click.echo(f"    SERENO_HOME={home} DATABASE_URL={os.environ['DATABASE_URL']} ./run sereno brand list\n")
    click.echo("  New posts keep arriving. Stop with Ctrl+C.\n")
    serve(host, port, reader)


@click.group()
def brand() -> None:
    """Brands: add one, put a plan in force, list them."""


@brand.command("add")
@click.argument("slug")
@click.option("--name", help="What people call it. Default: the plan's brand name.")
@click.option(
    "--plan", "plan_name", default="starter", show_default=True, help="A plan file, or a shipped plan's name."
)
def brand_add(slug: str, name: str | None, plan_name: str) -> None:
    """Add the brand SLUG and put its plan in force."""
    start_desk()
    from django.db import transaction

    from sereno.desk.accounts.actions import add_brand
    from sereno.desk.accounts.models import Brand
    from sereno.desk.plans.actions import put_in_force

    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,59}", slug):
        raise click.ClickException(
            f"'{slug}' cannot stand in an address: a short name is made of small letters a-z, digits and hyphens, "
            f"such as '{_short_name(slug)}'; what people call the brand goes into --name"
        )
    text, file_name, plan = _plan(plan_name)
    if plan.brand.name == PLACEHOLDER:
        text, plan = _named(text, file_name, name)
    if Brand.objects.filter(slug=slug).exists():
        raise click.ClickException(
            f"there is a brand '{slug}' already; choose another short name, or: sereno brand plan"
        )
    now = datetime.now(UTC)
    with transaction.atomic():
        added = add_brand(slug=slug, name=name or plan.brand.name, by=None, now=now)
        version = put_in_force(added, text=text, name=file_name, by=None, now=now)
    click.echo(f"{added.name} added; plan {version.plan_id} is in force. Next: sereno person add EMAIL --brand {slug}")


@brand.command("plan")
@click.argument("slug")
@click.argument("plan_name", metavar="PLAN")
def brand_plan(slug: str, plan_name: str) -> None:
    """Put PLAN (a file, or a shipped plan's name) in force for the brand SLUG."""
    start_desk()
    from sereno.desk.plans.actions import put_in_force
    from sereno.desk.plans.refused import PlanRefused

    brand = find_brand(slug)
    text, file_name, plan = _plan(plan_name)
    if plan.brand.name == PLACEHOLDER:
        text, _ = _named(text, file_name, brand.name)
    try:
        version = put_in_force(brand, text=text, name=file_name, by=None, now=datetime.now(UTC))
    except PlanRefused as refused:
        raise click.ClickException(f"{plan.id}: {refused}") from refused
    click.echo(f"{version.plan_id} is in force as version {version.number}.")


@brand.command("list")
def brand_list() -> None:
    """The brands of this desk."""
    start_desk()
    from sereno.desk.accounts.models import Brand
    from sereno.desk.plans.queries import version_in_force

    for each in Brand.objects.order_by("slug"):
        version = version_in_force(each)
        click.echo(f"{each.slug}\t{each.name}\t{version.plan_id if version else 'no plan in force'}")


@click.group()
def person() -> None:
    """People: add one, give a role."""


@person.command("add")
@click.argument("email")
@click.option("--name", prompt=True, help="As colleagues know them.")
@click.option("--brand", "slug", required=True, help="The brand's short name.")
@click.option("--role", default="community_manager", show_default=True, help="Their role in the brand.")
@click.option("--area", default="", help="For area owners: the plan's name of the area.")
@click.option("--language", default="en", type=click.Choice(["en", "es", "pl"]), show_default=True)
@click.option("--timezone", default="UTC", show_default=True, help="Such as Europe/Madrid.")
@click.password_option(help="At least ten characters; asked for when left out.")
def person_add(
    email: str, name: str, slug: str, role: str, area: str, language: str, timezone: str, password: str
) -> None:
    """Add a person with a role in a brand; somebody known already gets one more role."""
    start_desk()
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.db import transaction

    from sereno.desk.accounts.actions import add_person, give_role
    from sereno.desk.accounts.models import Role, User

    if role not in Role.values:
        raise click.ClickException(f"no such role '{role}'; there are: {', '.join(Role.values)}")
    their_brand = find_brand(slug)
    now = datetime.now(UTC)
    with transaction.atomic():
        user = User.objects.filter(email=email.lower()).first()
        if user is None:
            try:
                validate_password(password)
                user = add_person(
                    email=email, name=name, password=password, by=None, now=now, language=language, timezone=timezone
                )
            except ValidationError as error:
                raise click.ClickException(" ".join(error.messages)) from error
            except ValueError as error:
                raise click.ClickException(str(error)) from error
        give_role(user, their_brand, Role(role), by=None, now=now, area=area)
    click.echo(f"{user.name} is {Role(role).label.lower()} of {their_brand.name}.")


@person.command("password")
@click.argument("email")
@click.password_option(help="At least ten characters; asked for when left out.")
def person_password(email: str, password: str) -> None:
    """Set a new password for the person with this e-mail address; whoever is signed in as them is signed out."""
    start_desk()
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from sereno.desk.accounts.actions import set_password
    from sereno.desk.accounts.models import User

    user = User.objects.filter(email=email.lower()).first()
    if user is None:
        raise click.ClickException(f"nobody signs in as {email}; add them with: sereno person add {email}")
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise click.ClickException(" ".join(error.messages)) from error
    set_password(user, password, by=None, now=datetime.now(UTC))
    click.echo(f"{user.name} has a new password.")


@click.command()
def messages() -> None:
    """Compile the interface's translations (.po to .mo)."""
    from sereno.desk.translations import compile_all

    for path in compile_all():
        click.echo(f"compiled {path}")


def find_brand(slug: str) -> Brand:
    """The brand, or an error that names those there are."""
    from sereno.desk.accounts.models import Brand

    found = Brand.objects.filter(slug=slug).first()
    if found is None:
        there = ", ".join(Brand.objects.order_by("slug").values_list("slug", flat=True)) or "none yet"
        raise click.ClickException(f"no brand '{slug}' (there are: {there}); add it with: sereno brand add {slug}")
    return found


def _short_name(given: str) -> str:
    from django.utils.text import slugify

    return slugify(fold(given))[:60] or "my-brand"


def _named(text: str, file_name: str, name: str | None) -> tuple[str, Plan]:
    """The starter plan with the brand's own name where its placeholder stands: it would listen to nobody else."""
    from sereno.engine.plan.load import load_plan

    if name is None:
        raise click.ClickException(
            f"{file_name} still says '{PLACEHOLDER}', and would listen to that name; say whose it is with --name "
            f"'…', or write the name into a copy of the plan and give it with --plan"
        )
    text = named(text, name)
    return text, load_plan(text, file_name)


def _plan(name: str) -> tuple[str, str, Plan]:
    """The plan's text, its file's name, and the plan itself."""
    from sereno.engine.plan.load import PlanErrors, find_plan, load_plan

    try:
        path = find_plan(name)
        text = path.read_text(encoding="utf-8")
        return text, path.name, load_plan(text, path.name)
    except (PlanErrors, FileNotFoundError) as error:
        raise click.ClickException(str(error)) from error
