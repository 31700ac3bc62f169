"""What each decision asks of its reading: the smallest change under which the plan says what the team said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import msgspec
import numpy as np

from sereno.engine.context import Context, Contexts
from sereno.engine.correction import OF_MODEL_ALONE, SERIOUS, Mask, Matrix, Ranks, Texts, is_grave, part
from sereno.engine.judge import judge
from sereno.engine.learning.decisions import Decision
from sereno.engine.plan.model import LIGHTS, Plan
from sereno.engine.read import KINDS, RISKS, Kind, Readings
from sereno.engine.reading.lexicon import SIGNALS

STOOD = 0.75
"""What a decision weighs that nobody overruled: it may just not have been looked at. All of them together weigh no more
than four times the overruled ones."""
_NO_CHANGE, _WEIGHTY, _RISKS, _KIND = 0.0, 1.0, 1.5, 2.0
"""How large each change of a reading is taken to be; of several that do, the smallest is what the team meant."""


@dataclass(frozen=True, slots=True)
class Targets:
    """What each decision asks of its reading; -1 where it asks nothing."""

    kinds: Mask
    """Kinds that would do."""
    weighty: Ranks
    risky: Ranks
    weight: Matrix
    held: Mask
    """Asked against sure words."""
    beyond: Mask
    """Nothing in the reading would do."""
    teachable: Mask
    """Overruled, and some change would do."""


@dataclass(frozen=True, slots=True)
class _Variant:
    """A reading as it could have been."""

    kind: Kind
    weighty: bool
    risky: bool


_VARIANTS = [_Variant(kind, weighty, risky) for kind in KINDS for weighty in (False, True) for risky in (False, True)]


class Asking:
    """The decisions of one batch beside the plan."""

    def __init__(self, readings: Readings, decisions: Sequence[Decision], seen: Texts, plan: Plan) -> None:
        self.readings, self.decisions, self.seen, self.plan = readings, decisions, seen, plan
        self.grave = is_grave(readings)
        self.lights = light_ranks(readings, [d.context for d in decisions], plan)
        self.wanted = np.array([LIGHTS.index(d.light) if d.light else -1 for d in decisions], dtype=np.int64)

    def targets(self) -> Targets:
        n = len(self.decisions)
        given = np.array([KINDS.index(kind) for kind in self.readings.kind], dtype=np.int64)
        kinds = np.zeros((n, len(KINDS)), dtype=np.bool_)
        kinds[np.arange(n), given] = True
        weighty = mask("weighty" in claims for claims in self.readings.claims).astype(np.int64)
        risky = self.grave.astype(np.int64)
        beyond, held = np.zeros(n, dtype=np.bool_), np.zeros(n, dtype=np.bool_)
        asking = [i for i, d in enumerate(self.decisions) if self._asks(i, d)]
        best = self._smallest(asking)
        for i in asking:
            found = best[i]
            if not found:
                beyond[i] = True
                held[i] = self.seen.stands_by_words(self.readings, i) and self.wanted[i] < self.lights[i]
                kinds[i] = True
                weighty[i] = risky[i] = -1
                if self.decisions[i].kind is not None:
                    kinds[i] = [kind == self.decisions[i].kind for kind in KINDS]
                continue
            kinds[i] = [kind in {each.kind for each in found} for kind in KINDS]
            weighty[i] = _only({each.weighty for each in found})
            risky[i] = _only({each.risky for each in found})
        overruled = mask(d.overruled for d in self.decisions)
        told = mask(d.kind is not None for d in self.decisions)
        share = 4 * overruled.sum() / max(1, (~overruled).sum())
        return Targets(
            kinds, weighty, risky, np.where(overruled, 1.0, min(STOOD, share)), held, beyond,
            teachable=overruled & (~beyond | told),
        )  # fmt: skip

    def _asks(self, i: int, decision: Decision) -> bool:
        return self.wanted[i] != self.lights[i] or (decision.kind or self.readings.kind[i]) != self.readings.kind[i]

    def _smallest(self, asking: Sequence[int]) -> dict[int, list[_Variant]]:
        """For each of these decisions the smallest changes under which the plan says what the team said."""
        found: dict[int, list[_Variant]] = {i: [] for i in asking}
        if not asking:
            return found
        few, contexts = part(self.readings, asking), [self.decisions[i].context for i in asking]
        size = dict.fromkeys(asking, float("inf"))
        for variant in _VARIANTS:
            changed = self._varied(few, asking, variant)
            for place, rank in enumerate(light_ranks(changed, contexts, self.plan).tolist()):
                i = asking[place]
                if rank != self.wanted[i] or not self._may(i, variant):
                    continue
                change = self._size(i, variant)
                if change < size[i]:
                    size[i], found[i] = change, []
                if change == size[i]:
                    found[i].append(variant)
        return found

    def _varied(self, few: Readings, asking: Sequence[int], variant: _Variant) -> Readings:
        claims, risks = [], []
        for place, i in enumerate(asking):
            c, r = set(few.claims[place]), few.risks[place]
            words = self.seen.sure_words(i)
            c = (c | {"weighty"}) if variant.weighty else (c - {"weighty"})
            if variant.risky and not self.grave[i]:
                r = tuple(risk for risk in RISKS if self.seen.hinted[i, SIGNALS.index(f"risk.{risk}")])
            if not variant.risky:
                r = tuple(risk for risk in r if risk in words)
                c -= {claim for claim in OF_MODEL_ALONE if claim not in words}
            claims.append(frozenset(c))
            risks.append(r)
        return replace(few, kind=[variant.kind] * len(asking), claims=claims, risks=risks)

    def _may(self, i: int, variant: _Variant) -> bool:
        """Whether it can have been meant. A told kind is meant as told. Where none was told, a light can mean that a
        post is or is no complaint after all; that a complaint is an attack or news, only a person can say. And a claim
        that words stand for keeps its kind: so the limits want it."""
        told, was = self.decisions[i].kind, self.readings.kind[i]
        if told is not None and variant.kind != told:
            return False
        if variant.kind == was:
            return True
        if self.seen.stands_by_words(self.readings, i):
            return False
        return told is not None or (variant.kind == "complaint" if was not in SERIOUS else variant.kind not in SERIOUS)

    def _size(self, i: int, variant: _Variant) -> float:
        told = self.decisions[i].kind is not None
        return (
            (_KIND if variant.kind != self.readings.kind[i] and not told else _NO_CHANGE)
            + (_WEIGHTY if variant.weighty != ("weighty" in self.readings.claims[i]) else _NO_CHANGE)
            + (_RISKS if variant.risky != bool(self.grave[i]) else _NO_CHANGE)
        )


def _only(values: set[bool]) -> int:
    return int(next(iter(values))) if len(values) == 1 else -1


def mask(values: Iterable[bool]) -> Mask:
    return np.fromiter(values, dtype=np.bool_)


def light_ranks(readings: Readings, contexts: Sequence[Context], plan: Plan) -> Ranks:
    """The lights under the plan as ranks: -1 none, 0 green, 1 amber, 2 red."""
    latest = max(context.received_at for context in contexts) if contexts else None
    if latest is None:
        return np.zeros(0, dtype=np.int64)
    # backfilled: no deadline is asked for, and none is computed
    quiet = Contexts([_quiet(context) for context in contexts])
    lights = judge(readings, quiet, plan, latest).light
    return np.array([LIGHTS.index(light) if light else -1 for light in lights], dtype=np.int64)


def _quiet(context: Context) -> Context:
    return msgspec.structs.replace(context, backfilled=True)
