"""The process that speaks to mail servers and message services: one order a line in, one result a line out.

    python -m sereno.desk.notify.outbound

A process of its own, because what people type leads anywhere: one that hangs is ended whole, whatever it waits for
(a thread cannot be ended); it has neither our environment nor our database; and it may guard its sockets, which would
be rude in the desk's own process:

- every connection is checked at the address that it really goes to: public ones only, or a pair that the order allows
  (a name that resolves to something else at the second look gains nothing, nor does a redirect);
- redirects are answers, not orders; no proxy, netrc or cookie of this machine is used;
- each request carries the order's Idempotency-Key.

Results are codes with at most a status. Nothing is logged: whatever is logged quotes addresses sooner or later.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import smtplib
import socket
import ssl
import sys
from collections.abc import Iterable
from typing import Any

from sereno.connectors.addresses import is_never_read, is_public

STEP_SECONDS = 8.0
"""Of one step of a conversation; the whole is ended from outside."""

Place = tuple[str, int]


class Inside(OSError):
    """The connection would have led to an address that may not be spoken to."""


class Guard:
    """Which addresses this process may connect to while it carries out an order."""

    def __init__(self) -> None:
        self.allowed: frozenset[Place] = frozenset()
        self.refused = False
        self.connect, self.connect_ex = socket.socket.connect, socket.socket.connect_ex

    def install(self) -> None:
        guard = self

        def connect(sock: socket.socket, address: Any) -> None:
            guard.check(sock, address)
            guard.connect(sock, address)

        def connect_ex(sock: socket.socket, address: Any) -> int:
            guard.check(sock, address)
            return guard.connect_ex(sock, address)

        socket.socket.connect = connect  # type: ignore[method-assign, assignment]
        socket.socket.connect_ex = connect_ex  # type: ignore[method-assign, assignment]

    def check(self, sock: socket.socket, address: Any) -> None:
        if sock.family in (socket.AF_INET, socket.AF_INET6) and isinstance(address, tuple):
            host, port = str(address[0]), int(address[1])
            if not is_never_read(host) and ((host, port) in self.allowed or is_public(host)):
                return
        self.refused = True
        raise Inside("not a public address")

    def allow(self, pairs: Iterable[str]) -> None:
        """`host:port`: whatever addresses the name has now."""
        found: set[Place] = set()
        for pair in pairs:
            host, _, port = pair.rpartition(":")
            with contextlib.suppress(OSError, ValueError):
                for entry in socket.getaddrinfo(host.strip("[]"), int(port), type=socket.SOCK_STREAM):
                    found.add((str(entry[4][0]), int(port)))
        self.allowed, self.refused = frozenset(found), False


class Answers:
    """What the services answered, since Apprise itself says only yes or no."""

    def __init__(self) -> None:
        self.status: int | None = None
        self.code = ""
        self.key = ""

    def begin(self, key: str) -> None:
        self.status, self.code, self.key = None, "", key

    def install(self) -> None:
        import requests

        answers, send = self, requests.Session.send

        def watched(session: requests.Session, request: requests.PreparedRequest, **options: Any) -> Any:
            session.trust_env = False
            request.headers["Idempotency-Key"] = answers.key
            options["allow_redirects"] = False
            options["proxies"] = {}
            try:
                response = send(session, request, **options)
            except requests.exceptions.SSLError:
                answers.code = "certificate"
                raise
            except requests.exceptions.Timeout:
                answers.code = "too_slow"
                raise
            except requests.exceptions.RequestException:
                answers.code = "unreachable"
                raise
            answers.status = response.status_code
            return response

        requests.Session.send = watched  # type: ignore[method-assign, assignment]


def send_message(order: dict[str, Any], guard: Guard, answers: Answers) -> str:
    """An empty text where the service took it; else why not."""
    import apprise

    asset = apprise.AppriseAsset(
        app_id="Sereno", app_desc="Sereno", app_url="", image_url_mask="", image_url_logo="", image_path_mask="",
        storage_mode="memory", pgp_autogen=False, pem_autogen=False, async_mode=False, plugin_paths=[],
    )  # fmt: skip
    service = apprise.Apprise.instantiate(order["url"], asset=asset)
    # kept before its options were judged as they are now: it has to be added again
    if service is None or not service.verify_certificate or getattr(service, "template", None):
        return "unreadable"
    answers.begin(order["key"])
    kind = apprise.NotifyType.FAILURE if order.get("grave") else apprise.NotifyType.INFO
    taken = service.notify(body=order["body"], title=order["title"], notify_type=kind, body_format="text")
    if taken:
        return ""
    if guard.refused:
        return "inside"
    if answers.code:
        return answers.code
    return f"status {answers.status}" if answers.status is not None else "refused"


def send_mail(order: dict[str, Any]) -> str:
    """The same for an e-mail and its server."""
    server, context = order["smtp"], ssl.create_default_context()
    try:
        if server["ca"]:
            context.load_verify_locations(cafile=server["ca"])
        if server["ssl"]:
            line: smtplib.SMTP = smtplib.SMTP_SSL(server["host"], server["port"], timeout=STEP_SECONDS, context=context)
        else:
            line = smtplib.SMTP(server["host"], server["port"], timeout=STEP_SECONDS)
        with line:
            if server["tls"]:
                if not _offers(line, "starttls"):
                    return "no_tls"  # never in the clear: somebody in the middle may have struck the offer out
                line.starttls(context=context)
            if server["user"]:
                if not _offers(line, "auth"):
                    return "no_sign_in"
                line.login(server["user"], server["password"])
            line.sendmail(order["sender"], [order["to"]], order["message"].encode("latin-1"))
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _text in error.recipients.values()]
        return f"recipient {codes[0]}"
    except smtplib.SMTPAuthenticationError as error:
        return f"sign_in {error.smtp_code}"
    except smtplib.SMTPResponseException as error:
        return f"status {error.smtp_code}"
    except ssl.SSLCertVerificationError:
        return "certificate"
    except ssl.SSLError:
        return "tls"
    except TimeoutError:
        return "too_slow"
    except smtplib.SMTPException:
        return "refused"
    return ""


def _offers(line: smtplib.SMTP, what: str) -> bool:
    line.ehlo_or_helo_if_needed()
    return line.has_extn(what)


def carry_out(order: dict[str, Any], guard: Guard, answers: Answers) -> str:
    guard.allow(order["allowed"])
    try:
        return send_mail(order) if order["kind"] == "mail" else send_message(order, guard, answers)
    except Inside:
        return "inside"
    except OSError:
        return "unreachable"
    except Exception as error:  # noqa: BLE001 — a plugin's fault is a failed try, and its words may quote the address
        return f"fault {type(error).__name__}"


def main() -> None:
    logging.disable(logging.CRITICAL)
    orders, results = sys.stdin, os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whatever a plugin prints goes nowhere
    guard, answers = Guard(), Answers()
    answers.install()
    guard.install()
    for line in orders:
        error = carry_out(json.loads(line), guard, answers)
        results.write(json.dumps({"error": error}) + "\n")
        results.flush()


if __name__ == "__main__":
    main()
