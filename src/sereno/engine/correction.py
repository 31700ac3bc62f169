"""A brand's correction: what its team taught, as small shifts on top of a reader, within hard limits (ADR 13).

Applied after any reader and before `judge`. It moves readings, never lights: the plan alone decides those. Three things
can move: the kind, whether a complaint is `weighty`, and the risks that a model raised alone. Whatever moves is told in
`Readings.taught`; a row that no weight moves over a line stays as it was, to the last digit.

What no correction can do, however it was taught:

- touch a text in which somebody speaks of harming themselves, or in which violence is threatened;
- take away a risk or a claim for which sure words of the lexicon stand in the text, or make such a text milder;
- make a text that the plan reads as red milder than amber, unless enough decisions of several people ask for it
  (`Support`); below that, what is red stays red;
- name a risk of which no word stands in the text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sereno.engine.context import Context, Contexts
from sereno.engine.judge import judge
from sereno.engine.language import little_words
from sereno.engine.plan.model import LIGHTS, Plan
from sereno.engine.read import KINDS, RISKS, Change, Evidence, Kind, Reader, Readings, Taught
from sereno.engine.reading.features import prefix_sums
from sereno.engine.reading.layout import Layout, lay_out
from sereno.engine.reading.lexicon import SIGNALS, columns, load_lexicon

VERSION = 1
"""Raise it when the same weights would give another reading."""
REACH = 4.0
"""No shift is larger than this, in log-odds."""
STANDS = 1.5
"""How firmly the reader is taken to mean what it says about `weighty` and risks, in log-odds: it tells no more than
yes or no."""
RED_DECISIONS, RED_PEOPLE = 10, 2
"""From so many overruled reds, by at least so many people, a correction may make a red text milder. Constants until a
brand asks for its own: a lower line would let one bad night silence an alarm."""
FEWEST_LETTERS = 3
_WORDS_SHOWN = 3

DANGER = frozenset({"self_harm", "threat"})
GRAVE_CLAIMS = frozenset({"fraud_system", "legal_filed", "press", "boycott", *DANGER})
SERIOUS: tuple[Kind, ...] = ("complaint", "news", "attack")
"""Kinds in which what a text claims counts."""
OF_MODEL_ALONE = frozenset({"fraud_system", "legal_filed"})
"""Grave claims that a model may raise without sure words; the others need words, and stay."""

Matrix = NDArray[np.float64]
Mask = NDArray[np.bool_]
Ranks = NDArray[np.int64]
_SOME_DAY = datetime(2026, 1, 5, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Support:
    """How many decisions, by how many people, made a red text milder; and how many milder than amber."""

    decisions: int = 0
    people: int = 0
    decisions_below_amber: int = 0
    people_below_amber: int = 0

    @property
    def may_soften(self) -> bool:
        """Red to amber."""
        return self.decisions >= RED_DECISIONS and self.people >= RED_PEOPLE

    @property
    def may_soften_below_amber(self) -> bool:
        return self.decisions_below_amber >= RED_DECISIONS and self.people_below_amber >= RED_PEOPLE


@dataclass(frozen=True)
class Correction:
    """The shifts of one brand. Words are folded. Each weight list is one for everything, then words, then traits."""

    number: int = 0
    """Of the brand's corrections."""
    decisions: int = 0
    """Overruled decisions it was made from."""
    support: Support = Support()
    words: tuple[str, ...] = ()
    traits: tuple[str, ...] = ()
    """What the reading itself says, such as `topic.delivery`."""
    kind: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    """By kind; one that is left out does not move."""
    weighty: tuple[float, ...] = ()
    risky: tuple[float, ...] = ()
    """Towards the risks that stand, and towards those that words hint at."""
    version: int = VERSION

    @cached_property
    def place(self) -> dict[str, int]:
        return {name: 1 + i for i, name in enumerate((*self.words, *self.traits))}

    @property
    def width(self) -> int:
        return 1 + len(self.words) + len(self.traits)

    def table(self) -> Matrix:
        """Every weight: a row for each feature; the kinds' columns, then `weighty`, then `risky`."""
        rows = [self.kind.get(kind, ()) for kind in KINDS]
        return np.column_stack([_weights(row, self.width) for row in (*rows, self.weighty, self.risky)])


def _weights(row: Sequence[float], width: int) -> Matrix:
    if row and len(row) != width:
        raise ValueError(f"a correction with {width - 1} features has {len(row)} weights; it is damaged, learn it anew")
    return np.nan_to_num(np.array(row, dtype=np.float64)) if row else np.zeros(width)


