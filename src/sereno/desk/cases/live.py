"""The live inbox: server-sent events that say only *something happened up to event n*, and the bell: *you were told up
to notification n*.

One poller each per process and brand reads `max(CaseEvent.id)` and `max(Notification.id)`, however many people look on.
What changed is asked for by the page afterwards, through an ordinary request with its ordinary permission check:
nothing personal travels here. A stream ends when its person is signed out, is switched off, or loses the brand.
"""

from __future__ import annotations

import asyncio
import json
import logging
import weakref
from collections.abc import AsyncIterator, Awaitable, Callable

from asgiref.sync import sync_to_async
from django.contrib.auth import aget_user
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import close_old_connections
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse

from sereno.desk.accounts.models import Brand, User
from sereno.desk.accounts.permissions import Action, brand_of, may
from sereno.desk.cases.queries import latest_event
from sereno.desk.notify.queries import latest_for, latest_of

logger = logging.getLogger(__name__)

POLL_SECONDS = 1.0
HEARTBEAT_SECONDS = 15.0
"""Proxies close silent streams; and the person's right to listen is asked again at each beat."""


class Pulse:
    """One brand's heartbeat in this process: polls while somebody listens, and wakes all listeners at once."""

    def __init__(self, read_latest: Callable[[], Awaitable[int]], every: float = POLL_SECONDS) -> None:
        self.read_latest, self.every = read_latest, every
        self.latest = 0
        self.listeners = 0
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def join(self) -> None:
        self.listeners += 1
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._poll())

    def leave(self) -> None:
        self.listeners -= 1
        if self.listeners == 0 and self._task is not None:
            self._task.cancel()
            self._task = None

    async def after(self, seen: int, timeout: float) -> int | None:
        """The latest event id once it is greater than `seen`; None where nothing happened within `timeout` seconds."""
        if self.latest > seen:
            return self.latest
        try:
            await asyncio.wait_for(self._changed.wait(), timeout)
        except TimeoutError:
            return None
        return self.latest if self.latest > seen else None

    async def _poll(self) -> None:
        while True:
            try:
                latest = await self.read_latest()
            except Exception:
                # a database that is away for a moment must not silence the brand until the next restart
                logger.exception("the live inbox could not ask for news; it asks again in %s s", self.every)
                latest = self.latest
            if latest > self.latest:
                self.latest = latest
                self._changed.set()
                self._changed = asyncio.Event()
            await asyncio.sleep(self.every)


_bells: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, dict[int, Pulse]] = weakref.WeakKeyDictionary()
_pulses: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, dict[int, Pulse]] = weakref.WeakKeyDictionary()


def pulse_of(brand_id: int) -> Pulse:
    pulses = _pulses.setdefault(asyncio.get_running_loop(), {})
    if brand_id not in pulses:
        # a thread of the common pool: the poller outlives the request that started it
        read = sync_to_async(_latest_event, thread_sensitive=False)
        pulses[brand_id] = Pulse(lambda: read(brand_id))
    return pulses[brand_id]


def bell_of(brand_id: int) -> Pulse:
    """Moves when anybody of the brand is told anything."""
    bells = _bells.setdefault(asyncio.get_running_loop(), {})
    if brand_id not in bells:
        read = sync_to_async(_latest_told, thread_sensitive=False)
        bells[brand_id] = Pulse(lambda: read(brand_id))
    return bells[brand_id]


def _latest_told(brand_id: int) -> int:
    close_old_connections()
    try:
        return latest_of(brand_id)
    finally:
        close_old_connections()


def _told_to(brand_id: int, user_id: int) -> int:
    close_old_connections()
    try:
        return latest_for(brand_id, user_id)
    finally:
        close_old_connections()


def _latest_event(brand_id: int) -> int:
    close_old_connections()
    try:
        return latest_event(brand_id)
    finally:
        close_old_connections()


async def live(request: HttpRequest, slug: str) -> HttpResponse | StreamingHttpResponse:
    user = await aget_user(request)
    if not isinstance(user, User):
        # an EventSource cannot follow a redirect to the sign-in page: 204 tells it to stop asking
        return HttpResponse(status=204)
    try:
        brand = await sync_to_async(brand_of)(user, slug)
    except Http404:
        return HttpResponse(status=204)
    return StreamingHttpResponse(
        _stream(brand, user.pk, request.session),
        content_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _stream(brand: Brand, user_id: int, session: SessionBase) -> AsyncIterator[bytes]:
    pulse, bell = pulse_of(brand.pk), bell_of(brand.pk)
    told = sync_to_async(_told_to, thread_sensitive=False)
    allowed = sync_to_async(_still_allowed, thread_sensitive=False)
    pulse.join()
    bell.join()
    try:
        seen, rung, mine = pulse.latest, bell.latest, 0
        yield b"retry: 3000\n" + _event("hello", seen)
        while True:
            latest, ringing = await _either(pulse.after(seen, HEARTBEAT_SECONDS), bell.after(rung, HEARTBEAT_SECONDS))
            if not await allowed(brand, user_id, session.session_key):
                yield _event("bye", seen)
                return
            if ringing is not None:
                # somebody was told something: ask once whether it was this person
                rung, newest = ringing, await told(brand.pk, user_id)
                if newest > mine:
                    mine = newest
                    yield _event("bell", mine)
            if latest is None and ringing is None:
                yield b": still here\n\n"
            if latest is not None:
                seen = latest
                yield _event("changed", latest)
    finally:
        pulse.leave()
        bell.leave()


async def _either(one: Awaitable[int | None], other: Awaitable[int | None]) -> tuple[int | None, int | None]:
    """What came, as soon as one of them did."""
    first, second = asyncio.ensure_future(one), asyncio.ensure_future(other)
    try:
        await asyncio.wait((first, second), return_when=asyncio.FIRST_COMPLETED)
        return (first.result() if first.done() else None), (second.result() if second.done() else None)
    finally:
        first.cancel()
        second.cancel()


def _event(name: str, event: int) -> bytes:
    return f"event: {name}\ndata: {json.dumps({'event': event})}\n\n".encode()


def _still_allowed(brand: Brand, user_id: int, session_key: str | None) -> bool:
    close_old_connections()
    try:
        user = User.objects.filter(pk=user_id, is_active=True).first()
        return user is not None and _signed_in(session_key) and may(user, Action.SEE, brand)
    finally:
        close_old_connections()


def _signed_in(session_key: str | None) -> bool:
    return session_key is not None and Session.objects.filter(session_key=session_key).exists()
