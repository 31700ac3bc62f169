"""How a person can be reached: added, confirmed by a code that was sent there, put in order, removed.

An address is never shown again, logged or put into the audit trail; `masked` says enough to tell one's ways apart.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from sereno.desk.accounts.models import Brand, User
from sereno.desk.audit.actions import record
from sereno.desk.keys import decrypt, encrypt
from sereno.desk.notify.actions import tell
from sereno.desk.notify.messages import TEST
from sereno.desk.notify.models import ContactWay, Kind, Notification, Preference
from sereno.desk.notify.refused import WayRefused
from sereno.desk.notify.services import service_of

CODE_HOLDS = timedelta(minutes=30)
TRIES = 5
CODES_AN_HOUR = 5
MOST = 10
"""Ways of one person, the account's own among them."""
MAIL = "mail"
"""The channel of all e-mail."""


def own_way(user: User, *, now: datetime) -> ContactWay:
    """The account's e-mail address; whoever opened the account vouches for it, so it needs no code."""
    found = ContactWay.objects.filter(user=user, own=True).first()
    if found is not None:
        return found
    way, _created = ContactWay.objects.get_or_create(
        user=user,
        own=True,
        defaults={
            "kind": Kind.MAIL, "masked": masked_mail(user.email), "channel": MAIL, "position": _after(user),
            "confirmed_at": now, "created_at": now,
        },
    )  # fmt: skip
    return way


@transaction.atomic
def add_way(
    user: User, *, kind: str, address: str, label: str = "", red_only: bool = False, now: datetime
) -> ContactWay:
    """A new way, last in order; a message with a code goes there. Raises `WayRefused`."""
    address = address.strip()
    _locked(user)
    own_way(user, now=now)
    ways = list(ContactWay.objects.filter(user=user))
    if len(ways) >= MOST:
        raise WayRefused("too-many")
    if kind == Kind.MAIL:
        masked, channel = masked_mail(_mail(address)), MAIL
    else:
        service = service_of(address, settings.SERENO_MESSAGES_PRIVATE)
        masked, channel = " · ".join(part for part in (service.name, service.host) if part)[:120], service.channel
    if any(_same(address_of(each), address, kind) for each in ways if each.kind == kind):
        raise WayRefused("known")
    way = ContactWay.objects.create(
        user=user, kind=Kind(kind), address=encrypt(address, key=settings.SECRET_KEY), masked=masked, channel=channel,
        label=label.strip()[:60], position=_after(user), red_only=red_only, created_at=now,
    )  # fmt: skip
    record("way.added", way, by=user, at=now, brand_id=None, kind=str(kind))
    _send_code(way, now)
    return way


@transaction.atomic
def send_code(way: ContactWay, *, by: User, now: datetime) -> None:
    """A new code, also to try a way that was broken. Raises `WayRefused`."""
    way = _mine(way, by)
    _send_code(way, now)


def confirm_way(way: ContactWay, code: str, *, by: User, now: datetime) -> None:
    """The code came back: from now on messages go there. Raises `WayRefused`; wrong codes are counted."""
    with transaction.atomic():
        way = _mine(way, by)
        wrong = _wrong(way, code, now)
        if wrong:
            way.code_tries += 1
            way.save(update_fields=["code_tries"])
        else:
            way.code, way.code_until, way.code_tries, way.confirmed_at = b"", None, 0, now
            way.broken_since, way.rests_until, way.failures, way.last_error = None, None, 0, ""
            way.save()
            record("way.confirmed", way, by=by, at=now, brand_id=None)
    if wrong:
        raise WayRefused(wrong)


@transaction.atomic
def order_ways(user: User, ways: Sequence[int], *, now: datetime) -> None:
    """The ways' keys, the first to be tried first; whichever is left out follows in its old order."""
    _locked(user)
    own_way(user, now=now)
    rows = {way.pk: way for way in ContactWay.objects.filter(user=user).order_by("position", "pk")}
    if not set(ways) <= rows.keys():
        raise WayRefused("not-yours")
    order = [*dict.fromkeys(ways), *(key for key in rows if key not in ways)]
    for position, key in enumerate(order):
        rows[key].position = position
    ContactWay.objects.bulk_update(rows.values(), ["position"])
    record("way.ordered", user, by=user, at=now, brand_id=None, ways=order)


@transaction.atomic
def change_way(way: ContactWay, *, label: str, red_only: bool, by: User, now: datetime) -> None:
    """The account's own address takes everything: somebody without any way for ambers would never hear of them."""
    way = _mine(way, by)
    if way.own and red_only:
        raise WayRefused("own-stays")
    way.label, way.red_only = label.strip()[:60], red_only
    way.save(update_fields=["label", "red_only"])
    record("way.changed", way, by=by, at=now, brand_id=None, red_only=red_only)


