from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from sereno.desk.notify import outcome
from sereno.desk.notify.configured import Pages, Smtp
from sereno.desk.notify.messengers import Messengers, Result
from tests.desk.notify.people import Desk
from tests.desk.notify.receivers import Hook, Mailbox, mail_server, web_receiver

SECONDS = 3.0
"""A try's hard end in these tests."""


class Kept:
    """One set of processes for all tests: each start costs half a second."""

    def __init__(self, seconds: float) -> None:
        self.messengers = Messengers(seconds)

    def send(self, order: dict[str, Any]) -> Result:
        return self.messengers.send(order)

    def close(self) -> None:
        """They stay."""


@pytest.fixture(scope="session")
def sends() -> Iterator[Kept]:
    kept = Kept(SECONDS)
    yield kept
    kept.messengers.close()


@pytest.fixture
def mails(settings: Settings) -> Iterator[Mailbox]:
    with mail_server() as box:
        settings.SERENO_SMTP = Smtp("127.0.0.1", box.port)
        yield box


@pytest.fixture
def hook() -> Iterator[Hook]:
    with web_receiver() as receiver:
        yield receiver


@pytest.fixture
def desk(db: None, settings: Settings, sends: Kept, hook: Hook, mails: Mailbox) -> Iterator[Desk]:
    """A brand, people, a mail server and a gateway of its own."""
    settings.SERENO_MAIL_FROM = "Sereno <sereno@desk.example>"
    settings.SERENO_URL = "https://desk.example"
    settings.SERENO_PAGES = Pages(3, timedelta(minutes=10))
    settings.SERENO_MESSAGES_PRIVATE = frozenset({hook.pair})
    settings.SERENO_MESSAGES_WITH_TEXT = False
    desk = Desk(sends, mails, hook)
    outcome.on_outcome(desk.hear)
    yield desk
    outcome.forget_outcome(desk.hear)
