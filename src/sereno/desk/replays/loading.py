"""Stored judgements as columns: a page at a time, by the posts' keys, without a model instance a row.

JSON comes as the database's text and is decoded by msgspec into the engine's own values. A judgement's context is taken
as it stands beside it, so a replay of the plan that gave it gives the same again.

What the team decided of a post:

- the light that a person set and that still holds; else
- the light it was given, where the post decided the light of a case that was answered or closed as it was. A case
  closed as spam, a duplicate or not about us says nothing, nor does a post of which a person corrected the kind. The
  same counts for learning (`learning/queries.py`).

Its answer is the first post of ours in its case that was written no earlier than it was.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
import numpy as np
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from sereno.desk.accounts.models import Brand
from sereno.desk.cases.models import CasePost, CaseState
from sereno.desk.learning.queries import NO_OPINION
from sereno.desk.listening.models import Judgement, KindOverrule, Overrule
from sereno.engine.columns import Coded, Indices, Instants, instants
from sereno.engine.context import Context, Contexts
from sereno.engine.plan.model import LIGHTS
from sereno.engine.read import Readings
from sereno.engine.replay import NOT_DECIDED, Past
from sereno.engine.replay.outcome import Outcome
from sereno.engine.replay.past import Ranks

PAGE = 20_000
_RANK: dict[str | None, int] = {None: -1, **{light: rank for rank, light in enumerate(LIGHTS)}}
_COLUMNS = (
    "post_id", "judged_at", "plan_version_id", "rules", "light", "step", "role", "wakes", "first_answer_by",
    "resolve_by", "context_text", "reading__model", "reading__language", "reading__kind", "reading__kind_probability",
    "reading__complaint", "reading__polarity", "reading__severity", "reading__hostile", "reading__call_to_action",
    "risks_text", "claims_text", "reading__topic",
)  # fmt: skip
_context_of = msgspec.json.Decoder(Context).decode
_risks_of = msgspec.json.Decoder(tuple[str, ...]).decode
_claims_of = msgspec.json.Decoder(frozenset[str]).decode


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """What stands in the inbox; every column has length n."""

    versions: Indices
    """Key of the plan version that gave it."""
    rules: Coded[str]
    light: Ranks
    step: Coded[str]
    role: Coded[str]
    wakes: Any
    first_answer_by: Instants
    resolve_by: Instants

    @classmethod
    def joined(cls, parts: Sequence[Standing]) -> Standing:
        def each(name: str) -> Any:
            columns = [getattr(part, name) for part in parts]
            return Coded.joined(columns) if isinstance(columns[0], Coded) else np.concatenate(columns)

        return cls(**{name: each(name) for name in cls.__slots__})

    def same_as(self, outcome: Outcome, rows: Indices) -> int:
        """How many of these rows the outcome repeats: light, step, role, who is woken, deadlines."""
        same = (
            (self.light[rows] == outcome.light[rows])
            & ~self.step.take(rows).differs(outcome.step.take(rows))
            & ~self.role.take(rows).differs(outcome.role.take(rows))
            & (self.wakes[rows] == outcome.wakes[rows])
            & _alike(self.first_answer_by[rows], outcome.first_answer_by[rows])
            & _alike(self.resolve_by[rows], outcome.resolve_by[rows])
        )
        return int(same.sum())


def _alike(one: Instants, other: Instants) -> Any:
    return (one == other) | (np.isnat(one) & np.isnat(other))


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """Some posts of the past, in the order of their keys."""

    posts: Indices
    past: Past
    standing: Standing
    models: dict[str, int]
    overruled: int
    stood: int


def judged(brand: Brand, since: datetime | None) -> QuerySet[Judgement]:
    """The judgements that stand, one a post."""
    rows = Judgement.objects.filter(brand=brand, current=True)
    return rows if since is None else rows.filter(post__received_at__gte=since)


class Answers:
    """When we answered in each case."""

    def __init__(self, brand: Brand) -> None:
        self._by_case: dict[int, list[datetime]] = {}
        ours = CasePost.objects.filter(case__brand=brand, post__own=True)
        rows = ours.values_list("case_id", "post__created_at", "post__received_at")
        for case, created, received in rows.iterator(chunk_size=PAGE):
            self._by_case.setdefault(case, []).append(min(created or received, received))
        for times in self._by_case.values():
            times.sort()

    def first(self, case: int | None, written: datetime) -> datetime | None:
        times = self._by_case.get(case, []) if case is not None else []
        place = bisect_left(times, written)
        return times[place] if place < len(times) else None


def pages(brand: Brand, since: datetime | None, answers: Answers) -> Iterator[Page]:
    """The whole past, page after page. A connection may be closed in between."""
    texts = {
        "context_text": Cast("context", TextField()),
        "risks_text": Cast("reading__risks", TextField()),
        "claims_text": Cast("reading__claims", TextField()),
    }
    rows = judged(brand, since).annotate(**texts).order_by("post_id")
    last = 0
    while True:
        found = list(rows.filter(post_id__gt=last).values_list(*_COLUMNS)[:PAGE])
        if not found:
            return
        yield _page(brand, dict(zip(_COLUMNS, zip(*found, strict=True), strict=True)), answers)
        last = found[-1][0]


def _page(brand: Brand, c: dict[str, Sequence[Any]], answers: Answers) -> Page:
    contexts = [_seen(_context_of(text), at) for text, at in zip(c["context_text"], c["judged_at"], strict=True)]
    decided, cases, overruled, stood = _decided(brand, c["post_id"], c["light"])
    models: dict[str, int] = {}
    for model in c["reading__model"]:
        models[model] = models.get(model, 0) + 1
    answered = [
        answers.first(cases.get(post), min(x.created_at or x.received_at, x.received_at)) if not x.own else None
        for post, x in zip(c["post_id"], contexts, strict=True)
    ]
    past = Past.of(
        [str(post) for post in c["post_id"]], _readings(c, models), Contexts(contexts), decided=decided,
        answered_at=answered,
    )  # fmt: skip
    return Page(np.array(c["post_id"], dtype=np.intp), past, _standing(c), models, overruled, stood)


def _seen(context: Context, judged_at: datetime) -> Context:
    """A sender's clock may run ahead: no deadline starts later than the judgement did."""
    if context.received_at <= judged_at:
        return context
    return msgspec.structs.replace(context, received_at=judged_at)


