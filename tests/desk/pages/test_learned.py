"""The page “What your team taught”: what it says at each stage, who may press what, and what the case tells."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sereno.desk.accounts.models import User
from sereno.desk.cases import actions as casework
from sereno.desk.intake.models import Post
from sereno.desk.learning import queries, readers
from sereno.desk.learning.models import LearnedCorrection
from sereno.desk.listening.models import KindOverrule
from tests.desk.pages.conftest import Desk
from tests.desk.street import NOON
from tests.desk.test_learning import LATE, WITH_WEIGHT, lives

Page = Callable[..., str]
AT = "/b/acme/learned"


@pytest.fixture
def taught(desk: Desk) -> Desk:
    """Twenty-four late posts found amber by Alice and Bob, the others closed as they were."""
    from sereno.desk.plans.actions import put_in_force

    put_in_force(desk.street.brand, text=WITH_WEIGHT, name="acme.yaml", by=None, now=NOON)
    lives(desk.street, desk.alice, desk.bob)
    readers.share(desk.street.reader)
    return desk


def test_where_nothing_was_taught_the_page_teaches(desk: Desk, page: Page) -> None:
    told = page("learned")
    assert "Your team has taught nothing yet." in told
    assert "From 20 on, Sereno can learn" in told
    assert "All corrections" not in told


def test_with_few_it_says_how_many_are_missing_and_offers_nothing(desk: Desk, page: Page) -> None:
    post = desk.street.complaint("p", "acme sofa came late")
    desk.street.work()
    casework.overrule(desk.street.case_of(post), light="amber", reason="late", by=desk.bob, now=NOON)
    told = page("learned")
    assert "1 of 20 overruled decisions: not enough to learn from yet." in told
    assert "19 more are needed." in told
    assert "Learn from them" not in told
    readers.share(desk.street.reader)
    answer = desk.as_(desk.alice).post(f"{AT}/learn", follow=True)
    assert "There is not enough yet: 1 of 20 overruled decisions. 19 more are needed." in answer.content.decode()


def test_learnt_confirmed_switched_on_and_undone(taught: Desk, page: Page) -> None:
    assert "There are 24 overruled decisions to learn from." in page("learned")
    client = taught.as_(taught.alice)
    told = client.post(f"{AT}/learn", follow=True).content.decode()
    assert "A correction waits for your decision. Nothing has changed yet." in told
    assert "Of 42 decisions that it had not seen, it gives" in told
    assert "“late”" in told
    made = LearnedCorrection.objects.get()

    asked = client.get(f"{AT}/{made.pk}/activate").content.decode()
    assert "Switch on correction 1?" in asked
    assert queries.at_work(taught.street.brand) is None  # asking does nothing

    told = client.post(f"{AT}/{made.pk}/activate", follow=True).content.decode()
    assert "What 24 decisions taught is at work since" in told
    assert "Switched on by Alice" in told
    assert "Undo correction 1?" in client.get(f"{AT}/{made.pk}/undo").content.decode()
    told = client.post(f"{AT}/{made.pk}/undo", follow=True).content.decode()
    assert "Undone. New posts are read as before." in told
    assert "at work since" not in told
    told = client.post(f"{AT}/{made.pk}/undo", follow=True).content.decode()
    assert "This correction is not at work. There is nothing to undo." in told


def test_the_case_tells_that_the_teams_corrections_changed_its_reading(taught: Desk, page: Page) -> None:
    client = taught.as_(taught.alice)
    client.post(f"{AT}/learn")
    client.post(f"{AT}/{LearnedCorrection.objects.get().pk}/activate")
    post = taught.street.complaint("new", "acme bed is late", author="zed", minutes=60)
    taught.street.work(minutes=61)
    told = page(f"cases/{taught.street.case_of(post).pk}")
    assert "corrections changed this reading (24 decisions)" in told
    assert 'href="/b/acme/learned"' in told


def test_who_works_cases_sees_it_and_only_leads_switch(taught: Desk) -> None:
    taught.as_(taught.alice).post(f"{AT}/learn")
    made = LearnedCorrection.objects.get()
    bob, audra, charlie = (taught.as_(person) for person in (taught.bob, taught.audra, taught.charlie))
    told = bob.get(AT).content.decode()
    assert "Correction 1, waiting for a decision" in told
    assert "Switch it on" not in told
    for client in (bob, audra):
        for path in ("learn", "read-again", f"{made.pk}/activate", f"{made.pk}/undo", f"{made.pk}/discard"):
            assert client.post(f"{AT}/{path}").status_code == 403
    assert charlie.get(AT).status_code == 404
    assert charlie.post(f"{AT}/{made.pk}/activate").status_code == 404
    assert taught.as_(taught.alice).post(f"{AT}/{made.pk + 1}/activate").status_code == 404
    made.refresh_from_db()
    assert made.state == "proposed"


def test_examples_are_escaped_and_an_erased_post_is_left_out(taught: Desk, page: Page) -> None:
    for number in range(3):
        taught.street.complaint(
            f"x{number}", f"acme late <script>alert({number})</script>", author=f"x{number}", minutes=50
        )
    taught.street.work(minutes=51)
    taught.as_(taught.alice).post(f"{AT}/learn")
    told = page("learned")
    assert "&lt;script&gt;alert(0)" in told
    assert "<script>alert" not in told
    assert "Of the last 3 other posts, 3 would get another light." in told
    Post.objects.get(external_id="x0").text.delete()
    assert "alert(0)" not in page("learned")


def test_hostile_examples_wait_in_their_case(taught: Desk, page: Page) -> None:
    text = "acme is late you idiots"
    taught.street.complaint("h", text, author="h", minutes=50)
    taught.street.reader.says(text, kind="complaint", hostile=0.9)
    taught.street.work(minutes=51)
    taught.as_(taught.alice).post(f"{AT}/learn")
    told = page("learned")
    assert "Hostile words, shown in the case" in told
    assert "idiots" not in told


@pytest.mark.parametrize(("language", "words"), [("es", "Lo que enseñó su equipo"), ("pl", "Czego nauczył zespół")])
def test_it_speaks_the_persons_language(taught: Desk, language: str, words: str) -> None:
    User.objects.filter(pk=taught.alice.pk).update(language=language)
    taught.alice.refresh_from_db()
    client = taught.as_(taught.alice)
    client.post(f"{AT}/learn")
    told = client.get(AT).content.decode()
    assert words in told
    for english in ("Nothing has changed", "Switch it on", "All corrections", "Let stand"):
        assert english not in told


def test_the_kind_is_told_together_with_the_light(desk: Desk, page: Page) -> None:
    post = desk.street.complaint("p", "acme where is my sofa")
    desk.street.work()
    case = desk.street.case_of(post)
    form = {"overrule-light": "green", "overrule-kind": "question", "overrule-reason": "She only asks."}
    assert desk.as_(desk.bob).post(f"/b/acme/cases/{case.pk}/overrule", form).status_code == 302
    assert KindOverrule.objects.get().to_kind == "question"
    told = page(f"cases/{case.pk}")
    assert "A person says that it is “Question”." in told
    assert "complaint → Question" in told or "Complaint → Question" in told
    assert "She only asks." in told


def test_the_plan_leads_to_it(desk: Desk, page: Page) -> None:
    assert f'href="{AT}"' in page("plan")


def test_twenty_four_are_enough(taught: Desk) -> None:
    assert queries.counts(taught.street.brand).missing == 0
    assert len(LATE) == 24
