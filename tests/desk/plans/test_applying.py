"""After a new plan: old lights are explained by the old one, and open cases are judged again only where asked."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from sereno.desk.accounts.models import Role
from sereno.desk.audit.models import AuditRow
from sereno.desk.cases import actions as casework
from sereno.desk.cases.models import ClosureReason
from sereno.desk.intake.models import Post
from sereno.desk.listening.models import Judgement
from sereno.desk.plans import actions
from sereno.desk.plans.models import PlanVersion
from sereno.desk.replays.applying import apply_to_open_cases, open_posts
from tests.desk.plans.life import LATER, Desk, numbered
from tests.desk.stories import PLAN, member

GRAVER = numbered(PLAN).replace("{rule: complaint, light: green, title: {en: Ordinary complaint}",
                      "{rule: complaint, light: amber, title: {en: Nothing is ordinary}")  # fmt: skip


@pytest.fixture
def changed(desk: Desk) -> Desk:
    """Three complaints, one of them closed, one that Bob found red; then a plan by which complaints are amber."""
    for name in ("open", "closed", "overruled"):
        desk.complaint(name, author=name)
    desk.work(minutes=1)
    closed = desk.case_of(Post.objects.get(external_id="closed"))
    casework.close(closed, reason=ClosureReason.SOLVED, words="done", by=desk.bob, now=LATER)
    overruled = desk.case_of(Post.objects.get(external_id="overruled"))
    casework.overrule(overruled, light="red", reason="I know her", by=desk.bob, now=LATER)
    actions.put_draft_in_force(desk.approved(GRAVER), summary="graver", by=desk.alice, now=LATER)
    return desk


def light_of(desk: Desk, name: str) -> str | None:
    return desk.case_of(Post.objects.get(external_id=name)).light


def test_a_new_plan_leaves_every_light_and_its_page_explains_it_by_the_old_one(changed: Desk, client: Client) -> None:
    client.force_login(changed.alice)
    case = changed.case_of(Post.objects.get(external_id="open"))

    page = client.get(reverse("case", args=[changed.brand.slug, case.pk])).content.decode()

    assert (case.light, "Ordinary complaint" in page, "Nothing is ordinary" in page) == ("green", True, False)


def test_open_cases_are_judged_again_where_a_person_asks(changed: Desk) -> None:
    assert open_posts(changed.brand).count() == 2

    assert apply_to_open_cases(changed.brand, by=changed.alice, now=LATER) == 2
    changed.work(minutes=200)

    assert [light_of(changed, name) for name in ("open", "closed", "overruled")] == ["amber", "green", "red"]
    assert open_posts(changed.brand).count() == 0
    post = Post.objects.get(external_id="open")
    numbers = Judgement.objects.filter(post=post).order_by("pk").values_list("plan_version__number", "current")
    assert list(numbers) == [(1, False), (2, True)]
    row = AuditRow.objects.get(action="plan.applied_to_open_cases")
    assert (row.by_id, row.details["posts"]) == (changed.alice.pk, 2)
    assert row.object_id == PlanVersion.objects.get(number=2).pk


def test_only_who_may_change_the_plan_asks_for_it(changed: Desk, client: Client) -> None:
    address = reverse("plan_apply", args=[changed.brand.slug])
    client.force_login(member("Clerk", changed.brand, Role.COMMUNITY_MANAGER))
    assert client.post(address).status_code == 403
    assert client.get(address).status_code == 403

    client.force_login(changed.alice)
    assert "2 of their posts were judged by an earlier version." in client.get("/b/acme/plan").content.decode()
    told = client.get(address).content.decode()
    assert "2 posts of open cases were judged by an earlier version." in told
    assert "Lights that a person set stay." in told
    assert open_posts(changed.brand).count() == 2, "asking changes nothing"
    assert client.post(address).status_code == 302
    assert open_posts(changed.brand).filter(stage=1).count() == 0
