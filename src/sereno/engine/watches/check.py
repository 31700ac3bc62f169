"""What is wrong with the watches of a plan, in sentences for the person who writes it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sereno.engine.fold import fold
from sereno.engine.plan.fault_words import Value, say
from sereno.engine.plan.model import Term, Watch
from sereno.engine.watches.match import WatchError, look_of, tree_of
from sereno.engine.watches.rule import Look, RuleError, Tree, holds, looks

_MOST_TRIES = 100_000
_LOOKS_LIKE_A_RULE = re.compile(r"\b(?:AND|OR|NOT)\b.*\S|^(?:exact|forms[a-z.]*):\S|^\(.*\)$")


@dataclass(frozen=True, slots=True)
class WatchFault:
    """What is wrong with a watch; its words are made from the code (`plan/fault_words.py`)."""

    watch: str
    code: str
    values: Mapping[str, Value] = field(default_factory=dict)


def watch_faults(watches: Sequence[Watch]) -> list[WatchFault]:
    """Every fault of every watch."""
    return [WatchFault(watch.watch, code, values) for watch in watches for code, values in _faults(watch)]


def check_watches(watches: Sequence[Watch]) -> list[tuple[str, str]]:
    """Every fault of every watch in English, as (name of the watch, what is wrong and the way out)."""
    return [(fault.watch, say(fault.code, fault.values)) for fault in watch_faults(watches)]


_Found = tuple[str, Mapping[str, Value]]


def _faults(watch: Watch) -> Iterator[_Found]:
    for term in (*watch.terms, *watch.never):
        yield from _faults_of_term(term)
    try:
        tree = tree_of(watch)
    except RuleError as error:
        yield error.code, {**error.values, "in_rule": str(watch.rule), "character": str(error.position + 1)}
        return
    except WatchError as error:
        yield error.code, error.values
        return
    for look in dict.fromkeys(look for look, _ in looks(tree)):
        yield from _too_short(look)
    yield from _never_matches(watch, tree)


def _faults_of_term(term: Term | str) -> Iterator[_Found]:
    text = term if isinstance(term, str) else term.term
    if _LOOKS_LIKE_A_RULE.search(text):
        yield "watch-term-like-a-rule", {"term": text}


def _too_short(look: Look) -> Iterator[_Found]:
    folded = fold(look.text)
    if len(folded) != 1 or look.exact:
        return
    if folded.isascii() and folded.isalnum():
        yield "watch-term-of-one-letter", {"term": look.text}
    elif folded.isascii():
        yield "watch-term-of-one-sign", {"term": look.text}


def _never_matches(watch: Watch, tree: Tree) -> Iterator[_Found]:
    ruled_out = {look_of(term) for term in watch.never}
    for term in watch.terms:
        if look_of(term) in ruled_out:
            yield "watch-term-ruled-out", {"term": term if isinstance(term, str) else term.term}
    if watch.rule is not None and not _can_hold(tree):
        yield "watch-never-matches", {"rule": watch.rule}


def _can_hold(tree: Tree) -> bool:
    """Whether any set of found terms satisfies the rule. Asked of small rules only: it tries all sets."""
    written = [look for look, _ in looks(tree)]
    terms = list(dict.fromkeys(written))
    if len(terms) > 12 or len(written) << len(terms) > _MOST_TRIES:
        return True
    subsets = (frozenset(t for i, t in enumerate(terms) if n >> i & 1) for n in range(1 << len(terms)))
    return any(holds(tree, found) for found in subsets)
