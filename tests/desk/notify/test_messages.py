"""What messages say: in the person's language, safely, whatever names are made of."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from sereno.desk.notify import configured
from sereno.desk.notify.messages import CODES, compose, one_line
from sereno.desk.notify.models import Notification
from tests.desk.notify.people import Desk
from tests.desk.stories import member
from tests.desk.street import NOON


def test_a_name_with_line_breaks_adds_no_header(desk: Desk) -> None:
    desk.brand.name = "Acme\r\nBcc: everybody@evil.example\r\n\r\nhello"
    desk.brand.save()
    desk.tell(person="Bob\nX-Evil: 1")

    desk.deliver()

    mail = desk.mails.mails[0]
    assert mail["bcc"] is None
    assert mail["x-evil"] is None
    assert desk.mails.to == ["alice@acme.example"]
    assert "\n" not in str(mail["subject"])


def test_signs_that_turn_the_text_around_and_tags_are_harmless(desk: Desk) -> None:
    desk.tell(person="<script>alert(1)</script>\u202egnp.exe")

    desk.deliver()

    assert "<script>" not in desk.mails.html()
    assert "\u202e" not in desk.mails.text() + desk.mails.html()
    assert one_line("a\x00b\u2028c") == "a b c"


def test_each_person_is_told_in_their_own_language_and_zone(desk: Desk) -> None:
    ola = member("Ola", desk.brand, language="pl")
    ola.timezone = "Europe/Warsaw"
    ola.save()

    desk.tell(desk.alice, ola, deadline="2026-07-01T12:10:00+00:00")
    desk.deliver()

    mails = dict(zip(desk.mails.to, desk.mails.mails, strict=True))
    assert mails["alice@acme.example"]["content-language"] == "en"
    assert mails["ola@acme.example"]["content-language"] == "pl"
    text = mails["ola@acme.example"].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "14:10" in text
    assert "Europe/Warsaw" in text


@pytest.mark.parametrize("code", [*CODES, "never-heard-of"])
def test_every_code_has_words_and_none_names_a_person_in_its_subject(desk: Desk, code: str) -> None:
    [told] = desk.tell(code=code, person="Bob Secret")

    message = compose(Notification.objects.get(pk=told.pk))

    assert message.lines[0].endswith(".")
    assert "Bob" not in message.subject
    assert "Bob Secret" in message.text


@pytest.mark.parametrize(("language", "whom"), [
    ("en", "everybody of this chain"), ("es", "todos los de esta cadena"), ("pl", "wszyscy z tego łańcucha"),
])  # fmt: skip
def test_everybody_is_everybody_of_the_chain_and_not_of_the_house(desk: Desk, language: str, whom: str) -> None:
    """It said that everybody is called."""
    desk.alice.language = language
    desk.alice.save()
    [told] = desk.tell(code="everybody")
    message = compose(Notification.objects.get(pk=told.pk))
    assert whom in message.subject
    assert whom in message.lines[0]


def test_without_an_address_of_the_desk_there_is_no_link(desk: Desk, settings: Settings) -> None:
    settings.SERENO_URL = ""
    desk.tell()

    desk.deliver()

    assert "http" not in desk.mails.text() + desk.mails.html().replace("https://desk.example", "")
    assert "SERENO_URL" in desk.mails.text()


def test_a_link_never_leads_elsewhere(desk: Desk) -> None:
    desk.tell(path="//evil.example/x")
    desk.tell(path="https://evil.example/x")
    desk.tell(path="/b/acme/roster?week=3")

    desk.deliver()

    texts = "".join(desk.mails.text(number) for number in range(3))  # sent side by side, so in any order
    assert "evil.example" not in texts
    assert "https://desk.example/b/acme/roster?week=3" in texts


def test_a_mail_says_that_a_machine_wrote_it(desk: Desk) -> None:
    desk.tell()
    desk.deliver()

    assert desk.mails.mails[0]["auto-submitted"] == "auto-generated"
    assert desk.mails.mails[0]["message-id"].endswith("@desk.example>")


def test_a_mail_servers_address_is_read_and_its_password_never_told() -> None:
    server = configured.smtp("smtp://user%40x:p%40ss@mail.example:2525?tls=1")
    assert server is not None
    assert (server.host, server.port, server.user, server.password, server.tls) == (
        "mail.example", 2525, "user@x", "p@ss", True
    )  # fmt: skip
    assert "p@ss" not in repr(server)
    assert configured.smtp("smtps://mail.example") == configured.Smtp("mail.example", 465, ssl=True)
    assert configured.smtp("") is None


@pytest.mark.parametrize("wrong", ["mail.example", "http://x", "smtp://u:geheim@h:port", "smtp://u:geheim@h?tls=yes"])
def test_a_wrong_mail_server_is_refused_without_quoting_it(wrong: str) -> None:
    with pytest.raises(ValueError, match="SERENO_SMTP_URL") as refused:
        configured.smtp(wrong)
    assert "geheim" not in str(refused.value)


def test_a_sender_is_needed_where_mail_is_sent() -> None:
    with pytest.raises(ValueError, match=r"SERENO_MAIL_FROM is not: .* Set it to .*, such as"):
        configured.mail_from("", configured.Smtp("h", 25))
    with pytest.raises(ValueError, match="SERENO_MAIL_FROM"):
        configured.mail_from("a@b\r\nBcc: c@d", None)


@pytest.mark.parametrize("wrong", ["3", "0/10m", "3/10", "x"])
def test_a_throttle_is_a_count_and_minutes(wrong: str) -> None:
    with pytest.raises(ValueError, match="SERENO_PAGES_AT_MOST"):
        configured.pages_at_most(wrong)


def test_a_brand_takes_its_messages_with_it(desk: Desk) -> None:
    desk.tell(urgency="batched")
    desk.brand.delete()

    assert not Notification.objects.exists()
    desk.now = NOON.replace(year=2027)
    assert desk.deliver() == 0
