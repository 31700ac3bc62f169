"""A plan replayed over the past says of each post what the inbox said."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.engine.columns import moments
from sereno.engine.judge import judge
from sereno.engine.plan.model import LIGHTS, Plan
from sereno.engine.replay import Outcome, Past, replay
from sereno.engine.replay import run as running
from tests.engine.plan.batches import Said, known, replace_context
from tests.engine.replay.pasts import AFTER, BEFORE, MONDAY, NOW, PASTS, PLANS, STARTER, Row, past_of


def told(outcome: Outcome) -> list[dict[str, object]]:
    """The outcome post by post, in the words of `judge()`."""
    lights = [None, *LIGHTS]
    deadlines = zip(
        *(
            moments(getattr(outcome, name))
            for name in ("acknowledge_by", "first_answer_by", "next_answer_by", "resolve_by", "statutory_by")
        ),
        strict=True,
    )
    return [
        {
            "light": lights[outcome.light[i] + 1],
            "text_light": lights[outcome.text_light[i] + 1],
            "reach": outcome.reach[i],
            "step": outcome.step[i],
            "role": outcome.role[i],
            "area": outcome.area[i],
            "called": outcome.called[i],
            "guides": outcome.guides[i],
            "chain_waits": bool(outcome.chain_waits[i]),
            "wakes": bool(outcome.wakes[i]),
            "deadlines": by if outcome.starts[i] else None,
            "law": outcome.law[i],
        }
        for i, by in enumerate(deadlines)
    ]


def judged_one_by_one(past: Past, plan: Plan) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for i in range(len(past)):
        found = judge(*past.rows([i]), plan, NOW)
        (route,) = found.route
        by = route.deadlines
        rows.append(
            {
                "light": found.light[0],
                "text_light": found.text_light[0],
                "reach": found.reach_level[0],
                "step": route.step,
                "role": route.role,
                "area": route.area,
                "called": route.called,
                "guides": route.guides,
                "chain_waits": route.chain_waits,
                "wakes": route.wakes,
                "deadlines": (by.acknowledge, by.first_answer, by.next_answer, by.resolution, by.statutory)
                if by
                else None,
                "law": by.law if by else None,
            }
        )
    return rows


@settings(max_examples=120, deadline=None)
@given(PLANS, PASTS)
def test_a_replay_says_of_each_post_what_the_inbox_said(plan: Plan, rows: list[Row]) -> None:
    past = past_of(rows)
    assert told(replay(past, plan)) == judged_one_by_one(past, plan)


@settings(max_examples=60, deadline=None)
@given(PLANS, PASTS)
def test_as_if_live_an_archive_wakes_people_when_it_was_written(plan: Plan, rows: list[Row]) -> None:
    live = [
        Row(
            row.said,
            replace_context(
                row.context,
                backfilled=False,
                received_at=(row.context.created_at if row.context.backfilled else None) or row.context.received_at,
            ),
            row.decided,
            row.answered_after,
        )
        for row in rows
    ]
    assert told(replay(past_of(rows), plan, as_if_live=True)) == told(replay(past_of(live), plan))


@settings(max_examples=40, deadline=None)
@given(PLANS, PASTS, st.randoms(use_true_random=False))
def test_the_order_of_the_posts_does_not_matter(plan: Plan, rows: list[Row], chance: random.Random) -> None:
    order = list(range(len(rows)))
    chance.shuffle(order)
    past = past_of(rows)
    straight = told(replay(past, plan))
    assert told(replay(past.take(order), plan)) == [straight[i] for i in order]


@settings(max_examples=30, deadline=None)
@given(PLANS, PASTS)
def test_a_past_in_pieces_gives_the_same_and_its_progress_is_told(plan: Plan, rows: list[Row]) -> None:
    past, passed = past_of(rows), list[int]()
    whole = told(replay(past, plan))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(running, "AT_A_TIME", 3)
        assert told(replay(past, plan, step=passed.append)) == whole
    assert sum(passed) == len(rows)
    assert all(0 < n <= 3 for n in passed)


def test_the_same_post_under_two_plans() -> None:
    loud = Row(Said(claims=frozenset({"lying"})), known(followers=15_000, received_at=MONDAY), -2, None)
    before, after = (told(replay(past_of([loud]), plan))[0] for plan in (BEFORE, AFTER))
    assert (before["light"], after["light"]) == ("amber", "red")
    assert (before["step"], after["step"]) == ("owner", "committee")
    assert (before["wakes"], after["wakes"]) == (False, True)


def test_a_broken_clock_from_the_far_future_stops_nothing() -> None:
    late = Row(Said(), known(received_at=NOW + timedelta(days=365 * 7000)), -2, None)
    assert told(replay(past_of([late]), STARTER))[0]["light"] == "green"
