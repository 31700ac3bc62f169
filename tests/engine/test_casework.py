"""Which case does a post belong to? Before → after, and what must hold for any history."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sereno.engine.casework import AnswerCase, JoinCase, KnownCase, NoCase, OpenCase, settle

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def known(case: int = 7, **fields: object) -> KnownCase:
    return KnownCase(**{"case": case, "standing": "open", "same_author": True, "same_conversation": False, **fields})  # type: ignore[arg-type]


def a_post(**fields: object):  # type: ignore[no-untyped-def]
    return settle(**{"own": False, "about_us": True, "light": None, "known": [], "written_at": NOON, **fields})  # type: ignore[arg-type]


def test_a_first_post_about_us_opens_a_case_even_without_a_light() -> None:
    assert a_post() == OpenCase()


def test_somebody_who_writes_again_joins_their_living_case() -> None:
    assert a_post(known=[known(7)]) == JoinCase(7, reopen=False)
    assert a_post(known=[known(7, standing="answered")]) == JoinCase(7, reopen=False)


def test_somebody_else_in_the_same_thread_has_a_matter_of_their_own() -> None:
    assert a_post(known=[known(7, same_author=False, same_conversation=True)]) == OpenCase()


def test_writing_in_the_thread_of_a_case_closed_last_week_reopens_it() -> None:
    closed = known(7, standing="closed", same_conversation=True, closed_at=NOON - timedelta(days=7))

    assert a_post(known=[closed]) == JoinCase(7, reopen=True)


def test_a_case_closed_months_ago_stays_closed() -> None:
    closed = known(7, standing="closed", same_conversation=True, closed_at=NOON - timedelta(days=31))

    assert a_post(known=[closed]) == OpenCase()


def test_a_closed_case_is_not_reopened_from_elsewhere() -> None:
    closed = known(7, standing="closed", same_conversation=False, closed_at=NOON - timedelta(days=1))

    assert a_post(known=[closed]) == OpenCase()


def test_our_own_post_in_a_thread_answers_its_case() -> None:
    assert a_post(own=True, known=[known(7, same_author=False, same_conversation=True)]) == AnswerCase(7)


def test_our_own_post_elsewhere_is_nobodys_turn() -> None:
    assert a_post(own=True) == NoCase("own")


def test_a_post_about_a_competitor_alone_opens_no_case() -> None:
    assert a_post(about_us=False) == NoCase("others")


def test_news_of_the_sector_that_the_plan_lights_opens_a_case() -> None:
    assert a_post(about_us=False, light="amber") == OpenCase()


STANDINGS = st.sampled_from(["open", "answered", "closed"])
KNOWN = st.builds(
    KnownCase,
    case=st.integers(1, 50),
    standing=STANDINGS,
    same_author=st.booleans(),
    same_conversation=st.booleans(),
    closed_at=st.one_of(st.none(), st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))),
)


@given(known=st.lists(KNOWN, max_size=6), light=st.sampled_from([None, "green", "amber", "red"]))
def test_whoever_writes_about_us_always_has_a_case(known: list[KnownCase], light: str | None) -> None:
    """R14: nobody is left without an answer — so nobody's post about us is left without a case."""
    assert isinstance(a_post(known=known, light=light), OpenCase | JoinCase)


@given(known=st.lists(KNOWN, max_size=6))
def test_our_own_words_never_open_a_case(known: list[KnownCase]) -> None:
    assert isinstance(a_post(own=True, known=known), AnswerCase | NoCase)
