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


def lines(report: Report, language: str) -> Iterator[bytes]:
    for told in report.told(report.rows):
        yield _encoder.encode(_post(told, report, language))
    yield _encoder.encode(_summary(report))


def _post(told: Told, report: Report, language: str) -> PostLine:
    old, new = report.plans
    post = told.post
    return PostLine(
        id=post.id,
        at=post.at,
        decided=post.decided if post.decided_known else UNSET,
        before=UNSET if report.alone else _side(told.before, old, language),
        after=_side(told.after, new, language),
    )


def _side(side: Side | None, plan: Plan, language: str) -> SideLine | None:
    if side is None:
        return None
    return SideLine(
        light=side.light,
        step=side.step,
        role=side.role,
        called=list(side.called),
        wakes=side.wakes,
        first_answer_by=side.first_answer_by,
        reasons=[_reason(reason, plan, language) for reason in side.reasons],
    )


def _reason(reason: Reason, plan: Plan, language: str) -> dict[str, Any]:
    """As triage writes it."""
    params = {c.signal: {"found": c.found, "asked": c.asked} for c in reason.conditions}
    return {"rule": reason.rule, "message": reason.message, "params": params, "text": say(reason, language, plan)}


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
