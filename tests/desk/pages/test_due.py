"""What is due next, and how long that is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from sereno.desk.cases.due import all_due, late_or_left, next_due, span
from sereno.desk.cases.models import Case, CaseState
from sereno.desk.cases.queries import Situation
from sereno.desk.cases.sentences import situation_in_words
from sereno.desk.cases.templatetags.desk import short_moment

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (5, "1 min"),
        (840, "14 min"),
        (3600, "1 h"),
        (7500, "2 h 5 min"),
        (6 * 3600 + 60, "6 h"),
        (86_400, "1 day"),
        (-840, "14 min"),
    ],
)
def test_a_length_of_time_in_its_two_largest_units(seconds: int, said: str) -> None:
    assert span(seconds) == said


@pytest.mark.parametrize(
    ("language", "left", "late"),
    [("en", "in 2 h 5 min", "14 min late"), ("es", "en 2 h 5 min", "14 min de retraso"),
     ("pl", "za 2 godz. 5 min", "14 min po terminie")],
)  # fmt: skip
def test_late_or_left_in_the_readers_language(language: str, left: str, late: str) -> None:
    with translation.override(language):
        assert late_or_left(7500) == left
        assert late_or_left(-840) == late


def case(**fields: object) -> Case:
    return Case(**{"state": CaseState.OPEN, **fields})


def test_the_nearest_deadline_that_still_runs_is_next() -> None:
    soon, later = NOW + timedelta(minutes=10), NOW + timedelta(days=1)
    assert [due.what for due in all_due(case(acknowledge_by=soon, answer_by=later), NOW)] == ["acknowledge", "answer"]
    taken = next_due(case(acknowledge_by=soon, acknowledged_at=NOW, answer_by=later), NOW)
    assert taken is not None
    assert taken.what == "answer"
    answered = next_due(case(state=CaseState.ANSWERED, answer_by=soon, resolve_by=later), NOW)
    assert answered is not None
    assert (answered.what, answered.urgency) == ("resolve", "later")
    assert next_due(case(state=CaseState.CLOSED, answer_by=soon, statutory_by=later), NOW) is None
    assert next_due(case(), NOW) is None


def test_late_soon_and_later() -> None:
    for minutes, urgency in ((-1, "late"), (59, "soon"), (60, "later")):
        due = next_due(case(answer_by=NOW + timedelta(minutes=minutes)), NOW)
        assert due is not None
        assert due.urgency == urgency


def said(**told: object) -> str:
    quiet = {"open": 0, "red": 0, "red_taken": 0, "late": 0, "soon": 0, "first_red_due": None, "first_due": None,
             "sources": 1, "listening": 1}  # fmt: skip
    return situation_in_words(Situation(**{**quiet, **told}), NOW)


def test_the_first_sentence_says_the_gravest_thing() -> None:
    in_14 = NOW + timedelta(minutes=14, seconds=5)
    assert said(red=2, open=9, first_red_due=in_14) == "2 red cases not taken; the next is due in 14 min."
    assert said(red=1, open=1, first_red_due=NOW - timedelta(hours=2)) == "One red case not taken, 2 h late."
    assert said(red_taken=2, open=2) == "2 red cases wait; each is in somebody's hands."
    assert said(late=1, open=3).startswith("1 case is late; none is red.")
    assert said(open=1) == "One case waits for an answer; it is not red."
    assert said() == "All quiet. Nobody waits for an answer."
    assert said(listening=0) == "Nobody waits for an answer, but every source is switched off."
    assert said(sources=0, listening=0) == "Sereno does not listen yet."


@pytest.mark.parametrize(
    ("n", "said_in_polish"),
    [
        (1, "1 czerwona sprawa nieprzejęta."),
        (3, "3 czerwone sprawy nieprzejęte."),
        (5, "5 czerwonych spraw nieprzejętych."),
        (22, "22 czerwone sprawy nieprzejęte."),
    ],
)
def test_polish_plurals(n: int, said_in_polish: str) -> None:
    with translation.override("pl"):
        assert said(red=n, open=n) == said_in_polish


def test_within_the_minute_nobody_counts_in_noughts() -> None:
    assert [late_or_left(seconds) for seconds in (30, -30)] == ["now", "just late"]
    with translation.override("pl"):
        assert late_or_left(30) == "za chwilę"
    with translation.override("es"):
        assert late_or_left(-3 * 86_400) == "3 días de retraso"


def test_english_is_written_with_the_day_first_and_twenty_four_hours() -> None:
    now = datetime(2026, 11, 22, 9, tzinfo=UTC)
    assert short_moment(datetime(2026, 11, 21, 14, 44, tzinfo=UTC), now) == "21 Nov, 14:44"
