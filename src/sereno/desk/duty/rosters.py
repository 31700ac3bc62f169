"""The roster in force, and how it is changed: one text, a version for each change (ADR 15).

No second approval: a lead edits it, a swap needs the two who swap. Who changes it takes the brand's turn first, so that
two who do so at once come one after the other; and says which version they saw, so that nobody undoes what they have
not read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from sereno.desk.accounts.models import Brand, User
from sereno.desk.accounts.permissions import Action, may
from sereno.desk.audit.actions import digest, record
from sereno.desk.duty.models import RosterVersion
from sereno.desk.duty.refused import DutyRefused, RosterConflict
from sereno.desk.plans.queries import parsed_plan, version_in_force
from sereno.engine.duty.load import load_with_warnings
from sereno.engine.duty.roster import Roster
from sereno.engine.plan.load import PlanError, PlanErrors

FILE = "roster.yaml"

Edit = Callable[[str], str]


def roster_faults(brand: Brand, text: str) -> tuple[tuple[PlanError, ...], tuple[PlanError, ...]]:
    """Errors and warnings of a text, against the brand's plan and its people."""
    try:
        return (), _checked(brand, text)[1]
    except PlanErrors as faulty:
        return tuple(faulty.errors), ()


def put_roster_in_force(
    brand: Brand, *, text: str, by: User | None, now: datetime, change: Mapping[str, Any] | None = None
) -> RosterVersion:
    """Check the text and put it in force from now on; the same text again changes nothing. `by` None: command line.

    Raises `PlanErrors` where it is no valid roster for the brand's plan, `DutyRefused` without the right.
    """
    _must_be_allowed(brand, by)
    _checked(brand, text)  # before anybody has to wait for us
    with transaction.atomic():
        _take_turn(brand)
        return _follow(brand, text, by=by, now=now, change=change or {"what": "text"})


def edit_roster(
    brand: Brand, *, number: int, edit: Edit, by: User, now: datetime, change: Mapping[str, Any]
) -> RosterVersion:
    """Change one place of the text that is in force; every other character stays (`engine.plan.edit`).

    `number` is that of the version the person saw: raises `RosterConflict` where another is in force by now. Raises
    `EditRefused` where the edit cannot be made, `PlanErrors` where the new text has errors.
    """
    _must_be_allowed(brand, by)
    seen = _current(brand)
    if seen.number != number:
        raise RosterConflict(seen)
    text = edit(seen.text)
    _checked(brand, text)  # before anybody has to wait for us
    with transaction.atomic():
        _take_turn(brand)
        current = _current(brand)
        if current.number != number:
            raise RosterConflict(current)
        return _follow(brand, text, by=by, now=now, change=change)


def edit_in_turn(brand: Brand, *, edit: Edit, by: User, now: datetime, change: Mapping[str, Any]) -> RosterVersion:
    """An edit that fits whatever is in force, by whom the roster's own rules allow it (a swap). In a transaction."""
    _take_turn(brand)
    return _follow(brand, edit(_current(brand).text), by=by, now=now, change=change)


def _must_be_allowed(brand: Brand, by: User | None) -> None:
    if by is not None and not may(by, Action.EDIT_ROSTER, brand):
        raise DutyRefused("no-right")


def _take_turn(brand: Brand) -> None:
    Brand.objects.select_for_update(no_key=connection.features.has_select_for_no_key_update).get(pk=brand.pk)


def _current(brand: Brand) -> RosterVersion:
    current = RosterVersion.objects.filter(brand=brand, in_force_until__isnull=True).first()
    if current is None:
        raise DutyRefused("no-roster")
    return current


def _follow(brand: Brand, text: str, *, by: User | None, now: datetime, change: Mapping[str, Any]) -> RosterVersion:
    current = RosterVersion.objects.filter(brand=brand, in_force_until__isnull=True).first()
    if current is not None and current.digest == digest(text):
        return current
    roster, _warnings = _checked(brand, text)
    if current is not None:
        current.in_force_until = now
        current.save(update_fields=["in_force_until"])
    last = RosterVersion.objects.filter(brand=brand).aggregate(last=Max("number"))["last"] or 0
    version = RosterVersion.objects.create(
        brand=brand, number=last + 1, roster_id=roster.id[:120], text=text, digest=digest(text), in_force_from=now,
        by_id=by.pk if by else None, change=dict(change),
    )  # fmt: skip
    record(
        "roster.put_in_force", version, by=by, at=now, brand_id=brand.pk, number=version.number,
        digest=version.digest, what=change.get("what", ""),
    )  # fmt: skip
    return version


def _checked(brand: Brand, text: str) -> tuple[Roster, tuple[PlanError, ...]]:
    """The one place where a text becomes a roster that may come in force."""
    version = version_in_force(brand)
    emails = User.objects.filter(memberships__brand=brand, is_active=True).values_list("email", flat=True)
    return _loaded(
        text, version.digest if version else "", version.text if version else "", frozenset(emails.distinct())
    )


@lru_cache(maxsize=16)
def _loaded(
    text: str, plan_digest: str, plan_text: str, emails: frozenset[str]
) -> tuple[Roster, tuple[PlanError, ...]]:
    """Asked before the brand's turn is taken, and again within it: where nothing changed meanwhile, it is known."""
    plan = parsed_plan(plan_digest, plan_text) if plan_text else None
    return load_with_warnings(text, FILE, plan=plan, accounts=emails)
