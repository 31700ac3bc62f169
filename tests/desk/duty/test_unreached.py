"""Nobody of those called could be told: the next link is called at once."""

from __future__ import annotations

import pytest

from sereno.desk.duty import acts
from sereno.desk.duty.unreached import heard
from sereno.desk.notify.models import Notification, NotificationState
from tests.desk.duty.watch import Watch, happenings, line_of, told

pytestmark = pytest.mark.django_db


def fails(notification: Notification, watch: Watch, minutes: float) -> None:
    notification.state = NotificationState.UNREACHED
    notification.save()
    heard(notification, "unreached", watch.at(minutes))


def test_where_everybody_who_was_called_is_unreached_the_next_link_is_called_at_once() -> None:
    watch = Watch()
    case = watch.green()
    watch.act()
    fails(Notification.objects.get(code="called"), watch, 1)
    assert told(case) == [("called", 0, ("ana",)), ("passed", 0, ()), ("called", 1, ("pol",))]
    assert happenings(line_of(case))[1].reason == "unreached"
    fails(Notification.objects.filter(user=watch.person("ana")).get(), watch, 2)
    assert len(told(case)) == 3  # told again about the same call: it was passed on already


def test_as_long_as_one_of_them_was_told_or_somebody_has_it_nothing_moves() -> None:
    watch = Watch()
    case = watch.red()
    watch.act()
    watch.act(10)
    first, *_others = Notification.objects.filter(code="everybody").order_by("pk")
    fails(first, watch, 11)
    assert len(told(case)) == 2

    other = watch.green("2")
    watch.act(11)
    acts.acknowledge(other, by=watch.person("ana"), now=watch.at(11))
    fails(Notification.objects.filter(case=other).get(), watch, 12)
    assert told(other)[-1][0] == "acknowledged"


def test_at_the_last_link_the_next_round_comes_when_it_is_due() -> None:
    watch = Watch()
    case = watch.red()
    watch.act()
    fails(Notification.objects.get(), watch, 1)
    assert told(case) == [("called", 0, ("cem",))]
    watch.act(10)
    assert told(case)[-1] == ("called", 0, ("cem", "dia", "pol"))