@dataclass(frozen=True, slots=True)
class Texts:
    """A batch as a correction sees it: its words, and what the lexicon finds in it."""

    layout: Layout
    sure: Mask
    """By text and signal: whether sure words speak for it."""
    hinted: Mask
    """The same, or words that are only a hint."""

    def words(self, text: int) -> range:
        first = self.layout.first_word
        return range(int(first[text]), int(first[text + 1]))

    def said(self, signal: str) -> Mask:
        return np.asarray(self.sure[:, SIGNALS.index(signal)])

    def sure_words(self, text: int) -> frozenset[str]:
        """Risks and claims of which sure words stand in the text."""
        names = (SIGNALS[j].partition(".") for j in np.flatnonzero(self.sure[text]).tolist())
        return frozenset(name for group, _, name in names if group in ("risk", "claims"))

    def stands_by_words(self, readings: Readings, text: int) -> bool:
        """Whether sure words speak for something that the reading claims."""
        return not self.sure_words(text).isdisjoint((*readings.risks[text], *readings.claims[text]))


def look(texts: Sequence[str], languages: Sequence[str]) -> Texts:
    layout = lay_out(texts)
    hits = columns(load_lexicon().scan(layout, prefix_sums(layout), languages), len(texts)).astype(np.bool_)
    sure, soft = hits[:, : len(SIGNALS)], hits[:, len(SIGNALS) :]
    return Texts(layout, sure, sure | soft)


def means_something(word: str) -> bool:
    """Whether a folded word may be a feature: no numbers, no little words. Handles and addresses are blanked before."""
    return len(word) >= FEWEST_LETTERS and word.isalpha() and word not in little_words()


def traits_of(readings: Readings, i: int) -> list[str]:
    """What a reading says of itself, as features."""
    told = [f"topic.{readings.topic[i]}", f"kind.{readings.kind[i]}", f"polarity.{readings.polarity[i]}"]
    if readings.severity[i] is not None:
        told.append(f"severity.{readings.severity[i]}")
    told.extend(f"risk.{risk}" for risk in readings.risks[i])
    told.extend(f"claim.{claim}" for claim in sorted(readings.claims[i]))
    return told


def features(readings: Readings, seen: Texts, correction: Correction) -> Matrix:
    """One row a text. Words share a length of one, so that a long text is not shifted further than a short one."""
    table = np.zeros((len(readings), correction.width))
    table[:, 0] = 1.0
    place, words = correction.place, seen.layout.words
    for i in range(len(readings)):
        held = {place[words[w]] for w in seen.words(i) if words[w] in place}
        if held:
            table[i, list(held)] = len(held) ** -0.5
        for trait in traits_of(readings, i):
            if trait in place:
                table[i, place[trait]] = 1.0
    return table


def kind_logits(readings: Readings) -> Matrix:
    """What the reader left of its opinion on kinds, as log-odds: the kind it gave is always the likeliest."""
    n, others = len(readings), len(KINDS) - 1
    given = np.array([KINDS.index(kind) for kind in readings.kind], dtype=np.int64)
    p = np.asarray(readings.kind_probability, dtype=np.float64).clip(0.02, 0.98)
    table = np.repeat(((1 - p) / others)[:, None], len(KINDS), axis=1)
    complaint = KINDS.index("complaint")
    share = np.minimum(np.asarray(readings.complaint, dtype=np.float64), 1 - p).clip(0.005, None)
    table[:, complaint] = np.maximum(table[:, complaint], share)
    rows = np.arange(n)
    table[rows, given] = 0.0
    table[rows, given] = np.maximum(p, 1.05 * table.max(axis=1, initial=0.0))
    return np.log(table)


def is_grave(readings: Readings) -> Mask:
    """Texts with a risk, or with a claim that plans answer with red."""
    return _mask(
        bool(risks) or not GRAVE_CLAIMS.isdisjoint(claims)
        for risks, claims in zip(readings.risks, readings.claims, strict=True)
    )


def _mask(values: Any) -> Mask:
    return np.fromiter(values, dtype=np.bool_)


def correct(readings: Readings, texts: Sequence[str], correction: Correction, plan: Plan | None = None) -> Readings:
    """The readings as the team would have them, within the limits. `texts` are those that were read.

    With `plan`, the limits hold for its lights too, whatever its rules ask for. The model's version gets the
    correction's number: readings with and without are never mistaken for each other.
    """
    if len(readings) != len(texts):
        raise ValueError(f"{len(readings)} readings but {len(texts)} texts; correct wants one text a reading")
    model = f"{readings.model}+brand{correction.number}"
    seen = look(texts, readings.language)
    moved = _Moving(readings, seen, correction).moved()
    if plan is not None:
        moved = _held(readings, moved, seen, correction.support, plan)
    return replace(_joined(readings, moved, correction), model=model)


