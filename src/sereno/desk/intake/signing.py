"""Is this delivery genuine, and of now? The Standard Webhooks convention: `webhook-id`, `webhook-timestamp` and
`webhook-signature` = HMAC-SHA256 over `id.timestamp.body` with the source's secret."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from standardwebhooks import Webhook

MAX_ID = 200


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a delivery is not taken, for whoever sends it."""

    status: int
    reason: str


@dataclass(frozen=True, slots=True)
class Genuine:
    delivery_id: str


def check(
    headers: Mapping[str, str], body: bytes, *, secret: str, now: datetime, window: timedelta
) -> Genuine | Refusal:
    """Judge one delivery. The signature is compared in constant time, and before the clock is looked at: a stranger
    learns nothing of our time."""
    delivery_id = headers.get("webhook-id", "")
    sent = _instant(headers.get("webhook-timestamp", ""))
    signatures = headers.get("webhook-signature", "")
    if not delivery_id or len(delivery_id) > MAX_ID or not signatures or sent is None:
        return Refusal(401, "webhook-id, webhook-timestamp (seconds since 1970) and webhook-signature are needed")
    if not _signed(signatures, delivery_id, sent, body, secret):
        return Refusal(401, "the signature does not fit: wrong secret, or the body was changed on its way")
    if abs(now - sent) > window:
        late = "late" if sent < now else "early"
        away, allowed = abs(now - sent).total_seconds(), window.total_seconds()
        return Refusal(
            401,
            f"too {late}: signed {away:.0f} s away from our clock, and {allowed:.0f} s are allowed; sign each attempt "
            f"anew, and set your clock",
        )
    return Genuine(delivery_id)


def _instant(seconds: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _signed(signatures: str, delivery_id: str, sent: datetime, body: bytes, secret: str) -> bool:
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return False  # the convention signs text
    ours = Webhook(secret).sign(delivery_id, sent, text).encode()
    # several signatures may stand there while a secret is being changed; all are compared, whichever fits
    fits = [hmac.compare_digest(ours, each.encode()) for each in signatures.split()[:10]]
    return any(fits)
