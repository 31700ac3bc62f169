"""Inflected forms: a table per language; each rule's own example is its test."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.engine.watches.forms import forms_of, languages_with_forms


def examples() -> list[tuple[str, str]]:
    folder = files("sereno.engine") / "languages"
    return [
        (language, rule["example"])
        for language in languages_with_forms()
        for rule in tomllib.loads((folder / language / "forms.toml").read_text(encoding="utf-8"))["rule"]
    ]


def test_the_three_first_languages_ship_forms() -> None:
    assert {"en", "es", "pl"} <= set(languages_with_forms())


@pytest.mark.parametrize(("language", "example"), examples())
def test_a_rule_gives_the_forms_of_its_example(language: str, example: str) -> None:
    words, _, written = example.partition(": ")  # none after the colon: the words do not change
    given_forms = {form.lower() for word in words.split(", ") for form in forms_of(word, language)[1:]}
    expected = {form.lower() for form in re.split(r"[,;]\s*", written) if form}
    assert (expected <= given_forms) if expected else (given_forms == set())


@pytest.mark.parametrize(
    ("term", "language", "forms"),
    [
        ("Żabka", "pl", "Żabki Żabce Żabkę Żabką Żabko Żabek Żabkom Żabkami Żabkach"),
        ("Biedronka", "pl", "Biedronki Biedronce Biedronkę Biedronką Biedronek"),
        ("Orlen", "pl", "Orlenu Orlenowi Orlenem Orlenie"),
        ("Lidl", "pl", "Lidla Lidlowi Lidlem Lidlu"),
        ("Rossmann", "pl", "Rossmanna Rossmannowi Rossmannem Rossmannie"),
        ("Allegro", "pl", "Allegra Allegru Allegrem"),
        ("reklamacja", "pl", "reklamacji reklamację reklamacją reklamacje reklamacjom reklamacjami reklamacjach"),
        ("Castorama", "pl", "Castoramy Castoramie Castoramę Castoramą"),
        ("Kowalski", "pl", "Kowalskiego Kowalskiemu Kowalskim"),
        ("zamówienie", "pl", "zamówienia zamówieniu zamówieniem zamówień zamówieniami"),
        ("ORLEN", "pl", "ORLENU ORLENu ORLENem"),
        ("roto", "es", "rota rotos rotas"),
        ("reclamación", "es", "reclamaciones"),
        ("luz", "es", "luces"),
        ("refund", "en", "refunds refund's"),
        ("delivery", "en", "deliveries delivery's"),
    ],
)
def test_a_word_has_its_forms(term: str, language: str, forms: str) -> None:
    assert forms_of(term, language)[0] == term
    assert set(forms.split()) <= set(forms_of(term, language))


def test_the_words_of_a_term_stand_in_one_case_or_stay() -> None:
    forms = forms_of("Poczta Polska", "pl")
    assert {"Poczty Polskiej", "Poczcie Polskiej", "Pocztą Polską", "Pocztę Polską"} <= set(forms)
    assert "Pocztą Polsce" not in forms
    assert "Fabryki Wedla" in forms_of("Fabryka Wedla", "pl")
    assert "servicios de entrega" in forms_of("servicio de entrega", "es")
    assert "zwrot dla klienta" in forms_of("zwrot dla klient", "pl")


@pytest.mark.parametrize("term", ["@acme", "#zabka", "AT&T", "50+", "5G", "🤮", "PL", "麦当劳"])
def test_what_is_no_word_stays_as_it_is(term: str) -> None:
    assert [form for form in forms_of(term, "pl") if form != term] == []


def test_a_language_without_a_table_is_refused_with_those_that_have_one() -> None:
    with pytest.raises(ValueError, match="there are en, es, pl"):
        forms_of("Acme", "xx")


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=15), st.sampled_from(["en", "es", "pl"]))
def test_the_term_itself_comes_first_and_no_form_twice(term: str, language: str) -> None:
    forms = forms_of(term, language)
    assert forms[0] == term
    assert len(set(forms)) == len(forms)
