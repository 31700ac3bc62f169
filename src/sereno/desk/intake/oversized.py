"""Refuses a webhook delivery that is too large before the rest of it arrives.

Django's ASGI handler takes a whole body in before a view is asked, so the view's own look comes too late to save the
disk. This stands before Django and counts.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

PREFIX = "/hooks/"


def refuse_oversized(app: App, limit: Callable[[], int], prefix: str = PREFIX) -> App:
    """The application, with bodies under `prefix` bounded to `limit()` bytes; larger ones are answered with 413."""

    async def bounded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(prefix):
            return await app(scope, receive, send)
        if _declared(scope) > limit():
            return await _refuse(send)
        body = await _read(receive, limit())
        if body is None:
            return await _refuse(send)
        return await app(scope, _replay(body, receive), send)

    return bounded


def _declared(scope: Scope) -> int:
    for name, value in scope.get("headers", ()):
        if name == b"content-length" and value.isdigit():
            return int(value[:18])
    return 0


async def _read(receive: Receive, limit: int) -> bytes | None:
    body: bytes = b""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b""  # the sender hung up; Django finds the same and answers nobody
        body += bytes(message.get("body", b""))
        if len(body) > limit:
            return None
        if not message.get("more_body"):
            return body


def _replay(body: bytes, receive: Receive) -> Receive:
    pending = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return pending.pop() if pending else await receive()

    return again


async def _refuse(send: Send) -> None:
    body = b'{"error": "the delivery is too large; send fewer posts in one delivery"}'
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body})
