"""What people see: the inbox with its filters and pages, the case, Now, the plan; and what they never see."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sereno.desk.accounts.models import User
from sereno.desk.cases.actions import assign, close, overrule
from sereno.desk.cases.casefile import safe_link
from sereno.desk.cases.filters import VIEWS, Filters
from sereno.desk.cases.models import Case, CaseEvent, ClosureReason
from sereno.desk.cases.queries import PAGE, inbox
from sereno.desk.intake.models import AuthorIdentity, PostText, Source
from sereno.desk.urls import brand as brand_urls
from tests.desk.pages.conftest import Desk
from tests.desk.street import NOON

Page = Callable[..., str]


def case_ids(desk: Desk, query: dict[str, str], person: User | None = None) -> list[int]:
    found = inbox(desk.street.brand, Filters.from_query(query), person=person or desk.alice, now=NOON)
    return [row.case.pk for row in found.rows]


def test_the_gravest_stands_first_then_the_newest(desk: Desk, page: Page) -> None:
    desk.street.complaint("old", "acme forgot my lamp", author="ann")
    desk.street.complaint("new", "acme forgot my chair", author="ben", minutes=5)
    desk.street.danger("fire", author="cat", minutes=1)
    desk.street.work(minutes=6)
    told = page("inbox")
    assert told.index("burned my son") < told.index("my chair") < told.index("my lamp")


def test_a_row_tells_why_in_the_readers_language(desk: Desk, page: Page) -> None:
    desk.street.danger("fire")
    desk.street.work()
    assert "Danger to people" in page("inbox")
    User.objects.filter(pk=desk.bob.pk).update(language="pl")
    desk.bob.refresh_from_db()
    told = page(f"cases/{Case.objects.get().pk}", desk.bob)
    assert 'lang="pl"' in told
    assert "zagrożenie dla ludzi" in told.lower() or "niebezpieczeństwo" in told.lower() or "tekst" in told


def test_a_hostile_post_is_text_and_never_markup(desk: Desk, page: Page) -> None:
    post = desk.street.complaint("x", "<script>alert(1)</script><img src=x onerror=alert(2)> acme", author="eve")
    AuthorIdentity.objects.create(author=post.author, handle="<b>eve</b>", name='"><script>alert(3)</script>')
    PostText.objects.filter(post=post).update(url="javascript:alert(4)")
    desk.street.work()
    for told in (page("inbox"), page(f"cases/{Case.objects.get().pk}"), page("")):
        assert "<script>alert" not in told
        assert "<img src=x" not in told
        assert "<b>eve" not in told
        assert "javascript:alert" not in told


@pytest.mark.parametrize(
    ("url", "followed"),
    [
        ("https://x.example/1", True),
        ("http://x.example/1", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("data:text/html,x", False),
        ("//x.example", False),
        ("https://", False),
        ("http://[", False),
        ("", False),
    ],
)
def test_only_addresses_of_the_web_become_links(url: str, followed: bool) -> None:
    assert bool(safe_link(url)) is followed


def test_each_view_shows_what_it_promises(desk: Desk) -> None:
    street = desk.street
    red = street.danger("fire", author="ann")
    mine = street.complaint("mine", "acme lost my bed", author="ben")
    done = street.complaint("done", "acme lost my desk", author="cat")
    street.work()
    red_case, mine_case, done_case = (street.case_of(post) for post in (red, mine, done))
    assign(mine_case, to=desk.alice, by=desk.alice, now=NOON)
    close(done_case, reason=ClosureReason.SPAM, words="seen twice", by=desk.alice, now=NOON)
    shown = {view: set(case_ids(desk, {"view": view})) for view in VIEWS}
    assert shown["open"] == {red_case.pk, mine_case.pk}
    assert shown["mine"] == {mine_case.pk}
    assert shown["unassigned"] == shown["red"] == {red_case.pk}
    assert shown["breaching"] == {red_case.pk}
    assert shown["closed"] == {done_case.pk}
    assert shown["answered"] == set()
    assert shown["all"] == {red_case.pk, mine_case.pk, done_case.pk}


def test_filters_narrow_and_can_be_taken_off(desk: Desk, page: Page) -> None:
    street = desk.street
    street.danger("fire", author="ann")
    street.complaint("green", "acme lost my bed", author="ben", network="instagram")
    street.work()
    fire = Case.objects.get(light="red").pk
    bed = Case.objects.get(light="green").pk
    assert case_ids(desk, {"light": "red"}) == [fire]
    assert case_ids(desk, {"network": "instagram"}) == [bed]
    assert case_ids(desk, {"topic": "safety"}) == [fire]
    assert case_ids(desk, {"kind": "complaint", "language": "en", "watch": "acme"}) == [fire, bed]
    assert case_ids(desk, {"owner": "nobody", "q": "BURNED"}) == [fire]
    assert case_ids(desk, {"owner": "me"}) == []
    assert case_ids(desk, {"light": "none"}) == []
    assert "Remove this filter" in page("inbox?light=red&q=burned")


@pytest.mark.parametrize(
    "query",
    [
        "view=nonsense",
        "light=blue",
        "owner=x",
        "owner=99999999999999999999",
        "after=rubbish",
        "q=%00",
        "q=%22unclosed",
        "case=99999999999999999999",
        "state=odd",
    ],
)
def test_a_mistyped_address_is_an_inbox_all_the_same(desk: Desk, page: Page, query: str) -> None:
    assert "Open" in page(f"inbox?{query}")


def test_pages_follow_each_other_without_doubles_or_holes(desk: Desk) -> None:
    for number in range(PAGE * 2 + 5):
        desk.street.complaint(f"p{number}", f"acme lost parcel {number}", author=f"a{number}", minutes=number % 7)
    desk.street.work(minutes=10)
    seen: list[int] = []
    after = ""
    while True:
        found = inbox(desk.street.brand, Filters(), person=desk.alice, now=NOON, after=after)
        seen += [row.case.pk for row in found.rows]
        after = found.after
        if not after:
            break
    assert len(seen) == len(set(seen)) == PAGE * 2 + 5
    keys = list(Case.objects.order_by("-light_rank", "-latest_at", "-id").values_list("pk", flat=True))
    assert seen == keys


def test_the_number_of_queries_does_not_grow_with_the_rows(desk: Desk) -> None:
    client = desk.as_(desk.alice)

    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    for number in range(34):  # enough for every list of the page
        desk.street.complaint(f"f{number}", f"acme lost letter {number}", author=f"f{number}")
    desk.street.work()
    queries("/b/acme/inbox")  # fills the caches that a process fills once
    few = {path: queries(path) for path in ("/b/acme/inbox", "/b/acme/")}
    for number in range(30):
        desk.street.complaint(f"p{number}", f"acme lost parcel {number}", author=f"a{number}")
    desk.street.work()
    many = {path: queries(path) for path in few}
    assert many == few
    assert max(many.values()) <= 43  # *Now* tells of duty too


def test_the_case_shows_thread_reasons_deadlines_chain_and_history(desk: Desk, page: Page) -> None:
    street = desk.street
    fire = street.danger("fire", author="ann")
    street.post("reply", "So sorry, we call you now", author="us", own=True, in_reply_to="fire", conversation="fire",
                minutes=3)  # fmt: skip
    street.post("voice", "same here", author="zoe", in_reply_to="fire", conversation="fire", minutes=2)
    street.work(minutes=4)
    case = street.case_of(fire)
    overrule(case, light="amber", reason="It was a toy kettle.", by=desk.bob, now=NOON + timedelta(minutes=5))
    told = page(f"cases/{case.pk}")
    for words in ("burned my son", "So sorry, we call you now", "Our answer", "same here", "Another voice",
                  "Danger to people", "It was a toy kettle.", "Bob", "Area", "Case opened"):  # fmt: skip
        assert words in told, words
    assert told.index("burned my son") < told.index("same here") < told.index("So sorry")


def test_a_row_whose_light_a_person_set_names_them_and_marks_no_words(desk: Desk, page: Page) -> None:
    fire = desk.street.danger("fire")
    desk.street.work()
    overrule(desk.street.case_of(fire), light="amber", reason="A toy.", by=desk.bob, now=NOON)
    told = page("inbox")
    assert "Bob set this light." in told
    assert "<mark>" not in told


def test_now_says_how_bad_it_is_in_one_sentence(desk: Desk, page: Page) -> None:
    assert "All quiet. Nobody waits for an answer." in page("")
    desk.street.danger("fire")
    desk.street.work()
    assert "One red case not taken" in page("")
    Source.objects.update(failures=2, last_error="the portal answered 500")
    assert "the portal answered 500" in page("")


def test_the_plan_is_read_aloud(desk: Desk, page: Page) -> None:
    told = page("plan")
    assert "The plan acme@1 is in force since" in told
    assert "Danger to people" in told
    assert "20,000" in told


def test_a_brand_without_plan_says_so(desk: Desk) -> None:
    from sereno.desk.plans.models import PlanVersion

    PlanVersion.objects.all().delete()
    told = desk.as_(desk.alice).get("/b/acme/plan").content.decode()
    assert "No plan is in force." in told


def _pages(patterns: Sequence[Any], around: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every page's name with what its address asks for, those of an included list too."""
    for pattern in patterns:
        asked = (*around, *pattern.pattern.converters)
        if hasattr(pattern, "url_patterns"):
            yield from _pages(pattern.url_patterns, asked)
        else:
            yield pattern.name, asked


