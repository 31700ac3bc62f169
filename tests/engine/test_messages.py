"""Reasons → one calm sentence in the reader's language."""

# ruff: noqa: E501 — rows of tables are sentences

from __future__ import annotations

from datetime import timedelta
from typing import get_args

import pytest

from sereno.engine import messages
from sereno.engine.judge import CONDITIONS, Condition, Reason
from sereno.engine.plan.explain import rule_sentence
from sereno.engine.plan.load import read_plan
from sereno.engine.plan.model import LIGHTS, STORM_LEVELS, AuthorType, Degree, Plan, WatchKind, When
from sereno.engine.post import Place, Visibility
from sereno.engine.read import CLAIMS, KINDS, POLARITIES, RISKS, SEVERITIES, TOPICS

LANGUAGES = messages.languages()
VALUES = {
    "kind": KINDS,
    "light": (*LIGHTS, "none"),
    "degree": get_args(Degree),
    "risk": (*RISKS, "none"),
    "claim": tuple(CLAIMS),
    "topic": TOPICS,
    "severity": SEVERITIES,
    "polarity": POLARITIES,
    "watch": get_args(WatchKind),
    "author": get_args(AuthorType),
    "storm": STORM_LEVELS,
    "place": get_args(Place),
    "visibility": get_args(Visibility),
}


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_plan("starter")


def test_the_engine_speaks_the_customers_languages() -> None:
    assert {"en", "es", "pl"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_misses_a_key_or_has_one_too_many(language: str) -> None:
    assert messages.keys(language) ^ messages.keys("en") == frozenset()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("group", VALUES)
def test_every_value_of_the_engine_has_its_word_and_no_word_is_left_over(group: str, language: str) -> None:
    with_word = {key.removeprefix(f"{group}-") for key in messages.keys(language) if key.startswith(f"{group}-")}
    assert with_word == set(VALUES[group])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("prefix", ["found", "asks"])
def test_every_condition_has_its_words(prefix: str, language: str) -> None:
    spoken = {key.removeprefix(f"{prefix}-") for key in messages.keys(language) if key.startswith(f"{prefix}-")}
    assert spoken - {"reach-network"} == set(When.model_fields) == set(CONDITIONS)


REACH = Reason(
    "moderate-with-large-reach",
    "rule",
    "red",
    (Condition("text_light", "amber", "amber"), Condition("reach", 25_300, 10_000, network="instagram")),
)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "en",
            "Moderate, and seen by many · the text alone is amber · the author reaches 25,300 followers, "
            "the plan's line on Instagram is 10,000",
        ),
        (
            "es",
            "Moderado, y lo ve mucha gente · el texto por sí solo es ámbar · el autor llega a 25.300 seguidores, "
            "el límite del plan en Instagram es 10.000",
        ),
        (
            "pl",
            "Sprawa poważniejsza i widzi ją wiele osób · sam tekst daje światło: żółte · konto ma "
            "25\N{NO-BREAK SPACE}300 obserwujących, próg planu dla sieci Instagram to 10\N{NO-BREAK SPACE}000",
        ),
    ],
)
def test_reach_is_told_with_the_plans_line(language: str, sentence: str, plan: Plan) -> None:
    assert messages.say(REACH, language, plan) == sentence


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (
            Reason("danger-to-people", "rule", "red", (Condition("kind", "complaint", "complaint | attack"), Condition("risk", "safety", "safety"))),
            "Danger to people",
        ),
        (
            Reason("complaint", "rule", "green", (Condition("kind", "complaint", "complaint"),)),
            "A complaint",
        ),
        (
            Reason("none", "no-light", None, (Condition("kind", "praise", "praise"),)),
            "No rule of the plan gives a light · the text reads as: praise",
        ),
        (Reason("none", "own-post", None), "Written by one of our own accounts"),
        (
            Reason("none", "another-party", None, (Condition("about", "competitor | sector", "brand"),)),
            "About a competitor or our sector, not about us",
        ),
        (
            Reason("route", "unsupported-language", None, (Condition("language", "de", "en | es | pl"),)),
            "Written in German; this brand answers in English, Spanish, or Polish",
        ),
        (
            Reason("gone", "rule", "amber", (Condition("hostile", 0.93, 0.8), Condition("shares", 1, 1))),
            "gone · hostile with a probability of 93%, the plan's line is 80% · shared once, the plan's line is 1",
        ),
        (
            Reason("large-reach", "rule", "amber", (Condition("reach", 25_300, 20_000, network="unknown"),)),
            "Seen by many · the author reaches 25,300 followers, the plan's line is 20,000",
        ),
        (
            Reason("large-reach", "rule", "amber", (Condition("reach", 25_300, 20_000, network="friendica"),)),
            "Seen by many · the author reaches 25,300 followers, the plan's line on friendica is 20,000",
        ),
    ],
)  # fmt: skip
def test_reasons_read_as_sentences(reason: Reason, sentence: str, plan: Plan) -> None:
    assert messages.say(reason, "en", plan) == sentence


