"""`sereno learn`: a small correction of the reading, learnt from what a brand's team overruled."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from sereno.commands.desk import find_brand, start_desk
from sereno.commands.reading import chosen_reader, reader_option
from sereno.commands.wording import plural

if TYPE_CHECKING:  # their import needs Django running
    from sereno.desk.accounts.models import Brand
    from sereno.desk.learning.models import LearnedCorrection
    from sereno.engine.learning.decisions import Agreement, TooFew


@click.command()
@click.option("--brand", "slug", required=True, help="The brand's short name.")
@click.option("--activate", is_flag=True, help="Switch on what waits for a decision; learns it first if nothing does.")
@click.option("--undo", is_flag=True, help="Undo the correction at work; the one before it comes back.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@reader_option
def learn(slug: str, activate: bool, undo: bool, form: str, wanted: str | None) -> None:
    """Learn a brand's way of reading from its overruled lights and kinds.

    Shows what the correction does on decisions that it has not seen, and changes nothing until it is switched on.
    """
    if activate and undo:
        raise click.UsageError("--activate and --undo at once: choose one")
    start_desk()
    from sereno.desk.learning.actions import LearningRefused

    brand = find_brand(slug)
    try:
        if undo:
            _undo(brand, form)
        else:
            _learn(brand, wanted, activate=activate, form=form)
    except LearningRefused as refusal:
        raise click.ClickException(str(refusal)) from refusal


def _undo(brand: Brand, form: str) -> None:
    from sereno.desk.learning import actions, queries

    row = queries.at_work(brand)
    if row is None:
        raise click.ClickException(f"no correction is at work for '{brand.slug}'; there is nothing to undo")
    earlier = actions.undo(row, by=None, now=datetime.now(UTC))
    if form == "json":
        click.echo(json.dumps({"undone": row.number, "at_work": earlier.number if earlier else None}))
        return
    now_at_work = f"correction {earlier.number} is at work again" if earlier else "posts are read without a correction"
    click.echo(f"Correction {row.number} is undone; {now_at_work}. Readings of the past stay as they are.")


def _learn(brand: Brand, wanted: str | None, *, activate: bool, form: str) -> None:
    from sereno.desk.learning import actions, queries
    from sereno.engine.learning.decisions import TooFew

    now = datetime.now(UTC)
    row = queries.proposed(brand) if activate else None
    if row is None:
        made = actions.propose(brand, reader=chosen_reader(wanted), by=None, now=now)
        if isinstance(made, TooFew):
            click.echo(json.dumps(_too_few_fields(made)) if form == "json" else _too_few(made))
            return
        row = made
    if activate:
        row = actions.activate(row, by=None, now=now)
    click.echo(json.dumps(_fields(row), indent=2) if form == "json" else _table(row))


def _too_few(few: TooFew) -> str:
    if few.why == "decisions":
        return (
            f"Not enough to learn from: {few.have} of {few.needed} overruled decisions; {few.missing} more "
            f"{plural(few.missing, 'decision')} to go. In a case, “This light is wrong” makes one."
        )
    if few.why == "events":
        return (
            f"The overruled decisions are about {few.have} {plural(few.have, 'event')}; measuring needs at least "
            f"{few.needed}, so that some can be held out."
        )
    return "Nothing in the posts' words would bring about these decisions: change the plan instead."


def _too_few_fields(few: TooFew) -> dict[str, Any]:
    return {"format": 1, "learnt": False, "why": few.why, "have": few.have, "needed": few.needed}


def _fields(row: LearnedCorrection) -> dict[str, Any]:
    return {
        "format": 1, "learnt": True, "correction": row.number, "state": row.state, "reader": row.reader,
        "plan": row.plan_version.plan_id, "decisions": row.decisions, "helps": row.helps, **row.figures,
    }  # fmt: skip


def _table(row: LearnedCorrection) -> str:
    from sereno.desk.learning.figures import figures_of

    figures = figures_of(row)
    effect = figures.effect
    lines = [
        f"Correction {row.number}, from {figures.overruled} overruled decisions of {figures.people} "
        f"{'person' if figures.people == 1 else 'people'} and {figures.stood} that were let stand",
        "",
        f"{'as the team decided, on decisions held out':<44}{'all':>6}{'without':>9}{'with':>7}",
        _line("all lights", effect.light),
        _line("  overruled", effect.overruled),
        _line("  let stand", effect.stood),
        *(_line(f"  {each.of}", each) for each in effect.lights),
        _line("kinds", effect.kind),
        *(_line(f"  {each.of}", each) for each in effect.kinds),
        "",
        f"Of the last {figures.examined} other posts, {figures.moved_total} would get another light"
        + "".join(f"; {before} → {after}: {count}" for before, after, count in figures.moved)
        + ".",
    ]
    if figures.held_by_words:
        lines.append(f"{figures.held_by_words} against plain words of the text: not followed; that is for the plan.")
    if figures.beyond:
        lines.append(f"{figures.beyond} that no reading would bring about (reach, speed, or no rule for it).")
    return "\n".join([*lines, "", _next(row)])


def _line(name: str, agreement: Agreement) -> str:
    return f"{name:<44}{agreement.decided:>6}{agreement.before:>9}{agreement.after:>7}"


def _next(row: LearnedCorrection) -> str:
    slug = row.brand.slug
    if row.state == "active":
        return f"It is at work: new posts are read with it. Take it back with: sereno learn --brand {slug} --undo"
    if not row.helps:
        return "That is no gain, so it cannot be switched on. Nothing has changed."
    return f"Nothing has changed yet. Switch it on with: sereno learn --brand {slug} --activate"
