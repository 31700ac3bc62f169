"""Somebody is in danger: the named role has the case in its turn, the guide stands before all else, and what nobody
should have to read unprepared waits behind a note."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from sereno.desk.accounts.actions import give_role
from sereno.desk.accounts.models import Role, User
from sereno.desk.cases.actions import close, overrule
from sereno.desk.cases.filters import Filters
from sereno.desk.cases.models import Case, ClosureReason
from sereno.desk.cases.queries import inbox
from sereno.desk.plans.actions import put_in_force
from tests.desk.pages.conftest import Desk
from tests.desk.stories import BEFORE, PLAN, member
from tests.desk.street import NOON

pytestmark = pytest.mark.django_db

Page = Callable[..., str]

RULES = """lights:
  - {rule: self-harm, light: red, title: {en: Someone speaks of harming themselves}, when: {claims: [self_harm]},
     route: {role: safety_contact}, guide: calm}
  - {rule: threat, light: red, title: {en: Violence is threatened}, when: {claims: [threat]},
     route: {role: product_owner, chain: waits}, guide: spot}
"""
GUIDES = """guides:
  - guide: calm
    title: {en: When someone may harm themselves, pl: Gdy ktoś może zrobić sobie krzywdę}
    steps:
      - {en: Take it seriously., pl: Potraktować poważnie.}
      - {en: A person answers.}
    numbers:
      - {number: '116 123', title: {en: Emotional support}}
  - {guide: spot, title: {en: When violence is threatened}, steps: [{en: People at the spot come first.}]}
