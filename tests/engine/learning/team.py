"""Decisions of a made-up team whose taste differs from the reader's."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product
from typing import Any

from sereno.engine.context import Context
from sereno.engine.learning.decisions import Decision
from sereno.engine.plan.load import find_plan, load_plan
from sereno.engine.plan.model import Light, Plan
from sereno.engine.read import Kind, Readings
from tests.fakes import readings_of

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATE = ["the sofa came late", "again late with my chairs", "so late that we ate on the floor", "two weeks late now"]
SMALL = ["a scratch on the lid", "the lamp has a scratch", "one handle was loose", "loose screws in the box"]
ENDINGS = ["", " and nobody rang", " which is a pity", " for our kitchen", " since monday", " at least it is blue"]


def starter() -> Plan:
    path = find_plan("starter")
    return load_plan(path.read_text(encoding="utf-8"), path.name)


def decision(text: str, author: str, **said: Any) -> Decision:
    fields: dict[str, Any] = {
        "context": Context(received_at=NOON, about=("brand",)),
        "light": "green", "kind": None, "overruled": False, "event": "", "by": 0,
    }  # fmt: skip
    return Decision(text=text, author=author, **{**fields, **said})


def complaint(**values: Any) -> dict[str, Any]:
    return {
        "kind": "complaint", "complaint": 0.9, "polarity": "negative", "severity": "disapproval", "topic": "delivery",
        **values,
    }  # fmt: skip


class Team:
    """Texts with what the reader says of each and what the team decided."""

    def __init__(self) -> None:
        self.decisions: list[Decision] = []
        self.rows: list[dict[str, Any]] = []

    def says(
        self, text: str, *, light: Light | None, overruled: bool, kind: Kind | None = None, by: int = 1,
        author: str = "", read: dict[str, Any] | None = None, event: str = "",
    ) -> None:  # fmt: skip
        author = author or f"author {len(self.rows)}"
        self.decisions.append(decision(text, author, light=light, overruled=overruled, kind=kind, by=by, event=event))
        self.rows.append(complaint() if read is None else read)

    @property
    def readings(self) -> Readings:
        return readings_of(self.rows)


def for_whom_late_is_amber() -> Team:
    """To the reader all of these are everyday complaints; this brand promises a day, so late is amber to it."""
    team = Team()
    for number, (text, ending) in enumerate(product(LATE, ENDINGS)):
        team.says(text + ending, light="amber", overruled=True, by=number % 3)
    for text, ending in product(SMALL, ENDINGS):
        team.says(text + ending, light="green", overruled=False, kind="complaint")
    return team
