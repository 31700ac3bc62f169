"""A process that takes messages: a real mail server and three real web receivers. First line out: their ports; then one
line of JSON for each message, as soon as it was taken.

Each waits a little before it answers, so that whoever sends is killed before, between and after. Posts to /hang are
never answered; to those at /drip a byte a second is sent that ends no line.
"""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP

chance = random.Random(7)
written = threading.Lock()


def say(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def note(via: str, key: str, message_id: str, to: str) -> None:
    with written:
        say({"via": via, "key": key, "id": message_id, "to": to, "at": time.time()})


class Mails:
    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        mail = message_from_bytes(envelope.content, policy=policy.default)
        note("mail", str(mail["x-sereno-key"]), str(mail["message-id"]), envelope.rcpt_tos[0])
        await asyncio.sleep(chance.random() / 10)
        return "250 taken"


class Hooks(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("content-length", 0)))
        if self.path.startswith("/hang"):
            time.sleep(600)
        if self.path.startswith("/drip"):
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            for _ in range(600):
                self.wfile.write(b"a")
                self.wfile.flush()
                time.sleep(1)
        note("hook", str(self.headers["idempotency-key"]), "", self.path)
        time.sleep(chance.random() / 10)
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


def main() -> None:
    webs = [ThreadingHTTPServer(("127.0.0.1", 0), Hooks) for _ in range(3)]
    for web in webs:
        web.daemon_threads = True
        web.handle_error = lambda *_: None  # type: ignore[method-assign]
        threading.Thread(target=web.serve_forever, daemon=True).start()

    async def mails() -> None:
        server = await asyncio.get_running_loop().create_server(lambda: SMTP(Mails()), "127.0.0.1", 0)
        say({"mail": server.sockets[0].getsockname()[1], "web": [web.server_address[1] for web in webs]})
        await server.serve_forever()

    asyncio.run(mails())


class Taken:
    """What the process took, as this one sees it."""

    def __init__(self, ports: dict[str, Any]) -> None:
        self.mail_port, self.web_ports = int(ports["mail"]), list[int](ports["web"])
        self.messages: list[dict[str, Any]] = []

    def env(self) -> dict[str, str]:
        return {
            "SERENO_SMTP_URL": f"smtp://127.0.0.1:{self.mail_port}", "SERENO_MAIL_FROM": "Sereno <sereno@desk.example>",
            "SERENO_URL": "https://desk.example", "SERENO_PAGES_AT_MOST": "99/1m",
            "SERENO_MESSAGES_PRIVATE": ",".join(f"127.0.0.1:{port}" for port in self.web_ports),
        }  # fmt: skip


@contextmanager
def taking() -> Iterator[Taken]:
    process = subprocess.Popen([sys.executable, str(Path(__file__))], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    taken = Taken(json.loads(process.stdout.readline()))

    def listen() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            taken.messages.append(json.loads(line))

    ear = threading.Thread(target=listen, daemon=True)
    ear.start()
    try:
        yield taken
    finally:
        process.kill()
        process.wait()
        ear.join(5)
        process.stdout.close()


if __name__ == "__main__":
    main()
