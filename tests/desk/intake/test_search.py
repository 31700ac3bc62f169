"""What is asked → which posts are found. The same on both databases."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sereno.desk.accounts.models import Brand
from sereno.desk.intake.models import Post, RawRecord
from sereno.desk.intake.search import search_posts
from tests.desk.intake.desk import Intake

TEXTS = {
    "polish": "Żółty czajnik PRZECIEKA, a łódka nie",
    "spanish": "Mañana devuelvo la tetera: ¡está rota!",
    "english": "Don't buy shop.example/returns - it's a scam, says O'Neill (3.5 stars) 😡",
    "order": "late parcel, parcel late",
}


@pytest.fixture
def found(intake: Intake):  # type: ignore[no-untyped-def]
    for name, text in TEXTS.items():
        intake.tells({"id": name, "text": text, "author": {"handle": "@Ola_K" if name == "polish" else "luis"}})
    intake.understand()
    return lambda query: {post.external_id for post in search_posts(intake.brand, query)}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", set(TEXTS)),
        ("   ", set(TEXTS)),
        ("zolty", {"polish"}),
        ("ŻÓŁTY", {"polish"}),
        ("lodka", {"polish"}),
        ("czajn", {"polish"}),
        ("ajnik", set()),
        ("czajnik przecieka", {"polish"}),
        ("przecieka czajnik", {"polish"}),
        ("czajnik tetera", set()),
        ("manana", {"spanish"}),
        ("tetera:", {"spanish"}),
        ("¡está", {"spanish"}),
        ("example", {"english"}),
        ("returns", {"english"}),
        ("shop.example/returns", {"english"}),
        ("don't", {"english"}),
        ("o'neill", {"english"}),
        ("3.5", {"english"}),
        ('"parcel late"', {"order"}),
        ('"late parcel"', {"order"}),
        ('"parcel parcel"', {"order"}),
        ('"late late"', set()),
        ('"late par"', set()),
        ('"scam says', {"english"}),
        ("😡", {"english"}),
        ("scam 😡", {"english"}),
        ("🎉", set()),
        ("@ola_k", {"polish"}),
        ("@Ola_K czajnik", {"polish"}),
        ("@ola", set()),
        ("@luis tetera", {"spanish"}),
        ("@", {name for name, text in TEXTS.items() if "@" in text}),
        ("parcel OR tetera", set()),
        ("NOT parcel", set()),
    ],
)
def test_a_query_finds(found, query: str, names: set[str]) -> None:  # type: ignore[no-untyped-def]
    assert found(query) == names


@pytest.mark.parametrize(
    "query",
    [
        "'", '"', '""', '"""', "*", "a*", "a:*", "-a", "^a", "(", ")", "a AND", "NEAR(a b)", "folded:a", "{a}",
        "\\", "%",
        "_", "!", "&", "|", "<->", "a & !b", "'a':*", "a'b", 'a"b', "; DROP TABLE intake_post; --", "\x00", "a\x00b",
        "\ud800", "x" * 100_000, "a " * 5000, '"a" ' * 100, "@\x00", "@'", "١٢٣", "ﷺ", "👩‍👩‍👧",
        "\u202e", "\ufeff",
        "a_b", "é́́", "ŉ", "½", "²", "Ⅷ", "ªº", "ㅤ", "ＡＢＣ", "\n\t",
    ],
)  # fmt: skip
def test_a_hostile_query_is_harmless(found, query: str) -> None:  # type: ignore[no-untyped-def]
    assert found(query) <= set(TEXTS)


@given(st.text(max_size=40))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_query_at_all_is_harmless(acme: Brand, query: str) -> None:
    assert list(search_posts(acme, query)) == []


@given(st.text(st.characters(codec="utf-8", exclude_characters="@\x00"), min_size=1, max_size=30))
@example("0:\x1b:0")
@example("\ud7a40")
@example("ा0")
@example("0:\u0b3a:0")
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_word_of_a_text_finds_it(intake: Intake, word: str) -> None:
    Post.objects.all().delete()
    RawRecord.objects.all().delete()
    intake.tells({"id": word[:1] or "x", "text": f"before {word} after"})
    intake.understand()
    for part in word.split()[:2]:
        assert search_posts(intake.brand, part).count() == 1, part


def test_an_edited_text_is_found_by_its_new_words_alone(intake: Intake) -> None:
    intake.tells({"text": "kettle"})
    intake.understand()
    intake.tells({"text": "teapot"}, minutes=1)
    intake.understand()

    assert not search_posts(intake.brand, "kettle").exists()
    assert search_posts(intake.brand, "teapot").exists()


def test_a_deleted_text_is_not_found(intake: Intake) -> None:
    intake.tells({"text": "kettle"})
    intake.understand()
    intake.tells({"text": "", "deleted_at": "2026-03-02T12:01:00Z"}, minutes=1)
    intake.understand()

    assert not search_posts(intake.brand, "kettle").exists()


def test_a_post_that_is_gone_is_not_found_and_leaves_the_others(intake: Intake) -> None:
    for name in ("a", "b"):
        intake.tells({"id": name, "text": "kettle"})
    intake.understand()
    Post.objects.filter(external_id="a").delete()

    assert [post.external_id for post in search_posts(intake.brand, "kettle")] == ["b"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("Noemí", {"hers"}),
        ("noemi alc", {"hers"}),
        ("alcaraz, teapot", {"hers"}),
        ('"noemi alcaraz"', {"hers"}),
        ('"noemi alca"', set()),
        ("ewan.mcbride", {"his"}),
        ("mcbride", {"his"}),
        ("@ewan.mcbride", {"his"}),
        ("@mirabela_es", {"hers"}),
        ("@MIRABELA_ES teapot", {"hers"}),
        ("@mirabela", set()),
        ("ana", set()),
    ],
)
def test_people_are_found_by_name_handle_and_mention(intake: Intake, query: str, names: set[str]) -> None:
    noemi = {"id": "7", "name": "Noemí Alcaraz"}
    intake.tells({"id": "hers", "text": "my teapot, @mirabela_es!", "author": noemi})
    intake.tells({"id": "his", "text": "Mirabela es lenta", "author": {"handle": "ewan.mcbride"}})
    intake.tells({"id": "nobodys", "text": "write to me@mirabela_es.example"})
    intake.understand()

    assert {post.external_id for post in search_posts(intake.brand, query)} == names


def test_a_new_name_is_found_and_the_old_one_is_not(intake: Intake) -> None:
    for minutes, name in enumerate(("Ola Nowak", "Ola Kowalska")):
        intake.tells({"author": {"id": "7", "name": name}}, minutes=minutes)
        intake.understand()

    assert search_posts(intake.brand, "kowalska").exists()
    assert not search_posts(intake.brand, "nowak").exists()


def test_nobody_finds_another_brands_posts(intake: Intake) -> None:
    other = Brand.objects.create(slug="other", name="Other")
    intake.tells({"text": "kettle"})
    intake.understand()

    assert not search_posts(other, "kettle").exists()


def test_what_alt_texts_say_is_found(intake: Intake) -> None:
    intake.tells({"text": "look", "media": [{"alt": "a burnt kettle"}]})
    intake.understand()

    assert search_posts(intake.brand, "burnt").exists()