@dataclass(frozen=True, slots=True)
class _Row:
    """What a correction makes of one reading; only rows that changed."""

    values: dict[str, Any]
    changes: tuple[Change, ...]
    evidence: tuple[Evidence, ...]


class _Moving:
    """One batch: which values go over a line, and which of them may."""

    def __init__(self, readings: Readings, seen: Texts, correction: Correction) -> None:
        self.readings, self.seen, self.correction = readings, seen, correction
        self.features = features(readings, seen, correction)
        self.weights = correction.table()
        self.shift = np.clip(self.features @ self.weights, -REACH, REACH)
        self.grave = is_grave(readings)

    def moved(self) -> dict[int, _Row]:
        logits = kind_logits(self.readings) + self.shift[:, : len(KINDS)]
        best = logits.argmax(axis=1)
        weighty = (
            self.shift[:, len(KINDS)] + np.where(_mask("weighty" in c for c in self.readings.claims), 1, -1) * STANDS
        )
        risky = self.shift[:, len(KINDS) + 1] + np.where(self.grave, 1, -1) * STANDS
        given = np.array([KINDS.index(kind) for kind in self.readings.kind], dtype=np.int64)
        has = _mask("weighty" in c for c in self.readings.claims)
        over = (best != given) | ((weighty > 0) != has) | ((risky > 0) != self.grave)
        likely = np.exp(logits - logits.max(axis=1, keepdims=True))
        likely /= likely.sum(axis=1, keepdims=True)
        rows = {}
        for i in np.flatnonzero(over).tolist():
            if DANGER.isdisjoint(self.readings.claims[i]) and not self._in_danger(i):
                row = self._row(i, KINDS[best[i]], likely[i], weighty=weighty[i] > 0, risky=risky[i] > 0)
                if row.changes:
                    rows[i] = row
        return rows

    def _in_danger(self, i: int) -> bool:
        return any(bool(self.seen.said(f"claims.{claim}")[i]) for claim in DANGER)

    def _row(self, i: int, kind: Kind, likely: Matrix, *, weighty: bool, risky: bool) -> _Row:
        risks, claims = self.readings.risks[i], set(self.readings.claims[i])
        held = self.seen.sure_words(i)
        support, was = self.correction.support, self.readings.kind[i]
        if self.grave[i]:
            free = support.may_soften_below_amber and not held
            if not risky and (free or (support.may_soften and was in ("complaint", "attack"))):
                risks = tuple(risk for risk in risks if risk in held)
                claims -= {claim for claim in OF_MODEL_ALONE if claim not in held}
                weighty = weighty if free else True
            if not free:
                kind, weighty = was, weighty or "weighty" in claims
        elif risky:
            # raised only where words hint at a risk: a correction invents none
            risks = tuple(risk for risk in RISKS if self.seen.hinted[i, SIGNALS.index(f"risk.{risk}")])
        if was in SERIOUS and not held.isdisjoint((*risks, *claims)):
            kind = was  # a claim that words stand for would count for nothing in another kind
        weighty = weighty or "weighty" in held
        claims = (claims | {"weighty"}) if weighty else (claims - {"weighty"})
        values: dict[str, Any] = {"kind": kind, "risks": risks, "claims": frozenset(claims)}
        if kind != was:
            values |= self._of_kind(i, kind, likely)
        return _Row(values, self._changes(i, values), self._telling(i, values))

    def _of_kind(self, i: int, kind: Kind, likely: Matrix) -> dict[str, Any]:
        """What goes with another kind, so that a reading never contradicts itself."""
        complaint = float(likely[KINDS.index("complaint")])
        before = self.readings.severity[i]
        is_complaint = kind == "complaint"
        return {
            "kind_probability": round(float(likely[KINDS.index(kind)]), 4),
            "complaint": round(max(complaint, 0.5) if is_complaint else min(complaint, 0.49), 4),
            "severity": (before or "no_explicit_reproach") if is_complaint else None,
        }

    def _changes(self, i: int, values: Mapping[str, Any]) -> tuple[Change, ...]:
        was, changes = self.readings, []
        if values["kind"] != was.kind[i]:
            changes.append(Change("kind", was.kind[i], values["kind"]))
        for what, before, after in (
            ("risk", set(was.risks[i]), set(values["risks"])),
            ("claim", was.claims[i], values["claims"]),
        ):
            changes.extend(Change(what, name, None) for name in sorted(before - after))
            changes.extend(Change(what, None, name) for name in sorted(after - before))
        return tuple(changes)

    def _telling(self, i: int, values: Mapping[str, Any]) -> tuple[Evidence, ...]:
        """The words of the text that moved it, at most a few."""
        was = self.readings
        push = np.zeros(len(self.weights))
        if values["kind"] != was.kind[i]:
            push += self.weights[:, KINDS.index(values["kind"])] - self.weights[:, KINDS.index(was.kind[i])]
        for column, before, after in (
            (len(KINDS), "weighty" in was.claims[i], "weighty" in values["claims"]),
            (len(KINDS) + 1, bool(was.risks[i]), bool(values["risks"])),
        ):
            push += (int(after) - int(before)) * self.weights[:, column]
        layout, place = self.seen.layout, self.correction.place
        pushing = [(push[place[layout.words[w]]], w) for w in self.seen.words(i) if layout.words[w] in place]
        told = sorted(sorted(pushing, reverse=True)[:_WORDS_SHOWN], key=lambda pair: pair[1])
        return tuple(
            Evidence("team", *layout.span(i, int(layout.start[w]), int(layout.end[w])))
            for weight, w in told
            if weight > 0
        )


