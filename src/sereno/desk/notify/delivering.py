"""The courier: claims what is due, hands it to processes that send, and writes down how it ended.

One thread does all that touches the database; the sending happens in other threads, each of which waits for a process
of its own. So nothing is sent within a transaction, one channel that hangs takes a few places and never all, and the
worker's other duties do not wait for a mail server.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from email.utils import parseaddr
from typing import Any, Protocol

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import close_old_connections, connection

from sereno.desk.keys import UnreadableSecret
from sereno.desk.notify import settling
from sereno.desk.notify.claiming import Claimed, Outgoing, anything_due, claim
from sereno.desk.notify.digest import once_a_case
from sereno.desk.notify.messages import Message, compose, one_line
from sereno.desk.notify.messengers import Messengers, Result
from sereno.desk.notify.models import Kind
from sereno.desk.notify.ways import MAIL, address_of

log = logging.getLogger("sereno.notify")

AT_ONCE = 8
"""Messages under way."""
OF_A_CHANNEL = 3
"""Of them through one mail server or one gateway."""
FOR_MAIL = 2
"""Of them kept for e-mail: however many message services hang at once, nobody's mail waits behind them."""
PAUSE = 0.5
"""Seconds between looks at the database when nothing is due."""
BODY = 1500
"""Characters of a message that is not an e-mail: an SMS costs by its length."""


class Sends(Protocol):
    def send(self, order: dict[str, Any]) -> Result: ...

    def close(self) -> None: ...


class Courier:
    """Not to be shared between threads."""

    def __init__(self, sends: Sends | None = None) -> None:
        self.sends = sends or Messengers()
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="sereno-message")
        self._ended: queue.Queue[tuple[Outgoing, Result]] = queue.Queue()
        self._under_way: Counter[str] = Counter()

    def round(self, *, now: datetime) -> int:
        """Settle what ended and begin what is due; how much of both. Waits for nothing."""
        return self.settle(now=now) + self.begin(now=now)

    def begin(self, *, now: datetime) -> int:
        free = AT_ONCE - self._under_way.total()
        if free <= 0 or not anything_due(now):
            return 0
        claimed = claim(now=now, room=self._room, most=free)
        self._give_up(claimed, now)
        for outgoing in claimed.outgoing:
            self._under_way[outgoing.way.channel] += 1
            order = self._order(outgoing, now)
            if isinstance(order, Result):
                self._ended.put((outgoing, order))
            else:
                self._threads.submit(self._send, outgoing, order)
        return len(claimed.outgoing) + len(claimed.hopeless)

    def settle(self, *, now: datetime, wait: float = 0.0) -> int:
        """Write down how what ended ended; waits so many seconds for the first of them."""
        settled = 0
        while True:
            try:
                outgoing, result = self._ended.get(timeout=wait) if wait else self._ended.get_nowait()
            except queue.Empty:
                return settled
            wait = 0.0
            settled += 1
            self._under_way[outgoing.way.channel] -= 1
            self._settle(outgoing, result, now)

    @property
    def under_way(self) -> int:
        return self._under_way.total()

    def run(self, stop: threading.Event) -> None:
        """Until `stop` is set. What is under way then is settled, or is sent again by the next with the same key."""
        while not stop.is_set():
            close_old_connections()
            did = 0
            try:
                self.settle(now=datetime.now(UTC), wait=PAUSE if self.under_way else 0.0)
                did = self.begin(now=datetime.now(UTC))
            except Exception:
                log.exception("messages cannot be sent at the moment; tried again")
                stop.wait(PAUSE * 4)
            if not did and not self.under_way:
                stop.wait(PAUSE)
        self.close()

    def close(self, *, seconds: float = 2.0) -> None:
        """Give what is under way a moment to end."""
        until = time.monotonic() + seconds
        try:
            while self.under_way and time.monotonic() < until:
                self.settle(now=datetime.now(UTC), wait=0.1)
        except Exception:
            log.exception("what is under way cannot be written down; it is sent again with the same key")
        self._threads.shutdown(wait=False, cancel_futures=True)
        self.sends.close()
        _drop_dead_connections()

    def _room(self, channel: str, beside: Counter[str]) -> bool:
        taken = self._under_way + beside
        if taken[channel] >= OF_A_CHANNEL:
            return False
        return channel == MAIL or taken.total() - taken[MAIL] < AT_ONCE - FOR_MAIL

    def _send(self, outgoing: Outgoing, order: dict[str, Any]) -> None:
        try:
            result = self.sends.send(order)
        except Exception as error:
            log.exception("a message cannot be sent")
            result = Result(f"fault {type(error).__name__}")
        self._ended.put((outgoing, result))

    def _settle(self, outgoing: Outgoing, result: Result, now: datetime) -> None:
        try:
            if result.taken:
                settling.sent(outgoing, now=now)
            else:
                log.warning("message %s by way %s failed: %s", outgoing.told.pk, outgoing.way.pk, result.error)
                settling.failed(outgoing, result, now=now)
        except settling.NoLongerOurs:
            log.warning("message %s took longer than its lease; whoever has it now writes it down", outgoing.told.pk)
        except Exception:
            log.exception("how message %s ended cannot be written down; it is sent again", outgoing.told.pk)
            _drop_dead_connections()

    def _give_up(self, claimed: Claimed, now: datetime) -> None:
        for delivery in claimed.hopeless:
            try:
                settling.hopeless(delivery, now=now)
            except settling.NoLongerOurs:
                continue
            except Exception:
                log.exception("delivery %s cannot be settled; tried again", delivery.pk)
                _drop_dead_connections()

    def _order(self, outgoing: Outgoing, now: datetime) -> dict[str, Any] | Result:
        """What the sending process gets. Made outside of any transaction; a fault in it fails this message alone."""
        try:
            told, others = once_a_case(outgoing.told, outgoing.carried)
            message = compose(told, others, way=outgoing.way, now=now)
            return order_for(outgoing, message)
        except UnreadableSecret:
            return Result("unreadable")
        except Exception as error:
            log.exception("message %s cannot be put into words", outgoing.told.pk)
            return Result(f"fault {type(error).__name__}")


