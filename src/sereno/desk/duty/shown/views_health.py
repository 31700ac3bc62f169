"""Whether all is well: for people, and as plain JSON for monitors. What a reader may not see is not told."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from sereno.desk.accounts.models import Brand
from sereno.desk.accounts.request import person
from sereno.desk.duty.health import Health, health
from sereno.desk.duty.looking import Finding, disk_findings
from sereno.desk.duty.shown.health_words import sentence, told
from sereno.desk.notify.kinds import kind_in_words
from sereno.desk.notify.queries import ChannelHealth, channels

log = logging.getLogger("sereno.health")

KEPT_SECONDS = 5.0
"""A monitor's answer is kept so long: strangers can ask, and each look costs a dozen queries."""


@login_required
@require_GET
def health_page(request: HttpRequest) -> HttpResponse:
    """Findings of the whole desk and of the reader's brands."""
    now = timezone.now()
    brands = {brand.pk: brand for brand in Brand.objects.filter(memberships__user=person(request)).distinct()}
    found = health(now)
    mine = [each for each in found.findings if each.brand is None or each.brand in brands]
    messages = channels(now)
    wrong = [told(each, brands) for each in mine if each.wrong]
    looks = [told(each, brands) for each in mine if not each.wrong]
    context = {
        "health": found, "wrong": wrong, "looks": looks, "sentence": sentence(len(wrong), len(looks)),
        "messages_health": messages, "kinds": _by_kind(messages.channels),
        "heartbeat": bool(settings.SERENO_HEARTBEAT_URL),
        "demo": any(brand.demo for brand in brands.values()),
    }  # fmt: skip
    return render(request, "watch/health.html", context)


@dataclass(frozen=True, slots=True)
class _Kind:
    """All channels of one kind. Which they are, is nobody's business: their addresses belong to people."""

    name: str
    channels: tuple[ChannelHealth, ...]

    @property
    def works(self) -> bool:
        return all(each.works for each in self.channels)

    @property
    def sent(self) -> int:
        return sum(each.sent for each in self.channels)

    @property
    def failed(self) -> int:
        return sum(each.failed for each in self.channels)

    @property
    def last_sent_at(self) -> datetime | None:
        return max((each.last_sent_at for each in self.channels if each.last_sent_at), default=None)

    @property
    def fault(self) -> ChannelHealth | None:
        """Where it failed last."""
        failed = [(each.last_failed_at, each) for each in self.channels if each.last_failed_at and each.last_error]
        return max(failed, key=lambda pair: pair[0])[1] if failed else None


def _by_kind(found: Iterable[ChannelHealth]) -> list[_Kind]:
    kinds: dict[str, list[ChannelHealth]] = {}
    for each in found:
        kinds.setdefault(kind_in_words(each.channel), []).append(each)
    return [_Kind(name, tuple(of)) for name, of in sorted(kinds.items())]


@never_cache
@require_GET
def health_json(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """Codes alone, no names, no numbers of cases: 200 where nothing is wrong, else 503, also without a database."""
    answer = _kept.answer()
    return JsonResponse(answer, status=200 if answer["well"] else 503)


class _Kept:
    """The last answer of this process, for a few seconds."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.until = 0.0
        self.told: dict[str, Any] = {}

    def answer(self) -> dict[str, Any]:
        with self.lock:
            if time.monotonic() >= self.until:
                self.told, self.until = _asked(), time.monotonic() + KEPT_SECONDS
            return self.told

    def forget(self) -> None:
        self.until = 0.0


def _asked() -> dict[str, Any]:
    try:
        found = health(timezone.now())
    except DatabaseError:
        log.exception("the health of the desk cannot be asked")
        found = Health((Finding("database-unwritable"), *disk_findings()), None, None)
    codes = {each.code: each.severity for each in found.findings}
    return {
        "well": found.well,
        "checked_at": found.checked_at.isoformat() if found.checked_at else None,
        "findings": [{"code": code, "severity": severity} for code, severity in codes.items()],
    }


_kept = _Kept()
