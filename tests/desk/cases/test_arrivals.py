"""The last stretch of the street: what stands in the inbox after posts were judged."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sereno.desk.accounts.models import Brand
from sereno.desk.cases.models import Case, CaseEvent
from sereno.desk.intake.models import Post, PostText, Source, Stage
from sereno.desk.listening.models import Judgement, Mention, Reading
from sereno.desk.listening.stored import context_of, readings_of, reasons_of
from sereno.desk.plans.actions import put_in_force
from sereno.desk.plans.queries import plan_of
from sereno.engine.context import Contexts
from sereno.engine.judge import judge
from tests.desk.stories import PLAN
from tests.desk.street import NOON, Street


@pytest.fixture
def street(db: None) -> Street:
    return Street()


def test_a_complaint_becomes_a_green_case_of_the_community_manager(street: Street) -> None:
    post = street.complaint("1")

    assert street.work() == 1

    case = street.case_of(post)
    assert (case.light, case.state, case.role) == ("green", "open", "community_manager")
    assert case.answer_by is not None
    assert Mention.objects.get().watch == "acme"
    assert [e.kind for e in CaseEvent.objects.all()] == ["opened"]
    assert Post.objects.get().stage == Stage.JUDGED


def test_a_danger_goes_to_the_committee_and_wakes(street: Street) -> None:
    post = street.danger("1")

    street.work()

    case, judgement = street.case_of(post), Judgement.objects.get()
    assert (case.light, case.role, judgement.wakes) == ("red", "committee_duty", True)


def test_a_post_that_nobody_watches_for_is_kept_and_opens_no_case(street: Street) -> None:
    street.post("1", "lovely weather")

    assert street.work() == 1

    assert not Case.objects.exists()
    assert not Reading.objects.exists()


def test_writing_again_joins_the_case_and_the_graver_post_decides(street: Street) -> None:
    first, second = street.complaint("1"), street.danger("2", minutes=5)

    street.work(minutes=6)

    case = street.case_of(first)
    assert case == street.case_of(second)
    assert (case.light, case.posts_count, case.deciding_post_id) == ("red", 2, second.pk)
    assert context_of(Judgement.objects.get(post=second)).repeat_contact == 1


def test_it_makes_no_difference_whether_posts_are_judged_together_or_one_by_one(street: Street) -> None:
    first = street.complaint("1")
    street.work()
    second = street.danger("2", minutes=5)
    street.work(minutes=6)

    case = street.case_of(first)
    assert case == street.case_of(second)
    assert (case.light, case.posts_count, case.deciding_post_id) == ("red", 2, second.pk)


def test_a_milder_post_never_lowers_the_case(street: Street) -> None:
    first = street.danger("1")
    street.work()
    street.complaint("2", minutes=5)
    street.work(minutes=6)

    assert street.case_of(first).light == "red"


def test_an_answer_typed_in_the_networks_own_app_counts(street: Street) -> None:
    post = street.complaint("1")
    street.work()
    street.post("2", "so sorry, please send us the number", author="acme", own=True, in_reply_to="1", minutes=10)

    street.work(minutes=11)

    case = street.case_of(post)
    assert case.state == "answered"
    assert case.answered_at == NOON + timedelta(minutes=10)
    assert case.answer_by is None


def test_an_answer_found_late_does_not_hide_that_the_person_wrote_again(street: Street) -> None:
    post = street.complaint("1")
    street.complaint("3", minutes=20, conversation="1", text="acme? still nothing")
    street.work(minutes=21)
    street.post("2", "sorry", author="acme", own=True, in_reply_to="1", minutes=10)

    street.work(minutes=30)

    case = street.case_of(post)
    assert case.state == "open"
    assert case.answer_by is not None


def test_our_own_posts_open_no_case(street: Street) -> None:
    street.post("1", "acme wishes you a calm weekend", author="acme", own=True)

    street.work()

    assert not Case.objects.exists()


def test_a_backfilled_complaint_stands_in_the_inbox_but_wakes_nobody_and_starts_no_deadline(street: Street) -> None:
    post = street.danger("1", backfilled=True)

    street.work()

    case, judgement = street.case_of(post), Judgement.objects.get()
    assert case.light == "red"
    assert judgement.wakes is False
    assert {case.acknowledge_by, case.answer_by, case.resolve_by, case.statutory_by} == {None}


def test_a_reply_in_the_thread_of_a_case_is_about_us_even_without_our_name(street: Street) -> None:
    street.complaint("1")
    street.work()
    street.reader.says("same here!", kind="complaint")
    reply = street.post("2", "same here!", author="bob", in_reply_to="1", minutes=5)

    street.work(minutes=6)

    assert street.case_of(reply).light == "green"
    assert Case.objects.count() == 2


def test_a_text_is_read_once(street: Street) -> None:
    post = street.complaint("1")
    street.work()
    Post.objects.update(stage=Stage.STORED)

    street.work()

    assert street.reader.read_texts == [post.text.text]
    assert Judgement.objects.filter(post=post).count() == 2
    assert Judgement.objects.filter(post=post, current=True).count() == 1
    assert Case.objects.count() == 1


def test_an_edited_post_is_read_and_judged_again_and_its_case_follows(street: Street) -> None:
    post = street.complaint("1")
    street.work()
    graver = street.reader.says("the acme kettle burned my son", kind="complaint", risks=("safety",), topic="safety")
    PostText.objects.filter(post=post).update(text=graver)
    Post.objects.filter(pk=post.pk).update(stage=Stage.STORED)

    street.work(minutes=3)

    case = street.case_of(post)
    assert (case.light, case.role) == ("red", "committee_duty")
    assert "light_changed" in [e.kind for e in case.events.all()]


def test_judging_again_from_what_was_stored_gives_the_same_light_and_reasons(street: Street) -> None:
    """One judgement everywhere: the replay gives what the inbox gave."""
    for n, text in enumerate(["acme sent me a broken kettle", "the acme kettle burned my son", "I like acme"]):
        street.complaint(str(n), text, author=f"author-{n}")
    street.work(minutes=1)

    for stored in Judgement.objects.select_related("reading"):
        again = judge(
            readings_of([stored.reading]), Contexts([context_of(stored)]), plan_of(street.version), stored.judged_at
        )
        assert (again.light[0], again.text_light[0], again.route[0].step) == (
            stored.light,
            stored.text_light,
            stored.step,
        )
        assert again.reasons[0] == reasons_of(stored)


def test_brands_are_judged_apart(street: Street) -> None:
    other = Brand.objects.create(slug="other", name="Other")
    put_in_force(other, text=PLAN, name="acme.yaml", by=None, now=NOON)
    theirs = Source.objects.create(brand=other, kind="file", name="drop", public_id="drop-2")
    mine = street.complaint("1")
    yours = street.complaint("1", brand=other, source=theirs, author=None)

    street.work()
    street.work()

    assert street.case_of(mine).brand == street.brand
    assert street.case_of(yours).brand == other
    assert street.case_of(mine) != street.case_of(yours)


def test_posts_of_a_brand_without_a_plan_wait(street: Street) -> None:
    planless = Brand.objects.create(slug="planless", name="Planless")
    source = Source.objects.create(brand=planless, kind="file", name="drop", public_id="drop-3")
    post = street.complaint("1", brand=planless, source=source, author=None)

    assert street.work() == 0

    assert Post.objects.get(pk=post.pk).stage == Stage.STORED
