"""A delivery that is too large is refused before the rest of it arrives."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from sereno.desk.intake.oversized import refuse_oversized

LIMIT = 100


class Wire:
    """What arrives, chunk by chunk, and what is answered."""

    def __init__(self, *chunks: bytes, path: str = "/hooks/x", length: int | None = None) -> None:
        self.scope = {"type": "http", "path": path, "headers": [(b"content-length", b"%d" % length)] if length else []}
        self.left: Iterator[bytes] = iter(chunks)
        self.count = len(chunks)
        self.taken = 0
        self.sent: list[Any] = []
        self.reached: bytes | None = None

    def run(self) -> Wire:
        asyncio.run(refuse_oversized(self._app, lambda: LIMIT)(self.scope, self._receive, self._send))
        return self

    async def _receive(self) -> dict[str, Any]:
        self.taken += 1
        return {"type": "http.request", "body": next(self.left), "more_body": self.taken < self.count}

    async def _send(self, message: Any) -> None:
        self.sent.append(message)

    async def _app(self, scope: Any, receive: Any, send: Any) -> None:
        body = b""
        while True:
            message = await receive()
            body += message["body"]
            if not message["more_body"]:
                break
        self.reached = body


def test_what_fits_reaches_the_application_whole() -> None:
    assert Wire(b"a" * 60, b"b" * 40).run().reached == b"a" * 60 + b"b" * 40


def test_what_says_it_is_too_large_is_refused_unread() -> None:
    wire = Wire(b"a", length=LIMIT + 1).run()

    assert wire.sent[0]["status"] == 413
    assert wire.taken == 0
    assert wire.reached is None


def test_what_turns_out_too_large_is_refused_on_the_way() -> None:
    wire = Wire(*[b"a" * 60] * 1000).run()

    assert wire.sent[0]["status"] == 413
    assert wire.taken == 2
    assert wire.reached is None


@pytest.mark.parametrize("path", ["/", "/b/acme/sources/upload"])
def test_other_pages_are_left_alone(path: str) -> None:
    assert Wire(b"a" * 60, b"b" * 60, path=path).run().reached == b"a" * 60 + b"b" * 60
