"""When people write, by the reader's hour of the week, under the gaps."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from sereno.desk.duty.standing import standing_roster
from sereno.desk.plans.queries import plan_of
from sereno.desk.rosters.frame import Duty
from sereno.desk.rosters.gaps_told import gaps_between
from sereno.desk.rosters.heat import arrivals, pairs
from sereno.desk.rosters.week import monday_of, week_of
from tests.desk.duty_pages.conftest import Desk
from tests.desk.street import NOON

pytestmark = pytest.mark.django_db


def duty_of(desk: Desk) -> Duty:
    return Duty(desk.brand, plan_of(desk.version), standing_roster(desk.brand), NOON + timedelta(hours=2))


def test_posts_stand_at_the_readers_hour_of_the_week(desk: Desk) -> None:
    cache.clear()
    desk.green("1")
    desk.green("2", minutes=61)
    with timezone.override("Asia/Tokyo"):
        heat = arrivals(duty_of(desk))
    assert heat.total == 2
    assert [n for n, _strength in heat.cells] == [21, 22]  # Monday, nine and ten in the evening in Tokyo


def test_cases_are_parted_by_network_and_language_with_the_hours_in_which_nobody_takes_them(desk: Desk) -> None:
    cache.clear()
    case = desk.green("1")
    duty = duty_of(desk)
    with timezone.override("Europe/Madrid"):
        week = week_of(duty, monday_of("", NOON))
        (one,) = pairs(duty, week, gaps_between(duty, week.starts, week.ends))
    assert one.total == 1
    assert case.network.casefold() in one.title.casefold()
