"""The worker's process of a test, as `sereno work` begins it: rounds, caller, courier and auditor, by the real clock.

Its reader knows one text, its auditor looks often, and on SQLite it has little patience with whoever holds the lock.
"""

from __future__ import annotations

import sys
import threading

import django
from django.conf import settings

PATIENCE = 1
"""Seconds; 20 in production."""
LOOKS_EVERY = 2.0

if __name__ == "__main__":
    place = settings.DATABASES["default"]
    if "sqlite3" in str(place["ENGINE"]):
        place["OPTIONS"]["timeout"] = PATIENCE
    django.setup()

    from sereno.commands.desk import begin_work
    from sereno.desk.duty import auditor
    from tests.desk.duty.watch_once import BURNT
    from tests.fakes import FakeReader

    auditor.EVERY = LOOKS_EVERY
    reader = FakeReader()
    reader.says(BURNT, kind="complaint", risks=("safety",), topic="safety")
    begin_work(threading.Event(), reader)
    sys.stdin.read()  # until whoever started it goes
