"""Red goes by all ways of a person at once, unless they chose otherwise; each is a delivery of its own."""

from __future__ import annotations

import pytest
from django.test import Client

from sereno.desk.notify import actions, ways
from sereno.desk.notify.models import Delivery, Notification
from sereno.desk.notify.queries import preference_of
from tests.desk.notify.people import Desk
from tests.desk.street import NOON


def _called(desk: Desk) -> list[tuple[str, str]]:
    rows = Delivery.objects.filter(notification__code="called").order_by("pk")
    return sorted((row.channel.split(":")[0], row.state) for row in rows)


def test_red_goes_by_all_ways_at_once_and_amber_by_the_first(desk: Desk) -> None:
    """It went by the first alone, which may lie in another room."""
    desk.gateway()
    before = len(desk.mails.mails)
    desk.tell(light="amber")
    desk.deliver()
    assert (len(desk.hook.told), len(desk.mails.mails) - before) == (1, 0)

    [told] = desk.tell()
    desk.deliver()
    assert (len(desk.hook.told), len(desk.mails.mails) - before) == (2, 1)
    rows = list(Delivery.objects.filter(notification=told))
    assert [row.state for row in rows] == ["sent", "sent"]
    assert len({row.key for row in rows}) == len({row.way_id for row in rows}) == 2
    assert desk.heard.count((told.pk, "reached")) == 1
    desk.deliver()
    assert (len(desk.hook.told), len(desk.mails.mails) - before) == (2, 1)  # nothing goes out twice


def test_who_chose_otherwise_has_one_way_after_another(desk: Desk) -> None:
    desk.gateway()
    desk.one_way_after_another()
    before = len(desk.mails.mails)
    desk.tell()
    desk.deliver()
    assert (len(desk.hook.told), len(desk.mails.mails) - before) == (1, 0)


def test_one_way_that_fails_decides_nothing_as_long_as_another_gets_through(desk: Desk) -> None:
    desk.gateway()
    desk.hook.status = 500
    [told] = desk.tell()
    desk.deliver()
    told.refresh_from_db()
    assert _called(desk) == [("json", "failed"), ("mail", "sent")]
    assert told.state == "reached"
    assert "unreached" not in desk.outcomes


def test_where_every_way_fails_that_is_said_once_and_all_are_tried_again(desk: Desk) -> None:
    desk.gateway(path="one")
    desk.gateway(path="two")
    ways.order_ways(desk.alice, [way.pk for way in desk.alice.contact_ways.order_by("own", "pk")], now=desk.now)
    desk.alice.contact_ways.filter(own=True).update(confirmed_at=None)
    desk.hook.status = 500
    [told] = desk.tell()
    desk.deliver()
    told.refresh_from_db()
    assert desk.outcomes.count("unreached") == 1
    assert told.state == "unreached"

    desk.hook.status = 200
    desk.hook.told.clear()
    desk.later(minutes=1)
    desk.deliver()
    told.refresh_from_db()
    assert told.state == "reached"
    assert len(desk.hook.told) == 2


def test_acknowledging_once_spares_whatever_still_waits(desk: Desk) -> None:
    desk.gateway()
    [told] = desk.tell()
    Notification.objects.filter(pk=told.pk).update(line=7)
    actions.withdraw(now=NOON, line=7)
    before = len(desk.mails.mails)
    desk.deliver()
    assert (len(desk.hook.told), len(desk.mails.mails) - before) == (0, 0)


@pytest.mark.django_db
def test_the_page_of_ways_shows_it_ticked_and_keeps_what_is_chosen(desk: Desk) -> None:
    client = Client()
    client.force_login(desk.alice, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get("/settings/ways").content.decode()
    assert "For red, use all my ways at once" in page
    ticked = page[page.index('name="red_all_ways"') :].split(">")[0]
    assert "checked" in ticked
    client.post("/settings/ways/quiet", {"digest_minutes": "15"})
    assert not preference_of(desk.alice).red_all_ways
    client.post("/settings/ways/quiet", {"digest_minutes": "15", "red_all_ways": "on"})
    assert preference_of(desk.alice).red_all_ways
