"""The live stream: one poller however many listen, a stream that ends with the right to listen."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.db import transaction
from django.test import AsyncClient

from sereno.desk.accounts.models import Brand, Membership, User
from sereno.desk.cases import live
from sereno.desk.cases.live import Pulse
from sereno.desk.notify.actions import tell


def test_one_poller_wakes_every_listener_and_stops_with_the_last() -> None:
    asked = 0
    latest = 4

    async def read() -> int:
        nonlocal asked
        asked += 1
        return latest

    async def story() -> list[int | None]:
        nonlocal latest
        pulse = Pulse(read, every=0.01)
        for _listener in range(3):
            pulse.join()
        assert await pulse.after(0, 1) == 4
        waiting = [asyncio.create_task(pulse.after(4, 1)) for _listener in range(3)]
        await asyncio.sleep(0.03)
        latest = 9
        heard = await asyncio.gather(*waiting)
        for _listener in range(3):
            pulse.leave()
        await asyncio.sleep(0.03)
        before = asked
        await asyncio.sleep(0.05)
        assert asked == before, "somebody still polls though nobody listens"
        return list(heard)

    assert asyncio.run(story()) == [9, 9, 9]


def test_a_quiet_brand_ends_the_wait_without_news() -> None:
    async def read() -> int:
        return 7

    async def story() -> int | None:
        pulse = Pulse(read, every=0.01)
        pulse.join()
        try:
            await pulse.after(0, 1)
            return await pulse.after(7, 0.05)
        finally:
            pulse.leave()

    assert asyncio.run(story()) is None


def test_a_poll_that_fails_does_not_silence_the_brand() -> None:
    answers: list[Any] = [OSError("the database is away"), 3]

    async def read() -> int:
        answer = answers.pop(0) if answers else 3
        if isinstance(answer, Exception):
            raise answer
        return int(answer)

    async def story() -> int | None:
        pulse = Pulse(read, every=0.01)
        pulse.join()
        try:
            return await pulse.after(0, 1)
        finally:
            pulse.leave()

    assert asyncio.run(story()) == 3


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "HEARTBEAT_SECONDS", 0.05)


def _alice() -> tuple[Brand, User]:
    brand = Brand.objects.create(slug="acme", name="Acme")
    user = User.objects.create(email="alice@acme.example", name="Alice")
    Membership.objects.create(user=user, brand=brand, role="community_manager")
    return brand, user


@pytest.mark.django_db(transaction=True)
def test_the_stream_ends_when_the_person_loses_the_brand(quick: None, monkeypatch: pytest.MonkeyPatch) -> None:
    async def nothing_new(brand_id: int) -> int:
        return 0

    async def story() -> bytes:
        _brand, user = await sync_to_async(_alice)()
        # in-memory test databases belong to one thread: the checks run where the test does
        monkeypatch.setattr(live, "sync_to_async", lambda told, thread_sensitive=True: sync_to_async(told))
        monkeypatch.setattr(live, "close_old_connections", lambda: None)
        client = AsyncClient()
        await client.aforce_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        answer = await client.get("/b/acme/live")
        assert answer["Content-Type"] == "text/event-stream"
        heard = b""
        stream: AsyncIterator[bytes] = answer.streaming_content
        async for part in stream:
            heard += part
            if b"still here" in heard:
                await Membership.objects.all().adelete()
            assert len(heard) < 5_000
        return heard

    heard = async_to_sync(story)()
    assert heard.startswith(b"retry: 3000\nevent: hello")
    assert heard.endswith(b'event: bye\ndata: {"event": 0}\n\n')


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who", ["nobody", "a stranger"])
def test_whoever_may_not_listen_is_told_to_stop_asking(who: str) -> None:
    async def story() -> int:
        _brand, _user = await sync_to_async(_alice)()
        client = AsyncClient()
        if who == "a stranger":
            other = await User.objects.acreate(email="eve@rival.example", name="Eve")
            await client.aforce_login(other, backend="allauth.account.auth_backends.AuthenticationBackend")
        return (await client.get("/b/acme/live")).status_code

    assert async_to_sync(story)() == 204


@pytest.mark.django_db(transaction=True)
def test_the_bell_rings_for_whoever_was_told_and_for_nobody_else(quick: None, monkeypatch: pytest.MonkeyPatch) -> None:
    @transaction.atomic
    def told(user: User, brand: Brand) -> int:
        [row] = tell([user], brand=brand, code="called", values={}, urgency="immediate", now=datetime.now(UTC))
        return row.pk

    async def story() -> tuple[bytes, int]:
        brand, alice = await sync_to_async(_alice)()
        bob = await User.objects.acreate(email="bob@acme.example", name="Bob")
        monkeypatch.setattr(live, "sync_to_async", lambda told, thread_sensitive=True: sync_to_async(told))
        monkeypatch.setattr(live, "close_old_connections", lambda: None)
        client = AsyncClient()
        await client.aforce_login(alice, backend="allauth.account.auth_backends.AuthenticationBackend")
        heard, number = b"", 0
        async for part in (await client.get("/b/acme/live")).streaming_content:
            heard += part
            if heard.count(b"still here") == 1 and not number:
                await sync_to_async(told)(bob, brand)
                number = await sync_to_async(told)(alice, brand)
                await sync_to_async(told)(bob, brand)
            if b"event: bell" in heard and heard.count(b"still here") > 3:
                await Membership.objects.all().adelete()
            assert len(heard) < 5_000
        return heard, number

    heard, number = async_to_sync(story)()
    assert re.findall(rb'event: bell\ndata: {"event": (\d+)}', heard) == [str(number).encode()]
