"""From decisions to a correction, with its effect on decisions it has not seen."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sereno.engine.correction import (
    STANDS,
    Correction,
    Mask,
    Matrix,
    Ranks,
    Support,
    correct,
    features,
    kind_logits,
    look,
    means_something,
    part,
    text_ranks,
    traits_of,
)
from sereno.engine.fold import fold
from sereno.engine.learning.asked import Asking, light_ranks, mask
from sereno.engine.learning.decisions import Agreement, Decision, Effect, Lesson, TooFew
from sereno.engine.learning.regression import fit_kinds, fit_yes
from sereno.engine.plan.model import LIGHTS, Plan
from sereno.engine.read import KINDS, Kind, Readings

FEWEST_DECISIONS = 20
"""Overruled decisions below which nothing is fitted: less is an anecdote."""
FEWEST_EVENTS = 5
"""Distinct events (an author, a conversation) that they must come from, so that some can be held out."""
FEWEST_POSTS = FEWEST_AUTHORS = 3
"""Of a word, before it may be a feature: what fewer people wrote may be about one of them."""
MOST_WORDS = 300
FOLDS = 5


def learn(readings: Readings, decisions: Sequence[Decision], plan: Plan, *, number: int) -> Lesson | TooFew:
    """The correction that these decisions teach. `readings` are the reader's own of their texts, without a correction.

    `number` is the number that the correction gets within the brand.
    """
    overruled = [d for d in decisions if d.overruled]
    if len(overruled) < FEWEST_DECISIONS:
        return TooFew("decisions", len(overruled), FEWEST_DECISIONS)
    groups = _groups(decisions)
    events = len({groups[i] for i, d in enumerate(decisions) if d.overruled})
    if events < FEWEST_EVENTS:
        return TooFew("events", events, FEWEST_EVENTS)
    lesson = _Lesson(readings, decisions, plan)
    targets = lesson.targets
    if not targets.teachable.any():
        return TooFew("nothing_to_teach", 0, 1)
    everything = list(range(len(decisions)))
    return Lesson(
        correction=replace(lesson.fit(everything), number=number),
        effect=lesson.held_out(groups),
        overruled=len(overruled),
        stood=len(decisions) - len(overruled),
        people=len({d.by for d in overruled}),
        held_by_words=int(targets.held.sum()),
        beyond=int((targets.beyond & ~targets.held).sum()),
    )


def _groups(decisions: Sequence[Decision]) -> list[int]:
    """Which decisions belong together: of one author, of one event, in the same words, or so over several steps."""
    root = list(range(len(decisions)))

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    first: dict[tuple[str, str], int] = {}
    for i, decision in enumerate(decisions):
        for key in (("author", decision.author), ("event", decision.event), ("text", fold(decision.text))):
            if key[1]:
                root[find(i)] = find(first.setdefault(key, i))
    return [find(i) for i in range(len(decisions))]


class _Lesson:
    """The decisions with all that fitting and measuring need, computed once."""

    def __init__(self, readings: Readings, decisions: Sequence[Decision], plan: Plan) -> None:
        self.readings, self.decisions, self.plan = readings, decisions, plan
        self.seen = look([d.text for d in decisions], readings.language)
        asking = Asking(readings, decisions, self.seen, plan)
        self.grave, self.lights, self.wanted = asking.grave, asking.lights, asking.wanted
        self.targets = asking.targets()
        self.red = text_ranks(readings, plan) == LIGHTS.index("red")
        self.lowercase = [_written_small(d.text) for d in decisions]

    # -- fitting -------------------------------------------------------------------------------------------------

    def fit(self, places: Sequence[int]) -> Correction:
        """The correction that the decisions at these places teach."""
        decisions = [self.decisions[i] for i in places]
        words, traits = self._vocabulary(places)
        blank = Correction(
            decisions=sum(d.overruled for d in decisions), support=self._support(places), words=words, traits=traits
        )
        readings = part(self.readings, places)
        x = features(readings, look([d.text for d in decisions], readings.language), blank)
        targets, rows = self.targets, list(places)
        weight = targets.weight[rows]
        kind = fit_kinds(x, kind_logits(readings), targets.kinds[rows], weight)
        offset = np.where(mask("weighty" in claims for claims in readings.claims), STANDS, -STANDS)
        weighty = fit_yes(x, offset, targets.weighty[rows], weight)
        risky = fit_yes(x, np.where(self.grave[rows], STANDS, -STANDS), targets.risky[rows], weight)
        return replace(
            blank,
            kind={name: _plain(kind[:, k]) for k, name in enumerate(KINDS)},
            weighty=_plain(weighty),
            risky=_plain(risky),
        )

    def _support(self, places: Sequence[int]) -> Support:
        softened = [i for i in places if self.decisions[i].overruled and self.red[i] and self.wanted[i] < 2]
        below = [i for i in softened if self.wanted[i] < LIGHTS.index("amber")]
        people = [len({self.decisions[i].by for i in each}) for each in (softened, below)]
        return Support(len(softened), people[0], len(below), people[1])

    def _vocabulary(self, places: Sequence[int]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Words and traits that enough posts of enough people share; words first by overruled decisions."""
        posts: Counter[str] = Counter()
        said: Counter[str] = Counter()
        authors: defaultdict[str, set[str]] = defaultdict(set)
        layout = self.seen.layout
        for i in places:
            decision = self.decisions[i]
            words = {layout.words[w] for w in self.seen.words(i)} & self.lowercase[i]
            names = [word for word in words if means_something(word)]
            for name in (*names, *traits_of(self.readings, i)):
                posts[name] += 1
                said[name] += decision.overruled
                # who has no name counts as one and the same
                authors[name].add(decision.author)
        # what every post has tells nothing, and would only add to the shift that all of them get
        shared = [
            name for name in posts if FEWEST_POSTS <= posts[name] < len(places) and len(authors[name]) >= FEWEST_AUTHORS
        ]
        shared.sort(key=lambda name: (-said[name], -posts[name], name))
        chosen = [name for name in shared if "." not in name]
        return tuple(chosen[:MOST_WORDS]), tuple(sorted(name for name in shared if "." in name))

    # -- measuring -----------------------------------------------------------------------------------------------

    def held_out(self, groups: Sequence[int]) -> Effect:
        """Each decision as a correction gives it that was fitted without its group."""
        after, kinds = self.lights.copy(), list(self.readings.kind)
        for held_out in _folds(groups, mask(d.overruled for d in self.decisions)):
            out = set(held_out)
            correction = self.fit([i for i in range(len(self.decisions)) if i not in out])
            texts = [self.decisions[i].text for i in held_out]
            corrected = correct(part(self.readings, held_out), texts, correction, self.plan)
            ranks = light_ranks(corrected, [self.decisions[i].context for i in held_out], self.plan)
            for place, i in enumerate(held_out):
                after[i], kinds[i] = ranks[place], corrected.kind[place]
        return self._effect(after, kinds)

    def _effect(self, after: Ranks, kinds: Sequence[Kind]) -> Effect:
        before_right, after_right = self.lights == self.wanted, after == self.wanted
        overruled = mask(d.overruled for d in self.decisions)

        def agreement(of: str, rows: Mask) -> Agreement:
            return Agreement(of, int(rows.sum()), int(before_right[rows].sum()), int(after_right[rows].sum()))

        named = [(kind, [i for i, d in enumerate(self.decisions) if d.kind == kind]) for kind in KINDS]
        ranks = [("red", 2), ("amber", 1), ("green", 0), ("none", -1)]
        return Effect(
            overruled=agreement("overruled", overruled),
            stood=agreement("stood", ~overruled),
            lights=tuple(agreement(of, self.wanted == rank) for of, rank in ranks if (self.wanted == rank).any()),
            kinds=tuple(
                Agreement(kind, len(rows), sum(self.readings.kind[i] == kind for i in rows),
                          sum(kinds[i] == kind for i in rows))
                for kind, rows in named
                if rows
            ),
        )  # fmt: skip


