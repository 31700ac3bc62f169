"""What is wrong with the watches of a plan, in sentences for the person who writes it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sereno.engine.fold import fold
from sereno.engine.plan.model import Term, Watch
from sereno.engine.watches.match import WatchError, look_of, tree_of
from sereno.engine.watches.rule import Look, RuleError, Tree, holds, looks

_LOOKS_LIKE_A_RULE = re.compile(r"\b(?:AND|OR|NOT)\b.*\S|^(?:exact|forms[a-z.]*):\S|^\(.*\)$")


def check_watches(watches: Sequence[Watch]) -> list[tuple[str, str]]:
    """Every fault of every watch, as (name of the watch, what is wrong and the way out)."""
    return [(watch.watch, message) for watch in watches for message in _faults(watch)]


def _faults(watch: Watch) -> Iterator[str]:
    for term in (*watch.terms, *watch.never):
        yield from _faults_of_term(term)
    try:
        tree = tree_of(watch)
    except RuleError as error:
        yield f"rule '{watch.rule}', {error}"
        return
    except WatchError as error:
        yield str(error)
        return
    for look in dict.fromkeys(look for look, _ in looks(tree)):
        yield from _too_short(look)
    yield from _never_matches(watch, tree)


def _faults_of_term(term: Term | str) -> Iterator[str]:
    text = term if isinstance(term, str) else term.term
    if _LOOKS_LIKE_A_RULE.search(text):
        yield (
            f"term '{text}' reads like a rule, but `terms` are looked for as they stand; write it under `rule`, or "
            'in a rule in quotes ("…") if the text itself is meant'
        )


def _too_short(look: Look) -> Iterator[str]:
    folded = fold(look.text)
    if len(folded) != 1 or look.exact:
        return
    if folded.isascii() and folded.isalnum():
        yield (
            f"term '{look.text}' is one letter and would match far too much; write a longer one, or ask for its exact "
            f"case (exact:{look.text})"
        )
    elif folded.isascii():
        yield f"term '{look.text}' is one punctuation mark and would match nearly every post; write a longer one"


def _never_matches(watch: Watch, tree: Tree) -> Iterator[str]:
    ruled_out = {look_of(term) for term in watch.never}
    for term in watch.terms:
        if look_of(term) in ruled_out:
            text = term if isinstance(term, str) else term.term
            yield f"term '{text}' stands under `terms` and under `never`; take one away"
    if watch.rule is not None and not _can_hold(tree):
        yield f"rule '{watch.rule}' can never match: what it asks for it also rules out"


def _can_hold(tree: Tree) -> bool:
    """Whether any set of found terms satisfies the rule. Asked of small rules only: it tries all sets."""
    terms = list(dict.fromkeys(look for look, _ in looks(tree)))
    if len(terms) > 12:
        return True
    subsets = (frozenset(t for i, t in enumerate(terms) if n >> i & 1) for n in range(1 << len(terms)))
    return any(holds(tree, found) for found in subsets)