def _drop_dead_connections() -> None:
    if not connection.in_atomic_block:  # whoever called us within one needs it
        close_old_connections()


def order_for(outgoing: Outgoing, message: Message) -> dict[str, Any]:
    address, key = address_of(outgoing.way), str(outgoing.delivery.key)
    if outgoing.way.kind == Kind.MAIL:
        return _mail_order(address, key, message)
    return {
        "kind": "apprise", "key": key, "allowed": sorted(settings.SERENO_MESSAGES_PRIVATE), "url": address,
        "title": message.subject, "body": message.text[:BODY], "grave": outgoing.told.light == "red",
    }  # fmt: skip


def _mail_order(address: str, key: str, message: Message) -> dict[str, Any]:
    server = settings.SERENO_SMTP
    if server is None:
        return {"kind": "none"}
    host = settings.SERENO_MAIL_FROM.rpartition("@")[2].strip(" >") or "sereno.invalid"
    mail = EmailMultiAlternatives(
        one_line(message.subject), message.text, settings.SERENO_MAIL_FROM, [address],
        headers={
            "Message-ID": f"<{key}@{host}>", "X-Sereno-Key": key, "Content-Language": message.language,
            "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All",
        },
    )  # fmt: skip
    mail.attach_alternative(message.html, "text/html")
    whole: Any = mail.message()
    return {
        "kind": "mail", "key": key, "allowed": [f"{server.host}:{server.port}"], "to": address,
        "sender": parseaddr(settings.SERENO_MAIL_FROM)[1], "message": whole.as_bytes(linesep="\r\n").decode("latin-1"),
        "smtp": {
            "host": server.host, "port": server.port, "user": server.user, "password": server.password,
            "tls": server.tls, "ssl": server.ssl, "ca": server.ca,
        },
    }  # fmt: skip


def deliver(*, now: datetime, sends: Sends | None = None, clock: Callable[[], datetime] | None = None) -> int:
    """Everything that is due, and wait until it was handed over or failed on every way; how many tries ended."""
    courier = Courier(sends)
    done = 0
    try:
        while True:
            moment = clock() if clock else now
            began = courier.begin(now=moment)
            ended = courier.settle(now=moment, wait=30.0 if courier.under_way else 0.0)
            done += ended
            if not began and not ended:
                return done
    finally:
        courier.close()
