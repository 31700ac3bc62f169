"""Who is called and cannot be told is passed, with whatever reason; the case says so in the reader's language. From the
red post to the mail server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from sereno.desk.accounts.models import User
from sereno.desk.cases.models import Case
from sereno.desk.notify.configured import Smtp
from sereno.desk.notify.delivering import deliver
from sereno.desk.notify.models import ContactWay, Notification
from sereno.desk.notify.ways import own_way
from tests.desk.duty.watch import Watch, told
from tests.desk.duty_pages2.pages import at_minute, read, signed_in
from tests.desk.notify.receivers import Mailbox, mail_server

pytestmark = pytest.mark.django_db
PASSED = {"en": "Nobody on duty here", "es": "Aquí no hay nadie de guardia", "pl": "Nikt tu nie ma dyżuru"}
UNREACHED = {"en": "No message got through", "es": "Ningún mensaje llegó", "pl": "Żadna wiadomość nie dotarła"}
NOBODY = {
    "en": "Nobody of this chain can be reached. The leads are told.",
    "es": "No se puede contactar con nadie de esta cadena. Se avisa a los responsables.",
    "pl": "Z nikim z tego łańcucha nie ma kontaktu. Powiadomiono kierownictwo.",
}


@pytest.fixture
def box(settings: Settings) -> Iterator[Mailbox]:
    settings.SERENO_MAIL_FROM = "Sereno <sereno@desk.example>"
    with mail_server() as mails:
        settings.SERENO_SMTP = Smtp("127.0.0.1", mails.port)
        yield mails


def _broken(watch: Watch, *names: str) -> None:
    """Their only way failed a moment ago, and rests."""
    for name in names:
        own_way(watch.person(name), now=watch.at(0))
        ContactWay.objects.filter(user=watch.person(name)).update(
            broken_since=watch.at(-1), rests_until=watch.at(30), failures=3, last_error="unreachable"
        )


def _page(watch: Watch, case: Case, language: str) -> str:
    User.objects.filter(name="lea").update(language=language)
    return read(signed_in(User.objects.get(name="lea")), f"/b/acme/cases/{case.pk}")


def _says(watch: Watch, case: Case, words: dict[str, str], monkeypatch: pytest.MonkeyPatch, minutes: float) -> None:
    at_minute(monkeypatch, minutes)
    for language, said in words.items():
        assert said in _page(watch, case, language), language


def test_whose_ways_are_all_broken_is_passed_and_the_next_is_told_by_mail(
    box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch()
    _broken(watch, "ana")
    case = watch.green()
    watch.act()
    deliver(now=watch.at(0))
    assert [each[:2] for each in told(case)] == [("passed", 0), ("called", 1)]
    deliver(now=watch.at(16))  # what is green is gathered
    assert box.to == ["pol@acme.example"]
    assert "Nobody was there as: Community manager on duty" in box.text()
    _says(watch, case, PASSED, monkeypatch, 1)


def test_whose_mail_is_refused_when_it_is_sent_is_passed_then(box: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch()
    post = watch.complaint("1")
    watch.work()
    case = watch.case_of(post)
    watch.act()
    assert told(case) == [("called", 0, ("ana",))]
    box.refuses = "550 no such mailbox"
    deliver(now=watch.at(16))
    box.refuses = ""
    assert [each[:2] for each in told(case)] == [("called", 0), ("passed", 0), ("called", 1)]
    deliver(now=watch.at(32))
    assert "pol@acme.example" in box.to
    _says(watch, case, UNREACHED, monkeypatch, 33)


def test_where_nobody_of_the_chain_has_a_way_the_leads_are_told_and_it_is_said_until_a_way_works_again(
    box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch()
    _broken(watch, "cem", "dia", "pol")
    case = watch.red()
    watch.act()
    assert told(case)[-1][0] == "nobody"
    deliver(now=watch.at(0))
    assert "lea@acme.example" in box.to
    assert [subject for subject in box.subjects() if "nobody can be reached" in subject]
    _says(watch, case, NOBODY, monkeypatch, 1)
    ContactWay.objects.update(broken_since=None, rests_until=None)
    watch.act(11)
    assert told(case)[-1][0] == "called"


def test_an_account_that_the_roster_names_nowhere_is_nobody_to_call(
    box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch()
    User.objects.filter(name="cem").update(email="cem@elsewhere.example")
    case = watch.red()
    watch.act()
    assert told(case)[-1] == ("called", 0, ("pol",))  # the deputy
    deliver(now=watch.at(0))
    assert box.to == ["pol@acme.example"]
    at_minute(monkeypatch, 1)
    assert "Deputy called: pol" in _page(watch, case, "en")
    assert Notification.objects.filter(user__name="cem").count() == 0
