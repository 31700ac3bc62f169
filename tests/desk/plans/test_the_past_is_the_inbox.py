"""Replaying the plan in force over the past gives exactly what stands in the inbox (issue 4, must show 4)."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sereno.desk.cases import actions as casework
from sereno.desk.intake.models import Post, PostText, Stage
from sereno.desk.listening.models import Judgement
from sereno.desk.plans import actions, results
from sereno.desk.plans.models import ReplayState
from sereno.desk.replays.loading import Answers, Page, Standing, pages
from sereno.engine.columns import moments
from sereno.engine.fold import fold
from sereno.engine.plan.load import load_plan
from sereno.engine.plan.model import LIGHTS
from sereno.engine.read import KINDS, RISKS, TOPICS
from sereno.engine.replay import Past
from sereno.engine.replay.run import replay
from tests.desk.plans.life import LATER, Desk, numbered
from tests.desk.stories import PLAN
from tests.desk.street import NOON

RICH = (
    numbered(PLAN)
    .replace(
        "targets:",
        """  - {rule: hurt, light: amber, title: {en: Somebody may be hurt}, when: {risk: [vulnerable]},
     route: {role: committee_duty, chain: waits}, guide: first}
  - {rule: angry, light: amber, title: {en: Hostile}, when: {hostile: 0.7, kind: [complaint, attack]}}
  - {rule: again, light: amber, title: {en: Writes again}, when: {repeat_contact: 1, kind: [complaint]}}
  - {rule: rival, light: green, title: {en: A rival is praised}, when: {about: [competitor], kind: [praise]}}
  - {rule: private, light: green, title: {en: In private}, when: {visibility: private}}
  - {rule: fast, light: red, title: {en: Shared fast}, when: {shares: 50, text_light: green}}
guides:
  - {guide: first, title: {en: First}, steps: [{en: Read it twice}]}
statutory:
  - {country: ES, days: 30, law: "Ley 1/2007"}
