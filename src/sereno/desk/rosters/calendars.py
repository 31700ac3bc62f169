"""The roster as a calendar that other programs subscribe to, and leave out of a calendar's text.

The address is the key: whoever has it sees the roster. It is signed, names the person for whom it was made, and ends
when they renew it, leave the brand or change their password.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sereno.desk.accounts.models import Brand, User
from sereno.desk.accounts.permissions import Action, brand_of, may
from sereno.desk.accounts.request import person
from sereno.desk.audit.actions import record
from sereno.desk.duty.models import CalendarRenewal
from sereno.desk.duty.standing import rota_of, standing_roster
from sereno.desk.plans.queries import plan_of, version_in_force
from sereno.desk.rosters.frame import Duty, context, duty_of
from sereno.desk.rosters.keeping import keep
from sereno.desk.rosters.told_entries import between
from sereno.engine.duty.calendar import LONGEST_TEXT, FromFeed, Unread, feed, read_feed
from sereno.engine.plan.edit import insert

SALT = "sereno.duty.calendar"
BEHIND, AHEAD = timedelta(days=14), timedelta(days=120)
UNREAD = {
    "nobody-named": gettext_noop("names nobody of the roster"),
    "several-named": gettext_noop("names several people"),
    "repeats": gettext_noop("repeats; leave stands from day to day"),
    "without-time": gettext_noop("has no time"),
    "odd-time": gettext_noop("its %(key)s is no day and no moment, or stands there twice"),
    "ends-first": gettext_noop("does not end after it begins"),
    "far": gettext_noop("lies in years that a roster cannot have (2000 to 2199)"),
}


def token_for(user: User, brand: Brand, *, whole: bool) -> str:
    return signing.dumps([brand.pk, user.pk, int(whole), _stamp(user, brand)], salt=SALT, compress=True)


def _stamp(user: User, brand: Brand) -> str:
    """Changes with the password, and each time the addresses are renewed."""
    row = CalendarRenewal.objects.filter(user=user, brand=brand).first()
    secret = f"{user.password}|{row.times}" if row else user.password
    return salted_hmac(SALT, secret, algorithm="sha256").hexdigest()[:16]


@login_required
@require_POST
def renew(request: HttpRequest, slug: str) -> HttpResponse:
    """The person's addresses of this brand end at once, and there are new ones."""
    somebody = person(request)
    brand, now = brand_of(somebody, slug), timezone.now()
    with transaction.atomic():
        row, _new = CalendarRenewal.objects.select_for_update().get_or_create(
            user=somebody, brand=brand, defaults={"at": now}
        )
        row.times, row.at = row.times + 1, now
        row.save(update_fields=["times", "at"])
        record("calendar.renewed", row, by=somebody, at=now, brand_id=brand.pk)
    messages.success(request, _("There are new addresses; the old ones show nothing any more."))
    return redirect("duty_calendar", slug)


@require_GET
def feed_page(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001 — Django hands it over
    """Asked for by calendar programs, which nobody signs in: the token alone speaks for the person."""
    user, brand, whole = _meant(token)
    standing = standing_roster(brand)
    version = version_in_force(brand)
    name = standing.person_of(user)
    if version is None or standing.by_membership or (name is None and not whole):
        raise Http404("no roster is in force, or the person does not stand in it")
    now = timezone.now()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    rota = rota_of(standing, midnight - BEHIND, midnight + AHEAD)
    written = feed(rota, plan_of(version), stamp=now, language=user.language, person=None if whole else name)
    response = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "private, max-age=300"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _meant(token: str) -> tuple[User, Brand, bool]:
    try:
        brand_key, user_key, whole, stamp = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        raise Http404("no such calendar") from None
    user = User.objects.filter(pk=user_key, is_active=True).first()
    brand = Brand.objects.filter(pk=brand_key).first()
    if user is None or brand is None or stamp != _stamp(user, brand) or not may(user, Action.SEE, brand):
        raise Http404("no such calendar")
    return user, brand, bool(whole)


@login_required
@require_http_methods(["GET", "POST"])
def calendar_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The addresses; and for who leads, leave out of a calendar: first shown, then kept."""
    duty = duty_of(request, slug, Action.EDIT_ROSTER if request.method == "POST" else Action.SEE)
    if not duty.number:
        return redirect("duty", slug)
    if request.method == "GET":
        return _page(request, duty)
    text = _text(request)
    try:
        found = read_feed(text, duty.standing.roster)
    except ValueError:
        messages.error(request, _("This is no calendar in the iCalendar form (.ics)."))
        return _page(request, duty, status=422)
    if "keep" in request.POST:
        return _keep(request, duty, found)
    return _page(request, duty, found=found, text=text)


def _text(request: HttpRequest) -> str:
    file = request.FILES.get("file")
    if file is None:
        return request.POST.get("text", "")
    written: bytes = file.read(LONGEST_TEXT + 1)
    return written.decode("utf-8", "replace")


def _keep(request: HttpRequest, duty: Duty, found: FromFeed) -> HttpResponse:
    change = {"what": "calendar", "absences": len(found.absences)}
    kept = keep(request, duty, edit=lambda text: _with(text, duty, found), change=change)
    if kept.instead is not None:
        return kept.instead
    for fault in kept.faults:
        messages.error(request, fault)
    return redirect("duty_entries", duty.brand.slug)


def _with(text: str, duty: Duty, found: FromFeed) -> str:
    """Each absence and each duty once: what stands in the roster already is not entered again."""
    for part, new in (("absences", found.absences), ("overrides", found.overrides)):
        there = list(getattr(duty.standing.roster, part))
        for each in new:
            if each not in there:
                value: dict[str, Any] = each.model_dump(mode="json", exclude_defaults=True)
                text = insert(text, (part,), len(there), value)
                there.append(each)
    return text


def _page(
    request: HttpRequest, duty: Duty, *, found: FromFeed | None = None, text: str = "", status: int = 200
) -> HttpResponse:
    somebody = person(request)
    told: dict[str, Any] = {"found": found, "text": text}
    if duty.standing.person_of(somebody):
        told["own_address"] = _address(request, token_for(somebody, duty.brand, whole=False))
    told["whole_address"] = _address(request, token_for(somebody, duty.brand, whole=True))
    if found is not None:
        told["absences"] = [
            (duty.name(each.person), between(duty, each.starts, each.ends), each.kind)
            for each in (*found.absences,)
        ]  # fmt: skip
        told["duties"] = [
            (duty.name(each.person), duty.title(each.role), between(duty, each.starts, each.ends))
            for each in found.overrides
        ]
        told["unread"] = [(each.summary, _why(each)) for each in found.unread]
    return render(request, "duty/calendar.html", {**context(request, duty), **told}, status=status)


def _why(each: Unread) -> str:
    why = _(UNREAD[each.why]) % {"key": each.key}
    return _("%(why)s (line %(line)s)") % {"why": why, "line": each.line} if each.line else why


def _address(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("duty_feed", args=[token]))
