"""Duty by person: everybody's page, what others may see of it, and how duty is shared."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sereno.desk.duty.models import LineHappening
from sereno.desk.notify.models import ContactWay, Kind
from sereno.desk.plans.models import PlanKnown
from sereno.desk.plans.queries import version_in_force
from tests.desk.duty_pages.conftest import Desk
from tests.desk.street import NOON

pytestmark = pytest.mark.django_db


def sick(desk: Desk) -> None:
    desk.do("roster/leave", number=1, person="cem", starts="2026-03-06T00:00", ends="2026-03-07T00:00", kind="sick")


def test_everybody_is_listed_with_when_they_stand(desk: Desk) -> None:
    page = desk.see("people", who="ana")
    assert "3 of 4 people are on duty now." in page
    assert "on duty until 20:00" in page
    assert "no duty in the next six weeks" in page


def test_a_persons_page_tells_turns_roles_and_how_they_are_reached_by_kind_alone(desk: Desk) -> None:
    ContactWay.objects.create(
        user=desk.person("cem"), kind=Kind.APPRISE, masked="ntfy · ntfy.sh · …", channel="ntfy", position=1,
        label="beside the bed", confirmed_at=NOON, created_at=NOON,
    )  # fmt: skip
    page = desk.see("people/cem", who="ana")
    assert "08:00–20:00" in page
    assert "Committee member on duty" in page
    assert "Message service" in page
    for secret in ("ntfy", "beside the bed", "cem@acme.example"):
        assert secret not in page


def test_why_somebody_is_away_is_known_to_them_and_to_who_leads(desk: Desk) -> None:
    sick(desk)
    assert "Ill" in desk.see("people/cem", who="cem")
    assert "Ill" in desk.see("people/cem", who="lea")
    others = desk.see("people/cem", who="ana")
    assert "away" in others
    assert "Ill" not in others


def test_whether_they_confirmed_the_plan_in_force_stands_there(desk: Desk) -> None:
    version = version_in_force(desk.brand)
    assert version is not None
    assert f"version {version.number} is in force" in desk.see("people/cem")
    PlanKnown.objects.create(brand=desk.brand, version=version, user=desk.person("cem"), at=NOON)
    assert f"Has read the plan in force (version {version.number})" in desk.see("people/cem")


def test_nobody_of_that_name_has_a_page(desk: Desk) -> None:
    desk.see("people/zoe", status=404)


def test_hours_that_stand_twice_count_once(desk: Desk) -> None:
    desk.do(
        "roster/shift", number=1, name="second", role="community_manager", hours="10:00-22:00", days=["monday"],
        people=["ana"], rotate="", since="", holidays="on",
    )  # fmt: skip
    assert '<td class="number">98</td>' in desk.see("?week=2026-03-02")


def test_fairness_counts_by_the_roster_of_those_days_and_says_what_is_uneven(desk: Desk) -> None:
    page = desk.see("fairness?from=2026-03-03&until=2026-03-09")
    assert "weigh most on Pol" in page
    assert '<th scope="row"><bdi>Ana</bdi></th><td class="number">98</td>' in page
    only = desk.see("fairness?from=2026-03-03&until=2026-03-09&role=committee_duty")
    assert "<bdi>Cem</bdi>" in only
    assert "<bdi>Ana</bdi>" not in only


def test_only_calls_that_came_at_night_count_as_wakings(desk: Desk) -> None:
    case = desk.red()
    desk.act()
    called = LineHappening.objects.filter(what="called", line__case=case).first()
    assert called is not None
    assert called.people == ["cem"]
    row = '<th scope="row"><bdi>Cem</bdi></th>' + '<td class="number">{}</td>' * 5
    day = "fairness?from=2026-03-02&until=2026-03-02"
    assert row.format("8", "0", "0", "0", "0") in desk.see(day)
    LineHappening.objects.filter(pk=called.pk).update(at=NOON + timedelta(hours=10, minutes=30))
    assert row.format("8", "0", "0", "0", "1") in desk.see(day)


def test_a_span_that_makes_no_sense_becomes_the_usual_one(desk: Desk) -> None:
    for span in ("from=x&until=y", "from=2026-03-09&until=2026-03-01", "from=0001-01-01&until=9999-12-31"):
        assert 'value="2026-01-06"' in desk.see(f"fairness?{span}")
