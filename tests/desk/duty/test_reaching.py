"""Health says so where nobody is left to hear it: chains called in vain, messages that reach nobody, empty roles."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.translation import override

from sereno.desk.duty import acts
from sereno.desk.duty.health import health
from sereno.desk.duty.reaching import exhausted_lines, failed_messages, unmanned_roles
from sereno.desk.duty.shown.health_words import told as in_words
from sereno.desk.notify.configured import smtp
from sereno.desk.notify.models import Delivery, DeliveryState, Notification, NotificationState
from tests.desk.duty.test_auditor import URL, codes, everything_was_sent, looks
from tests.desk.duty.watch import Watch, told

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
    from tests.desk.duty.watch import ROSTER

    watch = Watch(roster=ROSTER + f"gaps:\n  - {gap}\n")
    assert list(unmanned_roles(watch.at(9 * 60))) == []


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
