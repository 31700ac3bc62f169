"""What the plan checker says about watches."""

from __future__ import annotations

import pytest

from sereno.engine.plan.model import Term, Watch
from sereno.engine.watches import check_watches


@pytest.mark.parametrize(
    ("watch", "says"),
    [
        (Watch(watch="w", rule="acme", terms=("acme",)), "has both `rule` and `terms`"),
        (Watch(watch="w"), "has neither `rule` nor `terms`"),
        (Watch(watch="w", rule="acme AND (broken"), "character 10: this parenthesis is never closed"),
        (Watch(watch="w", rule="NOT jobs"), "say what to look for first"),
        (Watch(watch="w", terms=("x",)), "term 'x' is one letter"),
        (Watch(watch="w", rule="acme NOT é"), "term 'é' is one letter"),
        (Watch(watch="w", terms=("!",)), "one punctuation mark"),
        (Watch(watch="w", terms=("  ",)), "empty term"),
        (Watch(watch="w", terms=("acme",), never=("acme",)), "under `terms` and under `never`"),
        (Watch(watch="w", terms=("exact:Play",)), "reads like a rule"),
        (Watch(watch="w", terms=("acme AND broken",)), "reads like a rule"),
        (Watch(watch="w", rule="acme NOT acme"), "can never match"),
        (Watch(watch="w", terms=(Term(term="Żabka", forms=("xx",)),)), "there are en, es, pl"),
    ],
)
def test_a_fault_is_named_with_the_way_out(watch: Watch, says: str) -> None:
    faults = check_watches([watch])
    assert [name for name, _ in faults] == ["w"]
    assert says in faults[0][1]


@pytest.mark.parametrize(
    "watch",
    [
        Watch(watch="w", rule="acme AND (broken OR refund) NOT jobs"),
        Watch(watch="w", terms=("C&A", "50+", "🤮", "麦", "Do it")),
        Watch(watch="w", terms=(Term(term="X", exact=True), Term(term="Żabka", forms=("pl",)))),
        Watch(watch="w", terms=("delta",), never=("river delta",)),
    ],
)
def test_a_sound_watch_has_no_fault(watch: Watch) -> None:
    assert check_watches([watch]) == []


def test_the_faults_of_all_watches_are_told_at_once() -> None:
    faults = check_watches([Watch(watch="a", rule="("), Watch(watch="b", terms=("x", "y"))])
    assert [name for name, _ in faults] == ["a", "b", "b"]
