"""From decisions of a team to a correction: before → after, on decisions that it has not seen."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from sereno.engine.context import Context
from sereno.engine.correction import correct
from sereno.engine.learning.asked import light_ranks
from sereno.engine.learning.decisions import Lesson, TooFew
from sereno.engine.learning.lesson import FEWEST_DECISIONS, learn
from sereno.engine.learning.moves import moves, strongest
from sereno.engine.plan.model import Plan
from tests.engine.learning.team import NOON, Team, complaint, for_whom_late_is_amber, starter
from tests.fakes import readings_of

PLAN = starter()
US = Context(received_at=NOON, about=("brand",))


def learnt(team: Team, plan: Plan = PLAN) -> Lesson:
    lesson = learn(team.readings, team.decisions, plan, number=7)
    assert isinstance(lesson, Lesson), lesson
    return lesson


def test_a_brand_for_which_late_is_amber_is_understood_on_decisions_held_out() -> None:
    effect = learnt(for_whom_late_is_amber()).effect

    assert (effect.overruled.before, effect.overruled.decided) == (0, 24)
    assert effect.overruled.after >= 22
    assert effect.stood.after == effect.stood.before == 24
    assert effect.helps


def test_new_posts_are_read_the_teams_way_and_say_so() -> None:
    correction = learnt(for_whom_late_is_amber()).correction
    texts = ["my bed is late", "a scratch on my bed"]
    readings = readings_of([complaint(), complaint()])

    corrected = correct(readings, texts, correction, PLAN)

    assert light_ranks(readings, [US, US], PLAN).tolist() == [0, 0]
    assert light_ranks(corrected, [US, US], PLAN).tolist() == [1, 0]
    assert corrected.model == "fake-1+brand7"
    first, second = corrected.taught
    assert first is not None
    assert (first.correction, first.decisions) == (7, 24)
    assert [(c.what, c.before, c.after) for c in first.changes] == [("claim", None, "weighty")]
    assert [(e.signal, texts[0][e.start : e.end]) for e in corrected.evidence[0]] == [("team", "late")]
    assert second is None


def test_what_was_learnt_can_be_told() -> None:
    correction = learnt(for_whom_late_is_amber()).correction
    assert "late" in strongest(correction)["graver"]
    assert "scratch" in strongest(correction)["milder"]


def test_kinds_that_were_corrected_are_learnt() -> None:
    """The reader takes this shop's games of words for complaints; the team says each time that they are chatter."""
    team = Team()
    for number in range(24):
        team.says(
            f"sofa bingo round {'abcdefghijklmnopqrstuvwxyz'[number]} today", light=None, kind="other", overruled=True
        )
        team.says(f"my order of {'abcdefghijklmnopqrstuvwxyz'[number]} is not here", light="green", kind="complaint",
                  overruled=False)  # fmt: skip
    effect = learnt(team).effect
    other = next(each for each in effect.kinds if each.of == "other")
    none = next(each for each in effect.lights if each.of == "none")
    assert (other.before, none.before) == (0, 0)
    assert other.after >= 20
    assert none.after >= 20
    assert effect.stood.after >= 23


def test_below_twenty_decisions_it_says_how_many_are_missing() -> None:
    team = for_whom_late_is_amber()
    few = team.decisions[: FEWEST_DECISIONS - 3]
    told = learn(readings_of(team.rows[: len(few)]), few, PLAN, number=1)
    assert told == TooFew("decisions", 17, 20)
    assert told.missing == 3


def test_twenty_decisions_about_one_event_are_one_decision() -> None:
    team = for_whom_late_is_amber()
    same = [replace(d, event="the strike") if d.overruled else d for d in team.decisions]
    assert learn(team.readings, same, PLAN, number=1) == TooFew("events", 1, 5)


def test_chance_decisions_help_nobody_and_that_is_told() -> None:
    """Overrules without a pattern: nothing that is held out could be foretold."""
    dice, words = Random(7), ["table", "lamp", "sofa", "blue", "round", "door", "shelf", "glass"]
    team = Team()
    for number in range(120):
        overruled = number % 3 == 0
        team.says(
            " ".join(dice.sample(words, 4)), light=dice.choice(["amber", None]) if overruled else "green",
            kind=None if overruled else "complaint", overruled=overruled,
        )  # fmt: skip
    assert not learnt(team).effect.helps


