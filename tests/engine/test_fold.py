"""Folding: what is matched, searched and read."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.engine import fold as folding
from sereno.engine.fold import exact_form, fold, fold_with_origins, folds_evenly

TEXTS = st.text(max_size=40) | st.text(
    alphabet="aZłŁøØđıİßẞæÆœñÑąĘ’`´№ﬁ™…½ㇰが한각ก็ี\u0301\u0327\u200d\ufe0f❤👩🚀＠Ａ ", max_size=20
)
quick = settings(deadline=None, max_examples=150)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Żółć gęślą jaźń", "zolc gesla jazn"),
        ("ŁÓDŹ", "lodz"),
        ("Straße STRASSE Große ẞ", "strasse strasse grosse ss"),
        ("Ærø smørrebrød Đorđe ıİ Œuvre", "aero smorrebrod dorde ii oeuvre"),
        ("El Niño, año, pingüino", "el nino, ano, pinguino"),
        ("L’Oréal L`Oréal L'Oréal", "l'oreal l'oreal l'oreal"),
        ("Coca‑Cola Coca–Cola", "coca-cola coca-cola"),
        ("„Żabka” «Zara» “Acme”", '"zabka" "zara" "acme"'),
        ("№ ＡＣＭＥ ＠ａｃｍｅ ﬁx", "no acme @acme fix"),
        ("Acme™", "acme™"),
        ("❤️", "❤"),
        ("ac\u00adme", "acme"),
        ("ΣΊΣΥΦΟΣ σίσυφος", "σισυφοσ σισυφοσ"),
        ("Ёлка", "елка"),
    ],
)
def test_case_and_diacritics_fall_away(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_marks_that_make_another_letter_stay() -> None:
    assert fold("が") != fold("か")
    assert fold("กี") != fold("ก")


@pytest.mark.parametrize("letter", "łøđıßæœðþñąéçőşžăå")
def test_missing_diacritics_equal_folded_ones(letter: str) -> None:
    assert fold(letter) == fold(letter.upper()) == fold(fold(letter))
    assert fold(letter).isascii()


def test_every_character_folds_to_what_folds_to_itself() -> None:
    assigned = (chr(c) for c in range(sys.maxunicode + 1) if unicodedata.category(chr(c)) not in ("Cn", "Co"))
    assert [c for c in assigned if folding._fold_one(folding._fold_one(c)) != folding._fold_one(c)] == []


def test_the_shortcut_for_ascii_gives_what_the_table_gives() -> None:
    ascii_text = "".join(map(chr, range(128)))
    assert fold(ascii_text) == ascii_text.translate(folding._TABLE)


def test_half_a_character_from_a_broken_export_can_be_encoded_once_folded() -> None:
    assert fold("a\ud83d b").encode() == "a\ufffd b".encode()


@quick
@given(TEXTS)
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@quick
@given(TEXTS, TEXTS)
def test_a_text_folds_piece_by_piece(left: str, right: str) -> None:
    assert fold(left + right) == fold(left) + fold(right)


@quick
@given(TEXTS)
def test_folding_with_origins_gives_the_same_text_and_each_characters_place(text: str) -> None:
    folded, origins = fold_with_origins(text)
    assert folded == fold(text)
    assert len(origins) == len(folded) + 1
    assert origins == sorted(origins)
    assert origins[-1] == len(text)
    for character, origin in zip(folded, origins, strict=False):
        assert character in fold(text[origin])


@quick
@given(TEXTS)
def test_where_a_text_folds_evenly_places_stay_the_same(text: str) -> None:
    _, origins = fold_with_origins(text)
    if folds_evenly(text):
        assert origins == list(range(len(text) + 1))
    else:
        assert any(len(fold(character)) != 1 for character in text)


@quick
@given(st.text(alphabet=st.characters(max_codepoint=0x24F, exclude_categories=["Cs"]), max_size=30))
def test_composed_and_decomposed_accents_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@quick
@given(TEXTS)
def test_the_exact_form_loses_nothing_that_folding_keeps(text: str) -> None:
    assert fold(exact_form(text)).split() == fold(text).split()


@pytest.mark.parametrize(("one", "other"), [("Play", "play"), ("año", "ano"), ("Łódź", "Lodz")])
def test_the_exact_form_keeps_case_and_accents(one: str, other: str) -> None:
    assert exact_form(one) != exact_form(other)


def test_the_exact_form_evens_out_what_no_writer_chooses() -> None:
    assert exact_form("an\u0303o  d’or\n") == exact_form("a\u00f1o d'or")