@transaction.atomic
def remove_way(way: ContactWay, *, by: User, now: datetime) -> None:
    """Its address is erased with it; what was sent there keeps its masked name. Raises `WayRefused`."""
    way = _mine(way, by)
    if way.own:
        raise WayRefused("own-stays")
    record("way.removed", way, by=by, at=now, brand_id=None, kind=way.kind)
    way.delete()


@transaction.atomic
def set_preferences(
    user: User,
    *,
    quiet: Sequence[Mapping[str, Any]],
    digest_minutes: int,
    zone: str | None = None,
    now: datetime,
    red_all_ways: bool | None = None,
) -> Preference:
    """Quiet hours `[{"days": [0…6], "from": "22:00", "until": "07:00"}]` in the zone of the account."""
    if zone is not None and zone not in available_timezones():
        raise WayRefused("zone")
    if not 5 <= digest_minutes <= 240:
        raise WayRefused("digest")
    preference = _locked(user)
    preference.quiet, preference.digest_minutes = [_hours(each) for each in quiet][:14], digest_minutes
    if red_all_ways is not None:
        preference.red_all_ways = red_all_ways
    preference.save()
    if zone is not None:
        user.timezone = zone
        user.save(update_fields=["timezone"])
    record("way.preferences", preference, by=user, at=now, brand_id=None)
    return preference


def address_of(way: ContactWay) -> str:
    """In clear, for sending alone. Raises `UnreadableSecret`."""
    if not way.address:
        return way.user.email
    return decrypt(bytes(way.address), key=settings.SECRET_KEY)


def masked_mail(address: str) -> str:
    """`a…@brand.example`."""
    name, _at, host = address.rpartition("@")
    return f"{name[:1]}…@{host}"[:120]


def _mail(address: str) -> str:
    try:
        validate_email(address)
    except ValidationError:
        raise WayRefused("no-address") from None
    if len(address) > 254:
        raise WayRefused("no-address")
    return address


def _same(one: str, other: str, kind: str) -> bool:
    return one.casefold() == other.casefold() if kind == Kind.MAIL else one == other


def _hours(each: Mapping[str, Any]) -> dict[str, Any]:
    try:
        days = sorted({int(day) for day in each["days"]})
        begins, stops = time.fromisoformat(each["from"]), time.fromisoformat(each["until"])
    except (KeyError, TypeError, ValueError):
        raise WayRefused("quiet-hours") from None
    if begins == stops or not days or not set(days) <= set(range(7)) or begins.tzinfo or stops.tzinfo:
        raise WayRefused("quiet-hours")
    return {"days": days, "from": f"{begins:%H:%M}", "until": f"{stops:%H:%M}"}


def _wrong(way: ContactWay, code: str, now: datetime) -> str:
    if not way.code or way.code_until is None or way.code_until < now or way.code_tries >= TRIES:
        return "code-over"
    expected = decrypt(bytes(way.code), key=settings.SECRET_KEY)
    return "" if hmac.compare_digest(expected.encode(), "".join(code.split()).encode()) else "wrong-code"


def _send_code(way: ContactWay, now: datetime) -> None:
    hour_ago = now - timedelta(hours=1)
    sent = Notification.objects.filter(user=way.user, code=TEST, created_at__gt=hour_ago).count()
    if sent >= CODES_AN_HOUR:
        raise WayRefused("too-many-codes")
    brands = Brand.objects.filter(memberships__user=way.user)
    if brands.exists() and not brands.filter(demo=False).exists():
        raise WayRefused("demo")
    way.code = encrypt(f"{secrets.randbelow(1_000_000):06d}", key=settings.SECRET_KEY)
    way.code_until, way.code_tries = now + CODE_HOLDS, 0
    way.save(update_fields=["code", "code_until", "code_tries"])
    tell([way.user], brand=None, code=TEST, values={"way": way.pk}, urgency="immediate", light="", way=way, now=now)


def _mine(way: ContactWay, by: User) -> ContactWay:
    found = ContactWay.objects.select_for_update(of=("self",)).filter(pk=way.pk, user=by).first()
    if found is None:
        raise WayRefused("not-yours")
    return found


def _locked(user: User) -> Preference:
    Preference.objects.get_or_create(user=user)
    return Preference.objects.select_for_update(of=("self",)).get(user=user)


def _after(user: User) -> int:
    last = ContactWay.objects.filter(user=user).order_by("-position").first()
    return last.position + 1 if last is not None else 0
