"""Sources: added, switched on and off, their secrets kept encrypted."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings as desk
from django.db import transaction
from django.utils.translation import gettext as _

from sereno.connectors import connector_of
from sereno.connectors.base import ConnectorError, settings_faults
from sereno.desk.accounts.models import Brand, User
from sereno.desk.audit.actions import record
from sereno.desk.intake.models import Post, RawRecord, Source
from sereno.desk.keys import decrypt, encrypt


class IntakeRefused(Exception):
    """What a person asked of the intake cannot be done; the message says why, and the way out."""


def add_source(
    brand: Brand, *, kind: str, name: str, settings: Mapping[str, Any], now: datetime, by: User | None,
    secret: str | None = None,
) -> tuple[Source, str | None]:  # fmt: skip
    """A new place to listen to. A source that receives gets a signing secret of its own unless one is given.

    Returns the source and its secret in the clear, the only time that it can be seen. Raises `IntakeRefused`.
    """
    try:
        connector = connector_of(kind)
    except ConnectorError as error:
        raise IntakeRefused(str(error)) from error
    faults = settings_faults(connector, settings, desk.SERENO_FETCH_PRIVATE)
    if by is not None and not connector.offered:
        faults = [f"'{kind}' is set up by the software itself; nobody adds it by hand"]
    if faults:
        raise IntakeRefused("; ".join(faults))
    if connector.receive is not None and secret is None:
        secret = new_secret()
    with transaction.atomic():
        Brand.objects.select_for_update().get(pk=brand.pk)  # two people may add the same name at once
        if Source.objects.filter(brand=brand, name=name).exists():
            raise IntakeRefused(_("There is a source called “%(name)s” already; choose another name.") % {"name": name})
        source = Source.objects.create(
            brand=brand,
            kind=kind,
            name=name,
            public_id=secrets.token_urlsafe(24),
            settings=dict(settings),
            secret=encrypt(secret, key=desk.SECRET_KEY) if secret else None,
            next_poll_at=now if connector.read else None,
            created_at=now,
        )
        Source.objects.filter(pk=source.pk).update(created_at=now)  # the field stamps itself with the real clock
        source.created_at = now
        record("source.added", source, by=by, at=now, brand_id=brand.pk, kind=kind)
    return source, secret


def new_secret() -> str:
    """A signing secret in the form of the Standard Webhooks convention."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def secret_of(source: Source) -> str | None:
    """Raises `keys.UnreadableSecret` where it was encrypted with another installation's key."""
    return decrypt(bytes(source.secret), key=desk.SECRET_KEY) if source.secret else None


@transaction.atomic
def set_source_enabled(source: Source, *, enabled: bool, by: User | None, now: datetime) -> None:
    """Switch a source on or off. One that is switched on is read at once, and its past failures are forgotten."""
    polled = connector_of(source.kind).read is not None
    source.enabled = enabled
    source.next_poll_at = now if enabled and polled else source.next_poll_at
    if enabled:
        source.failures, source.last_error, source.fault = 0, "", {}
    source.save(update_fields=["enabled", "next_poll_at", "failures", "last_error", "fault"])
    action = "source.switched_on" if enabled else "source.switched_off"
    record(action, source, by=by, at=now, brand_id=source.brand_id)


@transaction.atomic
def rename_source(source: Source, *, name: str, by: User | None, now: datetime) -> None:
    """Call a source something else. Raises `IntakeRefused` where another one is called so."""
    Brand.objects.select_for_update().get(pk=source.brand_id)
    if Source.objects.filter(brand=source.brand_id, name=name).exclude(pk=source.pk).exists():
        raise IntakeRefused(_("There is a source called “%(name)s” already; choose another name.") % {"name": name})
    source.name = name
    source.save(update_fields=["name"])
    record("source.renamed", source, by=by, at=now, brand_id=source.brand_id)


@transaction.atomic
def remove_source(source: Source, *, by: User | None, now: datetime) -> None:
    """Take a source away that never brought anything. Raises `IntakeRefused` for any other: its posts would go too."""
    if not removable(source):
        raise IntakeRefused(_("This source has brought posts, and they are kept. Switch it off instead."))
    record("source.removed", source, by=by, at=now, brand_id=source.brand_id, kind=source.kind)
    source.delete()


def removable(source: Source) -> bool:
    return not (RawRecord.objects.filter(source=source).exists() or Post.objects.filter(source=source).exists())
