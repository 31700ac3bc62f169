"""Where signed webhooks arrive: POST /hooks/<public id>. See connectors/webhook/README.md for what senders are told.

202 {"accepted": n}                      stored; the delivery's id in the same transaction, so a redelivery is known
200 {"accepted": 0, "already": true}     that id was accepted before
400  the body is no JSON of ours: nothing was promised, the sender still holds it
401  not signed, signed with another secret, or signed too long ago; with the reason
403  the source is switched off
404  no such source
413  larger than WEBHOOK_MAX_BYTES

A delivery whose JSON is well formed is taken as a whole: a record in it that is no post becomes a dead letter.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.conf import settings as desk
from django.core.exceptions import RequestDataTooBig
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.http.request import UnreadablePostError
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from sereno.connectors import connector_of
from sereno.connectors.base import Malformed, RawItem
from sereno.desk.intake.models import Source, WebhookDelivery
from sereno.desk.intake.signing import Genuine, Refusal, check
from sereno.desk.intake.sources import new_secret, secret_of
from sereno.desk.intake.storing import store_raw
from sereno.desk.keys import UnreadableSecret

log = logging.getLogger("sereno.intake")

_NOBODYS_SECRET = new_secret()
"""An unknown address is checked too, against this: it answers no faster than a known one."""


@csrf_exempt
@require_POST
def receive(request: HttpRequest, public_id: str) -> JsonResponse:
    now = timezone.now()
    body = _body(request)
    if isinstance(body, Refusal):
        return _refuse(body)
    source = Source.objects.filter(public_id=public_id, secret__isnull=False).first()
    verdict = _check(request, body, source, now)
    if source is None or connector_of(source.kind).receive is None:
        return _refuse(Refusal(404, "no webhook has this address"))
    if isinstance(verdict, Refusal):
        return _refuse(verdict)
    if not source.enabled:
        return _refuse(Refusal(403, "this webhook is switched off; deliver again when it is switched on"))
    return _take(source, verdict, body, now)


def _body(request: HttpRequest) -> bytes | Refusal:
    too_large = Refusal(413, f"more than {desk.WEBHOOK_MAX_BYTES} bytes; send fewer posts in one delivery")
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length[:18]) > desk.WEBHOOK_MAX_BYTES:
        return too_large
    try:
        body = request.read(desk.WEBHOOK_MAX_BYTES + 1)
    except (RequestDataTooBig, UnreadablePostError):
        return too_large
    return body if len(body) <= desk.WEBHOOK_MAX_BYTES else too_large


def _check(request: HttpRequest, body: bytes, source: Source | None, now: datetime) -> Genuine | Refusal:
    window = timedelta(seconds=desk.WEBHOOK_WINDOW_SECONDS)
    headers = {name.lower(): value for name, value in request.headers.items()}
    try:
        secret = secret_of(source) if source else None
    except UnreadableSecret as error:
        log.error("webhook source %s: %s", source and source.pk, error)
        return Refusal(503, "the secret of this webhook has to be renewed on our side; deliver again later")
    return check(headers, body, secret=secret or _NOBODYS_SECRET, now=now, window=window)


def _take(source: Source, genuine: Genuine, body: bytes, now: datetime) -> JsonResponse:
    try:
        items = _items(source, body)
    except Malformed as error:
        return _refuse(Refusal(400, str(error)))
    with transaction.atomic():
        # the unique key decides: of two deliveries of one id at once, the second waits here and then finds the first
        _, first = WebhookDelivery.objects.get_or_create(
            source=source, delivery_id=genuine.delivery_id, defaults={"received_at": now}
        )
        if first:
            store_raw(source, items, now=now, via="webhook")
            Source.objects.filter(pk=source.pk).update(last_ok_at=now, failures=0, last_error="", fault={})
    if not first:
        return JsonResponse({"accepted": 0, "already": True})
    return JsonResponse({"accepted": len(items)}, status=202)


def _items(source: Source, body: bytes) -> list[RawItem]:
    receive_body = connector_of(source.kind).receive
    assert receive_body is not None  # asked before
    return list(receive_body(body))


def _refuse(refusal: Refusal) -> JsonResponse:
    return JsonResponse({"error": refusal.reason}, status=refusal.status)
