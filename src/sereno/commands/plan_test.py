"""`sereno plan test`: the plan's own tests, each failure with its line, what was expected, what came, and why."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from typing import Any

import click

from sereno.commands.plan_file import load_with_source
from sereno.commands.reading import chosen_reader, reader_option, tell_trouble
from sereno.commands.wording import language_option
from sereno.engine.messages import phrase, say
from sereno.engine.plan.model import Plan
from sereno.engine.plan.nodes import read_nodes
from sereno.engine.plan.source import Source
from sereno.engine.plan.trial import Missed, TestOutcome, needs_reader, run_tests, say_missed


@click.command("test")
@click.argument("file")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@language_option
@reader_option
def test_plan(file: str, form: str, language: str, wanted: str | None) -> None:
    """Run the tests that stand in the plan. Ends with 1 where one fails.

    A test whose post says how it `reads_as` asks no reader; the texts of the others are read by --reader.
    """
    loaded, source = load_with_source(file, language=language)
    reader = chosen_reader(wanted) if needs_reader(loaded) else None
    outcomes = run_tests(loaded, reader)
    lines = Places(source)
    if form == "json":
        click.echo(json.dumps(_fields(loaded, outcomes, lines, language), indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(_told(loaded, outcomes, lines, language)))
    tell_trouble(reader.trouble if reader else None)
    sys.exit(1 if any(not outcome.passed for outcome in outcomes) else 0)


class Places:
    """Where things stand in the plan's file, or in those of its folder."""

    def __init__(self, source: Source) -> None:
        self._document, self._source = read_nodes(source.text), source

    def of(self, path: tuple[str | int, ...]) -> tuple[str, int]:
        return self._source.place(self._document.line(path))

    def told(self, path: tuple[str | int, ...]) -> str:
        file, line = self.of(path)
        return f"{file}:{line}"


def _told(plan: Plan, outcomes: tuple[TestOutcome, ...], places: Places, language: str) -> list[str]:
    told = []
    for outcome in outcomes:
        if outcome.passed:
            continue
        told += [
            f"{places.told(missed.path)}: {_named(outcome, language)}: {say_missed(missed, plan, language)}"
            for missed in outcome.missed
        ]
        told += [f"    {phrase('test-why', language, why=say(reason, language, plan))}" for reason in outcome.reasons]
    failed = sum(not outcome.passed for outcome in outcomes)
    if not outcomes:
        return [phrase("test-none", language, plan=plan.id)]
    if failed:
        counts = {"count": len(outcomes), "passed": len(outcomes) - failed, "failed": failed}
        sums = phrase("test-some-failed", language, plan=plan.id, **counts)
    else:
        sums = phrase("test-all-passed", language, plan=plan.id, count=len(outcomes))
    return [*told, f"{sums}{_read_by(outcomes, language)}"]


def _named(outcome: TestOutcome, language: str) -> str:
    return phrase("test-named", language, test=f"'{outcome.test}'")


def _read_by(outcomes: tuple[TestOutcome, ...], language: str) -> str:
    models = ", ".join(sorted({outcome.model for outcome in outcomes if outcome.model}))
    return f" ({phrase('test-read-by', language, models=models)})" if models else ""


def _fields(plan: Plan, outcomes: tuple[TestOutcome, ...], places: Places, language: str) -> dict[str, Any]:
    return {
        "plan": plan.id,
        "passed": sum(outcome.passed for outcome in outcomes),
        "failed": sum(not outcome.passed for outcome in outcomes),
        "tests": [
            {
                "test": outcome.test,
                "passed": outcome.passed,
                "file": places.of(outcome.path)[0],
                "line": places.of(outcome.path)[1],
                "model": outcome.model,
                "missed": [_missed(missed, plan, places, language) for missed in outcome.missed],
                "reasons": [say(reason, language, plan) for reason in outcome.reasons],
            }
            for outcome in outcomes
        ],
    }


def _missed(missed: Missed, plan: Plan, places: Places, language: str) -> dict[str, Any]:
    return {
        "what": missed.what,
        "expected": _plain(missed.expected),
        "came": _plain(missed.came),
        "line": places.of(missed.path)[1],
        "text": say_missed(missed, plan, language),
    }


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, datetime) else value
