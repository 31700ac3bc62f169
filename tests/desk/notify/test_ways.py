"""How people are reached: where messages may go, that they are confirmed, and that no secret is shown anywhere."""

from __future__ import annotations

import json
import logging
from datetime import timedelta

import pytest
from pytest_django.fixtures import Settings

from sereno.desk.audit.models import AuditRow
from sereno.desk.notify import ways
from sereno.desk.notify.models import ContactWay, Delivery, Notification
from sereno.desk.notify.queries import ways_of
from sereno.desk.notify.refused import WayRefused
from sereno.desk.notify.services import service_of
from tests.desk.notify.people import Desk
from tests.desk.stories import member


@pytest.mark.parametrize(
    "address",
    [
        "syslog://", "dbus://", "gnome://", "windows://", "macosx://", "glib://", "blink1://", "growl://10.0.0.1",
        "rsyslog://log.example", "mqtt://broker.example/x", "smpp://u:p@h/+34600000000", "xmpp://u:p@h",
        "file:///etc/passwd", "exec://rm", "kodi://tv.example", "irc://irc.example/x", "snpp://x", "apprise://h/token",
    ],
)  # fmt: skip
def test_services_of_this_machine_and_unlisted_ones_are_refused(address: str) -> None:
    with pytest.raises(WayRefused) as refused:
        service_of(address, ())
    assert refused.value.code == "service"


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("json://hooks.example/x", "plain"),
        ("ntfy://ntfy.example/topic", "plain"),
        ("jsons://127.0.0.1/x", "inside"),
        ("jsons://10.1.2.3:8443/x", "inside"),
        ("jsons://localhost/x", "inside"),
        ("jsons://[::1]/x", "inside"),
        ("jsons://0x7f000001/x", "inside"),
        ("jsons://169.254.169.254/latest", "inside"),
        ("jsons://hooks.example/x?verify=no", "option"),
        ("jsons://hooks.example/x?redirect=yes", "option"),
        ("jsons://hooks.example/x?attach=/etc/passwd", "option"),
        ("slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ?template=/etc/passwd", "option"),
        # Apprise reads options behind a # too
        ("slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#general?template=/etc/passwd", "option"),
        (f"discord://1234567890/{'a' * 68}#?template=/srv/secrets.json", "option"),
        ("jsons://hooks.example/#?verify=no", "option"),
        ("jsons://hooks.example/?verify=yes#&verify=no", "option"),
        ("ntfys://hooks.example/t#?attach=file:///etc/passwd", "option"),
        ("jsons://hooks.example/x#?rto=100000", "option"),
        ("mailto://u:p@example.com", "own-mail"),
        ("https://example.com/some/page", "service"),
        ("no address", "unreadable"),
        ("jsons://", "unreadable"),
        ("jsons://hooks.example/x\r\nHost: evil", "unreadable"),
        ("jsons://hooks.example/" + "x" * 2000, "too-long"),
    ],
)
def test_addresses_that_lead_inside_or_carry_options_are_refused(address: str, code: str) -> None:
    with pytest.raises(WayRefused) as refused:
        service_of(address, ())
    assert refused.value.code == code
    assert address not in str(refused.value)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("jsons://hooks.example/x", "hooks.example:443"),
        ("ntfys://ntfy.example/topic", "ntfy.example:443"),
        ("ntfy://my-topic", ""),
        ("gotifys://push.example:8443/AbCdEf0123456.", "push.example:8443"),
        ("tgram://123456789:abcdefghijklmnopqrstuvwxyz0123456789/12315544", ""),
        ("https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ", ""),
        ("https://discord.com/api/webhooks/417429632418316298/JHZ7lQml277CDHmQKMHI8qBe7bk2ZwO5UKjCiOAF", ""),
    ],
)
def test_chat_push_and_web_hooks_over_tls_are_taken(address: str, host: str) -> None:
    assert service_of(address, ()).host == host


def test_a_gateway_of_ones_own_is_taken_where_the_installation_names_it() -> None:
    assert service_of("ntfy://10.0.0.5:8080/topic", {"10.0.0.5:8080"}).host == "10.0.0.5:8080"
    with pytest.raises(WayRefused):
        service_of("json://169.254.169.254:80/x", {"169.254.169.254:80"})


def test_a_name_that_leads_inside_when_it_is_connected_to_is_not_spoken_to(desk: Desk, settings: Settings) -> None:
    desk.gateway()
    settings.SERENO_MESSAGES_PRIVATE = frozenset()  # as though the name had been public when it was added

    desk.tell()
    desk.deliver()

    assert desk.hook.told == []
    assert desk.tries()[0] == ("json", "failed", "inside")


