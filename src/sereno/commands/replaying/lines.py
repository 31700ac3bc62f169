"""The promised lines of `sereno replay --format jsonl` (format 1): a line for each post, then the summary."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Literal

import click
import msgspec
from msgspec import UNSET, UnsetType

from sereno.commands.replaying.run import Report, Told
from sereno.engine.judge import Reason
from sereno.engine.messages import say
from sereno.engine.plan.model import Light, Plan
from sereno.engine.replay.difference import Difference, Side


class SideLine(msgspec.Struct, kw_only=True, frozen=True):
    """What one plan makes of the post."""

    light: Light | None
    step: str
    role: str
    called: list[str]
    wakes: bool
    first_answer_by: datetime | None
    reasons: list[dict[str, Any]]


class PostLine(msgspec.Struct, kw_only=True, frozen=True, tag="post", tag_field="type"):
    """One post: with two plans each that changes, with one plan each that gets a light or wakes somebody."""

    format: Literal[1] = 1
    id: str
    at: datetime
    decided: Light | UnsetType | None = UNSET
    before: SideLine | UnsetType | None = UNSET
    after: SideLine | None


class SummaryLine(msgspec.Struct, kw_only=True, frozen=True, tag="summary", tag_field="type"):
    """The last line: the whole in figures."""

    format: Literal[1] = 1
    plan: str
    against: str | None
    lines: int
    malformed: int
    naive_dates: int
    undated: int
    read_anew: int
    from_cache: int
    difference: Difference


_encoder = msgspec.json.Encoder()
_ALIKE = 10_000
"""Reasons in words that are held at a time."""


def lines(report: Report, language: str) -> Iterator[bytes]:
    sayings = tuple(_Sayings(plan, language) for plan in report.plans)
    for told in report.told(report.rows):
        yield _encoder.encode(_post(told, report, sayings))
    yield _encoder.encode(_summary(report))


class _Sayings:
    """The reasons of one plan in words. Alike ones are put into words once: that is most of the work of a line."""

    def __init__(self, plan: Plan, language: str) -> None:
        self._plan, self._language = plan, language
        self._said: dict[Reason, dict[str, Any]] = {}

    def of(self, reason: Reason) -> dict[str, Any]:
        """As triage writes it."""
        if reason not in self._said:
            if len(self._said) > _ALIKE:
                self._said.clear()
            params = {c.signal: {"found": c.found, "asked": c.asked} for c in reason.conditions}
            text = say(reason, self._language, self._plan)
            self._said[reason] = {"rule": reason.rule, "message": reason.message, "params": params, "text": text}
        return self._said[reason]


def _post(told: Told, report: Report, sayings: tuple[_Sayings, ...]) -> PostLine:
    before, after = sayings
    post = told.post
    return PostLine(
        id=post.id,
        at=post.at,
        decided=post.decided if post.decided_known else UNSET,
        before=UNSET if report.alone else _side(told.before, before),
        after=_side(told.after, after),
    )


def _side(side: Side | None, sayings: _Sayings) -> SideLine | None:
    if side is None:
        return None
    return SideLine(
        light=side.light,
        step=side.step,
        role=side.role,
        called=list(side.called),
        wakes=side.wakes,
        first_answer_by=side.first_answer_by,
        reasons=[sayings.of(reason) for reason in side.reasons],
    )


def _summary(report: Report) -> SummaryLine:
    told = report.material.told
    return SummaryLine(
        plan=report.names[1],
        against=None if report.alone else report.names[0],
        lines=told.lines,
        malformed=len(told.bad),
        naive_dates=told.naive,
        undated=told.undated,
        read_anew=report.material.read_anew,
        from_cache=report.material.from_cache,
        difference=report.difference,
    )


def replay_schema() -> dict[str, Any]:
    """The JSON Schema of a line, made from the types."""
    return msgspec.json.schema(PostLine | SummaryLine)


if __name__ == "__main__":
    click.echo(msgspec.json.format(msgspec.json.encode(replay_schema())).decode())
