"""The rule language: text to tree, tree to text, and errors that show the way out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sereno.engine.fold import fold
from sereno.engine.watches.rule import (
    ALL_LANGUAGES,
    AllOf,
    AnyOf,
    Look,
    Not,
    RuleError,
    Tree,
    all_of,
    any_of,
    explain,
    holds,
    looks,
    negate,
    parse,
)

quick = settings(deadline=None, max_examples=200)


@pytest.mark.parametrize(
    ("rule", "normalised"),
    [
        ("acme", "acme"),
        ("acme AND (broken OR refund) NOT jobs", "acme AND (broken OR refund) NOT jobs"),
        ("acme (broken OR refund) AND NOT jobs", "acme AND (broken OR refund) NOT jobs"),
        ("a OR b c", "a OR b AND c"),
        ("((a)) OR ((b OR c))", "a OR b OR c"),
        ("a NOT (b OR c)", "a NOT (b OR c)"),
        ("NOT jobs acme", "NOT jobs AND acme"),
        ("a NOT NOT b", "a AND b"),
        ('"El  Niño"', '"El Niño"'),
        ('exact:Play exact:"El Niño"', 'exact:Play AND exact:"El Niño"'),
        ("forms:Żabka OR forms.pl:Orlen OR forms.pl.es:Zara", "forms:Żabka OR forms.pl:Orlen OR forms.es.pl:Zara"),
        ("forms:exact:Żabka", "exact:forms:Żabka"),
        ("@acme #acmefail AT&T C&A 50+ 🤮 12:30", "@acme AND #acmefail AND AT&T AND C&A AND 50+ AND 🤮 AND 12:30"),
        ('„Poczta Polska” “El Corte Inglés” «Zara»', '"Poczta Polska" AND "El Corte Inglés" AND Zara'),
        ('"AND" "a\\"b" "(" "exact:Play" "https://acme.com"', '"AND" AND "a\\"b" AND "(" AND "exact:Play" AND "https://acme.com"'),
        ('"and"', '"and"'),
        ("a(b)c", "a AND b AND c"),
    ],
)  # fmt: skip
def test_a_rule_is_told_back_as_normalised_text(rule: str, normalised: str) -> None:
    assert explain(parse(rule)) == normalised


def test_and_binds_tighter_than_or_and_modifiers_stay_with_their_term() -> None:
    acme, play = Look("acme"), Look("Play", exact=True)
    zabka = Look("Żabka", forms=ALL_LANGUAGES)
    assert parse("acme OR exact:Play NOT forms:Żabka") == AnyOf((acme, AllOf((play, Not(zabka)))))


@pytest.mark.parametrize(
    ("rule", "position", "way_out"),
    [
        ("", 0, "write at least one term"),
        ("   ", 0, "write at least one term"),
        ("acme AND (broken OR refund", 9, "add a ')'"),
        ("acme) broken", 4, "add a '('"),
        (")", 0, "never opened"),
        ("acme ()", 5, "write a term or take them away"),
        ("acme AND", 5, 'to look for the word itself, quote it: "AND"'),
        ("(acme OR) b", 6, "a term must follow OR"),
        ("OR acme", 0, "a term must stand before OR"),
        ("acme AND OR b", 5, "a term must follow AND"),
        ("acme NOT", 5, "a term must follow NOT"),
        ("NOT jobs", 0, "acme NOT jobs"),
        ("acme OR NOT jobs", 8, "acme NOT jobs"),
        ("acme exakt:Play", 5, "did you mean 'exact:'?"),
        ("form:Żabka", 0, "did you mean 'forms:'?"),
        ("https://acme.com", 0, 'quote it: "https://acme.com"'),
        ("forms.xx:Żabka", 0, "there are en, es, pl"),
        ("exact: Play", 0, "at once"),
        ("exact:(a OR b)", 6, "at once"),
        ('acme "broken', 5, 'add a "'),
        ('acme ""', 5, "write what to look for"),
        ("acme and broken", 5, "operators are in capitals, AND"),
        ("acme | broken", 5, "operators are in capitals, OR"),
        ("acme, broken", 0, "part terms by AND or OR"),
        ("acme refund*", 5, "forms:refund"),
        ("acme -jobs", 5, "write NOT jobs"),
        ("(" * 60 + "a" + ")" * 60, 41, "flatter"),
    ],
)
def test_an_error_names_the_place_and_the_way_out(rule: str, position: int, way_out: str) -> None:
    with pytest.raises(RuleError) as caught:
        parse(rule)
    assert way_out in str(caught.value)
    assert caught.value.position == position
    assert str(caught.value).startswith(f"character {position + 1}: ")


TERMS = st.builds(
    Look,
    st.text(min_size=1, max_size=8).map(lambda text: " ".join(text.split())).filter(lambda text: fold(text).strip()),
    st.booleans(),
    st.sampled_from([(), ALL_LANGUAGES, ("pl",), ("en", "es")]),
)
TREES: st.SearchStrategy[Tree] = st.recursive(
    TERMS | st.sampled_from([Look("AND"), Look("or"), Look("exact:a"), Look("a,"), Look("-b"), Look("c*"), Look('"')]),
    lambda inner: st.one_of(
        inner.map(negate),
        st.lists(inner, min_size=2, max_size=3).map(all_of),
        st.lists(inner, min_size=2, max_size=3).map(any_of),
    ),
    max_leaves=8,
)


@quick
@given(TREES)
def test_what_is_explained_reads_back_as_the_same_rule(tree: Tree) -> None:
    assume(not holds(tree, frozenset()))
    assert parse(explain(tree)) == tree


@quick
@given(st.text(max_size=30) | st.text(alphabet='ab ()":.,-*ANDORNOTexactforms„”\\', max_size=30))
def test_any_text_at_all_is_a_rule_or_an_error_with_a_place(text: str) -> None:
    tree = rule_or_place(text)
    if isinstance(tree, int):
        assert 0 <= tree <= len(text)
    else:
        assert parse(explain(tree)) == tree


def rule_or_place(text: str) -> Tree | int:
    try:
        return parse(text)
    except RuleError as error:
        return error.position


@quick
@given(TREES, st.data())
def test_a_rule_that_holds_has_found_something_it_seeks(tree: Tree, data: st.DataObject) -> None:
    assume(not holds(tree, frozenset()))
    found = frozenset(data.draw(st.lists(st.sampled_from([look for look, _ in looks(tree)]))))
    if holds(tree, found):
        assert any(is_sought and look in found for look, is_sought in looks(tree))


def test_every_rule_in_the_documentation_can_be_read() -> None:
    page = (Path(__file__).parents[3] / "docs" / "watches.md").read_text(encoding="utf-8")
    rules = [line for block in re.findall(r"```rule\n(.*?)```", page, re.DOTALL) for line in block.splitlines()]
    assert len(rules) >= 6
    for rule in rules:
        assert parse(explain(parse(rule))) == parse(rule)
