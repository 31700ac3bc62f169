"""What is green can wait: nobody is called at night, and whoever stands at the end not again and again."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from sereno.desk.duty.models import LineHappening
from sereno.desk.notify.models import Notification
from tests.desk.duty.watch import Watch, line_of, told

pytestmark = pytest.mark.django_db

MADRID = ZoneInfo("Europe/Madrid")


def let_pass(watch: Watch, minutes: float, until: float) -> None:
    """Each line moved on when it is due."""
    while minutes <= until:
        watch.act(minutes)
        minutes += 5


def test_a_green_case_that_nobody_takes_goes_up_by_day_and_calls_nobody_at_night() -> None:
    watch = Watch()
    case = watch.green()

    let_pass(watch, 0, 24 * 60)  # from 13:00 in Madrid to 13:00

    calls = LineHappening.objects.filter(line=line_of(case), what="called").order_by("number")
    assert [each.link for each in calls[:3]] == [0, 1, 2]
    hours = {each.at.astimezone(MADRID).hour for each in calls}
    assert hours <= set(range(9, 21))
    assert not Notification.objects.filter(case=case, urgency="immediate").exists()


def test_at_the_end_a_green_case_is_called_ever_more_rarely_and_a_red_one_every_ten_minutes() -> None:
    watch = Watch()
    green, red = watch.green("2"), watch.red("1")

    let_pass(watch, 0, 8 * 60)

    def pauses(at: list[datetime]) -> list[int]:
        return [int((later - earlier) / timedelta(minutes=1)) for earlier, later in pairwise(at)]

    ends = LineHappening.objects.filter(line=line_of(green), what="called", link=2).order_by("number")
    assert pauses([each.at for each in ends])[:4] == [10, 20, 40, 80]
    reds = LineHappening.objects.filter(line=line_of(red), what="called").order_by("number")
    assert set(pauses([each.at for each in reds])) == {10}


def test_where_nobody_can_be_reached_for_a_green_case_the_leads_are_told_in_a_digest() -> None:
    watch = Watch()
    for name, person in watch.people.items():
        if name != "lea":
            person.is_active = False
            person.save()
    green, red = watch.green("2"), watch.red("1")
    watch.act()
    assert (told(green)[-1][0], told(red)[-1][0]) == ("nobody", "nobody")
    urgency = dict(Notification.objects.filter(code="nobody").values_list("case_id", "urgency"))
    assert urgency == {green.pk: "batched", red.pk: "immediate"}