@pytest.mark.parametrize(
    ("words", "language", "told"),
    [
        (["facturación", "contrato y precio"], "es", "facturación; y contrato y precio"),
        (["rozliczenia", "umowa i cena"], "pl", "rozliczenia; oraz umowa i cena"),
        (["delivery", "app or website"], "en", "delivery; and app or website"),
        (["Facebook", "Instagram"], "es", "Facebook e Instagram"),
        (["X", "Facebook", "Instagram"], "es", "X, Facebook e Instagram"),
        (["«uno y dos»", "tres"], "es", "«uno y dos» y tres"),
        (["delivery"], "en", "delivery"),
        ([], "es", ""),
    ],
)
def test_a_list_stays_clear_where_a_word_holds_a_conjunction(words: list[str], language: str, told: str) -> None:
    assert messages.all_of(words, language) == told


@pytest.mark.parametrize(
    ("text", "language", "told"),
    [
        ("Dijo «mañana».", "es", "«Dijo “mañana”.»"),
        ('Dijo "mañana".', "es", "«Dijo “mañana”.»"),
        ("Słowo „jutro”", "pl", "„Słowo »jutro«”"),
        ("He said “tomorrow”", "en", "“He said ‘tomorrow’”"),
    ],
)
def test_quotes_inside_quotes_are_the_inner_ones(text: str, language: str, told: str) -> None:
    assert messages.quoted(text, language) == told


@pytest.mark.parametrize(
    ("people", "words"),
    [(1, "1 osoba o tym pisze"), (3, "3 osoby piszą o tym samym"), (12, "12 osób pisze o tym samym")],
)
def test_polish_counts_as_polish_does(people: int, words: str, plan: Plan) -> None:
    reason = Reason("many-tell-the-same", "rule", "amber", (Condition("story", people, 1),))
    assert words in messages.say(reason, "pl", plan)


@pytest.mark.parametrize("language", ["xx", "de", "", "xx-YY", "not a language"])
def test_an_unknown_language_falls_back_to_english(language: str, plan: Plan) -> None:
    assert messages.say(REACH, language, plan) == messages.say(REACH, "en", plan)
    assert messages.say(REACH, "es-mx", plan) == messages.say(REACH, "es", plan)


def test_a_message_that_nobody_wrote_is_an_error() -> None:
    with pytest.raises(KeyError, match=r"no message 'found-nothing' in es/messages\.ftl"):
        messages.phrase("found-nothing", "es")


@pytest.mark.parametrize(
    ("value", "language", "words"),
    [
        (timedelta(hours=1, minutes=30), "en", "1 hour 30 minutes"),
        (timedelta(days=2), "es", "2 días"),
        (timedelta(hours=5), "pl", "5 godzin"),
        (timedelta(hours=22, minutes=3), "pl", "22 godziny 3 minuty"),
        (timedelta(), "en", "0 minutes"),
    ],
)
def test_lengths_of_time_in_words(value: timedelta, language: str, words: str) -> None:
    assert messages.length(value, language) == words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shipped", ["starter", "airline"])
def test_every_rule_of_the_shipped_plans_is_a_sentence(shipped: str, language: str) -> None:
    plan = read_plan(shipped)
    sentences = [rule_sentence(rule, plan, language) for rule in plan.lights]
    assert len(set(sentences)) == len(plan.lights)
    assert not any("{" in sentence or " | " in sentence for sentence in sentences)


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("large-reach", "Seen by many → amber, when the text alone is green or graver and the author has large reach or more"),
        ("third-time", "They write for the third time → amber, when the text alone is green or graver and they wrote 2 times before in the same matter, or more"),
        ("few-stars", "A review with few stars → green, when the place is review and it has 2 stars or fewer"),
        ("news-against-us", "News or a rumour against us → amber, when the text reads as news and it is negative for our reputation"),
    ],
)  # fmt: skip
def test_a_rule_as_a_sentence(rule: str, sentence: str, plan: Plan) -> None:
    found = next(light for light in plan.lights if light.rule == rule)
    assert rule_sentence(found, plan, "en") == sentence
