"""Engine values to stored rows and back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
import numpy as np

from sereno.desk.audit.actions import digest
from sereno.desk.intake.models import Post
from sereno.desk.listening.models import Judgement, Mention, Reading
from sereno.desk.plans.models import PlanVersion
from sereno.engine import context as contexts
from sereno.engine.judge import Judgements, Reason
from sereno.engine.read import Evidence, Readings, Taught
from sereno.engine.watches.match import Mention as Match


def reading_row(readings: Readings, i: int, post: Post, text: str) -> Reading:
    """Row i of the columns, as it is cached."""
    return Reading(
        brand_id=post.brand_id,
        post=post,
        model=readings.model,
        text_digest=digest(text),
        language=readings.language[i],
        kind=readings.kind[i],
        kind_probability=float(readings.kind_probability[i]),
        complaint=float(readings.complaint[i]),
        polarity=readings.polarity[i],
        severity=readings.severity[i],
        hostile=float(readings.hostile[i]),
        call_to_action=float(readings.call_to_action[i]),
        risks=list(readings.risks[i]),
        claims=sorted(readings.claims[i]),
        topic=readings.topic[i],
        evidence=[[e.signal, e.start, e.end] for e in readings.evidence[i]],
        taught=msgspec.to_builtins(readings.taught[i]) if readings.taught else None,
    )


def readings_of(rows: Sequence[Reading]) -> Readings:
    """Cached rows as the columns the judge takes.

    They may be of two models: where the careful reader failed half-way, the fast one read the rest. Each row keeps its
    own; the column of the batch names both.
    """
    models = " · ".join(sorted({row.model for row in rows}))

    def floats(name: str) -> Any:
        return np.array([getattr(row, name) for row in rows], dtype=np.float32)

    return Readings(
        model=models,
        language=[row.language for row in rows],
        kind=[row.kind for row in rows],  # type: ignore[misc]  # stored from the same literal
        kind_probability=floats("kind_probability"),
        complaint=floats("complaint"),
        polarity=[row.polarity for row in rows],  # type: ignore[misc]
        severity=[row.severity for row in rows],  # type: ignore[misc]
        hostile=floats("hostile"),
        call_to_action=floats("call_to_action"),
        risks=[tuple(row.risks) for row in rows],
        claims=[frozenset(row.claims) for row in rows],
        topic=[row.topic for row in rows],
        evidence=[evidence_of(row) for row in rows],
        taught=[taught_of(row) for row in rows],
    )


def evidence_of(reading: Reading) -> tuple[Evidence, ...]:
    return tuple(Evidence(signal, start, end) for signal, start, end in reading.evidence)


def taught_of(reading: Reading) -> Taught | None:
    return msgspec.convert(reading.taught, Taught) if reading.taught else None


def mention_row(match: Match, post: Post) -> Mention:
    return Mention(
        brand_id=post.brand_id,
        post=post,
        watch=match.watch,
        kind=match.kind,
        terms=list(match.terms),
        spans=[list(span) for span in match.spans],
    )


def judgement_row(
    judgements: Judgements, i: int, post: Post, *, reading: Reading, context: contexts.Context,
    version: PlanVersion, now: datetime,
) -> Judgement:  # fmt: skip
    route = judgements.route[i]
    deadlines = route.deadlines
    return Judgement(
        brand_id=post.brand_id,
        post=post,
        reading=reading,
        plan_version=version,
        rules=judgements.rules,
        light=judgements.light[i],
        text_light=judgements.text_light[i],
        reach_level=judgements.reach_level[i],
        reasons=msgspec.to_builtins(judgements.reasons[i]),
        context=contexts.to_json(context),
        step=route.step,
        role=route.role,
        area=route.area or "",
        called=list(route.called),
        chain_waits=route.chain_waits,
        guides=list(route.guides),
        acknowledge_by=deadlines.acknowledge if deadlines else None,
        first_answer_by=deadlines.first_answer if deadlines else None,
        next_answer_by=deadlines.next_answer if deadlines else None,
        resolve_by=deadlines.resolution if deadlines else None,
        statutory_by=deadlines.statutory if deadlines else None,
        law=(deadlines.law if deadlines else "") or "",
        wakes=route.wakes,
        judged_at=now,
    )


def reasons_of(judgement: Judgement) -> tuple[Reason, ...]:
    """The stored reasons as the engine's values; `engine.messages.say` puts them into words."""
    return msgspec.convert(judgement.reasons, tuple[Reason, ...])


def context_of(judgement: Judgement) -> contexts.Context:
    return contexts.from_json(judgement.context)
