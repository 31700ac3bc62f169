"""What the environment says about messages. A bad value fails with a sentence that never quotes a password."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parseaddr
from ipaddress import ip_address
from pathlib import Path
from ssl import SSLError, create_default_context
from urllib.parse import parse_qs, unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Smtp:
    """Who takes our e-mail."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    tls: bool = False
    """STARTTLS."""
    ssl: bool = False
    """TLS from the first byte."""
    ca: str = ""
    """A file of certificates that are trusted for it, beside the machine's own: of a server that signed itself."""

    def __repr__(self) -> str:
        return f"Smtp({self.host}:{self.port})"  # settings are printed here and there


@dataclass(frozen=True, slots=True)
class Pages:
    """A person is paged at most so often within so long."""

    most: int
    within: timedelta


def smtp(url: str, ca: str = "") -> Smtp | None:
    """`smtp://user:password@host:587?tls=1`; None where nothing is set. `ca`: SERENO_SMTP_CA. Raises ValueError."""
    if not url.strip():
        return None
    way_out = "write smtp://user:password@host:587?tls=1 or smtps://user:password@host:465, and %40 for an @"
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        raise ValueError(f"SERENO_SMTP_URL cannot be read; {way_out}") from None
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.path not in ("", "/"):
        raise ValueError(f"SERENO_SMTP_URL is no address of a mail server; {way_out}")
    tls = parse_qs(parts.query).get("tls", ["0"])[-1]
    if tls not in ("0", "1"):
        raise ValueError("SERENO_SMTP_URL: tls is 1 (STARTTLS) or 0")
    ssl = parts.scheme == "smtps"
    if parts.password and not ssl and tls == "0" and not _is_here(parts.hostname):
        raise ValueError(
            "SERENO_SMTP_URL would send its password unencrypted; add ?tls=1 (STARTTLS), or write smtps:// for TLS"
        )
    return Smtp(
        host=parts.hostname,
        port=port or (465 if ssl else 587 if tls == "1" else 25),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=tls == "1" and not ssl,
        ssl=ssl,
        ca=trusted(ca),
    )


def trusted(ca: str) -> str:
    """The file of certificates, looked into now: at night it would be too late. Raises ValueError."""
    if not ca.strip():
        return ""
    path = str(Path(ca.strip()).resolve())
    try:
        create_default_context().load_verify_locations(cafile=path)
    except OSError as problem:
        why = "holds no certificate in PEM form" if isinstance(problem, SSLError) else problem.strerror
        raise ValueError(f"SERENO_SMTP_CA is '{ca}': {why}; name a file with the mail server's certificate") from None
    return path


def _is_here(host: str) -> bool:
    """This machine: nothing goes over a wire."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def mail_from(text: str, server: Smtp | None) -> str:
    """The sender. Raises ValueError where mail would be sent in nobody's name."""
    address = parseaddr(text)[1]
    if server is None and not text:
        return ""
    if not text.strip():
        raise ValueError(
            "SERENO_SMTP_URL is set, and SERENO_MAIL_FROM is not: mail needs a sender. Set it to an address that "
            'your mail server sends for, such as SERENO_MAIL_FROM="Sereno <sereno@brand.example>"'
        )
    if "@" not in address or re.search(r"[\r\n]", text):
        raise ValueError('SERENO_MAIL_FROM must be an e-mail address, such as "Sereno <sereno@brand.example>"')
    return text


def desk_url(text: str) -> str:
    """Without the slash at its end; empty where nothing is set. Raises ValueError."""
    parts = urlsplit(text.strip())
    if text.strip() and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment):
        raise ValueError(f"SERENO_URL is '{text}'; write it as https://desk.brand.example")
    return text.strip().rstrip("/")


def pages_at_most(text: str) -> Pages:
    """`3/10m`. Raises ValueError."""
    found = re.fullmatch(r"([1-9]\d?)/([1-9]\d{0,2})m", text)
    if found is None:
        raise ValueError(f"SERENO_PAGES_AT_MOST is '{text}'; write a count and minutes, such as 3/10m")
    return Pages(int(found[1]), timedelta(minutes=int(found[2])))
