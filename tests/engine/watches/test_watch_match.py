"""Matching: which watches a text is about, held against a slow and obvious search."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.engine.fold import fold
from sereno.engine.plan.model import Term, Watch
from sereno.engine.watches.match import Mention, Watcher, WatchError
from sereno.engine.watches.rule import RuleError


def found(text: str, *terms: Term | str) -> list[str]:
    """The stretches of the text where the terms stand."""
    mentions = Watcher([Watch(watch="acme", terms=terms)]).match([text])[0]
    return [text[start:end] for mention in mentions for start, end in mention.spans]


def matches(rule: str, text: str) -> bool:
    return bool(Watcher([Watch(watch="acme", rule=rule)]).match([text])[0])


@pytest.mark.parametrize(
    ("term", "text", "spans"),
    [
        ("acme", "Acme, ACME and acme's @acme #Acme", ["Acme", "ACME", "acme", "acme", "Acme"]),
        ("acme", "acmeology pacme acme_jobs acme2 #acmefail", []),
        ("@acme", "@ACME hi; mail@acme.com; @acmeology; .@acme!", ["@ACME", "@acme"]),
        ("#acme", "acme #acme #acmefail", ["#acme"]),
        ("żabka", "Zabka i ŻABKA", ["Zabka", "ŻABKA"]),
        ("Zabka", "w żabka", ["żabka"]),
        ("lodz", "ŁÓDŹ", ["ŁÓDŹ"]),
        ("ano", "an\u0303o\u0301!", ["an\u0303o\u0301"]),
        ("strasse", "Straße", ["Straße"]),
        ("AT&T", "at&t; BAT&T", ["at&t"]),
        ("C&A", "en C&A.", ["C&A"]),
        ("50+", "50+ y 150+", ["50+"]),
        ("🤮", "bleah🤮🤮", ["🤮", "🤮"]),
        ("👩", "👩‍🚀 👩", ["👩"]),
        ("❤", "I ❤️ it", ["❤️"]),
        ("wow.", "wow…", ["wow…"]),
        ("El Niño", "el\n  nino, El Niño", ["el\n  nino", "El Niño"]),
        ("customer service", "  customer\u00a0service ", ["customer\u00a0service"]),
        ("Acme", "Acme™ Ａｃｍｅ ac\u00adme", ["Acme", "Ａｃｍｅ", "ac\u00adme"]),
        ("Coca-Cola", "coca‑cola", ["coca‑cola"]),
        ("麦当劳", "我爱麦当劳的薯条", ["麦当劳"]),
        ("acme", "我用acme的", ["acme"]),
        ("กา", "มากา กาี", ["กา"]),
        ("삼성", "삼성 삼성전자", ["삼성"]),
        ("acme", "\ud800acme\ud800 acme", ["acme", "acme"]),
        ("acme", "", []),
    ],
)
def test_a_term_is_found_where_it_stands_alone(term: str, text: str, spans: list[str]) -> None:
    assert found(text, term) == spans


def test_exact_asks_for_case_and_accents_as_written() -> None:
    assert found("Play play PLAY", Term(term="Play", exact=True)) == ["Play"]
    assert found("año ano an\u0303o Año", Term(term="año", exact=True)) == ["año", "an\u0303o"]
    assert found("Żabce żabce Zabce", Term(term="Żabka", exact=True, forms=("pl",))) == ["Żabce"]


def test_forms_find_inflected_words_and_no_others() -> None:
    zabka = Term(term="Żabka", forms=("pl",))
    assert found("W Zabce, przy żabkach; żabkowicz", zabka) == ["Zabce", "żabkach"]
    assert found("na Poczcie Polskiej", Term(term="Poczta Polska", forms=("pl",))) == ["Poczcie Polskiej"]
    assert found("W Żabce", Term(term="Żabka")) == []


@pytest.mark.parametrize(
    ("rule", "text", "is_about"),
    [
        ("acme AND (broken OR refund) NOT jobs", "My ACME is broken", True),
        ("acme AND (broken OR refund) NOT jobs", "refund from acme jobs", False),
        ("acme AND (broken OR refund) NOT jobs", "acme is fine", False),
        ("acme broken OR zabka", "zabka", True),
        ("NOT jobs acme", "acme", True),
        ('acme NOT "acme jobs"', "acme jobs at acme", False),
        ("exact:Play NOT google", "kocham Play", True),
        ("exact:Play NOT google", "play it", False),
        ("forms:refund AND forms.pl:Żabka", "refunds w Żabce", True),
    ],
)
def test_a_rule_decides_over_what_was_found(rule: str, text: str, is_about: bool) -> None:
    assert matches(rule, text) is is_about


def test_a_mention_names_the_sought_terms_as_the_plan_writes_them_and_where_they_stand() -> None:
    watches = [
        Watch(watch="zabka", rule="(reklamacja OR forms:Żabka) NOT praca"),
        Watch(watch="rival", kind="competitor", terms=("Biedronka", "zabka")),
    ]
    text = "w Żabce złożona reklamacja"
    assert Watcher(watches).match([text, "praca w Żabce", "ŻABKA"]) == [
        (Mention("zabka", "brand", ("reklamacja", "Żabka"), ((2, 7), (16, 26))),),
        (),
        (Mention("zabka", "brand", ("Żabka",), ((0, 5),)), Mention("rival", "competitor", ("zabka",), ((0, 5),))),
    ]


def test_never_rules_a_text_out_for_that_watch_alone() -> None:
    watches = [Watch(watch="a", terms=("delta",), never=("river delta",)), Watch(watch="b", terms=("delta",))]
    assert [mention.watch for mention in Watcher(watches).match(["a river delta"])[0]] == ["b"]


def test_terms_that_overlap_or_begin_alike_are_all_found() -> None:
    text = "acme shop online"
    assert found(text, "acme", "acme shop", "shop online", "acme shop online", "shop") == [
        "acme", "acme shop", "acme shop online", "shop", "shop online",
    ]  # fmt: skip


def test_no_watches_match_nothing() -> None:
    assert Watcher([]).match(["acme"]) == [()]


def test_a_watch_that_cannot_be_used_is_refused_when_it_is_built() -> None:
    with pytest.raises(WatchError, match="keep one"):
        Watcher([Watch(watch="a", rule="a", terms=("a",))])
    with pytest.raises(RuleError):
        Watcher([Watch(watch="a", rule="(a")])


# against brute force

_LETTERS = "aAbBłŁßżeé_1&+@# .\n\t'’№…½İ™\u0301\u00ad\u200d\ufe0f👩🚀❤麦当ひがกี한각"
TEXTS = st.text(alphabet=_LETTERS, max_size=14) | st.text(
    alphabet=st.characters(max_codepoint=0x0DFF, exclude_categories=["Cs"]), max_size=14
)
TERMS = st.text(alphabet=_LETTERS, min_size=1, max_size=3).filter(lambda text: fold(text).strip())


_SPACELESS = re.compile(r"[\u0e00-\u0e4f\u3041-\u30ff\u4e00-\u9fff]")


def _bound(left: str, right: str) -> bool:
    """Whether a word may end between these neighbours."""
    if "\u200d" in (left, right) or unicodedata.category(right).startswith("M"):
        return False
    if _SPACELESS.match(left) or _SPACELESS.match(right):
        return True
    left_is_word, right_is_word = (unicodedata.category(c)[0] in "LNM" or c == "_" for c in (left, right))
    return not (left_is_word and (right_is_word or right in "@#"))


def brute_force(term: str, text: str) -> int:
    """How often the term stands in the text: every stretch of the folded text is tried."""
    sought, folded = (re.sub(r"\s+", " ", fold(part)).strip() for part in (term, text))
    return sum(
        folded[i:j] == sought
        and (i == 0 or _bound(folded[i - 1], folded[i]))
        and (j == len(folded) or _bound(folded[j - 1], folded[j]))
        for i in range(len(folded))
        for j in range(i + 1, len(folded) + 1)
    )


@settings(deadline=None, max_examples=400)
@given(st.lists(TERMS, min_size=1, max_size=6), TEXTS, st.data())
def test_one_scan_finds_what_trying_every_stretch_finds(terms: list[str], text: str, data: st.DataObject) -> None:
    text += data.draw(st.sampled_from(["", *terms])) + data.draw(TEXTS)
    watches = [Watch(watch=f"w{n}", terms=(term,)) for n, term in enumerate(terms)]
    found_in = {mention.watch: mention for mention in Watcher(watches).match([text])[0]}
    for n, term in enumerate(terms):
        times = brute_force(term, text)
        assert (f"w{n}" in found_in) == (times > 0)
        if times:
            # several finds may share one span where a character folds to several (… holds three dots)
            assert 1 <= len(found_in[f"w{n}"].spans) <= times


@settings(deadline=None, max_examples=200)
@given(TERMS, TEXTS, TEXTS)
def test_a_span_holds_the_term_in_code_points_of_the_original(term: str, before: str, after: str) -> None:
    text = f"{before} {term} {after}"
    for mention in Watcher([Watch(watch="a", terms=(term,))]).match([text])[0]:
        for start, end in mention.spans:
            assert 0 <= start < end <= len(text)
            assert " ".join(fold(term).split()) in " ".join(fold(text[start:end]).split())


@settings(deadline=None, max_examples=150)
@given(TEXTS, TEXTS, st.sampled_from(["Żabka", "@acme", "C&A", "El Niño", "50+", "❤️", "麦当劳", "L’Oréal"]))
def test_a_term_between_spaces_is_always_found(before: str, after: str, term: str) -> None:
    for written in (term, term.upper(), unicodedata.normalize("NFD", term), fold(term)):
        assert found(f"{before} {written} . {after}", term)


@settings(deadline=None, max_examples=100)
@given(TEXTS, TERMS)
def test_asking_for_more_exactness_never_finds_more(text: str, term: str) -> None:
    assert set(found(text + term, Term(term=term, exact=True))) <= set(found(text + term, term))
