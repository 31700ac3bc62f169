"""What happens between `tell` and somebody's screen, with a real mail server and a real gateway."""

from __future__ import annotations

import socket
import time
import uuid
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from pytest_django.fixtures import Settings

from sereno.desk.notify import actions
from sereno.desk.notify.claiming import LEASE, claim
from sereno.desk.notify.delivering import Courier
from sereno.desk.notify.messengers import Result
from sereno.desk.notify.models import ContactWay, Delivery, Notification
from sereno.desk.notify.outcome import forget_outcome, on_outcome
from sereno.desk.notify.queries import channels, deliveries_of, mark_seen, reachable, unseen
from tests.desk.notify.people import Desk
from tests.desk.stories import brand, member
from tests.desk.street import NOON


def test_a_red_call_reaches_its_person_by_mail_with_light_reason_deadline_and_link(desk: Desk) -> None:
    [told] = desk.tell(deadline="2026-03-02T12:10:00+00:00")

    assert desk.mails.mails == []  # rows alone, until somebody delivers
    desk.deliver()

    assert desk.mails.subjects() == ["Red: a case waits for you · Acme"]
    assert "Light: Red" in desk.mails.text()
    assert "Network: Mastodon" in desk.mails.text()
    assert "12:10 (UTC)" in desk.mails.text()
    assert "https://desk.example/b/acme/" in desk.mails.text()
    told.refresh_from_db()
    assert (told.state, desk.outcomes) == ("reached", ["reached"])


def test_the_same_person_is_told_once_and_each_person_by_themselves(desk: Desk) -> None:
    bob = member("Bob", desk.brand)

    desk.tell(desk.alice, bob, desk.alice)
    desk.deliver()

    assert sorted(desk.mails.to) == ["alice@acme.example", "bob@acme.example"]


def test_a_transaction_that_is_rolled_back_tells_nobody(desk: Desk) -> None:
    @transaction.atomic
    def fails() -> None:
        desk.tell()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()

    desk.deliver()
    assert desk.mails.mails == []


@pytest.mark.django_db(transaction=True)
def test_telling_outside_of_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        actions.tell([], brand=None, code="called", values={}, urgency="immediate", now=NOON)


def test_nothing_is_sent_twice_by_a_second_round(desk: Desk) -> None:
    desk.tell()

    desk.deliver()
    desk.deliver()

    assert len(desk.mails.mails) == 1


def test_a_gateway_that_answers_500_hands_over_to_the_next_way_at_once(desk: Desk) -> None:
    desk.gateway()
    desk.hook.status = 500

    desk.tell()
    desk.deliver()

    assert desk.tries() == [("json", "failed", "status 500"), ("mail", "sent", "")]
    assert desk.outcomes[-1] == "reached"
    way = ContactWay.objects.get(kind="apprise")
    assert (way.last_error, way.broken_since) == ("status 500", desk.now)


def test_a_gateway_that_refuses_connections_hands_over_to_the_next_way(desk: Desk, settings: Settings) -> None:
    desk.gateway()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    desk.hook.port, before = port, desk.hook.pair
    settings.SERENO_MESSAGES_PRIVATE = frozenset({before, desk.hook.pair})
    way = ContactWay.objects.get(kind="apprise")
    from sereno.desk.keys import encrypt

    way.address = encrypt(f"json://{desk.hook.pair}/in", key=settings.SECRET_KEY)
    way.save()

    desk.tell()
    desk.deliver()

    assert desk.tries() == [("json", "failed", "unreachable"), ("mail", "sent", "")]


@pytest.mark.parametrize("how", ["hangs", "drips"])
def test_a_gateway_that_hangs_is_cut_off_and_stops_nobody_else(desk: Desk, how: str) -> None:
    bob = member("Bob", desk.brand)
    desk.gateway()
    if how == "hangs":
        desk.hook.hangs.set()
    else:
        desk.hook.drips = True

    desk.tell(desk.alice, bob, light="amber")
    order: list[str] = []

    def noted(told: Notification, outcome: str, _now: datetime) -> None:
        order.append(f"{told.user.name} {outcome}")

    on_outcome(noted)
    courier = Courier(desk.sends)
    dead = time.monotonic() + 60  # no stopwatch: a machine that is slow is slow
    try:
        while "Alice reached" not in order and time.monotonic() < dead:
            courier.begin(now=desk.now)
            courier.settle(now=desk.now, wait=0.1)
            cut_off = ("json", "unknown", "too_slow") in desk.tries()
            if cut_off and "cut off" not in order:
                order.append("cut off")
    finally:
        forget_outcome(noted)
        courier.close()

    # Bob has his while Alice's gateway hangs; then its try is cut off, and she has hers by mail. It may have arrived.
    assert order == ["Bob reached", "cut off", "Alice reached"]
    assert desk.mails.to == ["bob@acme.example", "alice@acme.example"]


