"""Whoever wants to know how telling somebody ended: duty calls the next link at once where nobody was reached.

Registered in an AppConfig's `ready`; called inside the transaction that marks the outcome, so that both stand or fall.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from sereno.desk.notify.models import Notification

Outcome = Literal["reached", "unreached", "given_up"]
"""Handed over to a channel · every way failed, or there is none; tried on · not tried any more."""

Heard = Callable[[Notification, Outcome, datetime], None]

_heard: list[Heard] = []


def on_outcome(heard: Heard) -> None:
    """Registering the same one again changes nothing."""
    if heard not in _heard:
        _heard.append(heard)


def forget_outcome(heard: Heard) -> None:
    """The opposite of `on_outcome`."""
    if heard in _heard:
        _heard.remove(heard)


def announce(notification: Notification, outcome: Outcome, now: datetime) -> None:
    for heard in _heard:
        heard(notification, outcome, now)