def test_a_way_is_used_only_after_its_code_came_back(desk: Desk) -> None:
    desk.one_way_after_another()
    way = ways.add_way(desk.alice, kind="mail", address="alice@home.example", now=desk.now)
    desk.deliver()
    assert desk.mails.to == ["alice@home.example"]
    assert desk.code_of(ContactWay.objects.get(pk=way.pk)) in desk.mails.text()

    ways.order_ways(desk.alice, [way.pk], now=desk.now)
    desk.tell()
    desk.deliver()
    assert desk.mails.to[1:] == ["alice@acme.example"]

    way.refresh_from_db()
    ways.confirm_way(way, f" {desk.code_of(way)} ", by=desk.alice, now=desk.now)
    desk.tell()
    desk.deliver()
    assert desk.mails.to[2:] == ["alice@home.example"]


def test_a_code_is_guessed_five_times_at_most_and_holds_half_an_hour(desk: Desk) -> None:
    way = ways.add_way(desk.alice, kind="mail", address="alice@home.example", now=desk.now)
    way.refresh_from_db()
    right = desk.code_of(way)
    wrong = "000000" if right != "000000" else "111111"

    for _ in range(5):
        with pytest.raises(WayRefused, match="not the code"):
            ways.confirm_way(way, wrong, by=desk.alice, now=desk.now)
    with pytest.raises(WayRefused, match="no longer valid"):
        ways.confirm_way(way, right, by=desk.alice, now=desk.now)

    ways.send_code(way, by=desk.alice, now=desk.now)
    way.refresh_from_db()
    with pytest.raises(WayRefused, match="no longer valid"):
        ways.confirm_way(way, desk.code_of(way), by=desk.alice, now=desk.now + timedelta(minutes=31))


def test_nobody_is_flooded_with_codes(desk: Desk) -> None:
    way = ways.add_way(desk.alice, kind="mail", address="victim@elsewhere.example", now=desk.now)
    for _ in range(4):
        ways.send_code(way, by=desk.alice, now=desk.now)

    with pytest.raises(WayRefused) as refused:
        ways.send_code(way, by=desk.alice, now=desk.now)
    assert refused.value.code == "too-many-codes"


def test_nobody_touches_the_ways_of_others(desk: Desk) -> None:
    bob = member("Bob", desk.brand)
    way = ways.add_way(desk.alice, kind="mail", address="alice@home.example", now=desk.now)

    for attempt in (
        lambda: ways.remove_way(way, by=bob, now=desk.now),
        lambda: ways.confirm_way(way, "123456", by=bob, now=desk.now),
        lambda: ways.order_ways(bob, [way.pk], now=desk.now),
        lambda: ways.change_way(way, label="x", red_only=True, by=bob, now=desk.now),
    ):
        with pytest.raises(WayRefused) as refused:
            attempt()
        assert refused.value.code == "not-yours"


def test_the_accounts_own_address_stays_and_moves_with_the_account(desk: Desk) -> None:
    [own] = ways_of(desk.alice, now=desk.now)
    with pytest.raises(WayRefused):
        ways.remove_way(own, by=desk.alice, now=desk.now)
    desk.alice.email = "alice@new.example"
    desk.alice.save()

    desk.tell()
    desk.deliver()

    assert desk.mails.to == ["alice@new.example"]


def test_a_removed_way_leaves_its_masked_name_and_no_address(desk: Desk) -> None:
    desk.one_way_after_another()
    way = desk.gateway()
    desk.tell()
    desk.deliver()

    ways.remove_way(way, by=desk.alice, now=desk.now)

    row = Delivery.objects.get(notification__code="called")
    assert (row.way, row.masked) == (None, f"JSON · {desk.hook.pair}")


@pytest.mark.parametrize(
    "quiet",
    [[{"days": [0], "from": "22:00", "until": "22:00"}], [{"days": [9], "from": "1:00", "until": "2:00"}], [{}]],
)
def test_quiet_hours_that_make_no_sense_are_refused(desk: Desk, quiet: list[dict[str, object]]) -> None:
    with pytest.raises(WayRefused):
        ways.set_preferences(desk.alice, quiet=quiet, digest_minutes=15, now=desk.now)


def test_no_secret_stands_in_rows_logs_or_the_audit_trail(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    desk.gateway()
    desk.hook.status = 500
    desk.tell()
    desk.deliver()

    rows = [
        *ContactWay.objects.values(), *Delivery.objects.values(), *Notification.objects.values(),
        *AuditRow.objects.values(),
    ]  # fmt: skip
    told = json.dumps(rows, default=lambda value: bytes(value).hex() if isinstance(value, memoryview) else str(value))
    assert "s3cret-token" not in told + caplog.text
    assert b"s3cret-token" not in bytes(ContactWay.objects.get(kind="apprise").address)