def test_where_every_way_failed_that_is_said_at_once_and_tried_again_later(desk: Desk) -> None:
    desk.mails.refuses = "550 no such person"
    [told] = desk.tell()

    desk.deliver()
    told.refresh_from_db()
    assert (told.state, desk.outcomes) == ("unreached", ["unreached"])
    assert desk.tries() == [("mail", "queued", "recipient 550")]

    desk.mails.refuses = ""
    desk.deliver()
    assert desk.mails.mails == []  # not before its minute
    desk.later(minutes=1)
    desk.deliver()

    told.refresh_from_db()
    assert (told.state, desk.outcomes) == ("reached", ["unreached", "reached"])
    assert Delivery.objects.get().attempts == 2


def test_after_six_rounds_it_is_given_up_and_said(desk: Desk) -> None:
    desk.mails.refuses = "550 no such person"
    [told] = desk.tell()

    for _ in range(8):
        desk.deliver()
        desk.later(minutes=20)

    told.refresh_from_db()
    assert (told.state, desk.outcomes) == ("given_up", ["unreached", "given_up"])
    assert (Delivery.objects.get().attempts, Delivery.objects.get().next_try_at) == (6, None)


def test_a_worker_that_died_between_sending_and_marking_sends_again_with_the_same_key(desk: Desk) -> None:
    desk.tell()
    claimed = claim(now=desk.now, room=lambda _channel, _beside: True, most=8)
    from sereno.desk.notify.delivering import order_for
    from sereno.desk.notify.messages import compose

    out = claimed.outgoing[0]
    assert desk.sends.send(order_for(out, compose(out.told, way=out.way))) == Result()
    # here it dies; nobody marked it

    desk.deliver()
    assert len(desk.mails.mails) == 1  # its lease still holds
    desk.later(seconds=LEASE.total_seconds() + 1)
    desk.deliver()

    first, second = desk.mails.mails
    assert first["Message-ID"] == second["Message-ID"]
    row = Delivery.objects.get()
    assert (row.attempts, row.state) == (2, "sent")


def test_one_that_kills_each_worker_is_unknown_in_the_end_and_the_next_way_is_tried(desk: Desk) -> None:
    desk.gateway()
    desk.tell()
    for _ in range(3):
        claim(now=desk.now, room=lambda _channel, _beside: True, most=8)
        desk.later(seconds=LEASE.total_seconds() + 1)

    desk.deliver()

    assert desk.tries() == [("json", "unknown", "never_known"), ("mail", "sent", "")]


def test_two_workers_never_take_the_same_message(desk: Desk) -> None:
    desk.tell()

    first = claim(now=desk.now, room=lambda _channel, _beside: True, most=8)
    second = claim(now=desk.now, room=lambda _channel, _beside: True, most=8)

    assert (len(first.outgoing), len(second.outgoing)) == (1, 0)


def test_a_gateway_gets_the_key_of_the_delivery(desk: Desk) -> None:
    desk.gateway()
    desk.tell()
    desk.deliver()

    assert desk.hook.headers[0]["idempotency-key"] == str(
        Delivery.objects.filter(channel__startswith="json").last().key
    )
    assert desk.hook.told[0]["title"] == "Red: a case waits for you · Acme"


def test_a_redirect_of_a_gateway_is_not_followed(desk: Desk) -> None:
    desk.gateway()
    desk.hook.status, desk.hook.location = 302, f"http://{desk.hook.pair}/elsewhere"

    desk.tell()
    desk.deliver()

    assert desk.tries()[0] == ("json", "failed", "status 302")
    assert "/elsewhere" not in desk.hook.paths


def test_a_way_for_red_alone_is_left_alone_by_amber(desk: Desk) -> None:
    desk.gateway(red_only=True)

    desk.tell(light="amber")
    desk.tell(light="red")
    desk.deliver()

    assert [told["title"] for told in desk.hook.told] == ["Red: a case waits for you · Acme"]
    assert desk.mails.subjects()[-1] == "Amber: a case waits for you · Acme"