def _readings(c: dict[str, Sequence[Any]], models: dict[str, int]) -> Readings:
    def floats(name: str) -> Any:
        return np.array(c[f"reading__{name}"], dtype=np.float32)

    return Readings(
        model=" · ".join(sorted(models)),
        language=c["reading__language"],
        kind=c["reading__kind"],
        kind_probability=floats("kind_probability"),
        complaint=floats("complaint"),
        polarity=c["reading__polarity"],
        severity=c["reading__severity"],
        hostile=floats("hostile"),
        call_to_action=floats("call_to_action"),
        risks=[_risks_of(text) for text in c["risks_text"]],  # type: ignore[misc]  # stored from the same literal
        claims=[_claims_of(text) for text in c["claims_text"]],
        topic=c["reading__topic"],
        evidence=[()] * len(c["post_id"]),
    )


def _standing(c: dict[str, Sequence[Any]]) -> Standing:
    return Standing(
        versions=np.array(c["plan_version_id"], dtype=np.intp),
        rules=Coded.of(c["rules"]),
        light=np.array([_RANK[light] for light in c["light"]], dtype=np.int8),
        step=Coded.of(c["step"]),
        role=Coded.of(c["role"]),
        wakes=np.array(c["wakes"], dtype=np.bool_),
        first_answer_by=instants(c["first_answer_by"]),
        resolve_by=instants(c["resolve_by"]),
    )


def _decided(
    brand: Brand, posts: Sequence[int], lights: Sequence[str | None]
) -> tuple[list[int], dict[int, int], int, int]:
    """For each post what the team decided, the case of each, how many lights were set, how many stood."""
    span = {"post_id__gte": posts[0], "post_id__lte": posts[-1]}  # posts are in the order of their keys
    told = Overrule.objects.filter(brand=brand, current=True, **span).values_list("post_id", "to_light")
    set_by_people = {post: _RANK[light] for post, light in told}
    kinds = set(KindOverrule.objects.filter(brand=brand, current=True, **span).values_list("post_id", flat=True))
    cases, deciding = {}, set()
    rows = CasePost.objects.filter(case__brand=brand, **span).values_list(
        "post_id", "case_id", "case__state", "case__closure_reason", "case__deciding_post_id", "post__own"
    )
    for post, case, state, reason, decides, own in rows.iterator(chunk_size=PAGE):
        cases[post] = case
        settled = state in (CaseState.ANSWERED, CaseState.CLOSED) and reason not in NO_OPINION
        if settled and post == decides and not own and post not in kinds:
            deciding.add(post)
    decided = [
        set_by_people.get(post, _RANK[light] if post in deciding else NOT_DECIDED)
        for post, light in zip(posts, lights, strict=True)
    ]
    return decided, cases, len(set_by_people), len(deciding - set_by_people.keys())