def _joined(readings: Readings, rows: Mapping[int, _Row], correction: Correction) -> Readings:
    taught: list[Taught | None] = [None] * len(readings)
    changed: dict[str, Any] = {}
    for i, row in rows.items():
        taught[i] = Taught(correction.number, correction.decisions, row.changes)
        for name, value in row.values.items():
            if name not in changed:
                column = getattr(readings, name)
                changed[name] = column.copy() if isinstance(column, np.ndarray) else list(column)
            changed[name][i] = value
    if any(row.evidence for row in rows.values()):
        changed["evidence"] = list(readings.evidence)
        for i, row in rows.items():
            changed["evidence"][i] = tuple(sorted({*readings.evidence[i], *row.evidence}))
    return replace(readings, **changed, taught=taught)


def _held(readings: Readings, rows: dict[int, _Row], seen: Texts, support: Support, plan: Plan) -> dict[int, _Row]:
    """Without the rows that would break a limit under this plan: they stay as they were read."""
    if not rows:
        return rows
    places = sorted(rows)
    few = part(readings, places)
    renumbered = {new: rows[old] for new, old in enumerate(places)}
    before = text_ranks(few, plan)
    after = text_ranks(_joined(few, renumbered, Correction()), plan)
    amber, red = LIGHTS.index("amber"), LIGHTS.index("red")
    held = _mask(seen.stands_by_words(readings, i) for i in places) & (after < before)
    floor = amber if support.may_soften else red
    if not support.may_soften_below_amber:
        held |= (before == red) & (after < floor)
    return {old: rows[old] for old, stays in zip(places, held.tolist(), strict=True) if not stays}


def text_ranks(readings: Readings, plan: Plan) -> NDArray[np.int64]:
    """The light of each text alone under the plan, as a rank: -1 none, 0 green, 1 amber, 2 red."""
    nobody = Contexts([Context(received_at=_SOME_DAY)] * len(readings))
    lights = judge(readings, nobody, plan, _SOME_DAY).text_light
    return np.array([LIGHTS.index(light) if light else -1 for light in lights], dtype=np.int64)


def part(readings: Readings, places: Sequence[int]) -> Readings:
    """Some rows of a batch, in this order."""
    return Readings(
        model=readings.model,
        **{
            each.name: _picked(getattr(readings, each.name), places)
            for each in fields(Readings)
            if each.name != "model"
        },
    )


def _picked(column: Any, places: Sequence[int]) -> Any:
    if isinstance(column, np.ndarray):
        return column[list(places)]
    return [column[i] for i in places] if len(column) else column


class CorrectedReader:
    """A reader with a brand's correction on top, under the brand's plan in force."""

    def __init__(self, reader: Reader, correction: Correction, plan: Plan, *, edition: int = 0) -> None:
        """`edition` is the plan's number: the limits hold for its lights, so another plan may read otherwise."""
        self._reader, self._correction, self._plan, self._edition = reader, correction, plan, edition

    @property
    def model(self) -> str:
        return self._named(self._reader.model)

    @property
    def trouble(self) -> str | None:
        return self._reader.trouble

    def _named(self, model: str) -> str:
        return f"{model}+brand{self._correction.number}.{self._edition}"

    def read(self, texts: Sequence[str], languages: Sequence[str | None]) -> Readings:
        readings = self._reader.read(texts, languages)
        corrected = correct(readings, texts, self._correction, self._plan)
        return replace(corrected, model=self._named(readings.model))