def test_a_broken_way_comes_last_until_it_has_rested(desk: Desk) -> None:
    desk.one_way_after_another()
    desk.gateway()
    desk.hook.status = 500
    desk.tell()
    desk.deliver()
    desk.hook.status = 200

    desk.later(seconds=10)
    desk.tell()
    desk.deliver()
    assert desk.hook.told[1:] == []  # by mail

    desk.later(minutes=2)
    desk.tell()
    desk.deliver()
    assert len(desk.hook.told) == 2
    assert ContactWay.objects.get(kind="apprise").broken_since is None


def test_what_still_waits_is_withdrawn_when_somebody_has_the_case(desk: Desk) -> None:
    with transaction.atomic():
        actions.tell(
            [desk.alice], brand=desk.brand, code="called", values={}, urgency="batched", line=7, light="green",
            now=desk.now,
        )  # fmt: skip

    assert actions.withdraw(line=7, now=desk.now) == 1
    desk.later(hours=1)
    desk.deliver()

    assert desk.mails.mails == []
    assert Notification.objects.get().state == "withdrawn"


def test_without_mail_and_other_ways_the_bell_tells_and_health_says_so(desk: Desk, settings: Settings) -> None:
    settings.SERENO_SMTP = None
    [told] = desk.tell()

    desk.deliver()

    told.refresh_from_db()
    assert (told.state, desk.outcomes) == ("bell", [])
    assert unseen(desk.alice, desk.brand) == [told]
    assert channels(desk.now).mail_is_set is False


def test_whoever_has_no_working_way_is_not_reachable_until_it_has_rested(desk: Desk) -> None:
    desk.mails.refuses = "550 no"
    assert reachable([desk.alice.pk], now=desk.now) == {desk.alice.pk}

    desk.tell()
    desk.deliver()

    assert reachable([desk.alice.pk], now=desk.now) == set()
    assert reachable([desk.alice.pk], now=desk.now + timedelta(minutes=2)) == {desk.alice.pk}


def test_whoever_was_switched_off_is_not_reachable(desk: Desk) -> None:
    desk.alice.is_active = False
    desk.alice.save()

    assert reachable([desk.alice.pk], now=desk.now) == set()


def test_the_bell_shows_what_was_not_seen_in_this_brand_alone(desk: Desk) -> None:
    other = brand("other")
    [told] = desk.tell()
    with transaction.atomic():
        actions.tell([desk.alice], brand=other, code="gap", values={}, urgency="immediate", now=desk.now)

    assert unseen(desk.alice, desk.brand) == [told]
    [later] = desk.tell(light="amber")
    assert mark_seen(desk.alice, desk.brand, now=desk.now, up_to=told.pk) == 1
    assert unseen(desk.alice, desk.brand) == [later]
    assert len(unseen(desk.alice, other)) == 1


def test_a_case_tells_its_reason_and_shows_each_delivery(desk: Desk) -> None:
    street = desk.street()
    case = street.case_of(street.danger("1"))
    desk.tell(case=case, role="committee_duty")

    desk.deliver()

    assert "Reason: Danger to people" in desk.mails.text()
    assert "Called as: Committee member on duty" in desk.mails.text()
    assert f"https://desk.example/b/acme/cases/{case.pk}" in desk.mails.text()
    assert "burned" not in desk.mails.text() + desk.mails.html()
    assert [(row.channel, row.state, row.masked) for row in deliveries_of(case)] == [
        ("mail", "sent", "a…@acme.example")
    ]


def test_posts_are_quoted_only_where_the_installation_wants_it(desk: Desk, settings: Settings) -> None:
    settings.SERENO_MESSAGES_WITH_TEXT = True
    street = desk.street()
    case = street.case_of(street.danger("1", "the acme kettle <b>burned</b> my son"))
    desk.tell(case=case)

    desk.deliver()

    assert "“the acme kettle <b>burned</b> my son”" in desk.mails.text()
    assert "&lt;b&gt;burned" in desk.mails.html()


def test_a_fault_in_whoever_listens_marks_nothing_and_it_is_tried_again(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    from sereno.desk.notify import outcome

    def trips(*_: object) -> None:
        raise ZeroDivisionError

    desk.tell()
    outcome.on_outcome(trips)
    try:
        desk.deliver()
    finally:
        outcome.forget_outcome(trips)
    assert Delivery.objects.get().state == "sending"

    desk.later(minutes=2)
    desk.deliver()
    assert Delivery.objects.get().state == "sent"


def test_keys_are_random(desk: Desk) -> None:
    desk.tell()
    assert isinstance(Delivery.objects.get().key, uuid.UUID)
