"""The bell: what the person was told and has not looked at yet. Beside each page, and as a page of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from sereno.desk.accounts.models import Brand, User
from sereno.desk.accounts.permissions import brand_of
from sereno.desk.accounts.request import person
from sereno.desk.cases.rows import author_name
from sereno.desk.duty.looking import CODES
from sereno.desk.duty.models import HealthCheck
from sereno.desk.notify.messages import headline, path_of
from sereno.desk.notify.models import Notification, NotificationState
from sereno.desk.notify.queries import mark_seen, unseen_count
from sereno.desk.shell import shell

LISTED = 50


@dataclass(frozen=True, slots=True)
class Rung:
    """One message, as the bell shows it."""

    told: Notification
    headline: str
    path: str
    who: str
    """Whose post the case is about."""

    @property
    def fresh(self) -> bool:
        return self.told.seen_at is None

    @property
    def only_here(self) -> bool:
        """No way led outside of the product."""
        return self.told.state == NotificationState.BELL

    @property
    def nothing_got_through(self) -> bool:
        return self.told.state in (NotificationState.UNREACHED, NotificationState.GIVEN_UP)


def bell_frame(brand: Brand, person: User, now: datetime) -> dict[str, Any]:  # noqa: ARG001 — parts of the frame
    """How many messages wait, and whether the auditor found something wrong when it looked last."""
    last = HealthCheck.objects.order_by("-checked_at").first()
    unwell = last is not None and any(_concerns(each, brand) for each in last.findings)
    return {"bell": unseen_count(person, brand), "unwell": unwell}


def _concerns(finding: dict[str, Any], brand: Brand) -> bool:
    return CODES[finding["code"]][0] == "wrong" and finding["brand"] in (None, brand.pk)


@login_required
@require_GET
def bell_page(request: HttpRequest, slug: str) -> HttpResponse:
    brand = brand_of(person(request), slug)
    rung = rung_for(person(request), brand)
    context = {
        **shell(request, brand, "bell"), "rung": rung, "newest": max((each.told.pk for each in rung), default=0),
    }  # fmt: skip
    return render(request, "watch/bell.html", context)


def rung_for(user: User, brand: Brand) -> list[Rung]:
    """What is not seen first, each the newest first."""
    mine = Notification.objects.filter(user=user, brand=brand).select_related("brand", "case__author")
    fresh = list(mine.filter(seen_at=None).order_by("-pk")[:LISTED])
    seen = list(mine.exclude(seen_at=None).order_by("-pk")[: LISTED - len(fresh)])
    return [
        Rung(each, headline(each), path_of(each), author_name(each.case.author) if each.case else "")
        for each in [*fresh, *seen]
    ]


@login_required
@require_GET
def bell_count(request: HttpRequest, slug: str) -> HttpResponse:
    """The bell alone, as it stands now: asked for when the live pulse says that something happened."""
    brand = brand_of(person(request), slug)
    return render(request, "watch/_bell.html", {"brand": brand, "bell": unseen_count(person(request), brand)})


@login_required
@require_POST
def bell_seen(request: HttpRequest, slug: str) -> HttpResponse:
    """All that the page showed is seen; what came meanwhile is not."""
    brand = brand_of(person(request), slug)
    newest = request.POST.get("newest", "")
    mark_seen(person(request), brand, now=timezone.now(), up_to=int(newest[:18]) if newest.isdecimal() else 0)
    return redirect("bell", slug=brand.slug)
