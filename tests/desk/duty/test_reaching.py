"""Health says so where nobody is left to hear it: chains called in vain, messages that reach nobody, empty roles."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.translation import override

from sereno.desk.duty import acts
from sereno.desk.duty.health import health
from sereno.desk.duty.reaching import exhausted_lines, failed_messages, no_ways_out, unmanned_roles
from sereno.desk.duty.shown.health_words import told as in_words
from sereno.desk.notify.configured import smtp
from sereno.desk.notify.models import ContactWay, Delivery, DeliveryState, Notification, NotificationState
from tests.desk.duty.test_auditor import URL, codes, everything_was_sent, looks
from tests.desk.duty.watch import ROSTER, Watch, told
from tests.desk.street import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mail(settings) -> None:  # type: ignore[no-untyped-def]
    settings.SERENO_SMTP = smtp("smtp://mail.example:25")


def test_a_chain_that_was_called_in_vain_to_its_end_is_wrong_until_somebody_takes_the_case() -> None:
    watch = Watch()
    case = watch.red()
    pings: list[str] = []
    watch.act()
    watch.act(10)  # everybody, for the first time
    everything_was_sent()
    assert looks(watch, 10.1, pings).findings == ()
    assert pings == [URL]

    watch.act(20)  # and again: nobody is left
    everything_was_sent()

    seen = looks(watch, 20.1, pings)
    assert (codes(seen.findings), seen.well, pings) == ({"line-exhausted"}, False, [URL])
    [found] = seen.findings
    assert (found.values, found.brand) == ({"count": 1, "case": case.pk}, watch.brand.pk)
    acts.acknowledge(case, by=watch.person("dia"), now=watch.at(21))
    assert looks(watch, 21.1, pings).findings == ()
    assert pings == [URL, URL]


def test_a_case_for_which_nobody_at_all_can_be_reached_is_wrong() -> None:
    watch = Watch()
    for person in watch.people.values():
        person.is_active = False
        person.save()
    case = watch.red()
    watch.act()
    assert told(case)[-1][0] == "nobody"
    assert [found.code for found in exhausted_lines()] == ["line-exhausted"]


def test_a_person_whom_no_message_reaches_is_wrong_until_one_does_or_somebody_has_the_case() -> None:
    watch = Watch()
    case = watch.red()
    watch.act()
    everything_was_sent()
    assert list(failed_messages(watch.at(0))) == []

    Notification.objects.update(state=NotificationState.UNREACHED)

    seen = looks(watch, 0.5)
    assert (codes(seen.findings), seen.well, seen.pinged) == ({"messages-failed"}, False, False)
    Notification.objects.update(state=NotificationState.GIVEN_UP, ended_at=watch.at(1))
    assert codes(failed_messages(watch.at(2))) == {"messages-failed"}
    assert codes(failed_messages(watch.at(1) + timedelta(hours=24))) == set()
    acts.acknowledge(case, by=watch.person("dia"), now=watch.at(3))
    assert codes(failed_messages(watch.at(4))) == set()


def test_a_mail_server_that_takes_nothing_is_wrong_and_one_address_that_it_refuses_is_not() -> None:
    watch = Watch()
    watch.red()
    watch.act()
    tried = {"channel": "mail", "began_at": watch.at(0), "state": DeliveryState.FAILED, "next_try_at": None}
    Delivery.objects.update(**tried, error="recipient 550")
    assert list(failed_messages(watch.at(1))) == []

    Delivery.objects.update(error="sign_in 535")

    [found] = failed_messages(watch.at(1))
    assert (found.code, found.wrong, found.values) == ("messages-failed", True, {"mail": "sign_in 535"})
    Delivery.objects.update(state=DeliveryState.SENT)
    assert list(failed_messages(watch.at(1))) == []


def test_a_role_in_which_nobody_is_on_duty_now_is_worth_a_look() -> None:
    watch = Watch()
    assert list(unmanned_roles(watch.at(0))) == []
    night = watch.at(9 * 60)  # the committee's shift ends at 20:00, and is wanted day and night
    [found] = unmanned_roles(night)
    assert (found.code, found.wrong) == ("role-unmanned", False)
    assert found.values == {"count": 1, "roles": ["Committee member on duty"]}


def test_a_gap_by_decision_is_not_told() -> None:
    gap = '{role: committee_duty, starts: "2026-03-02T00:00", ends: "2026-03-04T00:00", reason: "The deputy has it."}'
    watch = Watch(roster=ROSTER + f"gaps:\n  - {gap}\n")
    assert list(unmanned_roles(watch.at(9 * 60))) == []


# -- who is on duty, and has nothing but the bell ---------------------------------------------------------------------


def way_of(watch: Watch, name: str, **fields: object) -> None:
    given = {
        "user": watch.person(name), "kind": "apprise", "masked": "ntfy", "channel": "ntfys://ntfy.sh", "position": 0,
        "confirmed_at": NOON, "created_at": NOON, **fields,
    }  # fmt: skip
    ContactWay.objects.create(**given)


def unheard(watch: Watch, minutes: float = 0) -> list[str]:
    return [name for found in no_ways_out(watch.at(minutes)) for name in found.values.get("people", ["(nobody)"])]


def test_one_persons_message_service_does_not_hide_that_a_colleague_on_duty_has_none(settings) -> None:  # type: ignore[no-untyped-def]
    settings.SERENO_SMTP = None
    watch = Watch()
    assert unheard(watch) == ["(nobody)"]

    way_of(watch, "cem")

    assert unheard(watch) == ["Ana", "Pol"]
    assert codes(health(watch.at(0)).findings) >= {"no-way-out"}
    way_of(watch, "ana")
    way_of(watch, "pol")
    assert unheard(watch) == []


def test_whoever_comes_on_within_a_day_counts_and_whoever_is_never_on_does_not(settings) -> None:  # type: ignore[no-untyped-def]
    settings.SERENO_SMTP = None
    watch = Watch()
    for name in ("ana", "pol"):
        way_of(watch, name)
    assert unheard(watch, 9 * 60) == ["Cem"]  # 21:00: Cem comes on at eight; Dia stands in no shift


def test_a_way_that_fails_again_and_again_and_a_person_without_account_are_no_way_out() -> None:
    watch = Watch(roster=ROSTER.replace("email: pol@acme.example", "email: pol@elsewhere.example"))
    assert unheard(watch) == ["Pol"]

    way_of(watch, "ana", kind="mail", own=True, channel="mail", failures=3, broken_since=NOON)

    assert unheard(watch) == ["Ana", "Pol"]


def test_a_red_case_passes_over_whoever_has_the_bell_alone_and_a_green_one_waits_there(settings) -> None:  # type: ignore[no-untyped-def]
    settings.SERENO_SMTP = None
    watch = Watch()
    red = watch.red()
    watch.act()
    assert told(red) == [("called", 0, ("cem",))]  # nobody has a way: the bell for everybody

    way_of(watch, "dia")
    way_of(watch, "pol")

    green, other = watch.green("2"), watch.red("3")
    watch.act()
    assert told(green) == [("called", 0, ("ana",))]
    assert told(other) == [("called", 0, ("pol",))]  # the deputy of the committee


@pytest.mark.parametrize(
    ("language", "exhausted", "failed", "unmanned"),
    [
        ("en", "its whole chain was called in vain", "could not be reached by any message", "Nobody is on duty now as"),
        ("es", "se avisó en vano a toda su cadena", "ningún mensaje", "Nadie está de guardia ahora"),
        ("pl", "cały jej łańcuch wezwano na próżno", "żadna wiadomość", "Nikt nie ma teraz dyżuru"),
    ],
)
def test_each_is_said_in_words_with_its_way_out(language: str, exhausted: str, failed: str, unmanned: str) -> None:
    watch = Watch()
    watch.red()
    for minutes in (0, 10, 20):
        watch.act(minutes)
    Notification.objects.update(state=NotificationState.UNREACHED)
    found = [*exhausted_lines(), *failed_messages(watch.at(21)), *unmanned_roles(watch.at(9 * 60))]
    with override(language):
        said = [in_words(each, {watch.brand.pk: watch.brand}) for each in found]
    assert exhausted in said[0].what
    assert failed in said[1].what
    assert unmanned in said[2].what
    assert all(each.way_out for each in said)


def test_the_answer_for_machines_says_codes_alone(client: Client) -> None:
    from sereno.desk.duty.shown import views_health

    watch = Watch()
    watch.red()
    for minutes in (0, 10, 20):
        watch.act(minutes)
    views_health._kept.forget()
    answer = client.get("/health.json")
    assert answer.status_code == 503
    assert {"code": "line-exhausted", "severity": "wrong"} in json.loads(answer.content)["findings"]
    assert "line-exhausted" in codes(health(watch.at(20)).findings)
    views_health._kept.forget()