def test_the_same_decisions_teach_the_same() -> None:
    assert learnt(for_whom_late_is_amber()).correction == learnt(for_whom_late_is_amber()).correction


@pytest.mark.parametrize(("told_apart", "foretold"), [(True, range(1)), (False, range(25, 31))])
def test_one_event_never_stands_on_both_sides(told_apart: bool, foretold: range) -> None:
    """Six events with a word of their own each: what one says tells nothing about the next, unless they are mixed."""
    team = Team()
    for number in range(30):
        event = "pqrstu"[number % 6]
        more = "abcdefghijklmnopqrstuvwxyzABCDEF"[number]
        team.says(f"{event * 5} {more}", light="amber", overruled=True, event=event if told_apart else "")
    for number in range(60):
        team.says(f"{'abcdefgh'[number % 8] * 4} here", light="green", kind="complaint", overruled=False)
    assert learnt(team).effect.overruled.after in foretold


def test_the_same_words_from_many_accounts_are_one_event() -> None:
    team = Team()
    for _ in range(30):
        team.says("never again, copied from a friend", light="amber", overruled=True)
    assert learn(team.readings, team.decisions, PLAN, number=1) == TooFew("events", 1, 5)


def test_words_of_fewer_than_three_authors_names_numbers_and_handles_are_no_features() -> None:
    team = for_whom_late_is_amber()
    for number in range(9):
        team.says(
            f"Janina was late, @jan_kow order 4711 zebrawood from Kowalska {'abc'[number % 3]}",
            light="amber", overruled=True, author="one and the same",
        )  # fmt: skip
    words = learnt(team).correction.words
    assert "late" in words
    assert {"janina", "kowalska", "zebrawood", "jan", "jan_kow", "4711"}.isdisjoint(words)


def test_what_sure_words_or_the_plan_decide_is_told_as_not_teachable() -> None:
    team = for_whom_late_is_amber()
    danger = complaint(risks=("safety",), claims={"weighty"}, topic="safety")
    for letter in "abcd":
        team.says(f"the stove caught fire {letter}", light="green", overruled=True, read=danger)
    lesson = learnt(team)
    assert lesson.held_by_words == 4
    seen = Context(received_at=NOON, about=("brand",), followers=900_000, network="x")
    team.decisions[-1] = replace(team.decisions[0], author="famous", context=seen, light=None, kind="complaint")
    team.rows[-1] = complaint()
    assert learnt(team).beyond == 1


def test_a_graver_light_never_makes_an_attack_of_a_complaint() -> None:
    """Under a plan in which only attacks are amber, no change of the reading is meant: the plan lacks a rule."""
    rules = tuple(rule for rule in PLAN.lights if "weighty" not in (rule.when.claims or ()))
    plan = PLAN.model_copy(update={"lights": rules})
    told = learn(for_whom_late_is_amber().readings, for_whom_late_is_amber().decisions, plan, number=1)
    assert told == TooFew("nothing_to_teach", 0, 1)


def test_what_would_move_among_other_posts_is_counted_with_examples_of_each_direction() -> None:
    correction = learnt(for_whom_late_is_amber()).correction
    texts = ["a late lamp", "a blue lamp", "late late late", "thanks"]
    readings = readings_of([complaint(), complaint(), complaint(), {}])
    found = moves(readings, texts, [US] * 4, correction, PLAN)
    assert (found.examined, found.total) == (4, 2)
    assert found.moved == (("green", "amber", 2),)
    assert found.examples == ((0, "green", "amber"), (2, "green", "amber"))


@pytest.mark.parametrize("language", ["es", "pl"])
def test_it_learns_in_every_language(language: str) -> None:
    words = {"es": ("tarde", "rayado"), "pl": ("spóźnione", "porysowane")}[language]
    team = Team()
    read = complaint(language=language)
    for letter in "abcdefghijklmnopqrstuvwx":
        team.says(f"{letter}{letter} muebl {words[0]}", light="amber", overruled=True, read=read)
        team.says(f"{letter}{letter} muebl {words[1]}", light="green", kind="complaint", overruled=False, read=read)
    effect = learnt(team).effect
    assert (effect.overruled.before, effect.stood.after) == (0, 24)
    assert effect.overruled.after >= 22