def test_no_page_of_a_brand_opens_for_a_stranger_or_for_nobody(desk: Desk) -> None:
    from django.test import Client

    desk.street.danger("fire")
    desk.street.work()
    case = Case.objects.get().pk
    stranger = desk.as_(desk.charlie)
    given = {"pk": case, "number": 1, "part": "lights", "entry": 0, "ending": "csv", "how": "confirm", "index": 0,
             "name": "ana"}  # fmt: skip
    for name, asked in _pages(brand_urls):
        if name == "live":
            continue  # has tests of its own
        path = reverse(name, kwargs={"slug": "acme", **{key: given[key] for key in asked}})
        for verb in ("get", "post"):
            assert getattr(stranger, verb)(path).status_code in (404, 405), path
            answer = getattr(Client(), verb)(path)
            assert answer.status_code == 302, path
            assert answer["Location"].startswith("/accounts/login/"), path


def test_a_case_of_another_brand_does_not_exist(desk: Desk) -> None:
    desk.street.danger("fire")
    desk.street.work()
    case = Case.objects.get().pk
    assert desk.as_(desk.charlie).get(f"/b/rival/cases/{case}").status_code == 404
    assert desk.as_(desk.charlie).post(f"/b/rival/cases/{case}/take").status_code == 404
    assert not CaseEvent.objects.filter(kind="taken").exists()
