"""Numbers, endings and warnings that somebody wrote into an address or a form of the plan."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from sereno.desk.accounts.actions import add_brand, give_role
from sereno.desk.accounts.models import Role
from sereno.desk.accounts.request import whole_number
from sereno.desk.plans import actions
from sereno.desk.plans.models import PlanDraft, PlanReplay
from sereno.desk.replays.running import work_on_replays
from tests.desk.pages.conftest import Desk
from tests.desk.stories import PLAN as TEXT
from tests.fakes import FakeReader

LONG = "9" * 5000
HUGE = "9" * 30
NO_NUMBERS = [LONG, HUGE, "²", "٣", "-1", "1e3", ""]
PLAN = "/b/acme/plan"


@pytest.fixture
def draft(desk: Desk) -> PlanDraft:
    text = TEXT.replace('version: "1"', 'version: "2"')
    return actions.start_draft(desk.street.brand, name="Next", text=text, by=desk.alice, now=timezone.now())


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_number_is_none(text: str) -> None:
    assert whole_number(text) is None


def test_a_number_is_a_number() -> None:
    assert [whole_number(text) for text in ("0", "007", "9" * 18)] == [0, 7, 10**18 - 1]


@pytest.mark.parametrize("number", NO_NUMBERS)
def test_no_page_of_the_plan_breaks_at_a_number(desk: Desk, draft: PlanDraft, number: str) -> None:
    alice, here = desk.as_(desk.alice), f"{PLAN}/drafts/{draft.number}"
    gets = [
        f"{PLAN}/compare?before={number}&after=1", f"{PLAN}/versions/{number}", f"{here}/text?line={number}",
        f"{here}/forms/lights/{number}", f"{here}/forms/lights/{number}/remove", f"{PLAN}/drafts/{number}",
    ]  # fmt: skip
    posts: list[tuple[str, dict[str, str]]] = [
        (f"{PLAN}/known", {"version": number}), (f"{PLAN}/drafts/start", {"based_on": number}),
        (f"{here}/replay", {"minutes": number}), (f"{here}/text", {"text": "x", "revision": number}),
        (f"{here}/forms/lights/{number}/move", {"to": "up"}), (f"{here}/forms/lights/{number}/remove", {}),
        (f"{here}/forms/lights/0", {"_do": f"remove:f.{number}"}), (f"{PLAN}/drafts/{number}/approve", {}),
    ]  # fmt: skip

    assert {alice.get(path).status_code for path in gets} <= {200, 301, 302, 404}
    assert {alice.post(path, said).status_code for path, said in posts} <= {200, 302, 404, 422}
    assert PlanReplay.objects.get().minutes_per_answer == 10


@pytest.mark.parametrize("number", NO_NUMBERS)
def test_no_other_page_breaks_at_a_number(desk: Desk, number: str) -> None:
    alice, case = desk.as_(desk.alice), desk.street.complaint("1")
    desk.street.work()
    pk = desk.street.case_of(case).pk
    for path in (f"inbox?owner={number}&view=all", f"inbox?case={number}", f"due?seen={number}", f"cases/{number}"):
        assert alice.get(f"/b/acme/{path}").status_code in (200, 301, 302, 404)
    for path, said in (("take", {"seen": number}), ("assign", {"assign-owner": number}), ("close", {"seen": number})):
        assert alice.post(f"/b/acme/cases/{pk}/{path}", said).status_code in (200, 302, 422)


def test_a_number_that_is_none_is_one_record_and_never_all(desk: Desk) -> None:
    from sereno.desk.intake.views_sources import _chosen

    class Request:
        POST = {"record": LONG}

    assert _chosen(Request(), desk.street.brand).query.where  # type: ignore[arg-type]
    assert list(_chosen(Request(), desk.street.brand)) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ending", "status"), [("csv", 200), ("jsonl", 200), ("exe", 404), ("CSV", 404), ("csv.exe", 404)]
)
def test_the_changed_posts_are_a_table_or_lines_and_nothing_else(
    desk: Desk, draft: PlanDraft, ending: str, status: int
) -> None:
    actions.ask_replay(draft, by=desk.alice, now=timezone.now())
    work_on_replays(now=timezone.now(), reader=FakeReader())

    found = desk.as_(desk.alice).get(f"{PLAN}/drafts/{draft.number}/changed.{ending}")

    assert found.status_code == status


def test_open_cases_are_not_judged_again_where_no_plan_is(desk: Desk) -> None:
    other = add_brand(slug="noplan", name="No plan", by=None, now=timezone.now())
    give_role(desk.alice, other, Role.OWNER, by=None, now=timezone.now())

    told = desk.as_(desk.alice).post("/b/noplan/plan/apply", follow=True)

    assert told.status_code == 200
    assert "No plan is in force" in told.content.decode()


def accepted(desk: Desk, draft: PlanDraft, **said: str) -> Any:
    address = f"{PLAN}/drafts/{draft.number}/accept"
    return desk.as_(desk.alice).post(address, {"back": "forms", "reason": "we know it", **said})


def test_only_a_warning_that_the_check_tells_is_accepted(desk: Desk, draft: PlanDraft) -> None:
    from sereno.desk.plans.faults_told import faults_told

    warning = next(one for one in faults_told(draft.text) if one.severity == "warning")

    accepted(desk, draft, warning="no-such-warning", at="nowhere")
    accepted(desk, draft, warning=warning.code, at="nowhere")
    assert PlanDraft.objects.get(pk=draft.pk).text == draft.text

    accepted(desk, draft, warning=warning.code, at=warning.at)
    assert warning not in faults_told(PlanDraft.objects.get(pk=draft.pk).text)
    assert "we know it" in PlanDraft.objects.get(pk=draft.pk).text