targets:""",
    )
    .replace("terms: [acme]}", "terms: [acme]}\n  - {watch: rival, kind: competitor, terms: [rival]}")
)
"""Rules over most signals, a role that is called by name, a law."""

POST = st.fixed_dictionaries(
    {
        "words": st.sampled_from(["acme", "rival", "acme and rival", "nobody"]),
        "kind": st.sampled_from(KINDS),
        "topic": st.sampled_from(TOPICS),
        "risks": st.lists(st.sampled_from(RISKS), max_size=2, unique=True).map(tuple),
        "claims": st.frozensets(st.sampled_from(["real_harm", "press", "boycott"]), max_size=2),
        "hostile": st.floats(0, 1, width=32),
        "language": st.sampled_from(["en", "es", "und"]),
        "author": st.sampled_from(["ann", "bea", "cid", None]),
        "followers": st.sampled_from([None, 0, 10_000, 10_001, 20_000, 20_001, 2**40]),
        "network": st.sampled_from(["x", "instagram", "a network nobody heard of"]),
        "visibility": st.sampled_from(["public", "private"]),
        "shares": st.sampled_from([None, 0, 49, 50]),
        "rating": st.sampled_from([None, 1.0, 4.5]),
        "own": st.booleans(),
        "backfilled": st.booleans(),
        # over the night in which the clocks of Madrid jump, over weekends without duty; some from a fast clock
        "minutes": st.integers(0, 60 * 24 * 40),
        "microseconds": st.integers(0, 999_999),
        "ahead": st.booleans(),
    }
)


def lay(desk: Desk, number: int, post: dict[str, object]) -> None:
    """Store one post of the street and let the worker judge it, one at a time or with the ones before."""
    text = f"{post['words']} number {number}"
    desk.reader.says(text, **{name: post[name] for name in ("kind", "topic", "risks", "claims", "hostile", "language")})
    made = desk.post(
        f"p{number}", text, author=None if post["own"] else post["author"],  # type: ignore[arg-type]
        **{name: post[name] for name in ("network", "visibility", "shares", "rating", "own", "backfilled")},
        received_at=NOON + timedelta(minutes=post["minutes"], microseconds=post["microseconds"]),  # type: ignore[arg-type]
    )  # fmt: skip
    if made.author:
        made.author.followers = post["followers"]  # type: ignore[assignment]
        made.author.save()
    if number % 3:
        desk.work(minutes=post["minutes"] - (90 if post["ahead"] else 0))  # type: ignore[operator]


def all_pages(desk: Desk) -> list[Page]:
    return list(pages(desk.brand, None, Answers(desk.brand)))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(street=st.lists(POST, min_size=1, max_size=12))
def test_lights_steps_roles_and_deadlines_are_those_that_stand(db: None, street: list[dict[str, object]]) -> None:
    from django.db import transaction

    with transaction.atomic():
        desk = Desk()
        actions.put_in_force(desk.brand, text=RICH, name="rich.yaml", by=None, now=NOON - timedelta(hours=1))
        for number, post in enumerate(street):
            lay(desk, number, post)
        desk.work(minutes=60 * 24 * 41)
        found = all_pages(desk)
        stands = list(Judgement.objects.filter(brand=desk.brand, current=True).order_by("post_id"))
        if found:
            past = Past.joined([page.past for page in found])
            outcome = replay(past, load_plan(RICH))
            replayed = [
                (
                    LIGHTS[outcome.light[i]] if outcome.light[i] >= 0 else None, outcome.step[i], outcome.role[i],
                    outcome.area[i] or "", list(outcome.called[i]), bool(outcome.chain_waits[i]),
                    list(outcome.guides[i]), bool(outcome.wakes[i]),
                    *(moments(getattr(outcome, name)[i : i + 1])[0] for name in DEADLINES),
                )
                for i in range(len(past))
            ]  # fmt: skip
            assert replayed == [
                (
                    j.light, j.step, j.role, j.area, j.called, j.chain_waits, j.guides, j.wakes,
                    *(getattr(j, name) for name in DEADLINES),
                )
                for j in stands
            ]  # fmt: skip
            standing = Standing.joined([page.standing for page in found])
            assert standing.same_as(outcome, np.arange(len(past))) == len(stands)
        else:
            assert stands == []
        transaction.set_rollback(True)


DEADLINES = ("acknowledge_by", "first_answer_by", "next_answer_by", "resolve_by", "statutory_by")


def test_a_later_plan_does_not_touch_what_stands(db: None) -> None:
    desk = Desk()
    desk.complaint("1")
    desk.work()
    draft = desk.approved(RICH)
    actions.put_draft_in_force(draft, summary="more", by=desk.alice, now=NOON)
    desk.complaint("2", "acme, broken again", minutes=1)
    desk.work(minutes=2)

    control = desk.replay(desk.checked(RICH.replace('version: "2"', 'version: "3"')))

    assert control.state == ReplayState.DONE
    counts = results.counts_of(control)
    assert (counts.posts, counts.by_this_version, counts.as_they_stand) == (2, 1, 1)


def edited(desk: Desk, name: str, text: str) -> None:
    """The author edits it: the worker judges it anew."""
    PostText.objects.filter(post__external_id=name).update(text=text, folded=fold(text))
    Post.objects.filter(external_id=name).update(stage=Stage.STORED, edited_at=NOON + timedelta(minutes=20))


def overruled(desk: Desk, name: str) -> None:
    case = desk.case_of(Post.objects.get(external_id=name))
    casework.overrule(case, light="amber", reason="I know her", by=desk.bob, now=LATER)


def erased(desk: Desk, name: str) -> None:
    PostText.objects.get(post__external_id=name).delete()


def test_what_happened_between_the_judgement_and_the_replay_changes_nothing(db: None) -> None:
    desk = Desk()
    for number, name in enumerate(("edited", "edited and overruled", "overruled", "erased", "erased and overruled")):
        desk.complaint(name, author=name, minutes=number)
    desk.work(minutes=10)
    desk.reader.says("acme, the kettle burned my son", kind="complaint", risks=("safety",), topic="safety")
    overruled(desk, "edited and overruled")
    for name in ("edited", "edited and overruled"):
        edited(desk, name, "acme, the kettle burned my son")
    desk.work(minutes=21)
    for name in ("overruled", "erased and overruled"):
        overruled(desk, name)
    for name in ("erased", "erased and overruled"):
        erased(desk, name)
    stood = dict(Judgement.objects.filter(current=True).values_list("post__external_id", "light"))

    control = desk.replay(desk.checked(numbered(PLAN)))

    counts, figures = results.counts_of(control), results.difference_of(control)
    assert (counts.posts, counts.by_this_version, counts.as_they_stand, control.changed) == (5, 5, 5, 0)
    assert sorted(stood.values()) == ["green", "green", "green", "red", "red"]
    assert figures is not None
    assert figures.lights[3][3] == 2  # the edited ones, by what they say since
    assert counts.overruled == 2  # of an edited post nobody has said anything yet


@pytest.mark.parametrize("page", [1, 2, 3])
def test_pages_of_the_past_lose_nothing(db: None, monkeypatch: pytest.MonkeyPatch, page: int) -> None:
    desk = Desk()
    for number in range(5):
        desk.complaint(str(number), author=f"author {number}", minutes=number)
    desk.work(minutes=9)
    whole = Past.joined([found.past for found in all_pages(desk)])
    monkeypatch.setattr("sereno.desk.replays.loading.PAGE", page)

    parts = [found.past for found in all_pages(desk)]

    assert [len(part) for part in parts] == [min(page, 5 - start) for start in range(0, 5, page)]
    joined = Past.joined(parts)
    assert joined.ids == whole.ids
    assert joined.rows(range(5))[1].rows == whole.rows(range(5))[1].rows
