"""What went wrong once, told as it should go: threads, edits, answers, speed, and posts that cannot be judged."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sereno.desk.accounts.models import User
from sereno.desk.audit.actions import digest
from sereno.desk.cases import actions
from sereno.desk.cases.arrivals import SetAside, work_through
from sereno.desk.cases.models import Case, CasePost, ClosureReason
from sereno.desk.intake.models import Observation, Post, PostText, RawRecord, Source, Stage
from sereno.desk.listening.actions import shares_per_hour
from sereno.desk.listening.models import Judgement
from sereno.desk.plans.actions import put_in_force
from sereno.engine.fold import fold
from sereno.engine.read import Readings
from tests.desk.stories import PLAN, brand, member
from tests.desk.street import NOON, Street


@pytest.fixture
def street(db: None) -> Street:
    return Street()


@pytest.fixture
def alice(street: Street) -> User:
    return member("Alice", street.brand)


def edit(post: Post, text: str) -> None:
    PostText.objects.filter(pk=post.pk).update(text=text, folded=fold(text))
    Post.objects.filter(pk=post.pk).update(stage=Stage.STORED)


# -- edits


def test_an_edit_that_makes_it_grave_brings_the_grave_deadlines(street: Street) -> None:
    post = street.complaint("1")
    street.work()
    edit(post, street.reader.says("the acme kettle burned my son", kind="complaint", risks=("safety",)))

    street.work(minutes=5)

    case, judgement = street.case_of(post), Judgement.objects.get(post=post, current=True)
    assert (case.light, case.role) == ("red", "committee_duty")
    assert case.acknowledge_by == judgement.acknowledge_by
    assert case.answer_by == judgement.first_answer_by


def test_graver_words_end_what_a_person_set_about_milder_ones(street: Street, alice: User) -> None:
    post = street.complaint("1")
    street.work()
    actions.overrule(street.case_of(post), light=None, reason="a joke", by=alice, now=NOON)
    edit(post, street.reader.says("the acme kettle burned my son", kind="complaint", risks=("safety",)))

    street.work(minutes=5)

    assert street.case_of(post).light == "red"


def test_milder_words_do_not_end_what_a_person_raised(street: Street, alice: User) -> None:
    post = street.complaint("1")
    street.work()
    actions.overrule(street.case_of(post), light="red", reason="I know her", by=alice, now=NOON)
    edit(post, street.reader.says("acme sent me a broken kettle!", kind="complaint"))

    street.work(minutes=5)

    assert (street.case_of(post).light, street.case_of(post).role) == ("red", "committee_duty")


def test_a_post_that_no_longer_names_us_is_read_again_all_the_same(street: Street) -> None:
    post = street.complaint("1")
    street.work()
    edit(post, street.reader.says("sorry, all fine", kind="praise"))

    street.work(minutes=5)

    assert Judgement.objects.get(post=post, current=True).reading.text_digest == digest("sorry, all fine")


def test_a_post_that_was_deleted_before_it_was_judged_opens_no_case(street: Street) -> None:
    Source.objects.update(settings={"all_about_us": True})
    street.post("1", "", deleted_at=NOON)

    assert street.work() == 1

    assert not Case.objects.exists()


def test_a_post_that_turns_out_to_be_our_own_waits_for_no_answer(street: Street) -> None:
    post = street.complaint("1")
    street.work()
    Post.objects.update(own=True, stage=Stage.STORED)

    street.work(minutes=5)

    case = street.case_of(post)
    assert (case.light, case.state, case.answer_by) == (None, "answered", None)


# -- threads


def test_a_reply_in_the_same_batch_as_the_post_that_opens_the_case_is_ours(street: Street) -> None:
    street.complaint("root", conversation="root")
    reply = street.post(
        "2", "still nothing, a disgrace", author="bob", conversation="root", in_reply_to="root", minutes=1
    )

    street.work()

    assert CasePost.objects.filter(post=reply).exists()


def test_a_reply_that_reached_us_before_its_root_is_taken_up(street: Street) -> None:
    reply = street.post("2", "still nothing, a disgrace", author="bob", conversation="root", in_reply_to="root")
    street.work()
    street.complaint("root", conversation="root", minutes=2)
    street.work(minutes=2)

    street.work(minutes=3)

    assert CasePost.objects.filter(post=reply).exists()


def test_a_strangers_thread_is_not_ours_because_somebody_named_us_in_it(street: Street) -> None:
    street.complaint("7", conversation="a-football-match", in_reply_to="6")
    street.work()
    other = street.post("8", "what a goal", author="bob", conversation="a-football-match", in_reply_to="5", minutes=1)

    street.work(minutes=1)

    assert not CasePost.objects.filter(post=other).exists()


def test_our_answer_answers_the_person_we_replied_to(street: Street) -> None:
    root = street.complaint("root", author="ann", conversation="root")
    street.work()
    comment = street.complaint("c", "acme me too", author="bob", conversation="root", in_reply_to="root", minutes=1)
    street.work(minutes=1)
    street.post("o", "sorry Ann", author="us", own=True, conversation="root", in_reply_to="root", minutes=5)

    street.work(minutes=6)

    assert (street.case_of(root).state, street.case_of(comment).state) == ("answered", "open")


def test_an_answer_to_nobody_in_particular_is_not_guessed(street: Street) -> None:
    root = street.complaint("root", author="ann", conversation="root")
    comment = street.complaint("c", "acme me too", author="bob", conversation="root", minutes=1)
    street.work(minutes=1)
    street.post("o", "sorry all", author="us", own=True, conversation="root", minutes=5)

    street.work(minutes=6)

    assert (street.case_of(root).state, street.case_of(comment).state) == ("open", "open")


def test_a_closed_case_does_not_swallow_the_answer_to_an_open_one(street: Street, alice: User) -> None:
    root = street.complaint("root", author="ann", conversation="root")
    comment = street.complaint("c", "acme me too", author="bob", conversation="root", minutes=1)
    street.work(minutes=1)
    actions.close(street.case_of(comment), reason=ClosureReason.SPAM, words="spam", by=alice, now=NOON)
    street.post("o", "sorry all", author="us", own=True, conversation="root", minutes=5)

    street.work(minutes=6)

    assert street.case_of(root).state == "answered"


def test_a_viral_thread_costs_no_more_queries_than_a_short_one(street: Street) -> None:
    def judge(first: int, count: int) -> int:
        for i in range(first, first + count):
            street.complaint(f"p{i}", f"acme broken {i}", author=f"u{i}", conversation="root")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert street.work() == count
        return len(queries)

    short = judge(0, 20)
    judge(20, 200)

    assert judge(220, 20) <= short + 2


# -- deadlines and closing


def test_a_post_dated_in_the_future_can_be_answered(street: Street) -> None:
    post = street.complaint("1", conversation="1", created_at=NOON + timedelta(hours=30))
    street.work()
    street.post("o", "sorry", author="us", own=True, conversation="1", in_reply_to="1", minutes=60)

    street.work(minutes=61)

    assert street.case_of(post).state == "answered"


def test_a_living_complaint_in_a_backfilled_case_starts_every_deadline(street: Street) -> None:
    street.complaint("1", backfilled=True, minutes=-1000)
    street.work()
    post = street.complaint("2", "acme, the kettle is still broken", minutes=1)

    street.work(minutes=2)

    case = street.case_of(post)
    assert None not in (case.acknowledge_by, case.answer_by, case.resolve_by)


def test_a_reopened_case_is_not_late_at_once(street: Street, alice: User) -> None:
    post = street.complaint("1", conversation="1")
    street.work()
    actions.close(street.case_of(post), reason=ClosureReason.SOLVED, words="by phone", by=alice, now=NOON)
    three_days = 3 * 24 * 60
    street.complaint("2", "acme, it broke again", conversation="1", minutes=three_days)

    street.work(minutes=three_days)

    case = street.case_of(post)
    assert case.state == "open"
    assert case.acknowledge_by is not None
    assert case.acknowledge_by > NOON + timedelta(days=3)


def test_a_second_complaint_after_our_answer_needs_words_again(street: Street, alice: User) -> None:
    post = street.complaint("1", conversation="1")
    street.work()
    street.post("o", "sorry", author="us", own=True, conversation="1", in_reply_to="1", minutes=5)
    street.complaint("2", "acme, broken again", conversation="1", minutes=60)
    street.work(minutes=61)

    with pytest.raises(actions.ActionRefused):
        actions.close(street.case_of(post), reason=ClosureReason.SPAM, words="", by=alice, now=NOON)


def test_a_complaint_behind_graver_news_needs_words_too(street: Street, alice: User) -> None:
    news = street.reader.says("acme kettles catch fire", kind="news", risks=("safety",))
    street.post("1", news)
    complaint = street.complaint("2", minutes=1)
    street.work(minutes=1)

    with pytest.raises(actions.ActionRefused):
        actions.close(street.case_of(complaint), reason=ClosureReason.SPAM, words="", by=alice, now=NOON)


def test_two_sightings_a_second_apart_are_no_speed(street: Street) -> None:
    post = street.complaint("1")
    for second, shares in ((0, 100), (1, 101)):
        record = RawRecord.objects.create(
            brand=street.brand, source=street.source, key=str(second), via="search", received_at=NOON
        )
        Observation.objects.create(
            brand=street.brand, post=post, record=record, kind="engagement", shares=shares,
            at=NOON + timedelta(seconds=second),
        )  # fmt: skip

    assert shares_per_hour([post])[post.pk] == pytest.approx(6)


# -- posts that cannot be judged


class Stumbling:
    """A reader that fails on one text."""

    def __init__(self, street: Street) -> None:
        self.reader, self.model = street.reader, street.reader.model

    def read(self, texts: list[str], languages: list[str | None]) -> Readings:
        if any("poison" in text for text in texts):
            raise RuntimeError("it stumbles")
        return self.reader.read(texts, languages)


def test_a_post_that_cannot_be_judged_stops_no_other_and_is_tried_again(street: Street) -> None:
    theirs = brand("b2", plan=None)
    put_in_force(theirs, text=PLAN, name="b2.yaml", by=None, now=NOON)
    source = Source.objects.create(brand=theirs, kind="file", name="drop", public_id="drop-2")
    poison = street.complaint("1", "acme poison", author="eve")
    mine = street.complaint("2")
    yours = street.complaint("3", "acme, broken", brand=theirs, source=source, author=None)
    aside = SetAside()

    for _ in range(4):
        work_through(now=NOON, reader=Stumbling(street), aside=aside)

    assert {c.post_id for c in CasePost.objects.all()} == {mine.pk, yours.pk}
    assert Post.objects.get(pk=poison.pk).stage == Stage.STORED
    later = NOON + timedelta(minutes=11)
    assert work_through(now=later, reader=street.reader, aside=aside) == 1
    assert CasePost.objects.filter(post=poison).exists()
