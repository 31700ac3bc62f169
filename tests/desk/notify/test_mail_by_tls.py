"""Mail over STARTTLS and over TLS from the first byte, with a sign-in, to a real server whose certificate signed
itself: taken where it is trusted, refused with a clear fault where not. Nothing ever goes out in the clear instead."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.utils import translation
from pytest_django.fixtures import Settings

from sereno.desk.notify.configured import smtp
from sereno.desk.notify.faults import FAULTS, in_words
from sereno.desk.notify.models import Notification
from sereno.desk.notify.queries import channels
from tests.desk.duty_pages2.pages import read, signed_in
from tests.desk.notify.people import Desk
from tests.desk.notify.receivers import AnyPort, Mailbox

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # its line is TLS already
USER, PASSWORD = "sereno", "s3cret-of-the-desk"


@dataclass
class Server:
    box: Mailbox
    port: int
    tries: list[tuple[bool, bytes]]
    """Each sign-in: whether the line was encrypted, with which password."""


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Of 127.0.0.1, signed by itself; and its key."""
    folder = tmp_path_factory.mktemp("tls")
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem, secret = folder / "mail.pem", folder / "mail.key"
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return pem, secret


@contextmanager
def _server(certificate: tuple[Path, Path], *, how: str) -> Iterator[Server]:
    """`starttls`, `implicit` or `plain`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    found = Server(Mailbox(), 0, [])

    def authenticate(_server: Any, session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
        assert isinstance(given, LoginPassword)
        found.tries.append((how == "implicit" or session.ssl is not None, given.password))
        return AuthResult(success=given.login == USER.encode() and given.password == PASSWORD.encode(), handled=False)

    options: dict[str, Any] = {"authenticator": authenticate, "auth_required": how != "plain"}
    if how == "starttls":
        options |= {"tls_context": context, "require_starttls": True}
    if how == "implicit":
        options |= {"ssl_context": context, "auth_require_tls": False}  # aiosmtpd knows STARTTLS alone as TLS
    controller = AnyPort(found.box, hostname="127.0.0.1", port=0, **options)
    controller.start()
    found.port = controller.port
    try:
        yield found
    finally:
        controller.stop(no_assert=True)


def _url(how: str, port: int, password: str = PASSWORD) -> str:
    scheme, query = ("smtps", "") if how == "implicit" else ("smtp", "?tls=1")
    return f"{scheme}://{USER}:{password}@127.0.0.1:{port}{query}"


@pytest.mark.parametrize("how", ["starttls", "implicit"])
def test_a_server_that_signed_itself_is_used_where_its_certificate_is_named(
    desk: Desk, settings: Settings, certificate: tuple[Path, Path], how: str
) -> None:
    with _server(certificate, how=how) as server:
        settings.SERENO_SMTP = smtp(_url(how, server.port), str(certificate[0]))
        desk.tell()
        desk.deliver()
        assert server.box.to == ["alice@acme.example"]
        assert server.tries == [(True, PASSWORD.encode())]
        assert desk.tries() == [("mail", "sent", "")]


@pytest.mark.parametrize("how", ["starttls", "implicit"])
def test_it_is_refused_where_nobody_named_it_and_the_health_page_says_why_in_three_languages(
    desk: Desk, settings: Settings, certificate: tuple[Path, Path], how: str
) -> None:
    with _server(certificate, how=how) as server:
        settings.SERENO_SMTP = smtp(_url(how, server.port))
        desk.tell()
        desk.deliver()
        assert (server.box.mails, server.tries) == ([], [])
    assert desk.tries() == [("mail", "queued", "certificate")]  # it is tried again
    assert Notification.objects.get().state == "unreached"
    assert desk.outcomes == ["unreached"]
    [mail] = channels(desk.now).channels
    assert (mail.works, mail.last_error) == (False, "certificate")


def test_the_health_page_says_the_last_fault(
    desk: Desk, settings: Settings, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.utils import timezone

    with _server(certificate, how="starttls") as server:
        settings.SERENO_SMTP = smtp(_url("starttls", server.port))
        desk.tell()
        desk.deliver()
    monkeypatch.setattr(timezone, "now", lambda: desk.now)
    for language, words in (("en", "is not trusted"), ("es", "no es de confianza"), ("pl", "nie jest zaufany")):
        desk.alice.language = language
        desk.alice.save()
        assert words in read(signed_in(desk.alice), "/health")


@pytest.mark.parametrize("how", ["starttls", "implicit"])
def test_a_wrong_password_is_told_as_such(
    desk: Desk, settings: Settings, certificate: tuple[Path, Path], how: str
) -> None:
    with _server(certificate, how=how) as server:
        settings.SERENO_SMTP = smtp(_url(how, server.port, "wrong"), str(certificate[0]))
        desk.tell()
        desk.deliver()
        assert server.box.mails == []
    assert desk.tries() == [("mail", "queued", "sign_in 535")]


def test_a_server_that_offers_no_starttls_gets_neither_mail_nor_password(
    desk: Desk, settings: Settings, certificate: tuple[Path, Path]
) -> None:
    with _server(certificate, how="plain") as server:
        settings.SERENO_SMTP = smtp(_url("starttls", server.port), str(certificate[0]))
        desk.tell()
        desk.deliver()
        assert (server.box.mails, server.tries) == ([], [])
    assert desk.tries() == [("mail", "queued", "no_tls")]


def test_tls_from_the_first_byte_to_a_port_that_speaks_plainly_is_a_fault_of_its_own(
    desk: Desk, settings: Settings, certificate: tuple[Path, Path]
) -> None:
    with _server(certificate, how="plain") as server:
        settings.SERENO_SMTP = smtp(_url("implicit", server.port))
        desk.tell()
        desk.deliver()
    assert desk.tries()[0][2] == "tls"


def test_what_cannot_be_used_is_said_when_the_desk_starts(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="unencrypted") as refused:
        smtp("smtp://u:geheim@mail.example")
    assert "geheim" not in str(refused.value)
    assert smtp("smtp://u:geheim@localhost") is not None
    for content in (None, "no certificate"):
        path = tmp_path / "ca.pem"
        if content:
            path.write_text(content)
        with pytest.raises(ValueError, match="SERENO_SMTP_CA"):
            smtp("smtps://mail.example", str(path))


def test_every_fault_has_words_in_every_language() -> None:
    said = {}
    for language in ("en", "es", "pl"):
        with translation.override(language):
            said[language] = [in_words(code) for code in FAULTS] + [in_words("fault KeyError"), in_words("sign_in 535")]
    assert said["en"][-1].endswith("(535)")
    for one, other in (("en", "es"), ("en", "pl")):
        assert all(a != b for a, b in zip(said[one], said[other], strict=True))
