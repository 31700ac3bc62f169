"""A real mail server and a real web receiver on this machine, which answer, refuse, dawdle or say nothing."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller


class Mailbox:
    """What the mail server took."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.at: list[float] = []
        self.to: list[str] = []
        self.port = 0
        self.refuses = ""

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if self.refuses:
            return self.refuses
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        found = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(found, EmailMessage)
        self.mails.append(found)
        self.at.append(time.monotonic())
        self.to.extend(envelope.rcpt_tos)
        return "250 taken"

    def subjects(self) -> list[str]:
        return [str(mail["subject"]) for mail in self.mails]

    def text(self, number: int = -1) -> str:
        part = self.mails[number].get_body(("plain",))
        assert part is not None
        return str(part.get_content())

    def html(self, number: int = -1) -> str:
        part = self.mails[number].get_body(("html",))
        assert part is not None
        return str(part.get_content())


class AnyPort(Controller):
    """At whichever port is free."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    box = Mailbox()
    controller = AnyPort(box, hostname="127.0.0.1", port=0, data_size_limit=5_000_000)
    controller.start()
    box.port = controller.port
    try:
        yield box
    finally:
        controller.stop(no_assert=True)


class Hook:
    """What the web receiver was told, and how it answers."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.status = 200
        self.location = ""
        self.hangs = threading.Event()
        self.drips = False
        self.let_go = threading.Event()
        self.port = 0

    @property
    def pair(self) -> str:
        return f"127.0.0.1:{self.port}"


@contextmanager
def web_receiver() -> Iterator[Hook]:
    hook = Hook()

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            hook.headers.append({name.lower(): value for name, value in self.headers.items()})
            hook.paths.append(self.path)
            if body[:1] == b"{":
                hook.told.append(json.loads(body))
            if hook.hangs.is_set():
                hook.let_go.wait(60)
                return
            if hook.drips:
                self._drip()
                return
            self.send_response(hook.status)
            if hook.location:
                self.send_header("Location", hook.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_POST  # noqa: N815

        def _drip(self) -> None:
            """A byte now and then, so that no single step is ever too slow."""
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while not hook.let_go.wait(0.2):
                self.wfile.write(b"a")
                self.wfile.flush()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    hook.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield hook
    finally:
        hook.let_go.set()
        server.shutdown()
        server.server_close()
        thread.join()