def _plain(weights: Matrix) -> tuple[float, ...]:
    return tuple(float(w) for w in np.round(weights, 4).tolist())


def _written_small(text: str) -> frozenset[str]:
    """Folded words that stand in the text with a small first letter: names, mostly, do not."""
    letters = [c for c in text if c.isalpha()]
    shouting = len(letters) > 3 and sum(c.isupper() for c in letters) > len(letters) / 2
    words = "".join(c if c.isalnum() or c in "'’" else " " for c in text).split()
    return frozenset(fold(word) for word in words if not shouting and word[0].islower())


def _folds(groups: Sequence[int], overruled: Mask) -> list[list[int]]:
    """Parts with about as many decisions of either sort each; a group stands in one part alone."""
    members: defaultdict[int, list[int]] = defaultdict(list)
    for i, group in enumerate(groups):
        members[group].append(i)
    parts: list[list[int]] = [[] for _ in range(FOLDS)]
    said, stood = [0] * FOLDS, [0] * FOLDS
    order = sorted(members.values(), key=lambda each: (-int(overruled[each].sum()), -len(each), each[0]))
    for each in order:
        decided = int(overruled[each].sum())
        load = said if decided else stood
        lightest = min(range(FOLDS), key=lambda k: (load[k], k))
        parts[lightest].extend(each)
        said[lightest] += decided
        stood[lightest] += len(each) - decided
    return [sorted(each) for each in parts if each]