targets:
"""
SECOND = PLAN.replace('version: "1"', 'version: "2"')
DANGER_PLAN = SECOND.replace("lights:\n", RULES).replace("targets:\n", GUIDES).replace(
    "  - {role: committee_duty", "  - {role: safety_contact, title: {en: Safety contact}}\n  - {role: committee_duty"
)  # fmt: skip
RATS = "acme is run by utter rats"
VEIL = re.compile(r'<details class="veil".*?</details>', re.S)
SAD = "acme, you were my last hope, I want to end it tonight"


@pytest.fixture
def danger(desk: Desk) -> Desk:
    put_in_force(desk.street.brand, text=DANGER_PLAN, name="acme.yaml", by=None, now=NOON - timedelta(hours=1))
    return desk


def sad(
    desk: Desk, text: str = SAD, *, claims: tuple[str, ...] = ("self_harm",), name: str = "sad", **more: object
) -> Case:
    start = text.find("end it tonight")
    evidence = ((f"claims.{claims[0]}", start, start + 14),) if claims and start >= 0 else ()
    desk.street.reader.says(text, kind="question", claims=frozenset(claims), evidence=evidence)
    post = desk.street.post(name, text, **more)  # type: ignore[arg-type]
    desk.street.work()
    return desk.street.case_of(post)


def rats(desk: Desk, **says: object) -> Case:
    desk.street.reader.says(RATS, kind="complaint", **says)
    post = desk.street.post("rats", RATS)
    desk.street.work()
    return desk.street.case_of(post)


def turn_of(desk: Desk, person: User, minutes: int = 0) -> list[int]:
    found = inbox(
        desk.street.brand, Filters(view="turn"), person=person, now=NOON + timedelta(minutes=minutes)
    )  # fmt: skip
    return [row.case.pk for row in found.rows]


def role(desk: Desk, name: str, which: Role, area: str = "") -> User:
    user = member(name, desk.street.brand, which)
    if area:
        user.memberships.all().delete()
        give_role(user, desk.street.brand, which, by=None, now=BEFORE, area=area)
    return user


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


# -- routed to a named role --------------------------------------------------------------------------------------------


def test_a_question_from_somebody_in_danger_is_red_and_in_the_turn_of_the_named_role_and_of_the_committee(
    danger: Desk,
) -> None:
    saved, called = role(danger, "Sara", Role.SAFETY_CONTACT), role(danger, "Carl", Role.COMMITTEE)
    case = sad(danger)
    assert (case.light, case.role, case.step, case.called) == ("red", "safety_contact", "committee", "|safety_contact|")
    assert turn_of(danger, saved) == turn_of(danger, called) == [case.pk]
    assert turn_of(danger, danger.bob) == []


def test_a_chain_that_may_wait_is_called_when_the_named_role_does_not_acknowledge(danger: Desk) -> None:
    owner, committee = role(danger, "Oona", Role.AREA_OWNER, "product"), role(danger, "Carl", Role.COMMITTEE)
    case = sad(danger, "acme, I will come to your shop with a knife", claims=("threat",))
    assert (case.role, case.chain_waits) == ("product_owner", True)
    assert (turn_of(danger, owner), turn_of(danger, committee)) == ([case.pk], [])
    assert turn_of(danger, committee, minutes=11) == [case.pk]


def test_a_chain_does_not_wait_for_a_role_that_nobody_has(danger: Desk) -> None:
    committee = role(danger, "Carl", Role.COMMITTEE)
    case = sad(danger, "acme, I will come to your shop with a knife", claims=("threat",))
    assert case.chain_waits
    assert turn_of(danger, committee) == [case.pk]


def test_a_word_of_despair_in_a_case_that_is_red_already_calls_the_role_and_is_read_first(danger: Desk) -> None:
    saved = role(danger, "Sara", Role.SAFETY_CONTACT)
    danger.street.danger("burn", author="ann")
    danger.street.work()
    before = turn_of(danger, saved)
    case = sad(danger, in_reply_to="burn", conversation="burn", minutes=2)
    assert before == []
    assert (case.posts_count, case.deciding_post.external_id, case.role) == (2, "sad", "safety_contact")
    assert not case.chain_waits, "the committee was called before"
    assert turn_of(danger, saved) == [case.pk]


def test_both_kinds_of_danger_call_both_roles(danger: Desk) -> None:
    saved, owner = role(danger, "Sara", Role.SAFETY_CONTACT), role(danger, "Oona", Role.AREA_OWNER, "product")
    case = sad(danger, claims=("self_harm", "threat"))
    assert case.called == "|safety_contact|product_owner|"
    assert turn_of(danger, saved) == turn_of(danger, owner) == [case.pk]


def test_where_a_person_says_that_it_is_milder_nobody_is_called_any_more(danger: Desk) -> None:
    saved = role(danger, "Sara", Role.SAFETY_CONTACT)
    case = overrule(sad(danger), light="green", reason="a song", by=danger.alice, now=NOON)
    assert (case.light, case.called, case.role) == ("green", "", "community_manager")
    assert turn_of(danger, saved) == []


# -- the case page -----------------------------------------------------------------------------------------------------


def test_the_case_shows_the_guide_the_role_and_its_people_before_the_thread(danger: Desk, page: Page) -> None:
    role(danger, "Sara", Role.SAFETY_CONTACT)
    case = sad(danger)
    html = page(f"cases/{case.pk}")
    told = text_of(html)
    assert "When someone may harm themselves" in told
    assert "Call at once: Safety contact Sara" in told
    assert 'href="tel:116123"' in html
    assert html.index("Take it seriously.") < html.index("A person answers.") < html.index('id="thread-title"')
    assert "Whose turn: Safety contact and Committee member on duty" in told


def test_a_role_that_nobody_has_is_said(danger: Desk, page: Page) -> None:
    case = sad(danger)
    assert "Nobody on this desk has this role yet. Tell the care lead now." in page(f"cases/{case.pk}")


def test_the_guide_stands_in_the_reader_s_language_and_falls_back_step_by_step(danger: Desk, page: Page) -> None:
    kasia = member("Kasia", danger.street.brand, language="pl")
    told = page(f"cases/{sad(danger).pk}", kasia)
    for words in ("Gdy ktoś może zrobić sobie krzywdę", "Potraktować poważnie.", "A person answers."):
        assert words in told


def test_an_ordinary_case_has_no_guide(danger: Desk, page: Page) -> None:
    post = danger.street.complaint("kettle")
    danger.street.work()
    html = page(f"cases/{danger.street.case_of(post).pk}")
    assert "guidance" not in html
    assert '<details class="veil"' not in html


@pytest.mark.parametrize("end", ["overruled", "closed"])
def test_when_it_is_settled_the_guide_is_folded_but_at_hand(danger: Desk, page: Page, end: str) -> None:
    case = sad(danger)
    in_front = page(f"cases/{case.pk}")
    if end == "closed":
        close(case, reason=ClosureReason.SOLVED, words="spoke with her", by=danger.alice, now=NOON)
    else:
        overrule(case, light="green", reason="a song", by=danger.alice, now=NOON)
    assert '<details class="guide">' not in in_front
    assert '<details class="guide">' in page(f"cases/{case.pk}")


def test_the_inbox_row_says_that_there_is_a_guide_and_whose_turn_it_is(danger: Desk, page: Page) -> None:
    sad(danger)
    html = page("inbox")
    assert 'title="When someone may harm themselves"' in html
    assert "Safety contact" in text_of(html)


def test_the_plan_page_tells_whom_a_rule_calls_and_shows_the_guides(danger: Desk, page: Page) -> None:
    told = text_of(page("plan"))
    assert "Safety contact is called at once, with the chain · the guide “When someone may harm themselves”" in told
    assert "People at the spot come first." in told


# -- hidden until somebody chooses to read it --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("says", "why"),
    [
        ({"claims": frozenset({"self_harm"})}, "words about self-harm"),
        ({"claims": frozenset({"threat"})}, "a threat"),
        ({"hostile": 0.5}, "hostile words"),
        ({"hostile": 0.9, "claims": frozenset({"threat"})}, "a threat and hostile words"),
        ({"hostile": 0.49}, ""),
        ({"claims": frozenset({"press"})}, ""),
    ],
)
def test_what_is_hidden_says_why(danger: Desk, page: Page, says: dict[str, object], why: str) -> None:
    case = rats(danger, **says)
    for path in ("inbox", f"cases/{case.pk}"):
        veils = VEIL.findall(page(path))
        assert [text_of(veil).strip().split(" . ")[0] for veil in veils] == ([f"Hidden: {why}"] if why else [])
        assert all(RATS in text_of(veil) for veil in veils)


def test_the_light_and_the_author_are_never_hidden(danger: Desk, page: Page) -> None:
    sad(danger)
    (row,) = re.findall(r'<li class="row".*?</li>', page("inbox"), flags=re.S)
    seen = text_of(VEIL.sub("", row))
    assert "Red" in seen
    assert "Author unknown" in seen, "nobody told us the name"
    assert "end it tonight" not in seen


def test_the_quoted_words_are_hidden_with_the_text(danger: Desk, page: Page) -> None:
    case = sad(danger)
    html = page(f"cases/{case.pk}")
    assert "end it tonight" in html
    shown = re.sub(r"<details[^>]* data-veil=.*?</details>", "", html, flags=re.S)
    assert "end it tonight" not in shown


def test_whoever_switches_it_off_reads_at_once(danger: Desk, page: Page) -> None:
    case = rats(danger, hostile=0.9)
    client = danger.as_(danger.alice)
    form = {"name": "Alice", "language": "en", "timezone": "UTC", "theme": "auto", "density": "comfortable"}
    assert danger.alice.veil, "on from the first day"
    assert client.post("/settings", form).status_code == 302
    danger.alice.refresh_from_db()
    assert not danger.alice.veil
    assert "data-veil" not in page("inbox") + page(f"cases/{case.pk}")
    client.post("/settings", {**form, "veil": "on"})
    assert "data-veil" in page("inbox")


def test_our_own_answer_is_not_hidden(danger: Desk, page: Page) -> None:
    case = rats(danger, hostile=0.9)
    answer = "We are sorry, utter rats is hard to hear."
    danger.street.reader.says(answer, hostile=0.9)
    danger.street.post("answer", answer, author=None, own=True, in_reply_to="rats", conversation="rats", minutes=3)
    danger.street.work()
    html = page(f"cases/{case.pk}")
    assert answer in VEIL.sub("", html)
    assert len(VEIL.findall(html)) == 1
