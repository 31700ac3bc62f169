"""A draft over the past, against the people whom the roster in force puts there at each hour."""

from __future__ import annotations

import pytest
from django.test import Client

from sereno.desk.accounts.models import Role
from sereno.desk.audit.actions import digest
from sereno.desk.duty.models import RosterVersion
from sereno.desk.plans import results
from sereno.desk.plans.models import PlanReplay, ReplayState
from sereno.engine.replay.difference import Difference, Pair, RoleLoad
from tests.desk.plans.life import Desk
from tests.desk.stories import member
from tests.desk.street import NOON

ROSTER = """
sereno_roster: 1
roster: acme
version: "1"
timezone: Europe/Madrid
people:
  - {person: ana, name: Ana, roles: [community_manager]}
  - {person: eva, name: Eva, roles: [community_manager]}
  - {person: cem, name: Cem, roles: [committee_duty]}
shifts:
  - {shift: desk, role: community_manager, hours: ["08:00-22:00"], people: [ana, eva]}
  - {shift: committee, role: committee_duty, hours: ["20:00-08:00"], people: [cem]}
"""
FOREIGN = ROSTER.replace("community_manager", "night_porter").replace("committee_duty", "night_porter")


@pytest.fixture
def lived(desk: Desk) -> Desk:
    """At one o'clock in Madrid: a complaint, and a danger."""
    desk.complaint("small", author="ann")
    desk.danger("danger", author="cid", minutes=2)
    desk.work(minutes=3)
    return desk


def in_force(desk: Desk, text: str = ROSTER) -> RosterVersion:
    """Written as it stands, so that it may be one that no longer fits."""
    return RosterVersion.objects.create(
        brand=desk.brand, number=2, roster_id="acme@1", text=text, digest=digest(text), in_force_from=NOON
    )


def found(replay: PlanReplay) -> Difference:
    difference = results.difference_of(replay)
    assert difference is not None
    return difference


def load_of(replay: PlanReplay, role: str) -> RoleLoad:
    return next(load for load in found(replay).load if load.role == role)


def late(replay: PlanReplay, role: str) -> int:
    return next(queue.late.after for queue in found(replay).queues if queue.role == role)


def test_the_roster_in_force_says_who_was_there_and_the_result_says_which_it_was(lived: Desk) -> None:
    without = lived.replay(lived.checked())
    assert (found(without).roster, results.counts_of(without).roster) == (None, 0)
    assert (load_of(without, "committee_duty").people, late(without, "committee_duty")) == (1, 0)

    in_force(lived)
    by_roster = lived.replay(lived.checked())

    assert (found(by_roster).roster, results.counts_of(by_roster).roster) == ("acme@1", 2)
    desk, committee = (load_of(by_roster, role) for role in ("community_manager", "committee_duty"))
    assert (desk.least, desk.people, desk.nobody) == (2, 2, Pair(0, 0))
    assert (committee.least, committee.people, committee.nobody) == (0, 0, Pair(1, 1))
    assert late(by_roster, "committee_duty") == 1, "the committee comes at eight in the evening"


def test_a_number_that_was_asked_for_stands_above_the_roster(lived: Desk) -> None:
    in_force(lived)
    replay = lived.replay(lived.checked(), people={"committee_duty": 2})
    load = load_of(replay, "committee_duty")
    assert (load.given, load.people, load.nobody) == (True, 2, Pair(0, 0))
    assert late(replay, "committee_duty") == 0


def test_a_roster_that_does_not_fit_is_left_aside_and_it_is_said(lived: Desk) -> None:
    for text in (FOREIGN, "sereno_roster: 1\nroster: broken\n"):
        RosterVersion.objects.all().delete()
        in_force(lived, text)
        replay = lived.replay(lived.checked())
        counts = results.counts_of(replay)
        assert replay.state == ReplayState.DONE
        assert (counts.roster, counts.roster_unfit, found(replay).roster) == (2, True, None)
        assert load_of(replay, "committee_duty").people == 1
        page = page_of(lived, replay, "en")
        assert "Roster no. 2 does not fit these posts or this plan" in page


@pytest.mark.parametrize(
    ("language", "roster", "nobody", "number", "none"),
    [
        (
            "en",
            "By roster no. 2 (acme@1), in force when this was replayed",
            "Posts for which nobody of the role was on duty",
            "By a number instead: Community manager on duty.",
            "By no roster",
        ),
        (
            "es",
            "Por el cuadrante n.º 2 (acme@1), en vigor cuando se repasó",
            "Publicaciones para las que no había nadie del rol de guardia",
            "Por un número en su lugar: Community manager on duty.",
            "Sin cuadrante",
        ),
        (
            "pl",
            "Według grafiku nr 2 (acme@1), obowiązującego w chwili odtworzenia",
            "Wpisy, przy których nikt w tej roli nie miał dyżuru",
            "Zamiast tego według liczby: Community manager on duty.",
            "Bez grafiku",
        ),
    ],
)
def test_the_page_says_on_which_roster_the_figures_rest_and_where_nobody_is(
    lived: Desk, language: str, roster: str, nobody: str, number: str, none: str
) -> None:
    assert none in page_of(lived, lived.replay(lived.checked()), language)
    in_force(lived)
    page = page_of(lived, lived.replay(lived.checked(), people={"community_manager": 2}), language)
    for said in (roster, nobody, number):
        assert said in page
    assert none not in page


def page_of(desk: Desk, replay: PlanReplay, language: str) -> str:
    reader = member(f"Reader {language} {replay.pk}", desk.brand, Role.CARE_LEAD, language=language)
    client = Client()
    client.force_login(reader, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.get(f"/b/acme/plan/drafts/{replay.draft.number}")
    assert answer.status_code == 200
    return answer.content.decode()
