"""Two people at one desk: whose turn it is, and what happens when both reach for one case."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest

from sereno.desk.accounts.actions import give_role
from sereno.desk.accounts.models import Membership, Role, User
from sereno.desk.accounts.refusals import RefusalsInOneLine
from sereno.desk.cases.actions import assign, overrule, take
from sereno.desk.cases.called import role_of_step
from sereno.desk.cases.due import deadlines
from sereno.desk.cases.filters import Filters
from sereno.desk.cases.models import Case, CaseEvent, CaseState
from sereno.desk.cases.queries import front, inbox, latest_event, situation
from sereno.desk.cases.turns import turns_of
from sereno.desk.intake.models import Author
from sereno.desk.plans.queries import plan_of
from tests.desk.pages.conftest import Desk
from tests.desk.stories import BEFORE, member
from tests.desk.street import NOON

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/b/acme/inbox"}
Page = Callable[..., str]


@pytest.fixture
def case(desk: Desk) -> Case:
    desk.street.danger("fire")
    desk.street.work()
    return Case.objects.get()


def seen_by(desk: Desk) -> int:
    return latest_event(desk.street.brand.pk)


def test_taking_what_a_colleague_took_meanwhile_is_asked_again(desk: Desk, case: Case) -> None:
    seen = seen_by(desk)
    take(case, by=desk.bob, now=NOON)
    client, path = desk.as_(desk.alice), f"/b/acme/cases/{case.pk}/take"
    told = client.post(path, {"seen": seen}, headers=HTMX).content.decode()
    case.refresh_from_db()
    assert case.owner == desk.bob
    assert "Bob has had it for a moment. Take it over?" in told
    assert "Take it over</button>" in told.replace("\n", "")

    client.post(path, {"seen": seen_by(desk)})
    case.refresh_from_db()
    assert case.owner == desk.alice


def test_whoever_lost_a_case_is_told(desk: Desk, case: Case) -> None:
    take(case, by=desk.bob, now=NOON)
    drawn = seen_by(desk)
    take(case, by=desk.alice, now=NOON)
    path = f"/b/acme/inbox/changes?event={drawn}&since={drawn}&ids={case.pk}"
    assert "is now with Alice." in desk.as_(desk.bob).get(path).content.decode()
    assert "is now with Alice." not in desk.as_(desk.alice).get(path).content.decode()


def test_giving_back_what_a_colleague_took_over_takes_nothing_from_them(desk: Desk, case: Case) -> None:
    take(case, by=desk.alice, now=NOON)
    seen = seen_by(desk)
    take(case, by=desk.bob, now=NOON)
    desk.as_(desk.alice).post(f"/b/acme/cases/{case.pk}/release", {"seen": seen})
    case.refresh_from_db()
    assert case.owner == desk.bob


def test_closing_says_first_what_changed_and_keeps_the_words(desk: Desk, case: Case) -> None:
    seen = seen_by(desk)
    take(case, by=desk.bob, now=NOON)
    client, path = desk.as_(desk.alice), f"/b/acme/cases/{case.pk}/close"
    form = {"close-reason": "solved", "close-words": "Called her.", "seen": seen}
    answer = client.post(path, form, headers=HTMX)
    told = answer.content.decode()
    assert answer.status_code == 422
    assert "This case changed meanwhile: Taken (Bob)." in told
    assert "Called her." in told
    assert f'name="seen" value="{seen_by(desk)}"' in told
    client.post(path, form | {"seen": seen_by(desk)})
    case.refresh_from_db()
    assert case.state == CaseState.CLOSED


def test_ones_own_deeds_are_no_news(desk: Desk, case: Case) -> None:
    seen = seen_by(desk)
    client, at = desk.as_(desk.alice), f"/b/acme/cases/{case.pk}"
    client.post(f"{at}/take", {"seen": seen})
    client.post(f"{at}/close", {"close-reason": "solved", "close-words": "Done.", "seen": seen})
    case.refresh_from_db()
    assert case.state == CaseState.CLOSED


def test_the_open_case_is_told_of_and_follows(desk: Desk, case: Case, page: Page) -> None:
    seen = seen_by(desk)
    take(case, by=desk.bob, now=NOON)
    changes = page(f"inbox/changes?event={seen}&since={seen}&ids=&open={case.pk}")
    assert f'data-case="{case.pk}" data-event="{seen_by(desk)}"' in changes
    told = (
        desk.as_(desk.alice).get(f"/b/acme/cases/{case.pk}?seen={seen}", headers={"HX-Request": "true"})
    ).content.decode()
    assert "Taken (Bob)" in told
    assert "Bob has it." in told


def test_the_address_of_a_deed_leads_to_the_case(desk: Desk, case: Case) -> None:
    for deed in ("take", "release"):
        assert desk.as_(desk.alice).get(f"/b/acme/cases/{case.pk}/{deed}")["Location"] == f"/b/acme/cases/{case.pk}"
    case.refresh_from_db()
    assert case.owner is None


def test_a_refusal_is_one_line_in_the_log_and_named_in_its_answer(
    desk: Desk, case: Case, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.handler.addFilter(RefusalsInOneLine())
    with caplog.at_level(logging.WARNING, "django.request"):
        refused = desk.as_(desk.audra).post(f"/b/acme/cases/{case.pk}/take")
    assert refused.headers["X-Sereno-Refused"] == "role"
    line = next(record for record in caplog.records if "work_cases" in record.getMessage())
    assert line.exc_info is None


# whose turn


def test_the_chain_tells_which_role_of_the_desk_is_next(desk: Desk) -> None:
    plan = plan_of(desk.street.version)
    assert [(step.step, role_of_step(step)) for step in plan.chain] == [
        ("answer", Role.COMMUNITY_MANAGER),
        ("area", Role.AREA_OWNER),
        ("committee", Role.COMMITTEE),
    ]
    assert turns_of(plan, [("community_manager", "")]).steps == {"answer"}
    assert turns_of(plan, [("area_owner", "product")]).areas == {"product"}
    assert turns_of(plan, [("care_lead", ""), ("committee", "")]).everything
    assert turns_of(plan, [("owner", "")]).everything
    assert turns_of(plan, [("owner", ""), ("committee", "")]).steps == {"committee"}
    assert not turns_of(plan, [("auditor", "")]).steps


def test_my_turn_is_what_waits_for_my_role(desk: Desk) -> None:
    street = desk.street
    street.danger("fire", author="ann")
    street.complaint("bed", "acme lost my bed", author="ben")
    loud = street.complaint("lamp", "acme lost my lamp", author="cat")
    Author.objects.filter(pk=loud.author_id).update(followers=50_000)
    street.work()
    step_of = dict(Case.objects.values_list("step", "pk"))
    Case.objects.filter(step="area").update(area="product")
    kuba = member("Kuba", street.brand, Role.AUDITOR)
    Membership.objects.filter(user=kuba).update(role=Role.AREA_OWNER, area="product")
    irene = member("Irene", street.brand, Role.COMMITTEE)
    maeve = member("Maeve", street.brand, Role.CARE_LEAD)

    def turn(person: User) -> set[int]:
        found = inbox(street.brand, Filters(view="turn"), person=person, now=NOON)
        return {row.case.pk for row in found.rows}

    assert turn(desk.bob) == {step_of["answer"]}
    assert turn(kuba) == {step_of["area"]}
    assert turn(irene) == {step_of["committee"]}
    assert turn(maeve) == set(step_of.values())
    assert turn(desk.audra) == set()

    Membership.objects.filter(user=kuba).update(area="elsewhere")
    assert turn(kuba) == set()
    fire = Case.objects.get(pk=step_of["committee"])
    assign(fire, to=desk.bob, by=irene, now=NOON)
    assert turn(desk.bob) == {step_of["answer"], fire.pk}
    assert turn(irene) == set()


def test_a_step_that_the_plan_no_longer_knows_is_nobodys_loss(desk: Desk, case: Case) -> None:
    Case.objects.update(step="long-gone")
    found = inbox(desk.street.brand, Filters(view="turn"), person=desk.bob, now=NOON)
    assert [row.case.pk for row in found.rows] == [case.pk]


def test_a_row_names_whose_turn_it_is_and_the_rail_my_role(desk: Desk, case: Case, page: Page) -> None:
    told = page("inbox", desk.bob)
    assert "Committee member on duty" in told
    assert '<span class="account__role">Community manager</span>' in told


# Now


def test_now_puts_what_nobody_took_first_then_what_can_be_saved_then_what_is_late(desk: Desk, page: Page) -> None:
    street = desk.street
    late = street.danger("late", "acme kettle burned me", author="ann", minutes=-300)
    street.work(minutes=-300)
    fresh = street.danger("fresh", "acme kettle burned him", author="ben")
    taken = street.danger("taken", "acme kettle burned her", author="cat")
    street.work()
    take(street.case_of(taken), by=desk.alice, now=NOON)
    irene = member("Irene", street.brand, Role.COMMITTEE)
    found = front(street.brand, irene, NOON)
    assert [row.case for row in found.mine] == [street.case_of(fresh), street.case_of(late)]
    assert [row.case for row in found.pressing] == [street.case_of(taken)]
    assert found.recent == []
    now = situation(street.brand, NOON)
    assert (now.red, now.red_taken) == (2, 1)
    assert now.first_red_due == deadlines(street.case_of(fresh))[0][1], "what can still be saved is what the page says"


def test_the_bar_of_new_posts_shows_the_gravest_light(desk: Desk, page: Page) -> None:
    desk.street.complaint("bed", "acme lost my bed", author="ben")
    desk.street.danger("fire", author="ann")
    desk.street.work()
    bar = page("inbox/changes?event=0&since=0&ids=").split('id="arrivals"')[1]
    assert "light--red" in bar.split("2 new posts")[0]


# what a light is worth


def test_worse_news_after_a_correction_is_said_on_row_and_case(desk: Desk, case: Case, page: Page) -> None:
    overrule(case, light="green", reason="a drill", by=desk.alice, now=NOON)
    assert "Since the correction" not in page("inbox")
    CaseEvent.objects.create(
        brand=desk.street.brand, case=case, at=NOON, kind="news_after_overrule",
        details={"rules": ["harm", "loud", "danger"]},
    )  # fmt: skip
    for told in (page("inbox"), page(f"cases/{case.pk}")):
        assert "Since the correction: 3 new reasons" in told
    case.refresh_from_db()
    overrule(case, light="amber", reason="it was real", by=desk.alice, now=NOON)
    assert "Since the correction" not in page("inbox")


def test_a_row_says_the_rule_and_what_context_adds_but_not_the_posts_words(desk: Desk, page: Page) -> None:
    loud = desk.street.complaint("lamp", "acme lost my lamp", author="cat")
    Author.objects.filter(pk=loud.author_id).update(followers=50_000)
    desk.street.work()
    told = page("inbox").split('class="row__reason"')[1].split("</span>")[0]
    assert "A complaint that many read" in told
    assert "50,000" in told
    assert "the text alone" not in told
    assert "the text alone" in page(f"cases/{Case.objects.get().pk}")


def test_our_own_answers_carry_no_marks(desk: Desk, case: Case, page: Page) -> None:
    from sereno.desk.cases.casefile import ThreadPost
    from sereno.desk.listening.models import Judgement

    post = case.deciding_post
    judgement = Judgement.objects.select_related("reading").get(post=post, current=True)
    judgement.reasons = []
    judgement.reading.evidence = [["risk.safety", 0, 3]]
    assert "<mark>" in ThreadPost(post, judgement, mine=True, decides=True).text
    post.own = True
    assert "<mark>" not in ThreadPost(post, judgement, mine=True, decides=False).text


# closing


def test_an_unanswered_complaint_asks_for_words_beforehand(desk: Desk, case: Case, page: Page) -> None:
    form = page(f"cases/{case.pk}/close")
    words = form.split('name="close-words"')[1].split(">")[0]
    assert "required" in words
    assert "say why it can be closed" in form
    Case.objects.update(answered_at=NOON)
    assert "required" not in page(f"cases/{case.pk}/close").split('name="close-words"')[1].split(">")[0]


@pytest.mark.parametrize("told", ["{}", "#{}", "http://desk.example/b/acme/cases/{}", "/b/acme/inbox?case={}"])
def test_the_same_matter_as_another_case_asks_which(desk: Desk, case: Case, told: str) -> None:
    other = desk.street.complaint("bed", "acme lost my bed", author="ben")
    desk.street.work()
    number = desk.street.case_of(other).pk
    client, path = desk.as_(desk.alice), f"/b/acme/cases/{case.pk}/close"
    form = {"close-reason": "duplicate", "close-words": "Twice."}
    for wrong in ("", "999999", str(case.pk), "the one from yesterday"):
        assert client.post(path, form | {"close-other": wrong}).status_code == 422
    assert client.post(path, form | {"close-other": told.format(number)}).status_code == 302
    assert f"Same matter as case {number}. Twice." in client.get(f"/b/acme/cases/{case.pk}").content.decode()


def test_a_case_of_another_brand_is_no_other_case(desk: Desk, case: Case) -> None:
    give_role(desk.alice, desk.other, Role.OWNER, by=None, now=BEFORE)
    Case.objects.filter(pk=case.pk).update(brand=desk.other)
    desk.street.complaint("bed", "acme lost my bed", author="ben")
    desk.street.work()
    mine = Case.objects.get(brand=desk.street.brand)
    form = {"close-reason": "duplicate", "close-words": "Twice.", "close-other": str(case.pk)}
    assert desk.as_(desk.alice).post(f"/b/acme/cases/{mine.pk}/close", form).status_code == 422
